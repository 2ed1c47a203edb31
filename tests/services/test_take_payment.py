"""Taking a payment: what comes of it, what is refused with nothing changed, and what is only warned."""

from typing import Any

import pytest

from tests.fakes.counter import (
    ARREARS,
    CLOSED,
    IN_CREDIT,
    WATER,
    Counter,
    card,
    cash,
    check,
    copies,
    dog,
    money_order,
    open_d1,
    pay,
    water,
)

REPORT = {"fee": "PD-RPT"}
"""A police report, 25.00."""


def test_the_result_has_the_fields_that_others_rely_on(drawer: Counter) -> None:
    paid = pay(drawer, [water(WATER), dog()], [cash(5_000), check(8_300)])
    assert paid == {
        "seq": paid["seq"],
        "number": "A1-000001",
        "total_cents": 13_300,
        "applied_cents": 13_300,
        "change_cents": 0,
        "rounding_cents": 0,
        "credit_cents": 0,
        "lines": [
            {
                "fee": "UB-PMT",
                "amount_cents": 12_000,
                "account": WATER,
                "allocated": [{"item": "W-2611/water", "cents": 12_000}],
            },
            {
                "fee": "DL-A2",
                "amount_cents": 1_300,
                "licence": "A1-L000001",
                "allocated": [],
            },
        ],
        "licences": ["A1-L000001"],
        "warnings": [],
    }
    assert paid["seq"] == drawer.station.books.head().seq


@pytest.mark.parametrize(
    ("lines", "tenders", "words"),
    [
        ([], [cash(100)], "nothing on the ticket"),
        ([{"fee": "NO-SUCH"}], [cash(100)], "no fee"),
        ([water("90000042")], [cash(100)], "no account"),
        ([{"fee": "UB-PMT"}], [cash(100)], "needs an account"),
        ([{"fee": "PD-RPT", "amount_cents": 2_400}], [cash(2_400)], "$25.00"),
        ([{"fee": "PD-RPT", "amount_cents": 0}], [cash(2_500)], "more than nothing"),
        ([{"fee": "PD-RPT", "quantity": 0}], [cash(2_500)], "quantity"),
        ([{"fee": "PD-RPT", "quantity": -1}], [cash(2_500)], "quantity"),
        ([{"fee": "CK-COPY", "quantity": 10**9}], [cash(2_500)], "more than one line can be"),
        ([water(WATER, -100)], [cash(100)], "more than nothing"),
        ([water(WATER, 10**30)], [cash(100)], "more than one line can be"),
        ([water(WATER, 100_000_001)], [cash(100)], "more than one line can be"),
        ([{"fee": "SY-OVERSHORT", "amount_cents": 100}], [cash(100)], "posted by the program"),
        ([REPORT], [], "still to be paid"),
        ([REPORT], [cash(2_499)], "$0.01 is still to be paid"),
        ([REPORT], [cash(0), cash(2_500)], "more than nothing"),
        ([REPORT], [cash(-100), cash(2_600)], "more than nothing"),
        ([REPORT], [cash(10**30)], "can take"),
        ([REPORT], [card(2_501)], "never charged more"),
        ([REPORT], [check(2_501)], "account can keep"),
        ([REPORT], [money_order(2_501)], "account can keep"),
        ([REPORT], [cash(2_500, for_line=0)], "no line 0"),
        ([REPORT] * 201, [cash(2_500)], "at most 200 lines"),
        ([REPORT], [cash(50)] * 51, "at most 50 tenders"),
        ([REPORT], [cash(2_500, check={"number": "4111111111111111"})], "card number"),
        ([{**REPORT, "customer": "C999"}], [cash(2_500)], "no customer"),
        ([{**REPORT, "account": "90000042"}], [cash(2_500)], "no account"),
    ],
)
def test_refused_with_nothing_changed(unmoved: Counter, lines: Any, tenders: Any, words: str) -> None:
    assert words in unmoved.refuse("take_payment", "maria", lines=lines, tenders=tenders)


@pytest.mark.parametrize(
    "field",
    [
        {"payer": {"name": "4111 1111 1111 1111"}},
        {"payer": {"name": "Bell", "email": "5500-0000-0000-0004@example.org"}},
        {"lines": [{"fee": "PD-RPT", "details": {"note": "378282246310005"}}]},
        {"lines": [{"fee": "4111111111111111"}]},
        {
            "tenders": [
                {**cash(2_500), "card": {"brand": "V", "last4": "1", "auth": "1", "reference": "4111111111111111"}}
            ]
        },
        {"tenders": [check(2_500, "cvv 123")]},
    ],
)
def test_a_card_number_is_refused_in_every_field(unmoved: Counter, field: dict[str, Any]) -> None:
    words = unmoved.refuse("take_payment", "maria", **({"lines": [REPORT], "tenders": [cash(2_500)]} | field))
    assert "card number" in words
    assert "4111" not in words


@pytest.mark.parametrize(
    ("act", "fields"),
    [
        ("void_receipt", {"number": "A1-000001", "reason": "card 4111111111111111"}),
        ("no_sale", {"reason": "4111-1111-1111-1111"}),
        ("copy_receipt", {"number": "4111111111111111"}),
        ("show", {"what": "receipt", "of": "4111111111111111"}),
        ("register_customer", {"name": "4111111111111111"}),
        ("abandon_sale", {"lines": [REPORT], "reason": "5500000000000004"}),
        ("drop_cash", {"drawer": "D1", "count": {"2000": 1}, "bag": "4111111111111111"}),
    ],
)
def test_a_card_number_is_refused_in_every_act(unmoved: Counter, act: str, fields: dict[str, Any]) -> None:
    assert "card number" in unmoved.refuse(act, "maria", **fields)


def test_no_open_drawer(counter: Counter) -> None:
    words = counter.refuse("take_payment", "maria", lines=[REPORT], tenders=[cash(2_500)])
    assert words == "Maria Santos has no open drawer; open one first."


def test_somebody_elses_drawer(counter: Counter) -> None:
    open_d1(counter, "ben")
    assert "no open drawer" in counter.refuse("take_payment", "maria", lines=[REPORT], tenders=[cash(2_500)])
    assert "Ben Carter" in counter.refuse("open_drawer", "maria", drawer="D1", count={})
    assert "Ben Carter" in counter.refuse("close_drawer", "maria", drawer="D1", count={}, checks=[])


def test_a_balance_without_an_amount_is_the_whole_balance(drawer: Counter) -> None:
    assert pay(drawer, [water(ARREARS)], [cash(18_240)])["total_cents"] == 18_240


def test_two_lines_on_one_account_pay_one_after_the_other(drawer: Counter) -> None:
    paid = pay(drawer, [water(ARREARS, 3_500), water(ARREARS, 1_000)], [cash(4_500)])
    assert [line["allocated"] for line in paid["lines"]] == [
        [{"item": "W-2610/sewer", "cents": 3_000}, {"item": "W-2610/water", "cents": 500}],
        [{"item": "W-2610/water", "cents": 1_000}],
    ]


def test_cash_over_the_ticket_is_change_and_a_check_over_it_is_credit(drawer: Counter) -> None:
    paid = pay(drawer, [water(WATER)], [cash(1_000), check(12_500)])
    assert (paid["change_cents"], paid["credit_cents"], paid["applied_cents"]) == (1_000, 500, 12_000)
    paid = pay(drawer, [water(ARREARS, 3_000)], [cash(1_000), check(2_500)])
    assert (paid["change_cents"], paid["credit_cents"], paid["applied_cents"]) == (500, 0, 3_000)


def test_change_comes_from_the_last_cash(drawer: Counter) -> None:
    number = pay(drawer, [copies(5)], [cash(100), cash(500)])["number"]
    shown = drawer.show("receipt", number)
    assert [(t["amount_cents"], t["change_cents"]) for t in shown["tenders"]] == [(100, 0), (500, 400)]


def test_a_full_drawer_warns_and_takes_the_money(drawer: Counter) -> None:
    assert pay(drawer, [water(IN_CREDIT, 179_000)], [cash(180_000)])["warnings"] == []
    full = pay(drawer, [water(IN_CREDIT, 1_100)], [cash(1_100)])["warnings"]
    assert full == ["Drawer D1 holds more cash than it should: drop some to the safe."]
    assert pay(drawer, [REPORT], [card(2_500)])["warnings"] == []
    drawer.do("drop_cash", "maria", approver="lee", drawer="D1", count={"2000": 60})
    assert pay(drawer, [REPORT], [cash(2_500)])["warnings"] == []


def test_a_closed_account_warns(drawer: Counter) -> None:
    assert pay(drawer, [water(CLOSED)], [cash(3_310)])["warnings"] == [f"Account {CLOSED} is closed."]


def test_what_a_person_says_stays_out_of_the_journal(drawer: Counter) -> None:
    before = drawer.station.books.head().seq
    pay(drawer, [dog(name="Whiskey")], [cash(1_300)], payer={"name": "Quentin Zed", "email": "q@example.org"})
    told = b"".join(bytes(body.event) for body in drawer.bodies(after=before))
    assert b"Whiskey" not in told
    assert b"Quentin" not in told
    assert b"q@example.org" not in told


def test_an_abandoned_ticket_is_journalled_and_costs_nothing(drawer: Counter) -> None:
    drawer.do("abandon_sale", "maria", lines=[REPORT, copies(2)], reason="forgot the wallet")
    assert "reason" in drawer.refuse("abandon_sale", "maria", lines=[REPORT], reason="")
    assert "may not" in drawer.refuse("abandon_sale", "ruth", lines=[REPORT], reason="looking")
    assert drawer.bodies()[-1].kind == "SaleAbandoned"
    drawer.prove()
