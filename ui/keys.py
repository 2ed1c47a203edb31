"""Every act of the window and its key, in one table: for the box, the controls, and the list of commands."""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

_NONE = Qt.KeyboardModifier.NoModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_CTRL = Qt.KeyboardModifier.ControlModifier
_HELD = _SHIFT | _CTRL | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class Intent(StrEnum):
    """What a person means by a key; the page in front decides what comes of it."""

    EXPLAIN = "explain"
    BOX = "box"
    PAYER = "payer"
    PARK = "park"
    RECALL = "recall"
    CHECK = "check"
    CARD = "card"
    CASH = "cash"
    MONEY_ORDER = "money_order"
    FINISH = "finish"
    LAST_RECEIPT = "last_receipt"
    LOCK = "lock"
    COMMANDS = "commands"
    UNDO = "undo"
    NO_SALE = "no_sale"
    DROP = "drop"
    CALL_LEAD = "call_lead"
    LEAVE = "leave"
    ABANDON = "abandon"
    SEARCH = "search"
    PROCEED = "proceed"
    PAY_THIS = "pay_this"
    QUANTITY = "quantity"
    EXACT = "exact"
    NEXT_BALANCE = "next_balance"
    ALL_BALANCES = "all_balances"
    REMOVE_LINE = "remove_line"
    LARGER = "larger"
    SMALLER = "smaller"


@dataclass(frozen=True, slots=True)
class Key:
    """One act, the key as people read it, and the act in words. Without `code` the box decides by what it holds."""

    intent: Intent
    label: str
    words: str
    code: Qt.Key | None = None
    held: Qt.KeyboardModifier = _NONE


KEYS = (
    Key(Intent.EXPLAIN, "F1", "Explain", Qt.Key.Key_F1),
    Key(Intent.BOX, "F2", "Back to the box", Qt.Key.Key_F2),
    Key(Intent.PAYER, "F3", "Who is paying", Qt.Key.Key_F3),
    Key(Intent.PARK, "F4", "Park this ticket", Qt.Key.Key_F4),
    Key(Intent.RECALL, "F5", "Recall a parked ticket", Qt.Key.Key_F5),
    Key(Intent.CHECK, "F6", "Check", Qt.Key.Key_F6),
    Key(Intent.MONEY_ORDER, "Shift+F6", "Money order", Qt.Key.Key_F6, _SHIFT),
    Key(Intent.CARD, "F7", "Card", Qt.Key.Key_F7),
    Key(Intent.CASH, "F8", "Cash", Qt.Key.Key_F8),
    Key(Intent.FINISH, "F9", "Finish", Qt.Key.Key_F9),
    Key(Intent.LAST_RECEIPT, "F11", "Last receipt", Qt.Key.Key_F11),
    Key(Intent.LOCK, "F12", "Lock or change person", Qt.Key.Key_F12),
    Key(Intent.COMMANDS, "Ctrl+K", "Every command", Qt.Key.Key_K, _CTRL),
    Key(Intent.UNDO, "Ctrl+Z", "Undo", Qt.Key.Key_Z, _CTRL),
    Key(Intent.NO_SALE, "Ctrl+O", "Open the drawer, no sale", Qt.Key.Key_O, _CTRL),
    Key(Intent.DROP, "Ctrl+D", "Drop cash to the safe", Qt.Key.Key_D, _CTRL),
    Key(Intent.CALL_LEAD, "Ctrl+L", "Call the lead, quietly", Qt.Key.Key_L, _CTRL),
    Key(Intent.LEAVE, "Esc", "Leave this field", Qt.Key.Key_Escape),
    Key(Intent.ABANDON, "Shift+Esc", "Abandon the ticket", Qt.Key.Key_Escape, _SHIFT),
    Key(Intent.LARGER, "Ctrl++", "Larger letters", Qt.Key.Key_Plus, _CTRL),
    Key(Intent.SMALLER, "Ctrl+-", "Smaller letters", Qt.Key.Key_Minus, _CTRL),
    Key(Intent.SEARCH, "Enter", "Search, or take the chosen result"),
    Key(Intent.PROCEED, "Enter on the empty box", "Go to tender"),
    Key(Intent.PAY_THIS, "/", "Pay the typed amount on this line"),
    Key(Intent.QUANTITY, "*", "Set the typed quantity"),
    Key(Intent.EXACT, ".", "Exact cash, on the empty box"),
    Key(Intent.NEXT_BALANCE, "+", "Add the next balance of this customer"),
    Key(Intent.ALL_BALANCES, "++", "Add all balances of this customer"),
    Key(Intent.REMOVE_LINE, "-", "Remove this line, on the empty box"),
)
WINDOW_INTENTS = frozenset(
    {Intent.LOCK, Intent.COMMANDS, Intent.LARGER, Intent.SMALLER, Intent.EXPLAIN, Intent.CALL_LEAD}
)
"""What the window itself answers; the box lets these rise."""


def key_of(intent: Intent) -> Key:
    """The row of an act."""
    return next(key for key in KEYS if key.intent is intent)


def intent_of(event: QKeyEvent) -> Intent | None:
    """The act whose own key was pressed, wherever the focus is; None for a key that only the box understands."""
    code, held = Qt.Key(event.key()), event.modifiers() & _HELD
    if (code == Qt.Key.Key_Equal and held == _CTRL) or (code == Qt.Key.Key_Plus and held == _CTRL | _SHIFT):
        return Intent.LARGER
    return next((key.intent for key in KEYS if key.code == code and key.held == held), None)
