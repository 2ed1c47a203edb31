"""Ctrl+K: every act with its key, and when it is off why, and who may; shortcuts are learned here, not hidden."""

from collections.abc import Callable
from dataclasses import replace

from counter_app.domain.rights import Person, Right, who_may
from counter_app.domain.said import Said, say
from counter_app.domain.search_words import folded
from counter_app.screens.counter import NOBODY_LISTENS, Counter
from counter_app.screens.desks import ACCOUNTS, BESIDE, DESKS, REGISTER, beside_of, desks_of
from counter_app.screens.keys import KEYS, TENDER_KEYS, Intent, Key
from counter_app.screens.tenders import cannot_finish
from counter_app.screens.views import Desk, Message, PaletteView, Row, Tone

_OF_THE_WINDOW = (
    Intent.LOCK, Intent.COMMANDS, Intent.LARGER, Intent.SMALLER, Intent.FIRST_SIZE, Intent.LANGUAGE, Intent.COLORS,
    Intent.OWN_PIN, Intent.SOUNDS, Intent.EXPLAIN,
)  # fmt: skip
_ON_A_LINE = (Intent.EXACT, Intent.PROCEED, Intent.PAY_THIS, Intent.QUANTITY, Intent.REMOVE_LINE)
_NEED_A_LINE = (*TENDER_KEYS, *_ON_A_LINE)
_NEED_A_TICKET = (Intent.PARK, Intent.ABANDON)
_NEED_A_DRAWER = (Intent.FINISH, Intent.NO_SALE, Intent.DROP)
_AT_DESKS = (
    (say("Find a receipt"), REGISTER, (Right.LOOK_UP,)),
    (say("Refund a receipt"), REGISTER, (Right.TAKE_MONEY, Right.APPROVE)),
    (say("Customers and accounts"), ACCOUNTS, (Right.LOOK_UP,)),
)

TIPS = "tips"


class Palette:
    """`filter` by letters, `step`, `choose`: gives an intent's word or `desk:NAME`, and nothing when it is off.

    `spoken` gives a title in the cashier's language: acts are found by it and by English.
    """

    def __init__(self, person: Person, counter: Counter | None, spoken: Callable[[str], str] = str) -> None:
        self._person, self._counter, self._spoken = person, counter, spoken
        self._text: list[str] = []
        self._marked = 0
        self._message = Message()

    @property
    def view(self) -> PaletteView:
        """The rows that the letters leave, what is on before what is off."""
        return PaletteView(self._rows(), self._marked, self._message)

    def filter(self, text: str) -> None:
        """Words that begin so, in any order."""
        self._text, self._marked, self._message = _letters(text), 0, Message()
        if not self._rows():
            self._message = Message(say("No command is called that."), Tone.WARN)

    def step(self, by: int) -> None:
        """Walk."""
        self._marked = max(0, min(self._marked + by, len(self._rows()) - 1))

    def choose(self, place: int | None = None) -> str:
        """Do the marked one, unless it is off."""
        rows = self._rows()
        at = self._marked if place is None else place
        if not 0 <= at < len(rows):
            return ""
        self._message = Message(rows[at].note, Tone.WARN)
        return "" if rows[at].note else rows[at].key

    def _rows(self) -> tuple[Row, ...]:
        rows = (
            [self._act(key) for key in KEYS if key.intent is not Intent.COMMANDS]
            + [self._desk(desk, right) for desk, right in (*DESKS, *BESIDE)]
            + [self._act_at(words, desk, rights) for words, desk, rights in _AT_DESKS]
        )
        found = [row for row in (*rows, *self._tips()) if self._is_asked(row)]
        return tuple(sorted(found, key=lambda row: bool(row.note)))

    def _is_asked(self, row: Row) -> bool:
        words = [part for text in (row.title, self._spoken(row.title), row.amount) for part in _letters(text)]
        return all(any(word.startswith(part) for word in words) for part in self._text)

    def _act(self, key: Key) -> Row:
        off = self._why_off(key.intent)
        row = Row(key.words, key.label, key=key.intent.value)
        return replace(row, note=off, tone=Tone.WARN) if off else row

    def _tips(self) -> tuple[Row, ...]:
        """The shortcut coach is the person's own: on or off."""
        if self._counter is None:
            return ()
        is_off = self._counter.coach.is_off
        return (Row(say("Turn shortcut tips on") if is_off else say("Turn shortcut tips off"), key=TIPS),)

    def _desk(self, desk: Desk, right: Right) -> Row:
        row = Row(say("Go to {desk}", desk=desk.title), icon=desk.icon, key=f"desk:{desk.name}")
        mine = desks_of(self._person)
        if desk in mine:
            return replace(row, amount=f"Ctrl+{mine.index(desk) + 1}")
        return row if desk in beside_of(self._person) else replace(row, note=_not_yours(right), tone=Tone.WARN)

    def _act_at(self, words: Said, desk: Desk, rights: tuple[Right, ...]) -> Row:
        """What is done at a desk is found by its own name too, and leads there."""
        row = replace(self._desk(desk, Right.LOOK_UP), title=words, icon=desk.icon)
        if any(self._person.may(right) for right in rights):
            return row
        return replace(row, note=_not_yours(rights[0]), tone=Tone.WARN)

    def _why_off(self, intent: Intent) -> str:
        """Why an act is off now, and who may; empty when it is on."""
        if intent in _OF_THE_WINDOW:
            return ""
        if intent is Intent.CALL_LEAD:
            return NOBODY_LISTENS
        if not self._person.may(Right.TAKE_MONEY):
            return _not_yours(Right.TAKE_MONEY)
        if self._counter is None:
            return say("Only at the counter.")
        return self._off_at_counter(self._counter, intent)

    def _off_at_counter(self, counter: Counter, intent: Intent) -> str:
        sale = counter.sale
        if intent in _NEED_A_DRAWER and counter.look.open_session(self._person.person) is None:
            return say("You have no open drawer; open one first.")
        if intent in _NEED_A_LINE and not sale.ticket.lines:
            return say("There is nothing on the ticket.")
        if intent in _NEED_A_TICKET and sale.ticket.is_empty:
            return say("There is no ticket.")
        if intent is Intent.FINISH:
            return cannot_finish(sale)
        if intent in TENDER_KEYS and not sale.due_cents:
            return say("Nothing is due any more.")
        if intent is Intent.RECALL and not sale.parked:
            return say("No ticket is parked.")
        return ""


def _letters(text: str) -> list[str]:
    """The words of a text without case and accents, so that “anulacion” finds “Anulación”."""
    return [folded(word) for word in text.split()]


def _not_yours(right: Right) -> str:
    return say("Not yours; {who} may.", who=who_may(right))
