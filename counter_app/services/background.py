"""What goes on beside an open window: paper leaves and entries are shipped, while the main thread answers keys.

Built without a toolkit: it is handed the two callables that carry an answer from a thread to the main one.
"""

from collections.abc import Callable

from counter_app.devices.printer import Printer
from counter_app.services.printing import Printing
from counter_app.services.station import Station
from db.centre import Centre
from db.shipper import Shipper
from db.sync import Delivery, SyncState, settle


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
        """Let paper go on, and have shipping look at the journal; cheap when there is nothing."""
        self.printing.pump()
        self._shipper.wake()

    def settle(self, delivery: Delivery) -> None:
        """Keep what the shipper brought."""
        settle(self._books, delivery)
        if isinstance(delivery, SyncState):
            self.sync = delivery

    def stop(self) -> None:
        """End both threads; what the printer answered is kept."""
        self._shipper.stop()
        self.printing.stop()
