"""Opens the window for a station and ends it by its close button, SIGTERM or SIGINT; `ready` says it takes keys."""

import logging
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType

from PySide6.QtCore import QSocketNotifier, QTimer
from PySide6.QtWidgets import QApplication

from counter_app.domain.rights import Person
from counter_app.domain.said import say
from counter_app.services.station import Station
from ui.garbage import collected_here
from ui.look import Look
from ui.running import Running
from ui.theme import Theme

LOG = "window.log"
"""In the station's folder: what the window did not expect, as places in the program; no amounts, no names."""
_OUR_FAULT = say(
    "Something in this program went wrong and was written down. What was not said to be done was not done."
)
log = logging.getLogger(__name__)


def run_window(station: Station, person: str | None) -> int:
    """Show the window until it is closed; `person` is signed in at once (practice only). Returns 0.

    Raises Refused for a person who does not work here.
    """
    with station.books.read() as connection:
        signed = station.person(connection, person) if person else None
    running_app = QApplication.instance()
    app = running_app if isinstance(running_app, QApplication) else QApplication(["counter-app"])
    app.setApplicationName("counter-app")
    running = Running(station, Look(app, Theme()))
    with collected_here(), _kept_log(station), _faults_told(running), _ended_by_signals(app):
        try:
            _run(app, running, signed)
        finally:
            running.stop()
    return 0


def _run(app: QApplication, running: Running, person: Person | None) -> None:
    running.start(person)
    running.window.activateWindow()
    QTimer.singleShot(0, _say_ready)
    app.exec()


def _say_ready() -> None:
    sys.stdout.write("ready\n")
    sys.stdout.flush()


@contextmanager
def _ended_by_signals(app: QApplication) -> Iterator[None]:
    """Python hears of a signal only between two of its own steps; a socket wakes Qt, which then takes one."""
    ours, theirs = socket.socketpair()
    for end in (ours, theirs):
        end.setblocking(False)
    heard = QSocketNotifier(ours.fileno(), QSocketNotifier.Type.Read, app)
    heard.activated.connect(lambda *_: ours.recv(64))
    before = {number: signal.signal(number, lambda *_: app.quit()) for number in (signal.SIGTERM, signal.SIGINT)}
    old = signal.set_wakeup_fd(theirs.fileno(), warn_on_full_buffer=False)
    try:
        yield
    finally:
        signal.set_wakeup_fd(old)
        for number, handler in before.items():
            signal.signal(number, handler)
        heard.setEnabled(False)
        heard.deleteLater()
        ours.close()
        theirs.close()


@contextmanager
def _kept_log(station: Station) -> Iterator[None]:
    handler = logging.FileHandler(station.folder / LOG, delay=True, encoding="utf-8")
    handler.setLevel(logging.WARNING)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.getLogger().addHandler(handler)
    try:
        yield
    finally:
        logging.getLogger().removeHandler(handler)
        handler.close()


@contextmanager
def _faults_told(running: Running) -> Iterator[None]:
    """What nobody caught is logged and said in one sentence; the window lives on, because the books are not hurt."""

    def told(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
        log.error("not caught", exc_info=(kind, fault, trace))
        running.say(_OUR_FAULT)

    def logged(args: threading.ExceptHookArgs) -> None:
        log.error("not caught on a thread", exc_info=args.exc_value)

    before = sys.excepthook, threading.excepthook
    sys.excepthook, threading.excepthook = told, logged
    try:
        yield
    finally:
        sys.excepthook, threading.excepthook = before
