"""The window as a program of its own: `ready`, a signal ends it with 0, what nobody caught is told and kept."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from counter_app.domain.refused import Refused
from tests.fakes.counter import Counter, copy_city
from ui.reading import snapshot
from ui.start import LOG, run_window
from ui.window import Window

_SECONDS = 30


def _started(folder: Path, *more: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "counter_app", "--dir", str(folder), *more],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_says_ready_and_a_signal_ends_it_well(city: Path, tmp_path: Path, number: signal.Signals) -> None:
    copy_city(city, tmp_path / "counter").close()
    with _started(tmp_path / "counter", "--as", "maria") as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "ready\n"
        program.send_signal(number)
        assert program.wait(_SECONDS) == 0
    assert not (tmp_path / "counter" / LOG).exists()
    copy_city(tmp_path / "counter", tmp_path / "again").close()


def test_somebody_who_does_not_work_here_opens_no_window(counter: Counter, qapp: QApplication) -> None:
    with pytest.raises(Refused, match="nobody called “nobody”"):
        run_window(counter.station, "nobody")


def test_what_nobody_caught_is_said_in_one_sentence_and_kept(
    counter: Counter, qapp: QApplication, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    shown: list[str] = []

    def fail() -> None:
        raise AssertionError("a fault of ours")

    def look_and_leave() -> None:
        page = next(w for w in qapp.topLevelWidgets() if isinstance(w, Window) and w.isVisible()).page_in_front()
        assert page is not None
        shown.append(snapshot(page))
        qapp.quit()

    QTimer.singleShot(300, fail)
    QTimer.singleShot(600, look_and_leave)
    with caplog.at_level("ERROR"):
        assert run_window(counter.station, "maria") == 0
    assert "Something in this program went wrong" in shown[0]
    assert "a fault of ours" in (counter.folder / LOG).read_text(encoding="utf-8")
    assert capfd.readouterr().out == "ready\n"
