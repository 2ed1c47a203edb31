"""One act at a counter while one thing is wrong: what was answered, how soon, and whether it was the truth.

with a fault at work    scene.serve(counter)         the act, then the next customer, in this process
                        scene.serve_program(…)       the same at the real program, under strace or without memory
at the end              scene.end()                  the fault is gone: a payment within ten seconds, and I1 to I11
"""

import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from counter_app.domain.fault import VARIABLE
from tests.fakes.counter import Answer, Counter, fit
from tests.faults.invariants import prove_all
from tests.faults.workday import ACTS, MONDAY, PAYMENT

READY_S = 10.0
UNKNOWN = "It is not known whether this was recorded"
OTHERS = ("ClockStepped", "PaperDoubted", "PaperSettled", "ReceiptCopied")
"""Entries that no act of this scene makes."""


class Scene:
    """A copied workday, and the act that the fault meets."""

    def __init__(self, folder: Path, act: str) -> None:
        self.folder, self.act = folder, act
        self.confirmed: list[int] = []
        self.told: list[str] = []
        """What was said instead of “done”, in order."""
        self.unknown = 0
        self.slowest_s = 0.0
        self.paper: list[bytes] = []
        counter = self.open()
        self._before = counter.station.books.head().seq
        counter.close()

    def open(self) -> Counter:
        """The counter, as the program opens it."""
        return Counter(self.folder, MONDAY)

    def serve(self, counter: Counter) -> list[Answer]:
        """The act and the next customer; each is done or refused in words, within ten seconds."""
        answers = []
        for act, by, fields in (ACTS[self.act], ("take_payment", "maria", PAYMENT)):
            began = time.monotonic()
            answers.append(self._heard(counter.answer(act, by, **fields), time.monotonic() - began))
        return answers

    def serve_program(self, watched: Sequence[str] = (), fault: str = "", room: int | None = None) -> list[Answer]:
        """The same at the real program: run under the words `watched`, planned to die at a `fault` point, or with no
        more than `room` bytes of memory beyond what it has once it is ready."""
        program = subprocess.Popen(
            [*watched, sys.executable, "-m", "counter_app", "play", "-", "--dir", str(self.folder)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env={**os.environ, VARIABLE: fault},
        )  # fmt: skip
        answers = []
        try:
            if room is not None:
                self._asked(program, ("show", "maria", {"what": "places"}))
                _leave(program.pid, room)
            for act in (ACTS[self.act], ("take_payment", "maria", PAYMENT)):
                began = time.monotonic()
                answer = self._asked(program, act)
                if answer is None:
                    break
                answers.append(self._heard(answer, time.monotonic() - began))
        except BrokenPipeError:
            pass  # it did not start, and said why
        _, said = program.communicate(timeout=60)
        if room is None:  # without memory the interpreter itself may complain
            assert "Traceback" not in said, said
        if len(answers) < 2:
            self.unknown += 1
            if program.returncode != -signal.SIGKILL or not fault:
                self.hear(said.strip().splitlines()[-1])
        return answers

    def hear(self, sentence: str) -> str:
        """What a person was told instead; it must be a sentence."""
        self.told.append(sentence.replace(str(self.folder), "its folder"))
        assert fit(self.told[-1]), sentence
        return sentence

    def end(self, counter: Counter | None = None) -> None:
        """The fault is gone: open, take a payment, and prove all of it."""
        began = time.monotonic()
        counter = counter or self.open()
        answer = self._heard(counter.answer("take_payment", "maria", **PAYMENT), time.monotonic() - began)
        assert answer["ok"] or self._is_closed(answer), answer
        new = counter.bodies(after=self._before)
        unexplained = [b.seq for b in new if b.seq not in self.confirmed and b.kind not in OTHERS]
        assert len(unexplained) <= self.unknown, f"nobody was told of {unexplained}"
        assert len(self.confirmed) == len(set(self.confirmed))
        prove_all(counter, self.confirmed, self.paper)
        counter.close()

    def words(self) -> str:
        """What happened, for the table."""
        return " · ".join(dict.fromkeys(self.told)) or "goes on"

    def _asked(self, program: subprocess.Popen[str], act: tuple[str, str, dict[str, Any]]) -> Answer | None:
        assert program.stdin is not None
        assert program.stdout is not None
        name, by, fields = act
        program.stdin.write(json.dumps({"act": name, "by": by, "at": MONDAY.isoformat(), **fields}) + "\n")
        program.stdin.flush()
        line = program.stdout.readline()
        answer: Answer | None = json.loads(line) if line else None
        return answer

    def _heard(self, answer: Answer, seconds: float) -> Answer:
        self.slowest_s = max(self.slowest_s, seconds)
        assert seconds < READY_S, f"{seconds:.1f} s for {answer}"
        if answer["ok"]:
            self.confirmed.append(answer["seq"])
        else:
            assert fit(answer["refused"]), answer
            self.unknown += UNKNOWN in answer["refused"]
            if not self._is_closed(answer):
                self.told.append(answer["refused"])
        return answer

    def _is_closed(self, answer: Answer) -> bool:
        """The next customer meets a drawer that this very act closed: no fault's doing."""
        return self.act == "close" and "no open drawer" in answer["refused"]


def _leave(pid: int, room: int) -> None:
    """Let the program have so much more memory than it has."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[0])
    limit = pages * resource.getpagesize() + room
    resource.prlimit(pid, resource.RLIMIT_AS, (limit, limit))
