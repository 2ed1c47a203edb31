"""Replays the journal beside the projections and compares them row by row, or makes them anew.

The rows of an entry lie under its key, so the two are compared slice by slice: without a second database, and in the
memory of one slice.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import msgspec
from sqlalchemy import Connection, Table

from counter_app.domain.entry import Private, read_body
from counter_app.domain.refused import StationFault
from counter_app.domain.said import say
from db import chain
from db.projections import Rows, Values, rows_of
from db.queries import search_index
from db.schema import VIEWS, projections
from db.storage import INSERTS, recreate_projections, world

SLICE = 500
CACHE_KIB = 65_536
MOST_DIFFERENCES = 1_000
"""Differences named; projections with more are made anew as a whole."""


class Difference(msgspec.Struct, frozen=True):
    """A row that is not what the journal says; seq and n are 0 where it is about a whole table."""

    table: str
    station: str
    seq: int
    n: int
    sentence: str


def check(connection: Connection) -> tuple[Difference, ...]:
    """Every row of every projection, of all stations, against a replay; empty when they are the same."""
    found: list[Difference] = []
    with world(
        lambda error: say("The database cannot be read ({error}); the projections were not compared.", error=error)
    ):
        for difference in _differences(connection):
            found.append(difference)
            if len(found) == MOST_DIFFERENCES:
                break
    return tuple(found)


def apply(connection: Connection) -> int:
    """Make the projections anew from the journal, in the caller's transaction; gives the number of entries."""
    recreate_projections(connection)
    indexes = [index for table in projections.sorted_tables for index in table.indexes]
    for index in indexes:  # sorted at once in the end, they cost a fraction of what growing row by row does
        index.drop(connection)
    entries = 0
    with _room(connection):
        for rows in chain.slices(connection, limit=SLICE):
            for table, added in _replay(connection, rows, _refuse).items():
                connection.exec_driver_sql(INSERTS[table], added)
            entries += len(rows)
        for index in indexes:
            index.create(connection)
    search_index.reread_journal(connection)
    return entries


@contextmanager
def _room(connection: Connection) -> Iterator[None]:
    """A page cache that holds the ends of all tables at once."""
    before = connection.exec_driver_sql("PRAGMA cache_size").scalar_one()
    connection.exec_driver_sql(f"PRAGMA cache_size = {-CACHE_KIB}")
    try:
        yield
    finally:
        connection.exec_driver_sql(f"PRAGMA cache_size = {before}")


def _refuse(difference: Difference) -> None:
    raise StationFault(say("{sentence} The projections were left as they are.", sentence=difference.sentence))


def _replay(connection: Connection, entries: Sequence[chain.Row], report: Callable[[Difference], None]) -> Rows:
    """The rows that these entries give, by table."""
    first, last = entries[0], entries[-1]
    private = chain.private_between(connection, (first[0], first[1]), (last[0], last[1]))
    replayed: Rows = {}
    for row in entries:
        for table, rows in _rows_of(row, private.get((row[0], row[1]), ()), report).items():
            replayed.setdefault(table, []).extend(rows)
    return replayed


def _rows_of(row: chain.Row, private: Iterable[Private], report: Callable[[Difference], None]) -> Rows:
    station, seq, body = row[0], row[1], row[2]
    try:
        rows = rows_of(read_body(body), private)
        if rows["act"][0][:2] != (station, seq):
            raise ValueError("its body names another entry")
    except (msgspec.MsgspecError, ValueError, TypeError, AttributeError, RecursionError) as error:
        report(Difference("entry", str(station), _whole(seq), 0, f"{station} entry {seq} cannot be replayed: {error}."))
        return {}
    return rows


def _differences(connection: Connection) -> Iterator[Difference]:
    compared = dict.fromkeys(projections.tables, 0)
    unreadable: list[Difference] = []
    for entries in chain.slices(connection, limit=SLICE):
        replayed = _replay(connection, entries, unreadable.append)
        yield from unreadable
        unreadable.clear()
        for name, table in projections.tables.items():
            stored = _stored(connection, table, entries)
            compared[name] += len(stored)
            wanted = replayed.get(name, [])
            if stored != wanted:
                yield from _between(name, table, stored, wanted)
    yield from _strays(connection, compared)
    yield from _views(connection)


def _stored(connection: Connection, table: Table, entries: Sequence[chain.Row]) -> list[Values]:
    """The rows of a projection that lie under the keys of these entries, and under those between them."""
    rows = connection.exec_driver_sql(
        f"SELECT * FROM {table.name} WHERE (station, seq) >= (?, ?) AND (station, seq) <= (?, ?)"
        " ORDER BY station, seq, n",
        (entries[0][0], entries[0][1], entries[-1][0], entries[-1][1]),
    )
    return [tuple(row) for row in rows.all()]


def _between(name: str, table: Table, stored: list[Values], wanted: list[Values]) -> Iterator[Difference]:
    """Row by row: missing, one too many, or of another value."""
    there, right = {row[:3]: row for row in stored}, {row[:3]: row for row in wanted}
    for key in sorted({*there, *right}, key=lambda k: (str(k[0]), _whole(k[1]), _whole(k[2]))):
        if key not in right:
            yield _difference(name, key, "is there and no entry tells it")
        elif key not in there:
            yield _difference(name, key, "is missing")
        elif there[key] != right[key]:
            columns = [c.name for c, a, b in zip(table.columns, there[key], right[key], strict=False) if a != b]
            yield _difference(name, key, f"differs in {', '.join(columns) or 'the number of its columns'}")


def _difference(table: str, key: Sequence[Any], what: str) -> Difference:
    station, seq, n = key
    return Difference(table, str(station), _whole(seq), _whole(n), f"{table}: row {n} of {station} entry {seq} {what}.")


def _whole(number: Any) -> int:
    return number if isinstance(number, int) else 0


def _strays(connection: Connection, compared: dict[str, int]) -> Iterator[Difference]:
    """Rows under keys that no slice covered."""
    for name, count in compared.items():
        if connection.exec_driver_sql(f"SELECT COUNT(*) FROM {name}").scalar_one() == count:
            continue
        rows = connection.exec_driver_sql(
            f"SELECT station, seq, n FROM {name} p WHERE NOT EXISTS"
            " (SELECT 1 FROM entry e WHERE e.station = p.station AND e.seq = p.seq) LIMIT 100"
        )
        for row in rows.all():
            yield _difference(name, tuple(row), "belongs to no entry")


def _views(connection: Connection) -> Iterator[Difference]:
    """The views are part of what finance reads."""
    rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'view'").all()
    stored = {row[0]: " ".join(row[1].split()) for row in rows}
    for name, select in VIEWS.items():
        if stored.get(name) != " ".join(f"CREATE VIEW {name} AS {select}".split()):
            yield Difference(name, "", 0, 0, f"{name}: the view is missing or not the one of this version.")
