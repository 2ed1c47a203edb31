"""Closing the own drawer, blind: the count, and a sentence when it is done."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget

from counter_app.domain.said import say
from counter_app.screens.close_drawer import CloseDrawer
from ui.keeping import Keeping
from ui.look import Look
from ui.pages.counting import CountingPart
from ui.reading import announce, named
from ui.theme import Size, Space
from ui.widgets.card import Card
from ui.widgets.words import Words


class CloseDrawerPage(QWidget):
    """`closed()` when the count is locked."""

    closed = Signal()

    def __init__(self, look: Look, screen: CloseDrawer) -> None:
        super().__init__()
        named(self, say("Close a drawer"))
        self._screen = screen
        self._look = look
        self._count, self._done, self._icon = CountingPart(look), Words(size=Size.TITLE), QLabel()
        self._faces = QStackedWidget()
        self._lay_out()
        self.keeping = Keeping(screen.keep_place, self)
        self._count.so_far.connect(lambda count: self._keep(lambda: screen.so_far(count)))
        self._count.cash.connect(lambda count: self._after(lambda: screen.cash(count)))
        self._count.check.connect(lambda typed: self._after(lambda: screen.check(typed)))
        self._count.check_removed.connect(lambda place: self._after(lambda: screen.remove_check(place)))
        self._count.cards.connect(lambda typed: self._after(lambda: screen.cards(typed)))
        self._count.back.connect(lambda: self._after(screen.back))
        self._count.locked.connect(self._close)
        self._draw()

    def _lay_out(self) -> None:
        card = named(Card(), say("Close a drawer"))
        card.column.addStretch(2)
        for part in (self._icon, self._done, Words(say("F12 hands the window to the next person."), tone="quiet")):
            if isinstance(part, QLabel):
                part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            card.column.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        card.column.addStretch(3)
        self._faces.addWidget(self._count)
        self._faces.addWidget(card)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.ROOM, Space.ROOM, Space.ROOM, Space.TIGHT)
        column.addWidget(self._faces)

    @property
    def is_counting(self) -> bool:
        """Whether a count is under way that must not be thrown away."""
        return self._screen.view.counting is not None

    def _draw(self) -> None:
        view = self._screen.view
        self._faces.setCurrentIndex(0 if view.counting else 1)
        if view.counting:
            self._count.show_count(view.counting)
        self._done.setText(view.done or view.off)
        self._icon.setPixmap(self._look.picture("good", self._look.palette.good, 64))

    def _after(self, step: Callable[[], object]) -> None:
        self._keep(step)
        self._draw()

    def _keep(self, step: Callable[[], object]) -> None:
        step()
        self.keeping.touched()

    def _close(self) -> None:
        self._after(self._screen.close)
        if self._screen.view.done:
            announce(self, self._screen.view.done)
            self.closed.emit()

    def setFocus(self, _reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """The count takes what is typed."""
        if self.is_counting:
            self._count.setFocus()
