"""Corrections go along the allocation rows and no others."""

from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from counter_app.domain.account import CREDIT, Account, OpenItem
from counter_app.domain.city import read_city
from counter_app.domain.correction import (
    correct_tender,
    move_payment,
    receipt_tender,
    refund,
    standing_distribution,
    undone_allocations,
    undone_distribution,
    void_movements,
    whole_receipt_taken,
)
from counter_app.domain.events import Allocation, Credit
from counter_app.domain.holidays import load_holidays
from counter_app.domain.ledger import CARD_RECEIVABLE, OVER_SHORT, UNDEPOSITED, Posting, post
from counter_app.domain.receipt import Receipt, ReceiptLine, ReceiptTender
from counter_app.domain.refused import Refused
from counter_app.domain.said import say
from counter_app.domain.sale import TenderAsked

CITY = read_city(resources.read_text("city.toml"))
HOLIDAYS = load_holidays(resources.read_text("holidays.csv"))
DAY = date(2026, 11, 23)


def line(number: int, cents: int, account: str | None = None, licence: str | None = None) -> ReceiptLine:
    posted = "501-0000-11210" if account else "101-5030-53407"
    return ReceiptLine(
        line=number, fee="UB-PMT" if account else "PD-RPT", text="", category="", account=account, customer=None,
        quantity=1, amount_cents=cents, added=False, pays="", formula="", details=None, licence=licence, refunded=False,
        distribution=(Posting(posted, posted[:3], cents),),
    )  # fmt: skip


def tender(number: int, kind: str, cents: int, credit: int = 0) -> ReceiptTender:
    return ReceiptTender(
        tender=number, kind=kind, amount_cents=cents + credit, change_cents=0, credit_cents=credit, reference="",
        endorsed=True,
    )  # fmt: skip


def receipt(
    lines: tuple[ReceiptLine, ...],
    tenders: tuple[ReceiptTender, ...],
    rows: tuple[Allocation, ...],
    state: str = "taken",
) -> Receipt:
    kept = tuple(Credit(t.tender, "1", t.credit_cents) for t in tenders if t.credit_cents)
    return msgspec.convert(
        {
            "seq": 1, "number": "R1", "session": "S", "drawer": "D1", "cashier": "maria", "business_date": "2026-11-23",
            "received": "2026-11-23T17:00:00.000Z", "customer": None, "payer": None, "state": state, "void": None,
            "void_asked": False, "void_asked_by": None, "refunded_cents": 0, "copies": 0,
            "total_cents": sum(each.amount_cents for each in lines), "change_cents": 0,
            "credit_cents": sum(each.cents for each in kept), "rounding_cents": 0, "lines": lines, "tenders": tenders,
            "allocations": rows, "credits": kept,
            "licences": tuple(each.licence for each in lines if each.licence),
        },
        Receipt,
    )  # fmt: skip


WATER_AND_DOG = receipt(
    (line(1, 12_000, "1"), line(2, 1_300, licence="L1")),
    (tender(1, "cash", 5_000), tender(2, "check", 8_300)),
    (
        Allocation(1, 2, None, "", 1_300),
        Allocation(1, 1, "1", "W-2611/water", 3_700),
        Allocation(2, 1, "1", "W-2611/water", 8_300),
    ),
)
REPORT = receipt((line(1, 2_500),), (tender(1, "cash", 2_500),), (Allocation(1, 1, None, "", 2_500),))


def test_a_void_gives_each_tender_back_and_undoes_every_row() -> None:
    moves = void_movements(WATER_AND_DOG)
    assert [(m.source, m.kind, m.cents) for m in moves] == [("drawer S", "cash", 5_000), ("drawer S", "check", 8_300)]
    undone = undone_allocations(WATER_AND_DOG.allocations)
    assert sum(a.cents for a in (*WATER_AND_DOG.allocations, *undone)) == 0
    assert post(moves, undone_distribution(WATER_AND_DOG, CITY))


def test_a_void_takes_the_credit_back() -> None:
    over = receipt((line(1, 1_000, "1"),), (tender(1, "check", 1_000, 300),), (Allocation(1, 1, "1", "W", 1_000),))
    assert [(m.kind, m.cents) for m in void_movements(over)] == [("check", 1_300)]
    assert Posting(CITY.credit_account, "501", 300) in undone_distribution(over, CITY)


@pytest.mark.parametrize("state", ["voided", "refunded", "returned"])
def test_what_is_no_good_receipt_any_more(state: str) -> None:
    gone = msgspec.structs.replace(REPORT, state=state)
    with pytest.raises(Refused, match=f"is {state} already"):
        whole_receipt_taken(gone, say("voided"))
    with pytest.raises(Refused, match="waits for a decision"):
        whole_receipt_taken(msgspec.structs.replace(REPORT, void_asked=True), say("voided"))
    with pytest.raises(Refused, match="no tender 3"):
        receipt_tender(REPORT, 3)


def test_a_refund_of_one_line_takes_its_rows_and_its_license() -> None:
    part = refund(WATER_AND_DOG, [2], "cash", city=CITY, today=DAY, holidays=HOLIDAYS, session="S2")
    assert (part.amount_cents, part.whole, part.licences) == (1_300, False, ("L1",))
    assert part.allocations == (Allocation(1, 2, None, "", -1_300),)
    assert [(m.source, m.cents) for m in part.movements] == [("drawer S2", 1_300)]
    assert post(part.movements, part.distribution)


def test_ten_bank_days_after_a_check() -> None:
    """Thanksgiving, 11/26, is no bank day; the tenth after Monday 11/23 is Tuesday 12/8."""
    with pytest.raises(Refused, match="Dec 8, 2026"):
        refund(WATER_AND_DOG, None, "request", city=CITY, today=date(2026, 12, 7), holidays=HOLIDAYS, session=None)
    late = refund(WATER_AND_DOG, None, "request", city=CITY, today=date(2026, 12, 8), holidays=HOLIDAYS, session=None)
    assert (late.amount_cents, late.whole, late.movements) == (13_300, True, ())
    assert post(late.movements, late.distribution)
    kept = refund(WATER_AND_DOG, [1], "credit", city=CITY, today=DAY, holidays=HOLIDAYS, session=None)
    assert kept.credits == (Credit(1, "1", 3_700), Credit(2, "1", 8_300))


def _owing(opens: list[int]) -> Account:
    items = (OpenItem(f"I{n}", f"B{n}", "water", f"2026-0{n + 1}-01", cents) for n, cents in enumerate(opens))
    return Account("2", "C2", "Lund", "", "open", 0, tuple(items))


TARGETS = st.lists(st.integers(1, 9_000), max_size=4).map(_owing)


@given(TARGETS)
def test_a_moved_payment_ties_by_tender_and_posts_its_credit(target: Account) -> None:
    move = move_payment(WATER_AND_DOG, 1, target, CITY)
    by_tender: dict[int, int] = {}
    for row in move.allocations:
        by_tender[row.tender] = by_tender.get(row.tender, 0) + row.cents
    assert by_tender == {1: 0, 2: 0}
    assert sum(a.cents for a in move.allocations if a.account == "1") == -12_000
    credit = sum(a.cents for a in move.allocations if a.item == CREDIT)
    owed = sum(item.open_cents for item in target.items)
    assert credit == max(0, 12_000 - owed)
    assert sum(p.cents for p in move.distribution) == 0
    after = [a for a in move.allocations if a.cents > 0]
    standing = standing_distribution(WATER_AND_DOG.lines[0], after, CITY)
    assert sum(p.cents for p in standing) == 12_000
    assert sum(p.cents for p in standing if p.account == CITY.credit_account) == credit


def test_what_is_no_payment_on_an_account_is_not_moved() -> None:
    target = Account("2", "C2", "Lund", "", "open", 0, ())
    for number in (2, 3):
        with pytest.raises(Refused, match="no payment on an account"):
            move_payment(WATER_AND_DOG, number, target, CITY)


@given(st.integers(1, 5_000), st.lists(st.integers(1, 3_000), min_size=1, max_size=3))
def test_a_corrected_tender_keeps_the_sum_of_every_line(cents: int, parts: list[int]) -> None:
    right = [TenderAsked(kind="check", amount_cents=part) for part in parts]
    if sum(parts) != cents:
        with pytest.raises(Refused, match="must add up"):
            correct_tender(WATER_AND_DOG, 1, cents, right, verified=False)
        return
    change = correct_tender(WATER_AND_DOG, 1, cents, right, verified=False)
    assert sum(t.amount_cents for t in change.tenders) == 0
    by_line: dict[int, int] = {}
    for row in change.allocations:
        by_line[row.line] = by_line.get(row.line, 0) + row.cents
    assert not any(by_line.values())


@given(st.integers(1, 5_000), st.integers(1, 4_999))
def test_the_new_tenders_pay_exactly_what_they_are(cents: int, first: int) -> None:
    parts = [first, cents - first] if first < cents else [cents]
    right = [TenderAsked(kind="card", amount_cents=part) for part in parts]
    change = correct_tender(WATER_AND_DOG, 1, cents, right, verified=False)
    for new in change.tenders[1:]:
        assert sum(a.cents for a in change.allocations if a.tender == new.tender) == new.amount_cents


def test_after_verification_cash_answers_the_over_short() -> None:
    to_check = [TenderAsked(kind="check", amount_cents=2_500)]
    before = correct_tender(REPORT, 1, 2_500, to_check, verified=False)
    assert [(m.source, m.target) for m in before.movements] == [("drawer S", "customers"), ("customers", "drawer S")]
    after = correct_tender(REPORT, 1, 2_500, to_check, verified=True)
    assert [(m.source, m.target) for m in after.movements] == [(OVER_SHORT, "customers"), ("customers", UNDEPOSITED)]
    to_card = correct_tender(REPORT, 1, 2_500, [TenderAsked(kind="card", amount_cents=2_500)], verified=True)
    assert to_card.movements[1].target == CARD_RECEIVABLE
    with pytest.raises(Refused, match="the most that can be moved"):
        correct_tender(REPORT, 1, 2_501, to_check, verified=True)
