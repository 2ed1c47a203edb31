"""One thread a device: work is done in the order it was given, and the window never waits for a device."""

import logging
import queue
import threading
import time
from collections.abc import Callable

from msgspec import Struct

from counter_app.devices.printer import KICK, NotBegun, Outcome, Printer
from counter_app.devices.status import PrinterStatus

KICK_LIVES_S = 2.0
"""A drawer that could not be opened by then stays shut: nobody stands before it any more."""
log = logging.getLogger(__name__)


class PaperJob(Struct, frozen=True):
    """One piece of paper: `answer(number, outcome)` is called on the device's thread, exactly once."""

    number: str
    data: bytes
    answer: Callable[[str, Outcome], object]


class KickJob(Struct, frozen=True):
    """Open the drawer; `answer(outcome)` is called on the device's thread, exactly once."""

    answer: Callable[[Outcome], object]
    given_at: float
    """time.monotonic() when it was asked for."""
    pulse: bytes = KICK


class StatusJob(Struct, frozen=True):
    """How is it? `answer(status)` is called on the device's thread."""

    answer: Callable[[PrinterStatus], object]


class DeviceThread:
    """Owns a printer: no other thread touches it between start and stop."""

    def __init__(self, printer: Printer) -> None:
        self.printer = printer
        self._jobs: queue.SimpleQueue[PaperJob | KickJob | StatusJob | None] = queue.SimpleQueue()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"printer {printer.address}", daemon=True)
        self._thread.start()

    def print(self, number: str, data: bytes, answer: Callable[[str, Outcome], object]) -> None:
        """Queue a paper job; returns at once."""
        self._jobs.put(PaperJob(number, data, answer))

    def kick(self, answer: Callable[[Outcome], object], pulse: bytes = KICK) -> None:
        """Queue a drawer opening; returns at once."""
        self._jobs.put(KickJob(answer, time.monotonic(), pulse))

    def ask_status(self, answer: Callable[[PrinterStatus], object]) -> None:
        """Queue a question for the printer's condition; returns at once."""
        self._jobs.put(StatusJob(answer))

    def stop(self, timeout_s: float = 3.0) -> bool:
        """Finish the job under way, answer NotBegun to those that wait, end; False when the device still holds it."""
        self._stopping.set()
        self._jobs.put(None)
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            try:
                self._do(job)
            except Exception:
                log.exception("a device job failed")

    def _do(self, job: PaperJob | KickJob | StatusJob) -> None:
        closing = NotBegun("The program is closing.") if self._stopping.is_set() else None
        match job:
            case PaperJob():
                job.answer(job.number, closing or self.printer.print(job.data))
            case KickJob():
                late = time.monotonic() - job.given_at > KICK_LIVES_S
                too_late = NotBegun("The drawer was not opened: the printer was busy too long.") if late else None
                job.answer(closing or too_late or self.printer.kick(job.pulse))
            case StatusJob():
                job.answer(PrinterStatus() if closing else self.printer.status())
