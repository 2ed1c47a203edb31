"""Which tender pays what: allocations tie both sides for any lines and tenders."""

from datetime import date
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from counter_app.domain.account import Account, OpenItem
from counter_app.domain.city import read_city
from counter_app.domain.fees import POSTING_ORDER, load_schedule
from counter_app.domain.ledger import CUSTOMERS, post
from counter_app.domain.refused import Refused
from counter_app.domain.said import plain
from counter_app.domain.sale import (
    USED_IN_ORDER,
    LineAsked,
    Settled,
    TenderAsked,
    check_tenders,
    is_open,
    price_lines,
    settle,
)

DAY = date(2026, 11, 23)
FEES = load_schedule(resources.read_text("fees.toml"))
CITY = read_city(resources.read_text("city.toml"))
ITEMS = (
    OpenItem("W-2610/water", "W-2610", "water", "2026-10-20", 4_000),
    OpenItem("W-2611/sewer", "W-2611", "sewer", "2026-11-20", 3_000),
)
ACCOUNTS = {
    "1": Account("1", "C1", "Bell", "1 Elm", "open", 0, ITEMS),
    "2": Account(
        "2", "C2", "Lund", "2 Elm", "open", 0, (OpenItem("W-2609/water", "W-2609", "water", "2026-09-20", 5_000),)
    ),
}
LINES = st.lists(
    st.one_of(
        st.tuples(st.sampled_from("12"), st.integers(1, 20_000)).map(
            lambda drawn: LineAsked(fee="UB-PMT", account=drawn[0], amount_cents=drawn[1])
        ),
        st.builds(lambda n: LineAsked(fee="CK-COPY", quantity=n), st.integers(1, 90)),
        st.sampled_from([LineAsked(fee="PD-RPT"), LineAsked(fee="UB-DEP-R"), LineAsked(fee="BL-NEW", customer="C1")]),
    ),
    min_size=1, max_size=6,
)  # fmt: skip


def sale(lines: list[LineAsked], tenders: list[TenderAsked]) -> Settled:
    return settle(price_lines(lines, FEES, DAY, ACCOUNTS.get), tenders)


def total(lines: list[LineAsked]) -> int:
    return sum(line.amount_cents for line in price_lines(lines, FEES, DAY, ACCOUNTS.get))


@st.composite
def sales(draw: st.DrawFn) -> Settled:
    """Lines, and tenders that cover them: exactly, with change, or with a credit."""
    lines = draw(LINES)
    left = due = total(lines)
    tenders: list[TenderAsked] = []
    while left:
        kind = draw(st.sampled_from(USED_IN_ORDER))
        cents = left if len(tenders) == 5 else draw(st.integers(1, left))
        for_line = draw(st.one_of(st.none(), st.integers(1, len(lines))))
        tenders.append(TenderAsked(kind=kind, amount_cents=cents, for_line=for_line))
        left -= cents
    more = draw(st.integers(0, 5_000))
    overs = [
        i
        for i, t in enumerate(tenders)
        if t.kind == "cash" or (t.kind != "card" and any(line.account for line in lines))
    ]
    if overs:
        last = draw(st.sampled_from(overs))
        tenders[last] = msgspec.structs.replace(tenders[last], amount_cents=tenders[last].amount_cents + more)
    settled = sale(lines, tenders)
    assert settled.total_cents == due
    return settled


@given(sales())
def test_allocations_tie_both_sides(settled: Settled) -> None:
    by_tender = dict.fromkeys((t.tender for t in settled.tenders), 0)
    by_line = dict.fromkeys(range(1, len(settled.lines) + 1), 0)
    by_item: dict[tuple[int, str], int] = {}
    for row in settled.allocations:
        assert row.cents > 0
        by_tender[row.tender] += row.cents
        by_line[row.line] += row.cents
        by_item[row.line, row.item] = by_item.get((row.line, row.item), 0) + row.cents
    assert by_tender == {t.tender: t.amount_cents - t.change_cents - t.credit_cents for t in settled.tenders}
    assert by_line == {n: line.amount_cents for n, line in enumerate(settled.lines, 1)}
    paid = {(n, part.item): part.cents for n, line in enumerate(settled.lines, 1) for part in line.paid}
    assert {key: cents for key, cents in by_item.items() if key[1]} == paid


@given(sales())
def test_cash_alone_gives_change_and_a_card_is_never_over(settled: Settled) -> None:
    for tender in settled.tenders:
        assert tender.change_cents == 0 or tender.kind == "cash"
        assert tender.credit_cents == 0 or tender.kind in ("check", "money_order")
        assert tender.change_cents + tender.credit_cents <= tender.amount_cents
    handed = sum(t.amount_cents for t in settled.tenders)
    assert handed - settled.change_cents - settled.credit_cents == settled.total_cents
    assert sum(c.cents for c in settled.credits) == settled.credit_cents


@given(sales())
def test_every_fund_balances(settled: Settled) -> None:
    moves = settled.movements("S1")
    assert all(move.source == CUSTOMERS and move.cents > 0 for move in moves)
    postings = post(moves, settled.distribution(CITY))
    funds: dict[str, int] = {}
    for posting in postings:
        assert posting.cents
        funds[posting.fund] = funds.get(posting.fund, 0) + posting.cents
    assert not any(funds.values())


@given(LINES, st.integers(1, 99))
def test_without_designation_the_safe_tender_pays_what_is_handed_over(lines: list[LineAsked], share: int) -> None:
    due = total(lines)
    cash = max(1, due * share // 100)
    tenders = [TenderAsked(kind="check", amount_cents=due - cash)] if due > cash else []
    settled = sale(lines, [*tenders, TenderAsked(kind="cash", amount_cents=cash)])
    kinds = {t.tender: t.kind for t in settled.tenders}
    rank = {n: POSTING_ORDER.index(line.fee.posting) for n, line in enumerate(settled.lines, 1)}
    by_cash = [rank[a.line] for a in settled.allocations if kinds[a.tender] == "cash"]
    by_check = [rank[a.line] for a in settled.allocations if kinds[a.tender] == "check"]
    assert not by_cash or not by_check or max(by_cash) <= min(by_check)


def test_account_payments_oldest_first() -> None:
    lines = [
        LineAsked(fee="UB-PMT", account="1", amount_cents=7_000),
        LineAsked(fee="UB-PMT", account="2", amount_cents=5_000),
    ]
    settled = sale(lines, [TenderAsked(kind="cash", amount_cents=5_000), TenderAsked(kind="check", amount_cents=7_000)])
    assert [(a.tender, a.line, a.cents) for a in settled.allocations] == [(1, 2, 5_000), (2, 1, 4_000), (2, 1, 3_000)]


def test_a_designated_tender_pays_its_line_first_and_the_rest_goes_on() -> None:
    lines = [LineAsked(fee="UB-PMT", account="1", amount_cents=1_000), LineAsked(fee="PD-RPT")]
    tenders = [TenderAsked(kind="check", amount_cents=3_000, for_line=2), TenderAsked(kind="cash", amount_cents=500)]
    settled = sale(lines, tenders)
    assert [(a.tender, a.line, a.cents) for a in settled.allocations] == [(1, 2, 2_500), (2, 1, 500), (1, 1, 500)]


def test_state_fees_come_after_the_lines_asked() -> None:
    lines = price_lines(
        [LineAsked(fee="BL-NEW"), LineAsked(fee="BL-NEW"), LineAsked(fee="PD-RPT")], FEES, DAY, ACCOUNTS.get
    )
    assert [line.fee.code for line in lines] == ["BL-NEW", "BL-NEW", "PD-RPT", "BL-CASP", "BL-CASP"]
    assert [line.added for line in lines] == [False, False, False, True, True]
    assert [is_open(line) for line in lines] == [False] * 5


@given(st.integers(-(10**12), 10**12))
def test_no_tender_of_nothing_or_of_everything(cents: int) -> None:
    tender = TenderAsked(kind="cash", amount_cents=cents)
    if 0 < cents <= 9_999_999_999:
        check_tenders([tender], 1, DAY)
    else:
        with pytest.raises(Refused):
            check_tenders([tender], 1, DAY)


def test_a_fee_of_another_bank_is_a_sale_of_its_own() -> None:
    told: Any = msgspec.to_builtins(FEES, enc_hook=plain)
    for row in told["fee"]:
        if row["code"] == "PD-RPT":
            row.update(bank="TRUST", alone=True)
    fees = msgspec.convert(told, type(FEES))
    price_lines([LineAsked(fee="PD-RPT"), LineAsked(fee="PD-RPT")], fees, DAY, ACCOUNTS.get)
    with pytest.raises(Refused, match="sale of its own"):
        price_lines([LineAsked(fee="PD-RPT"), LineAsked(fee="CK-CERT")], fees, DAY, ACCOUNTS.get)
