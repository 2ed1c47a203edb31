"""The growing wait after wrong PINs: four digits are tried out in minutes by who need not wait, else in days.

The wait is kept in memory and the number of tries in the file; a person who mistypes twice loses three seconds.
"""

from datetime import datetime, timedelta

from counter_app.domain.refused import Refused
from counter_app.domain.said import counted

MOST_TRIES = 10
"""So many wrong ones in a row, and an administrator must give a new password and PIN; the station counts them in its
file, so that a restart forgives nothing."""
LONGEST_S = 64
"""1, 2, 4, 8 … up to this, in seconds."""
MOST_NAMES = 200


class Waiting:
    """By the name that was given, so that one person's wrong PIN holds up nobody else."""

    def __init__(self) -> None:
        self._wrong: dict[str, tuple[int, datetime]] = {}

    def demand(self, name: str, now: datetime) -> None:
        """Raises Refused while the wait for this name goes on; that is no try."""
        times, last = self._wrong.get(name, (0, now))
        left = timedelta(seconds=seconds_after(times)) - (now - last)
        if times and timedelta(0) < left <= timedelta(seconds=LONGEST_S):  # a clock set back makes nobody wait longer
            whole = -(-left // timedelta(seconds=1))
            raise Refused(
                counted(
                    whole, "Wait {n} second, then type the PIN again.", "Wait {n} seconds, then type the PIN again."
                )
            )

    def wrong(self, name: str, now: datetime) -> None:
        """It was wrong: the next try waits twice as long."""
        times, _ = self._wrong.pop(name, (0, now))
        if len(self._wrong) >= MOST_NAMES:
            del self._wrong[next(iter(self._wrong))]
        self._wrong[name] = (times + 1, now)

    def right(self, name: str) -> None:
        """It was right: nothing is held against them."""
        self._wrong.pop(name, None)


def seconds_after(times: int) -> int:
    """How long to wait after so many wrong ones in a row."""
    return 0 if times == 0 else min(LONGEST_S, 1 << min(times - 1, 16))
