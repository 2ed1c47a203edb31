"""A question in place, like whether a receipt came out: Y, N, or later; typing anything else goes on as before."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QSizePolicy

from counter_app.screens.views import Question
from ui.look import Look
from ui.reading import announce, named
from ui.theme import Space
from ui.widgets.act_button import ActButton
from ui.widgets.words import Words

_BESIDE_UP_TO = 125


class QuestionStrip(QFrame):
    """`answered(yes)` on Y or N; other keys rise to the page, so that a scan is never lost here."""

    answered = Signal(bool)

    def __init__(self, look: Look, name: str, yes: str, no: str) -> None:
        super().__init__()
        self.setProperty("strip", "true")
        named(self, name)
        self._words = Words(strong=True)
        self._yes, self._no = _Answer(look, yes, "Y"), _Answer(look, no, "N")
        self._look = look
        answers = QHBoxLayout()
        answers.setSpacing(Space.TIGHT)
        for button in (self._yes, self._no):
            button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Minimum)
            answers.addWidget(button)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(Space.ROOM, Space.TIGHT, Space.ROOM, Space.TIGHT)
        self._row.addWidget(self._words, 1)
        self._row.addLayout(answers)
        look.changed.connect(self._fit)
        self._fit()
        self.setFocusProxy(self._yes)
        self._yes.clicked.connect(lambda: self.answered.emit(True))
        self._no.clicked.connect(lambda: self.answered.emit(False))
        self.hide()

    def _fit(self) -> None:
        """At a large zoom the answers stand beneath the question."""
        beside = self._look.theme.zoom <= _BESIDE_UP_TO
        self._row.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)

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
