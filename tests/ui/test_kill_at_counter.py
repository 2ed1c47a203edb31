"""SIGKILL of the real window in the middle of a ticket: at the next start the cashier is where they were."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.fakes.counter import WATER, Counter, open_d1
from tests.fakes.window import Till, till
from ui.look import Look

TEN_PAST_NINE = "2026-11-23T09:10:00-08:00"


def pull_the_plug(folder: Path, *keys: str, fault: str = "") -> str:
    """What the program had said when it ended, killed by us or at the named point."""
    command = [sys.executable, "-m", "tests.fakes.cashier", str(folder), TEN_PAST_NINE, *keys]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "COUNTER_APP_FAULT": fault}
    program = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    with program:
        assert program.stdout is not None
        said = program.stdout.readline().strip()
        program.kill()
    return said


@contextmanager
def at_the_next_start(folder: Path, look: Look, app: QApplication) -> Iterator[Till]:
    """Maria signs in; the books are proven in the end."""
    again = Counter(folder)
    try:
        with till(again.station, look, app) as window:
            window.sign_in("maria")
            yield window
        again.prove()
    finally:
        again.close()


@pytest.fixture
def folder(counter: Counter, tmp_path: Path) -> Path:
    """A counter with D1 open, as another program finds it."""
    open_d1(counter)
    counter.station.close()
    copied = Path(shutil.copytree(counter.folder, tmp_path / "killed"))
    counter.reopen()
    return copied


def test_a_ticket_with_cash_on_it_is_there_again(folder: Path, look: Look, qapp: QApplication) -> None:
    assert pull_the_plug(folder, WATER, "Enter", "100", "F8", "5") == "here"
    with at_the_next_start(folder, look, qapp) as window:
        assert "You were here: 1 line, $100.00 cash tendered. Nothing was paid yet." in window.says()
        assert "field Counter box [F2]: 5" in window.says()
        window.keys("0", "F8", "F9")
        assert "Receipt A1-000001" in window.says()


@pytest.mark.parametrize(("fault", "paid"), [("before_commit", False), ("after_commit", True)])
def test_a_payment_that_went_through_leaves_no_ticket_and_one_that_did_not_leaves_it_whole(
    folder: Path, look: Look, qapp: QApplication, fault: str, paid: bool
) -> None:
    assert pull_the_plug(folder, WATER, "Enter", "120", "F8", "rest", "F9", fault=fault) == ""
    with at_the_next_start(folder, look, qapp) as window:
        if paid:
            assert "The last payment is recorded: receipt A1-000001, change $0.00." in window.says()
            window.keys("F9")
            assert "There is nothing on the ticket." in window.says()
        else:
            assert "You were here: 1 line, $120.00 cash tendered. Nothing was paid yet." in window.says()
            window.keys("F9")
            assert "Receipt A1-000001" in window.says()
