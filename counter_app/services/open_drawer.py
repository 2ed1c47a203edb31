"""Opening a drawer: a session begins with a counted float; its business date is fixed for good."""

from counter_app.domain import count as counts
from counter_app.domain import events
from counter_app.domain.days import add_days, parse_day, us_date
from counter_app.domain.drawer import SessionState
from counter_app.domain.ledger import TREASURY, Movement, drawer_place, float_place, post
from counter_app.domain.refused import Refused
from counter_app.domain.rights import Right
from counter_app.domain.said import say
from counter_app.services.acting import Act, Desk, Done, acting
from counter_app.services.station import Station
from db.queries import drawers, places

LEAP_YEAR_DAYS = 366


class OpenDrawer(Act, frozen=True, kw_only=True):
    """`count` is the float by pieces."""

    drawer: str
    count: dict[str, int]


class DrawerOpen(Done, frozen=True, kw_only=True):
    """The session that began."""

    session: str
    float_cents: int


def open_drawer(station: Station, act: OpenDrawer) -> DrawerOpen:
    """Begin a session; one a drawer, and one of a business date for a person."""
    count = counts.check_count(act.count)
    with acting(station, act) as desk:
        desk.demand(Right.TAKE_MONEY)
        _refuse_taken(desk, act.drawer)
        _refuse_wrong_clock(desk)
        cents = counts.total(count)
        number = desk.unit.number("session")
        place = float_place(number, act.drawer)
        issued = max(0, cents - max(0, places.balance(desk.connection, place)))
        desk.opens_drawer = True
        into = (Movement(TREASURY, place, "cash", issued), Movement(place, drawer_place(number), "cash", cents))
        moves = tuple(move for move in into if move.cents)
        entry = desk.unit.record(
            events.DrawerOpened(
                session=number,
                drawer=act.drawer,
                cashier=act.by,
                count=count,
                float_cents=cents,
                issued_cents=issued,
                movements=moves,
                postings=post(moves),
            ),
            session=number,
            business_date=desk.today.isoformat(),
        )
    return DrawerOpen(seq=entry.seq, session=number, float_cents=cents)


def _refuse_wrong_clock(desk: Desk) -> None:
    """A clock set back would open a drawer on a day that is over. A date far ahead, which a clock once stood at, closes
    no counter for years."""
    first, newest = (parse_day(day) for day in drawers.first_and_newest_day(desk.connection, desk.station.name))
    is_over = newest is not None and desk.today < newest <= add_days(desk.today, LEAP_YEAR_DAYS)
    if is_over or (first is not None and desk.today < first):
        raise Refused(
            say(
                "This computer's clock stands at {day}, and drawers of later days were opened here already. Set the"
                " clock, then open the drawer.",
                day=us_date(desk.today),
            )
        )


def _refuse_taken(desk: Desk, drawer: str) -> None:
    if drawer not in desk.city.drawers:
        raise Refused(
            say(
                "There is no drawer {drawer}; this counter has {names}.",
                drawer=drawer[:10],
                names=", ".join(desk.city.drawers),
            )
        )
    holder = drawers.uncounted_on_drawer(desk.connection, desk.station.name, drawer)
    if holder is not None:
        raise Refused(
            say(
                "Drawer {drawer} is open already, with {name}; close it first.",
                drawer=drawer,
                name=desk.name_of(holder.cashier),
            )
        )
    for session in drawers.uncounted_of(desk.connection, desk.station.name, desk.actor.person):
        if session.business_date >= desk.today.isoformat() and session.state == SessionState.OPEN:
            raise Refused(say("{name} has drawer {drawer} open already.", name=desk.actor.name, drawer=session.drawer))
