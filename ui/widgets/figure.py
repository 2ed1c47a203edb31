"""A large amount in tabular figures that shrinks to its place before it is ever cut: totals and change."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from counter_app.domain.said import together
from counter_app.screens.views import Tone
from ui.look import Look
from ui.reading import announce, named
from ui.spoken import spoken
from ui.theme import Size

_LEAST_POINTS, _LEAST_WIDE = 20.0, 80


class Figure(QLabel):
    """Shows one amount as text. `tone` colours it; `on_accent` is for a figure that lies on the accent colour."""

    def __init__(self, look: Look, name: str, size: Size = Size.TOTAL, on_accent: bool = False) -> None:
        super().__init__()
        self._look, self._size, self._on_accent = look, size, on_accent
        self._name, self._amount, self._tone = name, "", Tone.PLAIN
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.updateGeometry)

    def show_amount(self, text: str, tone: Tone = Tone.PLAIN, say: bool = False) -> None:
        """Show an amount ("$84.12"); `say` has it announced."""
        self._tone = tone
        if text != self._amount:
            if len(text) != len(self._amount):
                self.updateGeometry()
            self._amount = text
            self.say_again()
            if say:
                announce(self, self.said)
        self.update()

    def rename(self, name: str) -> None:
        """What the amount is, for those who hear it."""
        self._name = name
        named(self, self.said)

    def say_again(self) -> None:
        """The same in another language."""
        self.setText(spoken(self._amount))
        named(self, self.said)

    @property
    def said(self) -> str:
        """Name and amount, for a screen reader."""
        return together((self._name, self._amount), ": ")

    def as_text(self) -> str:
        """Name and amount as a line of text."""
        return spoken(self.said)

    def drawn_font(self) -> QFont:
        """The font at the size that fits the present width."""
        font = self._look.font(self._size, QFont.Weight.DemiBold)
        wide = QFontMetrics(font).horizontalAdvance(self.text())
        if wide > self.width() > 0:
            font.setPointSizeF(max(_LEAST_POINTS, font.pointSizeF() * self.width() / wide * 0.99))
        return font

    def sizeHint(self) -> QSize:
        """As tall as the full size, as wide as its amount."""
        metrics = QFontMetrics(self._look.font(self._size, QFont.Weight.DemiBold))
        return QSize(max(_LEAST_WIDE, metrics.horizontalAdvance(self.text()) + 2), metrics.height())

    def minimumSizeHint(self) -> QSize:
        """May become narrow: it shrinks."""
        return QSize(_LEAST_WIDE, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the amount, flush right."""
        painter = QPainter(self)
        painter.setFont(self.drawn_font())
        colour = QColor(self._look.palette.on_accent) if self._on_accent else self._look.colour(self._tone)
        painter.setPen(colour)
        flags = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(QRect(0, 0, self.width(), self.height()), flags, self.text())
