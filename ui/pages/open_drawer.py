"""Opening a drawer: which one, and its float counted piece by piece."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from counter_app.domain.said import say
from counter_app.screens.open_drawer import OpenDrawer
from ui.look import Look
from ui.reading import named, switch
from ui.theme import Space
from ui.widgets.act_button import ActButton
from ui.widgets.card import Card
from ui.widgets.count_grid import CountGrid
from ui.widgets.message_line import MessageLine
from ui.widgets.rows import RowList
from ui.widgets.scrolled import scrolled
from ui.widgets.words import Words

_BESIDE_UP_TO = 125


class OpenDrawerPage(QWidget):
    """`opened(words)` when the day can begin."""

    opened = Signal(object)

    def __init__(self, look: Look, screen: OpenDrawer) -> None:
        super().__init__()
        named(self, say("Open a drawer"))
        self._screen = screen
        self._drawers = RowList(look, say("Drawers"), say("Enter takes the marked one and goes on to its float."))
        self._grid, self._message = CountGrid(look, say("Float")), MessageLine(look)
        self._open = ActButton(look, say("Open the drawer"), "Enter", icon="drawer", primary=True)
        self._look = look
        self._lay_out()
        look.changed.connect(self._fit)
        self._fit()
        self._drawers.moved.connect(self._mark)
        self._drawers.chosen.connect(self._choose)
        self._grid.finished.connect(self._finish)
        self._open.clicked.connect(self._finish)
        self._draw()

    def _lay_out(self) -> None:
        left, right = Card(say("Drawer")), Card(say("Count its float"))
        left.column.addWidget(self._drawers, 1)
        before = Words(say("Every piece in it, before the first payment."), tone="quiet")
        for part in (before, self._grid, self._message):
            right.column.addWidget(part)
        right.column.addStretch(1)
        right.column.addWidget(self._open)
        self._across = QHBoxLayout()
        self._across.setSpacing(Space.ROOM)
        self._across.addWidget(left, 1)
        self._across.addWidget(scrolled(right))
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.ROOM, Space.ROOM, Space.ROOM, Space.TIGHT)
        column.addLayout(self._across)

    def _fit(self) -> None:
        """At a large zoom the pieces stand in one column, and the drawers' names need the room."""
        self._across.setStretch(1, 3 if self._look.theme.zoom <= _BESIDE_UP_TO else 1)

    def _draw(self) -> None:
        view = self._screen.view
        self._drawers.show_rows(view.drawers, view.marked)
        self._message.say(view.message.words or view.off, view.message.tone)
        switch(self._open, view.off)

    def _mark(self, place: int) -> None:
        self._screen.choose(place)

    def _choose(self, place: int) -> None:
        self._screen.choose(place)
        self._draw()
        self._grid.setFocus(Qt.FocusReason.TabFocusReason)

    def _finish(self) -> None:
        count = self._grid.count()
        if count is None:
            self._grid.complain()
        elif self._screen.finish(count):
            self.opened.emit(self._screen.view.message.words)
        else:
            self._draw()

    def setFocus(self, _reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """It begins with the drawer."""
        self._drawers.setFocus(Qt.FocusReason.OtherFocusReason)
