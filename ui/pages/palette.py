"""Ctrl+K: every act with its key; letters narrow the list, Enter does the marked one, what is off says why."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from counter_app.domain.said import say
from counter_app.screens.keys import Intent
from counter_app.screens.palette import Palette
from counter_app.screens.views import Row
from ui.keys import intent_of
from ui.look import Look
from ui.reading import announce, hinted, named
from ui.theme import Space
from ui.widgets.card import Card
from ui.widgets.message_line import MessageLine
from ui.widgets.rows import RowList, in_one_breath


class PalettePage(QWidget):
    """`chosen(act)`: an act's word or `desk:NAME`; `left()` on Esc."""

    chosen = Signal(str)
    left = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        named(self, say("Every command"))
        self._palette: Palette | None = None
        self._row: Row | None = None
        self._box = named(QLineEdit(), say("Command"), "Ctrl+K", say("Letters of an act; arrows walk; Enter does it."))
        hinted(self._box, say("What do you want to do?"))
        self._rows, self._message = RowList(look, say("Commands"), say("Enter does the marked one.")), MessageLine(look)
        card = Card(say("Every command"))
        for part in (self._box, self._message, self._rows):
            card.column.addWidget(part)
        card.column.setStretchFactor(self._rows, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.BROAD, Space.ROOM, Space.BROAD, Space.TIGHT)
        column.addWidget(card)
        self._box.textEdited.connect(self._filter)
        self._box.returnPressed.connect(self._choose)
        self._rows.chosen.connect(self._choose)

    def begin(self, palette: Palette) -> None:
        """Show all of them."""
        self._palette = palette
        self._box.clear()
        self._draw()

    def _draw(self) -> None:
        if self._palette is not None:
            view = self._palette.view
            self._rows.show_rows(view.rows, view.marked)
            self._say_row(view.rows[view.marked] if view.rows else None)
            self._message.say(view.message.words, view.message.tone)

    def _say_row(self, row: Row | None) -> None:
        """The field keeps the focus, so that a row is not read by itself."""
        if row is not None and row != self._row:
            announce(self._rows, in_one_breath(row))
        self._row = row

    def _filter(self, text: str) -> None:
        if self._palette is not None:
            self._palette.filter(text)
            self._draw()

    def _choose(self, place: int | None = None) -> None:
        if self._palette is not None:
            act = self._palette.choose(place)
            self._draw()
            if act:
                self.chosen.emit(act)

    def setFocus(self, _reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Letters narrow the list at once."""
        self._box.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk from the field, Esc leaves."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -6, Qt.Key.Key_PageDown: 6}
        step = steps.get(Qt.Key(event.key()))
        if step is not None and self._palette is not None:
            self._palette.step(step)
            self._draw()
        elif intent_of(event) in (Intent.LEAVE, Intent.COMMANDS):
            self.left.emit()
        else:
            super().keyPressEvent(event)
