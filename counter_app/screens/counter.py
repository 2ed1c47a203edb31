"""The counter: one box, a ticket at the left, one panel at the right; nearly all of a cashier's day.

Keys come in as intents with what the box held; each changes the state and leaves a view. Only acts write.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from counter_app.domain.badge import begins_badge, refuse_badge
from counter_app.domain.card_guard import refuse_card_numbers
from counter_app.domain.fees import Fee
from counter_app.domain.money import parse_dollars
from counter_app.domain.refused import Refused, StationFault, WrongAct
from counter_app.domain.rights import Person, Right, demand
from counter_app.domain.said import counted, say, together
from counter_app.domain.sale import LineAsked
from counter_app.screens import beside, find
from counter_app.screens.approval import Asking, told_in_strip
from counter_app.screens.details import Adding
from counter_app.screens.explain import explained, in_both
from counter_app.screens.finish import finish
from counter_app.screens.found import take_found
from counter_app.screens.keys import TENDER_KEYS, Intent
from counter_app.screens.look_up import LookUp
from counter_app.screens.panel import Done, Panel, Quiet
from counter_app.screens.place import Place, held_now, last_payment, look_again, where
from counter_app.screens.shortcut_coach import ShortcutCoach
from counter_app.screens.stopwatch import Stopwatch
from counter_app.screens.tenders import Tendering, press_tender, take
from counter_app.screens.ticket import Sale
from counter_app.screens.ticket_view import ticket_view
from counter_app.screens.undone import undo
from counter_app.screens.views import Context, Message, QuietView, Sound, TicketView, Tone
from counter_app.services.acting import Act
from counter_app.services.acts import perform
from counter_app.services.change_advice import ChangeAdvice
from counter_app.services.sign_in import confirm
from counter_app.services.station import Station

READY = say("Ready for a scan.")
GO_ON = say("Scan or type the next thing.\nEnter takes the money.")
HOW_TO_BEGIN = say(
    "Scan a bill, or type a name, an address, an account, a receipt, a license or a fee. Ctrl+K lists every command."
)
NOBODY_LISTENS = say("No other window of this site listens yet.")
HIDDEN = TicketView(empty=say("Locked. Names and amounts are hidden."), total="")
_OF_ANYBODY = (Intent.PARK, Intent.LOCK, Intent.EXPLAIN, Intent.COMMANDS)


@dataclass(frozen=True, slots=True)
class CounterView:
    """The whole screen. `box` is what the box holds now, `asks` what it is for; `drawer` the open drawer, or empty."""

    ticket: TicketView = field(default_factory=TicketView)
    context: Context = field(default_factory=QuietView)
    message: Message = field(default_factory=Message)
    box: str = ""
    asks: str = ""
    drawer: str = ""
    sound: Sound = Sound.NONE
    hidden: bool = False


class Counter:
    """A method for each key, then `view` is drawn. `committed` is told after each act, to pump paper and to ship."""

    def __init__(self, station: Station, person: Person, committed: Callable[[], object] = lambda: None) -> None:
        self._station, self._committed = station, committed
        self.person, self.look = person, LookUp(station)
        self.sale, self.advice, self.watch = Sale(self.look), ChangeAdvice(station), Stopwatch(station)
        self.coach = ShortcutCoach(station, person.person)
        self.hidden = False
        self._panel: Panel = Quiet(READY)
        self._message, self._box, self._sound = Message(), "", Sound.NONE
        self._before = ""
        """What stood beside the box before this key."""
        self._keys: Mapping[Intent, Callable[[str], None]] = self._table()
        self._place = Place(station)
        self._come_to_place()
        if self.sale.ticket.lines:
            self.watch.spoil()

    # What the page calls -------------------------------------------------------------------------------------------

    @property
    def view(self) -> CounterView:
        """The screen now; without names and amounts while it is hidden."""
        if self.hidden:
            return CounterView(HIDDEN, hidden=True)
        session = self.look.open_session(self.person.person)
        panel = Quiet(self._whose()) if self._is_foreign() else self._panel
        return CounterView(
            ticket_view(self.sale, self.look),
            panel.view(),
            self._message,
            self._box,
            panel.asks_box,
            session.drawer if session else "",
            self._sound,
        )

    def press(self, intent: str, typed: str = "") -> None:
        """A key: what it means, and what the box holds."""
        meant = Intent(intent)
        self.coach.used(meant)
        self._guard(lambda: self._press(meant, typed.strip()), typed, of_anybody=meant in _OF_ANYBODY)

    def scan(self, text: str, typed: str = "") -> None:
        """A scanner's line, never a tender and never an answer to a question of money; tenders stay, and what was
        typed of the next one."""
        stays = typed if isinstance(self._panel, Tendering) else ""
        if isinstance(self._panel, Tendering | Quiet | Done | find.Results):
            self._guard(lambda: self._search(text.strip()), "")
        else:
            self._guard(lambda: self._press(Intent.SEARCH, text.strip()), "")

        self._box = self._box or stays

    @property
    def chooses(self) -> bool:
        """Whether one sign on the empty box is a choice now."""
        return self._panel.chooses

    def typing(self, text: str) -> None:
        """Results as they are typed: names and long numbers, where nothing else is asked; a change due stays."""
        if self._is_foreign():
            return
        text = text.strip()
        self.coach.typed()
        long_enough = len(text) >= 6 if text.isdecimal() else len(text) >= 2 and text[0] not in "$.,"
        long_enough = long_enough and not begins_badge(text)
        if isinstance(self._panel, Quiet | find.Results) and long_enough and not text.replace(".", "").isdecimal():
            self._panel = find.Results(text, find.search(self.look, text), lambda found: take_found(self, found))
        elif isinstance(self._panel, find.Results):
            self.quiet()
        self._box = "" if begins_badge(text) else text
        self._message, self._sound = Message(), Sound.NONE

    def letter(self, sign: str) -> bool:
        """Whether one sign, the box empty, was a choice (a reason, C T M V): the page keeps it from the box."""
        taken = False

        def choose() -> None:
            nonlocal taken
            taken = True  # also when the choice is refused
            taken = self._panel.letter(sign)

        before = self._message, self._sound
        self._guard(choose, "")
        if not taken:
            self._message, self._sound = before
        return taken

    def choose(self, place: int) -> None:
        """A row, reason or field by Enter in its list or by a click."""
        self._guard(lambda: self._panel.choose(place), "")

    def step(self, by: int) -> None:
        """Arrows: the panel's rows, else the ticket's lines."""
        if isinstance(self._panel, find.Results):
            self.coach.walked(by)
        if not self._panel.step(by):
            self.sale.mark(by)

    def quick(self, cents: int) -> None:
        """A quick-cash button."""
        self.coach.chose_quick(exact=cents == self.sale.due_cents)
        self._guard(lambda: take(self, "cash", cents), "")

    def approve(self, reason: str, person: str, secret: str) -> None:
        """The strip is complete: its reason, and the second person's name (or place) and PIN."""
        if isinstance(self._panel, Asking):
            panel = self._panel
            self._guard(lambda: panel.approve(reason, person, secret), "")

    def ask_alone(self, reason: str) -> None:
        """Nobody is there to approve."""
        if isinstance(self._panel, Asking):
            panel = self._panel
            self._guard(lambda: panel.ask_alone(reason), "")

    def counted(self, count: Mapping[str, int], bag: str = "") -> None:
        """The pieces of a drop are counted."""
        if isinstance(self._panel, beside.Dropping):
            panel = self._panel
            self._guard(lambda: panel.counted(dict(count), bag), "")

    def keep_place(self) -> None:
        """Have the file hold what is in the making now; cheap when it does already."""
        self.watch.keep()
        self.coach.keep()
        self._place.keep(held_now(self.sale, self._box, tendering=isinstance(self._panel, Tendering)))

    def look_again(self) -> None:
        """Back at the counter: where they were, and what changed meanwhile; the keystroke is the same."""
        if self.hidden or self.sale.ticket.is_empty or self._is_foreign():
            return
        changed = look_again(self.sale)
        if changed and not self.sale.ticket.lines:
            self.quiet()
        self._say_place(changed)

    def hide(self) -> None:
        """Idle or locked: names and amounts vanish at once."""
        self.hidden = True
        if self.sale.ticket.lines:
            self.watch.spoil()

    @property
    def busy(self) -> bool:
        """Whether an idle window should only hide: there is money on the ticket, or a count is under way."""
        return bool(self.sale.ticket.tenders) or isinstance(self._panel, beside.Dropping)

    def reveal(self) -> None:
        """Somebody touched a window that was only hidden, not locked."""
        self.hidden = False

    def come_back(self, person: Person) -> None:
        """Unlocked, at the same keystroke; a colleague's ticket can only be parked, and the rest of theirs is gone."""
        changed = person.person != self.person.person
        self.hidden, self.person = False, person
        if changed:
            self.coach.keep()
            self.coach.belong_to(person.person)
        self._message = Message()
        if self._is_foreign():
            self.say(self._whose(), Tone.WARN)
        elif changed:
            self._box = ""
            self.quiet()
            self._say_parked()
        self.look_again()

    # What the panels call (panel.Front) ------------------------------------------------------------------------------

    def show(self, panel: Panel) -> None:
        """Fill the right half."""
        self._panel = panel

    def quiet(self, words: str = "") -> None:
        """Nothing is asked for any more; with money on the table, the payment so far."""
        if self.sale.ticket.tenders and self.sale.ticket.lines:
            self.tendering()
        else:
            self._panel = Quiet(words or (GO_ON if self.sale.ticket.lines else READY))

    def say(self, words: str, tone: Tone = Tone.PLAIN) -> None:
        """A sentence beside the box."""
        self._message = Message(words, tone)

    def keep(self, text: str) -> None:
        """The box goes on with this text."""
        self._box = text

    def sound(self, sound: Sound) -> None:
        """The sound of this key."""
        self._sound = sound

    def begin(self, line: LineAsked, fee: Fee) -> None:
        """Put a line on the ticket, asking first what it still needs."""
        Adding(self, line, fee).go()

    def tendering(self) -> None:
        """Show the payment so far, with the number that is still to be typed."""
        self._panel = Tendering(self, asks=self.sale.bare_tender() is not None)

    def perform(self, act: Act) -> Any:
        """Do an act, then have paper and shipping looked at."""
        done = perform(self._station, act)
        self._place.ended(getattr(act, "draft", None))
        self._committed()
        return done

    def confirmed(self, person: str, secret: str, right: Right) -> Person:
        """The second person, by badge or PIN."""
        second = confirm(self._station, person, secret, actor=self.person.person)
        if second.person == self.person.person:
            raise Refused(say("{name} cannot be the second person of an act of one's own.", name=second.name))
        demand(second, right)
        return second

    # Where was I ------------------------------------------------------------------------------------------------------

    def _come_to_place(self) -> None:
        """After a start, as it was before; or what became of the last payment."""
        changed, held = self._place.bring_to(self.sale, self.person.person)
        if held is None:
            self._say_last_payment()
            self._say_parked()
            return
        if held.tendering and self.sale.ticket.lines:
            self.tendering()
        else:
            self.quiet()
        self._box = held.box
        self._say_place(changed)

    def _say_place(self, changed: str) -> None:
        words = where(self.sale) if self.sale.ticket.lines else ""
        self.say(together([words, changed]), Tone.WARN if changed else Tone.ACCENT)

    def _say_parked(self) -> None:
        own = sum(parked.owner == self.person.person for parked in self.sale.parked)
        if own:
            words = counted(own, "{n} ticket of yours is parked (F5).", "{n} tickets of yours are parked (F5).")
            self.say(words, Tone.ACCENT)

    def _say_last_payment(self) -> None:
        """Whether the payment went through is the first question after a power cut."""
        words = last_payment(self.look, self.person.person, self._station.clock.now())
        if words:
            self.say(words, Tone.ACCENT)

    # Keys -------------------------------------------------------------------------------------------------------------

    def _table(self) -> Mapping[Intent, Callable[[str], None]]:
        return {
            Intent.SEARCH: self._search,
            Intent.PROCEED: lambda _: self._proceed(),
            Intent.PAY_THIS: lambda typed: self.sale.pay_this(parse_dollars(typed)),
            Intent.QUANTITY: lambda typed: self.sale.quantity(int(typed)),
            Intent.EXACT: lambda _: take(self, "cash", self.sale.due_cents),
            Intent.FINISH: lambda typed: finish(self, typed),
            Intent.REMOVE_LINE: lambda _: self._remove(),
            Intent.UNDO: lambda _: self._undo(),
            Intent.LEAVE: lambda _: self._leave(),
            Intent.ABANDON: lambda _: beside.abandon(self),
            Intent.NEXT_BALANCE: lambda _: beside.add_balances(self, every=False),
            Intent.ALL_BALANCES: lambda _: beside.add_balances(self, every=True),
            Intent.PAYER: lambda _: beside.ask_payer(self),
            Intent.PARK: lambda _: beside.park(self),
            Intent.RECALL: lambda _: beside.recall(self),
            Intent.LAST_RECEIPT: lambda _: beside.last_receipt(self),
            Intent.NO_SALE: lambda _: beside.ask_no_sale(self),
            Intent.DROP: lambda _: beside.ask_drop(self),
            Intent.CALL_LEAD: lambda _: self.say(NOBODY_LISTENS, Tone.WARN),
            Intent.EXPLAIN: lambda _: self._explain(),
        }

    def _press(self, intent: Intent, typed: str) -> None:
        before, due = self._panel, self.sale.due_cents
        if self._panel.press(intent, typed):
            if isinstance(before, find.Results):
                self.coach.took_result()
            return
        if intent in TENDER_KEYS:
            press_tender(self, intent, typed)
            if intent is Intent.CASH and typed and due and not self.sale.due_cents and not self.sale.over_cents:
                self.coach.typed_exact()
        elif intent in self._keys:
            self._keys[intent](typed)

    def _guard(self, act: Callable[[], None], typed: str, *, of_anybody: bool = False) -> None:
        """Run one key; a refusal is a sentence beside the box, which keeps what was typed; hidden, nothing is done."""
        if self.hidden:
            return
        self._before = self._message.words
        self._message, self._sound, self._box = Message(), Sound.NONE, ""
        try:
            if self._is_foreign() and not of_anybody:
                raise Refused(self._whose())
            act()
        except (Refused, WrongAct, StationFault) as no:
            told = told_in_strip(self._panel, str(no))
            self._message, self._sound = Message() if told else Message(str(no), Tone.BAD), Sound.ATTENTION
            self._box = typed
        if self.sale.ticket.is_empty:
            self.sale.owner = ""
        elif not self.sale.owner:
            self.sale.owner = self.person.person
        self.watch.look(has_lines=bool(self.sale.ticket.lines))
        tip = self.coach.tip()
        if tip and self._message.tone is Tone.PLAIN:
            self.say(together([self._message.words, tip]))

    def _whose(self) -> str:
        return say("This is {name}'s ticket: F4 parks it.", name=self.look.name_of(self.sale.owner))

    def _is_foreign(self) -> bool:
        return bool(self.sale.owner) and self.sale.owner != self.person.person

    def _search(self, text: str) -> None:
        try:
            refuse_badge(text)
            refuse_card_numbers(text)
        except Refused as no:
            self.say(str(no), Tone.BAD)  # and the box is emptied: it must not stand on the screen
            self.sound(Sound.ATTENTION)
            return
        results = find.search(self.look, text)
        if not results:
            self.sound(Sound.UNKNOWN)
            self.say(say("Nothing found for “{text}”.", text=text[:40]), Tone.WARN)
            return
        self.sound(Sound.GOOD)
        if len(results) == 1 or find.is_exactly(results[0], text):
            take_found(self, results[0])
        else:
            self.show(find.Results(text, results, lambda found: take_found(self, found)))

    def _leave(self) -> None:
        self.sale.presumed = None
        self.quiet()

    def _explain(self) -> None:
        """What the box is for, or the marked line; at the second key, or for who speaks Spanish, in both languages."""
        line = self.sale.marked
        if line is None:
            self.say(HOW_TO_BEGIN)
            return
        once = explained(line)
        self.say(in_both(once) if self._before == once or self.sale.language == "es" else once)

    def _proceed(self) -> None:
        if self.sale.ticket.lines:
            self.tendering()
        else:
            self.say(say("Scan a bill or type what is wanted first."))

    def _remove(self) -> None:
        self.sale.remove()
        self.quiet()
        self.say(say("The line is off the ticket. Ctrl+Z brings it back."))

    def _undo(self) -> None:
        words = undo(self.sale)
        self.quiet()
        self.say(words)
