"""Which key of the keyboard is which act; the acts and their words are the screens' own table."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from counter_app.screens.keys import Intent

_NONE = Qt.KeyboardModifier.NoModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_CTRL = Qt.KeyboardModifier.ControlModifier
_HELD = _SHIFT | _CTRL | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier

CODES = (
    (Intent.EXPLAIN, Qt.Key.Key_F1, _NONE),
    (Intent.BOX, Qt.Key.Key_F2, _NONE),
    (Intent.PAYER, Qt.Key.Key_F3, _NONE),
    (Intent.PARK, Qt.Key.Key_F4, _NONE),
    (Intent.RECALL, Qt.Key.Key_F5, _NONE),
    (Intent.CHECK, Qt.Key.Key_F6, _NONE),
    (Intent.MONEY_ORDER, Qt.Key.Key_F6, _SHIFT),
    (Intent.CARD, Qt.Key.Key_F7, _NONE),
    (Intent.CASH, Qt.Key.Key_F8, _NONE),
    (Intent.FINISH, Qt.Key.Key_F9, _NONE),
    (Intent.LAST_RECEIPT, Qt.Key.Key_F11, _NONE),
    (Intent.LOCK, Qt.Key.Key_F12, _NONE),
    (Intent.COMMANDS, Qt.Key.Key_K, _CTRL),
    (Intent.UNDO, Qt.Key.Key_Z, _CTRL),
    (Intent.NO_SALE, Qt.Key.Key_O, _CTRL),
    (Intent.DROP, Qt.Key.Key_D, _CTRL),
    (Intent.CALL_LEAD, Qt.Key.Key_L, _CTRL),
    (Intent.LEAVE, Qt.Key.Key_Escape, _NONE),
    (Intent.ABANDON, Qt.Key.Key_Escape, _SHIFT),
    (Intent.LARGER, Qt.Key.Key_Plus, _CTRL),
    (Intent.LARGER, Qt.Key.Key_Plus, _CTRL | _SHIFT),
    (Intent.LARGER, Qt.Key.Key_Equal, _CTRL),
    (Intent.SMALLER, Qt.Key.Key_Minus, _CTRL),
    (Intent.FIRST_SIZE, Qt.Key.Key_0, _CTRL),
    (Intent.LANGUAGE, Qt.Key.Key_I, _CTRL),
    (Intent.COLORS, Qt.Key.Key_T, _CTRL),
    (Intent.OWN_PIN, Qt.Key.Key_P, _CTRL),
    (Intent.SOUNDS, Qt.Key.Key_U, _CTRL),
)
"""Acts with a key of their own; the others the box tells by what it holds."""
WINDOW_INTENTS = frozenset({
    Intent.LOCK, Intent.COMMANDS, Intent.LARGER, Intent.SMALLER, Intent.FIRST_SIZE, Intent.LANGUAGE, Intent.COLORS,
    Intent.CALL_LEAD, Intent.OWN_PIN, Intent.SOUNDS,
})  # fmt: skip
"""What the window itself answers; the box and the pages let these rise."""


def intent_of(event: QKeyEvent) -> Intent | None:
    """The act whose own key was pressed, wherever the focus is; None for a key that only the box understands."""
    pressed, held = Qt.Key(event.key()), event.modifiers() & _HELD
    return next((intent for intent, code, with_it in CODES if code == pressed and with_it == held), None)
