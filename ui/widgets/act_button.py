"""A button that shows its act and, quieter beside it, the key that does the same."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from ui.look import Look
from ui.reading import named
from ui.theme import Size, Space


class ActButton(QPushButton):
    """`primary` is the one act that the page leads to."""

    def __init__(self, look: Look, words: str, key: str = "", icon: str = "", primary: bool = False) -> None:
        super().__init__()
        self._look, self._words, self._key, self._icon, self._primary = look, words, key, icon, primary
        self.setProperty("primary", "true" if primary else "false")
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        named(self, words, key)
        look.changed.connect(self.updateGeometry)

    def rename(self, words: str) -> None:
        """Other words for the same key."""
        self._words = words
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    def set_key(self, key: str) -> None:
        """Another key for the same place."""
        self._key = key
        named(self, self._words, key)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Room for icon, words and key on one line."""
        body, small = QFontMetrics(self._look.font(Size.BODY)), QFontMetrics(self._look.font(Size.SMALL))
        wide = body.horizontalAdvance(self._words) + small.horizontalAdvance(self._key) + self._icon_room()
        return QSize(wide + 2 * Space.ROOM + (Space.SNUG if self._key else 0), body.height() + 2 * Space.SNUG)

    def minimumSizeHint(self) -> QSize:
        """As much as its words need: a button is never cut."""
        return self.sizeHint()

    def _icon_room(self) -> int:
        return self._look.theme.pixels(24) + Space.TIGHT if self._icon else 0

    def paintEvent(self, event: QPaintEvent) -> None:
        """The sheet draws the frame; icon, words and key go on top."""
        super().paintEvent(event)
        colours, painter = self._look.palette, QPainter(self)
        on_accent = self._primary and self.isEnabled()
        ink = colours.on_accent if on_accent else colours.ink if self.isEnabled() else colours.quiet
        area = self.rect().adjusted(Space.ROOM, 0, -Space.ROOM, 0)
        if self._icon:
            side = self._look.theme.pixels(24)
            painter.drawPixmap(area.left(), (self.height() - side) // 2, self._look.picture(self._icon, ink, 24))
        painter.setPen(QColor(ink))
        painter.setFont(self._look.font(Size.BODY))
        left = area.left() + self._icon_room()
        words = QRect(left, 0, area.right() - left + 1, self.height())
        painter.drawText(words, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), self._words)
        painter.setPen(QColor(ink if on_accent else colours.quiet))
        painter.setFont(self._look.font(Size.SMALL))
        painter.drawText(area, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), self._key)
