"""A printer as the counter sees it: bytes go in, and the answer says whether paper can have come out.

    Printed    every byte was taken; `confirmed` when the printer said afterwards that it is well
    NotBegun   no byte left: the same job may be sent again
    Doubtful   it broke off after the first byte: only a person can say whether paper came out

The drawer hangs on the printer and opens by a command of its own, never inside a job.
"""

from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from counter_app.devices.status import READY, PrinterStatus
from counter_app.domain.said import say

KICK = b"\x1bp\x00\x32\x32"
"""ESC p m t1 t2: drawer 1 (pin 2), 100 ms on, 100 ms off; without both times a printer swallows what follows."""
REMEMBERED_JOBS = 200


def nothing() -> None:
    """What a printer calls midway unless it is told otherwise."""


class Printed(Struct, frozen=True):
    """The device took every byte."""

    confirmed: bool
    """It answered afterwards that it has paper and is online; else it only took the bytes."""


class NotBegun(Struct, frozen=True):
    """No byte was sent; `reason` is a sentence for the cashier."""

    reason: str


class Doubtful(Struct, frozen=True):
    """Some bytes were sent, not certainly all; `reason` is a sentence for the cashier."""

    reason: str


Outcome = Printed | NotBegun | Doubtful


class Printer(Protocol):
    """A device that prints; every method answers within two seconds and raises nothing for the world's faults."""

    address: str

    def status(self) -> PrinterStatus:
        """Its condition now."""
        ...

    def print(self, job: bytes) -> Outcome:
        """Send one whole job."""
        ...

    def kick(self, pulse: bytes = KICK) -> Outcome:
        """Open the cash drawer."""
        ...


class FilePrinter:
    """Appends jobs and drawer commands to a file, for tests and for a device that the system shows as a file."""

    def __init__(self, path: Path, midway: Callable[[], object] = nothing) -> None:
        self.address, self._path, self._midway = f"file:{path}", path, midway

    def status(self) -> PrinterStatus:
        """Always ready."""
        return READY

    def print(self, job: bytes) -> Outcome:
        """Append the job."""
        return self._append(job, self._midway)

    def kick(self, pulse: bytes = KICK) -> Outcome:
        """Append the drawer command."""
        return self._append(pulse, nothing)

    def _append(self, job: bytes, midway: Callable[[], object]) -> Outcome:
        try:
            file = self._path.open("ab", buffering=0)
        except OSError as fault:
            return NotBegun(say("The printer's file cannot be opened: {why}.", why=fault.strerror))
        with file:
            try:
                written = file.write(job[: len(job) // 2])
                midway()
                written += file.write(job[written:])
            except OSError as fault:
                return Doubtful(say("The printer's file could not be written: {why}.", why=fault.strerror))
        if written != len(job):
            return Doubtful(say("The printer's file took only a part of the job."))
        return Printed(confirmed=True)


class ScreenPrinter:
    """Keeps the newest jobs in memory for the preview on the screen and tells a listener of each.

    The listener is called on the device's thread with the bytes; a window passes a signal's `emit`.
    """

    address = "screen"

    def __init__(
        self, listener: Callable[[bytes], object] | None = None, midway: Callable[[], object] = nothing
    ) -> None:
        self.listener, self._midway = listener, midway
        self._sent: deque[bytes] = deque(maxlen=REMEMBERED_JOBS)

    @property
    def sent(self) -> tuple[bytes, ...]:
        """Jobs and drawer commands, oldest first."""
        return tuple(self._sent)

    def status(self) -> PrinterStatus:
        """Always ready."""
        return READY

    def print(self, job: bytes) -> Outcome:
        """Show the job."""
        self._midway()
        return self._show(job)

    def kick(self, pulse: bytes = KICK) -> Outcome:
        """Show that the drawer opens."""
        return self._show(pulse)

    def _show(self, sent: bytes) -> Outcome:
        self._sent.append(sent)
        if self.listener:
            self.listener(sent)
        return Printed(confirmed=True)
