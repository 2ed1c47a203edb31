"""The denomination grid: count a drawer piece by piece, by keyboard alone, blind: it knows nothing of what is expected.

A field takes pieces (`12`), rolls or straps (`3r`, `2s`; added to loose ones as `2s+12`), or an amount (`$240`).
"""

import re
from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from counter_app.domain.count import COINS, MOST_PIECES, NOTES, Count, piece_cents, piece_name, total
from counter_app.domain.money import Cents, parse_dollars, usd
from counter_app.domain.refused import Refused
from counter_app.domain.said import say
from ui.look import Look
from ui.reading import named
from ui.theme import Size, Space
from ui.widgets.figure import Figure
from ui.widgets.flow import EvenGrid
from ui.widgets.message_line import MessageLine
from ui.widgets.scrolled import bring_into_view
from ui.widgets.words import Words, restyle

PACKS: Mapping[str, int] = {
    **dict.fromkeys(NOTES, 100), "1": 50, "5": 40, "10": 50, "25": 40, "50": 20, "100c": 25,
}  # fmt: skip
"""Pieces in a strap of notes or a roll of coin, as banks hand them out (Federal Reserve Financial Services)."""
_WALK = (*reversed(NOTES), *reversed(COINS))
"""The order in which a drawer is counted: notes, largest first, then coin."""
_MOST_WIDE, _NAME_WIDE, _WORTH_WIDE, _HINT_UP_TO = 760, 92, 104, 125
_PART = re.compile(r"(\d{1,7})([rs]?)", re.IGNORECASE)
_HINT = say("Pieces, or 2s for straps, 3r for rolls, 2s+12 together, $240 for an amount. Enter goes on, arrows walk.")


class CountGrid(QWidget):
    """`changed(total cents)` at every key that makes sense, `finished()` on Enter in the last field.

    A `narrow` one shows no amount beside each field, so that notes and coin stand side by side in half a window.
    """

    changed = Signal(int)
    finished = Signal()

    def __init__(self, look: Look, name: str = say("Cash count"), narrow: bool = False) -> None:
        super().__init__()
        named(self, name)
        self._grids: list[QGridLayout] = []
        self._look, self._narrow, self._hint = look, narrow, Words(_HINT, Size.SMALL, "quiet")
        self._fields = {
            piece: named(_PieceEdit(piece), say("{piece}, pieces", piece=piece_name(piece)), tells=_HINT)
            for piece in _WALK
        }
        self._worth = {piece: Words("", Size.SMALL, "quiet", wrap=False) for piece in _WALK}
        self.total_figure = Figure(look, say("Counted so far"), Size.FIGURE)
        self.message = MessageLine(look)
        self._lay_out()
        for piece, field in self._fields.items():
            field.textEdited.connect(lambda _, piece=piece: self._typed(piece))
            field.walked.connect(lambda to, piece=piece: self._walk(piece, to))
        self.setFocusProxy(self._fields[_WALK[0]])
        look.changed.connect(self._fit)
        self._fit()
        self.set_count({})

    def _lay_out(self) -> None:
        columns = EvenGrid((2, 1))
        for pieces in (tuple(reversed(NOTES)), tuple(reversed(COINS))):
            half = QWidget()
            grid = QGridLayout(half)
            grid.setContentsMargins(0, 0, Space.SNUG, 0)
            grid.setVerticalSpacing(Space.HAIR)
            grid.setHorizontalSpacing(Space.TIGHT)
            self._grids.append(grid)
            grid.setColumnStretch(1, 1)
            grid.setColumnStretch(2, 0 if self._narrow else 1)
            for row, piece in enumerate(pieces):
                self._worth[piece].setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                grid.addWidget(Words(piece_name(piece), strong=True), row, 0)
                grid.addWidget(self._fields[piece], row, 1)
                grid.addWidget(self._worth[piece], row, 2)
            grid.setRowStretch(len(pieces), 1)
            columns.addWidget(half)
        sum_row = QHBoxLayout()
        sum_row.addWidget(Words(say("Counted so far"), Size.LEAD, "quiet"))
        sum_row.addWidget(self.total_figure, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.SNUG)
        column.addLayout(columns)
        column.addWidget(self._hint)
        column.addWidget(self.message)
        column.addLayout(sum_row)
        column.addStretch(1)

    def _fit(self) -> None:
        """At a large zoom the hint makes room, so that fields and sum are seen together; each field still tells it.

        Where there is room for it, an amount has its place before it is there: nothing moves under the hands that
        count.
        """
        theme, roomy = self._look.theme, self._look.theme.zoom <= _HINT_UP_TO
        self._hint.setVisible(roomy)
        for worth in self._worth.values():
            across = QSizePolicy.Policy.Ignored if roomy else QSizePolicy.Policy.Preferred
            worth.setSizePolicy(across, QSizePolicy.Policy.Minimum)
            worth.setVisible(not self._narrow)
        for grid in self._grids:
            grid.setColumnMinimumWidth(0, theme.pixels(_NAME_WIDE))
            grid.setColumnMinimumWidth(2, theme.pixels(_WORTH_WIDE) if roomy and not self._narrow else 0)
        self.setMaximumWidth(theme.pixels(_MOST_WIDE))

    def count(self) -> dict[str, int] | None:
        """The pieces counted, zeros left out; None while a field holds what is no count."""
        found: dict[str, int] = {}
        for piece, field in self._fields.items():
            try:
                pieces = pieces_typed(piece, field.text())
            except Refused:
                return None
            if pieces:
                found[piece] = pieces
        return found

    def set_count(self, count: Count) -> None:
        """Put a count in; an empty one clears the grid."""
        for piece, field in self._fields.items():
            field.setText(str(count[piece]) if count.get(piece) else "")
            self._show_worth(piece)
        self._show_total()

    def complain(self) -> None:
        """Say what is wrong with the first field that holds no count, and go there."""
        for piece, field in self._fields.items():
            try:
                pieces_typed(piece, field.text())
            except Refused as no:
                self.message.say(str(no))
                field.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def total(self) -> Cents:
        """What the fields that make sense are worth together."""
        return total(self.count() or {})

    def _typed(self, piece: str) -> None:
        self.message.clear()
        self._show_worth(piece)
        self._show_total()
        if self.count() is not None:
            self.changed.emit(self.total())

    def _show_worth(self, piece: str) -> None:
        field = self._fields[piece]
        try:
            pieces, wrong = pieces_typed(piece, field.text()), False
        except Refused:
            pieces, wrong = 0, True
        self._worth[piece].setText(usd(pieces * piece_cents(piece)) if pieces else "")
        if field.property("wrong") != wrong:
            field.setProperty("wrong", wrong)
            restyle(field)

    def _show_total(self) -> None:
        self.total_figure.show_amount(usd(self.total()) if self.count() is not None else "…")

    def _walk(self, piece: str, to: int) -> None:
        """Go to the next (1) or previous (-1) field, or on (0, Enter); Enter does not leave a field that is wrong."""
        field = self._fields[piece]
        try:
            pieces = pieces_typed(piece, field.text())
        except Refused as no:
            if to == 0:
                self.message.say(str(no))
                return
        else:
            if field.text() and field.text() != str(pieces):
                field.setText(str(pieces))
        place = _WALK.index(piece) + (to or 1)
        if place == len(_WALK) and to == 0:
            self.finished.emit()
        elif 0 <= place < len(_WALK):
            self._fields[_WALK[place]].setFocus(Qt.FocusReason.TabFocusReason)
            bring_into_view(self._fields[_WALK[place]])
            self._fields[_WALK[place]].selectAll()


class _PieceEdit(QLineEdit):
    walked = Signal(int)

    def __init__(self, piece: str) -> None:
        super().__init__()
        self.piece = piece
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setMaxLength(12)
        self.setProperty("tight", "true")
        self.setPlaceholderText("0")
        self.setMinimumWidth(76)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and arrows walk."""
        steps = {Qt.Key.Key_Return: 0, Qt.Key.Key_Enter: 0, Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.walked.emit(step)


def pieces_typed(piece: str, text: str) -> int:
    """The pieces that a field's text means; raises Refused with a sentence for what is no count of that piece."""
    text = text.replace(" ", "")
    if not text:
        return 0
    if text.startswith("$"):
        cents = parse_dollars(text)
        if cents % piece_cents(piece):
            raise Refused(say("{amount} is no whole number of {piece}.", amount=usd(cents), piece=piece_name(piece)))
        pieces = cents // piece_cents(piece)
    else:
        pieces = sum(_part(piece, part) for part in text.split("+"))
    if pieces > MOST_PIECES:
        raise Refused(say("{n} pieces of {piece} cannot be right.", n=f"{pieces:,}", piece=piece_name(piece)))
    return pieces


def _part(piece: str, part: str) -> int:
    found = _PART.fullmatch(part)
    if not found:
        raise Refused(
            say(
                "“{typed}” is no count. Type pieces like 12, or 2s for straps, 3r for rolls, $240 for an amount.",
                typed=part,
            )
        )
    return int(found[1]) * (PACKS[piece] if found[2] else 1)
