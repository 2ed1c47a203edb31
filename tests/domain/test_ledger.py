"""Places, movements and entries that balance in each fund."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.ledger import (
    BANK_DIFFERENCE,
    CARD_RECEIVABLE,
    CHANGE_FUND,
    CUSTOMERS,
    OVER_SHORT,
    PAYABLE,
    TREASURY,
    UNDEPOSITED,
    Movement,
    Posting,
    account_of,
    bag_place,
    bank_place,
    drawer_place,
    float_place,
    fund_of,
    place_kind,
    post,
    transit_place,
)

PLACES = (
    drawer_place("A1-S000001"), float_place("A1-S000001", "D1"), bag_place("A1-D000001"), transit_place("OPERATING"),
    bank_place("OPERATING"), CHANGE_FUND, UNDEPOSITED, CARD_RECEIVABLE, TREASURY, OVER_SHORT, BANK_DIFFERENCE, PAYABLE,
)  # fmt: skip


def test_each_place_is_a_ledger_account_of_its_own() -> None:
    assert len({account_of(place) for place in PLACES}) == len(PLACES)
    with pytest.raises(AssertionError, match="no ledger account"):
        account_of("mattress")


@given(st.lists(st.tuples(st.sampled_from(PLACES), st.sampled_from(PLACES), st.integers(1, 10**8)), max_size=6))
def test_movements_balance_in_every_fund(moves: list[tuple[str, str, int]]) -> None:
    movements = [Movement(a, b, "cash", cents) for a, b, cents in moves]
    funds: dict[str, int] = {}
    for posting in post(movements):
        assert posting.fund == fund_of(posting.account)
        funds[posting.fund] = funds.get(posting.fund, 0) + posting.cents
    assert not any(funds.values())
    back = [Movement(m.target, m.source, m.kind, m.cents) for m in movements]
    assert post([*movements, *back]) == ()


def test_money_lies_in_the_pool_which_owes_the_funds() -> None:
    postings = post(
        [Movement(CUSTOMERS, drawer_place("S"), "cash", 13_300)],
        [Posting("501-0000-11210", "501", -12_000), Posting("101-5010-51002", "101", -1_300)],
    )
    assert {(p.account, p.cents) for p in postings} == {
        ("999-0000-10110", 13_300),
        ("501-0000-11210", -12_000),
        ("501-0000-10100", 12_000),
        ("101-5010-51002", -1_300),
        ("101-0000-10100", 1_300),
        ("999-0000-20100", -13_300),
    }


def test_an_entry_that_does_not_balance_is_our_own_mistake() -> None:
    with pytest.raises(AssertionError, match="does not balance"):
        post([Movement(CUSTOMERS, UNDEPOSITED, "cash", 100)], [Posting("501-0000-11210", "501", -99)])


def test_money_orders_lie_with_the_checks() -> None:
    assert [place_kind(k) for k in ("cash", "check", "card", "money_order")] == ["cash", "check", "card", "check"]
