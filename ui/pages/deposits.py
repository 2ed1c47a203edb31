"""The supervisor's desk: what goes into the bag, the slip as it will print, and the courier who takes it."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from counter_app.domain.said import say
from counter_app.screens.keys import Intent
from counter_app.screens.make_deposit import MakeDeposit
from ui.keys import intent_of
from ui.look import Look
from ui.reading import named, switch
from ui.theme import Size, Space
from ui.widgets.act_button import ActButton
from ui.widgets.card import Card, Labelled
from ui.widgets.figure import Figure
from ui.widgets.message_line import MessageLine
from ui.widgets.paper_preview import PaperPreview
from ui.widgets.rows import RowList
from ui.widgets.scrolled import scrolled
from ui.widgets.words import Words

_BESIDE_UP_TO = 125
_SUMS = (say("Cash"), say("Checks"), say("Total"))


class DepositsPage(QWidget):
    """`drawn()` after every step. `draw_slip(number)` has a slip drawn elsewhere, which answers with `show_slip`."""

    drawn = Signal()

    def __init__(self, look: Look, screen: MakeDeposit, draw_slip: Callable[[str], object]) -> None:
        super().__init__()
        named(self, say("Deposits"))
        self._look, self._screen, self._draw_slip, self._slip_of = look, screen, draw_slip, ""
        self._drawers = RowList(
            look, say("Verified drawers"), say("Enter takes one out of the bag or puts it in again.")
        )
        self._checks = RowList(look, say("Checks"), say("Enter holds the marked one, with the reason typed below."))
        self._made = RowList(look, say("Deposits made"), say("Enter shows the slip of the marked one."))
        self._reason, self._bag, self._bank, self._courier = QLineEdit(), QLineEdit(), QComboBox(), QLineEdit()
        self._make = ActButton(look, say("Make up the deposit"), "F9", icon="deposit", primary=True)
        self._send = ActButton(look, say("Hand it to the courier"), "F9", icon="people", primary=True)
        named(self._bank, say("Bank account"))
        self._to_bank = Words(tone="quiet")
        self._sums = {name: Figure(look, name, Size.FIGURE if name == "Total" else Size.LEAD) for name in _SUMS}
        self._slip, self._slip_title = PaperPreview(say("Deposit slip")), Words(size=Size.TITLE)
        self._slip_total = Figure(look, say("Total"), Size.FIGURE)
        self._back = ActButton(look, say("Back to the bag"), "Esc")
        self._message, self._faces = MessageLine(look), QStackedWidget()
        self._lay_out()
        self._connect()
        look.changed.connect(self._fit)
        self._fit()
        self.draw()

    def _lay_out(self) -> None:
        left = Card()
        for title, rows, share in ((say("Verified drawers"), self._drawers, 2), (say("Checks"), self._checks, 2)):
            left.column.addWidget(Words(title, Size.LEAD, strong=True))
            left.column.addWidget(rows, share)
        left.column.addWidget(
            Labelled(self._look, say("Why the marked check is held"), self._reason, say("Then Enter."))
        )
        left.column.addWidget(Words(say("Deposits made"), Size.LEAD, strong=True))
        left.column.addWidget(self._made, 2)
        bag = QWidget()
        halves = QHBoxLayout(bag)
        halves.setContentsMargins(0, 0, 0, 0)
        halves.setSpacing(Space.ROOM)
        halves.addWidget(scrolled(left), 1)
        halves.addWidget(scrolled(self._bag_side()), 1)
        self._faces.addWidget(bag)
        self._faces.addWidget(self._slip_face())
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.ROOM, Space.ROOM, Space.ROOM, Space.TIGHT)
        column.setSpacing(Space.SNUG)
        column.addWidget(self._message)
        column.addWidget(self._faces, 1)

    def _bag_side(self) -> QWidget:
        card, sums = Card(say("Into the bag")), QGridLayout()
        for row, name in enumerate(_SUMS):
            sums.addWidget(Words(name, Size.LEAD, "quiet"), row, 0)
            sums.addWidget(self._sums[name], row, 1)
        self._pieces = RowList(self._look, say("Pieces"), calm=True)
        card.column.addWidget(self._pieces, 1)
        card.column.addLayout(sums)
        card.column.addWidget(
            Labelled(self._look, say("Bag number"), self._bag, say("The serial on the bag, typed or scanned."))
        )
        card.column.addWidget(self._to_bank)
        card.column.addWidget(self._bank)
        card.column.addWidget(self._make)
        return card

    def _slip_face(self) -> QWidget:
        card, face = Card(), QWidget()
        courier = Labelled(self._look, say("Who takes the bag"), self._courier, say("A name, then F9."))
        for part in (self._slip_title, self._slip_total, courier, self._send, self._back):
            card.column.addWidget(part)
        card.column.addStretch(1)
        self._across = QHBoxLayout(face)
        self._across.setContentsMargins(0, 0, 0, 0)
        self._across.setSpacing(Space.ROOM)
        self._across.addWidget(self._slip)
        self._across.addWidget(scrolled(card), 2)
        return face

    def _connect(self) -> None:
        screen = self._screen
        self._drawers.chosen.connect(lambda place: self._after(lambda: screen.toggle(place)))
        self._checks.chosen.connect(self._hold_or_release)
        self._reason.returnPressed.connect(self._hold)
        self._made.chosen.connect(lambda place: self._show_slip(screen.view.made[place].key))
        self._bag.textEdited.connect(lambda text: self._after(lambda: screen.bag(text)))
        self._bag.returnPressed.connect(self._make.setFocus)
        self._bank.textActivated.connect(screen.bank)
        self._make.clicked.connect(self._on_make)
        self._send.clicked.connect(self._on_send)
        self._back.clicked.connect(self._leave_slip)
        self._courier.returnPressed.connect(self._send.setFocus)

    def _fit(self) -> None:
        """At a large zoom the paper makes room for the letters beside it."""
        self._across.setStretch(0, 3 if self._look.theme.zoom <= _BESIDE_UP_TO else 1)

    def draw(self) -> None:
        """The bag as it stands."""
        view = self._screen.view
        for rows, shown in (
            (self._drawers, view.drawers), (self._checks, view.checks), (self._pieces, view.pieces),
            (self._made, view.made),
        ):  # fmt: skip
            rows.show_rows(shown, min(rows.marked or 0, len(shown) - 1) if shown else None)
        for name, amount in zip(_SUMS, (view.cash, view.checks_total, view.total), strict=True):
            self._sums[name].show_amount(amount)
        if self._bag.text() != view.bag:
            self._bag.setText(view.bag)
        if [self._bank.itemText(n) for n in range(self._bank.count())] != list(view.banks):
            self._bank.clear()
            self._bank.addItems(list(view.banks))
        self._bank.setCurrentText(view.bank)
        self._bank.setVisible(len(view.banks) > 1)
        self._to_bank.setText(say("To the bank account {bank}", bank=view.bank))
        switch(self._make, view.cannot_make)
        self._message.say(view.message.words, view.message.tone)
        self.drawn.emit()

    def _after(self, step: Callable[[], object]) -> None:
        step()
        self.draw()

    def _hold_or_release(self, place: int) -> None:
        if self._screen.view.checks[place].note:
            self._after(lambda: self._screen.release(place))
        else:
            self._reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _hold(self) -> None:
        place = self._checks.marked
        if place is not None:
            self._after(lambda: self._screen.hold(place, self._reason.text()))
            self._reason.clear()

    def _on_make(self) -> None:
        made = self._screen.make()
        self.draw()
        if made:
            self._show_slip(made)

    def _on_send(self) -> None:
        self._after(lambda: self._screen.send(self._slip_of, self._courier.text()))
        if self._screen.view.message.words.endswith("on its way."):
            self._leave_slip()

    def _show_slip(self, number: str) -> None:
        """The slip is drawn elsewhere: it takes longer than a key may wait."""
        self._slip_of = number
        made = next(row for row in self._screen.view.made if row.key == number)
        self._slip_title.setText(made.title)
        self._slip_total.show_amount(made.amount)
        switch(self._send, "" if made.note == "made" else say("It is {state}.", state=made.note))
        self._slip.show_pages((), say("The slip is being drawn."))
        self._courier.clear()
        self._faces.setCurrentIndex(1)
        self._courier.setFocus(Qt.FocusReason.OtherFocusReason)
        self._draw_slip(number)

    def show_slip(self, number: str, pages: tuple[bytes, ...], words: str) -> None:
        """The pages of a slip as PNG, or none and the sentence that says why."""
        if number == self._slip_of:
            self._slip.show_pages(pages, words)
            if not pages:
                self._message.say(words)

    def _leave_slip(self) -> None:
        self._slip_of = ""
        self._faces.setCurrentIndex(0)
        self._focus_first()

    def _focus_first(self) -> None:
        first = self._courier if self._slip_of else self._bag
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def setFocus(self, _reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Every verified drawer goes in unless it is taken out, so it begins with the bag."""
        self._focus_first()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F9 makes it up or hands it over; Esc leaves a slip."""
        intent = intent_of(event)
        if intent is Intent.FINISH:
            act = self._on_send if self._slip_of else self._on_make  # not the button: what is refused is said
            act()
        elif intent is Intent.LEAVE and self._slip_of:
            self._leave_slip()
        else:
            super().keyPressEvent(event)
