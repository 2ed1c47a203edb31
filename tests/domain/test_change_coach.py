"""Which pieces to hand over as change: exact, from what is there, sparing what is few, telling nothing of the total."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from counter_app.domain.change_coach import (
    FEW,
    PLENTY,
    Guess,
    change_of,
    counted_in,
    counted_out,
    few_of,
    given_back,
    handed_over,
    likely,
)
from counter_app.domain.count import PIECES, total

FLOAT = {"1000": 5, "500": 10, "100": 40, "25": 40, "10": 50, "5": 40, "1": 50}
HEAPS = st.dictionaries(st.sampled_from(PIECES), st.integers(0, 60), max_size=13)
CENTS = st.integers(1, 150_00)


@pytest.mark.parametrize(
    ("cents", "pieces"),
    [
        (16_83, {"1000": 1, "500": 1, "100": 1, "25": 3, "5": 1, "1": 3}),
        (5_00, {"500": 1}),
        (30_00, {"1000": 3}),
    ],
)
def test_a_full_drawer_gives_the_fewest_pieces(cents: int, pieces: dict[str, int]) -> None:
    assert change_of(FLOAT, cents) == pieces


def test_a_ten_is_made_of_a_five_and_five_ones_where_there_is_no_ten() -> None:
    assert change_of({"500": 30, "100": 40}, 10_00) == {"500": 2}
    assert change_of({"500": 3, "100": 40}, 10_00) == {"500": 1, "100": 5}
    assert change_of({"500": 3, "100": 4}, 10_00) == {"500": 2}


def test_few_fives_are_spared_while_ones_are_plenty() -> None:
    assert change_of({**FLOAT, "500": 2}, 5_00) == {"100": 5}
    assert change_of({**FLOAT, "500": 2, "100": 5}, 5_00) == {"500": 1}


def test_two_dollar_notes_and_half_dollars_only_where_nothing_else_will_do() -> None:
    assert change_of({"200": 20, "100": 20}, 2_00) == {"100": 2}
    assert change_of({"200": 20, "100": 1}, 3_00) == {"200": 1, "100": 1}


def test_where_nothing_is_known_the_plain_answer_is_given() -> None:
    assert change_of({}, 16_83) == {"1000": 1, "500": 1, "100": 1, "25": 3, "5": 1, "1": 3}
    assert change_of({"10000": 9}, 4_00) == {"100": 4}
    assert total(change_of(FLOAT, 123_456_78)) == 123_456_78


@given(HEAPS, CENTS)
def test_the_pieces_are_always_worth_the_change(held: dict[str, int], cents: int) -> None:
    assert total(change_of(held, cents)) == cents


@given(HEAPS, CENTS)
def test_pieces_are_there_whenever_any_choice_of_them_makes_the_change(held: dict[str, int], cents: int) -> None:
    sums = {0}
    for piece, number in held.items():
        worth = int(piece.removesuffix("c"))
        sums = {s + n * worth for s in sums for n in range(min(number, PLENTY) + 1) if s + n * worth <= cents}
        assume(len(sums) < 20_000)
    if cents in sums:
        assert all(held.get(piece, 0) >= number for piece, number in change_of(held, cents).items())


@given(HEAPS, st.dictionaries(st.sampled_from(PIECES), st.integers(0, 500), max_size=13), CENTS)
def test_drawers_with_plenty_of_a_piece_are_answered_alike(
    held: dict[str, int], more: dict[str, int], cents: int
) -> None:
    """Blind: whatever lies in the drawer beyond a handful of a piece never changes what is shown."""
    other = {p: n + (more.get(p, 0) if n >= PLENTY else 0) for p, n in held.items()}
    had = dict.fromkeys(PIECES, 1_000)
    one, two = given_back(Guess(held, had), cents)[1], given_back(Guess(other, had), cents)[1]
    assert one.pieces == two.pieces
    assert set(two.few) <= set(one.few)


@given(st.lists(st.tuples(st.integers(0, 200_00), st.integers(0, 100_00)), max_size=20))
def test_a_guess_never_falls_below_nothing(payments: list[tuple[int, int]]) -> None:
    guess = counted_in(Guess(), FLOAT)
    for handed, back in payments:
        guess, advice = given_back(handed_over(guess, handed), back)
        assert total(advice.pieces) == back
    assert min(guess.pieces.values()) >= 0


def test_fives_run_out_and_a_quiet_word_says_so_until_more_are_brought() -> None:
    guess = counted_in(Guess(), {**FLOAT, "100": 0})
    said = []
    for _ in range(8):
        guess, advice = given_back(handed_over(guess, 20_00), 5_00)
        said.append(advice.few)
    assert said == [(), (), (), (), (), ("500",), ("500",), ("500",)]
    assert few_of(counted_in(guess, {"500": 10})) == ()


def test_a_drawer_that_never_had_any_says_nothing_of_them() -> None:
    assert few_of(counted_in(Guess(), {"2000": 10})) == ()
    assert set(FEW) <= set(PIECES)


def test_a_drop_takes_the_counted_pieces_out() -> None:
    guess = counted_out(counted_in(Guess(), {"2000": 5}), {"2000": 7})
    assert total(guess.pieces) == 0


@pytest.mark.parametrize(
    ("cents", "pieces"),
    [(60_00, {"2000": 3}), (50_00, {"5000": 1}), (100_00, {"10000": 1}), (70_00, {"2000": 3, "1000": 1}), (0, {})],
)
def test_what_people_hand_over(cents: int, pieces: dict[str, int]) -> None:
    assert likely(cents) == pieces
