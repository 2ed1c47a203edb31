"""Counter speed as figures: a median from five payments on, and nothing that tells of one of them."""

from datetime import date
from statistics import median_low

from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.pace import LEAST, Pace, pace, week_of


@given(st.lists(st.integers(1, 900), min_size=LEAST, max_size=60))
def test_the_median_is_that_of_the_payments(seconds: list[int]) -> None:
    counted = {each: seconds.count(each) for each in seconds}
    assert pace("cash", counted) == Pace("cash", len(seconds), median_low(seconds))


def test_fewer_than_five_say_how_many_and_no_number() -> None:
    assert pace("check", {30: 1, 12: 3}) == Pace("check", 4, None)
    assert pace("check", {}) == Pace("check", 0, None)


def test_a_week_begins_on_its_monday() -> None:
    assert {week_of(date(2026, 11, day)) for day in range(23, 30)} == {date(2026, 11, 23)}
