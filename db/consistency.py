"""What must be true between the rows of a station, as named queries: each finds the rows that contradict one another.

The journal proves that nothing was changed; these prove that what was recorded adds up (money.md §1, §2, §5, §10).
"""

from collections.abc import Iterator
from typing import Any

import msgspec
from sqlalchemy import Connection

from counter_app.domain.ledger import OUTSIDE
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
    """Every row that contradicts another, query by query; a query that cannot be run is a problem itself."""
    for query in CONSISTENCY:
        yield from _run(connection, query)


def _run(connection: Connection, query: Consistency) -> Iterator[Problem]:
    try:
        rows = connection.exec_driver_sql(f"{query.sql} LIMIT {MOST_ROWS}").all()
    except FAULTS as error:
        yield Problem("", 0, f"The check “{query.name}” cannot be made: {reason(error)}.")
        return
    for station, seq, detail in rows:
        yield _problem(query, station, seq, detail)


def _problem(query: Consistency, station: Any, seq: Any, detail: Any) -> Problem:
    where = seq if isinstance(seq, int) else 0
    return Problem(str(station), where, f"{station} entry {seq}: {query.says.format(detail)} ({query.name}).")


_OUTSIDE = ", ".join(f"'{place}'" for place in sorted(OUTSIDE))
_PIECES = "(SELECT COALESCE(SUM(CAST(replace(key, 'c', '') AS INTEGER) * value), 0) FROM json_each({}))"

_BALANCES = f"""
    SELECT station, seq, place, kind, SUM(cents) AS cents FROM (
        SELECT station, seq, target AS place, kind, cents FROM movement
        UNION ALL SELECT station, seq, source, kind, -cents FROM movement)
    WHERE place NOT IN ({_OUTSIDE}) GROUP BY station, seq, place, kind"""

CONSISTENCY = (
    Consistency(
        "lines of a receipt",
        "the lines of {} do not add up to its total",
        """SELECT r.station, r.seq, r.number FROM receipt r
           LEFT JOIN line l ON l.station = r.station AND l.seq = r.seq
           GROUP BY r.station, r.seq, r.number, r.total_cents
           HAVING COALESCE(SUM(l.amount_cents), 0) <> r.total_cents""",
    ),
    Consistency(
        "tenders of a receipt",
        "the tenders of {} less change and credit are not its total",
        """SELECT r.station, r.seq, r.number FROM receipt r
           LEFT JOIN tender t ON t.station = r.station AND t.seq = r.seq
           GROUP BY r.station, r.seq, r.number, r.total_cents, r.rounding_cents
           HAVING COALESCE(SUM(t.amount_cents - t.change_cents - t.credit_cents), 0) <> r.total_cents + r.rounding_cents
               OR COALESCE(SUM(t.change_cents), 0) <> r.change_cents
               OR COALESCE(SUM(t.credit_cents), 0) <> r.credit_cents""",
    ),
    Consistency(
        "tenders after corrections",
        "the tenders of {} with its corrections are not its total",
        """SELECT r.station, MAX(t.seq), r.number FROM receipt r
           JOIN tender t ON t.station = r.station AND t.number = r.number
           GROUP BY r.station, r.number, r.total_cents, r.rounding_cents
           HAVING SUM(t.amount_cents - t.change_cents - t.credit_cents) <> r.total_cents + r.rounding_cents""",
    ),
    Consistency(
        "allocations of a tender",
        "the allocations of tender {} are not what of it was taken",
        """SELECT t.station, t.seq, t.number || '/' || t.tender FROM (
               SELECT station, seq, number, tender, SUM(amount_cents - change_cents - credit_cents) AS cents
               FROM tender GROUP BY station, seq, number, tender) t
           JOIN act ON act.station = t.station AND act.seq = t.seq
           WHERE t.cents <> (SELECT COALESCE(SUM(a.cents), 0) FROM allocation a
               WHERE a.station = t.station AND a.seq = t.seq AND a.number = t.number AND a.tender = t.tender)
             AND NOT EXISTS (SELECT 1 FROM receipt r
               WHERE r.station = t.station AND r.seq = t.seq AND r.rounding_cents <> 0)""",
    ),
    Consistency(
        "allocations of a line",
        "the allocations of line {} are not its amount",
        """SELECT l.station, l.seq, l.number || '/' || l.line FROM line l
           JOIN receipt r ON r.station = l.station AND r.seq = l.seq
           WHERE l.amount_cents <> (SELECT COALESCE(SUM(a.cents), 0) FROM allocation a
               WHERE a.station = l.station AND a.seq = l.seq AND a.number = l.number AND a.line = l.line)""",
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
        "distribution of a line",
        "the ledger shares of line {} are not its amount",
        """SELECT l.station, l.seq, l.number || '/' || l.line FROM line l
           WHERE l.amount_cents <> (SELECT COALESCE(SUM(d.amount_cents), 0) FROM distribution d
               WHERE d.station = l.station AND d.seq = l.seq AND d.number = l.number AND d.line = l.line)""",
    ),
    Consistency(
        "ledger by fund",
        "the ledger entry does not balance in fund {}",
        "SELECT station, seq, fund FROM posting GROUP BY station, seq, fund HAVING SUM(amount_cents) <> 0",
    ),
    Consistency(
        "places",
        "{} holds less than nothing",
        f"""SELECT station, MIN(seq), place || ' (' || kind || ')' FROM (
               SELECT station, seq, place, kind,
                   SUM(cents) OVER (PARTITION BY station, place, kind ORDER BY seq) AS balance
               FROM ({_BALANCES}) WHERE place LIKE 'drawer %' OR place LIKE 'bag %')
           WHERE balance < 0 GROUP BY station, place, kind""",
    ),
    Consistency(
        "places shared by stations",
        "{} holds less than nothing",
        f"""SELECT MAX(station), MAX(seq), place || ' (' || kind || ')' FROM ({_BALANCES})
           GROUP BY place, kind HAVING SUM(cents) < 0 AND place NOT LIKE 'drawer %' AND place NOT LIKE 'bag %'""",
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
           WHERE NOT EXISTS (SELECT 1 FROM session o
                   WHERE o.station = s.station AND o.session = s.session AND o.seq < s.seq)
              OR (s.step IN ('verified', 'recount') AND NOT EXISTS (SELECT 1 FROM session_step c
                   WHERE c.station = s.station AND c.session = s.session AND c.step = 'closed' AND c.seq < s.seq))""",
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
           JOIN session s ON s.station = v.station AND s.session = v.session
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
