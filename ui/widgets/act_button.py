"""A button that shows its act and, quieter beside it, the key that does the same."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from ui.look import Look
from ui.reading import named
from ui.spoken import spoken
from ui.theme import Size, Space
from ui.widgets.paragraph import draw, height_of, longest_word, natural_size

_LEAST_LETTERS, _PAD, _ICON_UP_TO = 10, 11, 150


class ActButton(QPushButton):
    """`primary` is the one act that the page leads to."""

    def __init__(self, look: Look, words: str, key: str = "", icon: str = "", primary: bool = False) -> None:
        super().__init__()
        self._look, self._said, self._key, self._icon, self._primary = look, words, key, icon, primary
        self._words = spoken(words)
        self.setProperty("primary", "true" if primary else "false")
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        named(self, words, key)
        look.changed.connect(self.updateGeometry)

    def rename(self, words: str) -> None:
        """Other words for the same key."""
        if words != self._said:
            self._said = words
            named(self, words, self._key)
            self.say_again()

    def say_again(self) -> None:
        """The same in another language."""
        self._words = spoken(self._said)
        self.updateGeometry()
        self.update()

    def set_key(self, key: str) -> None:
        """Another key for the same place."""
        self._key = key
        named(self, self._said, key)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Room for icon, words and key on one line."""
        words = natural_size(self._words, self._look.font(Size.BODY))
        return QSize(words.width() + self._beside(), words.height() + 2 * Space.SNUG)

    def minimumSizeHint(self) -> QSize:
        """Room for the longest word; the others wrap: a button is never cut."""
        body = self._look.font(Size.BODY)
        longest = min(longest_word(self._words, body), QFontMetrics(body).averageCharWidth() * _LEAST_LETTERS)
        return QSize(longest + self._beside(), self.sizeHint().height())

    def hasHeightForWidth(self) -> bool:
        """Narrower is taller."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As many lines as the words need beside icon and key."""
        return height_of(self._words, self._look.font(Size.BODY), width - self._beside()) + 2 * Space.SNUG

    def _beside(self) -> int:
        small = QFontMetrics(self._look.font(Size.SMALL))
        key = max(small.horizontalAdvance(self._key) + 2 * Space.HAIR, small.height()) if self._key else 0
        return key + (Space.HAIR if self._key else 0) + self._icon_room() + 2 * _PAD

    def _icon_room(self) -> int:
        return self._look.theme.pixels(24) + Space.TIGHT if self._shows_icon else 0

    @property
    def _shows_icon(self) -> bool:
        """At the largest letters the words need its room."""
        return bool(self._icon) and self._look.theme.zoom <= _ICON_UP_TO

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The sheet draws the frame; icon, words and key go on top."""
        super().paintEvent(event)
        colours, painter = self._look.palette, QPainter(self)
        on_accent = self._primary and self.isEnabled()
        ink = colours.on_accent if on_accent else colours.ink if self.isEnabled() else colours.quiet
        area = self.rect().adjusted(_PAD, 0, -_PAD, 0)
        if self._shows_icon:
            side = self._look.theme.pixels(24)
            painter.drawPixmap(area.left(), (self.height() - side) // 2, self._look.picture(self._icon, ink, 24))
        painter.setPen(QColor(ink))
        left = area.left() + self._icon_room()
        words = QRect(left, 0, self.width() - self._beside(), self.height())
        draw(painter, self._words, self._look.font(Size.BODY), words, centred=True)
        self._paint_key(painter, ink if on_accent else colours.quiet, on_accent)

    def _paint_key(self, painter: QPainter, ink: str, on_accent: bool) -> None:
        """The key on a cap at the right."""
        if not self._key:
            return
        font = self._look.font(Size.SMALL)
        metrics = QFontMetrics(font)
        cap = QRect(
            0, 0, max(metrics.horizontalAdvance(self._key) + 2 * Space.HAIR, metrics.height()), metrics.height()
        )
        cap.moveCenter(self.rect().center())
        cap.moveRight(self.width() - _PAD)
        if not on_accent:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self._look.palette.raised))
            painter.drawRoundedRect(cap, 5, 5)
        painter.setPen(QColor(ink))
        painter.setFont(font)
        painter.drawText(cap, int(Qt.AlignmentFlag.AlignCenter), self._key)
