"""A real window, offscreen, over a real demo counter, driven by a keyboard alone."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from counter_app.services.station import Station
from tests.fakes.keyboard import Keyboard, StrayWindows
from ui.garbage import collected_here
from ui.look import Look
from ui.reading import snapshot
from ui.running import Running

PINS = {"maria": "4171", "ben": "2836", "lee": "9054", "ana": "6318", "fay": "7749", "adam": "1592", "ruth": "3460"}

_MOST_TABS = 60


class Till:
    """The window, its keyboard, and what can be read on it."""

    def __init__(self, running: Running, keys: Keyboard) -> None:
        self.running, self.keys = running, keys

    def sign_in(self, person: str) -> None:
        """At the sign-in page, empty or locked by somebody else."""
        focus = QApplication.focusWidget()
        if isinstance(focus, QLineEdit) and focus.echoMode() is QLineEdit.EchoMode.Password:
            self.keys("Shift+Tab", "Ctrl+A")
        self.keys(person, "Enter", PINS[person], "Enter")

    def change_person(self, person: str) -> None:
        """Lock, and somebody else signs in."""
        self.keys("F12")
        self.sign_in(person)

    def open_d1(self) -> None:
        """Maria signs in and opens D1 with $200.00."""
        self.sign_in("maria")
        self.keys("Ctrl+2", "Enter")
        self.keys.count(n20=10)

    def tab_to(self, name: str) -> None:
        """Tab on until the control of that name has the focus; AssertionError when Tab does not reach it."""
        for _ in range(_MOST_TABS):
            focus = QApplication.focusWidget()
            if focus is not None and focus.accessibleName() == name:
                return
            self.keys("Tab")
        raise AssertionError(f"Tab does not reach “{name}”")

    def says(self) -> str:
        """The page in front as text."""
        page = self.running.window.page_in_front()
        assert page is not None
        return snapshot(page)

    def status(self) -> str:
        """The status line as text."""
        return snapshot(self.running.window.status)

    def status_and_notice(self) -> str:
        """The foot of the window as text: its status line, and what the window itself has to say."""
        return snapshot(self.running.window).removeprefix(self.says())

    def wait_until(self, holds: Callable[[], bool], timeout_s: float = 5.0) -> None:
        """Let the window live until then; TimeoutError when it never comes."""
        until = monotonic() + timeout_s
        while not holds():
            if monotonic() > until:
                raise TimeoutError("it never came")
            QTest.qWait(10)

    def wait_for(self, words: str, timeout_s: float = 5.0) -> None:
        """Until the page in front or the status line says so; raises TimeoutError with what they say."""
        until = monotonic() + timeout_s
        while words not in self.says() and words not in self.status():
            if monotonic() > until:
                raise TimeoutError(f"“{words}” is not in:\n{self.says()}{self.status()}")
            QTest.qWait(10)

    def settle(self) -> None:
        """Wait until everything that warms up in the background is done."""
        for _ in range(500):
            if self.running.is_warm:
                return
            QTest.qWait(10)
        raise TimeoutError("the first paper is still being prepared")


@contextmanager
def till(station: Station, look: Look, app: QApplication) -> Iterator[Till]:
    """The window asks who is there; no other window may ever show, and both threads are ended."""
    strays = StrayWindows(app)
    with collected_here():
        running = Running(station, look)
        strays.meant = running.window
        running.start()
        running.window.activateWindow()
        try:
            assert QTest.qWaitForWindowActive(running.window)
            yield Till(running, Keyboard(app))
        finally:
            running.window.close()
            running.stop()
            strays.stop()
    assert not strays.seen
