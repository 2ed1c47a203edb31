"""What goes on beside an open window: paper leaves and entries are shipped, while the main thread answers keys.

Built without a toolkit: it is handed the two callables that carry an answer from a thread to the main one. Meanwhile
the books are proved: the newest entries soon after the start and whenever a drawer is closed, all of them once a day.
"""

from collections.abc import Callable
from contextlib import suppress

from counter_app.devices.printer import Printer
from counter_app.domain.refused import StationFault, WrongAct
from counter_app.services.printing import Printing
from counter_app.services.prove_books import Proof
from counter_app.services.proving import Proofs, Proving, keep_whole, kept_whole
from counter_app.services.roll_picture import prepare
from counter_app.services.station import Station
from db import disk_space
from db.centre import Centre
from db.queries import entries, search_index
from db.shipper import Shipper
from db.sync import Delivery, SyncState, settle


def warm(station: Station) -> None:
    """Load what the first ticket and the first paper need and the first paint does not, and keep room back on the disk;
    for a thread of its own."""
    with suppress(StationFault, WrongAct), station.books.read() as connection:
        assert station.reference(connection).fees
        reserve_mb = station.reference(connection).city.disk_reserve_mb
        disk_space.keep_reserve(station.books.storage.path, reserve_mb * disk_space.MEGABYTE)
    prepare()


class Background:
    """From `start` to `stop`. `woken` and `deliver` are called on threads; every method here runs on the main one."""

    def __init__(
        self,
        station: Station,
        printer: Printer,
        centre: Centre,
        woken: Callable[[], object],
        deliver: Callable[[Delivery | Proof], None],
    ) -> None:
        self._station, self._books = station, station.books
        self.printing = Printing(station, printer, woken)
        self._shipper = Shipper(station.books, centre, deliver)
        self.sync: SyncState | None = None
        """The newest state of shipping; None before the first round."""
        self._proving = Proving(station, deliver)
        self.proofs = Proofs(None, kept_whole(station))
        self._looked = station.books.head().seq

    def start(self) -> None:
        """Begin to ship; paper that waits since the last time leaves at the first pump."""
        self._shipper.start()
        self._proving.start()

    def pump(self) -> None:
        """Let paper go on, have shipping look at the journal, and let a slice of what is new be found; cheap when
        there is nothing."""
        self.printing.pump()
        self._shipper.wake()
        self._index()
        self._prove_after_close()

    def rest(self, *, is_left: bool) -> None:
        """Whether nobody is signed in, told about once a second: then the time has come for the long proof."""
        self._proving.rest(is_left=is_left, last=self.proofs.whole)

    def settle(self, delivery: Delivery | Proof) -> None:
        """Keep what the shipper brought, or what was proved."""
        if isinstance(delivery, Proof):
            self.proofs = self.proofs.with_newer(delivery)
            if delivery.depth == "all":
                keep_whole(self._station, delivery)
            return
        settle(self._books, delivery)
        if isinstance(delivery, SyncState):
            self.sync = delivery

    def stop(self) -> None:
        """End the threads; what the printer answered is kept."""
        self._proving.stop()
        self._shipper.stop()
        self.printing.stop()

    def _prove_after_close(self) -> None:
        with suppress(StationFault), self._books.read() as connection:
            self._looked, ended = entries.ends_after(connection, self._books.station, self._looked)
            if ended:
                self._proving.wake()

    def _index(self) -> None:
        """What cannot be taken in now is at the next pump; that the file is at fault, the next act says."""
        with suppress(StationFault):
            with self._books.read() as connection:
                behind = search_index.is_behind(connection)
            if behind:
                with self._books.change_state() as connection:
                    search_index.catch_up(connection)
