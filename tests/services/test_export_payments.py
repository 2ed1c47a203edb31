"""What the billing system is told: each cent on an account once, what was undone too, and the same bytes again."""

import csv
import io
from typing import Any

import pytest

from counter_app.domain.refused import Refused
from counter_app.services.export_payments import export_payments
from counter_app.services.load_accounts import load
from tests.fakes.counter import ARREARS, PAID_UP, WATER, Counter, cash, check, copies, pay, water
from tests.services.test_load_accounts import accounts, balance, line


def told(counter: Counter, batch: int | None = None) -> list[tuple[Any, ...]]:
    _, data = export_payments(counter.station, "fay", batch)
    rows = csv.DictReader(io.StringIO(data.decode()))
    return [(row["external_id"], row["why"], row["account"], row["item"], int(row["cents"])) for row in rows]


def test_payments_are_told_once_with_receipt_and_line(drawer: Counter) -> None:
    pay(drawer, [copies(2), water(ARREARS, 8_000)], [cash(8_080)])
    assert told(drawer) == [
        ("A1-000001-2", "payment", ARREARS, "W-2610/sewer", 3_000),
        ("A1-000001-2", "payment", ARREARS, "W-2610/water", 4_000),
        ("A1-000001-2", "payment", ARREARS, "W-2611/tax", 500),
        ("A1-000001-2", "payment", ARREARS, "W-2611/sewer", 500),
    ]
    with pytest.raises(Refused, match="Nothing was paid on an account since batch 1"):
        told(drawer)


def test_a_void_and_a_moved_payment_are_told_negative(drawer: Counter) -> None:
    one = pay(drawer, [water(WATER, 5_000)], [cash(5_000)])["number"]
    two = pay(drawer, [water(WATER, 700)], [cash(700)])["number"]
    assert len(told(drawer)) == 2
    drawer.do("void_receipt", "maria", approver="lee", number=one, reason="wrong account")
    drawer.do("move_payment", "lee", approver="ana", number=two, line=1, to_account=PAID_UP, reason="wrong account")
    assert told(drawer) == [
        (f"{one}-1", "void", WATER, "W-2611/water", -5_000),
        (f"{two}-1", "move", WATER, "W-2611/water", -700),
        (f"{two}-1", "move", PAID_UP, "credit", 700),
    ]


def test_money_from_one_tender_to_another_is_nothing_to_the_account(drawer: Counter) -> None:
    number = pay(drawer, [water(WATER, 5_000)], [cash(5_000)])["number"]
    told(drawer)
    drawer.do(
        "correct_tender", "maria", approver="lee", number=number, reason="it was a check",
        **{"from": {"tender": 1, "amount_cents": 5_000}, "to": [check(5_000)]},
    )  # fmt: skip
    with pytest.raises(Refused, match="Nothing was paid"):
        told(drawer)


def test_a_batch_again_gives_the_same_bytes(drawer: Counter) -> None:
    pay(drawer, [water(WATER, 5_000)], [check(5_500)])
    first = export_payments(drawer.station, "ana")
    pay(drawer, [water(ARREARS, 100)], [cash(100)])
    assert export_payments(drawer.station, "fay")[0] == 2
    assert export_payments(drawer.station, "fay", 1) == first
    for batch in (0, 3):
        with pytest.raises(Refused, match=f"There is no payments batch {batch}; the last one is 2"):
            export_payments(drawer.station, "fay", batch)


def test_a_cashier_exports_nothing(drawer: Counter) -> None:
    pay(drawer, [water(WATER, 5_000)], [cash(5_000)])
    with pytest.raises(Refused, match="may not"):
        export_payments(drawer.station, "maria")


def test_an_import_that_knows_a_batch_is_less_what_later_batches_hold(drawer: Counter) -> None:
    pay(drawer, [water(WATER, 5_000)], [cash(5_000)])
    told(drawer)
    pay(drawer, [water(WATER, 1_000)], [cash(1_000)])
    told(drawer)
    pay(drawer, [water(WATER, 300)], [cash(300)])
    load(drawer.station, "ana", "accounts", accounts(line(WATER, 7_000)), last_batch=1)
    assert balance(drawer, WATER) == 5_700
    with pytest.raises(Refused, match="There is no payments batch 3"):
        load(drawer.station, "ana", "accounts", accounts(line(WATER, 7_001)), last_batch=3)
