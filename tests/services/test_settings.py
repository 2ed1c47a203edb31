"""A limit changes by two people, from now on; what was taken before keeps the rules of its day."""

import pytest

from counter_app.domain.city import read_city, with_setting
from counter_app.services.sign_in import sign_in
from tests.fakes.counter import WATER, Counter, check, open_d1, pay, water

BETTER = {"setting": "overpay_limit_cents", "value": 10_000, "reason": "Resolution 2026-41"}


def test_a_limit_is_asked_by_one_and_approved_by_another(counter: Counter) -> None:
    open_d1(counter)
    counter.refuse("take_payment", by="maria", lines=[water(WATER)], tenders=[check(20_000)])
    assert "second person" in counter.refuse("change_setting", by="ana", **BETTER)
    assert "second person" in counter.refuse("change_setting", by="ana", approver="ana", **BETTER)
    assert "may not" in counter.refuse("change_setting", by="ana", approver="lee", **BETTER)
    counter.do("change_setting", by="ana", approver="fay", **BETTER)
    pay(counter, [water(WATER)], [check(20_000)])
    assert "Nothing is different" in counter.refuse("change_setting", by="fay", approver="ana", **BETTER)


def test_two_supervisors_do_not_change_a_limit_without_finance(counter: Counter) -> None:
    given = counter.do("add_person", "adam", person="sue", name="Sue Dole", role="supervisor")
    sign_in(counter.station, "sue", given["pin"])
    assert "needs somebody in finance" in counter.refuse("change_setting", by="ana", approver="sue", **BETTER)
    counter.do("change_setting", by="sue", approver="fay", **BETTER)


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("overpay_limit_cents", -1),
        ("overpay_limit_cents", "5000"),
        ("check_refund_wait_days", 91),
        ("idle_after_seconds", 3),
        ("receipt_footer", "two\nlines"),
        ("receipt_footer", "x" * 121),
        ("name", "City of Elsewhere"),
    ],
)
def test_what_is_no_value_is_refused(counter: Counter, setting: str, value: int | str) -> None:
    counter.refuse("change_setting", by="fay", approver="ana", setting=setting, value=value, reason="a try")


def test_a_text_may_hold_any_sign_and_the_rest_of_the_file_stays(counter: Counter) -> None:
    words = 'Thank you, "neighbors" \\ Gracias # [2026] 日'
    counter.do("change_setting", by="fay", approver="ana", setting="receipt_footer", value=words, reason="Council")
    with counter.station.books.read() as connection:
        city = counter.station.reference(connection).city
    assert city.receipt_footer == words
    assert [bank.code for bank in city.banks] == ["OPERATING"]


def test_a_setting_that_the_file_leaves_out_is_put_before_the_banks() -> None:
    text = '# ours\nname = "Elm"\ndrawers = ["D1"]\n\n[[banks]]\ncode = "A"\nname = "B"\nlast4 = "1111"\n'
    changed = with_setting(text, "check_refund_wait_days", 12)
    assert changed.startswith("# ours\n")
    assert read_city(changed).check_refund_wait_days == 12
    assert with_setting(changed, "check_refund_wait_days", 12) == changed
