"""A field for one amount in dollars: `100` is $100.00, `83.17` is $83.17; what is no amount is said beside it."""

from PySide6.QtCore import QRegularExpression, Qt, Signal
from PySide6.QtGui import QKeyEvent, QRegularExpressionValidator
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from counter_app.domain.money import Cents, parse_dollars, plain
from counter_app.domain.refused import Refused
from counter_app.domain.said import say
from ui.look import Look
from ui.reading import named
from ui.theme import Space
from ui.widgets.message_line import MessageLine
from ui.widgets.words import restyle


class MoneyField(QWidget):
    """`changed(cents or None)` while typing, `accepted(cents)` on Enter when the amount is good."""

    changed = Signal(object)
    accepted = Signal(int)

    def __init__(self, look: Look, name: str, key: str = "") -> None:
        super().__init__()
        self.edit = named(_AmountEdit(), name, key, say("An amount in dollars, like 100 or 83.17."))
        self.message = MessageLine(look)
        self.setFocusProxy(self.edit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.HAIR)
        column.addWidget(self.edit)
        column.addWidget(self.message)
        self.edit.textEdited.connect(self._typed)
        self.edit.entered.connect(self._enter)

    def cents(self) -> Cents | None:
        """The amount typed; None when the field is empty or holds no amount."""
        try:
            return parse_dollars(self.edit.text())
        except Refused:
            return None

    def set_cents(self, cents: Cents | None) -> None:
        """Put an amount in, or empty the field."""
        self.edit.setText("" if cents is None else plain(cents))
        self.complain("")

    def complain(self, words: str) -> None:
        """Mark the field wrong with a sentence; an empty one takes the mark away."""
        self.edit.setProperty("wrong", "true" if words else "false")
        restyle(self.edit)
        self.message.say(words)

    def _typed(self) -> None:
        if self.message.text():
            self.complain("")
        self.changed.emit(self.cents())

    def _enter(self) -> None:
        try:
            cents = parse_dollars(self.edit.text())
        except Refused as no:
            self.complain(str(no))
            return
        self.set_cents(cents)
        self.accepted.emit(cents)


class _AmountEdit(QLineEdit):
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setPlaceholderText("0.00")
        self.setValidator(QRegularExpressionValidator(QRegularExpression(r"\$?[\d,]{0,14}(\.\d{0,2})?"), self))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter offers the amount, good or not; the validator would have swallowed it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)
