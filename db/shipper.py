"""The window's background shipping: one thread that reads, sends and fetches, and hands what came of it to the main.

It never touches the writing connection; `deliver` is called on this thread and passes the value on (ui: an `emit`).
"""

import threading
from collections.abc import Callable
from random import SystemRandom
from time import monotonic

from counter_app.domain.entry import Head
from counter_app.domain.refused import StationFault
from db.books import Books, head_of
from db.centre import Centre
from db.sync import Delivery, Pause, Shipped, SyncState, TailMissing, published, pull, reading, ship, state_of

PACE_S = 1.0
"""Between two rounds: with batches of 500, at most 500 entries a second."""
LOOK_S = 5.0
"""Between two rounds when nothing happens here: the other stations' entries may have come."""
ADMISSION_S = 30.0
"""After this long without progress, slices that were delivered but not taken in are fetched again."""


class Shipper:
    """Runs from `start` to `stop`; the main thread settles each delivery with db.sync.settle."""

    def __init__(
        self,
        books: Books,
        centre: Centre,
        deliver: Callable[[Delivery], None],
        pace_s: float = PACE_S,
        look_s: float = LOOK_S,
    ) -> None:
        self._books, self._centre, self._deliver = books, centre, deliver
        self._pause, self._look_s = Pause(pace_s, SystemRandom()), look_s
        self._stop, self._news = threading.Event(), threading.Event()
        self._held: dict[str, tuple[Head, float]] = {}
        self._thread = threading.Thread(target=self._run, name="shipper", daemon=True)

    def start(self) -> None:
        """Begin; the first round runs at once."""
        self._thread.start()

    def wake(self) -> None:
        """There is something new to ship. Costs nothing; while the centre is not reached it changes nothing."""
        self._news.set()

    def stop(self, timeout_s: float = 2.0) -> None:
        """End after the call that runs; a call that does not answer is left behind with its thread."""
        self._stop.set()
        self._news.set()
        if self._thread.is_alive():
            self._thread.join(timeout_s)

    def _run(self) -> None:
        while not self._stop.is_set():
            self._news.clear()
            state = self._round()
            if self._stop.wait(self._pause.after(good=state.fault is None)):
                break
            if state.fault is None and not state.waiting:
                self._news.wait(self._look_s)
        self._centre.close()

    def _round(self) -> SyncState:
        """Ship and fetch once, deliver what came of it, and the state last."""
        books, centre = self._books, self._centre
        shipped: Shipped | None = None
        fault: str | None = None
        try:
            shipped = ship(books, centre)
            self._deliver(shipped)
            haul = pull(books, centre, self._still_held())
            for some in haul.slices:
                self._held[some.station] = (Head(some.entries[-1].seq, some.entries[-1].hash), monotonic())
                self._deliver(some)
            for version in published(books, centre):
                self._deliver(version)
            fault = " ".join(haul.problems) or None
        except TailMissing as missing:
            fault = str(missing)
            self._deliver(missing.acknowledged)
        except StationFault as error:
            fault = str(error)
        state = self._state(shipped, fault)
        self._deliver(state)
        return state

    def _state(self, shipped: Shipped | None, fault: str | None) -> SyncState:
        """From what was just shipped, whose cursor the main thread may not have kept yet; else from the cursor."""
        if shipped is not None:
            return SyncState(shipped.centre, shipped.waiting, shipped.oldest_at, fault)
        try:
            return state_of(self._books, self._centre.name, fault)
        except StationFault as error:
            return SyncState(self._centre.name, 0, None, str(error))

    def _still_held(self) -> dict[str, Head]:
        """Heads that were delivered and are not in the file yet, so that nothing is fetched twice meanwhile."""
        with reading(self._books) as connection:
            for station, (head, since) in list(self._held.items()):
                if head_of(connection, station).seq >= head.seq or monotonic() - since > ADMISSION_S:
                    del self._held[station]
        return {station: head for station, (head, _) in self._held.items()}
