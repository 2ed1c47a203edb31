"""Counting a drawer: what stays, what goes, over/short of cash alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain import count as counts
from counter_app.domain.drawer import (
    CountAndTotal,
    RecordedCheck,
    Session,
    SessionState,
    Till,
    check_keep,
    judge,
    propose_keep,
    read_checks,
    verification_movements,
)
from counter_app.domain.events import ByTender
from counter_app.domain.ledger import CHANGE_FUND, OVER_SHORT, UNDEPOSITED
from counter_app.domain.refused import Refused

HEAPS = st.dictionaries(st.sampled_from(counts.PIECES), st.integers(1, 15), max_size=7)


def session(float_cents: int = 20_000, keep: dict[str, int] | None = None) -> Session:
    return Session(
        session="S", drawer="D1", cashier="maria", business_date="2026-11-23", opened="", float_cents=float_cents,
        state=SessionState.CLOSED, keep=keep,
    )  # fmt: skip


def till(cash: int = 20_000, checks: tuple[tuple[str, int], ...] = (), brought: int = 0, dropped: int = 0) -> Till:
    recorded = tuple(
        RecordedCheck(number=str(n), tender=1, kind=kind, reference="", cents=cents, endorsed=True)
        for n, (kind, cents) in enumerate(checks)
    )
    sums = {kind: sum(c.cents for c in recorded if c.kind == kind) for kind in ("check", "money_order")}
    return Till(
        expected=ByTender(cash, sums["check"], 0, sums["money_order"]), checks=recorded, cards=0, brought_cents=brought,
        dropped={"2000": dropped // 2_000} if dropped else {}, dropped_cents=dropped, asked_voids=(),
    )  # fmt: skip


@given(
    HEAPS, st.integers(0, 3).map(lambda n: n * 1_000), st.integers(0, 2).map(lambda n: n * 500), st.integers(-900, 900)
)
def test_pieces_deposited_are_the_count_less_keep_plus_drops(
    heap: dict[str, int], float_cents: int, brought: int, off: int
) -> None:
    cash = counts.total(heap)
    books = till(max(0, cash - off), brought=brought, dropped=4_000)
    kept = propose_keep(heap, float_cents, brought)
    if kept is None:
        with pytest.raises(Refused, match="exchange notes"):
            judge(session(float_cents), books, count=heap, keep=None, checks=read_checks(()), cards_cents=None)
        return
    verdict = judge(session(float_cents), books, count=heap, keep=None, checks=read_checks(()), cards_cents=None)
    assert counts.total(verdict.pieces) == cash - counts.total(verdict.keep) + 4_000
    assert counts.total(verdict.keep) == min(cash, float_cents + brought)
    assert verdict.over_short_cents == cash - books.expected.cash
    assert verdict.float_short_cents == max(0, float_cents + brought - cash)
    moves = verification_movements(session(float_cents), books, verdict)
    leaves = sum(m.cents for m in moves if m.source == "drawer S") - sum(
        m.cents for m in moves if m.target == "drawer S"
    )
    assert leaves == books.expected.cash, "the drawer is empty afterwards"
    assert sum(m.cents for m in moves if m.target == UNDEPOSITED) == cash - counts.total(verdict.keep)


def test_cash_brought_goes_back_to_the_change_fund() -> None:
    verdict = judge(
        session(), till(25_000, brought=5_000), count={"2000": 10, "1000": 5}, keep=None, checks=read_checks(()),
        cards_cents=None,
    )  # fmt: skip
    moves = {m.target: m.cents for m in verification_movements(session(), till(25_000, brought=5_000), verdict)}
    assert moves == {"float S D1": 20_000, CHANGE_FUND: 5_000}


def test_less_than_the_float_is_there() -> None:
    verdict = judge(session(), till(), count={"2000": 9}, keep=None, checks=read_checks(()), cards_cents=None)
    assert (verdict.pieces, verdict.float_short_cents, verdict.over_short_cents) == ({}, 2_000, -2_000)
    moves = verification_movements(session(), till(), verdict)
    assert {(m.source, m.target, m.cents) for m in moves} == {
        ("drawer S", OVER_SHORT, 2_000), ("drawer S", "float S D1", 18_000),
    }  # fmt: skip


def test_the_cashiers_choice_of_what_stays_stands_while_it_fits() -> None:
    chosen = {"10000": 2}
    heap = {"10000": 2, "2000": 10}
    own = session(keep=chosen)
    assert judge(own, till(40_000), count=heap, keep=None, checks=read_checks(()), cards_cents=None).keep == chosen
    short = {"10000": 1, "2000": 10}
    assert judge(own, till(), count=short, keep=None, checks=read_checks(()), cards_cents=None).keep == {"2000": 10}
    with pytest.raises(Refused, match=r"\$200.00 must stay"):
        judge(own, till(), count=heap, keep={"2000": 9}, checks=read_checks(()), cards_cents=None)
    with pytest.raises(Refused, match="among the pieces"):
        check_keep({"5000": 4}, heap)


def test_checks_differ_in_number_or_amount_and_cash_never_nets_them() -> None:
    books = till(20_000, (("check", 500), ("money_order", 500), ("check", 700)))
    heap = {"2000": 10}

    def verdict(checks: tuple[int, ...] | CountAndTotal, cards: int | None = None) -> tuple[bool, ByTender, int]:
        found = judge(session(), books, count=heap, keep=None, checks=read_checks(checks), cards_cents=cards)
        return found.mix_differs, found.counted, found.over_short_cents

    assert verdict((700, 500, 500)) == (False, ByTender(20_000, 1_200, 0, 500), 0)
    assert verdict(CountAndTotal(3, 1_700)) == (False, ByTender(20_000, 1_200, 0, 500), 0)
    assert verdict((500, 500)) == (True, ByTender(20_000, 500, 0, 500), 0)
    assert verdict((500, 1_200)) == (True, ByTender(20_000, 1_200, 0, 500), 0), "the same sum in another number"
    assert verdict(CountAndTotal(2, 1_700))[0]
    assert verdict((700, 500, 500), cards=1)[0]
    assert not verdict((700, 500, 500), cards=0)[0]


@given(st.lists(st.sampled_from((300, 500, 700)), max_size=6), st.lists(st.sampled_from((300, 500, 700)), max_size=6))
def test_a_pile_is_the_same_in_any_order_and_only_then(recorded: list[int], counted: list[int]) -> None:
    books = till(20_000, tuple(("check", cents) for cents in recorded))
    verdict = judge(
        session(), books, count={"2000": 10}, keep=None, checks=read_checks(tuple(counted)), cards_cents=None
    )
    assert verdict.mix_differs == (sorted(recorded) != sorted(counted))
