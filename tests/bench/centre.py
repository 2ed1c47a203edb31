"""City hall: shipping a journal to a real PostgreSQL that syncs, and laying it out there, beside bare executemany."""

from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

import psycopg
from psycopg import sql

from counter_app.domain.entry import Entry, Private, read_body
from counter_app.services.station import Station
from db import central_setup
from db.central_project import project
from db.centre import BATCH
from db.centre_embedded import entries_after
from db.centre_postgres import PostgresCentre
from db.projections import Rows, rows_of
from db.schema import journal, projections
from db.sync import ship
from tests.bench.counter_day import a_counter
from tests.bench.measured import Row, comparing, running, timed
from tests.fakes.postgres import throw_away_cluster

CHUNKS = 8
"""The journal goes in so many pieces, each beside the same piece written barely, so that growth would be seen."""


def centre_rows(folder: Path) -> list[Row]:
    """Ship and project of the journal in `folder`."""
    with a_counter(folder) as station, throw_away_cluster(durable=True) as url:
        central_setup.init(url)
        public = station.books.signer.public.hex()
        own = PostgresCentre(central_setup.add(url, station.name, station.site, public))
        try:
            return _rows(station, own, url)
        finally:
            own.close()


def _rows(station: Station, own: PostgresCentre, url: str) -> list[Row]:
    chunk = -(-station.books.head().seq // CHUNKS)
    shipped, shipped_bare, projected, projected_bare = [], [], [], []
    with psycopg.connect(url, autocommit=True) as bare:
        _bare_tables(bare, list(journal.tables))
        project(url)
        _bare_tables(bare, list(projections.tables))
        for after in range(0, chunk * CHUNKS, chunk):
            with station.books.read() as connection:
                entries, private = entries_after(connection, station.name, after, chunk)
            shipped.append(len(entries) / timed(lambda: ship(station.books, own, chunk))[0])
            shipped_bare.append(len(entries) / _ship_bare(bare, entries, private))
            projected.append(len(entries) / timed(lambda: project(url))[0])
            projected_bare.append(len(entries) / _project_bare(bare, entries, private))
    return [
        running("ship to PostgreSQL", shipped, shipped_bare, at_least=5_000, times=4),
        _growth(shipped),
        running("project at the centre", projected, projected_bare, at_least=2_000, times=4),
        _growth(projected),
    ]


def _growth(rates: Sequence[float]) -> Row:
    """The last quarter against the first."""
    some = max(len(rates) // 4, 1)
    last, first = (1 / median(part) for part in (rates[-some:], rates[:some]))
    return comparing("  for each entry, of the last against the first", last, first, times=1.5)


def _bare_tables(connection: psycopg.Connection[Any], tables: Sequence[str]) -> None:
    """The same tables with the same indexes, which belong to nobody."""
    connection.execute("CREATE SCHEMA IF NOT EXISTS bare")
    for table in tables:
        name = sql.Identifier(table)
        connection.execute(sql.SQL("CREATE TABLE bare.{0} (LIKE counter.{0} INCLUDING ALL)").format(name))


def _ship_bare(
    connection: psycopg.Connection[Any], entries: Sequence[Entry], private: Sequence[tuple[int, Private]]
) -> float:
    """Seconds of the same bytes, in transactions of the same number of entries."""
    values: dict[int, list[tuple[Any, ...]]] = {}
    for seq, p in private:
        values.setdefault(seq, []).append((entries[0].station, seq, p.field, p.salt, p.value.encode()))

    def write() -> None:
        for first in range(0, len(entries), BATCH):
            some = entries[first : first + BATCH]
            rows = {
                "entry": [(e.station, e.seq, e.body, e.prev, e.hash, e.sig) for e in some],
                "private": [row for e in some for row in values.get(e.seq, ())],
            }
            _write_bare(connection, rows)

    return timed(write)[0]


def _project_bare(
    connection: psycopg.Connection[Any], entries: Sequence[Entry], private: Sequence[tuple[int, Private]]
) -> float:
    """Seconds of the same rows, known beforehand."""
    values: dict[int, list[Private]] = {}
    for seq, p in private:
        values.setdefault(seq, []).append(p)
    rows: Rows = {}
    for entry in entries:
        for table, added in rows_of(read_body(entry.body), values.get(entry.seq, ())).items():
            rows.setdefault(table, []).extend(added)
    return timed(lambda: _write_bare(connection, rows))[0]


def _write_bare(connection: psycopg.Connection[Any], rows: Rows) -> None:
    with connection.transaction(), connection.cursor() as cursor:
        for table, added in rows.items():
            if added:
                marks = sql.SQL(", ").join([sql.Placeholder()] * len(added[0]))
                insert = sql.SQL("INSERT INTO bare.{} VALUES ({})").format(sql.Identifier(table), marks)
                cursor.executemany(insert, added)
