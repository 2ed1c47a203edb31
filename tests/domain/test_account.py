"""Open items and the order in which money pays them."""

from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.account import CREDIT, Account, OpenItem, Paid, in_words, less, pay, payment_order

COMPONENTS = ("water", "sewer", "tax", "pass_through", "penalty", "fee", "returned_check", "street light")
ITEMS = st.lists(
    st.builds(
        lambda n, component, month, cents: (n, component, f"2026-{month:02d}-20", cents),
        st.integers(0, 99), st.sampled_from(COMPONENTS), st.integers(8, 11), st.integers(0, 9_000),
    ),
    unique_by=lambda item: item[0], max_size=8,
)  # fmt: skip


def _items(drawn: list[tuple[int, str, str, int]]) -> tuple[OpenItem, ...]:
    return tuple(OpenItem(f"W-{due[5:7]}/{c}{n}", f"W-{due[5:7]}", c, due, cents) for n, c, due, cents in drawn)


def test_inside_a_bill_taxes_sewer_water_others_penalties_and_the_returned_check_last_of_all() -> None:
    older = OpenItem("old", "W-1", "returned_check", "2026-01-01", 100)
    bill = [OpenItem(c, "W-2", c, "2026-02-01", 100) for c in ("penalty", "water", "street light", "tax", "sewer")]
    assert [item.item for item in payment_order([older, *bill], None)] == [
        "tax", "sewer", "water", "street light", "penalty", "old",
    ]  # fmt: skip


def test_designated_first() -> None:
    items = [
        OpenItem("W-1/water", "W-1", "water", "2026-01-01", 100),
        OpenItem("W-2/tax", "W-2", "tax", "2026-02-01", 100),
    ]
    for named in ("W-2/tax", "W-2", "tax"):
        assert pay(items, 150, named) == (Paid("W-2/tax", 100), Paid("W-1/water", 50))


@given(ITEMS, st.integers(0, 60_000))
def test_all_money_goes_somewhere_and_no_item_is_paid_twice(drawn: list[tuple[int, str, str, int]], cents: int) -> None:
    items = _items(drawn)
    paid = pay(items, cents)
    assert sum(part.cents for part in paid) == cents
    assert all(part.cents > 0 for part in paid)
    after = less(items, paid)
    assert all(item.open_cents >= 0 for item in after)
    credit = sum(part.cents for part in paid if part.item == CREDIT)
    assert sum(item.open_cents for item in items) - cents == sum(item.open_cents for item in after) - credit
    if credit:
        assert not any(item.open_cents for item in after), "a credit only when nothing is open"


@given(ITEMS, st.integers(1, 60_000), st.integers(1, 60_000))
def test_two_payments_pay_what_one_would(drawn: list[tuple[int, str, str, int]], one: int, other: int) -> None:
    items = _items(drawn)
    first = pay(items, one)
    second = pay(less(items, first), other)
    sums: dict[str, int] = {}
    for part in (*first, *second):
        sums[part.item] = sums.get(part.item, 0) + part.cents
    assert sums == {part.item: part.cents for part in pay(items, one + other)}


def test_the_balance_is_open_items_less_credit() -> None:
    items = (OpenItem("a", "a", "water", "2026-01-01", 6_000),)
    account = Account("9", "C9", "Bell", "1 Elm", "open", 1_500, items)
    assert account.balance_cents == 4_500


def test_in_the_words_of_a_cashier() -> None:
    items = [OpenItem("O/w", "Oct", "water", "2026-10-20", 3_000), OpenItem("N/w", "Nov", "water", "2026-11-20", 4_000)]
    assert in_words(items, pay(items, 4_240)) == "Oct in full, $12.40 of Nov"
    assert in_words(items, pay(items, 7_500)) == "Oct in full, Nov in full, $5.00 as credit"
    assert in_words([], pay([], 500)) == "$5.00 as credit"
