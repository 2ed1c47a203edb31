"""Stations that pay, print and ship until they are killed: `python -m tests.faults.station_process`.

Each order on standard input forks a station with everything loaded already, so that a start costs a tenth of a second
and not a whole one. It does what the window does, without Qt: acts on the main thread, paper and shipping on threads of
their own. What it acknowledges goes to standard output line by line, and then how it ended.
"""

import os
import queue
import signal
import sys
import time
import traceback
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from counter_app.bootstrap import centre_of, open_station, printer_of
from counter_app.devices.attach import printer_at
from counter_app.domain.clock import SetClock
from counter_app.domain.entry import Entry, Head, Private
from counter_app.domain.fault import VARIABLE
from counter_app.services.acts import answer
from counter_app.services.background import warm
from counter_app.services.printing import Printing
from counter_app.services.station import Station
from db.centre import Centre, Known, Values
from db.shipper import Shipper
from db.sync import Delivery, settle

LONGEST_S = 30.0
"""A station that no fault point ended by then is ended, and that is an error."""
MOST_WAITING = 2
"""Papers that may wait before the next customer is served."""
PAYMENT = {
    "act": "take_payment",
    "by": "maria",
    "lines": [{"fee": "CK-COPY", "quantity": 5}],
    "tenders": [{"kind": "cash", "amount_cents": 500}],
    "payer": {"name": "Rosa Bell"},
}


class Order(msgspec.Struct, frozen=True):
    """One life: killed at the N-th pass of a fault point (`POINT:N`), or so many seconds after its birth.

    `came_out` are the papers that lie whole in the printer, as `number/copy`: what the person at the counter sees.
    """

    folder: str
    at: str
    fault: str = ""
    after_s: float = 0.0
    came_out: tuple[str, ...] = ()


class Acknowledged(msgspec.Struct, frozen=True, tag=True):
    """The window said that it is done."""

    number: str
    seq: int


class Ended(msgspec.Struct, frozen=True, tag=True):
    """How the life ended: an exit code, or the signal as a negative number."""

    code: int


Line = Acknowledged | Ended


class TwiceSent:
    """A centre that is sent everything twice, as a network that repeats does."""

    def __init__(self, centre: Centre) -> None:
        self._centre = centre

    @property
    def name(self) -> str:
        """The centre's."""
        return self._centre.name

    def append(self, station: str, entries: Sequence[Entry], private: Sequence[tuple[int, Private]]) -> Head:
        """Twice."""
        first = self._centre.append(station, entries, private)
        second = self._centre.append(station, entries, private)
        assert first == second, "a duplicate was taken for something new"
        return second

    def since(self, station: str, seq: int, limit: int) -> tuple[list[Entry], Values]:
        """Once."""
        return self._centre.since(station, seq, limit)

    def head(self, station: str) -> Head:
        """Once."""
        return self._centre.head(station)

    def stations(self) -> list[Known]:
        """Once."""
        return self._centre.stations()

    def reference(self, kind: str, version: int) -> Any:
        """Once."""
        return self._centre.reference(kind, version)

    def close(self) -> None:
        """Once."""
        self._centre.close()


class Life:
    """A station from its start to its kill."""

    def __init__(self, station: Station) -> None:
        self._station = station
        self._deliveries: queue.SimpleQueue[Delivery] = queue.SimpleQueue()
        midway = partial(station.faults.point, "during_print")
        self._printing = Printing(station, printer_at(printer_of(station), midway=midway))
        centre = TwiceSent(centre_of(station))
        self._shipper = Shipper(station.books, centre, self._deliveries.put, pace_s=0.02, look_s=0.05)

    def live(self, came_out: Sequence[str]) -> None:
        """Answer what the last life left in doubt, then serve one customer after the other, for ever."""
        self._shipper.start()
        while (doubt := self._printing.state().doubt) is not None:
            seen = f"{doubt.number}/{doubt.copy}" in came_out
            self._act({"act": "settle_paper", "by": "maria", "number": doubt.number, "came_out": seen})
        while True:
            self._go_on()
            while self._printing.state().waiting > MOST_WAITING:
                time.sleep(0.002)
                self._go_on()
            done = self._act(PAYMENT)
            _tell(Acknowledged(done["number"], done["seq"]))

    def _go_on(self) -> None:
        """What the window does between two keys."""
        while not self._deliveries.empty():
            settle(self._station.books, self._deliveries.get())
        self._printing.pump()
        self._shipper.wake()

    def _act(self, act: dict[str, Any]) -> dict[str, Any]:
        done = dict(answer(self._station, msgspec.json.encode(act)))
        assert done["ok"] is True, done
        return done


def _tell(line: Line) -> None:
    os.write(sys.stdout.fileno(), msgspec.json.encode(line) + b"\n")


def _live(order: Order) -> None:
    os.environ[VARIABLE] = order.fault
    station = open_station(Path(order.folder), "the counter", clock=SetClock(datetime.fromisoformat(order.at)))
    Life(station).live(order.came_out)


def _born(order: Order) -> int:
    child = os.fork()
    if child:
        return child
    try:
        _live(order)
    finally:
        traceback.print_exc()
        os._exit(1)


def _end_of(child: int, order: Order) -> int:
    """Kill it when its time has come, and wait; the exit code, or the signal as a negative number."""
    until = time.monotonic() + (order.after_s or LONGEST_S)
    while True:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        left = until - time.monotonic()
        if left <= 0:
            os.kill(child, signal.SIGKILL if order.after_s else signal.SIGTERM)
            return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        time.sleep(min(left, 0.005))


def main(warm_folder: Path) -> None:
    """Load everything once, then give birth to one station after the other until standard input ends."""
    station = open_station(warm_folder, "a look", writes=False)
    warm(station)
    station.close()
    for line in sys.stdin.buffer:
        order = msgspec.json.decode(line, type=Order)
        _tell(Ended(_end_of(_born(order), order)))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
