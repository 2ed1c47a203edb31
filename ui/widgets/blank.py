"""A place that is empty for now, and calm about it: a picture, and beneath it what will bring something here."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ui.look import Look
from ui.theme import Size, Space
from ui.widgets.scrolled import expand
from ui.widgets.words import Words

_ICON, _ICON_UP_TO, _BODY_UP_TO = 56, 125, 125
_MIDDLE = Qt.AlignmentFlag.AlignHCenter


class Blank(QWidget):
    """Takes all the height there is and stands in its middle; at a large zoom the words have it alone."""

    def __init__(self, look: Look, icon: str) -> None:
        super().__init__()
        self._look, self._icon = look, icon
        self._picture, self._words = QLabel(), Words(tone="quiet")
        self._picture.setAlignment(_MIDDLE)
        self._words.setAlignment(_MIDDLE)
        expand(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.WIDE, Space.TIGHT, Space.WIDE, Space.TIGHT)
        column.setSpacing(Space.ROOM)
        column.addStretch(2)
        column.addWidget(self._picture)
        column.addWidget(self._words)
        column.addStretch(3)
        look.changed.connect(self._fit)
        self._fit()

    def say(self, words: str) -> None:
        """What to do about it."""
        self._words.setText(words)

    def _fit(self) -> None:
        zoom = self._look.theme.zoom
        self._picture.setVisible(zoom <= _ICON_UP_TO)
        self._picture.setPixmap(self._look.picture(self._icon, self._look.palette.edge, _ICON))
        self._words.rescale(Size.BODY if zoom <= _BODY_UP_TO else Size.SMALL)
