"""The ways in which a receipt's money may go back now, and in words why one is closed; looking writes nothing."""

from collections.abc import Sequence

import msgspec

import resources
from counter_app.domain import correction
from counter_app.domain.clock import local_date
from counter_app.domain.correction import How
from counter_app.domain.drawer import SessionState
from counter_app.domain.holidays import load_holidays
from counter_app.domain.money import Cents
from counter_app.domain.receipt import Receipt
from counter_app.domain.refused import Refused
from counter_app.domain.said import say
from counter_app.services.station import Station
from db.queries import drawers

HOWS: tuple[How, ...] = ("cash", "request", "card", "credit")


class RefundWay(msgspec.Struct, frozen=True):
    """A way back: what it would give, or why it cannot be taken."""

    how: How
    cents: Cents
    why_not: str = ""


def refund_ways(station: Station, by: str, receipt: Receipt, lines: Sequence[int] | None) -> tuple[RefundWay, ...]:
    """Every way for these lines (None: all that are left); the act itself judges again."""
    with station.books.read() as connection:
        city = station.reference(connection).city
        today = local_date(station.clock.now(), city.tz)
        own = drawers.uncounted_of(connection, station.name, by)
    holidays = load_holidays(resources.read_text("holidays.csv"))
    paying = [s.session for s in own if s.state == SessionState.OPEN and s.business_date >= today.isoformat()]
    ways = []
    for how in HOWS:
        session = paying[0] if how == "cash" and paying else None
        try:
            found = correction.refund(
                receipt, lines, how, city=city, today=today, holidays=holidays, session=session or "none"
            )
        except Refused as no:
            ways.append(RefundWay(how, 0, str(no)))
            continue
        no_drawer = say("Cash comes out of your own open drawer; you have none.")
        ways.append(RefundWay(how, found.amount_cents, no_drawer if how == "cash" and session is None else ""))
    return tuple(ways)
