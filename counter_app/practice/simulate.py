"""Whole counter days, one after the other, the same for the same seed on a new demo.

The first day of an empty demo is always the same Monday, so that no summary depends on when it is made; later runs go
on after the newest business date.
"""

import random
from datetime import date, timedelta
from time import perf_counter

import msgspec

import resources
from counter_app.domain.clock import SetClock
from counter_app.domain.days import add_days
from counter_app.domain.holidays import load_holidays
from counter_app.domain.money import Cents
from counter_app.practice.simulated_day import EXCEPTIONS, DayDone, SimulatedDay, Sums
from counter_app.practice.simulated_sale import Street
from counter_app.services.station import Station
from db.queries import paper
from db.queries.days import newest_business_date

FIRST_DAY = date(2026, 11, 30)
EXCEPTION_DAYS = 5
"""Within so many days every exception happens."""


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """What the days came to after voids and refunds.

    `total_cents` are the receipts; the others what lay in the drawers for them, money orders among the checks:
    Σ deposits' cash = cash_cents + over_short_cents. `seconds` is how long the machine took.
    """

    payments: int
    voids: int
    total_cents: Cents
    cash_cents: Cents
    checks_cents: Cents
    cards_cents: Cents
    over_short_cents: Cents
    deposits: tuple[DayDone, ...]
    seconds: float


def simulate(station: Station, *, days: int, payments: int, seed: int) -> Summary:
    """So many days with so many payments each, every drawer closed, verified, deposited and sent at its end.

    `days` and `payments` are at least 1. Raises Refused when a drawer of the demo is open already.
    """
    assert station.is_practice, "only practice money is simulated"
    began, rng, sums = perf_counter(), random.Random(seed), Sums()
    head = station.books.head().seq
    clock = SetClock(station.clock.now())
    station.set_clock(clock)
    street = Street(station, rng)
    for index, day in enumerate(_days(station, days)):
        last = index == days - 1
        SimulatedDay(station, clock, street, rng, sums, day, last=last).run(payments, _exceptions(index, days))
        _file_paper(station, head)
    return Summary(
        payments=sums.payments,
        voids=sums.voids,
        total_cents=sums.total_cents,
        cash_cents=sums.cash_cents,
        checks_cents=sums.checks_cents,
        cards_cents=sums.cards_cents,
        over_short_cents=sums.over_short_cents,
        deposits=tuple(sums.deposits),
        seconds=round(perf_counter() - began, 3),
    )


def _days(station: Station, count: int) -> list[date]:
    """Days on which the city hall is open, after the newest business date."""
    holidays = load_holidays(resources.read_text("holidays.csv"))
    with station.books.read() as connection:
        newest = newest_business_date(connection)
    day = FIRST_DAY if newest is None else add_days(date.fromisoformat(newest), 1)
    days: list[date] = []
    while len(days) < count:
        if holidays.is_city_day(day):
            days.append(day)
        day += timedelta(days=1)
    return days


def _exceptions(index: int, days: int) -> tuple[str, ...]:
    """The day's share of the exceptions, so that each comes once in every five days, or in all when there are fewer."""
    span = min(days, EXCEPTION_DAYS)
    return EXCEPTIONS[index % span :: span]


def _file_paper(station: Station, after: int) -> None:
    """Nobody waits for the paper of a simulated day: it counts as printed."""
    with station.books.change_state() as connection:
        for job in paper.in_state(connection, "queued"):
            if job.seq > after:
                paper.set_state(connection, job.job, "printed")
