"""Taking money: what is due, what was handed over so far, quick cash in fixed places, tender keys, and the finish."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from counter_app.domain.said import say
from counter_app.screens.keys import Intent, key_of
from counter_app.screens.views import QuickCash, TenderView
from ui.look import Look
from ui.reading import named, switch
from ui.theme import Size, Space
from ui.widgets.act_button import ActButton
from ui.widgets.figure import Figure
from ui.widgets.flow import EvenGrid
from ui.widgets.message_line import MessageLine
from ui.widgets.rows import RowList
from ui.widgets.scrolled import expand
from ui.widgets.words import Words

_KINDS = (Intent.CASH, Intent.CHECK, Intent.CARD, Intent.MONEY_ORDER)
_HINT_UP_TO = 125
QUICK_PLACES = 7
"""Fixed places, in this order: exact, next $1, next $5, next $10, $20, $50, $100."""


class TenderPanel(QWidget):
    """`intent(Intent)` for a tender or finish button, `quick(cents)` for a quick-cash one."""

    intent = Signal(str)
    quick = Signal(int)

    def __init__(self, look: Look) -> None:
        super().__init__()
        named(self, say("Tender"))
        expand(self)
        self._look = look
        self._due_name = Words(say("Still due"), Size.LEAD, "quiet")
        self._due = Figure(look, say("Still due"), Size.FIGURE)
        self.message = MessageLine(look)
        self.tenders = RowList(look, say("Handed over so far"))
        self._hint = Words(size=Size.SMALL, tone="quiet")
        self._choices: tuple[QuickCash, ...] = ()
        self._quick = [ActButton(look, "") for _ in range(QUICK_PLACES)]
        self._kinds = {kind: ActButton(look, key_of(kind).words, key_of(kind).label, kind.value) for kind in _KINDS}
        self._finish = ActButton(look, say("Finish"), key_of(Intent.FINISH).label, "receipt", primary=True)
        self._lay_out()
        look.changed.connect(self._fit)
        self._fit()
        for place, button in enumerate(self._quick):
            button.clicked.connect(lambda _=False, place=place: self.quick.emit(self._choices[place].cents))
        for kind, button in self._kinds.items():
            button.clicked.connect(lambda _=False, kind=kind: self.intent.emit(kind.value))
        self._finish.clicked.connect(lambda: self.intent.emit(Intent.FINISH.value))

    def _lay_out(self) -> None:
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.SNUG)
        due = QHBoxLayout()
        due.setContentsMargins(Space.ROOM, 0, Space.ROOM, 0)
        due.addWidget(self._due_name)
        due.addWidget(self._due, 1)
        column.addLayout(due)
        column.addWidget(self.tenders, 1)
        column.addWidget(self.message)
        column.addWidget(self._hint)
        self._places = _Places(look=self._look, buttons=self._quick)
        self._place_of_places = column.count()
        column.addWidget(self._places)
        kinds = EvenGrid((3, 2, 1), spans=(1, 1, 1, 3))
        for button in self._kinds.values():
            kinds.addWidget(button)
        column.addLayout(kinds)
        column.addWidget(self._finish)

    def _fit(self) -> None:
        """At a large zoom the tender keys come first, and what has nothing to say makes room for them."""
        large = self._look.theme.zoom > _HINT_UP_TO
        self._hint.setVisible(not large)
        self.tenders.setVisible(not large or bool(self.tenders.rows))
        self._column.removeWidget(self._places)
        self._column.insertWidget(self._column.count() if large else self._place_of_places, self._places)

    def show_tender(self, view: TenderView) -> None:
        """Show the payment so far; what is still due is announced when it changes."""
        self._due_name.setText(view.due_name)
        self._due.rename(view.due_name)
        self._due.show_amount(view.due, view.tone, say=True)
        self.tenders.show_rows(view.tenders, at=None)
        self.tenders.setVisible(self._look.theme.zoom <= _HINT_UP_TO or bool(view.tenders))
        self._hint.setText(view.hint)
        self._choices = view.quick[:QUICK_PLACES]
        for place, button in enumerate(self._quick):
            choice = self._choices[place] if place < len(self._choices) else None
            _keep_place(button, choice is not None)
            button.setVisible(choice is not None and bool(choice.words))
            if choice is not None:
                button.rename(choice.words)
                button.set_key(choice.key)
        off = dict(view.off)
        for kind, button in self._kinds.items():
            switch(button, off.get(kind, ""))
        switch(self._finish, view.cannot_finish)


class _Places(QWidget):
    """Quick cash in its fixed places; an empty one is a hollow, so that the others are found where they were."""

    def __init__(self, look: Look, buttons: Sequence[ActButton]) -> None:
        super().__init__()
        self._look, self._buttons = look, buttons
        grid = EvenGrid((4, 2), spans=(2,), parent=self)
        for button in buttons:
            grid.addWidget(button)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The hollows."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._look.palette.raised))
        for button in self._buttons:
            if not button.isVisible() and button.sizePolicy().retainSizeWhenHidden():
                painter.drawRoundedRect(button.geometry().adjusted(2, 2, -2, -2), 8, 8)


def _keep_place(button: ActButton, kept: bool) -> None:
    """Whether the button's place stays its own while it is hidden."""
    policy = button.sizePolicy()
    policy.setRetainSizeWhenHidden(kept)
    button.setSizePolicy(policy)
