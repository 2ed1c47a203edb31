"""The payment: until it is durable, while foreign entries come in, and until its paper leaves."""

import random
import shutil
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

from counter_app.devices.attach import printer_at
from counter_app.documents.escpos_job import warm_up
from counter_app.services.acts import perform
from counter_app.services.printing import Printing
from counter_app.services.station import Station
from db.books import ADMIT_SLICE, Connection
from db.centre_embedded import entries_after
from db.schema import projections
from db.storage import INSERTS
from db.sync import Pulled, sliced
from tests.bench.counter_day import a_bare_file, a_counter, open_drawer, sale
from tests.bench.measured import Row, lasting, p99, timed
from tests.fakes.printer import FakePrinter

WRITTEN = ("entry", "private", *projections.tables, "spool")
RECEIPTS = 40
"""Paper takes its time; this many are enough for a median."""

Written = dict[str, list[tuple[Any, ...]]]


def payment_rows(folder: Path, foreign: Path, accounts: int, payments: int) -> list[Row]:
    """Three rows; `foreign` holds another station's long journal."""
    here, bare = folder / "counter", folder / "bare"
    with a_counter(here, accounts) as station:
        open_drawer(station)
        for number in range(20):
            perform(station, sale(number, accounts=accounts))
    shutil.copytree(here, bare)
    with a_counter(here, accounts) as station, a_bare_file(bare) as connection:
        alone = _alone(station, connection, accounts, payments)
    with a_counter(here, accounts) as station:
        crowded = _crowded(station, _slices(foreign), accounts)
        first_byte = _first_byte(station, accounts)
    return [alone, crowded, first_byte]


def _alone(station: Station, bare: sqlcipher.Connection, accounts: int, payments: int) -> Row:
    taken, written = [], []
    for number in range(payments):
        seconds, done = timed(partial(perform, station, sale(number, accounts=accounts)))
        taken.append(seconds)
        written.append(_write_bare(bare, _rows_of(station, done.seq)))
    return lasting("payment, 3 lines, 2 tenders → durable", taken, written, at_most_ms=4, times=4)


def _rows_of(station: Station, seq: int) -> Written:
    """Every row that an entry left, by table."""
    with station.books.read() as connection:
        found = {table: _of_entry(connection, table, station.name, seq) for table in WRITTEN}
    return {table: rows for table, rows in found.items() if rows}


def _of_entry(connection: Connection, table: str, station: str, seq: int) -> list[tuple[Any, ...]]:
    found = connection.exec_driver_sql(f"SELECT * FROM {table} WHERE station = ? AND seq = ?", (station, seq))
    return [tuple(row) for row in found.all()]


def _write_bare(connection: sqlcipher.Connection, rows: Written) -> float:
    """Seconds of one transaction that writes the rows."""
    begun = time.perf_counter()
    connection.execute("BEGIN IMMEDIATE")
    for table, values in rows.items():
        connection.executemany(INSERTS[table], values)
    connection.execute("COMMIT")
    return time.perf_counter() - begun


def _slices(foreign: Path) -> Sequence[Pulled]:
    with a_counter(foreign) as other, other.books.read() as connection:
        entries, private = entries_after(connection, other.name, 0, other.books.head().seq)
    return list(sliced(entries[0].station, entries, private))


def _crowded(station: Station, slices: Sequence[Pulled], accounts: int) -> Row:
    """A call comes at any moment of a slice, waits for its end, and is done."""
    moment, waited, admitted = random.Random(7), [], 0.0
    for number, some in enumerate(slices):
        slice_s, _ = timed(partial(station.books.admit, some.entries, some.private))
        seconds, _ = timed(partial(perform, station, sale(number, accounts=accounts)))
        waited.append(slice_s * moment.random() + seconds)
        admitted += slice_s
    rate = len(slices) * ADMIT_SLICE / admitted
    what = f"the same while {len(slices) * ADMIT_SLICE:,} foreign entries come in ({rate:,.0f}/s)"
    return lasting(what, waited, at_most_ms=20, judge=p99)


def _first_byte(station: Station, accounts: int) -> Row:
    """From the commit to the first byte of the receipt at the printer; the cash drawer's command goes before it."""
    warm_up()
    seconds = []
    with FakePrinter() as printer:
        printing = Printing(station, printer_at(printer.address))
        printing.flush(60)  # what the rows before have left in the spool
        for number in range(RECEIPTS):
            before = len(printer.jobs())
            perform(station, sale(number, accounts=accounts))
            begun = time.perf_counter()
            printing.pump()
            while len(printer.jobs()) == before:
                time.sleep(0.0002)
            seconds.append(time.perf_counter() - begun)
            printing.flush()
        printing.stop()
    return lasting("committed → first receipt byte on the wire", seconds, at_most_ms=50)
