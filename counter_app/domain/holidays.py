"""Bank working days: when a deposit can be at the bank, and how long money has waited for it.

The city and the Federal Reserve close on different days: on the Friday before a Saturday holiday the banks stay open.
"""

import csv
import io
from datetime import date, timedelta

from msgspec import Struct

SATURDAY = 5


class Holidays(Struct, frozen=True, kw_only=True):
    """The days beside Saturday and Sunday on which the banks, and by default the city, are closed."""

    bank: frozenset[date]
    city: frozenset[date]

    def is_bank_day(self, day: date) -> bool:
        """Whether the banks work on that day."""
        return day.weekday() < SATURDAY and day not in self.bank

    def is_city_day(self, day: date) -> bool:
        """Whether the city hall is open by the default calendar."""
        return day.weekday() < SATURDAY and day not in self.city

    def add_bank_days(self, day: date, days: int) -> date:
        """The bank day so many bank days after `day` (0: that day, or the next bank day where it is none); days ≥ 0."""
        while not self.is_bank_day(day):
            day += timedelta(days=1)
        for _ in range(days):
            day += timedelta(days=1)
            while not self.is_bank_day(day):
                day += timedelta(days=1)
        return day

    def bank_days_between(self, first: date, last: date) -> int:
        """How many bank days come after `first` up to and with `last`; 0 when `last` is not later."""
        span = max((last - first).days, 0)
        return sum(self.is_bank_day(first + timedelta(days=n)) for n in range(1, span + 1))


def load_holidays(csv_text: str) -> Holidays:
    """Read the columns `bank_closed_on` and `city_default_closed_on` (a date or nothing) of resources/holidays.csv."""
    rows = list(csv.DictReader(io.StringIO(csv_text)))
    return Holidays(
        bank=frozenset(date.fromisoformat(row["bank_closed_on"]) for row in rows if row["bank_closed_on"]),
        city=frozenset(
            date.fromisoformat(row["city_default_closed_on"]) for row in rows if row["city_default_closed_on"]
        ),
    )
