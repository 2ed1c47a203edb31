"""Times a ticket from its first line to its receipt, for the lead's counter speed; a ticket that was put aside or stood
locked meanwhile is not timed."""

from contextlib import suppress
from datetime import datetime

from counter_app.domain.pace import Kind
from counter_app.domain.refused import StationFault
from counter_app.services.counter_speed import note_pace
from counter_app.services.station import Station


class Stopwatch:
    """`look` after every key, `spoil` at an interruption, `taken` with the payment, `keep` when there is time."""

    def __init__(self, station: Station) -> None:
        self._station = station
        self._since: datetime | None = None
        self._spoilt = False
        self._to_keep: list[tuple[Kind, float]] = []

    def look(self, *, has_lines: bool) -> None:
        """The first line starts it; an empty ticket sets it back."""
        if not has_lines:
            self._since, self._spoilt = None, False
        elif self._since is None:
            self._since = self._station.clock.now()

    def spoil(self) -> None:
        """The ticket was interrupted: it tells nothing of a pace."""
        self._spoilt = True

    def taken(self, kind: Kind) -> None:
        """The payment is taken; its seconds wait until the change is on the screen."""
        if self._since is not None and not self._spoilt:
            self._to_keep.append((kind, (self._station.clock.now() - self._since).total_seconds()))

    def keep(self) -> None:
        """Write down what waits; a disk that takes no more is told by what matters more."""
        waiting, self._to_keep = self._to_keep, []
        with suppress(StationFault):
            for kind, seconds in waiting:
                note_pace(self._station, kind, seconds)
