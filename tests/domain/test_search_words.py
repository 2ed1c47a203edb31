"""Words of the search: what a text is found by and what may have been meant."""

import pytest

from counter_app.domain.search_words import (
    findable,
    findable_phone,
    folded,
    one_error_away,
    split,
    squeezed,
    vocabulary,
)


def test_letters_and_digits_are_words_in_every_script() -> None:
    assert split("O'Hara-Núñez, 7b") == ["O", "Hara", "Núñez", "7b"]
    assert split("李明 \N{HEAVY BLACK HEART} ok") == ["李明", "ok"]
    assert split("- . '") == []


def test_accents_fold_and_marks_that_stand_alone_join_their_letter() -> None:
    assert folded("ÍÑIGO") == folded("In\u0303igo") == "inigo"
    assert split("In\u0303igo") == ["Iñigo"]


def test_a_word_with_an_apostrophe_is_found_as_one_too() -> None:
    assert list(findable("Pat O'Hara")) == ["Pat O'Hara", "OHara"]
    assert list(findable("Ana Bell")) == ["Ana Bell"]
    assert list(findable("")) == []


@pytest.mark.parametrize("phone", ["(555) 010-0142", "+1 555 010 0142", "15550100142", "555.010.0142"])
def test_a_phone_has_one_form(phone: str) -> None:
    assert list(findable_phone(phone)) == ["555 010 0142", "5550100142", "0100142"]


def test_other_phones_stay_as_they_are() -> None:
    assert list(findable_phone("+44 20 7946 0958")) == ["+44 20 7946 0958", "442079460958"]
    assert list(findable_phone("")) == []
    assert squeezed("1abc-555-010-014") == "1abc555010014"


def test_only_words_of_letters_are_forgiven() -> None:
    assert vocabulary(["José O'Brien", "12 Elm St", "5a Oak"]) == {"jose", "brien", "obrien", "elm", "oak"}


def test_every_single_error_and_nothing_else() -> None:
    meant = one_error_away("bell")
    assert {"ebll", "blel", "belll", "abell", "ball", "bel", "ell"} <= set(meant)
    assert "bell" not in meant
    assert "baal" not in meant
    assert len(meant) == len(set(meant)) < 50 * 5
    assert all(len(other) >= 3 for other in one_error_away("elm"))
