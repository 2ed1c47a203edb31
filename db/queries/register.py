"""The register: what was done for customers, newest first by business date, a page at a time by key.

Every question walks an index to its first rows, so that a million receipts answer as fast as ten.
"""

import re
from typing import Any

import msgspec
from sqlalchemy import Connection

from counter_app.domain.money import Cents
from db.queries.rows import rows
from db.schema import OWN_LOADS

FOR_CUSTOMERS = (
    "PaymentTaken",
    "VoidAsked",
    "VoidRejected",
    "ReceiptVoided",
    "ReceiptRefunded",
    "TenderCorrected",
    "PaymentMoved",
    "UnappliedCleared",
    "ReceiptCopied",
)
OF_THE_DRAWER = ("NoSale", "SaleAbandoned", "CashDropped", "CashBrought")
"""What a cashier need not read to serve somebody."""
PAGE = 50
_NUMBER = re.compile(r"([A-Z][A-Z0-9]*)-([A-Z]?)([0-9]{1,9})")
_LETTERS = {"": "receipt", "V": "void", "R": "refund"}


class Place(msgspec.Struct, frozen=True):
    """Where an entry stands in the register."""

    business_date: str
    station: str
    seq: int


_END = Place("9999-12-31", "\N{LATIN SMALL LETTER Z}", 2**62)


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What to list; empty for everything of `kinds`. Of number, cents, people, one is given at most."""

    kinds: tuple[str, ...] = FOR_CUSTOMERS
    sparse: bool = False
    """Few of the kinds asked for are expected, so that each is looked up by itself."""
    day: str = ""
    number: str = ""
    cents: Cents | None = None
    cashier: str = ""
    drawer: str = ""
    customers: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of the register; `number` is the receipt's, `ref` the void's or refund's own; instants are UTC text."""

    place: Place
    kind: str
    at: str
    actor: str
    approver: str | None
    session: str | None
    number: str
    ref: str
    cents: Cents | None
    who: str
    what: str
    state: str


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """What happened to a receipt after it was given: asked, rejected, voided, refunded, corrected, moved, …, copy."""

    step: str
    at: str
    actor: str
    approver: str | None
    ref: str
    cents: Cents
    reason: str


_HELD_BY = (
    "(SELECT a.name FROM line l JOIN ref_account a ON a.account = l.account WHERE l.number = r.number AND a.load <="
    f" (SELECT max(load) FROM {OWN_LOADS}) ORDER BY l.line, a.load DESC LIMIT 1)"
)
_SHOWN = f"""
    SELECT a.business_date, a.station, a.seq, a.kind, a.at, a.actor, a.approver, a.session,
        COALESCE(r.number, s.number, c.number, ''), COALESCE(s.ref, ''), COALESCE(r.total_cents, s.cents, m.cents),
        COALESCE(r.payer, (SELECT l.name FROM customer l WHERE l.customer = r.customer ORDER BY l.seq DESC LIMIT 1),
            {_HELD_BY}, ''),
        COALESCE((SELECT l.text FROM line l WHERE l.number = r.number ORDER BY l.line LIMIT 1), ''),
        COALESCE((SELECT v.state FROM receipts v WHERE v.number = r.number), '')
    FROM act a LEFT JOIN receipt r ON r.station = a.station AND r.seq = a.seq
        LEFT JOIN receipt_step s ON s.station = a.station AND s.seq = a.seq
        LEFT JOIN cash_move m ON m.station = a.station AND m.seq = a.seq
        LEFT JOIN copy c ON c.station = a.station AND c.seq = a.seq
    WHERE a.station = ? AND a.seq = ?"""
_AFTER = "(business_date, station, seq) < (?, ?, ?)"
_ORDER = "ORDER BY business_date DESC, station DESC, seq DESC LIMIT ?"
_OF_NUMBER = (
    "SELECT station, seq FROM receipt WHERE number = ?1 UNION SELECT station, seq FROM receipt_step WHERE number = ?1"
    " UNION SELECT station, seq FROM copy WHERE number = ?1"
    " UNION SELECT station, seq FROM given WHERE station = ?2 AND kind = ?3 AND value = ?4"
)
_OF_PEOPLE = (
    "SELECT number FROM allocation WHERE account IN (SELECT value FROM json_each(?1))"
    " UNION SELECT number FROM credit WHERE account IN (SELECT value FROM json_each(?1))"
    " UNION SELECT number FROM licence WHERE customer IN (SELECT value FROM json_each(?2))"
    " UNION SELECT number FROM receipt WHERE customer IN (SELECT value FROM json_each(?2))"
)


def page(connection: Connection, asked: Asked, after: Place | None = None, limit: int = PAGE) -> tuple[Listed, ...]:
    """At most `limit` entries after a place, newest first; an empty page is the end."""
    return tuple(_listed(connection, place) for place in _places(connection, asked, after or _END, limit))


def _places(connection: Connection, asked: Asked, after: Place, limit: int) -> list[Place]:
    if asked.number:
        return _of_number(connection, asked.number, after, limit)
    if asked.customers or asked.accounts:
        return _of_people(connection, asked, after, limit)
    if asked.cents is not None:
        statement = f"SELECT business_date, station, seq FROM receipt WHERE total_cents = ? AND {_AFTER} {_ORDER}"
        return _read(connection, statement, asked.cents, *_values(after), limit)
    return _of_acts(connection, asked, after, limit)


def _of_acts(connection: Connection, asked: Asked, after: Place, limit: int) -> list[Place]:
    """Along the business dates; few of a kind, or of one kind alone, along that kind's own."""
    narrow, values = "", []
    if asked.day:
        narrow, values = " AND business_date = ?", [asked.day]
    if asked.cashier:
        narrow, values = f"{narrow} AND actor = ?", [*values, asked.cashier]
        newest = _newest(connection, "cashier", asked.cashier)
        after = min(after, newest or after, key=_values)
        if newest is None:  # who never had a drawer took no payment, and what else they did is rare
            others = tuple(kind for kind in asked.kinds if kind != "PaymentTaken")
            asked = msgspec.structs.replace(asked, kinds=others, sparse=True)
    if asked.drawer:
        narrow = f"{narrow} AND session IN (SELECT session FROM session WHERE drawer = ?)"
        values = [*values, asked.drawer]
        after = min(after, _newest(connection, "drawer", asked.drawer) or after, key=_values)
    if asked.sparse:
        statement = f"SELECT business_date, station, seq FROM act WHERE kind = ?{narrow} AND {_AFTER} {_ORDER}"
        rest = (*values, *_values(after), limit)
        found = [place for kind in asked.kinds for place in _read(connection, statement, kind, *rest)]
        return sorted(found, key=_values, reverse=True)[:limit]
    kinds = ", ".join("?" for _ in asked.kinds)
    statement = (
        f"SELECT business_date, station, seq FROM act INDEXED BY act_business_date WHERE kind IN ({kinds}){narrow}"
        f" AND {_AFTER} {_ORDER}"
    )
    return _read(connection, statement, *asked.kinds, *values, *_values(after), limit)


def _newest(connection: Connection, column: str, value: str) -> Place | None:
    """After the last day of a cashier or a drawer: the years since need no look; None where there was no day."""
    [(day,)] = rows(connection, f"SELECT max(business_date) FROM session WHERE {column} = ?", value)
    return Place(day, _END.station, _END.seq) if day else None


def _of_number(connection: Connection, number: str, after: Place, limit: int) -> list[Place]:
    parts = _NUMBER.fullmatch(number)
    given = (parts[1], _LETTERS.get(parts[2], ""), int(parts[3])) if parts else ("", "", 0)
    statement = (
        f"SELECT a.business_date, a.station, a.seq FROM ({_OF_NUMBER}) f JOIN act a ON a.station = f.station"
        " AND a.seq = f.seq"
    )
    found = [place for place in _read(connection, statement, number, *given) if _values(place) < _values(after)]
    return sorted(found, key=_values, reverse=True)[:limit]


def _of_people(connection: Connection, asked: Asked, after: Place, limit: int) -> list[Place]:
    accounts, customers = (msgspec.json.encode(keys).decode() for keys in (asked.accounts, asked.customers))
    statement = (
        f"SELECT r.business_date, r.station, r.seq FROM ({_OF_PEOPLE}) f JOIN receipt r ON r.number = f.number"
        " WHERE (r.business_date, r.station, r.seq) < (?3, ?4, ?5)"
        " ORDER BY r.business_date DESC, r.station DESC, r.seq DESC LIMIT ?6"
    )
    return _read(connection, statement, accounts, customers, *_values(after), limit)


def _read(connection: Connection, statement: str, *values: Any) -> list[Place]:
    return [Place(day or "", station, seq) for day, station, seq in rows(connection, statement, *values)]


def _values(place: Place) -> tuple[str, str, int]:
    return place.business_date, place.station, place.seq


def _listed(connection: Connection, place: Place) -> Listed:
    [row] = rows(connection, _SHOWN, place.station, place.seq)[:1]
    day, station, seq, kind, at, actor, approver, session, number, ref, cents, who, what, state = row
    return Listed(
        place=Place(day or "", station, seq),
        kind=kind,
        at=at,
        actor=actor,
        approver=approver,
        session=session,
        number=number,
        ref=ref,
        cents=cents,
        who=who,
        what=what,
        state=state,
    )


def steps(connection: Connection, number: str) -> tuple[Step, ...]:
    """What happened to a receipt after it was given, oldest first."""
    found = rows(
        connection,
        "SELECT step, at, actor, approver, COALESCE(ref, ''), cents, COALESCE(reason, ''), station, seq"
        " FROM receipt_step WHERE number = ?1 UNION ALL SELECT 'copy', a.at, a.actor, a.approver, '', c.copy, '',"
        " c.station, c.seq FROM copy c JOIN act a ON a.station = c.station AND a.seq = c.seq WHERE c.number = ?1"
        " ORDER BY station, seq",
        number,
    )
    return tuple(Step(step=r[0], at=r[1], actor=r[2], approver=r[3], ref=r[4], cents=r[5], reason=r[6]) for r in found)


def drawers(connection: Connection) -> tuple[str, ...]:
    """Every drawer that was ever opened; from one to the next is a seek."""
    found = rows(
        connection,
        "WITH RECURSIVE d(name) AS (SELECT min(drawer) FROM session UNION ALL"
        " SELECT (SELECT min(drawer) FROM session WHERE drawer > d.name) FROM d WHERE d.name IS NOT NULL)"
        " SELECT name FROM d WHERE name IS NOT NULL",
    )
    return tuple(row[0] for row in found)


def paper_states(connection: Connection, number: str) -> tuple[str, ...]:
    """What became of the papers of a receipt, its original first: queued, sending, printed, doubt or lost."""
    found = rows(connection, "SELECT state FROM spool WHERE number = ? AND document = 'receipt' ORDER BY copy", number)
    return tuple(row[0] for row in found)
