"""Calendar arithmetic of the counter: terms in months and days, and a day in the words of the screen."""

import re
from calendar import monthrange
from datetime import date, timedelta

from counter_app.domain.said import Said, say

_MONTHS = (
    say("Jan"),
    say("Feb"),
    say("Mar"),
    say("Apr"),
    say("May"),
    say("Jun"),
    say("Jul"),
    say("Aug"),
    say("Sep"),
    say("Oct"),
    say("Nov"),
    say("Dec"),
)
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def add_months(day: date, months: int) -> date:
    """The same calendar day so many months later (below zero: earlier), or the month's last day where it has none."""
    month = day.year * 12 + day.month - 1 + months
    year, month = month // 12, month % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def add_days(day: date, days: int) -> date:
    """So many calendar days later."""
    return day + timedelta(days=days)


def us_date(day: date) -> Said:
    """Nov 23, 2026: how screens and sentences write a day."""
    return say("{month} {day}, {year}", month=_MONTHS[day.month - 1], day=day.day, year=day.year)


def parse_day(text: str) -> date | None:
    """The day that `YYYY-MM-DD` names, or None."""
    if not _ISO_DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
