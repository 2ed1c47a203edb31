"""The index of the search: what it knows of accounts, customers and licences, and how it catches up with the books.

It is station state, made from what is current. A load brings its accounts at once; everything else, an index that is
missing, old or behind included, is taken in a slice at a time by `catch_up`, between two keys of the window.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection

from counter_app.domain.days import parse_day
from counter_app.domain.search_words import findable, findable_phone, squeezed, vocabulary
from db.queries.rows import put, rows
from db.schema import OWN_LOADS, SEARCH_DDL, SEARCH_TABLES, station_state

VERSION = "2"
"""Of what the index knows; one of another version is made anew."""
SLICE = 50
"""Most accounts or entries taken in between two keys of the window: 6 ms when measured."""
_CHUNK = 1_000
_PAGES = 40
"""Of the index that are merged with each slice: left to itself it merges less often, and then for 40 ms."""
_OLD = (("search_data", "id", 50), ("search_docsize", "id", 2_000), ("search_key", "id", 1_000))
"""What holds most of an old index, with the rows that go at once: to drop it whole took three seconds."""

Words = tuple[list[str], list[str]]
"""Names and addresses, in which an error is forgiven; and numbers, found as they are."""
Subject = tuple[str, str, Words]
"""Kind, key and words of what can be found."""

_THERE = f"SELECT count(*) FROM sqlite_master WHERE name IN ({', '.join('?' for _ in SEARCH_TABLES)})"
_CURRENT = f"SELECT COALESCE(max(load), 0) FROM {OWN_LOADS}"
_ACCOUNTS = (
    "SELECT account, customer, name, service_address, phone FROM ref_account r WHERE account > ?1 AND load ="
    " (SELECT max(load) FROM ref_account n WHERE n.account = r.account AND n.load <= ?2) ORDER BY account LIMIT ?3"
)
_OF_LOAD = "SELECT account, customer, name, service_address, phone FROM ref_account WHERE load = ? ORDER BY account"
_CUSTOMER = "SELECT name, address, phone FROM customer WHERE customer = ? ORDER BY seq DESC LIMIT 1"
_LICENCE = "SELECT holder, address, details FROM licence WHERE licence = ? ORDER BY station, seq, n"
_STATIONS = (
    "WITH RECURSIVE s(name) AS (SELECT min(station) FROM given UNION ALL"
    " SELECT (SELECT min(station) FROM given WHERE station > s.name) FROM s WHERE s.name IS NOT NULL)"
    " SELECT name FROM s WHERE name IS NOT NULL"
)
_MERGE = "INSERT INTO search (search, rank) VALUES ('merge', ?)"
_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'search%'"
_MARK = (
    "INSERT INTO search_mark (source, through) VALUES (?, ?)"
    " ON CONFLICT (source) DO UPDATE SET through = excluded.through"
)


def is_there(connection: Connection) -> bool:
    """Whether there is an index to ask; one that is behind answers with what it knows."""
    return bool(rows(connection, _THERE, *SEARCH_TABLES)[0][0] == len(SEARCH_TABLES))


def stations(connection: Connection) -> list[str]:
    """Every station that gave a number to anything."""
    return [row[0] for row in rows(connection, _STATIONS)]


def is_behind(connection: Connection) -> bool:
    """Whether something is not found yet; a few seeks."""
    if not is_there(connection):
        return True
    marks = _marks(connection)
    return (
        marks.get("version") != VERSION
        or "accounts" in marks
        or any(_next(connection, *source, marks, 1) for source in _sources(connection))
    )


def catch_up(connection: Connection, most: int = SLICE) -> None:
    """Take in at most about `most` of what is not found yet, in the caller's transaction: customers and licences
    first."""
    if not _ready(connection):
        return
    _take_in(connection, most)
    connection.exec_driver_sql(_MERGE, (_PAGES,))


def _take_in(connection: Connection, most: int) -> None:
    marks = _marks(connection)
    for kind, station in _sources(connection):
        new = _next(connection, kind, station, marks, most)
        if new:
            _index(connection, [_read(connection, kind, key) for key in dict.fromkeys(key for _, key in new)])
            put(connection, _MARK, [(f"{kind} {station}", str(new[-1][0]))])
            most -= len(new)
        if most <= 0:
            return
    if "accounts" in marks:
        _catch_up_accounts(connection, marks["accounts"], most)


def index_accounts(connection: Connection, load: int) -> None:
    """Let the accounts of a load be found, in place of what the index knew of them."""
    while not _ready(connection):
        pass
    cursor = connection.connection.cursor()
    try:
        cursor.execute(_OF_LOAD, (load,))
        while chunk := cursor.fetchmany(_CHUNK):
            _index(connection, [_account(row) for row in chunk])
            connection.exec_driver_sql(_MERGE, (len(chunk),))
    finally:
        cursor.close()


def reread_journal(connection: Connection) -> None:
    """Have customers and licences taken in again: their rows were made anew, perhaps without values now purged."""
    if is_there(connection):
        connection.exec_driver_sql("DELETE FROM search_mark WHERE source LIKE 'customer %' OR source LIKE 'licence %'")


def tidy(connection: Connection) -> None:
    """Merge the index into one piece after a large load, so that every search reads one."""
    connection.exec_driver_sql("INSERT INTO search (search) VALUES ('optimize')")


def _ready(connection: Connection) -> bool:
    """Whether there is an index of this version. Another goes, some rows at a time, and an empty one is made, with
    everything still to be taken in."""
    if is_there(connection) and _marks(connection).get("version") == VERSION:
        return True
    connection.exec_driver_sql("DROP TABLE IF EXISTS search_mark")  # from here on nobody asks the old one
    if not _emptied(connection):
        return False
    for table in SEARCH_TABLES:
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS {table}")
    connection.exec_driver_sql(SEARCH_DDL)
    connection.exec_driver_sql("INSERT INTO search (search, rank) VALUES ('automerge', 0)")
    for table in SEARCH_TABLES:
        if table in station_state.tables:
            station_state.tables[table].create(connection)
    marks = [("version", VERSION)]
    [(current,)] = rows(connection, _CURRENT)
    if current and rows(connection, _ACCOUNTS, "", current, 1):
        marks.append(("accounts", ""))
    put(connection, _MARK, marks)
    return True


def _emptied(connection: Connection) -> bool:
    """Take some rows of what is left of an index; whether none are left."""
    there = {row[0] for row in rows(connection, _TABLES)}
    for table, key, most in (old for old in _OLD if old[0] in there):
        connection.exec_driver_sql(
            f"DELETE FROM {table} WHERE {key} IN (SELECT {key} FROM {table} ORDER BY {key} LIMIT {most})"
        )
        if rows(connection, "SELECT changes()")[0][0]:
            return False
    return True


def _marks(connection: Connection) -> dict[str, str]:
    """How far each source was taken in: accounts until they all were, customers and licences of each station."""
    return dict(rows(connection, "SELECT source, through FROM search_mark"))


def _sources(connection: Connection) -> Iterator[tuple[str, str]]:
    for station in stations(connection):
        yield "customer", station
        yield "licence", station


def _next(connection: Connection, kind: str, station: str, marks: dict[str, str], most: int) -> list[tuple[int, str]]:
    """(seq, number) of the next rows of a station: of at least one whole entry, of no entry in part."""
    after = int(marks.get(f"{kind} {station}", 0))
    found: list[tuple[int, str]] = rows(
        connection,
        f"SELECT seq, {kind} FROM {kind} WHERE station = ?1 AND seq > ?2 AND seq <= (SELECT max(seq) FROM"
        f" (SELECT seq FROM {kind} WHERE station = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3)) ORDER BY seq",
        station,
        after,
        most,
    )
    return found


def _catch_up_accounts(connection: Connection, after: str, most: int) -> None:
    [(current,)] = rows(connection, _CURRENT)
    found = rows(connection, _ACCOUNTS, after, current, most)
    _index(connection, [_account(row) for row in found])
    if len(found) < most:
        connection.exec_driver_sql("DELETE FROM search_mark WHERE source = 'accounts'")
    else:
        put(connection, _MARK, [("accounts", found[-1][0])])


def _account(row: Sequence[str]) -> Subject:
    account, customer, name, address, phone = row
    return "account", account, ([name, address], [account, customer, *findable_phone(phone)])


def _read(connection: Connection, kind: str, key: str) -> Subject:
    """A customer, or a licence with the facts of all its terms."""
    if kind == "customer":
        name, address, phone = (value or "" for value in rows(connection, _CUSTOMER, key)[0])
        return kind, key, ([name, address], [key, *findable_phone(phone)])
    names: list[str] = []
    numbers = [key]
    for holder, address, details in rows(connection, _LICENCE, key):
        facts = [str(value) for value in _details(details).values() if isinstance(value, str) and not parse_day(value)]
        names += [holder or "", address or "", *facts]
        numbers += [squeezed(fact) for fact in facts if any(c.isdigit() for c in fact)]
    return kind, key, (names, numbers)


def _details(text: str | None) -> dict[str, Any]:
    return msgspec.json.decode(text, type=dict[str, Any]) if text else {}


def _index(connection: Connection, subjects: Sequence[Subject]) -> None:
    """Put subjects into the index, in place of what it knew of them."""
    for kind in dict.fromkeys(subject[0] for subject in subjects):
        words = {key: found for of, key, found in subjects if of == kind}
        known = _ids(connection, kind, words)
        if known:
            put(connection, "DELETE FROM search WHERE rowid = ?", [(known[key],) for key in known])
        new = [(kind, key) for key in words if key not in known]
        put(connection, "INSERT INTO search_key (kind, key) VALUES (?, ?)", new)
        ids = _ids(connection, kind, words)
        put(connection, "INSERT INTO search (rowid, words) VALUES (?, ?)", [(ids[k], _text(words[k])) for k in words])
    names = vocabulary(name for _, _, (names, _) in subjects for name in names)
    put(connection, "INSERT OR IGNORE INTO search_word (word) VALUES (?)", [(word,) for word in sorted(names)])


def _text(words: Words) -> str:
    names, numbers = words
    return " ".join(dict.fromkeys((*numbers, *(text for name in names for text in findable(name)))))


def _ids(connection: Connection, kind: str, keys: Iterable[str]) -> dict[str, int]:
    wanted = msgspec.json.encode(list(keys)).decode()
    return dict(
        rows(
            connection,
            "SELECT key, id FROM search_key WHERE kind = ? AND key IN (SELECT value FROM json_each(?)) ORDER BY id",
            kind,
            wanted,
        )
    )
