"""Thirty faults, each at a counter at work: what is answered is the truth, the next customer is served or told why not,
and at the end every invariant holds. One act a fault on a push, every act with --nightly."""

import logging
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults import counter_faults as faults
from tests.faults.centre_faults import CENTRE_FAULTS
from tests.faults.counter_faults import READS, SYNCS, WRITES, disk_error, locked
from tests.faults.scene import Scene
from tests.faults.workday import ACTS, make_workday

log = logging.getLogger(__name__)

Strike = Callable[[Scene], None]
FAULTS: dict[str, Strike] = {
    "disk full, database": disk_error(WRITES, "ENOSPC", "", "1+"),
    "disk full, log": disk_error(WRITES, "ENOSPC", "-wal", "1+"),
    "read error": disk_error(READS, "EIO", "", "180+"),
    "write error": disk_error(WRITES, "EIO", "-wal", "2"),
    "sync error": disk_error(SYNCS, "EIO", "-wal", "1"),
    "read-only disk": disk_error(WRITES, "EROFS", "-wal", "1+"),
    "database locked": locked(faults.LOCKED_S),
    "file missing": faults.file_missing,
    "file truncated": faults.file_truncated,
    "bit flip in a page": faults.bit_flip,
    "log deleted": faults.log_deleted,
    "old file restored": faults.old_file,
    "exception in a projector": faults.projector_fails,
    "out of memory": faults.no_memory,
    "kill between commit and print": faults.killed_before_paper,
    "printer offline": faults.printer_offline,
    "paper out mid-receipt": faults.paper_out_midway,
    "printer holds the job": faults.printer_holds,
    "drawer does not open": faults.drawer_stays_shut,
    "scanner garbage": faults.scanner_garbage,
    "clock back an hour": faults.clock_back,
}
NO_TERMINAL = ("terminal silent 150 s", "terminal approves after our time-out")
"""No card terminal is attached to a counter yet: these two wait for it."""


@pytest.fixture(scope="module")
def workday(city: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Monday that every scene is a copy of."""
    folder = tmp_path_factory.mktemp("workday") / "day"
    make_workday(city, folder)
    return folder


def acts_for(fault: str, nightly: bool) -> list[str]:
    """One act a fault, another for each, or all of them."""
    names, every = list(ACTS), [*FAULTS, *CENTRE_FAULTS]
    return names if nightly else [names[every.index(fault) % len(names)]]


def played(workday: Path, folder: Path, act: str, fault: str, strike: Strike) -> None:
    """One fault at one act, and a line for the table."""
    began = time.monotonic()
    scene = Scene(Path(shutil.copytree(workday, folder)), act)
    strike(scene)
    scene.end()
    log.info("| %s | %s | %s | %.2f | %.1f |", fault, act, scene.words(), scene.slowest_s, time.monotonic() - began)


def test_these_are_the_thirty() -> None:
    assert len(FAULTS) + len(CENTRE_FAULTS) + len(NO_TERMINAL) == 30


@pytest.mark.timeout(1200)
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_the_counter_costs_nobody_money(fault: str, workday: Path, tmp_path: Path, nightly: bool) -> None:
    for number, act in enumerate(acts_for(fault, nightly)):
        played(workday, tmp_path / str(number) / "city", act, fault, FAULTS[fault])


@pytest.mark.timeout(1200)
@pytest.mark.parametrize(
    ("fault", "act"),
    [
        pytest.param(fault, act, marks=() if act in acts_for(fault, nightly=False) else pytest.mark.nightly)
        for fault in CENTRE_FAULTS
        for act in ACTS
    ],
)
def test_a_fault_of_city_hall_costs_nobody_money(
    fault: str, act: str, workday: Path, tmp_path: Path, database_url: str
) -> None:
    strike = CENTRE_FAULTS[fault]
    played(workday, tmp_path / "city", act, fault, lambda scene: strike(scene, database_url))
