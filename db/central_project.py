"""Lays the journal at the centre out in tables that finance reads in plain SQL, by the same `rows_of` as a station.

A cursor for each station is committed with its rows, so that a stop at any moment loses and doubles nothing; an entry
that cannot be read holds up its own station alone.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from threading import Event
from typing import Any

import msgspec
import psycopg
from psycopg import sql
from sqlalchemy import Table
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from counter_app.domain.entry import Private, read_body
from counter_app.domain.events import KINDS
from counter_app.domain.refused import StationFault
from db.centre import CentreUnreachable
from db.centre_postgres import connect, told
from db.projections import Rows, rows_of
from db.schema import SCHEMA_VERSION, VIEWS, projections

BATCH = 1_000
STATEMENT_TIMEOUT_S = 600
"""A rebuild locks out its readers for as long as it takes, rather than show finance half of the books."""

_OWN_TABLES = """
CREATE TABLE IF NOT EXISTS projection_state (one boolean PRIMARY KEY DEFAULT true CHECK (one), version integer NOT NULL,
    made_by text NOT NULL);
CREATE TABLE IF NOT EXISTS projection_cursor (station text PRIMARY KEY, seq bigint NOT NULL DEFAULT 0, fault text);
"""


class Projected(msgspec.Struct, frozen=True):
    """Entries laid out, and a sentence for each station whose next entry cannot be."""

    entries: int
    faults: tuple[str, ...]


class _Unreadable(Exception):
    """An entry that this version cannot lay out; str() is the reason."""


def project(
    url: str,
    *,
    watch: bool = False,
    stop: Event | None = None,
    tell: Callable[[Projected], None] | None = None,
    every_s: float = 1.0,
) -> Projected:
    """Lay out all that is new; with `watch` go on until `stop` is set, telling each round that did something.

    Raises StationFault: not reached, not set up, or laid out by a newer version. A watch outlives a lost connection.
    """
    stop, tell = stop or Event(), tell or (lambda _: None)
    done = Projected(0, ())
    while True:
        try:
            with _projector(url) as projector:
                done = projector.run_while(watch, stop, tell, every_s)
        except CentreUnreachable as fault:
            if not watch:
                raise
            tell(Projected(0, (str(fault),)))
        if not watch or stop.wait(every_s):
            return done


class _Projector:
    """One connection as counter_projector."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection
        self._one_by_one: set[str] = set()
        self._made_by = _fingerprint()

    def run_while(self, watch: bool, stop: Event, tell: Callable[[Projected], None], every_s: float) -> Projected:
        """Rounds until nothing is new, or until `stop`."""
        total = 0
        self._prepare()
        while True:
            entries = self._round()
            total += entries
            done = Projected(total, self._faults())
            if entries:
                tell(done)
            if not watch or stop.wait(every_s):
                return done

    def _prepare(self) -> None:
        """Tables as this version knows them; laid out anew, in one transaction, where they are another version's."""
        with self._connection.transaction():
            self._connection.execute(_OWN_TABLES)
            state = self._connection.execute("SELECT version, made_by FROM projection_state FOR UPDATE").fetchone()
            if state is not None and state[0] > SCHEMA_VERSION:
                raise StationFault(
                    "The central tables were laid out by a newer version of Counter; please update this one."
                )
            if state is None or state[1] != self._made_by:
                self._rebuild(anew=state is not None)
        self._connection.execute("UPDATE projection_cursor SET fault = NULL WHERE fault IS NOT NULL")

    def _rebuild(self, *, anew: bool) -> None:
        run = self._connection.execute
        for view in VIEWS:
            run(sql.SQL("DROP VIEW IF EXISTS {}").format(sql.Identifier(view)))
        for table in [row[0] for row in run(_OWNED, (["projection_state", "projection_cursor"],)).fetchall()]:
            run(sql.SQL("DROP TABLE {}").format(sql.Identifier(table)))
        run("TRUNCATE projection_cursor, projection_state")
        for statement in _statements():
            run(statement.encode())
        run("INSERT INTO projection_state (version, made_by) VALUES (%s, %s)", (SCHEMA_VERSION, self._made_by))
        if anew:
            self._round()

    def _round(self) -> int:
        """Batches of every station in turn, until none has more."""
        total = 0
        self._connection.execute(
            "INSERT INTO projection_cursor (station) SELECT station FROM station ON CONFLICT DO NOTHING"
        )
        while behind := self._connection.execute(_BEHIND).fetchall():
            for (station,) in behind:
                total += self._advance(station)
        return total

    def _advance(self, station: str) -> int:
        """One batch of a station; an entry that cannot be laid out is found by going one by one, and noted."""
        limit = 1 if station in self._one_by_one else BATCH
        try:
            with self._connection.transaction():
                return self._batch(station, limit)
        except (_Unreadable, psycopg.DataError, psycopg.IntegrityError) as error:
            if limit > 1:
                self._one_by_one.add(station)
                return 0
            reason = " ".join(str(error).split())
            self._connection.execute("UPDATE projection_cursor SET fault = %s WHERE station = %s", (reason, station))
            return 0

    def _batch(self, station: str, limit: int) -> int:
        """Entries after the cursor, their rows and the new cursor, in the transaction that is open."""
        state = self._connection.execute("SELECT made_by FROM projection_state FOR SHARE").fetchone()
        if state != (self._made_by,):
            raise StationFault("Another version of the projector has taken over; this one stops.")
        [(seq,)] = self._connection.execute(
            "SELECT seq FROM projection_cursor WHERE station = %s FOR UPDATE", (station,)
        ).fetchall()
        entries = self._connection.execute(
            "SELECT seq, body FROM entry WHERE station = %s AND seq > %s ORDER BY seq LIMIT %s",
            (station, seq, limit),
            binary=True,
        ).fetchall()
        if not entries:
            return 0
        private = self._private(station, seq, entries[-1][0])
        rows: Rows = {}
        for number, body in entries:
            _lay_out(rows, station, number, body, private.get(number, []))
        self._write(rows if limit > 1 else _storable(rows))
        self._connection.execute("UPDATE projection_cursor SET seq = %s WHERE station = %s", (entries[-1][0], station))
        return len(entries)

    def _private(self, station: str, after: int, last: int) -> dict[int, list[Private]]:
        found: dict[int, list[Private]] = {}
        for seq, field, salt, value in self._connection.execute(
            "SELECT seq, field, salt, value FROM private WHERE station = %s AND seq > %s AND seq <= %s",
            (station, after, last),
            binary=True,
        ).fetchall():
            found.setdefault(seq, []).append(Private(field, salt, value.decode()))
        return found

    def _write(self, rows: Rows) -> None:
        with self._connection.cursor() as cursor:
            for table, added in rows.items():
                statement = sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(table))
                with cursor.copy(statement) as copy:
                    for row in added:
                        copy.write_row(row)

    def _faults(self) -> tuple[str, ...]:
        return tuple(
            f"Entry {seq + 1} of {station} is not laid out, nor what follows it: {fault}"
            for station, seq, fault in self._connection.execute(
                "SELECT station, seq, fault FROM projection_cursor WHERE fault IS NOT NULL ORDER BY station"
            ).fetchall()
        )


_BEHIND = """SELECT s.station FROM station s JOIN projection_cursor p USING (station)
    WHERE s.seq > p.seq AND p.fault IS NULL ORDER BY s.station"""
_OWNED = """SELECT tablename FROM pg_tables WHERE schemaname = 'counter' AND tableowner = current_user
    AND tablename <> ALL (%s)"""


@contextmanager
def _projector(url: str) -> Iterator[_Projector]:
    with (
        told(),
        connect(url, application="counter-app projector", statement_timeout_s=STATEMENT_TIMEOUT_S) as connection,
    ):
        connection.execute("SET ROLE counter_projector")
        connection.execute("SET search_path = counter, pg_catalog")
        yield _Projector(connection)


def _lay_out(rows: Rows, station: str, seq: int, text: bytes, private: list[Private]) -> None:
    """Add the rows of one entry. Raises _Unreadable."""
    try:
        body = read_body(text)
        added = rows_of(body, private)
    except (msgspec.MsgspecError, ValueError) as error:
        raise _Unreadable(f"it cannot be read ({error})") from error
    if (body.station, body.seq) != (station, seq):
        raise _Unreadable(f"it speaks for entry {body.seq} of {body.station}")
    for table, values in added.items():
        rows.setdefault(table, []).extend(values)


def _storable(rows: Rows) -> Rows:
    """The rows without the one character that PostgreSQL's text cannot hold; asked for only after it refused them."""
    return {
        table: [
            tuple(
                value.replace("\0", "\N{REPLACEMENT CHARACTER}") if isinstance(value, str) else value for value in row
            )
            for row in added
        ]
        for table, added in rows.items()
    }


def _statements() -> list[str]:
    """Everything that makes the projections, their views, and finance a reader of them."""
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    tables: list[Table] = projections.sorted_tables
    made = [str(CreateTable(table).compile(dialect=dialect)) for table in tables]
    indexes = sorted((index for table in tables for index in table.indexes), key=lambda index: str(index.name))
    made += [str(CreateIndex(index).compile(dialect=dialect)) for index in indexes]
    made += [f"CREATE VIEW {name} AS {select}" for name, select in VIEWS.items()]
    return [*made, *(f"GRANT SELECT ON {name} TO finance" for name in VIEWS)]


def _fingerprint() -> str:
    """Changes when a table, a view or the set of understood events does: then all is laid out anew."""
    kinds = [f"{name} {kind.VERSION}" for name, kind in sorted(KINDS.items())]
    return sha256("\n".join([str(SCHEMA_VERSION), *_statements(), *kinds]).encode()).hexdigest()
