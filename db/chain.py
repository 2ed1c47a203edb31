"""Reads a journal in slices, so that a million entries need the memory of a thousand and no cursor stays open.

Nothing is believed of what is read: a file that was tampered with may hold any type in any column.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection

from counter_app.domain.entry import Private

SLICE = 1_000

_COLUMNS = "SELECT station, seq, body, prev, hash, sig FROM entry"
_ORDER = "ORDER BY station, seq LIMIT ?"

Row = Sequence[Any]
"""station, seq, body, prev, hash, sig."""
Key = tuple[Any, Any]
"""station, seq."""


def slices(connection: Connection, after: Key | None = None, limit: int = SLICE) -> Iterator[Sequence[Row]]:
    """The entries of all stations after a key, ordered by station and seq, at most `limit` at a time."""
    while rows := entries_after(connection, after, limit):
        yield rows
        after = (rows[-1][0], rows[-1][1])


def entries_after(connection: Connection, after: Key | None, limit: int) -> Sequence[Row]:
    """The next entries after a key; None is the beginning."""
    if after is None:
        return connection.exec_driver_sql(f"{_COLUMNS} {_ORDER}", (limit,)).all()
    return connection.exec_driver_sql(f"{_COLUMNS} WHERE (station, seq) > (?, ?) {_ORDER}", (*after, limit)).all()


def newest_of(connection: Connection, station: Any, limit: int) -> Sequence[Row]:
    """The last entries of a station, oldest first."""
    found = connection.exec_driver_sql(
        f"{_COLUMNS} WHERE station = ? ORDER BY seq DESC LIMIT ?", (station, limit)
    ).all()
    return found[::-1]


def stations(connection: Connection) -> list[Any]:
    """Every station with entries, found by leaping from one to the next: no entry is read."""
    leaps = (
        "WITH RECURSIVE leap(station) AS (SELECT min(station) FROM entry UNION ALL"
        " SELECT (SELECT min(station) FROM entry WHERE station > leap.station) FROM leap WHERE leap.station NOT NULL)"
        " SELECT station FROM leap WHERE station NOT NULL"
    )
    return [row[0] for row in connection.exec_driver_sql(leaps).all()]


def private_between(connection: Connection, first: Key, last: Key) -> dict[Key, list[Private]]:
    """The private values of the entries from one key to another, by the key of their entry."""
    found: dict[Key, list[Private]] = {}
    rows = connection.exec_driver_sql(
        "SELECT station, seq, field, salt, value FROM private"
        " WHERE (station, seq) >= (?, ?) AND (station, seq) <= (?, ?) ORDER BY station, seq, field",
        (*first, *last),
    )
    for station, seq, field, salt, value in rows.all():
        found.setdefault((station, seq), []).append(Private(field, salt, value))
    return found


def first_bodies(connection: Connection) -> list[tuple[str, bytes]]:
    """Each station with the body of its first entry."""
    rows = connection.exec_driver_sql("SELECT station, body FROM entry WHERE seq = 1 ORDER BY station").all()
    return [(row[0], row[1]) for row in rows]
