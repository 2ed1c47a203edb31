"""What lies over a page while nobody is there: no name and no amount; the first key only lifts it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from counter_app.domain.said import say
from counter_app.screens.keys import Intent
from ui.keys import intent_of
from ui.look import Look
from ui.reading import named
from ui.theme import Size
from ui.widgets.words import Words


class VeilPage(QWidget):
    """`lifted()` by any key or a click; what was pressed does nothing else."""

    lifted = Signal()

    def __init__(self, _look: Look) -> None:
        super().__init__()
        named(self, say("Hidden"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = QVBoxLayout(self)
        column.addStretch(1)
        what = say("Hidden while nobody is here.")
        how = say("Press any key to go on where you were.\nF12 locks; left alone, it locks by itself.")
        for part in (Words(what, Size.TITLE, "quiet"), Words(how, Size.BODY, "quiet")):
            part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(part)
        column.addStretch(2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pressed unread: it brings the page back and means nothing more. F12 is the window's."""
        if intent_of(event) is Intent.LOCK:
            super().keyPressEvent(event)
        else:
            self.lifted.emit()

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        """A click is a touch too."""
        self.lifted.emit()
