"""The lead's verification: a board of drawers, a second blind count, and only then what the books expected."""

from collections.abc import Callable

import msgspec

from counter_app.domain import count as counts
from counter_app.domain.clock import from_text
from counter_app.domain.drawer import ChecksCounted, Session, SessionState, Till, Verdict, judge
from counter_app.domain.money import Cents, usd
from counter_app.domain.refused import Refused, StationFault, WrongAct
from counter_app.domain.rights import Person, Right, demand
from counter_app.domain.said import Said, counted, say, together
from counter_app.screens.approval import shown_reason
from counter_app.screens.count_place import CountPlace
from counter_app.screens.counting import COUNTED_SO_FAR, Counting
from counter_app.screens.last_receipt import VOID_REASONS
from counter_app.screens.look_up import LookUp
from counter_app.screens.us_words import clock_time, long_day
from counter_app.screens.views import Figures, Message, Question, Row, Tone, VerifyingView
from counter_app.services import close_drawer
from counter_app.services.acts import perform
from counter_app.services.correct_receipt import DecideVoid
from counter_app.services.small_acts import EndorseCheck
from counter_app.services.station import Station
from db.queries import drawers

_STATES = {
    SessionState.OPEN: (say("open"), Tone.PLAIN),
    SessionState.CLOSED: (say("closed, to be counted"), Tone.ACCENT),
    SessionState.RECOUNT: (say("being counted again"), Tone.WARN),
    SessionState.VERIFIED: (say("verified, to be deposited"), Tone.GOOD),
}
_NEXT = {
    SessionState.OPEN: say("Next: its cashier counts and closes it."),
    SessionState.CLOSED: say("Next: Enter counts it the second time."),
    SessionState.RECOUNT: say("Next: its cashier counts it again."),
    SessionState.VERIFIED: say("Next: a supervisor takes it into a deposit."),
}


class Locked(msgspec.Struct, frozen=True):
    """A count that was locked before its figures were shown; it cannot be counted another time."""

    counting: Counting
    till: Till
    verdict: Verdict


class VerifyDrawers:
    """`choose` a drawer on the board, count it, `lock`, then `accept` with what explains a difference, or `recount`."""

    def __init__(self, station: Station, person: Person) -> None:
        self._station, self._person, self._look = station, person, LookUp(station)
        self._session: Session | None = None
        self._counting: Counting | None = None
        self._locked: dict[str, Locked] = {}
        self._place: CountPlace | None = None
        self._message = Message()
        self._marked = 0
        self._asked: Question | None = None

    @property
    def view(self) -> VerifyingView:
        """Board, count or figures."""
        if self._session is None:
            board = tuple(self._row(session) for session in self._look.unfinished())
            return VerifyingView(
                say("Drawers"),
                board,
                self._marked,
                message=self._message,
                hint=say("Enter counts the marked one."),
                asked=self._asked,
            )
        whose = self._look.name_of(self._session.cashier)
        title = say("Drawer {drawer}, {name}", drawer=self._session.drawer, name=whose)
        locked = self._locked.get(self._key())
        if locked is not None:
            return VerifyingView(title, figures=self._figures(locked), message=self._message)
        assert self._counting is not None
        return VerifyingView(title, counting=self._counting.view(self._message))

    def so_far(self, count: dict[str, int]) -> None:
        """The pieces typed until now."""
        if self._counting is not None and self._key() not in self._locked:
            self._counting.so_far(count)

    def keep_place(self) -> None:
        """What was counted outlives the program."""
        if self._counting is not None and self._place is not None and self._key() not in self._locked:
            self._place.keep(self._counting)

    def step(self, by: int) -> None:
        """Walk the board."""
        self._marked = max(0, min(self._marked + by, len(self._look.unfinished()) - 1))

    def choose(self, place: int | None = None) -> None:
        """Count this drawer, the marked one by default."""
        self._guard(lambda: self._choose(self._marked if place is None else place))

    def cash(self, count: dict[str, int]) -> None:
        """The grid is finished."""
        self._guard(lambda: self._count().cash(count))

    def check(self, typed: str) -> None:
        """One check, or nothing for the next step."""
        self._guard(lambda: self._count().check(typed))

    def remove_check(self, place: int) -> None:
        """A check typed wrongly."""
        self._guard(lambda: self._count().remove_check(place))

    def cards(self, typed: str) -> None:
        """The sum of the card slips."""
        self._guard(lambda: self._count().cards(typed))

    def lock(self) -> None:
        """The count is final: now its figures are shown."""
        self._guard(self._lock)

    def back(self) -> None:
        """The step before; from the first, and from figures, the board."""
        self._message = Message()
        self.keep_place()
        if self._counting is not None and self._counting.step != "cash" and self._key() not in self._locked:
            self._counting.back()
        else:
            self._session = self._counting = None

    def endorse(self) -> None:
        """Stamp the checks of this drawer that carry no endorsement yet."""
        self._guard(self._endorse)

    def decide(self, *, accept: bool) -> None:
        """Accept or reject the void that is asked for."""
        self._guard(lambda: self._decide_void(accept=accept))

    def accept(self, explanation: str = "") -> None:
        """Verified, with what explains a difference."""
        self._guard(lambda: self._decide(accept=True, explanation=explanation))

    def recount(self, explanation: str = "") -> None:
        """Its cashier counts once more."""
        self._guard(lambda: self._decide(accept=False, explanation=explanation))

    def _choose(self, place: int) -> None:
        sessions, self._asked = self._look.unfinished(), None
        if not 0 <= place < len(sessions):
            raise Refused(say("There is no drawer to count."))
        session = sessions[place]
        self._marked = place
        demand(self._person, Right.VERIFY)
        if session.cashier == self._person.person:
            raise Refused(say("Nobody verifies an own drawer."))
        if session.state != SessionState.CLOSED:
            drawer, state = session.drawer, _STATES[session.state][0]
            words = say("Drawer {drawer} is {state}; only a closed drawer is counted.", drawer=drawer, state=state)
            raise Refused(words)
        self._refuse_untidy(session)
        self._session = session
        self._counting = Counting(say("Count drawer {drawer}", drawer=session.drawer))
        self._place = CountPlace(self._station, f"verify {self._key()}", self._person.person)
        held = self._place.bring_to(self._counting)
        if held is not None and held.locked and self._key() not in self._locked:
            self._lock()
        elif held is not None:
            self._message = Message(COUNTED_SO_FAR, Tone.ACCENT)

    def _refuse_untidy(self, session: Session) -> None:
        """What must be settled before the count, without a word of its sums."""
        with self._station.books.read() as connection:
            asked = drawers.asked_voids(connection, session.session)
            own = drawers.unverified_taker(connection, self._person.person, session.business_date)
            paid = self._person.name.casefold() in drawers.payers(connection, session.session)
        if asked:
            self._asked = self._question(asked[0])
            raise Refused(say("A void of receipt {number} is asked for; accept or reject it first.", number=asked[0]))
        name = self._person.name
        if own:
            raise Refused(say("{name} took money that day in a drawer that is not verified yet.", name=name))
        if paid:
            raise Refused(say("{name} paid in this drawer and cannot verify it.", name=name))

    def _question(self, number: str) -> Question:
        asked = self._look.asked_void(number)
        assert asked is not None
        words = say(
            "Void receipt {number} of {amount}? {name} asks: {reason}. Y accepts, N rejects.",
            number=number,
            amount=usd(asked.total_cents),
            name=self._look.name_of(asked.asked_by),
            reason=shown_reason(asked.reason, VOID_REASONS) if asked.reason else say("no reason is kept"),
        )
        return Question(words, number)

    def _decide_void(self, *, accept: bool) -> None:
        if self._asked is None:
            raise Refused(say("No void is asked for here."))
        number = self._asked.number
        perform(self._station, DecideVoid(by=self._person.person, number=number, accept=accept))
        self._asked = None
        accepted = say("The void of receipt {number} is accepted.", number=number)
        rejected = say("The void of receipt {number} is rejected.", number=number)
        self._message = Message(accepted if accept else rejected, Tone.GOOD)

    def _lock(self) -> None:
        counting = self._count()
        if self._session is None or counting.step != "ready":
            raise Refused(say("Count cash, checks and cards first."))
        with self._station.books.read() as connection:
            till = drawers.till(connection, self._session.session)
        pile = ChecksCounted(tuple(sorted(counting.checks)), len(counting.checks), sum(counting.checks))
        verdict = judge(
            self._session, till, count=counting.count, keep=None, checks=pile, cards_cents=counting.cards_cents
        )
        if self._place is not None:
            self._place.lock(counting)
        self._locked[self._key()] = Locked(counting, till, verdict)

    def _endorse(self) -> None:
        if self._session is None:
            raise Refused(say("Choose a drawer first."))
        with self._station.books.read() as connection:
            bare = [check for check in drawers.recorded_checks(connection, self._session.session) if not check.endorsed]
        for check in bare:
            perform(self._station, EndorseCheck(by=self._person.person, number=check.number, tender=check.tender))
        done = counted(len(bare), "{n} check endorsed.", "{n} checks endorsed.")
        self._message = Message(done if bare else say("Every check is endorsed."), Tone.GOOD)

    def _decide(self, *, accept: bool, explanation: str) -> None:
        locked = self._locked.get(self._key())
        if locked is None or self._session is None:
            raise Refused(say("Lock the count first."))
        act = close_drawer.VerifyDrawer(
            by=self._person.person,
            session=self._session.session,
            count=locked.counting.count,
            checks=locked.counting.checks,
            cards_cents=locked.counting.cards_cents,
            accept=accept,
            explanation=explanation.strip() or None,
        )
        done = perform(self._station, act)
        if self._place is not None:
            self._place.end()
        words = _verified(self._session.drawer, done.over_short_cents)
        if not accept:
            name = self._look.name_of(self._session.cashier)
            words = say("Drawer {drawer} goes back to {name} for a recount.", drawer=self._session.drawer, name=name)
        self._session = self._counting = None
        self._message = Message(words, Tone.GOOD)

    def _count(self) -> Counting:
        if self._counting is None or self._key() in self._locked:
            raise Refused(say("The count is locked.") if self._session else say("Choose a drawer first."))
        return self._counting

    def _key(self) -> str:
        """A session and which of its counts; after a recount it is counted anew."""
        return f"{self._session.session}/{self._session.recounts}" if self._session else ""

    def _row(self, session: Session) -> Row:
        words, tone = _STATES[session.state]
        today = self._look.today().isoformat()
        old = session.business_date < today
        late = old and session.state in (SessionState.OPEN, SessionState.RECOUNT)
        name, day = self._look.name_of(session.cashier), long_day(session.business_date)
        note = say("{state}, forgotten since {day}", state=words, day=day) if late else words
        time = clock_time(from_text(session.opened).astimezone(self._look.city().tz))
        since = say("{day}, since {time}", day=day, time=time) if old else say("Since {time}", time=time)
        return Row(
            say("Drawer {drawer}", drawer=session.drawer),
            detail=together((name, since), "\n"),
            note=note,
            tone=Tone.BAD if late else tone,
            icon="drawer",
            key=session.session,
            next_step=_NEXT[session.state],
        )

    def _figures(self, locked: Locked) -> Figures:
        assert self._session is not None
        verdict, expected = locked.verdict, locked.till.expected
        tenders = (
            (say("Cash"), verdict.counted.cash, expected.cash),
            (say("Checks"), verdict.counted.check, expected.check),
            (say("Money orders"), verdict.counted.money_order, expected.money_order),
            (say("Cards"), verdict.counted.card, expected.card),
        )
        again = not self._session.recounts
        name, tone = _over_short(verdict.over_short_cents)
        return Figures(
            tuple((name, usd(got), usd(should), _difference(got - should)) for name, got, should in tenders),
            tuple(Tone.PLAIN if got == should else Tone.WARN for _, got, should in tenders),
            together([_differs(name, got - should, again) for name, got, should in tenders[1:] if got != should]),
            usd(abs(verdict.over_short_cents)),
            name,
            tone,
            say("Leave in the drawer: {pieces}", pieces=counts.in_words(verdict.keep)),
            bool(verdict.over_short_cents or verdict.mix_differs),
            again,
        )

    def _guard(self, act: Callable[[], None]) -> None:
        self._message = Message()
        try:
            act()
        except (Refused, WrongAct, StationFault) as no:
            self._message = Message(str(no), Tone.BAD)


def _over_short(cents: Cents) -> tuple[Said, Tone]:
    if not cents:
        return say("Cash even"), Tone.GOOD
    return say("Cash over") if cents > 0 else say("Cash short"), Tone.WARN


def _differs(tenders: Said, cents: Cents, can_recount: bool) -> Said:
    """The headline is cash alone, so that other tenders are said in words."""
    if can_recount:
        return say("{tenders} differ by {amount}: find the slip or recount.", tenders=tenders, amount=_signed(cents))
    return say("{tenders} differ by {amount}: find the slip, or explain it.", tenders=tenders, amount=_signed(cents))


def _verified(drawer: str, over_short_cents: Cents) -> Said:
    amount = usd(abs(over_short_cents))
    if not over_short_cents:
        return say("Drawer {drawer} is verified, even.", drawer=drawer)
    if over_short_cents > 0:
        return say("Drawer {drawer} is verified, over {amount}.", drawer=drawer, amount=amount)
    return say("Drawer {drawer} is verified, short {amount}.", drawer=drawer, amount=amount)


def _difference(cents: Cents) -> str:
    return _signed(cents) if cents else ""


def _signed(cents: Cents) -> str:
    return ("+" if cents > 0 else "") + usd(cents)
