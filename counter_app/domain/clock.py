"""The only source of time: the machine's, or one that a script sets.

A clock that steps is journalled, because a receipt's date decides lateness, drawer and deposit.
"""

import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

STEP_TOLERANCE = timedelta(seconds=2)
LONGEST_SHUT = timedelta(days=366)
"""No counter stays shut for longer: a clock that is further ahead of the journal was set while the program was off."""
SCRIPT_LEAP = timedelta(days=1)


def since_boot() -> float:
    """Seconds that also pass while the machine sleeps, so that waking up is no step of the clock."""
    boottime = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boottime is None else time.clock_gettime(boottime)


class Clock:
    """The machine's clock, in UTC; notices when somebody sets it while the program runs."""

    def __init__(self, wall: Callable[[], float] = time.time, steady: Callable[[], float] = since_boot) -> None:
        self._wall, self._steady = wall, steady
        self._offset = wall() - steady()

    def now(self) -> datetime:
        """This instant, in UTC, to the millisecond."""
        return to_millisecond(datetime.fromtimestamp(self._wall(), UTC))

    def step_since(self, last: datetime | None) -> timedelta | None:
        """How far the clock was set since `last` (the journal's newest instant), or None when it only ran."""
        offset = self._wall() - self._steady()
        drift, self._offset = timedelta(seconds=offset - self._offset), offset
        if last is not None and not last - STEP_TOLERANCE <= self.now() <= last + LONGEST_SHUT:
            return self.now() - last
        return drift if abs(drift) > STEP_TOLERANCE else None


class SetClock(Clock):
    """A clock that stands where a script or a test puts it."""

    def __init__(self, instant: datetime) -> None:
        self._instant = to_millisecond(instant.astimezone(UTC))

    def set(self, instant: datetime) -> None:
        """Put the clock to `instant`, which must carry an offset."""
        self._instant = to_millisecond(instant.astimezone(UTC))

    def now(self) -> datetime:
        """The instant it was put to, in UTC."""
        return self._instant

    def step_since(self, last: datetime | None) -> timedelta | None:
        """Back by anything, or forward by more than a day, counts as a step."""
        if last is None or last <= self._instant <= last + SCRIPT_LEAP:
            return None
        return self._instant - last


def to_millisecond(instant: datetime) -> datetime:
    """The instant without its microseconds: what the journal keeps."""
    return instant.replace(microsecond=instant.microsecond // 1000 * 1000)


def local_date(instant: datetime, zone: ZoneInfo) -> date:
    """The calendar day of an instant at the counter."""
    return instant.astimezone(zone).date()


def to_text(instant: datetime) -> str:
    """2026-11-23T17:15:00.000Z: UTC, milliseconds, sorts as text."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{instant.microsecond // 1000:03d}Z"


def from_text(text: str) -> datetime:
    """The instant that `to_text` wrote."""
    return datetime.fromisoformat(text)
