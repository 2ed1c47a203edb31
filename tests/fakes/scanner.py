"""A scanner and a pair of hands whose every key has the time at which it was pressed, as a real keyboard's have."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ui.scanner import HOLD_MS

APART_MS = 1_000
"""Between two scans or words, unless a test says otherwise."""
_ENTER, _TAB = Qt.Key.Key_Return, Qt.Key.Key_Tab


class TimedKeys:
    """`scan(line)` is a scanner, `type(text, gap_ms)` fingers; the time goes on by itself."""

    def __init__(self, app: QApplication) -> None:
        self._app, self._at = app, 1_000_000

    def scan(self, line: str, *, end: Qt.Key = _ENTER, gap_ms: int = 3, after_ms: int = APART_MS) -> None:
        """A code that was read, and its end."""
        self.type(line, gap_ms, after_ms=after_ms)
        self.press(end, gap_ms=gap_ms)

    def type(self, text: str, gap_ms: int, *, after_ms: int = APART_MS) -> None:
        """Sign by sign, so many milliseconds from one to the next."""
        for place, sign in enumerate(text):
            code = Qt.Key(ord(sign.upper())) if sign.isascii() else Qt.Key.Key_unknown
            self.press(code, sign, gap_ms=gap_ms if place else after_ms)

    def press(self, code: Qt.Key, sign: str = "", gap_ms: int = APART_MS) -> None:
        """One key, down and up."""
        self._at += gap_ms
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            key = QKeyEvent(kind, code, Qt.KeyboardModifier.NoModifier, sign or ("\r" if code == _ENTER else ""))
            key.setTimestamp(self._at)
            focus = self._app.focusWidget()
            assert focus is not None, f"nothing has the focus for {sign or code}"
            self._app.sendEvent(focus, key)
        self._app.processEvents()

    def rest(self) -> None:
        """Longer than a sign may wait to see whether it is a scan."""
        QTest.qWait(2 * HOLD_MS)
