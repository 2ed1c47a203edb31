"""A question in place, like whether a receipt came out: Y, N, or later; typing anything else goes on as before."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy

from counter_app.screens.views import Question
from ui.look import Look
from ui.reading import announce, named
from ui.theme import Space
from ui.widgets.act_button import ActButton
from ui.widgets.words import Words


class QuestionStrip(QFrame):
    """`answered(yes)` on Y or N; other keys rise to the page, so that a scan is never lost here."""

    answered = Signal(bool)

    def __init__(self, look: Look, name: str, yes: str, no: str) -> None:
        super().__init__()
        self.setProperty("strip", "true")
        named(self, name)
        self._words = Words(strong=True)
        self._yes, self._no = _Answer(look, yes, "Y"), _Answer(look, no, "N")
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.ROOM, Space.TIGHT, Space.ROOM, Space.TIGHT)
        row.addWidget(self._words, 1)
        for button in (self._yes, self._no):
            button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Minimum)
            row.addWidget(button)
        self.setFocusProxy(self._yes)
        self._yes.clicked.connect(lambda: self.answered.emit(True))
        self._no.clicked.connect(lambda: self.answered.emit(False))
        self.hide()

    def ask(self, question: Question | None) -> bool:
        """Show the question, or nothing; whether it is a new one."""
        new = question is not None and question.words != self._words.said
        self.setVisible(question is not None)
        self._words.setText(question.words if question else "")
        if new and question:
            announce(self, question.words, urgent=True)
        return new

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Y and N."""
        answer = {"y": True, "n": False}.get(event.text().casefold())
        if answer is None:
            super().keyPressEvent(event)
        else:
            self.answered.emit(answer)


class _Answer(ActButton):
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is no answer: the question takes the focus unasked, and Enter is pressed unread."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
        else:
            super().keyPressEvent(event)
