"""Days and times as people in the United States read and type them: Nov 23, 2026, 9:15 AM and 112326."""

import re
from datetime import date, datetime

from counter_app.domain.days import parse_day, us_date
from counter_app.domain.refused import Refused
from counter_app.domain.said import say

_RUN = re.compile(r"(\d{2})(\d{2})(\d{2}|\d{4})")
_PARTS = re.compile(r"(\d{1,2})[/\-. ](\d{1,2})[/\-. ](\d{2}|\d{4})")
_LATEST_YEARS_AHEAD = 30
"""A year of two digits further ahead than this is of the last century: a birth, not an end."""


def clock_time(at: datetime) -> str:
    """9:15 AM."""
    return f"{at.hour % 12 or 12}:{at:%M} {'AM' if at.hour < 12 else 'PM'}"


def long_day(text: str) -> str:
    """Nov 23, 2026 of `2026-11-23`; other text stays as it is."""
    day = parse_day(text)
    return us_date(day) if day else text


def read_day(typed: str, today: date) -> date:
    """`112326`, `11/23/26` or `2026-11-23`; raises Refused for what is no day."""
    text = typed.strip()
    whole = parse_day(text)
    if whole is not None:
        return whole
    found = _RUN.fullmatch(text) or _PARTS.fullmatch(text)
    if found:
        month, day, year = (int(part) for part in found.groups())
        if year < 100:
            year += 2000 if 2000 + year <= today.year + _LATEST_YEARS_AHEAD else 1900
        try:
            return date(year, month, day)
        except ValueError:
            pass
    raise Refused(say("“{text}” is no day. Type month, day and year, like 112326.", text=text[:20]))
