"""Counter speed, for the lead: how long a payment of each kind takes, by week; of the counter, never of a person."""

from dataclasses import dataclass, field

from counter_app.domain.days import us_date
from counter_app.domain.pace import LEAST, Kind, Pace
from counter_app.domain.said import counted, say
from counter_app.screens.views import Message
from counter_app.services.counter_speed import WeekOfPace, weeks_of_pace
from counter_app.services.station import Station

KIND_NAMES: dict[Kind, str] = {
    "cash": say("Cash"),
    "check": say("Check"),
    "card": say("Card"),
    "money_order": say("Money order"),
    "several": say("Several tenders"),
    "licence": say("With a license"),
}
NOTHING = say(
    "No payment was timed yet. A ticket is timed from its first line to its receipt, unless it was interrupted."
)
PROMISE = say("Of this window as a whole: whose payments they were is not kept.")


@dataclass(frozen=True, slots=True)
class Bar:
    """One kind: its name, its figure ("14 s", or why there is none), how many, and its `share` of the longest."""

    name: str
    figure: str
    note: str
    share: float


@dataclass(frozen=True, slots=True)
class SpeedView:
    """A week of a site, or in `empty` why there is none."""

    title: str
    bars: tuple[Bar, ...] = ()
    empty: str = ""
    promise: str = PROMISE
    message: Message = field(default_factory=Message)


class CounterSpeed:
    """`step` walks the weeks, the newest first; `look_again` reads them anew."""

    def __init__(self, station: Station) -> None:
        self._station, self._at = station, 0
        self._weeks: tuple[WeekOfPace, ...] = ()
        self._message = Message()
        self.look_again()

    def look_again(self) -> None:
        """What was timed meanwhile."""
        self._message = Message()
        self._weeks = tuple(weeks_of_pace(self._station))
        self._at = min(self._at, max(0, len(self._weeks) - 1))

    def step(self, by: int) -> None:
        """An older week (1) or a newer one (-1)."""
        to = self._at + by
        self._message = Message()
        if 0 <= to < len(self._weeks):
            self._at = to
        else:
            self._message = Message(say("That is the newest week.") if by < 0 else say("That is the oldest week."))

    @property
    def view(self) -> SpeedView:
        """The bars of the week."""
        if not self._weeks:
            return SpeedView(say("Counter speed"), empty=NOTHING, message=self._message)
        week = self._weeks[self._at]
        longest = max((pace.median_s or 0 for pace in week.paces), default=0)
        return SpeedView(
            say("{site}, week of {day}", site=week.site, day=us_date(week.monday)),
            tuple(_bar(pace, longest) for pace in week.paces),
            message=self._message,
        )


def _bar(pace: Pace, longest: int) -> Bar:
    payments = counted(pace.payments, "{n} payment", "{n} payments")
    name = KIND_NAMES[pace.kind]
    if pace.median_s is None:
        note = say("{payments}; from {least} on there is one", payments=payments, least=LEAST)
        return Bar(name, say("no figure yet"), note, 0)
    return Bar(name, say("{seconds} s", seconds=pace.median_s), payments, pace.median_s / longest)
