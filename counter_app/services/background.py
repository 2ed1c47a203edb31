"""What goes on beside an open window: paper leaves and entries are shipped, while the main thread answers keys.

Built without a toolkit: it is handed the two callables that carry an answer from a thread to the main one.
"""

from collections.abc import Callable
from contextlib import suppress

from counter_app.devices.printer import Printer
from counter_app.domain.refused import StationFault, WrongAct
from counter_app.services.printing import Printing
from counter_app.services.roll_picture import prepare
from counter_app.services.station import Station
from db.centre import Centre
from db.queries import search_index
from db.shipper import Shipper
from db.sync import Delivery, SyncState, settle


def warm(station: Station) -> None:
    """Load what the first ticket and the first paper need and the first paint does not; for a thread of its own."""
    with suppress(StationFault, WrongAct), station.books.read() as connection:
        assert station.reference(connection).fees
    prepare()


class Background:
    """From `start` to `stop`. `woken` and `deliver` are called on threads; every method here runs on the main one."""

    def __init__(
        self,
        station: Station,
        printer: Printer,
        centre: Centre,
        woken: Callable[[], object],
        deliver: Callable[[Delivery], None],
    ) -> None:
        self._books = station.books
        self.printing = Printing(station, printer, woken)
        self._shipper = Shipper(station.books, centre, deliver)
        self.sync: SyncState | None = None
        """The newest state of shipping; None before the first round."""

    def start(self) -> None:
        """Begin to ship; paper that waits since the last time leaves at the first pump."""
        self._shipper.start()

    def pump(self) -> None:
        """Let paper go on, have shipping look at the journal, and let a slice of what is new be found; cheap when
        there is nothing."""
        self.printing.pump()
        self._shipper.wake()
        self._index()

    def settle(self, delivery: Delivery) -> None:
        """Keep what the shipper brought."""
        settle(self._books, delivery)
        if isinstance(delivery, SyncState):
            self.sync = delivery

    def stop(self) -> None:
        """End both threads; what the printer answered is kept."""
        self._shipper.stop()
        self.printing.stop()

    def _index(self) -> None:
        """What cannot be taken in now is at the next pump; that the file is at fault, the next act says."""
        with suppress(StationFault):
            with self._books.read() as connection:
                behind = search_index.is_behind(connection)
            if behind:
                with self._books.change_state() as connection:
                    search_index.catch_up(connection)
