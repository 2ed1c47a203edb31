"""What is no valid check, in words for the cashier."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.check import is_routing, is_stale, refuse_bad_check
from counter_app.domain.refused import Refused

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize("routing", ["021200025", "122239115", "122105278", "000000518"])
def test_routing_of_a_bank(routing: str) -> None:
    assert is_routing(routing)
    refuse_bad_check(number="1001", business_date=TODAY, routing=routing, last4="6789", dated=TODAY)


@pytest.mark.parametrize(
    "routing", ["122199999", "000000000", "12223911", "1222391155", "12223911a", "", "１２２２３９１１５", "122239116"]
)
def test_routing_of_no_bank(routing: str) -> None:
    assert not is_routing(routing)
    with pytest.raises(Refused, match="Check 1001: the routing number is not right"):
        refuse_bad_check(number="1001", business_date=TODAY, routing=routing)


@given(st.integers(0, 99_999_999), st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(eight: int, place: int, off: int) -> None:
    first = f"{eight:08}"
    good = next(first + str(last) for last in range(10) if is_routing(first + str(last)) or eight == 0)
    wrong = good[:place] + str((int(good[place]) + off) % 10) + good[place + 1 :]
    assert eight == 0 or not is_routing(wrong)


@pytest.mark.parametrize("number", ["", "12a", "-5", "1234567890123", "10 01", "١٢"])
def test_number_as_printed(number: str) -> None:
    with pytest.raises(Refused, match="1 to 12 digits"):
        refuse_bad_check(number=number, business_date=TODAY)


@pytest.mark.parametrize("last4", ["", "123", "12345", "12a4"])
def test_only_the_last_four(last4: str) -> None:
    with pytest.raises(Refused, match="last 4 digits"):
        refuse_bad_check(number="7", business_date=TODAY, last4=last4)


@pytest.mark.parametrize(
    ("dated", "on", "stale"),
    [
        (date(2026, 5, 23), TODAY, False),
        (date(2026, 5, 22), TODAY, True),
        (date(2026, 5, 31), date(2026, 11, 30), False),
        (date(2026, 5, 31), date(2026, 12, 1), True),
        (date(2026, 8, 31), date(2027, 2, 28), False),
        (date(2026, 8, 29), date(2027, 3, 1), True),
    ],
)
def test_six_calendar_months(dated: date, on: date, stale: bool) -> None:
    assert is_stale(dated, on) is stale
    if not stale:
        refuse_bad_check(number="7", business_date=on, dated=dated)
        return
    with pytest.raises(Refused, match="over six months ago"):
        refuse_bad_check(number="7", business_date=on, dated=dated)


def test_post_dated() -> None:
    refuse_bad_check(number="7", business_date=TODAY, dated=TODAY)
    refuse_bad_check(number="7", business_date=TODAY)
    with pytest.raises(Refused, match="dated Nov 24, 2026, later than today"):
        refuse_bad_check(number="7", business_date=TODAY, dated=TODAY + timedelta(days=1))
