"""A window that nobody touches: what is on it hides, and then it locks.

With money on the ticket, or a count under way, it first only hides: the cashier turned round to a drawer or a shelf,
and one key goes on. Everything else locks at once.
"""

from collections.abc import Callable
from enum import StrEnum
from time import monotonic

from counter_app.domain.city import City


class Rest(StrEnum):
    """What an untouched window does now."""

    AWAKE = "awake"
    HIDDEN = "hidden"
    LOCKED = "locked"


class Idle:
    """`touched` at every key, scan, and answer of a device; `seconds` never steps, whatever the clock does."""

    def __init__(self, seconds: Callable[[], float] = monotonic) -> None:
        self._seconds = seconds
        self._last = seconds()

    def touched(self) -> None:
        """Somebody, or a device in use, is here."""
        self._last = self._seconds()

    def rest(self, city: City, *, busy: bool) -> Rest:
        """By the city's two limits; a limit of 0 is never reached."""
        quiet = self._seconds() - self._last
        if _is_over(quiet, city.idle_lock_after_seconds):
            return Rest.LOCKED
        if _is_over(quiet, city.idle_after_seconds):
            return Rest.HIDDEN if busy else Rest.LOCKED
        return Rest.AWAKE


def _is_over(quiet: float, limit: int) -> bool:
    return 0 < limit <= quiet
