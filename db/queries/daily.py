"""Sums of one business date for the daily cash receipts report."""

from typing import Any

from sqlalchemy import Connection

_GOOD = "NOT EXISTS (SELECT 1 FROM receipt_step s WHERE s.number = r.number AND s.step = 'voided')"


def _all(connection: Connection, sql: str, *values: object) -> list[Any]:
    return list(connection.exec_driver_sql(sql, values))


def tenders(connection: Connection, date: str) -> list[tuple[str, int, int]]:
    """(kind, number of tenders, kept cents) of good receipts, less refunds in cash or to a card."""
    rows = _all(
        connection,
        "SELECT kind, COUNT(*), SUM(cents) FROM (SELECT t.kind, SUM(t.amount_cents - t.change_cents) AS cents"
        f" FROM receipt r JOIN tender t ON t.number = r.number WHERE r.business_date = ? AND {_GOOD}"
        " GROUP BY t.number, t.tender, t.kind HAVING SUM(t.amount_cents) <> 0) GROUP BY kind",
        date,
    )
    sums = {kind: (count, cents) for kind, count, cents in rows}
    for how, cents in refunds(connection, date):
        if how in sums or how in ("cash", "card"):
            count, before = sums.get(how, (0, 0))
            sums[how] = (count, before - cents)
    return [(kind, *sums[kind]) for kind in ("cash", "check", "money_order", "card") if kind in sums]


def refunds(connection: Connection, date: str) -> list[tuple[str, int]]:
    """(how, cents) of the refunds given that day."""
    return [
        (how, cents)
        for how, cents in _all(
            connection,
            "SELECT s.detail, SUM(s.cents) FROM receipt_step s JOIN act a ON a.station = s.station AND a.seq = s.seq"
            " WHERE s.step LIKE '%refunded' AND a.business_date = ? GROUP BY s.detail",
            date,
        )
    ]


def fees(connection: Connection, date: str) -> list[tuple[str, str, int, int]]:
    """(fee, name, lines, cents) of good receipts."""
    return _all(
        connection,
        "SELECT l.fee, MAX(l.text), COUNT(*), SUM(l.amount_cents) FROM receipt r JOIN line l ON l.number = r.number"
        f" WHERE r.business_date = ? AND {_GOOD} GROUP BY l.fee ORDER BY l.fee",
        date,
    )


def ledger(connection: Connection, date: str) -> list[tuple[str, str, int, int]]:
    """(account, fund, postings, net credit cents) of the day's revenue, receivables and liabilities."""
    return _all(
        connection,
        "SELECT account, fund, COUNT(*), -SUM(amount_cents) FROM posting WHERE business_date = ? AND fund <> '999'"
        " AND account NOT LIKE '%-0000-10100' GROUP BY account, fund HAVING SUM(amount_cents) <> 0 ORDER BY account",
        date,
    )


def receipt_numbers(connection: Connection, station: str, date: str) -> list[tuple[str, str]]:
    """(number, session) of every receipt of the day at this station, in order, voided ones too."""
    return _all(
        connection,
        "SELECT number, session FROM receipt WHERE station = ? AND business_date = ? ORDER BY seq",
        station,
        date,
    )


def exceptions(
    connection: Connection, date: str
) -> list[tuple[str, str | None, str, str, str | None, str | None, int, int]]:
    """(kind, number, at, actor, approver, reason, cents, seq) of what a reviewer looks at."""
    return _all(
        connection,
        "SELECT a.kind, COALESCE(s.ref, a.subject), a.at, a.actor, a.approver, s.reason, COALESCE(s.cents, 0), a.seq"
        " FROM act a LEFT JOIN receipt_step s ON s.station = a.station AND s.seq = a.seq WHERE a.business_date = ?"
        " AND a.kind IN ('ReceiptVoided', 'VoidAsked', 'VoidRejected', 'ReceiptRefunded', 'TenderCorrected',"
        " 'PaymentMoved',"
        " 'UnappliedCleared', 'NoSale', 'ReceiptCopied', 'SaleAbandoned') ORDER BY a.station, a.seq",
        date,
    )


def counted(connection: Connection, session: str) -> tuple[int | None, str, str]:
    """(verifier's cash, verifier, explanation) of a session; None before anybody but its cashier counted."""
    row = connection.exec_driver_sql(
        "SELECT counted_cents, actor, explanation FROM session_step WHERE session = ? AND step = 'verified'", (session,)
    ).first()
    return (None, "", "") if row is None else (row[0], row[1], row[2] or "")


def cash_taken(connection: Connection, session: str) -> int:
    """Cash kept of a session's good receipts, less its cash refunds."""
    return int(
        connection.exec_driver_sql(
            "SELECT COALESCE(SUM(CASE WHEN m.target = ? THEN m.cents ELSE -m.cents END), 0) FROM movement m"
            " WHERE m.kind = 'cash' AND ((m.target = ? AND m.source = 'customers') OR (m.source = ? AND m.target ="
            " 'customers'))",
            (f"drawer {session}",) * 3,
        ).scalar_one()
    )


def deposits(connection: Connection, date: str) -> list[str]:
    """Deposits that carry sessions of the day."""
    rows = _all(
        connection,
        "SELECT DISTINCT d.deposit FROM deposit_session d JOIN session s ON s.session = d.session"
        " WHERE s.business_date = ? ORDER BY d.deposit",
        date,
    )
    return [row[0] for row in rows]


def held(connection: Connection, deposit: str) -> list[tuple[str, str, int, str | None]]:
    """(receipt, check number, cents, reason) of the checks a deposit held."""
    return _all(
        connection,
        "SELECT h.number, COALESCE((SELECT MAX(t.reference) FROM tender t WHERE t.number = h.number AND t.tender ="
        " h.tender),"
        " ''), h.cents, h.reason FROM held_check h WHERE h.deposit = ? ORDER BY h.seq, h.n",
        deposit,
    )
