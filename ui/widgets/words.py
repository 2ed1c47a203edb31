"""Labels of the type scale: a text of a size, weight and tone, styled by the sheet through properties, never cut."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from counter_app.screens.views import Tone
from ui.spoken import spoken
from ui.theme import Size
from ui.widgets.paragraph import draw, height_of, longest_word, natural_size

_LEAST_LETTERS = 10


class Words(QLabel):
    """A label; with `wrap` it takes the lines that its width makes necessary."""

    def __init__(
        self, text: str = "", size: Size = Size.BODY, tone: str = "", strong: bool = False, wrap: bool = True
    ) -> None:
        super().__init__(spoken(text))
        self.said = text
        self.setProperty("scale", size.value)
        self.setProperty("weight", "strong" if strong else "")
        self.setProperty("tone", tone)
        self.setWordWrap(wrap)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def setText(self, text: str) -> None:
        """Show another text, in the language worn now; `said` is the text as it came."""
        self.said = text
        super().setText(spoken(text))

    def say_again(self) -> None:
        """The same in another language."""
        self.setText(self.said)

    def tint(self, tone: Tone | str) -> None:
        """Another tone."""
        if self.property("tone") != str(tone):
            self.setProperty("tone", str(tone))
            restyle(self)

    def rescale(self, size: Size) -> None:
        """Another step of the type scale."""
        if self.property("scale") != size.value:
            self.setProperty("scale", size.value)
            restyle(self)

    def sizeHint(self) -> QSize:
        """All on one line."""
        self.ensurePolished()
        return natural_size(self.text(), self.font())

    def minimumSizeHint(self) -> QSize:
        """Room for the longest word, or for part of it when it is very long."""
        whole = self.sizeHint()
        if not self.wordWrap():
            return whole
        most = self.fontMetrics().averageCharWidth() * _LEAST_LETTERS
        return QSize(min(longest_word(self.text(), self.font()), most), self.fontMetrics().height())

    def hasHeightForWidth(self) -> bool:
        """Narrower is taller, where it wraps."""
        return self.wordWrap()

    def heightForWidth(self, width: int) -> int:
        """The height of all its lines."""
        self.ensurePolished()
        return height_of(self.text(), self.font(), width)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's own label cuts a word that is wider than its place; this one breaks it."""
        if not self.wordWrap():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        across = self.alignment() & Qt.AlignmentFlag.AlignHorizontal_Mask
        draw(painter, self.text(), self.font(), self.rect(), centred=True, across=across)


def restyle(widget: QWidget) -> None:
    """Have the sheet look at a widget's properties again."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
