"""A desk of one list: the box above, its rows at the left, the marked one and what can be done at the right."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from counter_app.domain.said import say
from counter_app.screens.keys import Intent
from counter_app.screens.list_desk import ListDesk, ListDeskView
from ui.look import Look
from ui.reading import hinted, named
from ui.theme import Space
from ui.widgets.box import Box
from ui.widgets.card import Card
from ui.widgets.context_panel import ContextPanel
from ui.widgets.message_line import MessageLine
from ui.widgets.rows import RowList


class ListDeskPage(QWidget):
    """`drawn()` after every step: the status line may have changed."""

    drawn = Signal()
    _share, _share_of_context = 1, 1
    """Of the width, for the list and for what stands beside it."""

    def __init__(self, look: Look, screen: ListDesk) -> None:
        super().__init__()
        named(self, screen.title)
        self._screen = screen
        self.box, self._message = Box(look, screen.hint), MessageLine(look)
        named(self.box, screen.title, "F2", screen.hint)
        self._left, self.context = Card(screen.title), ContextPanel(look)
        self._make_list(look)
        self._lay_out()
        self._connect()
        self.draw()

    def _make_list(self, look: Look) -> None:
        tells = say("Arrows walk; the right side says what can be done.")
        self._rows = RowList(look, self._screen.title, tells)
        self._rows.moved.connect(self._mark)
        self._left.column.addWidget(self._rows, 1)

    def _lay_out(self) -> None:
        halves = QHBoxLayout()
        halves.setSpacing(Space.ROOM)
        halves.addWidget(self._left, self._share)
        halves.addWidget(self.context, self._share_of_context)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.ROOM, Space.ROOM, Space.ROOM, Space.TIGHT)
        column.setSpacing(Space.SNUG)
        column.addWidget(self.box)
        column.addWidget(self._message)
        column.addLayout(halves, 1)

    def _connect(self) -> None:
        screen = self._screen
        self.box.letter = self._letter
        self.box.intent.connect(self.press)
        self.box.moved.connect(lambda by: self._do(lambda: screen.step(by)))
        self.context.row_chosen.connect(lambda place: self._do(lambda: screen.choose(place)))
        self.context.approval.approved.connect(lambda *given: self._do(lambda: screen.approve(*given)))
        self.context.approval.asked_alone.connect(lambda reason: self._do(lambda: screen.ask_alone(reason)))
        self.context.approval.left.connect(lambda: self.press(Intent.LEAVE))

    def press(self, intent: str, typed: str = "") -> None:
        """A key of the desk."""
        self._do(lambda: self._screen.press(intent, typed))

    def draw(self) -> None:
        """Show the desk as it stands, and give the focus to what takes typing."""
        view = self._show_list()
        self.context.show_view(view.context)
        self._message.say(view.message.words, view.message.tone)
        hinted(self.box, view.asks)
        named(self.box, self._screen.title, "F2", self._screen.hint if view.takes_text else view.asks)
        self.box.take_text(view.takes_text)
        self.box.hold(view.box, view.message.tone)
        if not self.context.takes_typing and self.isVisible():  # it may have led on to another desk
            self.box.setFocus(Qt.FocusReason.OtherFocusReason)
        self.drawn.emit()

    def _show_list(self) -> ListDeskView:
        view = self._screen.view
        self._rows.show_rows(view.rows, view.marked)
        return view

    def _do(self, act: Callable[[], object]) -> None:
        act()
        self.draw()

    def _letter(self, sign: str) -> bool:
        taken = self._screen.letter(sign)
        if taken:
            self.draw()
        return taken

    def _mark(self, place: int) -> None:
        if place != self._screen.view.marked:
            self._do(lambda: self._screen.mark(place))

    def setFocus(self, _reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """The box takes the keys, or the field where an approval goes on."""
        inner = self.context.focusWidget() if self.context.takes_typing else None
        (inner or self.box).setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A key that no control of the page wanted is typed into the box, or is the window's."""
        if not self.box.take(event) and (self.context.takes_typing or not self.box.type_on(event)):
            super().keyPressEvent(event)
