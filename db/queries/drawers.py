"""Drawers: whose session is open, what the books say is inside, who has not been verified yet."""

from typing import Any

import msgspec
from sqlalchemy import Connection

from counter_app.domain import count as counts
from counter_app.domain.drawer import ChecksCounted, RecordedCheck, Session, SessionState, Till
from counter_app.domain.events import ByTender
from counter_app.domain.ledger import drawer_place
from db.queries.rows import rows

_SESSION = """
    SELECT s.session, s.drawer, s.cashier, s.business_date, s.opened, s.float_cents,
        COALESCE((SELECT t.step FROM session_step t WHERE t.session = s.session
            ORDER BY t.station = s.station, t.seq DESC, t.n DESC LIMIT 1), 'open') AS state,
        (SELECT t.keep FROM session_step t WHERE t.session = s.session AND t.keep IS NOT NULL ORDER BY t.seq DESC
        LIMIT 1), (SELECT count(*) FROM session_step t WHERE t.session = s.session AND t.step = 'recount'),
        (SELECT COALESCE(max(t.forced), 0) FROM session_step t WHERE t.session = s.session),
        (SELECT t.over_short_cents FROM session_step t WHERE t.session = s.session AND t.step = 'verified'),
        (SELECT t.deposit FROM session_step t WHERE t.session = s.session AND t.step = 'deposited')
    FROM session s"""
_STILL_OPEN = (
    "NOT EXISTS (SELECT 1 FROM session_step t WHERE t.session = s.session AND t.step <> 'recount' AND t.seq >"
    " COALESCE((SELECT max(u.seq) FROM session_step u WHERE u.session = s.session AND u.step = 'recount'), 0))"
)
"""No step at all, or nothing after the last recount."""
_UNCOUNTED_OF = f"{_SESSION} WHERE s.station = ? AND s.cashier = ? AND {_STILL_OPEN} ORDER BY s.seq DESC"
_IN_PLACE = (
    "SELECT COALESCE((SELECT SUM(cents) FROM movement WHERE target = ?1 AND kind = ?2), 0)"
    " - COALESCE((SELECT SUM(cents) FROM movement WHERE source = ?1 AND kind = ?2), 0)"
)


"""A session's state is its last step; steps of a station that took its work over come after all of its own."""


def _session(row: Any) -> Session:
    return Session(
        session=row[0],
        drawer=row[1],
        cashier=row[2],
        business_date=row[3],
        opened=row[4],
        float_cents=row[5],
        state=SessionState(row[6]),
        keep=msgspec.json.decode(row[7], type=dict[str, int]) if row[7] is not None else None,
        recounts=row[8],
        forced=bool(row[9]),
        over_short_cents=row[10],
        deposit=row[11],
    )


def session(connection: Connection, name: str) -> Session | None:
    """The session of that number."""
    row = connection.exec_driver_sql(f"{_SESSION} WHERE s.session = ?", (name,)).first()
    return None if row is None else _session(row)


def last_session(connection: Connection, drawer: str) -> Session | None:
    """The newest session of a drawer."""
    row = connection.exec_driver_sql(f"{_SESSION} WHERE s.drawer = ? ORDER BY s.seq DESC LIMIT 1", (drawer,)).first()
    return None if row is None else _session(row)


def last_on_drawer(connection: Connection, station: str, drawer: str) -> Session | None:
    """The newest session of a station on a drawer."""
    sql = f"{_SESSION} WHERE s.station = ? AND s.drawer = ? ORDER BY s.seq DESC LIMIT 1"
    row = connection.exec_driver_sql(sql, (station, drawer)).first()
    return None if row is None else _session(row)


def first_and_newest_day(connection: Connection, station: str) -> tuple[str, str]:
    """The business dates of a station's first drawer and of its latest, empty before the first."""
    days = "SELECT min(business_date), max(business_date) FROM act WHERE station = ? AND kind = 'DrawerOpened'"
    first, newest = connection.exec_driver_sql(days, (station,)).one()
    return first or "", newest or ""


def uncounted_on_drawer(connection: Connection, station: str, drawer: str) -> Session | None:
    """The newest session that is open (or to be counted again) on a drawer."""
    waiting = all_uncounted_on_drawer(connection, station, drawer)
    return waiting[-1] if waiting else None


def all_uncounted_on_drawer(connection: Connection, station: str, drawer: str) -> tuple[Session, ...]:
    """Every session that is open or to be counted again on a drawer, oldest first."""
    rows = connection.exec_driver_sql(
        f"{_SESSION} WHERE s.station = ? AND s.drawer = ? AND {_STILL_OPEN} ORDER BY s.seq", (station, drawer)
    )
    return tuple(_session(row) for row in rows)


def uncounted_of(connection: Connection, station: str, cashier: str) -> tuple[Session, ...]:
    """A person's sessions that are open or to be counted again, newest first."""
    return tuple(_session(row) for row in rows(connection, _UNCOUNTED_OF, station, cashier))


def unfinished(connection: Connection) -> tuple[Session, ...]:
    """Every session that is not in a deposit yet, oldest first; verified with nothing to deposit it is done."""
    step = "EXISTS (SELECT 1 FROM session_step t WHERE t.session = s.session AND t.step = "
    deposited, no_cash = step + "'deposited')", step + "'verified' AND t.pieces = '{}')"
    checks = "EXISTS (SELECT 1 FROM tender c WHERE c.session = s.session AND c.kind IN ('check', 'money_order'))"
    found = connection.exec_driver_sql(
        f"{_SESSION} WHERE NOT {deposited} AND NOT ({no_cash} AND NOT {checks}) ORDER BY s.station, s.seq"
    )
    return tuple(_session(row) for row in found)


def of_date(connection: Connection, business_date: str) -> tuple[Session, ...]:
    """Every session of a business date."""
    found = connection.exec_driver_sql(
        f"{_SESSION} WHERE s.business_date = ? ORDER BY s.station, s.seq", (business_date,)
    )
    return tuple(_session(row) for row in found)


def in_drawer_cents(connection: Connection, name: str, kind: str = "cash") -> int:
    """What the movements say lies in a session's drawer."""
    place = drawer_place(name)
    return int(rows(connection, _IN_PLACE, place, kind)[0][0])


def till(connection: Connection, name: str) -> Till:
    """What the books say of a session's money, while it is not verified."""
    checks = recorded_checks(connection, name)
    card, cards = connection.exec_driver_sql(
        "SELECT COALESCE(SUM(amount_cents), 0), COUNT(DISTINCT number || '/' || tender) FROM tender t"
        " WHERE session = ? AND kind = 'card' AND NOT EXISTS"
        " (SELECT 1 FROM receipt_step s WHERE s.number = t.number AND s.step = 'voided')",
        (name,),
    ).one()
    moves = connection.exec_driver_sql(
        "SELECT kind, count, cents FROM cash_move WHERE session = ? ORDER BY seq", (name,)
    ).all()
    dropped: dict[str, int] = {}
    for kind, count, _ in moves:
        if kind == "drop":
            dropped = counts.add(dropped, msgspec.json.decode(count, type=dict[str, int]))
    return Till(
        expected=ByTender(
            cash=in_drawer_cents(connection, name),
            check=sum(c.cents for c in checks if c.kind == "check"),
            card=int(card),
            money_order=sum(c.cents for c in checks if c.kind == "money_order"),
        ),
        checks=checks,
        cards=int(cards),
        brought_cents=sum(cents for kind, _, cents in moves if kind == "bring"),
        dropped=dropped,
        dropped_cents=sum(cents for kind, _, cents in moves if kind == "drop"),
        asked_voids=asked_voids(connection, name),
    )


def recorded_checks(connection: Connection, name: str) -> tuple[RecordedCheck, ...]:
    """Checks and money orders of a session's good receipts, as corrected."""
    found = connection.exec_driver_sql(
        "SELECT t.number, t.tender, t.kind, MAX(t.reference), SUM(t.amount_cents),"
        " MAX(t.endorsed) OR EXISTS (SELECT 1 FROM endorsement e WHERE e.number = t.number AND e.tender = t.tender)"
        " FROM tender t WHERE t.session = ? AND t.kind IN ('check', 'money_order') AND NOT EXISTS"
        " (SELECT 1 FROM receipt_step s WHERE s.number = t.number AND s.step = 'voided')"
        " GROUP BY t.number, t.tender, t.kind HAVING SUM(t.amount_cents) <> 0 ORDER BY t.number, t.tender",
        (name,),
    )
    return tuple(
        RecordedCheck(number=r[0], tender=r[1], kind=r[2], reference=r[3], cents=r[4], endorsed=bool(r[5]))
        for r in found
    )


def asked_voids(connection: Connection, name: str) -> tuple[str, ...]:
    """Receipts of a session whose void waits for a decision."""
    found = connection.exec_driver_sql(
        "SELECT r.number FROM receipt r JOIN receipt_step s ON s.number = r.number WHERE r.session = ? AND s.step ="
        " 'asked'"
        " AND NOT EXISTS (SELECT 1 FROM receipt_step d WHERE d.number = s.number AND d.seq > s.seq"
        " AND d.step IN ('voided', 'rejected')) ORDER BY r.number",
        (name,),
    )
    return tuple(r[0] for r in found)


def verified_pile(connection: Connection, name: str) -> tuple[dict[str, int], ChecksCounted]:
    """The verifier's pieces for the bank and his pile of checks."""
    pieces, checks, count, cents = connection.exec_driver_sql(
        "SELECT pieces, checks, check_count, checks_cents FROM session_step WHERE session = ? AND step = 'verified'",
        (name,),
    ).one()
    amounts = None if checks is None else tuple(msgspec.json.decode(checks, type=list[int]))
    return msgspec.json.decode(pieces, type=dict[str, int]), ChecksCounted(amounts, count, cents)


def unverified_taker(connection: Connection, person: str, business_date: str) -> bool:
    """Whether somebody took a payment of that date in a drawer that nobody has verified yet."""
    return (
        connection.exec_driver_sql(
            "SELECT 1 FROM session s WHERE s.cashier = ? AND s.business_date = ?"
            " AND EXISTS (SELECT 1 FROM receipt r WHERE r.session = s.session)"
            " AND NOT EXISTS (SELECT 1 FROM session_step t WHERE t.session = s.session AND t.step = 'verified') LIMIT"
            " 1",
            (person, business_date),
        ).first()
        is not None
    )


def payers(connection: Connection, name: str) -> frozenset[str]:
    """The names of those who paid in a session, folded for comparison."""
    found = connection.exec_driver_sql("SELECT payer FROM receipt WHERE session = ? AND payer IS NOT NULL", (name,))
    return frozenset(r[0].casefold().strip() for r in found)


def cash_moves(connection: Connection, name: str) -> int:
    """How many drops and bringings a session has had."""
    return int(connection.exec_driver_sql("SELECT count(*) FROM cash_move WHERE session = ?", (name,)).scalar_one())


def expected_when_verified(connection: Connection, name: str) -> ByTender:
    """What the books expected when the verifier's count was locked."""
    row = connection.exec_driver_sql(
        "SELECT counted_cents, over_short_cents, checks_cents, cards_cents FROM session_step"
        " WHERE session = ? AND step = 'verified'",
        (name,),
    ).one()
    checks = recorded_checks(connection, name)
    orders = sum(check.cents for check in checks if check.kind == "money_order")
    return ByTender(
        cash=row[0] - row[1], check=sum(check.cents for check in checks) - orders, card=row[3], money_order=orders
    )


def receipt_span(connection: Connection, name: str) -> tuple[str | None, str | None, int]:
    """(first receipt, last receipt, how many) of a session."""
    first, last, count = connection.exec_driver_sql(
        "SELECT MIN(number), MAX(number), COUNT(*) FROM receipt WHERE session = ?", (name,)
    ).one()
    return first, last, int(count)
