"""The disk says no to the real program: full, unreadable, unsyncable, for once or for good, and then the program dies.

What was answered is the truth: a payment that was acknowledged is in the books, one that was refused is not, and the
next start takes a payment. Errors are put into the system calls of the program by `strace`.
"""

import json
import logging
import os
import signal
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import pytest

from counter_app.bootstrap import DATABASE
from tests.fakes.counter import Counter, cash, copies, copy_city, fit

log = logging.getLogger(__name__)

MORNING = datetime.fromisoformat("2026-11-23T08:30:00-08:00")
LAST_CUSTOMER = 99
READY_S = 10.0
TIMES_OF_A_NIGHT = 20
UNKNOWN = "It is not known whether this was recorded"


class DiskError(msgspec.Struct, frozen=True):
    """An error of some system calls on the database or its log, at the N-th of them up to `latest`, and from then on
    if it is `lasting`, while so many `customers` are served: after sixty the log was folded into the file."""

    name: str
    calls: str
    error: str
    file: str
    latest: int
    lasting: bool = False
    customers: int = 8


WRITES, READS, SYNCS = "pwrite64", "pread64", "fsync,fdatasync"
ERRORS = (
    DiskError("the disk is full for the log", WRITES, "ENOSPC", "-wal", 250, lasting=True),
    DiskError("the disk is full for the log for a moment", WRITES, "ENOSPC", "-wal", 250),
    DiskError("the disk is full for the file", WRITES, "ENOSPC", "", 60, lasting=True, customers=60),
    DiskError("the log cannot be written", WRITES, "EIO", "-wal", 250),
    DiskError("the log cannot be read", READS, "EIO", "-wal", 20),
    DiskError("the file cannot be read", READS, "EIO", "", 150),
    DiskError("the file can never be read again", READS, "EIO", "", 150, lasting=True),
    DiskError("the log cannot be synced", SYNCS, "EIO", "-wal", 15),
    DiskError("the log can never be synced again", SYNCS, "EIO", "-wal", 15, lasting=True),
    DiskError("the file cannot be synced", SYNCS, "EIO", "", 2, customers=60),
    DiskError("the file can never be synced again", SYNCS, "EIO", "", 2, lasting=True, customers=60),
    DiskError("the disk is read-only", WRITES, "EROFS", "-wal", 250, lasting=True),
)


def payment(customer: int) -> dict[str, Any]:
    """Each customer pays another amount, by which the payment is known afterwards."""
    return {
        "act": "take_payment",
        "by": "maria",
        "at": MORNING.isoformat(),
        "lines": [copies(customer)],
        "tenders": [cash(40 * customer)],
    }


def served(folder: Path, error: DiskError, nth: int, *, killed: bool) -> tuple[dict[int, dict[str, Any]], str]:
    """What each customer was answered by the real program while the disk fails; with `killed`, the program dies at the
    first no. And what it said on standard error."""
    watched = ["strace", "-f", "--seccomp-bpf", "-qq", "-o", os.devnull, "-P", f"{folder / DATABASE}{error.file}"]
    when = f"{nth}+" if error.lasting else str(nth)
    inject = ["-e", f"trace={error.calls}", "-e", f"inject={error.calls}:error={error.error}:when={when}"]
    program = subprocess.Popen(
        [*watched, *inject, sys.executable, "-m", "counter_app", "play", "-", "--dir", str(folder)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    assert program.stdin is not None
    assert program.stdout is not None
    answers: dict[int, dict[str, Any]] = {}
    try:
        for customer in range(1, error.customers + 1):
            program.stdin.write(json.dumps(payment(customer)) + "\n")
            program.stdin.flush()
            if not (line := program.stdout.readline()):
                break
            answers[customer] = json.loads(line)
            if killed and not answers[customer]["ok"]:
                os.killpg(program.pid, signal.SIGKILL)
                break
    except BrokenPipeError:
        pass  # it did not start
    _, said = program.communicate(timeout=60)
    return answers, said


def prove(folder: Path, answers: dict[int, dict[str, Any]]) -> None:
    """The answers were true, and the counter goes on."""
    began = time.monotonic()
    counter = Counter(folder, MORNING)
    counter.do("take_payment", "maria", lines=[copies(LAST_CUSTOMER)], tenders=[cash(40 * LAST_CUSTOMER)])
    assert time.monotonic() - began < READY_S
    there = [cents // 40 for (cents,) in counter.rows("SELECT total_cents FROM receipt")]
    for customer, answer in answers.items():
        if answer["ok"]:
            assert there.count(customer) == 1, f"customer {customer} was told that it is done"
        elif UNKNOWN not in answer["refused"]:
            assert fit(answer["refused"]), answer
            assert customer not in there, f"customer {customer} was told: {answer['refused']}"
    unanswered = set(there) - set(answers) - {LAST_CUSTOMER}
    assert len(unanswered) <= 1, "the program went on without an answer"
    assert len(there) == len(set(there))
    counter.prove()
    counter.close()


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: error.name.replace(" ", "_"))
@pytest.mark.timeout(1200)
def test_what_is_answered_is_true_when_the_disk_says_no(
    error: DiskError, city: Path, tmp_path: Path, nightly: bool
) -> None:
    dice = Random(error.name)
    for number in range(TIMES_OF_A_NIGHT if nightly else 1):
        folder = tmp_path / str(number)
        counter = copy_city(city, folder)
        counter.do("open_drawer", "maria", drawer="D1", count={"2000": 10}, at=MORNING.isoformat())
        counter.close()
        answers, said = served(folder, error, dice.randint(1, error.latest), killed=dice.random() < 0.5)
        assert "Traceback" not in said, said
        refused = [answer["refused"] for answer in answers.values() if not answer["ok"]]
        log.info("%s: %d done, then: %s", error.name, len(answers) - len(refused), refused[:1] or said)
        prove(folder, answers)
