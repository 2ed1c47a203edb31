"""The tamper suite: every manipulation of the chain is found, and its station and entry are named."""

import json
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.entry import EMPTY
from counter_app.domain.refused import StationFault
from db.books import Books
from db.consistency import Problem
from db.keys import Signer, new_signing_key
from db.storage import open_storage
from db.verify import MOST_PROBLEMS, NEWEST, verify, verify_newest
from tests.fakes.day import new_books, open_drawer, pay
from tests.fakes.forger import LAST, PAYMENT, Forger, Forgery, Verdict, judging, two_stations


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Books]:
    """The played day and a second station's journal."""
    books = two_stations(tmp_path_factory.mktemp("day"))
    yield books
    books.storage.close()


@pytest.fixture
def verdict(books: Books) -> Iterator[Verdict]:
    """What verify says after a forgery, which is undone when the test ends."""
    with judging(books) as judge:
        yield judge


def swap(forger: Forger, one: int, other: int) -> None:
    columns = ("body", "prev", "hash", "sig")
    kept = {name: forger.column(one, name) for name in columns}
    forger.set(one, **{name: forger.column(other, name) for name in columns})
    forger.set(other, **kept)


def duplicate(forger: Forger, seq: int, as_seq: int | str) -> None:
    forger.sql(
        "INSERT INTO entry SELECT station, ?, body, prev, hash, sig FROM entry WHERE station = 'A1' AND seq = ?",
        as_seq,
        seq,
    )


def delete(forger: Forger, *seqs: int) -> None:
    for seq in seqs:
        forger.sql("DELETE FROM entry WHERE station = 'A1' AND seq = ?", seq)


def acknowledge(forger: Forger, seq: int, hash_: bytes) -> None:
    forger.sql("INSERT INTO cursor (centre, station, seq, hash) VALUES ('city hall', 'A1', ?, ?)", seq, hash_)


def lose_the_last(forger: Forger) -> None:
    acknowledge(forger, LAST, forger.column(LAST, "hash"))
    delete(forger, LAST)


def other_key_everywhere(forger: Forger) -> None:
    """The whole journal again under a key of the forger's own."""
    signer = Signer(new_signing_key())
    forger.replace(1, forger.signer.public.hex().encode(), signer.public.hex().encode())
    forger.rechain(1, signer)


def deleted_and_chained_anew(forger: Forger) -> None:
    delete(forger, LAST - 1)
    forger.rechain(LAST - 2)


def changed_and_chained_anew(forger: Forger) -> None:
    forger.replace(PAYMENT, *FIELDS["amount"])
    forger.rechain(PAYMENT)


def lose_constraints(forger: Forger) -> None:
    """The table made anew without a single constraint, and a row of nothing in it."""
    forger.sql("CREATE TABLE bare AS SELECT * FROM entry")
    forger.sql("DROP TABLE entry")
    forger.sql("ALTER TABLE bare RENAME TO entry")


def null_body(forger: Forger) -> None:
    lose_constraints(forger)
    forger.set(PAYMENT, body=None)


def row_of_nothing(forger: Forger) -> None:
    lose_constraints(forger)
    forger.sql("INSERT INTO entry VALUES (NULL, NULL, NULL, NULL, NULL, NULL)")


FIELDS: dict[str, tuple[bytes, bytes]] = {
    "actor": (b'"actor":"maria"', b'"actor":"marla"'),
    "approver": (b'"approver":null', b'"approver":"lee"'),
    "time": (b'"at":"2026-11-23T17', b'"at":"2026-11-23T18'),
    "business date": (b'"business_date":"2026-11-23"', b'"business_date":"2026-11-24"'),
    "amount": (b'"amount_cents":5000', b'"amount_cents":4000'),
    "change": (b'"change_cents":1000', b'"change_cents":2000'),
    "kind": (b'"kind":"PaymentTaken"', b'"kind":"PaymentMoved"'),
    "number": (b'"number":"A1-000001"', b'"number":"A1-000009"'),
    "number given": (b'"receipt":"A1-000001"', b'"receipt":"A1-000009"'),
    "seq": (b'"seq":5', b'"seq":6'),
    "session": (b'"session":"A1-S000001"', b'"session":"A1-S000002"'),
    "station": (b'"station":"A1"', b'"station":"B2"'),
    "version": (b'"version":1', b'"version":2'),
    "zone": (b"America/Los_Angeles", b"America/New_York"),
    "account": (b"90000001", b"90000002"),
    "ledger account": (b"501-0000-11210", b"501-0000-11211"),
}


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("full", [False, True])
def test_a_changed_field_breaks_the_hash_of_its_entry(verdict: Verdict, field: str, full: bool) -> None:
    found = verdict(lambda forger: forger.replace(PAYMENT, *FIELDS[field]), full=full)
    assert Problem("A1", PAYMENT, f"A1 entry {PAYMENT}: its hash is not the hash of its body.") in found


CHAIN: dict[str, tuple[Forgery, int, str]] = {
    "prev changed": (lambda f: f.set(6, prev=b"\1" * 32), 6, "does not follow"),
    "hash changed": (lambda f: f.set(6, hash=b"\1" * 32), 6, "hash is not the hash"),
    "hash changed, seen by the next": (lambda f: f.set(6, hash=b"\1" * 32), 7, "does not follow"),
    "signature changed": (lambda f: f.set(6, sig=b"\1" * 64), 6, "not signed"),
    "signature of another entry": (lambda f: f.set(6, sig=f.column(7, "sig")), 6, "not signed"),
    "two entries swapped": (lambda f: swap(f, 6, 7), 6, "calls itself A1 entry 7"),
    "two bodies swapped": (lambda f: swap(f, 5, 8), 5, "does not follow"),
    "first deleted": (lambda f: delete(f, 1), 1, "is missing"),
    "one in the middle deleted": (lambda f: delete(f, 9), 9, "is missing"),
    "three in the middle deleted": (lambda f: delete(f, 9, 10, 11), 9, "entries 9 to 11 are missing"),
    "last deleted": (lose_the_last, LAST, "missing that the centre (city hall) has"),
    "all deleted": (lambda f: delete(f, *range(1, LAST + 1)), 0, "nothing that could be proved"),
    "deleted and chained anew": (deleted_and_chained_anew, LAST - 1, "is missing"),
    "duplicated at the end": (lambda f: duplicate(f, LAST, LAST + 1), LAST + 1, "does not follow"),
    "inserted far away": (lambda f: duplicate(f, LAST, 99), LAST + 1, "entries 18 to 98 are missing"),
    "numbered zero": (lambda f: duplicate(f, 1, 0), 0, "no entry has this number"),
    "numbered below zero": (lambda f: duplicate(f, 1, -5), -5, "no entry has this number"),
    "moved to another station": (lambda f: f.set(LAST, station="B2", seq=5), 5, "does not follow"),
    "chained anew without the key": (changed_and_chained_anew, PAYMENT, "not signed"),
    "signed with another key": (lambda f: f.rechain(6, Signer(new_signing_key())), 6, "not signed"),
    "one entry signed with another key": (
        lambda f: f.set(6, sig=Signer(new_signing_key()).sign(f.column(6, "hash"))),
        6,
        "not signed",
    ),
    "everything under another key": (other_key_everywhere, 1, "another key than this station signs with"),
    "another hash than the centre has": (lambda f: acknowledge(f, 7, b"\1" * 32), 7, "has another entry"),
    "body of no JSON": (lambda f: f.set(6, body=b"\0\1\2"), 6, "cannot be read"),
    "body empty": (lambda f: f.set(6, body=b""), 6, "cannot be read"),
    "body no UTF-8": (lambda f: f.set(6, body=b'{"actor":"\xff"}'), 6, "cannot be read"),
    "body deeply nested": (lambda f: f.set(6, body=b"[" * 100_000), 6, "cannot be read"),
    "body as text": (lambda f: f.set(6, body="text"), 6, "not stored as an entry is"),
    "body as a number": (lambda f: f.set(6, body=5), 6, "not stored as an entry is"),
    "body NULL": (null_body, PAYMENT, "not stored as an entry is"),
    "hash cut short": (lambda f: f.set(6, hash=b"\1"), 6, "not stored as an entry is"),
    "prev as text": (lambda f: f.set(6, prev="p" * 32), 6, "not stored as an entry is"),
    "signature empty": (lambda f: f.set(6, sig=b""), 6, "not stored as an entry is"),
    "seq as text": (lambda f: duplicate(f, 6, "six"), 0, "A1 entry six: it is not stored"),
    "station as bytes": (
        lambda f: f.sql("UPDATE entry SET station = X'41' WHERE station = 'A1' AND seq = 17"),
        17,
        "not stored",
    ),
    "row of nothing": (row_of_nothing, 0, "None entry None: it is not stored"),
}


@pytest.mark.parametrize("name", CHAIN)
@pytest.mark.parametrize("full", [False, True])
def test_the_chain_shows(verdict: Verdict, name: str, full: bool) -> None:
    forge, seq, says = CHAIN[name]
    found = verdict(forge, full=full)
    assert [p for p in found if p.seq == seq and says in p.sentence], found


@pytest.mark.parametrize("full", [False, True])
def test_an_untouched_journal_is_proved(books: Books, full: bool) -> None:
    with books.read() as connection:
        found = verify(connection, "A1", full=full)
    assert found.problems == ()
    assert (found.entries, found.head) == (LAST + 4, books.head())


@pytest.mark.parametrize("verb", ["update", "delete"])
def test_a_guard_that_is_gone_is_missed(books: Books, verb: str) -> None:
    with books.storage.writer.connect() as connection:
        transaction = connection.begin()
        connection.exec_driver_sql(f"DROP TRIGGER entry_no_{verb}")
        found = verify(connection, "A1", full=False).problems
        transaction.rollback()
    assert [p.sentence for p in found] == [f"The guard of A1 that refuses to {verb} an entry is gone."]


def test_all_problems_are_told_and_not_the_first_alone(verdict: Verdict) -> None:
    def three(forger: Forger) -> None:
        forger.replace(5, *FIELDS["amount"])
        forger.set(8, hash=b"\1" * 32)
        delete(forger, 11)

    assert {p.seq for p in verdict(three, full=False)} == {5, 8, 9, 11}


def test_a_journal_broken_everywhere_is_told_in_bounds(verdict: Verdict) -> None:
    def ruin(forger: Forger) -> None:
        for seq in range(18, 25 + MOST_PROBLEMS):
            forger.sql("INSERT INTO entry VALUES ('A1', ?, 'x', 'x', 'x', 'x')", seq)

    found = verdict(ruin, full=False)
    assert len(found) == MOST_PROBLEMS + 1
    assert found[-1].sentence.endswith("more problems.")


def test_a_file_without_a_journal_is_not_proved(tmp_path: Path) -> None:
    books, _key = new_books(tmp_path)
    with books.read() as connection:
        found = verify(connection, "Z9", full=False)
    books.storage.close()
    assert [p.sentence for p in found.problems] == [
        "The journal of Z9 has no entries; there is nothing that could be proved."
    ]
    assert found.head == EMPTY


@given(st.data())
def test_any_flipped_bit_of_any_entry_is_found_and_named(books: Books, data: st.DataObject) -> None:
    seq = data.draw(st.integers(1, LAST))
    column = data.draw(st.sampled_from(["body", "prev", "hash", "sig"]))
    with books.storage.writer.connect() as connection:
        transaction = connection.begin()
        connection.exec_driver_sql("DROP TRIGGER entry_no_update")
        forger = Forger(connection, books.signer)
        changed = bytearray(forger.column(seq, column))
        bit = data.draw(st.integers(0, len(changed) * 8 - 1))
        changed[bit // 8] ^= 1 << bit % 8
        forger.set(seq, **{column: bytes(changed)})
        found = verify(connection, "A1", full=False).problems
        transaction.rollback()
    assert any((p.station, p.seq) == ("A1", seq) for p in found), (seq, column, bit)


def _problems_of(path: Path, key: str) -> tuple[Problem, ...]:
    """What verify finds, or, where a page of the list of tables is damaged, what opening says."""
    try:
        storage = open_storage(path, key)
    except StationFault as fault:
        return (Problem("A1", 0, str(fault)),)
    with storage.readers.connect() as connection:
        problems = verify(connection, "A1", full=True).problems
    storage.close()
    return tuple(problems)


def test_a_damaged_page_is_a_sentence_and_not_a_crash(tmp_path: Path) -> None:
    books, key = new_books(tmp_path)
    open_drawer(books)
    for cents in range(100, 200):
        pay(books, "A1-S000001", cents)
    books.storage.close()
    path = tmp_path / "counter.db"
    image = path.read_bytes()
    pages = len(image) // 4_096
    found: set[Problem] = set()
    for page in range(2, pages, pages // 25):
        damaged = bytearray(image)
        damaged[page * 4_096 + 2_000] ^= 1
        path.write_bytes(damaged)
        problems = _problems_of(path, key)
        assert any("damaged" in p.sentence for p in problems), page
        found.update(problems)
    assert [p for p in found if p.seq > 1 and "cannot be read, the file is damaged" in p.sentence]


def test_verification_is_written_as_json(books: Books) -> None:
    with books.read() as connection:
        found = verify(connection, "A1", full=False)
    assert json.loads(msgspec.json.encode(found))["problems"] == []


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Books]:
    """A morning of more payments than a look at the newest reads."""
    books, _key = new_books(tmp_path_factory.mktemp("long"))
    open_drawer(books)
    for cents in range(100, 100 + NEWEST + 20):
        pay(books, "A1-S000001", cents)
    yield books
    books.storage.close()


LONG = NEWEST + 22
"""Its newest entry."""


def _newest(books: Books, forge: Forgery) -> list[int]:
    """The entries that a look at the newest names after a forgery, which is undone."""
    with books.storage.writer.connect() as connection:
        transaction = connection.begin()
        guards = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all()
        for name, _ in guards:
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        forge(Forger(connection, books.signer))
        for _, sql in guards:
            connection.exec_driver_sql(sql)
        found = verify_newest(connection, "A1").problems
        transaction.rollback()
    return [p.seq for p in found]


def test_a_look_at_the_newest_reads_the_newest_alone(long: Books) -> None:
    with long.read() as connection:
        found = verify_newest(connection, "A1")
    assert (found.problems, found.entries, found.head) == ((), NEWEST, long.head())


def cut_after_shipping(forger: Forger) -> None:
    acknowledge(forger, LONG, forger.column(LONG, "hash"))
    delete(forger, LONG)


NEW: dict[str, tuple[Forgery, list[int]]] = {
    "amount": (lambda f: f.replace(LONG - 5, b'"actor":"maria"', b'"actor":"ben__"'), [LONG - 5]),
    "one of another key": (
        lambda f: f.set(LONG - 5, sig=Signer(new_signing_key()).sign(f.column(LONG - 5, "hash"))),
        [LONG - 5],
    ),
    "one gone": (lambda f: delete(f, LONG - 5), [LONG - 5, LONG - 4]),
    "the oldest looked at": (lambda f: f.replace(23, b'"actor":"maria"', b'"actor":"ben__"'), [23]),
    "the one before it": (lambda f: f.replace(22, b'"actor":"maria"', b'"actor":"ben__"'), [22]),
    "one further back": (lambda f: f.replace(9, b'"actor":"maria"', b'"actor":"ben__"'), []),
    "the key": (lambda f: f.replace(1, f.signer.public.hex().encode(), b"z" * 64), [1, *range(23, LONG + 1)]),
    "a cut tail that the centre has": (cut_after_shipping, [LONG]),
}


@pytest.mark.parametrize("name", NEW)
def test_a_look_at_the_newest_finds(long: Books, name: str) -> None:
    forge, seqs = NEW[name]
    assert _newest(long, forge) == seqs
