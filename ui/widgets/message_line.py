"""One sentence beside a field: what is wrong, or what just happened; with an icon, a colour, and spoken aloud."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from counter_app.screens.views import Tone
from ui.look import Look
from ui.reading import announce
from ui.theme import Size, Space
from ui.widgets.words import Words

FLASH_MS = 160
_ICONS = {Tone.PLAIN: "info", Tone.ACCENT: "info", Tone.GOOD: "good", Tone.WARN: "warn", Tone.BAD: "bad"}


class MessageLine(QWidget):
    """Takes no room while it has nothing to say."""

    def __init__(self, look: Look, size: Size = Size.BODY) -> None:
        super().__init__()
        self._look, self._tone = look, Tone.PLAIN
        self._icon, self._words = QLabel(), Words(size=size)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.TIGHT)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        self._flashing = QTimer(self)
        self._flashing.setSingleShot(True)
        self._flashing.setInterval(FLASH_MS)
        self._flashing.timeout.connect(self._tint)
        self.hide()
        look.changed.connect(self._tint)

    def say(self, words: str, tone: Tone = Tone.BAD) -> None:
        """Show and announce a sentence; an empty one clears the line."""
        if not words:
            self.clear()
            return
        if self.isVisible() and (words, tone) == (self._words.said, self._tone):
            return
        self._tone = tone
        self._words.setText(words)
        self._tint()
        self.show()
        announce(self, words, urgent=tone is Tone.BAD)

    def flash(self) -> None:
        """Its sign goes out for a moment: the same sentence again is seen as well as heard."""
        self._icon.setPixmap(QPixmap())
        self._flashing.start()

    @property
    def is_flashing(self) -> bool:
        """Whether its sign is out just now."""
        return self._flashing.isActive()

    def clear(self) -> None:
        """Have nothing to say."""
        self._words.setText("")
        self.hide()

    def text(self) -> str:
        """What it says now."""
        return self._words.text()

    def _tint(self) -> None:
        self._words.tint(self._tone if self._tone is not Tone.PLAIN else "quiet")
        self._icon.setPixmap(self._look.picture(_ICONS[self._tone], self._look.colour(self._tone).name(), 24))
