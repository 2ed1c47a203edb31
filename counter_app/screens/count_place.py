"""A count under way, kept like a ticket: a power cut takes nobody's counted pieces, and a locked count stays locked.

Its id names the session and which of its counts it is, so that one that was handed in is never looked for again.
"""

from contextlib import suppress

import msgspec

from counter_app.domain.clock import to_text
from counter_app.domain.money import Cents
from counter_app.domain.refused import StationFault
from counter_app.screens.counting import STEPS, Counting
from counter_app.services.station import Station
from db import drafts
from db.drafts import Draft

KIND = "count"


class HeldCount(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A count as it is kept; `locked` once its figures may have been seen."""

    step: str
    count: dict[str, int]
    checks: tuple[Cents, ...]
    cards_cents: Cents | None
    locked: bool = False


class CountPlace:
    """The place of one person's count of one session; `count` says whose it is: the cashier's or the verifier's."""

    def __init__(self, station: Station, count: str, person: str) -> None:
        self._station, self._person = station, person
        self._draft = f"{count} {person}"
        self._kept = b""

    def bring_to(self, counting: Counting) -> HeldCount | None:
        """Put back what was counted; None when nothing was."""
        with self._station.books.read() as connection:
            kept = [draft for draft in drafts.kept(connection, KIND) if draft.draft == self._draft]
        for draft in kept:
            with suppress(msgspec.MsgspecError):
                held = msgspec.json.decode(draft.state, type=HeldCount)
                self._kept = draft.state
                counting.step = held.step if held.step in STEPS else STEPS[0]
                counting.count, counting.checks = dict(held.count), held.checks
                counting.cards_cents = held.cards_cents
                return held
        return None

    def keep(self, counting: Counting) -> None:
        """As it stands now, when it changed; a disk that cannot is told by the next act."""
        if counting.is_begun or self._kept:
            with suppress(StationFault):
                self._write(counting, locked=False)

    def lock(self, counting: Counting) -> None:
        """Before any figure is shown; raises StationFault, and then none is."""
        self._write(counting, locked=True)

    def end(self) -> None:
        """It was handed in."""
        if self._kept:
            with suppress(StationFault), self._station.books.change_state() as connection:
                drafts.drop(connection, self._draft)
            self._kept = b""

    def _write(self, counting: Counting, *, locked: bool) -> None:
        held = HeldCount(counting.step, counting.count, counting.checks, counting.cards_cents, locked)
        state = msgspec.json.encode(held)
        if state != self._kept:
            at = to_text(self._station.clock.now())
            with self._station.books.change_state() as connection:
                drafts.keep(connection, [Draft(self._draft, KIND, self._person, at, state)])
            self._kept = state
