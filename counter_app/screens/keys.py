"""Every act of the window by its key, in one table: for the box, the buttons and the list of commands; no toolkit."""

import re
from dataclasses import dataclass
from enum import StrEnum

from counter_app.domain.said import say

_AMOUNT = re.compile(r"\$?\d[\d,]*\.?\d{0,2}")
_QUANTITY = re.compile(r"\d{1,6}")


class Intent(StrEnum):
    """What a person means by a key; the screen in front decides what comes of it."""

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
    FIRST_SIZE = "first_size"
    LANGUAGE = "language"
    COLORS = "colors"
    OWN_PIN = "own_pin"
    SOUNDS = "sounds"


@dataclass(frozen=True, slots=True)
class Key:
    """One act, the key as people read it, and the act in words."""

    intent: Intent
    label: str
    words: str


KEYS = (
    Key(Intent.EXPLAIN, "F1", say("Explain")),
    Key(Intent.BOX, "F2", say("Back to the box")),
    Key(Intent.PAYER, "F3", say("Who is paying")),
    Key(Intent.PARK, "F4", say("Park this ticket")),
    Key(Intent.RECALL, "F5", say("Recall a parked ticket")),
    Key(Intent.CHECK, "F6", say("Check")),
    Key(Intent.MONEY_ORDER, "Shift+F6", say("Money order")),
    Key(Intent.CARD, "F7", say("Card")),
    Key(Intent.CASH, "F8", say("Cash")),
    Key(Intent.FINISH, "F9", say("Finish")),
    Key(Intent.LAST_RECEIPT, "F11", say("Last receipt: copy, wrong tender, wrong account, void")),
    Key(Intent.LOCK, "F12", say("Lock or change person")),
    Key(Intent.COMMANDS, "Ctrl+K", say("Every command")),
    Key(Intent.UNDO, "Ctrl+Z", say("Undo")),
    Key(Intent.NO_SALE, "Ctrl+O", say("Open the drawer, no sale")),
    Key(Intent.DROP, "Ctrl+D", say("Drop cash to the safe")),
    Key(Intent.CALL_LEAD, "Ctrl+L", say("Call the lead, quietly")),
    Key(Intent.LEAVE, "Esc", say("Leave this field")),
    Key(Intent.ABANDON, "Shift+Esc", say("Abandon the ticket")),
    Key(Intent.LARGER, "Ctrl++", say("Larger letters")),
    Key(Intent.SMALLER, "Ctrl+-", say("Smaller letters")),
    Key(Intent.FIRST_SIZE, "Ctrl+0", say("Letters at 100 percent again")),
    Key(Intent.LANGUAGE, "Ctrl+I", say("Language: English, Español")),
    Key(Intent.OWN_PIN, "Ctrl+P", say("Take another PIN")),
    Key(Intent.COLORS, "Ctrl+T", say("Colors: light, dark, high contrast")),
    Key(Intent.SOUNDS, "Ctrl+U", say("Sounds on or off")),
    Key(Intent.SEARCH, "Enter", say("Search, or take the chosen result")),
    Key(Intent.PROCEED, say("Enter on the empty box"), say("Go to tender")),
    Key(Intent.PAY_THIS, "/", say("Pay the typed amount on this line")),
    Key(Intent.QUANTITY, "*", say("Set the typed quantity")),
    Key(Intent.EXACT, ".", say("Exact cash, on the empty box")),
    Key(Intent.NEXT_BALANCE, "+", say("Add the next balance of this customer")),
    Key(Intent.ALL_BALANCES, "++", say("Add all balances of this customer")),
    Key(Intent.REMOVE_LINE, "-", say("Remove this line, on the empty box; Delete does too")),
)
TENDER_KEYS = (Intent.CASH, Intent.CHECK, Intent.CARD, Intent.MONEY_ORDER)
_ON_EMPTY = {
    ".": Intent.EXACT,
    "+": Intent.NEXT_BALANCE,
    "-": Intent.REMOVE_LINE,
    "\N{MINUS SIGN}": Intent.REMOVE_LINE,
}


def key_of(intent: Intent) -> Key:
    """The row of an act."""
    return next(key for key in KEYS if key.intent is intent)


def meant(sign: str, typed: str, last: Intent | None = None) -> Intent | None:
    """What a sign means to the box that holds `typed`; None when it is mere text. `last` is the act before it."""
    if not typed:
        found = _ON_EMPTY.get(sign)
        if found is Intent.NEXT_BALANCE and last in (Intent.NEXT_BALANCE, Intent.ALL_BALANCES):
            return Intent.ALL_BALANCES
        return found
    if sign == "/" and _AMOUNT.fullmatch(typed):
        return Intent.PAY_THIS
    return Intent.QUANTITY if sign == "*" and _QUANTITY.fullmatch(typed) else None
