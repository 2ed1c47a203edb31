"""Bank days around the holidays that ship."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from counter_app.domain.holidays import Holidays, load_holidays


@pytest.fixture(scope="module")
def holidays() -> Holidays:
    return load_holidays(resources.read_text("holidays.csv"))


def test_bank_and_city_close_on_different_days(holidays: Holidays) -> None:
    friday_before = date(2026, 7, 3)
    assert holidays.is_bank_day(friday_before)
    assert not holidays.is_city_day(friday_before)
    columbus = date(2026, 10, 12)
    assert not holidays.is_bank_day(columbus)
    assert holidays.is_city_day(columbus)
    assert not holidays.is_bank_day(date(2026, 11, 22))
    assert not holidays.is_city_day(date(2026, 11, 21))


@pytest.mark.parametrize(
    ("day", "days", "then"),
    [
        (date(2026, 11, 23), 0, date(2026, 11, 23)),
        (date(2026, 11, 23), 1, date(2026, 11, 24)),
        (date(2026, 11, 25), 1, date(2026, 11, 27)),  # Thanksgiving
        (date(2026, 11, 21), 0, date(2026, 11, 23)),
        (date(2026, 11, 21), 1, date(2026, 11, 24)),
        (date(2026, 12, 24), 10, date(2027, 1, 11)),  # Christmas, New Year
    ],
)
def test_add_bank_days(holidays: Holidays, day: date, days: int, then: date) -> None:
    assert holidays.add_bank_days(day, days) == then


def test_how_long_money_has_waited(holidays: Holidays) -> None:
    assert holidays.bank_days_between(date(2026, 11, 25), date(2026, 11, 30)) == 2
    assert holidays.bank_days_between(date(2026, 11, 25), date(2026, 11, 25)) == 0
    assert holidays.bank_days_between(date(2026, 11, 30), date(2026, 11, 25)) == 0


@given(st.dates(date(2026, 1, 1), date(2028, 12, 1)), st.integers(0, 30))
def test_there_and_counted_back(day: date, days: int) -> None:
    holidays = load_holidays(resources.read_text("holidays.csv"))
    first = holidays.add_bank_days(day, 0)
    assert holidays.bank_days_between(first, holidays.add_bank_days(day, days)) == days
