"""`python -m tests.screenshots FOLDER` draws every desk of a demo day as PNG: offscreen, 1280 × 800, the clock frozen.

The window is driven by keys alone, as a person drives it; only the folder of the demo is thrown away.
"""

import os
import sys
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from counter_app.bootstrap import make_demo, open_station
from counter_app.domain.clock import SetClock
from tests.fakes.keyboard import Keyboard
from ui.look import Look
from ui.running import Running
from ui.theme import Theme
from ui.window import BASE

MONDAY = datetime.fromisoformat("2026-11-23T09:15:00-08:00")
SETTLED_S = 5.0


class Camera:
    """Takes a picture when the window has settled."""

    def __init__(self, app: QApplication, running: Running, folder: Path) -> None:
        self._app, self._running, self._folder = app, running, folder
        self._taken = 0

    def take(self, name: str) -> None:
        """`01-sign-in.png`."""
        until = monotonic() + SETTLED_S
        while self._running.background.printing.state().waiting and monotonic() < until:
            QTest.qWait(20)
        QTest.qWait(600)
        self._taken += 1
        self._running.window.grab().save(str(self._folder / f"{self._taken:02}-{name}.png"))


def main(folder: Path) -> None:
    """Draw them all into a folder."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication(["screenshots"])
    app.setCursorFlashTime(0)
    with TemporaryDirectory() as demo:
        make_demo(Path(demo), 2_000, clock=SetClock(MONDAY))
        station = open_station(Path(demo), "screenshots", clock=SetClock(MONDAY))
        running = Running(station, Look(app, Theme()))
        running.start()
        running.window.resize(BASE)
        running.window.activateWindow()
        try:
            _day(Keyboard(app), Camera(app, running, folder))
        finally:
            running.stop()
            station.close()


def _day(keys: Keyboard, camera: Camera) -> None:
    camera.take("sign-in")
    keys("maria", "Enter", "4171", "Enter", "Ctrl+2")
    camera.take("open-drawer")
    keys("Enter")
    keys.count(n20=5, n10=5, n5=6, n1=20)
    camera.take("counter-empty")
    _payment(keys, camera)
    _void(keys, camera)
    _counts(keys, camera)
    _deposit(keys, camera)
    _register(keys, camera)
    _offices(keys, camera)
    _spanish(keys, camera)


def _payment(keys: Keyboard, camera: Camera) -> None:
    keys("medina")
    camera.take("search-results")
    keys("Enter")
    camera.take("ticket")
    keys("DL-A1", "Enter", "Rex", "Enter")
    camera.take("license-form")
    keys("Enter", "053127", "F9", "Enter", "50", "F6", "1042", "Enter")
    camera.take("tenders")
    keys("100", "F8", "F9")
    camera.take("change-due-with-license")


def _void(keys: Keyboard, camera: Camera) -> None:
    keys("10000017", "Enter", "Enter", "F8", ".", "F9", "F11")
    camera.take("last-receipt")
    keys("V")
    camera.take("void-reason")
    keys("2", "1", "90")
    camera.take("void-approval")
    keys("54", "Enter")
    camera.take("void-done")
    keys("Ctrl+K", "dr")
    camera.take("every-command")
    keys("Esc")


def _counts(keys: Keyboard, camera: Camera) -> None:
    """Maria's count is two dollars short of what the books say."""
    keys("Ctrl+2")
    camera.take("close-count")
    keys.count(n20=7, n10=6, n5=7, n1=20)
    keys("50", "Enter")
    camera.take("close-checks")
    keys("Enter", "Enter")
    camera.take("close-lock")
    keys("Enter")
    camera.take("closed")
    keys("F12")
    camera.take("locked")
    _sign_in(keys, "lee", "9054")
    keys("Ctrl+3")
    camera.take("drawers")
    keys("Enter")
    keys.count(n20=7, n10=6, n5=7, n1=20)
    keys("50", "Enter", "Enter", "Enter", "Enter", "Two dollars too much in change")
    camera.take("verify-short")
    keys("F9")
    camera.take("verified")


def _deposit(keys: Keyboard, camera: Camera) -> None:
    keys("F12")
    _sign_in(keys, "ana", "6318")
    keys("Ctrl+2")
    camera.take("deposit")
    keys("B-000771", "F9")
    QTest.qWait(2_000)
    camera.take("deposit-slip")


def _register(keys: Keyboard, camera: Camera) -> None:
    keys("Ctrl+3", "Down", "Down")
    camera.take("register")
    keys("R", "A")
    camera.take("refund-ways")
    keys("Esc", "Ctrl+4", "medina", "Enter")
    camera.take("accounts")


def _offices(keys: Keyboard, camera: Camera) -> None:
    keys("Ctrl+5")
    camera.take("settings")
    keys("F12")
    _sign_in(keys, "adam", "1592")
    keys("Down", "Down")
    camera.take("people")


def _spanish(keys: Keyboard, camera: Camera) -> None:
    """Ben's choice of language and colors."""
    keys("F12")
    _sign_in(keys, "ben", "2836")
    keys("Ctrl+2", "Down", "Enter")
    keys.count(n20=5, n10=5, n5=6, n1=20)
    keys("10001179", "Enter", "Enter", "40", "F8", "Ctrl+I", "Ctrl+T")
    camera.take("spanish-dark")


def _sign_in(keys: Keyboard, person: str, pin: str) -> None:
    keys("Shift+Tab", "Ctrl+A", person, "Enter", pin, "Enter")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
