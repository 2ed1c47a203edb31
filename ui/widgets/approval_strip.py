"""An override in place, never a dialog: what, how much, why (one key), and the second person's name and PIN."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from counter_app.domain.badge import begins_badge
from counter_app.domain.said import say, together
from counter_app.screens.views import Approval, Tone
from ui.look import Look
from ui.reading import announce, hinted, named
from ui.theme import Size, Space
from ui.widgets.act_button import ActButton
from ui.widgets.badge import badge_in, hides_badges
from ui.widgets.flow import EvenGrid
from ui.widgets.message_line import MessageLine
from ui.widgets.scrolled import bring_into_view
from ui.widgets.words import Words

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_MOST_CHOICES = 9
_ALONE = "0"


class ApprovalStrip(QFrame):
    """`approved(reason, person, secret)` when complete, `asked_alone(reason)` on 0, `left()` on Esc.

    Three steps: the reason by its digit, the person by a digit (or a name, or a badge), the PIN. `complain` answers a
    wrong PIN.
    """

    approved = Signal(str, str, str)
    asked_alone = Signal(str)
    left = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setProperty("strip", "true")
        named(self, say("Approval"))
        self._look, self._asked, self._reason, self._named = look, Approval(""), "", False
        self._early_badge = False
        self._icon, self._what = QLabel(), Words(strong=True)
        self._amount, self._why = Words(size=Size.TITLE), Words("", Size.SMALL)
        self._choices, self._who = _Choices(look), QWidget()
        self._person = named(
            hides_badges(QLineEdit()), say("Second person"), tells=say("A digit of the list, a user name or a badge.")
        )
        self._pin = named(QLineEdit(), say("PIN of the second person"), tells=say("PIN, then Enter."))
        self._pin.setEchoMode(QLineEdit.EchoMode.Password)
        self._alone, self._cancel = ActButton(look, "", _ALONE), ActButton(look, say("Leave"), "Esc")
        self.message = MessageLine(look)
        self._lay_out()
        self._choices.chosen.connect(self._choose)
        self._person.returnPressed.connect(self._named_one)
        self._pin.returnPressed.connect(self._complete)
        self._alone.clicked.connect(self._go_alone)
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
        foot = EvenGrid((2, 1))
        for button in (self._alone, self._cancel):
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.ROOM, Space.SNUG, Space.ROOM, Space.SNUG)
        column.setSpacing(Space.TIGHT)
        column.addLayout(head)
        for part in (self._amount, self._why, self._choices, self._who, self.message):
            column.addWidget(part)
        column.addLayout(foot)

    def ask(self, approval: Approval) -> None:
        """Show the strip and start at the reason; the same question with a complaint goes on where it was."""
        if not self.isHidden() and replace(approval, complaint="") == replace(self._asked, complaint=""):
            self._asked = approval
            if approval.complaint:
                self.complain(approval.complaint)
            return
        self._asked, self._reason, self._named, self._early_badge = approval, "", False, False
        self._what.setText(approval.what)
        self._amount.setText(approval.amount)
        self._amount.setVisible(bool(approval.amount))
        self._alone.rename(approval.alone)
        self._alone.setVisible(bool(approval.alone))
        self._person.clear()
        hinted(self._person, say("Name or badge"))
        self._pin.clear()
        hinted(self._pin, say("PIN"))
        self.message.clear()
        self.show()
        self._show_step()
        asked = together((approval.what, approval.amount))
        announce(self, together((asked, self._why.said), ". "), urgent=True)

    def complain(self, words: str) -> None:
        """The second person was not accepted: say why, and ask for the PIN again."""
        self._pin.clear()
        self._pin.setFocus(Qt.FocusReason.OtherFocusReason)
        self.message.say(words, Tone.BAD)

    def _show_step(self) -> None:
        asks_reason = bool(self._asked.reasons) and not self._reason
        asks_person = not asks_reason and self._asked.second_person
        self.setFocus(Qt.FocusReason.OtherFocusReason)  # not a choice that goes: its neighbours would be read aloud
        choices = self._asked.reasons if asks_reason else self._asked.people if asks_person and not self._named else ()
        self._choices.show_words(choices)
        self._why.setText(self._question(asks_reason, asks_person))
        self._who.setVisible(asks_person)
        if choices:
            self._choices.take_focus()
        elif asks_person:
            (self._pin if self._named else self._person).setFocus(Qt.FocusReason.OtherFocusReason)
            bring_into_view(self._pin)
        else:
            self._cancel.setFocus(Qt.FocusReason.OtherFocusReason)

    def _question(self, asks_reason: bool, asks_person: bool) -> str:
        if asks_reason:
            return say("Why? One key.")
        reason = say("{reason}.", reason=self._reason) if self._reason else ""
        who = say("Approved by {who}.", who=self._asked.who_may) if asks_person else ""
        return together((reason, who))

    def _choose(self, words: str) -> None:
        if self._asked.reasons and not self._reason:
            self._reason = words
            if not self._asked.second_person:
                self.approved.emit(words, "", "")
                return
        else:
            self._person.setText(words)
            self._named = True
        self._go_on()

    def _named_one(self) -> None:
        if badge := badge_in(self._person):
            self.approved.emit(self._reason, badge, "")
        elif self._person.text().strip():
            self._named = True
            self._go_on()

    def _go_on(self) -> None:
        """The next step, announced: the focus alone does not say what is asked."""
        self._show_step()
        announce(self, self._why.said)

    def _complete(self) -> None:
        if badge := badge_in(self._pin):
            self.approved.emit(self._reason, badge, "")
        elif self._person.text().strip():
            self.approved.emit(self._reason, self._person_id(), self._pin.text())
        else:
            self._person.setFocus(Qt.FocusReason.OtherFocusReason)

    def _person_id(self) -> str:
        """One of the list by its place, anybody else as typed."""
        typed = self._person.text().strip()
        return str(self._asked.people.index(typed) + 1) if typed in self._asked.people else typed

    def _go_alone(self) -> None:
        if self._reason or not self._asked.reasons:
            self.asked_alone.emit(self._reason)
        else:
            self.message.say("Say why first; then it can be asked for.", Tone.WARN)

    def _tint(self) -> None:
        self._icon.setPixmap(self._look.picture("people", self._look.palette.warn, 28))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit chooses, 0 goes alone, letters begin a name, Esc leaves; nothing else gets through to the page."""
        sign = event.text()
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif self._early_badge or (begins_badge(sign) and not self._who.isVisible()):
            self._pass_over(event)
        elif sign == _ALONE and self._asked.alone:
            self._go_alone()
        elif sign and sign.isdecimal():
            self._choices.choose(int(sign))
        elif sign.isprintable() and sign and self._who.isVisible():
            self._person.setFocus(Qt.FocusReason.OtherFocusReason)
            self._person.insert(sign)
        elif event.key() in _ENTER or event.key() < Qt.Key.Key_Escape:
            event.accept()
        else:
            super().keyPressEvent(event)

    def _pass_over(self, event: QKeyEvent) -> None:
        """A badge before the reason: its digits choose nothing, and at its end the reason is asked for."""
        self._early_badge = event.key() not in _ENTER
        if self._early_badge:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._show_step()
            self.message.say(say("First the reason, then the badge."), Tone.WARN)


class _Choices(QWidget):
    """Words to choose one of, each on a button with its digit."""

    chosen = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._grid = EvenGrid((4, 3, 2, 1), parent=self)
        self._words: tuple[str, ...] = ()
        self._buttons: list[ActButton] = []

    def show_words(self, words: Sequence[str]) -> None:
        """Show these and no other."""
        words = tuple(words[:_MOST_CHOICES])
        if words != self._words:
            for button in self._buttons:
                self._grid.removeWidget(button)
                button.setParent(None)
                button.deleteLater()
            self._words = words
            self._buttons = [self._button(place, each) for place, each in enumerate(words, 1)]
            self._order_tabs()
        self.setVisible(bool(words))

    def _order_tabs(self) -> None:
        """A new button would come last in the window; Qt puts it after nothing that Tab does not reach."""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        last: QWidget = self
        for button in self._buttons:
            self.setTabOrder(last, button)
            last = button
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _button(self, place: int, words: str) -> ActButton:
        button = ActButton(self._look, words, str(place))
        button.clicked.connect(lambda: self.chosen.emit(words))
        self._grid.addWidget(button)
        button.show()  # now, not when the layout comes to it: only what is shown can take the focus
        return button

    def choose(self, place: int) -> None:
        """Take the one of that digit, if there is one in view."""
        if self.isVisible() and 0 < place <= len(self._words):
            self.chosen.emit(self._words[place - 1])

    def take_focus(self) -> None:
        """Start at the first."""
        self._buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)
