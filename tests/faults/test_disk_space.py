"""A disk that fills up, a real one of 48 MB: it is said early, and a reserve lets the day be finished."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.domain.events import SignedIn
from counter_app.domain.refused import StationFault
from counter_app.screens.status import StatusLine
from counter_app.screens.views import Tone
from db import disk_space
from tests.fakes.counter import Counter, heap
from tests.faults.invariants import prove_all
from tests.faults.workday import ACTS, MONDAY, PAYMENT, make_workday

RESERVE_BYTES = 9 * disk_space.MEGABYTE


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own; where none may be mounted, the full disks of `test_disk_errors` stand alone."""
    place = tmp_path / "disk"
    place.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", "size=48m", "none", str(place)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"no file system may be mounted here, so that none can be filled: {done.stderr.strip()}")
    yield place
    subprocess.run(["umount", str(place)], check=True)


@pytest.fixture
def counter(disk: Path, city: Path, tmp_path: Path) -> Iterator[Counter]:
    """A day at work on that disk, with its reserve."""
    make_workday(city, tmp_path / "day")
    shutil.copytree(tmp_path / "day", disk / "city")
    made = Counter(disk / "city", MONDAY)
    disk_space.keep_reserve(database(made), RESERVE_BYTES)
    assert disk_space.is_kept(database(made))
    yield made
    made.close()


def database(counter: Counter) -> Path:
    return counter.station.books.storage.path


def fill(counter: Counter, but: int = 0) -> None:
    """Somebody else writes until so many bytes are free, in a file that can be deleted again."""
    with (counter.folder.parent / "filling").open("ab") as file:
        left = disk_space.free_bytes(database(counter)) - but
        file.write(bytes(max(0, left)))


def said(counter: Counter) -> tuple[str, Tone, str]:
    """What the status line says of the disk."""
    line = StatusLine(counter.station)
    with counter.station.books.read() as connection:
        line.person = counter.station.person(connection, "maria")
    [disk] = [status for status in line.statuses if status.name == "Disk"]
    return disk.words, disk.tone, disk.explains


def test_a_disk_that_gets_full_is_announced_while_payments_go_on(counter: Counter) -> None:
    words, tone, explains = said(counter)
    assert (words, tone) == ("Disk nearly full", Tone.WARN)
    assert "Payments go on" in explains
    counter.do("take_payment", "maria", **PAYMENT)
    assert disk_space.is_kept(database(counter)), "the reserve is for the end"


def test_the_day_is_finished_on_a_full_disk(counter: Counter) -> None:
    fill(counter)
    done = [counter.do("take_payment", "maria", **PAYMENT)["seq"] for _ in range(30)]
    words, tone, explains = said(counter)
    assert (words, tone) == ("Disk full", Tone.BAD)
    assert "close the drawers" in explains
    for name in ("void", "drop", "verify", "deposit"):
        act, by, fields = ACTS[name]
        done.append(counter.do(act, by, **fields)["seq"])
    done.append(counter.do("close_drawer", "maria", drawer="D1", count=heap(28_000), checks=[])["seq"])
    prove_all(counter, done)


def sign_in_while_it_fills(counter: Counter) -> None:
    with counter.station.books.write("maria") as unit:
        fill(counter)
        unit.record(SignedIn(person="maria"))


def test_a_disk_that_is_filled_in_the_middle_of_an_act_refuses_it_once(counter: Counter) -> None:
    before = counter.station.books.head()
    with pytest.raises(StationFault, match="nothing was recorded"):
        sign_in_while_it_fills(counter)
    assert counter.station.books.head() == before
    assert not disk_space.is_kept(database(counter))
    prove_all(counter, [counter.do("take_payment", "maria", **PAYMENT)["seq"]])


def test_no_reserve_is_kept_where_it_would_fill_the_disk_itself(counter: Counter) -> None:
    disk_space.give_up(database(counter))
    fill(counter, but=20 * disk_space.MEGABYTE)
    disk_space.keep_reserve(database(counter), RESERVE_BYTES)
    assert not disk_space.is_kept(database(counter))
    assert not list(counter.folder.glob("*.part"))
