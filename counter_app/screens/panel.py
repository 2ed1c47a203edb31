"""What fills the right half of the counter: one panel at a time, which answers keys before the counter does."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Protocol

from counter_app.domain.fees import Fee
from counter_app.domain.rights import Person, Right
from counter_app.domain.said import say
from counter_app.domain.sale import LineAsked
from counter_app.screens.keys import Intent
from counter_app.screens.look_up import LookUp
from counter_app.screens.stopwatch import Stopwatch
from counter_app.screens.ticket import Sale
from counter_app.screens.views import Change, Context, ItemView, QuietView, Row, Sound, Tone
from counter_app.services.acting import Act
from counter_app.services.change_advice import ChangeAdvice


class Panel:
    """A panel that shows nothing and leaves every key to the counter."""

    asks_box = ""
    """What the box is for while this panel is there; empty for anything."""
    chooses = False
    """Whether one sign on the empty box may be a choice here."""

    def view(self) -> Context:
        """What the page draws."""
        return QuietView()

    def press(self, _intent: Intent, _typed: str) -> bool:
        """Whether the key was this panel's; raises Refused in words."""
        return False

    def letter(self, _sign: str) -> bool:
        """Whether one sign on the empty box was a choice here."""
        return False

    def choose(self, _place: int) -> None:
        """A row was taken by Enter on the list or a click."""

    def step(self, _by: int) -> bool:
        """Whether arrows walk here; else they walk the ticket."""
        return False


class Stand(Protocol):
    """What a panel asks of any desk it stands at."""

    look: LookUp
    person: Person

    def confirmed(self, person: str, secret: str, right: Right) -> Person:
        """The second person; raises Refused for a wrong PIN or a missing right."""


class Acting(Stand, Protocol):
    """What a panel asks of a desk where receipts are put right: the counter, or the register."""

    advice: ChangeAdvice

    def show(self, panel: Panel) -> None:
        """Fill the right half."""

    def quiet(self, words: str = "") -> None:
        """Nothing is asked for any more."""

    def say(self, words: str, tone: Tone = Tone.PLAIN) -> None:
        """A sentence beside the box."""

    def perform(self, act: Act) -> Any:
        """Do an act; raises Refused, and then nothing was written."""


class Front(Acting, Protocol):
    """What a panel asks of the counter it stands at."""

    sale: Sale
    watch: Stopwatch

    def keep(self, text: str) -> None:
        """The box goes on with this text."""

    def sound(self, sound: Sound) -> None:
        """The sound of this key."""

    def begin(self, line: LineAsked, fee: Fee) -> None:
        """Put a line on the ticket, asking first what it still needs."""

    def tendering(self) -> None:
        """Show the payment so far."""


class Quiet(Panel):
    """A quiet sentence."""

    def __init__(self, words: str = "") -> None:
        self._words = words

    def view(self) -> QuietView:
        """The sentence."""
        return QuietView(self._words)


class Done(Panel):
    """What came of a payment or a void: it stays until the next scan."""

    def __init__(self, change: Change) -> None:
        self._change = change

    def view(self) -> Change:
        """The change to hand over."""
        return self._change


class Choice(Panel):
    """Rows of one thing, each taken by its one key, by Enter or by a click."""

    chooses = True

    def __init__(
        self,
        title: str,
        rows: tuple[Row, ...],
        chosen: Callable[[int], None],
        facts: tuple[tuple[str, str], ...] = (),
        warnings: tuple[str, ...] = (),
        hint: str = say("One key, or Enter."),
        *,
        dense: bool = False,
    ) -> None:
        self._item = ItemView(title, facts, warnings, rows, hint, dense=dense)
        self._chosen = chosen

    def view(self) -> ItemView:
        """The thing and its rows."""
        return self._item

    def press(self, intent: Intent, typed: str) -> bool:
        """Enter on the empty box takes the marked row."""
        if intent is Intent.PROCEED and self._item.rows:
            self._chosen(self._item.marked)
            return True
        return intent is Intent.SEARCH and self.letter(typed)

    def letter(self, sign: str) -> bool:
        """A row by its own sign."""
        for place, row in enumerate(self._item.rows):
            if len(sign) == 1 and row.key.casefold() == sign.casefold():
                self._chosen(place)
                return True
        return False

    def choose(self, place: int) -> None:
        """A row by a click."""
        self._chosen(place)

    def step(self, by: int) -> bool:
        """Walk the rows."""
        if self._item.rows:
            to = max(0, min(self._item.marked + by, len(self._item.rows) - 1))
            self._item = replace(self._item, marked=to)
        return bool(self._item.rows)
