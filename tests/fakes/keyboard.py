"""Keys of a keyboard, and nothing else, sent to whatever has the focus in an offscreen window.

keyboard("Ctrl+2", "Enter", "maria", "F8") types words letter by letter and presses keys by their names.
"""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

KEYS = {
    "Enter": Qt.Key.Key_Return, "Esc": Qt.Key.Key_Escape, "Up": Qt.Key.Key_Up, "Down": Qt.Key.Key_Down,
    "Tab": Qt.Key.Key_Tab, "Delete": Qt.Key.Key_Delete, "Space": Qt.Key.Key_Space,
    **{f"F{n}": getattr(Qt.Key, f"Key_F{n}") for n in range(1, 13)},
}  # fmt: skip
HELD = {"Ctrl+": Qt.KeyboardModifier.ControlModifier, "Shift+": Qt.KeyboardModifier.ShiftModifier}
GRID = ("n100", "n50", "n20", "n10", "n5", "n2", "n1", "c100", "c50", "c25", "c10", "c5", "c1")
"""The fields of the denomination grid in the order in which Enter walks them."""


class Keyboard:
    """One person's keyboard; with it all that a test does to a window."""

    def __init__(self, app: QApplication) -> None:
        self._app = app

    def __call__(self, *strokes: str) -> None:
        """Keys and words in turn."""
        for stroke in strokes:
            self._strike(stroke)
            self._app.processEvents()

    @staticmethod
    def single(stroke: str) -> tuple[str, ...]:
        """The keys of a stroke: a word is one for each of its signs, a key by its name is one."""
        is_named = stroke in KEYS or (len(stroke) > 1 and stroke.startswith(tuple(HELD)))
        return (stroke,) if is_named else tuple(stroke)

    def count(self, **pieces: int) -> None:
        """Fill the denomination grid and go on: `count(n20=10)` is ten twenties."""
        for piece in GRID:
            self(*([str(pieces[piece])] if pieces.get(piece) else []), "Enter")

    def _strike(self, stroke: str) -> None:
        focus = self._app.focusWidget()
        assert focus is not None, f"nothing has the focus for {stroke}"
        held, name = Qt.KeyboardModifier.NoModifier, stroke
        for prefix, modifier in HELD.items():
            if name.startswith(prefix) and name != prefix:
                name, held = name.removeprefix(prefix), held | modifier
        if name in KEYS:
            QTest.keyClick(focus, KEYS[name], held)
        elif held != Qt.KeyboardModifier.NoModifier:
            QTest.keyClick(focus, Qt.Key(ord(name)), held)
        else:
            for sign in name:
                self._type(focus, sign)

    def _type(self, focus: QWidget, sign: str) -> None:
        """Qt's own hand has no key for most signs with an accent, and aborts the program."""
        if sign.isascii():
            QTest.keyClicks(focus, sign)
        else:
            none = Qt.KeyboardModifier.NoModifier
            self._app.sendEvent(focus, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_unknown, none, sign))


class StrayWindows(QObject):
    """Notices every window but the one that was meant: a part shown before it had a parent, a dialog."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.meant: QWidget | None = None
        self.seen: list[str] = []
        self._app = app
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Looks, and lets everything pass."""
        if event.type() != QEvent.Type.Show or not isinstance(watched, QWidget) or watched is self.meant:
            return False
        if watched.isWindow() and watched.windowType() is not Qt.WindowType.ToolTip:
            self.seen.append(f"{type(watched).__name__} {watched.accessibleName()}")
        return False

    def stop(self) -> None:
        """Look no more."""
        self._app.removeEventFilter(self)
        self.deleteLater()
