"""The register's questions to the books, and that each walks an index instead of a million receipts."""

from typing import Any

import pytest
from sqlalchemy import Connection

from db.queries import register
from db.queries.register import FOR_CUSTOMERS, OF_THE_DRAWER, Asked, Listed
from db.queries.rows import rows
from tests.fakes.counter import ARREARS, WATER, Counter, cash, check, pay, water

EVERYTHING = Asked(kinds=(*FOR_CUSTOMERS, *OF_THE_DRAWER))
VOIDS = Asked(kinds=("ReceiptVoided", "VoidAsked", "VoidRejected"), sparse=True)


def listed(counter: Counter, asked: Asked, **more: Any) -> list[Listed]:
    with counter.station.books.read() as connection:
        return list(register.page(connection, asked, **more))


def numbers(counter: Counter, asked: Asked) -> list[str]:
    return [one.number for one in listed(counter, asked)]


@pytest.fixture
def morning(drawer: Counter) -> Counter:
    """Three receipts, the second of them void, and the drawer opened once for nothing."""
    pay(drawer, [water(WATER, 10_000)], [cash(10_000)])
    pay(drawer, [water(ARREARS, 5_000)], [check(5_000)])
    pay(drawer, [water(WATER, 2_000)], [cash(2_000)])
    drawer.do("void_receipt", "maria", approver="lee", number="A1-000002", reason="Wrong account")
    drawer.do("no_sale", "maria", reason="Change for a customer")
    return drawer


def test_everything_comes_newest_first(morning: Counter) -> None:
    assert [one.kind for one in listed(morning, EVERYTHING)] == [
        "NoSale", "ReceiptVoided", "PaymentTaken", "PaymentTaken", "PaymentTaken",
    ]  # fmt: skip
    assert numbers(morning, Asked()) == ["A1-000002", "A1-000003", "A1-000002", "A1-000001"]


def test_a_receipt_says_whose_it_is_and_what_became_of_it(morning: Counter) -> None:
    newest, second, _ = listed(morning, Asked(kinds=("PaymentTaken",)))
    assert (newest.who, newest.cents, newest.state) == ("Rosa Bell", 2_000, "taken")
    assert second.state == "voided"


def test_pages_follow_each_other_without_gap_or_repetition(morning: Counter) -> None:
    whole = listed(morning, EVERYTHING)
    walked: list[Listed] = []
    with morning.station.books.read() as connection:
        while page := register.page(connection, EVERYTHING, walked[-1].place if walked else None, 2):
            walked += page
    assert walked == whole


def test_each_question_finds_its_own(morning: Counter) -> None:
    assert [one.ref for one in listed(morning, VOIDS)] == ["A1-V000001"]
    assert numbers(morning, Asked(cents=5_000)) == ["A1-000002"]
    assert numbers(morning, Asked(accounts=(WATER,))) == ["A1-000003", "A1-000001"]
    assert numbers(morning, Asked(number="A1-000002")) == ["A1-000002", "A1-000002"]
    assert [one.kind for one in listed(morning, Asked(number="A1-V000001"))] == ["ReceiptVoided"]
    assert len(numbers(morning, Asked(drawer="D1"))) == 4
    assert len(numbers(morning, Asked(cashier="maria"))) == 4
    assert numbers(morning, Asked(cashier="lee")) == []
    assert len(numbers(morning, Asked(day="2026-11-23"))) == 4
    assert numbers(morning, Asked(day="2026-11-22")) == []


@pytest.mark.parametrize(
    "asked",
    [EVERYTHING, VOIDS, Asked(cents=1), Asked(day="2026-11-23"), Asked(drawer="D1"), Asked(number="A1-000001"),
     Asked(accounts=(WATER,), customers=("C1",)), Asked(cashier="maria")],
)  # fmt: skip
def test_no_question_reads_every_receipt_or_sorts_them(
    morning: Counter, asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    plans: list[str] = []
    really = rows

    def explained(connection: Connection, statement: str, *values: str | int) -> list[Any]:
        plans.extend(row[3] for row in really(connection, f"EXPLAIN QUERY PLAN {statement}", *values))
        return really(connection, statement, *values)

    monkeypatch.setattr(register, "rows", explained)
    listed(morning, asked)
    scans = [plan for plan in plans if plan.startswith("SCAN") and "json_each" not in plan and "SUBQUERY" not in plan]
    assert [plan for plan in scans if "INDEX act_business_date" not in plan and " f" not in plan] == []
