"""Shipping and pulling: what the centre has is what the station wrote, through duplicates, lost replies and forks."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import accumulate, pairwise
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import psycopg
import pytest

from counter_app.domain.clock import SetClock
from counter_app.domain.entry import EMPTY, Entry, Head, Private, Sealing, chain_hash
from counter_app.domain.fault import Faults
from db import sync
from db.books import ADMIT_SLICE, Books
from db.central_setup import add, init
from db.centre import CITY_HALL, COPIED, Centre, CentreUnreachable, Fork, Known, Values
from db.centre_embedded import EmbeddedCentre, entries_after
from db.centre_postgres import PostgresCentre
from db.keys import Signer, new_file_key, new_signing_key, public_key
from db.schema import projections
from db.storage import create
from db.sync import SyncState, TailMissing, Unproven, pull, settle, ship, sync_once
from tests.fakes.chain import Chain, opened, paid

NOON = datetime(2026, 11, 23, 20, tzinfo=UTC)
MakeBooks = Callable[..., Books]


@pytest.fixture
def make_books(tmp_path: Path) -> Iterator[MakeBooks]:
    """Opened stations, each in its own encrypted file."""
    made: list[Books] = []

    def make(station: str = "A1", site: str = "Elm Street", folder: str = "") -> Books:
        storage = create(tmp_path / (folder or station) / "counter.db", new_file_key())
        signer = Signer(new_signing_key())
        books = Books(storage, station, signer, SetClock(NOON), "America/Los_Angeles", Faults())
        made.append(books)
        with books.write("adam") as unit:
            unit.record(opened(station, site, signer.public))
        return books

    yield make
    for books in made:
        books.storage.close()


@pytest.fixture
def books(make_books: MakeBooks) -> Books:
    """Station A1 with its opening entry and three receipts."""
    books = make_books()
    pay(books, 3)
    return books


@pytest.fixture
def copy(tmp_path: Path) -> Iterator[EmbeddedCentre]:
    """The embedded centre of A1."""
    centre = EmbeddedCentre(tmp_path / "copy.db", new_file_key(), "A1", "Elm Street")
    yield centre
    centre.close()


def pay(books: Books, count: int) -> None:
    """That many receipts."""
    for _ in range(count):
        with books.write("maria") as unit:
            number, seal = unit.number("receipt"), Sealing()
            payment = paid(number, f"{books.station}-S000001", 4_500, seal("payer", "Jo O'Neil"))
            unit.record(payment, business_date="2026-11-23", sealing=seal)


def journal(books: Books, station: str) -> tuple[list[Entry], Values]:
    """A station's entries and private values as the file has them."""
    with books.read() as connection:
        return entries_after(connection, station, 0, 10_000)


def cursor(books: Books, centre: str) -> Head:
    """What the station believes is acknowledged."""
    with books.read() as connection:
        return sync.cursor_of(connection, centre, books.station)


class Passing:
    """A centre that passes everything on to another; the tests below spoil one call each."""

    def __init__(self, inner: Centre) -> None:
        self.inner = inner

    @property
    def name(self) -> str:
        return self.inner.name

    def append(self, station: str, entries: Sequence[Entry], private: Sequence[tuple[int, Private]]) -> Head:
        return self.inner.append(station, entries, private)

    def since(self, station: str, seq: int, limit: int) -> tuple[list[Entry], Values]:
        return self.inner.since(station, seq, limit)

    def head(self, station: str) -> Head:
        return self.inner.head(station)

    def stations(self) -> list[Known]:
        return self.inner.stations()

    def reference(self, kind: str, version: int) -> Any:
        return self.inner.reference(kind, version)

    def close(self) -> None:
        self.inner.close()


class ReplyLost(Passing):
    """Commits, and then the line breaks before the answer comes."""

    def append(self, station: str, entries: Sequence[Entry], private: Sequence[tuple[int, Private]]) -> Head:
        self.inner.append(station, entries, private)
        raise CentreUnreachable("The central store does not answer.")


class SentTwice(Passing):
    """Every batch arrives twice."""

    def append(self, station: str, entries: Sequence[Entry], private: Sequence[tuple[int, Private]]) -> Head:
        self.inner.append(station, entries, private)
        return self.inner.append(station, entries, private)


class Unreachable(Passing):
    """Nothing answers."""

    def head(self, station: str) -> Head:
        assert station
        raise CentreUnreachable("The central store does not answer.")


def test_what_was_shipped_is_the_journal_byte_by_byte(books: Books, copy: EmbeddedCentre) -> None:
    shipped = ship(books, copy)
    assert (shipped.sent, shipped.head, shipped.waiting, shipped.oldest_at) == (4, books.head(), 0, None)
    assert copy.since("A1", 0, 100) == journal(books, "A1")


def test_shipping_writes_nothing_here_until_it_is_settled(books: Books, copy: EmbeddedCentre) -> None:
    shipped = ship(books, copy)
    assert cursor(books, COPIED) == EMPTY
    settle(books, shipped)
    assert cursor(books, COPIED) == books.head()


def test_a_limited_shipping_says_what_waits_and_goes_on_in_order(books: Books, copy: EmbeddedCentre) -> None:
    shipped = ship(books, copy, limit=3)
    assert (shipped.sent, shipped.head.seq, shipped.waiting) == (3, 3, 1)
    assert shipped.oldest_at == "2026-11-23T20:00:00.000Z"
    assert ship(books, copy).sent == 1
    assert copy.since("A1", 0, 100) == journal(books, "A1")


def test_more_than_a_batch_goes_in_batches(books: Books, copy: EmbeddedCentre, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sync, "BATCH", 3)
    assert ship(books, copy, limit=100).sent == 4
    assert copy.head("A1") == books.head()


def test_a_lost_reply_is_read_again_and_nothing_is_there_twice(books: Books, copy: EmbeddedCentre) -> None:
    with pytest.raises(CentreUnreachable):
        ship(books, ReplyLost(copy))
    assert cursor(books, COPIED) == EMPTY
    shipped = ship(books, copy)
    assert (shipped.sent, shipped.head) == (0, books.head())
    assert copy.since("A1", 0, 100) == journal(books, "A1")


def test_a_batch_that_arrives_twice_is_there_once(books: Books, copy: EmbeddedCentre) -> None:
    assert ship(books, SentTwice(copy)).head == books.head()
    assert copy.since("A1", 0, 100) == journal(books, "A1")


def test_sync_once_leaves_nothing_waiting(books: Books, copy: EmbeddedCentre) -> None:
    assert sync_once(books, copy) == SyncState(COPIED, 0, None, None)
    assert cursor(books, COPIED) == books.head()


def test_an_unreachable_centre_is_told_and_nothing_is_lost(books: Books, copy: EmbeddedCentre) -> None:
    state = sync_once(books, Unreachable(copy))
    assert state == SyncState(COPIED, 4, "2026-11-23T20:00:00.000Z", "The central store does not answer.")
    assert sync_once(books, copy).waiting == 0


def test_a_copy_that_cannot_be_opened_is_told_in_a_sentence(books: Books, tmp_path: Path) -> None:
    (tmp_path / "bad.db").write_bytes(b"no database at all" * 400)
    state = sync_once(books, EmbeddedCentre(tmp_path / "bad.db", new_file_key(), "A1", "Elm Street"))
    assert state.waiting == 4
    assert state.fault is not None
    assert state.fault.startswith("The copy of the books at ")


def test_two_computers_that_are_one_station_are_told_apart(
    books: Books, copy: EmbeddedCentre, make_books: MakeBooks
) -> None:
    sync_once(books, copy)
    other = make_books("A1", folder="clone")
    pay(other, 5)
    with pytest.raises(Fork, match="two computers"):
        ship(other, copy)
    state = sync_once(other, copy)
    assert state.fault is not None
    assert "two computers" in state.fault
    assert copy.since("A1", 0, 100) == journal(books, "A1")


def test_a_missing_last_entry_is_noticed(books: Books, copy: EmbeddedCentre) -> None:
    sync_once(books, copy)
    lose_last_entry(books)
    with pytest.raises(TailMissing, match="Entries 4 to 4 of A1 were acknowledged as copied and are missing here"):
        ship(books, copy)
    assert cursor(books, COPIED).seq == 4


def test_a_restored_old_file_learns_from_the_centre_what_it_lacks(books: Books, copy: EmbeddedCentre) -> None:
    ship(books, copy)  # the reply is never settled, as in a file restored from before
    lose_last_entry(books)
    assert sync_once(books, copy).fault is not None
    assert cursor(books, COPIED) == copy.head("A1")
    assert cursor(books, COPIED).seq > books.head().seq


def test_an_entry_rewritten_after_it_was_acknowledged_is_noticed(books: Books, copy: EmbeddedCentre) -> None:
    sync_once(books, copy)
    lose_last_entry(books)
    books.clock = SetClock(NOON + timedelta(minutes=1))
    pay(books, 1)
    with pytest.raises(Fork):
        ship(books, copy)


def test_a_centre_that_lost_entries_gets_them_again(books: Books, copy: EmbeddedCentre, tmp_path: Path) -> None:
    sync_once(books, copy)
    empty = EmbeddedCentre(tmp_path / "new.db", new_file_key(), "A1", "Elm Street")
    assert sync_once(books, empty).fault is None
    assert empty.since("A1", 0, 100) == journal(books, "A1")
    empty.close()


def lose_last_entry(books: Books) -> None:
    """As somebody with the file's key would."""
    with books.storage.writer.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER entry_no_delete")
        last = connection.exec_driver_sql("SELECT max(seq) FROM entry").scalar_one()
        for table in ("private", "entry", *projections.tables):
            connection.exec_driver_sql(f"DELETE FROM {table} WHERE seq = ?", (last,))


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (SyncState(CITY_HALL, 0, None, None), "All at city hall"),
        (SyncState(COPIED, 0, None, None), "All copied"),
        (
            SyncState(CITY_HALL, 3, "2026-11-23T19:59:20.000Z", None),
            "3 not yet at city hall, the oldest 40 s",
        ),
        (
            SyncState(CITY_HALL, 3, "2026-11-23T18:00:00.000Z", "The central store does not answer."),
            "3 not yet at city hall, the oldest 2 h. The central store does not answer.",
        ),
        (SyncState(CITY_HALL, 1, "2026-11-20T18:00:00.000Z", None), "1 not yet at city hall, the oldest 3 days"),
        (SyncState(CITY_HALL, 0, None, "A sentence."), "A sentence."),
    ],
)
def test_the_status_line_in_words(state: SyncState, words: str) -> None:
    assert state.words(NOON) == words


def test_the_pause_doubles_to_a_minute_and_ends_with_the_first_success() -> None:
    pause = sync.Pause(1, Random(1))
    waits = [pause.after(good=False) for _ in range(8)]
    for wait_s, longest_s in zip(waits, [1, 2, 4, 8, 16, 32, 60, 60], strict=True):
        assert longest_s / 2 <= wait_s <= longest_s
    assert pause.after(good=True) == 1
    assert pause.after(good=False) <= 1


def test_stations_that_lost_city_hall_together_do_not_come_back_together() -> None:
    def come_back(seed: int) -> list[float]:
        pause = sync.Pause(1, Random(seed))
        return list(accumulate(pause.after(good=False) for _ in range(10)))

    assert come_back(3) == come_back(3)
    last = sorted(come_back(seed)[-1] for seed in range(20))
    assert all(later - earlier > 0.01 for earlier, later in pairwise(last))


class Site:
    """Two stations of one site at a real city hall."""

    def __init__(self, database: str, make_books: MakeBooks) -> None:
        init(database)
        self.database = database
        self.a1, self.a2 = make_books("A1"), make_books("A2")
        self.at_a1, self.at_a2 = self.login(self.a1), self.login(self.a2)

    def login(self, books: Books, site: str = "Elm Street") -> PostgresCentre:
        """A centre as this station reaches it."""
        return PostgresCentre(add(self.database, books.station, site, books.signer.public.hex()))


@pytest.fixture
def site(database_url: str, make_books: MakeBooks) -> Iterator[Site]:
    """A1 and A2 of Elm Street."""
    site = Site(database_url, make_books)
    yield site
    site.at_a1.close()
    site.at_a2.close()


def test_every_station_ends_with_the_whole_site(site: Site) -> None:
    pay(site.a1, 30)
    pay(site.a2, 2)
    assert sync_once(site.a1, site.at_a1) == SyncState(CITY_HALL, 0, None, None)
    assert sync_once(site.a2, site.at_a2) == SyncState(CITY_HALL, 0, None, None)
    assert sync_once(site.a1, site.at_a1) == SyncState(CITY_HALL, 0, None, None)
    for station in ("A1", "A2"):
        assert journal(site.a1, station) == journal(site.a2, station) == site.at_a1.since(station, 0, 1_000)
    with site.a2.read() as one, site.a1.read() as two:
        receipts = "SELECT * FROM receipts ORDER BY station, number"
        assert one.exec_driver_sql(receipts).all() == two.exec_driver_sql(receipts).all()
        assert len(one.exec_driver_sql(receipts).all()) == 32


def test_a_station_of_another_site_is_not_pulled(site: Site, make_books: MakeBooks) -> None:
    far = make_books("B1", "Harbor")
    at_b1 = site.login(far, "Harbor")
    assert sync_once(far, at_b1).fault is None
    sync_once(site.a1, site.at_a1)
    assert journal(site.a1, "B1") == ([], [])
    assert [known.station for known in at_b1.stations()] == ["B1"]
    at_b1.close()


def test_foreign_entries_come_in_slices_and_only_once(site: Site) -> None:
    pay(site.a2, 60)
    sync_once(site.a2, site.at_a2)
    haul = pull(site.a1, site.at_a1)
    lengths = [len(some.entries) for some in haul.slices]
    assert sum(lengths) == 61
    assert set(lengths[:-1]) == {ADMIT_SLICE}
    assert [seq for some in haul.slices for seq, _ in some.private] == list(range(2, 62))
    last = haul.slices[-1].entries[-1]
    assert pull(site.a1, site.at_a1, {"A2": Head(last.seq, last.hash)}).slices == []


def test_what_is_delivered_but_not_taken_in_is_continued(site: Site) -> None:
    pay(site.a2, 5)
    sync_once(site.a2, site.at_a2)
    first = pull(site.a1, site.at_a1, limit=2).slices[0].entries
    rest = pull(site.a1, site.at_a1, {"A2": Head(first[-1].seq, first[-1].hash)}, limit=2)
    assert rest.problems == []
    assert [entry.seq for entry in rest.slices[0].entries] == [3, 4]


def tamper(site: Site, statement: str) -> None:
    """Change the central store as its database administrator could."""
    with psycopg.connect(site.database) as connection:
        connection.execute("ALTER TABLE counter.entry DISABLE TRIGGER ALL")
        connection.execute(statement)


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("UPDATE counter.entry SET body = body || ' '::bytea WHERE station = 'A2' AND seq = 3", "was changed"),
        (
            "UPDATE counter.entry SET sig = decode(repeat('07', 64), 'hex') WHERE station = 'A2' AND seq = 3",
            "not signed",
        ),
        ("DELETE FROM counter.entry WHERE station = 'A2' AND seq = 3", "does not continue"),
        ("UPDATE counter.station SET key = decode(repeat('07', 32), 'hex') WHERE station = 'A2'", "another key"),
        (
            "UPDATE counter.private SET value = 'Somebody'::bytea WHERE station = 'A2' AND seq = 3",
            "not the one that was sealed",
        ),
        ("DELETE FROM counter.entry WHERE station = 'A2' AND seq = 1", "does not open it"),
    ],
)
def test_what_was_changed_at_the_centre_is_not_taken_in(site: Site, statement: str, sentence: str) -> None:
    pay(site.a2, 3)
    sync_once(site.a2, site.at_a2)
    tamper(site, statement)
    haul = pull(site.a1, site.at_a1)
    assert haul.slices == []
    assert len(haul.problems) == 1
    assert sentence in haul.problems[0]
    state = sync_once(site.a1, site.at_a1)
    assert (state.waiting, state.fault) == (0, haul.problems[0])


def test_a_centre_that_forgets_what_it_showed_is_noticed(site: Site) -> None:
    pay(site.a2, 3)
    sync_once(site.a2, site.at_a2)
    sync_once(site.a1, site.at_a1)
    tamper(site, "UPDATE counter.station SET seq = 2 WHERE station = 'A2'")
    [problem] = pull(site.a1, site.at_a1).problems
    assert "other entries of station A2 than it did before" in problem


def test_an_entry_that_speaks_for_another_station_is_not_taken_in() -> None:
    chain = Chain("A2")
    body = chain.entries[0].body.replace(b'"station":"A2"', b'"station":"A1"')
    hash_ = chain_hash(bytes(32), body)
    entry = msgspec.structs.replace(chain.entries[0], body=body, hash=hash_, sig=chain.signer.sign(hash_))
    with pytest.raises(Unproven, match="speaks for another station"):
        sync.prove([entry], [], EMPTY, public_key(chain.signer.public))


@pytest.mark.parametrize(
    ("old", "new"),
    [(b'"actor"', b'"actress"'), (b'"city":"Elmwood"', b'"city":7'), (b"Elmwood", b"Elm\xff"), (b"{", b"")],
)
def test_a_body_that_cannot_be_read_is_not_taken_in(old: bytes, new: bytes) -> None:
    chain = Chain("A2")
    body = chain.entries[0].body.replace(old, new)
    hash_ = chain_hash(bytes(32), body)
    entry = msgspec.structs.replace(chain.entries[0], body=body, hash=hash_, sig=chain.signer.sign(hash_))
    with pytest.raises(Unproven, match="cannot be read"):
        sync.prove([entry], [], EMPTY, public_key(chain.signer.public))


def test_a_kind_of_a_later_version_is_taken_in() -> None:
    chain = Chain("A2")
    body = chain.entries[0].body.replace(b'"kind":"StationOpened"', b'"kind":"StationMoved"')
    hash_ = chain_hash(bytes(32), body)
    entry = msgspec.structs.replace(chain.entries[0], body=body, hash=hash_, sig=chain.signer.sign(hash_))
    sync.prove([entry], [], EMPTY, public_key(chain.signer.public))


def test_a_key_that_is_none_opens_nothing(site: Site) -> None:
    key = "zz" * 32
    opening = Chain("A3").entries[0]
    body = opening.body.replace(chain_key(opening).encode(), key.encode())
    hash_ = chain_hash(bytes(32), body)
    entry = msgspec.structs.replace(opening, body=body, hash=hash_)
    at_a3 = PostgresCentre(add(site.database, "A3", "Elm Street", "07" * 32))
    at_a3.append("A3", [entry], [])
    at_a3.close()
    assert len(pull(site.a1, site.at_a1).problems) == 1


def chain_key(opening: Entry) -> str:
    """The public key that an opening entry names."""
    key: str = msgspec.json.decode(opening.body)["event"]["public_key"]
    return key


def test_a_centre_lost_while_pulling_is_told(site: Site) -> None:
    pay(site.a2, 3)
    sync_once(site.a2, site.at_a2)
    with pytest.raises(CentreUnreachable):
        pull(site.a1, LostWhilePulling(site.at_a1))


class LostWhilePulling(Passing):
    """The line breaks before the entries come."""

    def since(self, station: str, seq: int, limit: int) -> tuple[list[Entry], Values]:
        raise CentreUnreachable(f"No answer about {station} after {seq}, {limit}.")


def test_a_backlog_keeps_its_cursor_as_it_goes(
    books: Books, copy: EmbeddedCentre, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sync, "BACKLOG", 2)
    broken = BreaksAfter(copy, 1)
    assert sync_once(books, broken).waiting == 2
    assert cursor(books, COPIED).seq == 2
    assert sync_once(books, copy).waiting == 0


class BreaksAfter(Passing):
    """Takes so many batches and then answers no more."""

    def __init__(self, inner: Centre, batches: int) -> None:
        super().__init__(inner)
        self.left = batches

    def append(self, station: str, entries: Sequence[Entry], private: Sequence[tuple[int, Private]]) -> Head:
        self.left -= 1
        if self.left < 0:
            raise CentreUnreachable("The central store does not answer.")
        return self.inner.append(station, entries, private)


def test_settling_what_is_settled_writes_nothing(books: Books, copy: EmbeddedCentre) -> None:
    shipped = ship(books, copy)
    settle(books, shipped)
    with books.change_state():  # another write would wait for this one, and fail
        settle(books, shipped)
        settle(books, SyncState(COPIED, 0, None, None))


def test_slices_that_overlap_or_come_too_early_are_taken_in_once_and_in_order(books: Books) -> None:
    chain = Chain("A2")
    chain.pay(9)

    def admit(start: int, end: int) -> int:
        some = chain.entries[start:end]
        books.admit(some, chain.values_of(some))
        return len(journal(books, "A2")[0])

    assert [admit(0, 0), admit(3, 6), admit(0, 3), admit(1, 5), admit(1, 5), admit(7, 10), admit(4, 10)] == [
        0, 0, 3, 5, 5, 5, 10,
    ]  # fmt: skip
    assert journal(books, "A2") == (chain.entries, chain.private)
    with books.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM receipts WHERE station = 'A2'").scalar() == 9
