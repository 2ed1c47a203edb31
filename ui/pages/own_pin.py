"""Taking a PIN of one's own: three fields that show nothing of what is typed."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from counter_app.domain.said import say
from counter_app.screens.own_pin import OwnPin
from ui.look import Look
from ui.reading import named
from ui.widgets.act_button import ActButton
from ui.widgets.card import Card, Labelled
from ui.widgets.message_line import MessageLine
from ui.widgets.scrolled import scrolled
from ui.widgets.words import Words

_CARD_WIDTH = 520


class OwnPinPage(QWidget):
    """`left(words)` when it is done (with what to say) or left by Esc (empty)."""

    left = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        named(self, say("Your PIN"))
        self._look = look
        self._screen: OwnPin | None = None
        self._why, self._message = Words(tone="quiet"), MessageLine(look)
        self._now, self._new, self._again = QLineEdit(), QLineEdit(), QLineEdit()
        self._take = ActButton(look, say("Take this PIN"), "Enter", icon="lock", primary=True)
        self._leave = ActButton(look, say("Later"), "Esc")
        self._lay_out()
        for field, after in ((self._now, self._new), (self._new, self._again), (self._again, None)):
            field.setEchoMode(QLineEdit.EchoMode.Password)
            field.returnPressed.connect(after.setFocus if after is not None else self._on_take)
        self._take.clicked.connect(self._on_take)
        self._leave.clicked.connect(lambda: self.left.emit(""))
        look.changed.connect(self._fit)
        self._fit()

    def _lay_out(self) -> None:
        self._card = Card(say("Your PIN"))
        inner = self._card.column
        for part in (
            self._why,
            Labelled(self._look, say("PIN or password of now"), self._now, say("Then Enter.")),
            Labelled(self._look, say("New PIN, 4 to 8 digits"), self._new, say("Then Enter.")),
            Labelled(self._look, say("New PIN once more"), self._again, say("Then Enter.")),
            self._message,
            self._take,
            self._leave,
        ):
            inner.addWidget(part)
        holder = QWidget()
        across = QHBoxLayout(holder)
        across.addStretch(1)
        across.addWidget(self._card, 0, Qt.AlignmentFlag.AlignVCenter)
        across.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scrolled(holder))

    def begin(self, screen: OwnPin) -> None:
        """Show it empty for a person."""
        self._screen = screen
        self._why.setText(screen.why)
        self._message.clear()
        self._empty()

    def _on_take(self) -> None:
        assert self._screen is not None, "begin comes first"
        done = self._screen.take(self._now.text(), self._new.text(), self._again.text())
        said = self._screen.message
        self._empty()
        if done:
            self.left.emit(said.words)
        else:
            self._message.say(said.words, said.tone)

    def _empty(self) -> None:
        for field in (self._now, self._new, self._again):
            field.clear()
        self._now.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fit(self) -> None:
        self._card.setFixedWidth(self._look.theme.pixels(_CARD_WIDTH))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves it for later."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit("")
        else:
            super().keyPressEvent(event)

    def setFocus(self, _reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """It begins with the PIN of now."""
        self._now.setFocus(Qt.FocusReason.OtherFocusReason)
