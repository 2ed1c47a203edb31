"""One horizontal bar with its words: what it is, its figure, and a quiet note; read aloud and in reviews as words."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.look import Look
from ui.theme import Size, Space
from ui.widgets.words import Words

_THICK = 18


class _Strip(QWidget):
    """The drawn part alone, `share` (0 to 1) of its width in the accent colour."""

    def __init__(self, look: Look, share: float) -> None:
        super().__init__()
        self._look, self._share = look, share
        look.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(self._look.theme.pixels(_THICK))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A track with an edge, and the bar on it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours, whole = self._look.palette, QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(QColor(colours.edge))
        painter.setBrush(QColor(colours.surface))
        painter.drawRoundedRect(whole, 4, 4)
        if self._share:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.accent))
            painter.drawRoundedRect(
                QRectF(whole.left(), whole.top(), whole.width() * self._share, whole.height()), 4, 4
            )


class Bar(QWidget):
    """Words above, the bar, a note beneath."""

    def __init__(self, look: Look, name: str, figure: str, note: str, share: float) -> None:
        super().__init__()
        above = QHBoxLayout()
        above.setSpacing(Space.ROOM)
        above.addWidget(Words(name, Size.BODY, strong=True), 1)
        above.addWidget(Words(figure, Size.LEAD, strong=bool(share), wrap=False))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.HAIR)
        column.addLayout(above)
        column.addWidget(_Strip(look, share))
        column.addWidget(Words(note, Size.SMALL, "quiet"))
