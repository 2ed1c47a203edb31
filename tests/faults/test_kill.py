"""SIGKILL at named points of the real program: the payment is in the books once, and no second original is printed."""

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from counter_app.bootstrap import make_demo
from tests.fakes.printer import FakePrinter

OPEN = {"act": "open_drawer", "by": "maria", "at": "2026-11-23T09:00:00-08:00", "drawer": "D1", "count": {"2000": 10}}
PAY = {
    "act": "take_payment",
    "by": "maria",
    "at": "2026-11-23T09:05:00-08:00",
    "lines": [{"fee": "CK-CERT"}],
    "tenders": [{"kind": "cash", "amount_cents": 3000}],
}
PAPER = {"act": "show", "by": "maria", "what": "paper"}


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo with a drawer open."""
    folder = tmp_path_factory.mktemp("kill") / "city"
    make_demo(folder, accounts=5)
    played(folder, OPEN)
    return folder


@pytest.fixture
def station(opened: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(opened, tmp_path / "city"))


def command(*words: object, given: str = "", fault: str = "") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "COUNTER_APP_FAULT": fault}
    return subprocess.run(
        [sys.executable, "-m", "counter_app", *(str(word) for word in words)],
        input=given, capture_output=True, text=True, timeout=60, env=environment, check=False,
    )  # fmt: skip


def played(folder: Path, *acts: dict[str, Any]) -> list[dict[str, Any]]:
    done = command("play", "-", "--dir", folder, given="\n".join(json.dumps(act) for act in acts))
    assert "Traceback" not in done.stderr, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def killed(folder: Path, point: str) -> None:
    done = command("play", "-", "--dir", folder, given=json.dumps(PAY), fault=point)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert done.stdout == "", "nobody was told that it was done"


def proven(folder: Path) -> None:
    assert command("verify", "--full", "--dir", folder).returncode == 0
    assert command("rebuild", "--check", "--dir", folder).returncode == 0


def test_before_the_commit_nothing_happened(station: Path) -> None:
    killed(station, "before_commit")
    proven(station)
    assert played(station, {"act": "show", "by": "lee", "what": "receipt", "of": "A1-000001"})[0]["ok"] is False
    assert played(station, PAY)[0]["number"] == "A1-000001", "the number was not used up"


def test_between_commit_and_print_the_payment_is_in_the_books_once_and_prints_by_itself(station: Path) -> None:
    with FakePrinter() as printer:
        assert command("devices", "--set", f"printer={printer.address}", "--dir", station).returncode == 0
        killed(station, "after_commit")
        assert printer.jobs() == []
        assert played(station, {**PAPER, "by": "maria"})[0]["jobs"] == [], (
            "it had not begun: it prints at the next start"
        )
        [job] = printer.jobs()
        assert b"A1-000001" in job
        assert b"COPY" not in job
        played(station, PAPER)
        assert len(printer.jobs()) == 1
    proven(station)
    assert played(station, PAY)[0]["number"] == "A1-000002"


@pytest.mark.parametrize("point", ["during_print", "after_print"])
def test_paper_that_had_begun_is_asked_about_and_never_printed_as_a_second_original(station: Path, point: str) -> None:
    with FakePrinter() as printer:
        assert command("devices", "--set", f"printer={printer.address}", "--dir", station).returncode == 0
        killed(station, point)
        originals = len(printer.jobs())
        asked = played(station, PAPER)[0]["jobs"]
        assert asked == [{"number": "A1-000001", "document": "receipt", "copy": 0, "state": "doubt"}]
        assert len(printer.jobs()) == originals, "it waits for an answer"
        settled = played(
            station, {"act": "settle_paper", "by": "maria", "number": "A1-000001", "came_out": False}, PAPER
        )
        assert settled[0]["ok"]
        assert settled[1]["jobs"] == []
        assert b"COPY 1" in printer.jobs()[-1]
    proven(station)


def test_a_paper_that_came_out_is_settled_without_a_copy(station: Path) -> None:
    with FakePrinter() as printer:
        command("devices", "--set", f"printer={printer.address}", "--dir", station)
        killed(station, "after_print")
        played(station, {"act": "settle_paper", "by": "maria", "number": "A1-000001", "came_out": True})
        assert len(printer.jobs()) == 1
    assert (
        played(station, {"act": "settle_paper", "by": "maria", "number": "A1-000001", "came_out": True})[0]["ok"]
        is False
    )


def test_a_kill_after_shipping_loses_nothing_and_sends_nothing_twice(station: Path) -> None:
    played(station, PAY)
    done = command("sync", "--once", "--dir", station, fault="after_ship")
    assert done.returncode == -signal.SIGKILL
    assert command("sync", "--once", "--dir", station).returncode == 0
    assert played(station, {"act": "show", "by": "lee", "what": "receipt", "of": "A1-000001"})[0]["sent"] == "copied"
    proven(station)
