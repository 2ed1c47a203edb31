"""Whole cents."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.money import half_up, parse_dollars, plain, split, usd
from counter_app.domain.refused import Refused


@pytest.mark.parametrize(
    ("text", "cents"),
    [("100", 10_000), ("83.17", 8_317), ("1,234.5", 123_450), (".5", 50), ("$7", 700), (" 0.05 ", 5), ("12.", 1_200)],
)
def test_dollars_as_people_type_them(text: str, cents: int) -> None:
    if text == "12.":
        with pytest.raises(Refused):
            parse_dollars(text)
    else:
        assert parse_dollars(text) == cents


@pytest.mark.parametrize(
    "text", ["", "$", ".", "-5", "1.234", "1,23", "12,3456", "ten", "1e3", "٣", "1 000", "--", "1.2.3"]
)
def test_no_amount(text: str) -> None:
    with pytest.raises(Refused, match="not an amount"):
        parse_dollars(text)


def test_too_much() -> None:
    assert parse_dollars("99,999,999.99") == 9_999_999_999
    with pytest.raises(Refused, match="too large"):
        parse_dollars("100,000,000")


@given(st.integers(0, 9_999_999_999))
def test_what_is_shown_can_be_typed(cents: int) -> None:
    assert parse_dollars(usd(cents)) == parse_dollars(plain(cents)) == cents


def test_below_zero() -> None:
    assert usd(-123_456) == "\N{MINUS SIGN}$1,234.56"
    assert plain(-5) == "-0.05"


@given(st.integers(0, 10**12), st.integers(1, 10**6))
def test_half_up_is_the_nearest_and_halves_go_up(numerator: int, denominator: int) -> None:
    rounded = half_up(numerator, denominator)
    assert -denominator < 2 * (numerator - rounded * denominator) <= denominator or (
        2 * (rounded * denominator - numerator) == denominator
    )
    assert half_up(1, 2) == 1
    assert half_up(3, 2) == 2


@given(st.integers(0, 10**9), st.lists(st.integers(1, 100), min_size=1, max_size=6))
def test_shares_add_up_and_none_is_off_by_a_cent(total: int, weights: list[int]) -> None:
    shares = split(total, weights)
    assert sum(shares) == total
    assert all(abs(s * sum(weights) - total * w) < sum(weights) for s, w in zip(shares, weights, strict=True))


def test_the_state_fee_is_split_ten_to_ninety() -> None:
    assert split(400, [1, 9]) == [40, 360]
    assert split(1, [1, 1]) == [1, 0]
