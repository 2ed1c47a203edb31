"""What must add up: within each event, and between the rows of all of them, as named queries for what contradicts.

The chain proves that nothing was changed; these prove that what was recorded is right.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec
from sqlalchemy import Connection

from counter_app.domain import events as ev
from counter_app.domain.ledger import OUTSIDE, Posting
from db.storage import FAULTS, reason

MOST_ROWS = 100
"""Rows that one query names; a file with more is broken as a whole."""


class Problem(msgspec.Struct, frozen=True):
    """Something that does not hold, at an entry; seq is 0 where it is about the file as a whole."""

    station: str
    seq: int
    sentence: str


class Consistency(msgspec.Struct, frozen=True):
    """A query of (station, seq, detail) rows, each of which breaks the rule; `says` has {} for the detail."""

    name: str
    says: str
    sql: str


def inconsistencies(connection: Connection) -> Iterator[Problem]:
    """Every row that contradicts another, query by query; a damaged file ends them with a problem of its own."""
    for query in CONSISTENCY:
        try:
            rows = connection.exec_driver_sql(f"{query.sql} LIMIT {MOST_ROWS}").all()
        except FAULTS as error:
            yield Problem("", 0, f"The check “{query.name}” and those after it cannot be made: {reason(error)}.")
            return
        for station, seq, detail in rows:
            yield _problem(query, station, seq, detail)


def _problem(query: Consistency, station: Any, seq: Any, detail: Any) -> Problem:
    where = seq if isinstance(seq, int) else 0
    return Problem(str(station), where, f"{station} entry {seq}: {query.says.format(detail)} ({query.name}).")


def contradictions(event: Any) -> Iterator[str]:
    """What does not add up within one event; nothing for kinds that move no money."""
    if funds := _unbalanced(getattr(event, "postings", ())):
        yield f"its ledger entry does not balance in fund {', '.join(funds)}"
    if isinstance(event, ev.PaymentTaken):
        yield from _receipt(event)
    elif isinstance(event, ev.TenderCorrected):
        taken = {t.tender: t.amount_cents - t.change_cents - t.credit_cents for t in event.tenders}
        if sum(taken.values()) or not _ties(taken, event.allocations):
            yield f"the tenders of the correction of {event.number} and their allocations do not add up"
    elif isinstance(event, ev.PaymentMoved | ev.UnappliedCleared) and sum(a.cents for a in event.allocations) != 0:
        yield f"what was moved or cleared on {event.number} is more or less than before"


def _unbalanced(postings: Iterable[Posting]) -> list[str]:
    """The funds whose debits are not their credits."""
    funds: dict[str, int] = {}
    for posting in postings:
        funds[posting.fund] = funds.get(posting.fund, 0) + posting.cents
    return [fund for fund, cents in funds.items() if cents]


def _receipt(event: ev.PaymentTaken) -> Iterator[str]:
    """Lines = tenders − change − credit, and the allocations tie both sides."""
    lines = {line.line: line.amount_cents for line in event.lines}
    taken = {t.tender: t.amount_cents - t.change_cents - t.credit_cents for t in event.tenders}
    if sum(lines.values()) != event.total_cents:
        yield f"the lines of {event.number} do not add up to its total"
    if sum(taken.values()) != event.total_cents + event.rounding_cents:
        yield f"the tenders of {event.number} less change and credit are not its total"
    if event.change_cents != sum(t.change_cents for t in event.tenders):
        yield f"the change of {event.number} is not that of its tenders"
    if event.credit_cents != sum(t.credit_cents for t in event.tenders):
        yield f"the credit of {event.number} is not that of its tenders"
    by_line: dict[int, int] = {}
    for a in event.allocations:
        by_line[a.line] = by_line.get(a.line, 0) + a.cents
    if by_line != {line: cents for line, cents in lines.items() if cents}:
        yield f"the allocations of {event.number} are not the amounts of its lines"
    if not event.rounding_cents and not _ties(taken, event.allocations):
        yield f"the allocations of {event.number} are not what of its tenders was taken"
    for line in event.lines:
        if -sum(p.cents for p in line.distribution) != line.amount_cents:
            yield f"the ledger shares of line {line.line} of {event.number} are not its amount"


def _ties(taken: Mapping[int, int], allocations: Iterable[ev.Allocation]) -> bool:
    """Whether every tender is allocated to the cent."""
    left = dict(taken)
    for a in allocations:
        left[a.tender] = left.get(a.tender, 0) - a.cents
    return not any(left.values())


_OUTSIDE = ", ".join(f"'{place}'" for place in sorted(OUTSIDE))
_PIECES = "(SELECT COALESCE(SUM(CAST(replace(key, 'c', '') AS INTEGER) * value), 0) FROM json_each({}))"

_BOTH_ENDS = """
    SELECT station, seq, target AS place, kind, cents FROM movement
    UNION ALL SELECT station, seq, source, kind, -cents FROM movement"""
_OF_ONE_STATION = "(place LIKE 'drawer %' OR place LIKE 'bag %')"
_WHOSE = """CASE WHEN place LIKE 'drawer %' THEN substr(place, 8, instr(place, '-') - 8) ELSE station END"""
"""The station of a place; what another one did there after taking it over comes after all of its own."""
_TAKEN_OVER = """{0}.station <> s.station AND EXISTS (SELECT 1 FROM act a WHERE a.kind = 'StationAdopted'
    AND +a.station = s.station AND +a.subject = {0}.station AND +a.seq < s.seq)"""
"""What stands at another station whose work the station of `s` had taken over."""

CONSISTENCY = (
    Consistency(
        "tenders after corrections",
        "the tenders of {} with its corrections are not its total",
        """SELECT r.station, MAX(t.seq), r.number FROM receipt r
           JOIN tender t ON t.station = r.station AND t.number = r.number
           WHERE EXISTS (SELECT 1 FROM receipt_step s
               WHERE s.station = r.station AND s.number = r.number AND s.step = 'corrected')
           GROUP BY r.station, r.number, r.total_cents, r.rounding_cents
           HAVING SUM(t.amount_cents - t.change_cents - t.credit_cents) <> r.total_cents + r.rounding_cents""",
    ),
    Consistency(
        "allocations of a void",
        "{} is voided and still pays something",
        """SELECT s.station, s.seq, s.number FROM receipt_step s
           WHERE s.step = 'voided' AND EXISTS (SELECT 1 FROM allocation a
               WHERE a.station = s.station AND a.number = s.number
               GROUP BY a.account, a.item HAVING SUM(a.cents) <> 0)""",
    ),
    Consistency(
        "allocations of a move",
        "what was moved or cleared on {} is more or less than before",
        """SELECT s.station, s.seq, s.number FROM receipt_step s
           JOIN allocation a ON a.station = s.station AND a.seq = s.seq
           WHERE s.step IN ('moved', 'cleared') GROUP BY s.station, s.seq, s.number HAVING SUM(a.cents) <> 0""",
    ),
    Consistency(
        "places",
        "{} holds less than nothing",
        f"""SELECT station, MIN(seq), place || ' (' || kind || ')' FROM (
               SELECT station, seq, place, kind,
                   SUM(cents) OVER (PARTITION BY {_WHOSE}, place, kind ORDER BY station <> {_WHOSE}, seq) AS balance
               FROM ({_BOTH_ENDS}) WHERE {_OF_ONE_STATION})
           WHERE balance < 0 GROUP BY station, place, kind""",
    ),
    Consistency(
        "places shared by stations",
        "{} holds less than nothing",
        f"""SELECT MAX(station), MAX(seq), place || ' (' || kind || ')' FROM ({_BOTH_ENDS})
           WHERE place NOT IN ({_OUTSIDE}) AND NOT {_OF_ONE_STATION} GROUP BY place, kind HAVING SUM(cents) < 0""",
    ),
    Consistency(
        "numbers",
        "the numbers {} have a gap or a repetition",
        """SELECT station, MAX(seq), kind FROM given GROUP BY station, kind
           HAVING MIN(value) <> 1 OR COUNT(*) <> MAX(value) OR COUNT(DISTINCT value) <> COUNT(*)""",
    ),
    Consistency(
        "numbers of one meaning",
        "the number {} was given twice",
        "SELECT MAX(station), MAX(seq), number FROM given GROUP BY number HAVING COUNT(*) > 1",
    ),
    Consistency(
        "session of a receipt",
        "{} was taken in a session that was not open",
        """SELECT r.station, r.seq, r.number FROM receipt r
           WHERE NOT EXISTS (SELECT 1 FROM session s WHERE s.station = r.station AND s.session = r.session
                   AND s.drawer = r.drawer AND s.seq < r.seq)
              OR EXISTS (SELECT 1 FROM session_step c WHERE c.station = r.station AND c.session = r.session
                   AND c.step = 'closed' AND c.seq < r.seq)""",
    ),
    Consistency(
        "steps of a receipt",
        "{} is changed and was never taken",
        """SELECT s.station, s.seq, s.number FROM receipt_step s
           WHERE NOT EXISTS (SELECT 1 FROM receipt r
               WHERE r.station = s.station AND r.number = s.number AND r.seq < s.seq)""",
    ),
    Consistency(
        "one end of a receipt",
        "{} is undone twice",
        """SELECT station, MAX(seq), number FROM receipt_step WHERE step IN ('voided', 'refunded')
           GROUP BY station, number HAVING COUNT(*) > 1""",
    ),
    Consistency(
        "steps of a session",
        "{} goes on without what comes before",
        """SELECT s.station, s.seq, s.session || ' ' || s.step FROM session_step s
           WHERE NOT EXISTS (SELECT 1 FROM session o WHERE o.session = s.session AND (
                   o.station = s.station AND o.seq < s.seq OR """
        + _TAKEN_OVER.format("o")
        + """))
              OR (s.step IN ('verified', 'recount') AND NOT EXISTS (SELECT 1 FROM session_step c
                   WHERE c.session = s.session AND c.step = 'closed' AND (
                   c.station = s.station AND c.seq < s.seq OR """
        + _TAKEN_OVER.format("c")
        + """)))""",
    ),
    Consistency(
        "one deposit of a session",
        "{} is verified or deposited twice",
        """SELECT station, MAX(seq), session || ' ' || step FROM session_step WHERE step IN ('verified', 'deposited')
           GROUP BY station, session, step HAVING COUNT(*) > 1""",
    ),
    Consistency(
        "verifier of a drawer",
        "{} was verified by its own cashier",
        """SELECT v.station, v.seq, v.session FROM session_step v
           JOIN session s ON s.session = v.session
           WHERE v.step = 'verified' AND v.actor = s.cashier""",
    ),
    Consistency(
        "second person",
        "{} approved an act of their own",
        "SELECT station, seq, actor FROM act WHERE approver = actor",
    ),
    Consistency(
        "cash of a deposit",
        "the pieces of {} are not its cash",
        f"SELECT station, seq, deposit FROM deposit WHERE cash_cents <> {_PIECES.format('pieces')}",
    ),
    Consistency(
        "checks of a deposit",
        "the checks listed for {} are not its sum",
        """SELECT d.station, d.seq, d.deposit FROM deposit d
           LEFT JOIN deposit_check c ON c.station = d.station AND c.deposit = d.deposit
           GROUP BY d.station, d.seq, d.deposit, d.checks_cents, d.check_count, d.total_cents, d.cash_cents
           HAVING COALESCE(SUM(c.cents), 0) <> d.checks_cents OR COUNT(c.n) <> d.check_count
               OR d.total_cents <> d.cash_cents + d.checks_cents""",
    ),
    Consistency(
        "a check once",
        "check {} is in more than one deposit",
        """SELECT station, MAX(seq), number || '/' || tender FROM deposit_check
           GROUP BY station, number, tender HAVING COUNT(*) > 1""",
    ),
    Consistency(
        "checks as taken",
        "check {} is not of the amount that was taken",
        """SELECT c.station, c.seq, c.number || '/' || c.tender FROM deposit_check c
           WHERE c.cents <> (SELECT COALESCE(SUM(t.amount_cents), 0) FROM tender t WHERE t.station = c.station
               AND t.number = c.number AND t.tender = c.tender
               AND t.kind IN ('check', 'money_order') AND t.seq < c.seq)""",
    ),
    Consistency(
        "bags",
        "bag {} was used twice",
        "SELECT MAX(station), MAX(seq), bag FROM deposit GROUP BY bag HAVING COUNT(*) > 1",
    ),
    Consistency(
        "sessions of a deposit",
        "{} was deposited and not verified before",
        """SELECT d.station, d.seq, d.session FROM deposit_session d
           WHERE NOT EXISTS (SELECT 1 FROM session_step v WHERE v.station = d.station AND v.session = d.session
               AND v.step = 'verified' AND v.seq < d.seq)""",
    ),
    Consistency(
        "steps of a deposit",
        "{} is sent, confirmed or corrected and was never made",
        """SELECT s.station, s.seq, s.deposit FROM deposit_step s
           WHERE NOT EXISTS (SELECT 1 FROM deposit d
               WHERE d.station = s.station AND d.deposit = s.deposit AND d.seq < s.seq)""",
    ),
    Consistency(
        "receipt of a licence",
        "{} was issued without a receipt",
        """SELECT i.station, i.seq, i.licence FROM licence i
           WHERE NOT EXISTS (SELECT 1 FROM receipt r
               WHERE r.station = i.station AND r.number = i.number AND r.seq <= i.seq)""",
    ),
    Consistency(
        "licence of a voided receipt",
        "{} is still good though its receipt was voided",
        """SELECT s.station, s.seq, i.licence FROM receipt_step s
           JOIN licence i ON i.station = s.station AND i.number = s.number
           WHERE s.step = 'voided' AND NOT EXISTS (SELECT 1 FROM licence_step c
               WHERE c.station = s.station AND c.licence = i.licence AND c.seq = s.seq)""",
    ),
    Consistency(
        "copies",
        "the copies of {} are not counted one by one",
        """SELECT station, MAX(seq), number FROM copy GROUP BY station, number
           HAVING MIN(copy) <> 1 OR COUNT(DISTINCT copy) <> COUNT(*)""",
    ),
)
"""Every rule that is kept between rows."""
