"""One found thing in full: facts, warnings in plain words, and the rows that can be taken from it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLayout, QVBoxLayout, QWidget

from counter_app.domain.said import say
from counter_app.screens.views import ItemView, Tone
from ui.look import Look
from ui.theme import Size, Space
from ui.widgets.message_line import MessageLine
from ui.widgets.rows import RowList
from ui.widgets.scrolled import expand
from ui.widgets.words import Words

_BESIDE_UP_TO = 125
"""Percent of zoom beyond which a value stands beneath its name."""


class ItemPanel(QWidget):
    """An account, a receipt, a choice by one key."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._shown: ItemView | None = None
        self._title, self._hint = Words(size=Size.LEAD, strong=True), Words(size=Size.SMALL, tone="quiet")
        self._facts, self._warnings = FactGrid(look), QVBoxLayout()
        self._warnings.setSpacing(Space.HAIR)
        self.list = RowList(look, say("What can be taken"), say("Enter takes the marked one."))
        expand(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.SNUG)
        column.addWidget(self._title)
        column.addLayout(self._warnings)
        column.addWidget(self._facts)
        column.addWidget(self.list, 1)
        column.addStretch(0)
        column.addWidget(self._hint)

    def show_view(self, view: ItemView) -> None:
        """Show it; warnings are announced when they are new, not at every key."""
        if self._shown is None or (view.title, view.warnings) != (self._shown.title, self._shown.warnings):
            self._warn(view.warnings)
        self._shown = view
        self._title.setText(view.title)
        self._facts.show_facts(view.facts, dense=view.dense)
        self.list.show_rows(view.rows, view.marked)
        self.list.setVisible(bool(view.rows))
        self._hint.setText(view.hint)

    def _warn(self, warnings: tuple[str, ...]) -> None:
        _empty(self._warnings)
        for words in warnings:
            line = MessageLine(self._look)
            self._warnings.addWidget(line)
            line.say(words, Tone.WARN)


class FactGrid(QWidget):
    """Pairs of a quiet name and a value: beside each other, or beneath at a large zoom."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._facts: tuple[tuple[str, str], ...] = ()
        self._dense = False
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(Space.ROOM)
        self._grid.setVerticalSpacing(Space.HAIR)
        self._grid.setColumnStretch(1, 1)
        look.changed.connect(self._again)

    def show_facts(self, facts: tuple[tuple[str, str], ...], *, dense: bool = False) -> None:
        """Show other pairs, set small when they are many."""
        if (facts, dense) != (self._facts, self._dense):
            self._facts, self._dense = facts, dense
            self._again()
        self.setVisible(bool(facts))

    def _again(self) -> None:
        _empty(self._grid)
        beside = self._look.theme.zoom <= _BESIDE_UP_TO
        for row, (name, value) in enumerate(self._facts):
            label = Words(name, Size.BODY if beside and not self._dense else Size.SMALL, "quiet")
            self._grid.addWidget(label, row if beside else 2 * row, 0, 1, 1 if beside else 2)
            text = Words(value, Size.SMALL if self._dense else Size.BODY)
            self._grid.addWidget(text, row if beside else 2 * row + 1, int(beside), 1, 1 if beside else 2)
            self._grid.setAlignment(label, Qt.AlignmentFlag.AlignTop)


def _empty(layout: QLayout) -> None:
    while (old := layout.takeAt(0)) is not None:
        gone = old.widget()
        if gone is not None:
            gone.setParent(None)
            gone.deleteLater()
