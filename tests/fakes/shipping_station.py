"""A station that takes payments on its main thread while its shipper talks to city hall: the window without Qt."""

import queue
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from counter_app.domain.clock import SetClock
from counter_app.domain.entry import Entry, Sealing
from counter_app.domain.fault import Faults
from db.books import Books, head_of
from db.central_setup import add
from db.centre import Centre, Values
from db.centre_embedded import entries_after
from db.keys import Signer, new_file_key, new_signing_key
from db.shipper import Shipper
from db.storage import create
from db.sync import Delivery, SyncState, settle
from tests.fakes.chain import opened, paid

NOON = datetime(2026, 11, 23, 20, tzinfo=UTC)
PACE_S = 0.01


class ShippingStation:
    """Opened books of a station; `slowest_s` is the longest that a payment took, from its call to its commit."""

    def __init__(self, folder: Path, station: str, site: str) -> None:
        signer = Signer(new_signing_key())
        storage = create(folder / station / "counter.db", new_file_key())
        self.books = Books(storage, station, signer, SetClock(NOON), "America/Los_Angeles", Faults())
        self.station, self.site = station, site
        self.state: SyncState | None = None
        self.slowest_s = 0.0
        self._inbox: queue.Queue[Delivery] = queue.Queue()
        self._shipper: Shipper | None = None
        with self.books.write("adam") as unit:
            unit.record(opened(station, site, signer.public))

    def join(self, url: str) -> str:
        """Let in at city hall by the administrator; gives its own URL."""
        return add(url, self.station, self.site, self.books.signer.public.hex())

    def ship_to(self, centre: Centre) -> None:
        """Begin shipping in the background."""
        self._shipper = Shipper(self.books, centre, self._inbox.put, pace_s=PACE_S, look_s=PACE_S)
        self._shipper.start()

    def pay(self, count: int = 1) -> None:
        """That many customers, each served between two looks at what the shipper brought."""
        for _ in range(count):
            began = time.monotonic()
            with self.books.write("maria") as unit:
                number, seal = unit.number("receipt"), Sealing()
                payment = paid(number, f"{self.station}-S000001", 4_500, seal("payer", "Jo O'Neil"))
                unit.record(payment, business_date="2026-11-23", sealing=seal)
            self.slowest_s = max(self.slowest_s, time.monotonic() - began)
            self.look()

    def look(self) -> None:
        """Take in what the shipper brought; what was just recorded wakes it."""
        while not self._inbox.empty():
            delivery = self._inbox.get()
            if isinstance(delivery, SyncState):
                self.state = delivery
            settle(self.books, delivery)
        if self._shipper is not None:
            self._shipper.wake()

    def until(self, wanted: Callable[[], bool], longest_s: float = 60) -> None:
        """Go on looking until it is so."""
        last = time.monotonic() + longest_s
        while not wanted():
            assert time.monotonic() < last, f"{self.station}: {self.state}"
            self.look()
            time.sleep(0.005)

    def is_done(self) -> bool:
        """Whether city hall has acknowledged all."""
        return self.state is not None and not self.state.waiting and self.state.fault is None

    def has(self, other: "ShippingStation") -> bool:
        """Whether all of another station's entries are here."""
        with self.books.read() as connection:
            return head_of(connection, other.station) == other.books.head()

    def journal(self, station: str) -> tuple[list[Entry], Values]:
        """A station's entries and private values as they lie here."""
        with self.books.read() as connection:
            return entries_after(connection, station, 0, 1_000_000)

    def receipts(self) -> list[str]:
        """The numbers of every receipt known here, in their order."""
        with self.books.read() as connection:
            return list(connection.exec_driver_sql("SELECT number FROM receipts ORDER BY number").scalars())

    def close(self) -> None:
        """End the shipper, give the file back."""
        if self._shipper is not None:
            self._shipper.stop(30)
        self.books.storage.close()
