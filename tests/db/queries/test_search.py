"""The one box: beginnings of words in any order, exact numbers first, and nothing a person can type breaks it."""

import unicodedata

import pytest

from counter_app.domain.search_hit import Hit
from counter_app.services.load_accounts import load
from db.queries import search
from tests.fakes.counter import CLOSED, WATER, Counter, cash, dog, pay, water
from tests.services.test_load_accounts import accounts, line


def find(counter: Counter, text: str, limit: int = 20) -> list[tuple[str, str]]:
    return [(hit.kind, hit.key) for hit in hits(counter, text, limit)]


def hits(counter: Counter, text: str, limit: int = 20) -> tuple[Hit, ...]:
    with counter.station.books.read() as connection:
        return search.find(connection, text, limit)


@pytest.mark.parametrize("text", ["rosa bell", "BELL ROSA", "bel ros", "elm 1 rosa", "9000000 bell"])
def test_beginnings_of_words_in_any_order(counter: Counter, text: str) -> None:
    assert find(counter, text) == [("account", WATER)]


def test_accents_and_apostrophes_do_not_matter(counter: Counter) -> None:
    load(counter.station, "ana", "accounts", accounts(line("90000200", 1, name="Íñigo O'Hara-Núñez")))
    for text in ("inigo", "ÍÑIGO", "o'hara", "ohara", "nunez", "hara-nu"):
        assert ("account", "90000200") in find(counter, text), text


def test_an_exact_account_comes_first_and_once(counter: Counter) -> None:
    assert find(counter, WATER) == [("account", WATER)]
    assert find(counter, f"c{WATER}") == [("customer", f"C{WATER}"), ("account", WATER)]
    assert hits(counter, CLOSED) == (Hit("account", CLOSED, "Nora Quinn", "5 Elm Street · closed"),)


def test_a_replaced_account_is_found_by_its_new_words_alone(counter: Counter) -> None:
    load(counter.station, "ana", "accounts", accounts(line(WATER, 1, name="Zelda Neumann")))
    assert find(counter, "zelda") == [("account", WATER)]
    assert find(counter, "rosa bell") == []


def test_customers_of_the_counter_are_found(counter: Counter) -> None:
    made = counter.do("register_customer", "maria", name="Quirin Zapf", phone="(555) 555-0142")["customer"]
    assert find(counter, "zapf quir") == [("customer", made)]
    assert find(counter, made.lower())[0] == ("customer", made)


def test_receipts_and_licences_are_found_by_number(drawer: Counter) -> None:
    paid = pay(drawer, [water(WATER, 100), dog()], [cash(20_000)])
    assert hits(drawer, "a1-000001")[0].title == "Receipt A1-000001"
    assert find(drawer, "A1-1") == [("receipt", paid["number"])]
    assert find(drawer, paid["licences"][0]) == [("licence", paid["licences"][0])]
    assert find(drawer, "A1-000099") == []


def test_a_limit_is_kept(counter: Counter) -> None:
    assert len(find(counter, "1", 3)) == 3


@pytest.mark.parametrize(
    "text", ["", "   ", '"', "' OR 1=1 --", "a* NOT b", "NEAR(a b)", "-", "(((", "\x00", "😀", "½ ²"]
)
def test_nothing_typed_breaks_it(counter: Counter, text: str) -> None:
    find(counter, text)


def test_no_letter_of_any_script_breaks_it(counter: Counter) -> None:
    """The index splits words by its own, older tables of letters; one it does not know must not end in an error."""
    letters = [chr(c) for c in range(0x110000) if unicodedata.category(chr(c))[0] in "LN"]
    with counter.station.books.read() as connection:
        for start in range(0, len(letters), 97):
            search.find(connection, f"a{letters[start]}b")


def test_the_index_can_be_made_anew(counter: Counter) -> None:
    with counter.station.books.change_state() as connection:
        search.index_all(connection)
    assert find(counter, "rosa bell") == [("account", WATER)]
    assert ("customer", "A1-C000001") in find(counter, "rosa medina")
