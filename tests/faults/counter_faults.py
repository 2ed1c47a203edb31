"""The faults of a counter, each brought about for real: it meets one act and the next customer, and then it is gone.

A fault is called with the scene and leaves the counter closed. Whatever it did to a file, the way back that the program
offers is gone, so that the scene's end proves the books.
"""

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest

from counter_app.bootstrap import DATABASE, centre_of
from counter_app.devices.attach import printer_at
from counter_app.domain.clock import SetClock
from counter_app.domain.fault import PlannedFailure, planned
from counter_app.domain.refused import StationFault
from counter_app.recovery.backup import bring_back, restore_backup, take_backup
from counter_app.screens.counter import Counter as CounterScreen
from counter_app.services.printing import Printing
from db import keys
from db.storage import Storage
from db.sync import SyncState, sync_once
from db.verify import verify
from tests.fakes.counter import Counter
from tests.fakes.printer import FakePrinter
from tests.faults.scene import Scene
from tests.faults.workday import MONDAY

LOCKED_S = 3.0
WRITES, READS, SYNCS = "pwrite64", "pread64", "fsync,fdatasync"
PAGE = 4_096


def disk_error(calls: str, error: str, file: str, when: str) -> Callable[[Scene], None]:
    """An error of some system calls of the real program on its database, or on the log beside it."""

    def strike(scene: Scene) -> None:
        watched = ["strace", "-f", "--seccomp-bpf", "-qq", "-o", "/dev/null", "-P", f"{scene.folder / DATABASE}{file}"]
        scene.serve_program([*watched, "-e", f"trace={calls}", "-e", f"inject={calls}:error={error}:when={when}"])

    return strike


def locked(seconds: float) -> Callable[[Scene], None]:
    """Another program holds the file for so long."""

    def strike(scene: Scene) -> None:
        counter = scene.open()
        other = Storage(scene.folder / DATABASE, keys.find_key(scene.folder))
        with other.writer.connect() as connection:
            transaction = connection.begin()
            until = time.monotonic() + seconds
            while time.monotonic() < until - 2.5:
                scene.serve(counter)
            free = threading.Timer(max(0.0, until - time.monotonic()), transaction.rollback)
            free.start()
            scene.serve(counter)
            free.join()
        other.close()
        counter.close()

    return strike


def file_missing(scene: Scene) -> None:
    """Somebody deletes the file under the running program, and starts it again."""
    counter = scene.open()
    shutil.copytree(scene.folder, scene.folder.with_name("kept"))
    (scene.folder / DATABASE).unlink()
    scene.serve(counter)
    counter.close()
    _says_no(scene)
    _put_back(scene)


def file_truncated(scene: Scene) -> None:
    """The file ends in its middle."""
    whole = (scene.folder / DATABASE).read_bytes()
    shutil.copytree(scene.folder, scene.folder.with_name("kept"))
    (scene.folder / DATABASE).write_bytes(whole[: len(whole) // 2 // PAGE * PAGE])
    _says_no(scene)
    _put_back(scene)


def bit_flip(scene: Scene) -> None:
    """One bit of any page is another: the counter works beside it or says so. Where its entries can still be sent on, a
    backup with what the centre has is the way back; else all is still in the file, around the bit."""
    take_backup(scene.folder, scene.folder.with_name("night.db"))
    path = scene.folder / DATABASE
    whole, dice = path.read_bytes(), Random(scene.act)
    at = dice.randrange(PAGE, len(whole))
    flipped = bytes([whole[at] ^ 1 << dice.randrange(8)])
    _write_at(path, at, flipped)
    try:
        counter = scene.open()
    except StationFault as fault:
        scene.hear(str(fault))
        restore_backup(scene.folder.with_name("night.db"), scene.folder)
        return
    scene.serve(counter)
    _found(scene, counter)
    state = _synced(counter)
    counter.close()
    if state.fault is None:
        restore_backup(scene.folder.with_name("night.db"), scene.folder)
    else:
        scene.hear(state.fault)
        if _read_at(path, at) == flipped:
            _write_at(path, at, whole[at : at + 1])


def _found(scene: Scene, counter: Counter) -> None:
    """A look at the whole file says that something is wrong with it."""
    with counter.station.books.read() as connection:
        pages = connection.exec_driver_sql("PRAGMA cipher_integrity_check").scalars().all()
    assert pages, "a flipped bit is found by nobody"
    try:
        with counter.station.books.read() as connection:
            verify(connection, counter.station.name, full=True)
    except StationFault as fault:
        scene.hear(str(fault))


def _write_at(path: Path, at: int, data: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(data)


def _read_at(path: Path, at: int) -> bytes:
    with path.open("rb") as file:
        file.seek(at)
        return file.read(1)


def log_deleted(scene: Scene) -> None:
    """After a crash somebody tidies up and deletes the log, which holds the newest entry."""
    scene.serve_program(fault="after_commit")
    log = scene.folder / f"{DATABASE}-wal"
    kept = log.read_bytes()
    log.unlink()
    _says_no(scene)
    log.write_bytes(kept)


def old_file(scene: Scene) -> None:
    """Somebody puts yesterday's file back: it is noticed at the start, and the centre has what it lacks."""
    old = (scene.folder / DATABASE).read_bytes()
    counter = scene.open()
    scene.serve(counter)
    assert _synced(counter).fault is None
    counter.close()
    (scene.folder / DATABASE).write_bytes(old)
    _says_no(scene)
    bring_back(scene.folder)


def projector_fails(scene: Scene) -> None:
    """A mistake of our own in the middle of recording: nothing of it stays, and the next act has its turn."""
    counter = scene.open()
    counter.station.books.faults = planned({"COUNTER_APP_FAULT": "in_projection:1:fails"})
    before = counter.traces()
    with pytest.raises(PlannedFailure):
        scene.serve(counter)
    assert counter.traces() == before, "half of an act was written"
    scene.serve(counter)
    counter.close()


def no_memory(scene: Scene) -> None:
    """The program gets no more memory than it has."""
    scene.serve_program(room=Random(scene.act).choice((0, 200_000, 1_000_000, 4_000_000)))


def killed_before_paper(scene: Scene) -> None:
    """SIGKILL between the commit and the paper: it prints at the next start, once."""
    with FakePrinter() as printer:
        counter = scene.open()
        counter.close()
        scene.serve_program(fault="after_commit")
        counter = scene.open()
        printing = Printing(counter.station, printer_at(printer.address))
        printing.flush()
        printing.stop()
        scene.paper = printer.jobs()
        counter.close()


# Devices --------------------------------------------------------------------------------------------------------------


@contextmanager
def at_printer(scene: Scene) -> Iterator[tuple[Counter, Printing, FakePrinter]]:
    """A counter with a printer on the wire; at the end it is well again and all paper is out."""
    with FakePrinter() as printer:
        counter = scene.open()
        printing = Printing(counter.station, printer_at(printer.address))
        printing.flush()
        yield counter, printing, printer
        printer.offline = printer.holds = printer.paper_out = printer.silent = False
        printer.paper_out_after = None
        until = time.monotonic() + 10
        while (state := printing.state()).waiting or state.doubt:
            assert time.monotonic() < until, "paper is left behind"
            if state.doubt:
                counter.do("settle_paper", "maria", number=state.doubt.number, came_out=False)
            printing.flush(5)
        printing.stop()
        scene.paper = printer.jobs()
        counter.close()


def printer_offline(scene: Scene) -> None:
    """Nobody waits for a printer that is off line; it prints when it is back."""
    with at_printer(scene) as (counter, printing, printer):
        printer.offline = True
        scene.serve(counter)
        printing.flush()
        _trouble(scene, printing)


def paper_out_midway(scene: Scene) -> None:
    """The roll ends in the middle of a receipt: somebody is asked whether it came out."""
    with at_printer(scene) as (counter, printing, printer):
        printer.paper_out_after = len(printer.received) + 100
        scene.serve(counter)
        printing.flush()
        _trouble(scene, printing)


def printer_holds(scene: Scene) -> None:
    """The printer takes the job and does nothing."""
    with at_printer(scene) as (counter, printing, printer):
        printer.holds = True
        scene.serve(counter)
        printing.flush(4)
        _trouble(scene, printing)


def drawer_stays_shut(scene: Scene) -> None:
    """The drawer's plug is pulled out: what was taken is taken, and the status line says to use the key."""
    with at_printer(scene) as (counter, printing, printer):
        printer.offline = True
        scene.serve(counter)
        printing.kick()
        until = time.monotonic() + 3
        while not printing.state().drawer and time.monotonic() < until:
            printing.pump()
            time.sleep(0.01)
        scene.hear(printing.state().drawer)


def _trouble(scene: Scene, printing: Printing) -> None:
    """What the status line says, where this act had paper at all."""
    if trouble := printing.state().trouble:
        scene.hear(trouble)


def scanner_garbage(scene: Scene) -> None:
    """A scanner with a broken cable types whatever it likes into the box."""
    counter = scene.open()
    with counter.station.books.read() as connection:
        screen = CounterScreen(counter.station, counter.station.person(connection, "maria"))
    dice = Random(scene.act)
    for _ in range(40):
        length = dice.choice((1, 8, 42, 300, 5_000))
        screen.scan("".join(chr(dice.randrange(dice.choice((32, 256, 0xD7FF)))) for _ in range(length)))
        words = screen.view.message.words
        assert len(words) < 400, words
    scene.told.append("nothing on the ticket")
    assert not screen.view.ticket.lines
    scene.serve(counter)
    counter.close()


def clock_back(scene: Scene) -> None:
    """The clock is set back by an hour: journalled before the act, and said."""
    counter = scene.open()
    clock = counter.station.clock
    assert isinstance(clock, SetClock)
    clock.set(MONDAY.replace(hour=9))
    scene.serve(counter)
    assert "ClockStepped" in [body.kind for body in counter.bodies()[-4:]]
    counter.close()


# The ways back --------------------------------------------------------------------------------------------------------


def _says_no(scene: Scene) -> None:
    """The start is refused in one sentence."""
    with pytest.raises(StationFault) as fault:
        scene.open()
    scene.hear(str(fault.value))


def _put_back(scene: Scene) -> None:
    """The undamaged file, as a disk that was merely unplugged gives it back."""
    kept = scene.folder.with_name("kept")
    shutil.rmtree(scene.folder)
    kept.rename(scene.folder)


def _synced(counter: Counter) -> SyncState:
    centre = centre_of(counter.station)
    state = sync_once(counter.station.books, centre)
    centre.close()
    return state
