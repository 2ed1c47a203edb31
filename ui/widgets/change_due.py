"""The change to hand over, as large as the place allows; it stays until the next scan or key."""

from PySide6.QtWidgets import QFrame, QVBoxLayout

from counter_app.domain.said import say, together
from counter_app.screens.views import Change
from ui.look import Look
from ui.reading import announce, named
from ui.theme import Size, Space
from ui.widgets.figure import Figure
from ui.widgets.rows import RowList, in_one_breath
from ui.widgets.scrolled import expand
from ui.widgets.words import Words


class ChangeDue(QFrame):
    """A card in the accent colour; announced when it appears."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._title = Words("", Size.LEAD, strong=True)
        self._figure = Figure(look, say("Change due"), Size.TOTAL, on_accent=True)
        self._receipt, self._oops = Words(size=Size.BODY, strong=True), Words(size=Size.SMALL, tone="quiet")
        self._pieces = RowList(look, say("Pieces to hand out"))
        self._shown: Change | None = None
        named(self, say("Payment done"))
        expand(self)
        card = QFrame()
        card.setProperty("change", "true")
        inner = QVBoxLayout(card)
        inner.setContentsMargins(Space.WIDE, Space.WIDE, Space.WIDE, Space.WIDE)
        inner.addWidget(self._title)
        inner.addWidget(self._figure)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.ROOM)
        column.addWidget(card)
        column.addWidget(self._receipt)
        column.addWidget(self._oops)
        column.addWidget(self._pieces, 1)
        column.addStretch(0)

    def show_change(self, change: Change) -> None:
        """Show and announce what came of the payment; the same again is not announced."""
        if change == self._shown and self.isVisible():
            return
        self._shown = change
        self._title.setText(change.title)
        self._figure.rename(change.title)
        self._figure.show_amount(change.amount)
        self._receipt.setText(change.receipt)
        self._oops.setText(change.oops)
        self._pieces.show_rows(change.pieces, at=None)
        self._pieces.setVisible(bool(change.pieces))
        said = (together((change.title, change.amount)), *map(in_one_breath, change.pieces), change.receipt)
        announce(self, together(said, ". "), urgent=True)
