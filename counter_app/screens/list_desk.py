"""A desk of one list: its rows at the left, the marked one at the right with what can be done, one box above.

People and settings are such desks. The right half is filled by the same panels as the counter's, and keys mean the
same; a desk says only what its rows are and what a row can do.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from counter_app.domain.refused import Refused, StationFault, WrongAct
from counter_app.domain.rights import Person, Right, demand
from counter_app.domain.said import say, together
from counter_app.screens.approval import Asking, told_in_strip
from counter_app.screens.keys import Intent
from counter_app.screens.look_up import LookUp
from counter_app.screens.panel import Panel
from counter_app.screens.views import Context, ItemView, Message, Row, Tone
from counter_app.services.acting import Act
from counter_app.services.acts import perform
from counter_app.services.sign_in import confirm
from counter_app.services.station import Station


@dataclass(frozen=True, slots=True)
class ListDeskView:
    """Rows, the marked one, what stands at the right; `asks` is what the box is for now, or which keys there are where
    it takes no text (`takes_text`)."""

    title: str
    rows: tuple[Row, ...]
    marked: int
    context: Context
    message: Message = field(default_factory=Message)
    asks: str = ""
    box: str = ""
    takes_text: bool = True


class ListDesk:
    """`rows` and `panel_of` are a desk's own; `more` answers keys that no panel wanted.

    A desk that does not `searches` shows the keys where its box is, and takes text only while something is asked.
    """

    title = ""
    hint = ""
    searches = False

    def __init__(self, station: Station, person: Person, committed: Callable[[], object] = lambda: None) -> None:
        self.station, self.person, self._committed = station, person, committed
        self.look = LookUp(station)
        self._marked, self._box, self._message = 0, "", Message()
        self._panel: Panel = self.panel_of(self.rows()[0])
        self._is_aside = False

    def rows(self) -> tuple[Row, ...]:
        """The list, read anew; never empty."""
        raise NotImplementedError

    def panel_of(self, row: Row) -> Panel:
        """What the right half says of a row."""
        raise NotImplementedError

    def more(self, _intent: Intent) -> bool:
        """Whether a key that the panel left was the desk's."""
        return False

    def search(self, _typed: str) -> None:
        """Enter on what no panel wanted."""
        raise Refused(say("Nothing is asked here."))

    @property
    def view(self) -> ListDeskView:
        """The desk now."""
        rows = self.rows()
        self._marked = min(self._marked, len(rows) - 1)
        asks, takes_text = self._panel.asks_box or self.hint, self.searches or self._is_asking
        context = self._panel.view()
        if not takes_text:
            asks = self._keys(context)
        return ListDeskView(self.title, rows, self._marked, context, self._message, asks, self._box, takes_text)

    def _keys(self, context: Context) -> str:
        """Which keys do something now, in one line."""
        if not isinstance(context, ItemView) or not context.rows:
            return together((self.hint, say("Esc goes back.") if self._is_aside else ""))
        keys = together((row.key for row in context.rows), ", ")
        acts = say("Keys for what is shown: {keys}.", keys=keys)
        return together((acts, say("Esc goes back.") if self._is_aside else self.hint))

    # What the page calls -------------------------------------------------------------------------------------------

    def press(self, intent: str, typed: str = "") -> None:
        """A key and what the box held."""
        meant = Intent(intent)
        self._guard(lambda: self._press(meant, typed.strip()), typed)

    def letter(self, sign: str) -> bool:
        """Whether one sign on the empty box was a choice."""
        taken: list[bool] = []
        self._guard(lambda: taken.append(self._panel.letter(sign)), "")
        return taken != [False]

    def choose(self, place: int) -> None:
        """A row of the right half."""
        self._guard(lambda: self._panel.choose(place), "")

    def step(self, by: int) -> None:
        """Arrows walk a form's fields, else the list."""
        if self._is_asking or not self.mark(self._marked + by):
            self._panel.step(by)

    def mark(self, place: int) -> bool:
        """Show another row; not while something is asked."""
        if self._is_asking:
            return False
        rows = self.rows()
        self._marked, self._message = max(0, min(place, len(rows) - 1)), Message()
        self._panel, self._is_aside = self.panel_of(rows[self._marked]), False
        return True

    def approve(self, reason: str, person: str, secret: str) -> None:
        """The strip is complete."""
        if isinstance(self._panel, Asking):
            panel = self._panel
            self._guard(lambda: panel.approve(reason, person, secret), "")

    def ask_alone(self, reason: str) -> None:
        """Nobody is there to approve."""
        if isinstance(self._panel, Asking):
            panel = self._panel
            self._guard(lambda: panel.ask_alone(reason), "")

    # What its panels call ------------------------------------------------------------------------------------------

    def show(self, panel: Panel) -> None:
        """Fill the right half."""
        self._panel, self._is_aside = panel, True

    def quiet(self, words: str = "", tone: Tone = Tone.GOOD) -> None:
        """Nothing is asked any more: the marked row again, and one sentence."""
        self._panel, self._is_aside = self.panel_of(self.rows()[self._marked]), False
        self._message = Message(words, tone)

    def say(self, words: str, tone: Tone = Tone.PLAIN) -> None:
        """A sentence beside the box."""
        self._message = Message(words, tone)

    def keep(self, text: str) -> None:
        """The box goes on with this text."""
        self._box = text

    def perform(self, act: Act) -> Any:
        """Do an act; raises Refused, and then nothing was written."""
        result = perform(self.station, act)
        self._committed()
        return result

    def confirmed(self, person: str, secret: str, right: Right) -> Person:
        """The second person; raises Refused for a wrong PIN or a missing right."""
        found = confirm(self.station, person, secret, actor=self.person.person)
        demand(found, right)
        return found

    def stand_at(self, key: str) -> None:
        """Mark the row of that key."""
        places = [place for place, row in enumerate(self.rows()) if row.key == key]
        self._marked = places[0] if places else self._marked

    @property
    def _is_asking(self) -> bool:
        return bool(self._panel.asks_box)

    def _press(self, intent: Intent, typed: str) -> None:
        if self._panel.press(intent, typed) or self.more(intent):
            return
        if intent is Intent.LEAVE:
            self.quiet()
        elif intent is Intent.SEARCH:
            self.search(typed)

    def _guard(self, act: Callable[[], object], typed: str) -> None:
        """Run one key; a refusal is a sentence beside the box, which keeps what was typed."""
        self._message, self._box = Message(), ""
        try:
            act()
        except (Refused, WrongAct, StationFault) as no:
            told = told_in_strip(self._panel, str(no))
            self._message, self._box = Message() if told else Message(str(no), Tone.BAD), typed
