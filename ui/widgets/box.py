"""The one box of the counter: always focused, takes anything, and tells what was meant by each key.

A digit does not decide by itself: with an amount typed, `/` pays it on the line, F8 takes it as cash, Enter searches.
"""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from counter_app.domain.badge import begins_badge
from counter_app.domain.said import say
from counter_app.screens.keys import Intent, meant
from counter_app.screens.views import Tone
from ui.keys import WINDOW_INTENTS, intent_of
from ui.look import Look
from ui.reading import hinted, named

_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -6, Qt.Key.Key_PageDown: 6}
_WITHOUT_NUMLOCK = frozenset({
    Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Clear, Qt.Key.Key_Insert, Qt.Key.Key_Delete,
})  # fmt: skip
_ICON_SIDE = 26


class Box(QLineEdit):
    """Emits `intent(Intent, typed text)`; it never empties itself, because what was typed may have been refused.

    `letter` is asked about each sign typed into the empty box: whether the screen took it as a choice. `chooses` says
    beforehand whether there is anything to choose by a sign.
    """

    intent = Signal(str, str)
    moved = Signal(int)
    numlock_off = Signal()

    def __init__(self, look: Look, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._last: Intent | None = None
        self.letter: Callable[[str], bool] = lambda _sign: False
        self.chooses: Callable[[], bool] = lambda: False
        self.setProperty("box", "true")
        hinted(self, hint)
        named(self, say("Counter box"), "F2", say("Type or scan a name, address, account, bill, receipt or license."))
        look.changed.connect(self.update)

    def hold(self, text: str, tone: Tone) -> None:
        """Show what the screen says stands here; what was refused is selected, so that the next sign replaces it."""
        if self.text() != text:
            self.setText(text)
        if tone is Tone.BAD:
            self.selectAll()

    def take_text(self, takes: bool) -> None:
        """Without text it is a line that says the keys, and still takes them."""
        if self.isReadOnly() is takes:
            self.setReadOnly(not takes)
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Acts first, then letters."""
        if not self.take(event):
            super().keyPressEvent(event)

    def take(self, event: QKeyEvent) -> bool:
        """Act on a key that is not mere text, also when another control had the focus; False when it was none."""
        intent = intent_of(event)
        if intent in WINDOW_INTENTS:
            event.ignore()
            return True
        intent = intent or self._meant(event)
        self._last = intent
        if intent is not None:
            self.intent.emit(intent.value, self.text().strip())
            event.accept()
            return True
        return self._walk(event) or self._is_choice(event)

    def is_mere_text(self, event: QKeyEvent) -> bool:
        """Whether a sign would only stand here: no act, no choice of the screen's, no badge."""
        begins = not self.text() and (self.chooses() or begins_badge(event.text()))
        return not begins and self._meant(event) is None

    def type_on(self, event: QKeyEvent) -> bool:
        """Continue here with a letter typed while another control had the focus; False when it is no letter."""
        if (
            not event.text().isprintable()
            or not event.text()
            or event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            return False
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.keyPressEvent(event)
        return True

    def _meant(self, event: QKeyEvent) -> Intent | None:
        typed = self.text().strip()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return Intent.SEARCH if typed else Intent.PROCEED
        is_pad = bool(event.modifiers() & Qt.KeyboardModifier.KeypadModifier)
        if event.key() == Qt.Key.Key_Delete and not self.text() and not is_pad:
            return Intent.REMOVE_LINE
        return meant(event.text(), typed, self._last)

    def _is_choice(self, event: QKeyEvent) -> bool:
        """One sign on the empty box may choose what the screen offers by its key."""
        sign = event.text()
        return len(sign) == 1 and sign.isprintable() and not self.text() and self.letter(sign)

    def _walk(self, event: QKeyEvent) -> bool:
        if event.modifiers() & Qt.KeyboardModifier.KeypadModifier and event.key() in _WITHOUT_NUMLOCK:
            self.numlock_off.emit()
            return True
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            return False
        self.moved.emit(step)
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """A quiet magnifying glass in the space that the sheet leaves at the left, where anything can be sought."""
        super().paintEvent(event)
        if self.isReadOnly():
            return
        side = self._look.theme.pixels(_ICON_SIDE)
        picture = self._look.picture("search", self._look.palette.quiet, _ICON_SIDE)
        QPainter(self).drawPixmap(self._look.theme.pixels(18), (self.height() - side) // 2, picture)
