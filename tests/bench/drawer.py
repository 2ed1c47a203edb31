"""The end of a day: closing and verifying a full drawer, and the slip of a large deposit."""

import shutil
from pathlib import Path
from statistics import median

from counter_app.services.acts import perform
from counter_app.services.make_deposit import MakeDeposit
from counter_app.services.print_document import office_pdf
from tests.bench.counter_day import a_counter, count_and_verify, counts_of, open_drawer, sale, write_payments
from tests.bench.measured import Row, comparing, lasting, timed

SIZES = (2_500, 5_000, 10_000)
TIMES = 3
DRAWERS, CHECKS = 20, 2_000


def drawer_rows(folder: Path) -> list[Row]:
    """Close and verify at three sizes, and what a payment costs there in the largest against the smallest."""
    seconds = {size: _close(folder / f"drawer-{size}", size) for size in SIZES}
    rows = [
        lasting(f"close and verify a drawer of {size:,} payments", seconds[size], at_most_ms=1_000) for size in SIZES
    ]
    small, large = SIZES[0], SIZES[-1]
    each = {size: median(seconds[size]) / size for size in (small, large)}
    linear = comparing(f"  for each payment, of {large:,} against {small:,}", each[large], each[small], times=1.5)
    return [*rows, linear]


def _close(folder: Path, size: int) -> list[float]:
    """Several times over, each in a copy of the same day."""
    with a_counter(folder) as station:
        session = open_drawer(station)
        perform(station, sale(1))
        write_payments(station, size - 1, session)
        close, verify = counts_of(station, session)
    seconds = []
    for turn in range(TIMES):
        copy = folder.with_name(f"{folder.name}-{turn}")
        shutil.copytree(folder, copy)
        with a_counter(copy) as station:
            closing, _ = timed(lambda: perform(station, close))
            verifying, _ = timed(lambda: perform(station, verify))
        seconds.append(closing + verifying)
        shutil.rmtree(copy)
    return seconds


def slip_rows(folder: Path) -> list[Row]:
    """The slip's PDF of many drawers, from the books."""
    with a_counter(folder / "slip") as station:
        sessions = []
        for drawer in range(DRAWERS):
            sessions.append(open_drawer(station))
            perform(station, sale(drawer))
            write_payments(station, CHECKS // DRAWERS - 1, sessions[-1])
            count_and_verify(station, sessions[-1])
        act = MakeDeposit(by="ana", sessions=tuple(sessions), bag="BAG-1", bank="OPERATING")
        made = perform(station, act)
        assert made.check_count == CHECKS, made
        seconds = [timed(lambda: office_pdf(station, "slip", made.deposit))[0] for _ in range(TIMES)]
    return [lasting(f"deposit slip, {DRAWERS} drawers, {CHECKS:,} checks", seconds, at_most_ms=2_000)]
