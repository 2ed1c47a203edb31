"""The one box: beginnings of words in any order, exact numbers first, and nothing a person can type breaks it."""

import unicodedata
from pathlib import Path

import pytest

from counter_app.bootstrap import make_demo
from counter_app.domain.search_hit import Hit
from counter_app.services.load_accounts import load
from db import rebuild
from db.centre_embedded import entries_after
from db.queries import search, search_index
from db.queries.rows import put
from db.storage import INSERTS
from db.sync import sliced
from tests.fakes.counter import ARREARS, CLOSED, WATER, Counter, cash, dog, pay, water
from tests.services.test_load_accounts import accounts, line


def find(counter: Counter, text: str, limit: int = 20) -> list[tuple[str, str]]:
    return [(hit.kind, hit.key) for hit in hits(counter, text, limit)]


def hits(counter: Counter, text: str, limit: int = 20) -> tuple[Hit, ...]:
    with counter.station.books.read() as connection:
        return search.find(connection, text, limit)


def catch_up(counter: Counter) -> int:
    """As the window does between two keys; how many slices it took."""
    slices = 0
    while True:
        with counter.station.books.read() as connection:
            if not search_index.is_behind(connection):
                return slices
        slices += 1
        with counter.station.books.change_state() as connection:
            search_index.catch_up(connection)


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


@pytest.mark.parametrize(
    "text",
    ["(555) 010-0142", "5550100142", "555-010-0142", "555.010.0142", "+1 555 010 0142", "1-555-010-0142", "0100142",
     "010-0142", "(555)0100142", "0142", "555 010 01"],
)  # fmt: skip
@pytest.mark.parametrize("written", ["(555) 010-0142", "+1 555.010.0142", "5550100142"])
def test_a_phone_in_any_writing(counter: Counter, text: str, written: str) -> None:
    made = counter.do("register_customer", "maria", name="Quirin Zapf", phone=written)["customer"]
    assert ("customer", made) in find(counter, text)


@pytest.mark.parametrize("text", ["o'hara", "ohara", "O\u2019Hara", "o hara", "pat o'h"])
@pytest.mark.parametrize("written", ["Pat O'Hara", "Pat O\u2019Hara", "Pat Ohara"])
def test_an_apostrophe_of_any_kind_or_none(counter: Counter, text: str, written: str) -> None:
    made = counter.do("register_customer", "maria", name=written)["customer"]
    assert ("customer", made) in find(counter, text)


def test_licences_are_found_by_what_is_on_them(drawer: Counter) -> None:
    decal = {"fee": "BL-VEH", "customer": f"C{WATER}", "details": {"plate": "7abc-123"}}
    paid = pay(drawer, [dog(name="Zottel"), decal], [cash(20_000)])
    of_dog, of_car = (("licence", number) for number in paid["licences"])
    assert find(drawer, "zottel") == []
    assert catch_up(drawer) == 1
    assert find(drawer, "zottel") == [of_dog]
    for text in ("7ABC123", "7abc 123", "7abc-123", "7abc", "7 abc 123"):
        assert of_car in find(drawer, text), text
    assert find(drawer, "zottel rosa") == [of_dog]
    assert "Zottel · Rosa Bell · expires" in hits(drawer, "zottel")[0].detail


def test_a_receipt_or_licence_by_its_last_digits(drawer: Counter) -> None:
    paid = pay(drawer, [dog()], [cash(20_000)])
    expected = [("receipt", paid["number"]), ("licence", paid["licences"][0])]
    for text in ("000001", "0001", "001"):
        assert find(drawer, text)[-2:] == expected, text
    assert find(drawer, "L000001") == find(drawer, "l1") == [("licence", paid["licences"][0])]
    assert not {kind for kind, _ in find(drawer, "1")} & {"receipt", "licence"}
    assert find(drawer, "0002") == []


def test_the_newest_of_many_numbers_with_these_last_digits(counter: Counter) -> None:
    with counter.station.books.change_state() as connection:
        given = [("A1", 10_000 + value, 0, "receipt", value, f"A1-{value:06d}") for value in range(1, 5_200)]
        put(connection, INSERTS["given"], given)
        assert search.numbers_ending(connection, "A1", "receipt", "123") == ["A1-005123", "A1-004123", "A1-003123"]
        assert search.numbers_ending(connection, "A1", "receipt", "5123") == ["A1-005123"]
        assert search.numbers_ending(connection, "A1", "receipt", "000007") == ["A1-000007"]
        assert search.numbers_ending(connection, "A1", "receipt", "5200") == []
        connection.rollback()


@pytest.mark.parametrize(
    "text", ["roza bell", "rsoa bell", "rossa bell", "rosa blel", "bell roas", "rosa eml", "haddda", "hadad omar"]
)
def test_one_error_in_a_word_is_forgiven_when_nothing_matches(counter: Counter, text: str) -> None:
    expected = ("account", ARREARS if "had" in text else WATER)
    assert find(counter, text)[0] == expected


def test_what_matches_is_not_mixed_with_what_was_perhaps_meant(counter: Counter) -> None:
    for name in ("Quint Zapf", "Quinta Zopf"):
        counter.do("register_customer", "maria", name=name)
    assert [key for _, key in find(counter, "zapf")] == [key for _, key in find(counter, "quint zapf")]
    assert len(find(counter, "zipf")) == 2
    assert find(counter, "zapf wxyz") == []


def test_customers_and_licences_of_other_stations_appear(drawer: Counter, city: Path, tmp_path: Path) -> None:
    make_demo(tmp_path / "other", accounts=0, station="B2")
    other = Counter(tmp_path / "other")
    made = other.do("register_customer", "maria", name="Quirin Zapf")["customer"]
    with other.station.books.read() as connection:
        entries, private = entries_after(connection, "B2", 0, 1_000)
    other.close()
    for some in sliced("B2", entries, private):
        drawer.station.books.admit(some.entries, some.private)
    assert find(drawer, "zapf") == []
    catch_up(drawer)
    assert find(drawer, "zapf") == [("customer", made)]


def test_what_was_purged_is_found_no_more_once_projections_are_made_anew(counter: Counter) -> None:
    counter.do("register_customer", "maria", name="Quirin Zapf")
    with counter.station.books.change_state() as connection:
        connection.exec_driver_sql("DELETE FROM private WHERE value = 'Quirin Zapf'")
        rebuild.apply(connection)
    catch_up(counter)
    assert find(counter, "quirin") == []
    assert len(find(counter, "rosa medina")) == 2


def test_an_index_of_another_version_goes_and_comes_in_slices(counter: Counter) -> None:
    with counter.station.books.change_state() as connection:
        connection.exec_driver_sql("UPDATE search_mark SET through = 'older' WHERE source = 'version'")
        words = connection.exec_driver_sql("SELECT count(*) FROM search_key").scalar_one()
    assert catch_up(counter) > words / search_index.SLICE
    assert find(counter, "rosa bell") == [("account", WATER)]
    assert catch_up(counter) == 0


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
        connection.exec_driver_sql("DROP TABLE search")
    assert find(counter, "rosa bell") == []
    assert find(counter, WATER) == [("account", WATER)]
    catch_up(counter)
    assert find(counter, "rosa bell") == [("account", WATER)]
    assert ("customer", "A1-C000001") in find(counter, "rosa medina")
