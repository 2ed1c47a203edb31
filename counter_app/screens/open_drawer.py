"""Opening a drawer: choose it, count its float, and the day begins."""

from counter_app.domain.money import usd
from counter_app.domain.refused import Refused, StationFault, WrongAct
from counter_app.domain.rights import Person, Right, who_may
from counter_app.domain.said import say
from counter_app.screens.look_up import LookUp
from counter_app.screens.us_words import long_day
from counter_app.screens.views import Message, OpeningView, Row, Tone
from counter_app.services import open_drawer
from counter_app.services.acts import perform
from counter_app.services.station import Station


class OpenDrawer:
    """`choose` a drawer, then `finish` with its count."""

    def __init__(self, station: Station, person: Person) -> None:
        self._station, self._person, self._look = station, person, LookUp(station)
        self._message, self._opened = Message(), ""
        self._marked = next((n for n, d in enumerate(self._drawers()) if self._look.holder(d) is None), 0)

    @property
    def view(self) -> OpeningView:
        """The drawers and whose they are."""
        rows = tuple(self._row(drawer) for drawer in self._drawers())
        return OpeningView(say("Open a drawer"), rows, self._marked, self._off(), self._message, self._opened)

    def choose(self, place: int) -> None:
        """Another drawer."""
        self._marked = max(0, min(place, len(self._drawers()) - 1))

    def finish(self, count: dict[str, int]) -> bool:
        """Open it with this float; whether it is open now."""
        act = open_drawer.OpenDrawer(by=self._person.person, drawer=self._drawers()[self._marked], count=count)
        try:
            done = perform(self._station, act)
        except (Refused, WrongAct, StationFault) as no:
            self._message = Message(str(no), Tone.BAD)
            return False
        self._opened = act.drawer
        words = say("Drawer {drawer} is open with {amount}.", drawer=act.drawer, amount=usd(done.float_cents))
        self._message = Message(words, Tone.GOOD)
        return True

    def _drawers(self) -> tuple[str, ...]:
        return self._look.city().drawers

    def _row(self, drawer: str) -> Row:
        holder = self._look.holder(drawer)
        whose = say("closed, waits for its count") if self._look.waits_for_count(drawer) else say("free")
        if holder is not None:
            name, day = self._look.name_of(holder.cashier), long_day(holder.business_date)
            whose = say("open with {name} since {day}", name=name, day=day)
        return Row(say("Drawer {drawer}", drawer=drawer), "", whose, icon="drawer", key=drawer)

    def _off(self) -> str:
        """Why this person opens none."""
        if not self._person.may(Right.TAKE_MONEY):
            return say("{name} takes no money; {who} does.", name=self._person.name, who=who_may(Right.TAKE_MONEY))
        session = self._look.open_session(self._person.person)
        return "" if session is None else say("You have drawer {drawer} open.", drawer=session.drawer)
