"""Receipts as they stand: lines, tenders after corrections, allocations, state, copies."""

from typing import Any

import msgspec
from sqlalchemy import Connection

from counter_app.domain.events import Allocation, Credit
from counter_app.domain.ledger import Posting
from counter_app.domain.receipt import Receipt, ReceiptLine, ReceiptTender

Rows = list[Any]


def _rows(connection: Connection, sql: str, *values: object) -> Rows:
    return list(connection.exec_driver_sql(sql, values))


def receipt(connection: Connection, number: str) -> Receipt | None:
    """The receipt of that number, or None."""
    row = connection.exec_driver_sql(
        "SELECT r.seq, r.number, r.session, r.drawer, r.cashier, r.business_date, r.received, r.customer, r.payer,"
        " v.state,"
        " r.total_cents, r.change_cents, r.credit_cents, r.rounding_cents"
        " FROM receipt r JOIN receipts v ON v.station = r.station AND v.number = r.number WHERE r.number = ?",
        (number,),
    ).first()
    if row is None:
        return None
    steps = _rows(
        connection, "SELECT step, ref, cents, actor FROM receipt_step WHERE number = ? ORDER BY station, seq, n", number
    )
    asked = [step for step in steps if step[0] in ("asked", "rejected", "voided")]
    return Receipt(
        seq=row[0],
        number=row[1],
        session=row[2],
        drawer=row[3],
        cashier=row[4],
        business_date=row[5],
        received=row[6],
        customer=row[7],
        payer=row[8],
        state=row[9],
        void=asked[-1][1] if asked and asked[-1][0] != "rejected" else None,
        void_asked=bool(asked) and asked[-1][0] == "asked",
        void_asked_by=asked[-1][3] if asked and asked[-1][0] == "asked" else None,
        refunded_cents=sum(step[2] for step in steps if step[0] in ("refunded", "partly_refunded")),
        copies=connection.exec_driver_sql("SELECT count(*) FROM copy WHERE number = ?", (number,)).scalar_one(),
        total_cents=row[10],
        change_cents=row[11],
        credit_cents=row[12],
        rounding_cents=row[13],
        lines=_lines(connection, number),
        tenders=_tenders(connection, number),
        allocations=tuple(
            Allocation(*r)
            for r in _rows(
                connection,
                "SELECT tender, line, account, item, SUM(cents) FROM allocation WHERE number = ?"
                " GROUP BY tender, line, account, item HAVING SUM(cents) <> 0 ORDER BY MIN(seq), MIN(n)",
                number,
            )
        ),
        credits=tuple(
            Credit(*r)
            for r in _rows(
                connection,
                "SELECT tender, account, SUM(cents) FROM credit WHERE number = ?"
                " GROUP BY tender, account HAVING SUM(cents) <> 0 ORDER BY MIN(seq), MIN(n)",
                number,
            )
        ),
        licences=tuple(
            r[0] for r in _rows(connection, "SELECT licence FROM licence WHERE number = ? ORDER BY seq, n", number)
        ),
    )


def _lines(connection: Connection, number: str) -> tuple[ReceiptLine, ...]:
    shares: dict[int, list[Posting]] = {}
    for line, account, fund, cents in _rows(
        connection,
        "SELECT line, account, fund, SUM(amount_cents) FROM distribution WHERE number = ?"
        " GROUP BY line, account, fund HAVING SUM(amount_cents) <> 0 ORDER BY MIN(seq), MIN(n)",
        number,
    ):
        shares.setdefault(line, []).append(Posting(account, fund, cents))
    refunded = {r[0] for r in _rows(connection, "SELECT line FROM refund_line WHERE number = ?", number)}
    return tuple(
        ReceiptLine(
            line=r[0],
            fee=r[1],
            text=r[2],
            category=r[3],
            account=r[4],
            customer=r[5],
            quantity=r[6],
            amount_cents=r[7],
            added=bool(r[8]),
            pays=r[9],
            formula=r[10],
            details=r[11],
            licence=r[12],
            refunded=r[0] in refunded,
            distribution=tuple(shares.get(r[0], ())),
        )
        for r in _rows(
            connection,
            "SELECT line, fee, text, category, account, customer, quantity, SUM(amount_cents), added, pays, formula,"
            " details, licence, MIN(seq) FROM line WHERE number = ? GROUP BY line HAVING SUM(amount_cents) <> 0"
            " ORDER BY line",
            number,
        )
    )


def _tenders(connection: Connection, number: str) -> tuple[ReceiptTender, ...]:
    rows = _rows(
        connection,
        "SELECT t.tender, t.kind, SUM(t.amount_cents), SUM(t.change_cents), SUM(t.credit_cents), MAX(t.reference),"
        " MAX(t.endorsed) OR EXISTS (SELECT 1 FROM endorsement e WHERE e.number = t.number AND e.tender = t.tender)"
        " FROM tender t WHERE t.number = ? GROUP BY t.tender, t.kind HAVING SUM(t.amount_cents) <> 0 ORDER BY t.tender",
        number,
    )
    return tuple(
        ReceiptTender(
            tender=r[0],
            kind=r[1],
            amount_cents=r[2],
            change_cents=r[3],
            credit_cents=r[4],
            reference=r[5],
            endorsed=bool(r[6]),
        )
        for r in rows
    )


def last_number(connection: Connection, session: str) -> str | None:
    """The newest receipt of a session."""
    return connection.exec_driver_sql(
        "SELECT number FROM receipt WHERE session = ? ORDER BY seq DESC LIMIT 1", (session,)
    ).scalar_one_or_none()


def unapplied_left(connection: Connection, number: str, fee: str) -> tuple[Allocation, ...]:
    """What of a receipt's unidentified money has no purpose yet."""
    return tuple(
        Allocation(*r)
        for r in _rows(
            connection,
            "SELECT a.tender, a.line, a.account, a.item, SUM(a.cents) FROM allocation a WHERE a.number = ?"
            " AND EXISTS (SELECT 1 FROM line l WHERE l.number = a.number AND l.line = a.line AND l.fee = ?)"
            " GROUP BY a.tender, a.line, a.account, a.item HAVING SUM(a.cents) <> 0 ORDER BY MIN(a.seq), MIN(a.n)",
            number,
            fee,
        )
    )


class Undoing(msgspec.Struct, frozen=True, kw_only=True):
    """A void or a refund as it was recorded."""

    seq: int
    ref: str
    receipt: str
    at: str
    business_date: str
    actor: str
    approver: str | None
    cents: int
    reason: str | None
    lines: tuple[int, ...]
    how: str


def undoing(connection: Connection, number: str, kind: str) -> Undoing | None:
    """The void of a receipt's number, or the refund of a refund's number."""
    where = "s.number = ? AND s.step = 'voided'" if kind == "void" else "s.ref = ? AND s.step LIKE '%refunded'"
    row = connection.exec_driver_sql(
        "SELECT s.seq, s.ref, s.number, s.at, a.business_date, s.actor, s.approver, s.cents, s.reason, s.detail"
        f" FROM receipt_step s JOIN act a ON a.station = s.station AND a.seq = s.seq WHERE {where}",
        (number,),
    ).first()
    if row is None:
        return None
    lines = _rows(connection, "SELECT line FROM refund_line WHERE refund = ? ORDER BY line", row[1])
    asked = connection.exec_driver_sql(
        "SELECT reason FROM receipt_step WHERE number = ? AND ref = ? AND reason IS NOT NULL", (row[2], row[1])
    ).first()
    return Undoing(
        seq=row[0],
        ref=row[1],
        receipt=row[2],
        at=row[3],
        business_date=row[4] or row[3][:10],
        actor=row[5],
        approver=row[6],
        cents=row[7],
        reason=row[8] or (asked[0] if asked else None),
        lines=tuple(r[0] for r in lines),
        how=row[9] or "",
    )
