"""The change to hand over, as large as the place allows; it stays until the next scan or key."""

from dataclasses import dataclass

from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout

from ui.look import Look
from ui.reading import announce, named
from ui.theme import Size, Space
from ui.widgets.figure import Figure
from ui.widgets.rows import Row, RowList
from ui.widgets.words import Words


@dataclass(frozen=True, slots=True)
class Change:
    """What is shown after a payment: `amount` as text, the receipt, its quiet way back, and the pieces to hand out."""

    amount: str
    title: str = "Change due"
    receipt: str = ""
    oops: str = ""
    pieces: tuple[Row, ...] = ()


class ChangeDue(QFrame):
    """A card in the accent colour; announced when it appears."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._title = Words("", Size.LEAD, strong=True)
        self._figure = Figure(look, "Change due", Size.TOTAL, on_accent=True)
        self._receipt, self._oops = Words(size=Size.BODY, strong=True), Words(size=Size.SMALL, tone="quiet")
        self._pieces = RowList(look, "Pieces to hand out")
        named(self, "Payment done")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
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
        """Show and announce what came of the payment."""
        self._title.setText(change.title)
        self._figure.rename(change.title)
        self._figure.show_amount(change.amount)
        self._receipt.setText(change.receipt)
        self._oops.setText(change.oops)
        self._pieces.show_rows(change.pieces, at=None)
        self._pieces.setVisible(bool(change.pieces))
        announce(self, f"{change.title} {change.amount}. {change.receipt}", urgent=True)
