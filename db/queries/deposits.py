"""Bank deposits and their custody."""

import msgspec
from sqlalchemy import Connection

from counter_app.domain.deposit import CustodyStep, Deposit
from counter_app.domain.drawer import RecordedCheck
from counter_app.domain.events import DepositCheck


def deposit(connection: Connection, number: str) -> Deposit | None:
    """The deposit of that number."""
    row = connection.exec_driver_sql(
        "SELECT d.seq, d.deposit, d.business_date, v.state, d.bank, d.bag, d.prepared_by, d.pieces, d.cash_cents,"
        " d.checks_cents, d.total_cents, d.made FROM deposit d JOIN deposits v ON v.station = d.station"
        " AND v.deposit = d.deposit WHERE d.deposit = ?",
        (number,),
    ).first()
    if row is None:
        return None
    checks = connection.exec_driver_sql(
        "SELECT number, tender, kind, reference, cents FROM deposit_check WHERE deposit = ? ORDER BY seq, n", (number,)
    )
    sessions = connection.exec_driver_sql(
        "SELECT session FROM deposit_session WHERE deposit = ? ORDER BY seq, n", (number,)
    )
    steps = connection.exec_driver_sql(
        "SELECT step, at, actor, detail FROM deposit_step WHERE deposit = ? ORDER BY seq, n", (number,)
    )
    return Deposit(
        seq=row[0],
        deposit=row[1],
        business_date=row[2],
        state=row[3],
        bank=row[4],
        bag=row[5],
        prepared_by=row[6],
        pieces=msgspec.json.decode(row[7], type=dict[str, int]),
        cash_cents=row[8],
        checks_cents=row[9],
        total_cents=row[10],
        checks=tuple(DepositCheck(*r) for r in checks),
        sessions=tuple(r[0] for r in sessions),
        custody=(
            CustodyStep(step="made", at=row[11], by=row[6], detail=row[5]),
            *(CustodyStep(step=r[0], at=r[1], by=r[2], detail=r[3] or "") for r in steps),
        ),
    )


def is_bag_used(connection: Connection, bag: str) -> bool:
    """Whether a bag serial was used before, for a deposit or a drop; large and small letters are the same serial."""
    used = (
        "SELECT 1 FROM deposit WHERE upper(bag) = upper(?1)"
        " UNION ALL SELECT 1 FROM cash_move WHERE upper(bag) = upper(?1) LIMIT 1"
    )
    return connection.exec_driver_sql(used, (bag,)).first() is not None


def held_check(connection: Connection, number: str) -> tuple[RecordedCheck, ...]:
    """Checks of a receipt that an earlier deposit held back and none has taken since."""
    rows = connection.exec_driver_sql(
        "SELECT h.number, h.tender, t.kind, t.reference, h.cents FROM held_check h JOIN tender t ON t.number = h.number"
        " AND t.tender = h.tender AND t.amount_cents > 0 WHERE h.number = ? AND NOT EXISTS (SELECT 1 FROM"
        " deposit_check d"
        " WHERE d.number = h.number AND d.tender = h.tender) GROUP BY h.number, h.tender",
        (number,),
    )
    return tuple(
        RecordedCheck(number=r[0], tender=r[1], kind=r[2], reference=r[3], cents=r[4], endorsed=True) for r in rows
    )


def newest(connection: Connection, limit: int) -> tuple[str, ...]:
    """The numbers of the last deposits, newest first."""
    rows = connection.exec_driver_sql("SELECT deposit FROM deposit ORDER BY made DESC, seq DESC LIMIT ?", (limit,))
    return tuple(r[0] for r in rows)
