"""An override in place, never a dialog: what, how much, why (one key), and the second person's name and PIN."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from ui.look import Look
from ui.reading import announce, named
from ui.theme import Size, Space, Tone
from ui.widgets.act_button import ActButton
from ui.widgets.flow import EvenGrid
from ui.widgets.message_line import MessageLine
from ui.widgets.words import Words

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
MOST_REASONS = 9


@dataclass(frozen=True, slots=True)
class Approval:
    """What is asked: `reasons` are chosen by 1–9; without `second_person` the reason alone completes it."""

    what: str
    amount: str = ""
    reasons: tuple[str, ...] = ()
    second_person: bool = True
    who_may: str = "Lead or supervisor"


class ApprovalStrip(QFrame):
    """`approved(reason, person, secret)` when complete, `left()` on Esc. The page answers a bad PIN with `complain`."""

    approved = Signal(str, str, str)
    left = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setProperty("strip", "true")
        named(self, "Approval")
        self._look, self._asked, self._reason = look, Approval(""), ""
        self._icon, self._what = QLabel(), Words(strong=True)
        self._amount = Words(size=Size.TITLE)
        self._why = Words("", Size.SMALL)
        self._choices, self._who = QWidget(), QWidget()
        self._grid = EvenGrid((4, 3, 2, 1), parent=self._choices)
        self._buttons: list[ActButton] = []
        self._person = named(QLineEdit(), "Second person", tells="User name or badge, then Enter.")
        self._pin = named(QLineEdit(), "PIN of the second person", tells="PIN, then Enter.")
        self._pin.setEchoMode(QLineEdit.EchoMode.Password)
        self._cancel = ActButton(look, "Leave", "Esc")
        self._cancel.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Minimum)
        self.message = MessageLine(look)
        self._lay_out()
        self._person.returnPressed.connect(lambda: self._pin.setFocus(Qt.FocusReason.TabFocusReason))
        self._pin.returnPressed.connect(self._complete)
        self._cancel.clicked.connect(self.left)
        self.hide()
        look.changed.connect(self._tint)
        self._tint()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(Space.SNUG)
        head.addWidget(self._icon)
        head.addWidget(self._what, 1)
        who = QHBoxLayout(self._who)
        who.setContentsMargins(0, 0, 0, 0)
        who.setSpacing(Space.SNUG)
        who.addWidget(self._person, 2)
        who.addWidget(self._pin, 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self._cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.ROOM, Space.SNUG, Space.ROOM, Space.SNUG)
        column.setSpacing(Space.TIGHT)
        column.addLayout(head)
        column.addWidget(self._amount)
        column.addWidget(self._why)
        column.addWidget(self._choices)
        column.addWidget(self._who)
        column.addWidget(self.message)
        column.addLayout(foot)

    def ask(self, approval: Approval) -> None:
        """Show the strip and start at the reason, or at the person where there is none to choose."""
        self._asked, self._reason = approval, ""
        self._what.setText(approval.what)
        self._amount.setText(approval.amount)
        self._amount.setVisible(bool(approval.amount))
        self._fill_reasons(approval.reasons[:MOST_REASONS])
        self._person.clear()
        self._pin.clear()
        self._person.setPlaceholderText(approval.who_may)
        self._pin.setPlaceholderText("PIN")
        self.message.clear()
        self._show_step()
        self.show()
        announce(self, f"{approval.what} {approval.amount}. {self._why.text()}", urgent=True)

    def complain(self, words: str) -> None:
        """The second person was not accepted: say why, and ask for the PIN again."""
        self._pin.clear()
        self._pin.setFocus(Qt.FocusReason.OtherFocusReason)
        self.message.say(words, Tone.BAD)

    def _fill_reasons(self, reasons: tuple[str, ...]) -> None:
        for button in self._buttons:
            self._grid.removeWidget(button)
            button.setParent(None)
            button.deleteLater()
        self._buttons = [ActButton(self._look, reason, str(n)) for n, reason in enumerate(reasons, 1)]
        for button, reason in zip(self._buttons, reasons, strict=True):
            button.clicked.connect(lambda _=False, reason=reason: self._choose(reason))
            self._grid.addWidget(button)

    def _show_step(self) -> None:
        asks_reason = bool(self._asked.reasons) and not self._reason
        self._why.setText(
            "Why? One key." if asks_reason else f"Reason: {self._reason}" if self._reason else "Who approves?"
        )
        self._choices.setVisible(asks_reason)
        self._who.setVisible(not asks_reason and self._asked.second_person)
        first = self._buttons[0] if asks_reason else self._person
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self, reason: str) -> None:
        self._reason = reason
        if self._asked.second_person:
            self._show_step()
        else:
            self.approved.emit(reason, "", "")

    def _complete(self) -> None:
        if not self._person.text().strip():
            self._person.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.approved.emit(self._reason, self._person.text().strip(), self._pin.text())

    def _tint(self) -> None:
        self._icon.setPixmap(self._look.picture("people", self._look.palette.warn, 28))

    def showEvent(self, event: QShowEvent) -> None:
        """Shown later than asked (its page was hidden): the focus follows."""
        super().showEvent(event)
        self._show_step()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit chooses a reason, Esc leaves; while it is open nothing else gets through to the page."""
        digit = event.text()
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif self._choices.isVisible() and digit.isdigit() and 0 < int(digit) <= len(self._buttons):
            self._choose(self._asked.reasons[int(digit) - 1])
        elif event.key() in _ENTER or event.key() < Qt.Key.Key_Escape:
            event.accept()
        else:
            super().keyPressEvent(event)
