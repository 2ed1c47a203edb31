"""Dates and times as people at the counter read them, in the customer's language."""

from datetime import date, datetime

from counter_app.domain.paper import Language

_MONTHS = {
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    "es": ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"),
}


def day(when: date, language: Language = "en") -> str:
    """`Nov 23, 2026`, or `23 nov 2026`."""
    month = _MONTHS[language][when.month - 1]
    return f"{when.day} {month} {when.year}" if language == "es" else f"{month} {when.day}, {when.year}"


def clock_time(when: datetime) -> str:
    """`9:05 AM`: the counter's own time, as United States readers of both languages write it."""
    return f"{when.hour % 12 or 12}:{when.minute:02d} {'AM' if when.hour < 12 else 'PM'}"


def moment(when: datetime, language: Language = "en") -> str:
    """`Nov 23, 2026 9:05 AM`."""
    return f"{day(when, language)} {clock_time(when)}"
