"""Counting cash by pieces."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.count import (
    PIECES,
    add,
    check_count,
    in_words,
    piece_cents,
    piece_name,
    smallest_pieces,
    take,
    total,
)
from counter_app.domain.refused import Refused, WrongAct

HEAPS = st.dictionaries(st.sampled_from(PIECES), st.integers(1, 12), max_size=6)


def test_pieces_and_their_names() -> None:
    assert [piece_cents(p) for p in PIECES] == sorted(piece_cents(p) for p in PIECES)
    assert (piece_name("2000"), piece_name("25"), piece_name("100c"), piece_name("100")) == (
        "$20",
        "25¢",
        "$1 coin",
        "$1",
    )
    assert total({"2000": 4, "25": 10, "100c": 1}) == 8_350
    assert in_words({"2000": 4, "25": 10}) == "4 × $20, 10 × 25¢, $82.50"
    assert in_words({}) == "nothing, $0.00"


def test_a_count_is_kept_smallest_first_and_without_zeros() -> None:
    assert list(check_count({"2000": 1, "1": 3, "25": 0})) == ["1", "2000"]


@pytest.mark.parametrize("count", [{"3": 1}, {"20": 1}, {"": 1}, {"2000": -1}, {"2000": 1_000_001}, {"500c": 1}])
def test_no_count(count: dict[str, int]) -> None:
    with pytest.raises(WrongAct):
        check_count(count)


def test_absurd_cash() -> None:
    with pytest.raises(Refused):
        check_count({"10000": 10_001})


@given(HEAPS, HEAPS)
def test_what_is_added_can_be_taken(one: dict[str, int], other: dict[str, int]) -> None:
    both = add(one, other)
    assert total(both) == total(one) + total(other)
    assert take(both, other) == check_count(one)


def test_no_more_is_taken_than_there_is() -> None:
    assert take({"2000": 1}, {"2000": 2}) is None
    assert take({"2000": 1}, {"1000": 2}) is None


@given(HEAPS, st.integers(0, 60_000))
def test_the_pieces_left_behind_make_the_sum_out_of_the_heap(heap: dict[str, int], target: int) -> None:
    chosen = smallest_pieces(heap, target)
    if chosen is None:
        return
    assert total(chosen) == target
    assert take(heap, chosen) is not None


@given(
    st.dictionaries(st.sampled_from(("1", "5", "25", "100", "500", "2000")), st.integers(0, 3)), st.integers(0, 8_000)
)
def test_a_choice_is_found_whenever_there_is_one(heap: dict[str, int], target: int) -> None:
    pieces = list(heap)
    sums = {
        total(dict(zip(pieces, numbers, strict=True)))
        for numbers in product(*(range(heap[piece] + 1) for piece in pieces))
    }
    assert (smallest_pieces(heap, target) is not None) == (target in sums)


def test_the_smallest_useful_pieces_stay() -> None:
    heap = {"2000": 20, "500": 10, "100": 50, "25": 40}
    assert smallest_pieces(heap, 20_000) == {"25": 40, "100": 50, "500": 8, "2000": 5}
    assert smallest_pieces({"2000": 10}, 5_000) is None
    assert smallest_pieces({"2000": 10}, -1) is None
    assert smallest_pieces({}, 0) == {}
