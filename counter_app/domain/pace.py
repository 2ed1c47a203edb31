"""How long payments take at a counter: seconds counted by kind of payment and week, never by person, receipt or hour.

Only how many payments took how many seconds is kept, so that no single payment can be found in it again.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Literal

import msgspec

from counter_app.domain.sale import PricedLine, TenderAsked

Kind = Literal["cash", "check", "card", "money_order", "several", "licence"]
KINDS: tuple[Kind, ...] = ("cash", "check", "card", "money_order", "several", "licence")
"""By what was handed over; several tenders, and whatever hands out a license, are kinds of their own."""
LEAST = 5
"""Fewer payments of a kind say nothing, and might tell of one person."""
MOST_SECONDS = 900
"""What took longer was interrupted and is no pace."""

Counted = Mapping[int, int]
"""Seconds to how many payments took them."""


class Pace(msgspec.Struct, frozen=True):
    """One kind in one week: `median_s` is None where fewer than LEAST payments were timed."""

    kind: Kind
    payments: int
    median_s: int | None


def kind_of(lines: tuple[PricedLine, ...], tenders: tuple[TenderAsked, ...]) -> Kind:
    """What kind of payment it was."""
    if any(line.fee.licence is not None for line in lines):
        return "licence"
    return tenders[0].kind if len(tenders) == 1 else "several"


def week_of(day: date) -> date:
    """The Monday of a week."""
    return day - timedelta(days=day.weekday())


def pace(kind: Kind, counted: Counted) -> Pace:
    """The median of what was counted, the lower of two middles."""
    payments = sum(counted.values())
    return Pace(kind, payments, _median(counted, payments) if payments >= LEAST else None)


def _median(counted: Counted, payments: int) -> int:
    passed = 0
    for seconds in sorted(counted):
        passed += counted[seconds]
        if passed * 2 >= payments:
            return seconds
    raise AssertionError("a median of nothing")
