"""Times as people at the counter read them, on paper."""

from datetime import datetime

from counter_app.domain.days import us_date
from counter_app.domain.said import Said, say


def clock_time(when: datetime) -> str:
    """`9:05 AM`: the counter's own time, as United States readers of both languages write it."""
    return f"{when.hour % 12 or 12}:{when.minute:02d} {'AM' if when.hour < 12 else 'PM'}"


def moment(when: datetime) -> Said:
    """`Nov 23, 2026 9:05 AM`."""
    return say("{day} {time}", day=us_date(when.date()), time=clock_time(when))
