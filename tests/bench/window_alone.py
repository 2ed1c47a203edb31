"""The window in a process of its own, which the speed table asks for: key strokes until painted, memory over a day.

python -m tests.bench.window_alone painted FOLDER ACCOUNTS    seconds of each key stroke, as JSON
python -m tests.bench.window_alone memory FOLDER PAYMENTS     megabytes after each quarter of them
python -m tests.bench.window_alone journeys FOLDER ROUNDS     keys, clicks and seconds of each flow, walked so often
"""

import os
import random
import sys
from collections.abc import Callable
from pathlib import Path
from time import monotonic, perf_counter

import msgspec
from PySide6.QtWidgets import QApplication

from counter_app.practice.demo import FIRST_ACCOUNT, STEP
from counter_app.services.station import Station
from db.queries import accounts
from tests.bench.counter_day import a_counter, open_drawer
from tests.bench.measured import Walked
from tests.fakes.keyboard import Keyboard
from tests.journeys import FLOWS, Journey, Recorder, as_before, badges_for
from ui.look import Look
from ui.running import Running
from ui.theme import Theme

PEOPLE = 60
"""Customers who are searched, each letter by letter."""
_SETTLE_S = 20.0


class _Measured:
    """A window of Maria's in this process, with all that warms up in it warm."""

    def __init__(self, station: Station) -> None:
        self.app = QApplication(["bench"])
        self.running = Running(station, Look(self.app, Theme()))
        self.keys = Keyboard(self.app)
        with station.books.read() as connection:
            self.running.start(station.person(connection, "maria"))
        self.running.window.activateWindow()
        self.wait(lambda: self.running.is_warm)

    def wait(self, until: Callable[[], bool]) -> None:
        """Let the window live until then."""
        end = monotonic() + _SETTLE_S
        while not until():
            assert monotonic() < end, "the window does not come to rest"
            self.app.processEvents()


def _painted(station: Station, count: int) -> list[float]:
    """Seconds from each key to the last paint that it brought about."""
    till, chosen, seconds = _Measured(station), random.Random(11), []
    for _ in range(PEOPLE):
        with station.books.read() as connection:
            account = accounts.account(connection, str(FIRST_ACCOUNT + STEP * chosen.randrange(count)))
        assert account is not None
        for sign in chosen.choice((account.name, account.service_address, account.account, account.phone)):
            begun = perf_counter()
            till.keys(sign)
            seconds.append(perf_counter() - begun)
        till.keys("Ctrl+A", "Delete", "Esc")
    till.running.stop()
    return seconds


def _memory(station: Station, payments: int) -> list[float]:
    """Megabytes that the window holds after each quarter of the payments, with their paper printed."""
    till, chosen, found = _Measured(station), random.Random(7), []
    for number in range(1, payments + 1):
        account = str(FIRST_ACCOUNT + STEP * chosen.randrange(1_000))
        till.keys(account, "Ctrl+A", "Delete", "CK-COPY", "Enter", "3", "*", "Enter", "20", "F8", "F9")
        till.wait(lambda: not till.running.background.printing.state().waiting)
        if number % max(1, payments // 4) == 0:
            found.append(_resident_mb())
    till.running.stop()
    assert station.books.head().seq > payments
    return found


def _journeys(station: Station, rounds: int) -> list[Walked]:
    """Each flow, walked once to warm it and then so often; the city is that of tests.fakes.counter."""
    open_drawer(station)
    badges = badges_for(station, "maria", "lee")
    till = _Measured(station)
    recorder = Recorder(till.app, badges)
    found: list[list[Journey]] = [[] for _ in FLOWS]
    for round_ in range(rounds + 1):
        for flow, walks in zip(FLOWS, found, strict=True):
            journey = recorder.walk(flow)
            walks.extend([journey] if round_ else [])
            till.keys("Esc")
            as_before(station)
    till.running.stop()
    return [_walked(walks) for walks in found]


def _walked(walks: list[Journey]) -> Walked:
    seconds = [each for walk in walks for each in walk.seconds]
    return Walked(max(walk.keys for walk in walks), sum(walk.clicks for walk in walks), seconds)


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def main() -> None:
    """Measure one thing and print it."""
    what, folder, number = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    measures: dict[str, Callable[[Station, int], object]] = {
        "painted": _painted, "memory": _memory, "journeys": _journeys,
    }  # fmt: skip
    with a_counter(folder) as station:
        sys.stdout.write("\n" + msgspec.json.encode(measures[what](station, number)).decode() + "\n")


if __name__ == "__main__":
    main()
