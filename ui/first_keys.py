"""The window's own keys before its fields take them: on a Linux desktop Ctrl+K in a field deletes to the end of the
line, and a choice keeps every letter for itself."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit

from ui.keys import WINDOW_INTENTS, intent_of
from ui.window import Window

_TAKERS = (QLineEdit, QPlainTextEdit, QComboBox)


class FirstKeys(QObject):
    """Looks only at what the desktop sends to the shown window; a page that is no field still has its keys first."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        window.windowHandle().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Whether it was an act of the window's, typed into a field."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if not isinstance(QApplication.focusWidget(), _TAKERS) or intent_of(event) not in WINDOW_INTENTS:
            return False
        self._window.keyPressEvent(event)
        return True
