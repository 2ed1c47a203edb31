"""The growing wait after wrong PINs."""

from datetime import UTC, datetime, timedelta

import pytest

from counter_app.domain.refused import Refused
from counter_app.domain.waiting import LONGEST_S, MOST_NAMES, Waiting, seconds_after

NINE = datetime(2026, 11, 23, 17, tzinfo=UTC)


def after(seconds: float) -> datetime:
    return NINE + timedelta(seconds=seconds)


def test_one_two_four_eight_and_never_more_than_a_minute() -> None:
    assert [seconds_after(times) for times in range(9)] == [0, 1, 2, 4, 8, 16, 32, 64, 64]
    assert seconds_after(10_000) == LONGEST_S


def test_the_wait_is_said_in_words_and_ends() -> None:
    waiting = Waiting()
    for _ in range(3):
        waiting.wrong("maria", NINE)
    with pytest.raises(Refused, match="Wait 4 seconds, then type the PIN again"):
        waiting.demand("maria", NINE)
    with pytest.raises(Refused, match="Wait 1 second, then type the PIN again"):
        waiting.demand("maria", after(3.5))
    waiting.demand("maria", after(4))


def test_nobody_else_waits_and_a_right_one_clears() -> None:
    waiting = Waiting()
    waiting.wrong("maria", NINE)
    waiting.demand("ben", NINE)
    waiting.right("maria")
    waiting.demand("maria", NINE)


def test_a_clock_set_back_makes_nobody_wait_longer() -> None:
    waiting = Waiting()
    for _ in range(7):
        waiting.wrong("maria", NINE)
    waiting.demand("maria", after(-3600))


def test_made_up_names_fill_no_memory() -> None:
    waiting = Waiting()
    for number in range(10 * MOST_NAMES):
        waiting.wrong(f"x{number}", NINE)
    waiting.demand("x0", NINE)
    with pytest.raises(Refused):
        waiting.demand(f"x{10 * MOST_NAMES - 1}", NINE)
