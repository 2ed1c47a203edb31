"""Proves the books beside an open window, without holding it up: a thread for the newest entries, and for all of them a
process of low priority, once a day while nobody is signed in.

Where no window stays open over night, `counter-app verify --full` as a task of the system's scheduler does the same.
"""

import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import timedelta
from tempfile import TemporaryFile
from time import monotonic
from typing import IO

import msgspec

from counter_app.domain.clock import from_text, to_text
from counter_app.domain.entry import EMPTY
from counter_app.services.prove_books import Proof, prove
from counter_app.services.station import Station
from db import reference
from db.consistency import Problem

AFTER_START_S = 3.0
"""The window is there and takes keys before the first proof begins."""
LEFT_FOR_S = 600.0
"""Nobody signed in for so long: what takes a processor for minutes holds nobody up."""
WHOLE_EVERY = timedelta(hours=20)
_LOOK_S = 0.5
_WHOLE = "proved"
"""The setting that keeps the newest proof of everything over a restart."""


class Proofs(msgspec.Struct, frozen=True):
    """The newest proof of the newest entries, and of everything; None before the first."""

    newest: Proof | None
    whole: Proof | None

    def with_newer(self, proof: Proof) -> "Proofs":
        """With this one in the place of an older one."""
        return Proofs(self.newest, proof) if proof.depth == "all" else Proofs(proof, self.whole)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What does not hold: a good look at the newest entries does not excuse what the long proof found."""
        return tuple(problem for proof in (self.newest, self.whole) if proof for problem in proof.problems)


class Proving:
    """From `start` to `stop`; `deliver` is called on its thread with each proof."""

    def __init__(self, station: Station, deliver: Callable[[Proof], None]) -> None:
        self._station, self._deliver = station, deliver
        self._stop, self._asked, self._whole = threading.Event(), threading.Event(), threading.Event()
        self._left_since: float | None = None
        self._thread = threading.Thread(target=self._run, name="proving", daemon=True)

    def start(self) -> None:
        """Begin; the first look comes when the window is up."""
        self._thread.start()

    def wake(self) -> None:
        """Look at the newest entries now."""
        self._asked.set()

    def rest(self, *, is_left: bool, last: Proof | None) -> None:
        """Told about once a second whether nobody is signed in; asks for the long proof when it is due."""
        now = monotonic()
        if not is_left:
            self._left_since = None
        elif self._left_since is None:
            self._left_since = now
        elif now - self._left_since >= LEFT_FOR_S and is_due(self._station, last):
            self._left_since = now
            self._whole.set()
            self._asked.set()

    def stop(self, timeout_s: float = 5.0) -> None:
        """End; a long proof that runs is given up."""
        self._stop.set()
        self._asked.set()
        if self._thread.is_alive():
            self._thread.join(timeout_s)

    def _run(self) -> None:
        if self._stop.wait(AFTER_START_S):
            return
        while not self._stop.is_set():
            self._asked.clear()
            self._deliver(prove(self._station, "newest"))
            if self._whole.is_set():
                self._whole.clear()
                proof = prove_beside(self._station, self._stop)
                if proof is not None:
                    self._deliver(proof)
            self._asked.wait()


def is_due(station: Station, last: Proof | None) -> bool:
    """Whether the last proof of everything is of another day; a clock set back makes it due too."""
    return last is None or abs(station.clock.now() - from_text(last.at)) >= WHOLE_EVERY


def prove_beside(station: Station, stop: threading.Event) -> Proof | None:
    """Prove everything in a process of its own; None when it was stopped."""
    command = [sys.executable, "-m", "counter_app", "verify", "--full", "--json", "--dir", str(station.folder)]
    if nice := shutil.which("nice"):
        command = [nice, "-n", "19", *command]
    with TemporaryFile() as answer:
        try:
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=answer, stderr=subprocess.DEVNULL)
        except OSError as error:
            return _not_made(station, str(error))
        while process.poll() is None:
            if stop.wait(_LOOK_S):
                process.terminate()
                process.wait()
                return None
        return _read(station, answer)


def _read(station: Station, answer: IO[bytes]) -> Proof:
    answer.seek(0)
    try:
        return msgspec.json.decode(answer.read(), type=Proof)
    except msgspec.MsgspecError:
        return _not_made(station, "run “counter-app verify --full” and read what it says")


def _not_made(station: Station, why: str) -> Proof:
    problem = Problem(station.name, 0, f"The whole journal could not be proved: {why}.")
    return Proof(to_text(station.clock.now()), "all", 0, EMPTY, (problem,))


def keep_whole(station: Station, proof: Proof) -> None:
    """Remember it for this station."""
    with station.books.change_state() as connection:
        reference.put_setting(connection, _WHOLE, msgspec.json.encode(proof).decode())


def kept_whole(station: Station) -> Proof | None:
    """The newest proof of everything, if there was one."""
    with station.books.read() as connection:
        text = reference.setting(connection, _WHOLE)
    try:
        return msgspec.json.decode(text, type=Proof) if text else None
    except msgspec.MsgspecError:
        return None
