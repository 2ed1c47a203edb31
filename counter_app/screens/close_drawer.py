"""Closing the own drawer, blind: cash, checks and cards are counted; nothing tells what the books expect."""

from collections.abc import Callable

from counter_app.domain.drawer import Session, SessionState
from counter_app.domain.refused import Refused, StationFault, WrongAct
from counter_app.domain.rights import Person
from counter_app.domain.said import say
from counter_app.screens.count_place import CountPlace
from counter_app.screens.counting import COUNTED_SO_FAR, Counting
from counter_app.screens.look_up import LookUp
from counter_app.screens.us_words import long_day
from counter_app.screens.views import ClosingView, Message, Tone
from counter_app.services import close_drawer
from counter_app.services.acts import perform
from counter_app.services.station import Station


class CloseDrawer:
    """The steps of `counting.Counting`, then `close`."""

    def __init__(self, station: Station, person: Person) -> None:
        self._station, self._person, self._look = station, person, LookUp(station)
        self._session = self._first_to_close()
        self._counting = Counting(self._title())
        self._message, self._done = Message(), ""
        which = f"close {self._session.session}/{self._session.recounts}" if self._session else ""
        self._place = CountPlace(station, which, person.person)
        if self._session is not None and self._place.bring_to(self._counting) is not None:
            self._message = Message(COUNTED_SO_FAR, Tone.ACCENT)

    @property
    def view(self) -> ClosingView:
        """The count so far."""
        if self._done or self._session is None:
            off = "" if self._done else say("{name} has no drawer to close.", name=self._person.name)
            return ClosingView(self._title(), None, off, self._done)
        return ClosingView(self._title(), self._counting.view(self._message))

    def so_far(self, count: dict[str, int]) -> None:
        """The pieces typed until now."""
        self._counting.so_far(count)

    def keep_place(self) -> None:
        """What was counted outlives the program."""
        if self._session is not None and not self._done:
            self._place.keep(self._counting)

    def cash(self, count: dict[str, int]) -> None:
        """The grid is finished."""
        self._guard(lambda: self._counting.cash(count))

    def check(self, typed: str) -> None:
        """One check, or nothing for the next step."""
        self._guard(lambda: self._counting.check(typed))

    def remove_check(self, place: int) -> None:
        """A check typed wrongly."""
        self._guard(lambda: self._counting.remove_check(place))

    def cards(self, typed: str) -> None:
        """The sum of the card slips."""
        self._guard(lambda: self._counting.cards(typed))

    def back(self) -> None:
        """The step before."""
        self._guard(self._counting.back)

    def close(self) -> None:
        """Lock the count."""
        self._guard(self._close)

    def _close(self) -> None:
        counting, session = self._counting, self._session
        if session is None or counting.step != "ready":
            raise Refused(say("Count cash, checks and cards first."))
        act = close_drawer.CloseDrawer(
            by=self._person.person,
            drawer=session.drawer,
            count=counting.count,
            checks=counting.checks,
            cards_cents=counting.cards_cents,
        )
        perform(self._station, act)
        self._place.end()
        self._done = say("Drawer {drawer} is closed. The lead counts it next.", drawer=session.drawer)

    def _first_to_close(self) -> Session | None:
        """A drawer of an earlier day first, then one to be counted again, then today's."""
        sessions = self._look.own_sessions(self._person.person)
        return min(sessions, key=lambda s: (s.business_date, s.state != SessionState.RECOUNT), default=None)

    def _title(self) -> str:
        if self._session is None:
            return say("Close a drawer")
        drawer, day = self._session.drawer, long_day(self._session.business_date)
        if self._session.state == SessionState.RECOUNT:
            return say("Count drawer {drawer} again, {day}", drawer=drawer, day=day)
        return say("Count drawer {drawer}, {day}", drawer=drawer, day=day)

    def _guard(self, act: Callable[[], None]) -> None:
        self._message = Message()
        try:
            act()
        except (Refused, WrongAct, StationFault) as no:
            self._message = Message(str(no), Tone.BAD)
