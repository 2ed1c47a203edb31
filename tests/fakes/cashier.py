"""Maria's hands at the real window, in a process that a test pulls the plug on.

python -m tests.fakes.cashier FOLDER INSTANT KEY…    presses the keys, waits until her place is kept, says "here"
"""

import sys
from datetime import datetime
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from counter_app.bootstrap import open_station
from counter_app.domain.clock import SetClock
from tests.fakes.keyboard import Keyboard
from ui.keeping import AFTER_MS
from ui.look import Look
from ui.running import Running
from ui.theme import Theme

REST = "rest"
"""A pause among the keys, long enough for the place to be kept."""


def main() -> None:
    """Press them, then wait for the end."""
    folder, instant, *keys = sys.argv[1:]
    station = open_station(Path(folder), "a cashier", clock=SetClock(datetime.fromisoformat(instant)))
    app = QApplication(["cashier"])
    running = Running(station, Look(app, Theme()))
    with station.books.read() as connection:
        running.start(station.person(connection, "maria"))
    running.window.activateWindow()
    QTest.qWaitForWindowActive(running.window)
    keyboard = Keyboard(app)
    for key in (*keys, REST):
        if key == REST:
            QTest.qWait(2 * AFTER_MS)
        else:
            keyboard(key)
    sys.stdout.write("here\n")
    sys.stdout.flush()
    app.exec()


if __name__ == "__main__":
    main()
