"""Tells a scan from typing: a scanner is a keyboard that nobody's fingers can follow.

One filter before all controls. Many signs within a few milliseconds of each other, ended by Enter or Tab, were a scan;
so is whatever stands between a prefix and its end where the scanner sends one. The judge is the time that the keyboard
gave each key, not when it was taken in: a busy window makes nobody a scanner. Signs that would do something where they
land (choose a reason, fill a PIN or an amount) wait HOLD_MS to see whether they are a scan; mere text in the counter's
box does not wait, and is taken out again. Keys without a time (from a test's hand or an aid) are always typing.
"""

from collections.abc import Callable
from statistics import fmean

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from counter_app.devices.wedge import Wedge

GAP_MS = 30
"""Most between two signs of a scan. Fingers rolling over keys come near it for two or three signs, never for six."""
MEAN_MS = 20
FEWEST = 6
"""Signs of a scan without a prefix: shorter codes are typed."""
HOLD_MS = 35
PREFIX_GAP_MS = 250
"""With a prefix nobody needs to be fast; a prefix that a person typed is let go after this."""
TWICE_MS = 700
"""The same line again within this is the same scan: the trigger was held or the label passed twice."""

_ENDS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
_MODIFIERS = (
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_Meta,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_CapsLock,
)
_COMMAND = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
_PRESSES = (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel, QEvent.Type.TouchBegin)


class Scanner(QObject):
    """`scanned(line)` for each scan, whatever has the focus; `touched()` for any key, button or wheel.

    `as_typed` is asked about a line and the control that has the focus: true lets it land there like keys, as a badge
    does where a badge is asked.
    """

    scanned = Signal(str)
    touched = Signal()

    def __init__(self, app: QApplication, wedge: Wedge) -> None:
        super().__init__(app)
        self._app, self._wedge = app, wedge
        self.as_typed: Callable[[str, QWidget], bool] = lambda _line, _focus: False
        self._burst = _Burst()
        self._replaying = False
        self._last_line, self._last_at = "", -TWICE_MS
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self._let_go)
        self._beginning = QTimer(self)
        self._beginning.setSingleShot(True)
        self._beginning.timeout.connect(lambda: app.installEventFilter(self))
        self._beginning.start(0)  # not while the window is built: thousands of events that are nobody's key

    def stop(self) -> None:
        """Look no more."""
        self._beginning.stop()
        self._app.removeEventFilter(self)
        self._patience.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Nearly all events are nobody's key and pass at once."""
        if event.type() not in _PRESSES:
            return False
        if not isinstance(watched, QWidget):  # Qt's own window hands it on to the control
            return False
        if not isinstance(event, QKeyEvent):
            self.touched.emit()
            return False
        if self._replaying or watched is not (QApplication.focusWidget() or watched.window()):
            return False
        self.touched.emit()
        return self._pressed(watched, event)

    def _pressed(self, focus: QWidget, key: QKeyEvent) -> bool:
        """Whether the key is kept from the control."""
        if key.key() in _MODIFIERS:
            return False
        if not key.timestamp() or key.isAutoRepeat():
            return self._not_of_a_scan(key)
        if self._ends(key):
            return self._ended(focus, key)
        sign = key.text()
        is_prefix = bool(self._wedge.prefix) and sign == self._wedge.prefix
        if not is_prefix and not self._may_be_of_a_scan(key):
            return self._not_of_a_scan(key)
        if self._burst.text and not self._burst.goes_on(key):
            self._let_go()
        if not self._burst.text:
            self._burst = _Burst(focus, is_prefixed=is_prefix)
        self._burst.add(key)
        moved = QApplication.focusWidget() not in (focus, None)  # by what was let go
        if self._burst.held or is_prefix or moved or not _is_mere_text(focus, key):
            self._burst.held.append(key.clone())
            self._patience.start(PREFIX_GAP_MS if self._burst.is_prefixed else HOLD_MS)
            return True
        return False

    def _may_be_of_a_scan(self, key: QKeyEvent) -> bool:
        """One sign that can be read; a space begins no code, and presses a button that has the focus."""
        sign = key.text()
        if key.modifiers() & _COMMAND:
            return False
        return len(sign) == 1 and sign.isprintable() and (sign != " " or bool(self._burst.text))

    def _ends(self, key: QKeyEvent) -> bool:
        return key.key() in _ENDS or (bool(self._wedge.suffix) and key.text() == self._wedge.suffix)

    def _ended(self, focus: QWidget, key: QKeyEvent) -> bool:
        burst = self._burst
        if not burst.is_scan(key):
            return self._not_of_a_scan(key)
        line = burst.line(self._wedge.prefix)
        if self.as_typed(line, focus):
            return self._not_of_a_scan(key)
        self._patience.stop()
        self._burst = _Burst()
        burst.take_out()
        twice = line == self._last_line and key.timestamp() - self._last_at < TWICE_MS
        self._last_line, self._last_at = line, key.timestamp()
        if not twice:
            self.scanned.emit(line)
        return True

    def _not_of_a_scan(self, key: QKeyEvent) -> bool:
        """What waited lands first, in its order; the key after it goes where the focus is by then."""
        if not self._burst.held:
            self._burst = _Burst()
            return False
        again = key.clone()
        self._let_go()
        self._type(again)
        return True

    def _let_go(self) -> None:
        """It was typing: the control has it now."""
        held, self._burst = self._burst.held, _Burst()
        self._patience.stop()
        for key in held:
            self._type(key)

    def _type(self, key: QKeyEvent) -> None:
        focus = QApplication.focusWidget()
        if focus is None:
            return
        self._replaying = True
        try:
            QApplication.sendEvent(focus, key)
        finally:
            self._replaying = False


class _Burst:
    """Signs that came so fast that they may be a scan, and the field as it was before the first of them."""

    def __init__(self, focus: QWidget | None = None, *, is_prefixed: bool = False) -> None:
        self.text, self.is_prefixed = "", is_prefixed
        self.held: list[QKeyEvent] = []
        self._at: list[int] = []
        self._field = focus if isinstance(focus, QLineEdit) else None
        self._before = self._field.text() if self._field is not None else ""

    def add(self, key: QKeyEvent) -> None:
        """One more sign."""
        self.text += key.text()
        self._at.append(key.timestamp())

    def goes_on(self, key: QKeyEvent) -> bool:
        """Whether the key came soon enough after the last."""
        most = PREFIX_GAP_MS if self.is_prefixed else GAP_MS
        return 0 <= key.timestamp() - self._at[-1] <= most

    def is_scan(self, end: QKeyEvent) -> bool:
        """Whether it was one, now that its end has come."""
        if not self.text or not self.goes_on(end):
            return False
        if self.is_prefixed:
            return len(self.text) > 1
        gaps = [after - before for before, after in zip(self._at, self._at[1:], strict=False)]
        return len(self.text) >= FEWEST and fmean(gaps) <= MEAN_MS

    def line(self, prefix: str) -> str:
        """What the code says, without the prefix and without the three signs that tell its kind (]C1)."""
        line = self.text.removeprefix(prefix) if self.is_prefixed else self.text
        return line[3:] if line[:1] == "]" and line[1:3].isalnum() and len(line) > 3 else line

    def take_out(self) -> None:
        """The field is as it was before the first sign."""
        if self._field is not None and self._field.text() != self._before:
            self._field.setText(self._before)
            self._field.textEdited.emit(self._before)  # or what was found for its first signs would stay


def _is_mere_text(focus: QWidget, key: QKeyEvent) -> bool:
    """Whether a control says that the sign does nothing there but stand in it."""
    asks = getattr(focus, "is_mere_text", None)
    return asks is not None and bool(asks(key))
