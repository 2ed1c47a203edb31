"""The spool: paper leaves only from committed entries, off the main thread, and never twice as an original.

queued → sending, committed with its bytes before the first one leaves → printed, or back to queued when no byte left,
or in doubt: then a person says whether it came out. Every method but the device's own answer runs on the main thread.
"""

import queue
import time
from collections.abc import Callable

import msgspec

from counter_app.devices.printer import Doubtful, NotBegun, Outcome, Printed, Printer
from counter_app.devices.worker import DeviceThread
from counter_app.documents.receipt import receipt_escpos
from counter_app.domain.events import PaperDoubted
from counter_app.services.receipt_paper import receipt_paper, undone_paper
from counter_app.services.station import Station
from db.queries import paper
from db.queries.paper import Job

RETRY_AFTER_S = 5.0
GIVE_UP_AFTER_S = 2.5


class PaperState(msgspec.Struct, frozen=True):
    """For the status line: how many wait, the oldest doubt, why the printer does not print, and why the cash drawer did
    not open."""

    waiting: int
    doubt: Job | None
    trouble: str
    drawer: str = ""


class Printing:
    """Feeds one printer from the spool; `woken` is called on the device's thread when an answer waits for `pump`."""

    def __init__(self, station: Station, printer: Printer, woken: Callable[[], object] = lambda: None) -> None:
        self._station = station
        self._woken = woken
        self._answers: queue.SimpleQueue[tuple[Job, Outcome]] = queue.SimpleQueue()
        self._device = DeviceThread(printer)
        self._leaving: Job | None = None
        self._unsettled: tuple[Job, Outcome] | None = None
        self._retry_at = 0.0
        self._trouble = self._shut = ""
        self._doubt_what_was_leaving()
        station.open_cash_drawer = self.kick

    @property
    def printer(self) -> Printer:
        """The device that is fed."""
        return self._device.printer

    def kick(self) -> None:
        """Open the cash drawer, as a command of its own."""
        self._device.kick(self._kicked)

    def _kicked(self, outcome: Outcome) -> None:
        """On the device's thread; one text takes the place of another whole."""
        self._shut = "" if isinstance(outcome, Printed) else outcome.reason
        self._woken()

    def pump(self) -> None:
        """Settle what the device answered and send what waits; cheap when there is nothing."""
        self._settle_answers()
        if self._leaving is None and time.monotonic() >= self._retry_at:
            with self._station.books.read() as connection:
                waiting = paper.in_state(connection, "queued")
            if waiting:
                self._send(waiting[0])

    def flush(self, seconds: float = GIVE_UP_AFTER_S) -> None:
        """Pump until all paper left, or was given up: no original waits behind a printer that does not answer."""
        until = time.monotonic() + seconds
        self._retry_at = 0.0
        self.pump()
        while self._leaving is not None and time.monotonic() < until:
            time.sleep(0.002)
            self.pump()

    def state(self) -> PaperState:
        """What the status line says."""
        with self._station.books.read() as connection:
            jobs = paper.in_state(connection, "queued", "sending", "doubt")
        doubts = [job for job in jobs if job.state == "doubt"]
        return PaperState(len(jobs) - len(doubts), doubts[0] if doubts else None, self._trouble, self._shut)

    def stop(self) -> None:
        """Let the device finish what it is doing, and keep what it answered."""
        self._device.stop()
        self._settle_answers()

    def _doubt_what_was_leaving(self) -> None:
        """After a crash: what had begun may be on paper, so a person is asked; nothing is written in the journal for
        it."""
        with self._station.books.change_state() as connection:
            for job in paper.in_state(connection, "sending"):
                paper.set_state(connection, job.job, "doubt")

    def _send(self, job: Job) -> None:
        data = self._compose(job)
        with self._station.books.change_state() as connection:
            paper.set_state(connection, job.job, "sending", data)
        self._leaving = job
        self._device.print(job.number, data, lambda _number, outcome: self._answered(job, outcome))

    def _compose(self, job: Job) -> bytes:
        station = self._station
        with station.books.read() as connection:
            if job.document == "receipt":
                return receipt_escpos(receipt_paper(station, connection, job.number, job.copy))
            return receipt_escpos(undone_paper(station, connection, job.number, job.document))

    def _answered(self, job: Job, outcome: Outcome) -> None:
        """On the device's thread."""
        if isinstance(outcome, Printed):
            self._station.faults.point("after_print")
        self._answers.put((job, outcome))
        self._woken()

    def _settle_answers(self) -> None:
        """An answer that the disk does not take now is kept for the next pump, and nothing is sent before."""
        while self._unsettled is not None or not self._answers.empty():
            self._unsettled = self._unsettled or self._answers.get()
            self._settle(*self._unsettled)
            self._unsettled = None
            self._leaving = None

    def _settle(self, job: Job, outcome: Outcome) -> None:
        if isinstance(outcome, Doubtful):
            self._doubt(job, outcome)
            return
        printed = isinstance(outcome, Printed)
        with self._station.books.change_state() as connection:
            paper.set_state(connection, job.job, "printed" if printed else "queued")
        self._trouble = outcome.reason if isinstance(outcome, NotBegun) else ""
        self._retry_at = 0.0 if printed else time.monotonic() + RETRY_AFTER_S

    def _doubt(self, job: Job, outcome: Doubtful) -> None:
        with self._station.books.write("printer") as unit:
            unit.record(PaperDoubted(number=job.number, document=job.document, copy=job.copy))
            paper.set_state(unit.connection, job.job, "doubt")
        self._trouble = outcome.reason
        self._retry_at = time.monotonic() + RETRY_AFTER_S
