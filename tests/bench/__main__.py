"""Measures the rows of the speed table and prints them, each beside its reference of the same run.

    python -m tests.bench                       all rows, in about three minutes
    python -m tests.bench --only payment        rows of one part: payment, drawer, slip, journal, centre, window,
                                                journeys, search
    python -m tests.bench --accounts 1000000    search in a large city
    python -m tests.bench --entries 1000000     a long journal

A benchmark is a benchmark and no test: it exits 0 whatever it finds, and 1 with --strict when a row does not hold.
Milliseconds are those of this machine and of what else runs on it; the ratios are what to compare.
"""

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from counter_app.practice.simulate import simulate
from tests.bench.centre import centre_rows
from tests.bench.counter_day import a_counter, write_payments
from tests.bench.drawer import drawer_rows, slip_rows
from tests.bench.finding import finding_rows
from tests.bench.journal import journal_rows
from tests.bench.journeys import journey_rows
from tests.bench.measured import Row, table
from tests.bench.payment import payment_rows
from tests.bench.window import window_rows

OTHER = "A2"
"""The station with the long journal, a simulated day over and over: foreign to the counter that takes payments."""


def main() -> int:
    """Measure, print, and say by the exit whether all rows hold when asked to."""
    given = _arguments()
    with TemporaryDirectory(prefix="counter-bench-", dir=given.dir) as name:
        rows = _measure(Path(name), given)
    print(table(rows))
    print(f"\n{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} (this run alone makes about 1)")
    return 1 if given.strict and not all(row.holds for row in rows) else 0


def _measure(folder: Path, given: argparse.Namespace) -> list[Row]:
    long = folder / "long"
    parts: dict[str, Callable[[], list[Row]]] = {
        "payment": lambda: payment_rows(folder, long, min(given.accounts, 5_000), given.payments),
        "drawer": lambda: drawer_rows(folder),
        "slip": lambda: slip_rows(folder),
        "journal": lambda: journal_rows(long),
        "centre": lambda: centre_rows(long),
        "window": lambda: window_rows(folder, given.accounts, given.payments),
        "journeys": lambda: journey_rows(folder, given.accounts),
        "search": lambda: finding_rows(folder, given.accounts),
    }
    chosen = given.only or list(parts)
    if {"payment", "journal", "centre"} & set(chosen):
        _tell(f"writing a journal of {given.entries:,} entries")
        _long_journal(long, given.entries)
    rows: list[Row] = []
    for part, measure in parts.items():
        if part in chosen:
            _tell(f"measuring: {part}")
            rows += measure()
    return rows


def _long_journal(folder: Path, entries: int) -> None:
    with a_counter(folder, station=OTHER) as station:
        simulate(station, days=1, payments=200, seed=7)
        write_payments(station, entries - station.books.head().seq)


def _tell(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Print the speed table.")
    parser.add_argument("--only", action="append", metavar="PART", help="a part alone; may be given again")
    parser.add_argument("--accounts", type=int, default=5_000, help="accounts of the city that is searched")
    parser.add_argument("--entries", type=int, default=20_000, help="entries of the long journal")
    parser.add_argument("--payments", type=int, default=500, help="payments taken for the first row, and in the window")
    parser.add_argument("--dir", type=Path, help="where to work: the disk that is measured")
    parser.add_argument("--strict", action="store_true", help="exit 1 when a row does not hold")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
