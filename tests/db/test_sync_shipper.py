"""The background shipper: what it delivers, and that the books stay the main thread's."""

import queue
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import pytest

from counter_app.domain.clock import SetClock
from counter_app.domain.entry import Head
from counter_app.domain.fault import Faults
from db import shipper as shipper_module
from db.books import ADMIT_SLICE, Books
from db.central_publish import publish
from db.central_setup import add, init
from db.centre import CITY_HALL, COPIED, Centre, CentreUnreachable
from db.centre_embedded import EmbeddedCentre
from db.centre_postgres import PostgresCentre
from db.keys import Signer, new_file_key, new_signing_key
from db.reference_published import Published, file_of, waiting
from db.shipper import Shipper
from db.storage import create
from db.sync import Delivery, Pulled, Shipped, SyncState, settle, state_of, sync_once, sync_watch
from tests.fakes.chain import opened, paid

NOON = datetime(2026, 11, 23, 20, tzinfo=UTC)
FAST = 0.01


class Counter:
    """A station's main thread: takes deliveries one by one."""

    def __init__(self, books: Books) -> None:
        self.books = books
        self.inbox: queue.Queue[Delivery] = queue.Queue()
        self.seen: list[Delivery] = []

    def until(self, wanted: Callable[[Delivery], bool], settles: bool = True) -> Delivery:
        """Settle deliveries until one is the wanted one; fails after 20 s."""
        while True:
            delivery = self.inbox.get(timeout=20)
            self.seen.append(delivery)
            if settles:
                settle(self.books, delivery)
            if wanted(delivery):
                return delivery

    def pay(self, count: int = 1) -> None:
        for _ in range(count):
            with self.books.write("maria") as unit:
                payment = paid(unit.number("receipt"), "A1-S000001", 4_500, None)
                unit.record(payment, business_date="2026-11-23")


MakeCounter = Callable[[str], Counter]


@pytest.fixture
def make_counter(tmp_path: Path) -> Iterator[MakeCounter]:
    """Opened stations."""
    made: list[Counter] = []

    def make(station: str) -> Counter:
        signer = Signer(new_signing_key())
        storage = create(tmp_path / station / "counter.db", new_file_key())
        counter = Counter(Books(storage, station, signer, SetClock(NOON), "America/Los_Angeles", Faults()))
        made.append(counter)
        with counter.books.write("adam") as unit:
            unit.record(opened(station, "Elm Street", signer.public))
        return counter

    yield make
    for counter in made:
        counter.books.storage.close()


@pytest.fixture
def counter(make_counter: MakeCounter) -> Counter:
    """Station A1."""
    return make_counter("A1")


@pytest.fixture
def run() -> Iterator[Callable[[Counter, Centre], Shipper]]:
    """Starts shippers and ends them."""
    made: list[Shipper] = []

    def start(counter: Counter, centre: Centre) -> Shipper:
        shipper = Shipper(counter.books, centre, counter.inbox.put, pace_s=FAST, look_s=FAST)
        made.append(shipper)
        shipper.start()
        return shipper

    yield start
    for shipper in made:
        shipper.stop(20)


Run = Callable[[Counter, Centre], Shipper]


class Flaky(EmbeddedCentre):
    """Answers only while it is `up`."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder / "copy.db", new_file_key(), "A1", "Elm Street")
        self.up = Event()

    def head(self, station: str) -> Head:
        if not self.up.is_set():
            raise CentreUnreachable("The central store does not answer.")
        return super().head(station)


def is_done(delivery: Delivery) -> bool:
    return isinstance(delivery, SyncState) and not delivery.waiting and delivery.fault is None


def test_a_payment_is_copied_and_the_cursor_kept_by_the_main_thread(counter: Counter, tmp_path: Path, run: Run) -> None:
    centre = EmbeddedCentre(tmp_path / "copy.db", new_file_key(), "A1", "Elm Street")
    shipper = run(counter, centre)
    counter.until(is_done)
    counter.pay(3)
    shipper.wake()
    counter.until(lambda got: isinstance(got, Shipped) and got.head.seq == 4)
    assert state_of(counter.books, COPIED) == SyncState(COPIED, 0, None, None)


def test_the_thread_itself_writes_nothing_here(counter: Counter, tmp_path: Path, run: Run) -> None:
    centre = EmbeddedCentre(tmp_path / "copy.db", new_file_key(), "A1", "Elm Street")
    with counter.books.change_state():  # the writing connection is taken all the while
        run(counter, centre)
        counter.until(is_done, settles=False)
    assert state_of(counter.books, COPIED).waiting == 1


def test_an_unreachable_centre_is_told_and_comes_back(counter: Counter, tmp_path: Path, run: Run) -> None:
    centre = Flaky(tmp_path)
    run(counter, centre)
    state = counter.until(lambda got: isinstance(got, SyncState))
    assert state == SyncState(COPIED, 1, "2026-11-23T20:00:00.000Z", "The central store does not answer.")
    counter.pay(1)
    counter.until(lambda got: isinstance(got, SyncState) and got.waiting == 2)
    centre.up.set()
    counter.until(is_done)
    assert centre.head("A1") == counter.books.head()


def test_other_stations_arrive_in_slices(
    counter: Counter, make_counter: MakeCounter, database_url: str, run: Run
) -> None:
    init(database_url)
    other = make_counter("A2")
    other.pay(60)
    urls = [add(database_url, c.books.station, "Elm Street", c.books.signer.public.hex()) for c in (counter, other)]
    at_other = PostgresCentre(urls[1])
    assert sync_once(other.books, at_other).fault is None
    run(counter, PostgresCentre(urls[0]))
    counter.until(lambda got: isinstance(got, Pulled) and got.entries[-1].seq == 61)
    slices = [got for got in counter.seen if isinstance(got, Pulled)]
    assert [len(some.entries) for some in slices] == [ADMIT_SLICE] * 5 + [1]
    with counter.books.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM receipts WHERE station = 'A2'").scalar() == 60
    other.pay(1)
    assert sync_once(other.books, at_other).fault is None
    counter.until(lambda got: isinstance(got, Pulled) and got.entries[-1].seq == 62)
    assert sum(len(got.entries) for got in counter.seen if isinstance(got, Pulled)) == 62
    at_other.close()


def test_what_the_city_publishes_arrives_and_waits_to_be_taken_in(
    counter: Counter, database_url: str, run: Run
) -> None:
    key = init(database_url)
    assert key is not None
    url = add(database_url, "A1", "Elm Street", counter.books.signer.public.hex())
    publish(database_url, key, "fees", b"a list", "2026-11-23T19:00:00.000Z")
    run(counter, PostgresCentre(url))
    counter.until(lambda got: isinstance(got, Published))
    counter.until(is_done)
    with counter.books.read() as connection:
        [version] = waiting(connection)
        assert file_of(connection, version) == "a list"


def test_slices_that_nobody_took_in_are_brought_again(
    counter: Counter, make_counter: MakeCounter, database_url: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shipper_module, "ADMISSION_S", 0.05)
    init(database_url)
    other = make_counter("A2")
    urls = [add(database_url, c.books.station, "Elm Street", c.books.signer.public.hex()) for c in (counter, other)]
    at_other = PostgresCentre(urls[1])
    sync_once(other.books, at_other)
    run(counter, PostgresCentre(urls[0]))
    first = counter.until(lambda got: isinstance(got, Pulled), settles=False)
    assert counter.until(lambda got: isinstance(got, Pulled)) == first
    with counter.books.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM entry WHERE station = 'A2'").scalar() == 1
    at_other.close()


def test_a_missing_last_entry_reaches_the_status_line_and_the_cursor(
    counter: Counter, tmp_path: Path, run: Run
) -> None:
    centre = EmbeddedCentre(tmp_path / "copy.db", new_file_key(), "A1", "Elm Street")
    counter.pay(1)
    sync_once(counter.books, centre)
    with counter.books.storage.writer.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER entry_no_delete")
        connection.exec_driver_sql("DELETE FROM entry WHERE seq = 2")
        connection.exec_driver_sql("DELETE FROM cursor")
    run(counter, centre)
    state = counter.until(lambda got: isinstance(got, SyncState))
    assert isinstance(state, SyncState)
    assert state.fault is not None
    assert "missing here" in state.fault
    assert [got.head.seq for got in counter.seen if isinstance(got, Shipped)] == [2]


def test_it_ends_when_told_and_leaves_no_thread(counter: Counter, tmp_path: Path, run: Run) -> None:
    shipper = run(counter, Flaky(tmp_path))
    counter.until(lambda got: isinstance(got, SyncState))
    shipper.stop(20)
    assert "shipper" not in [thread.name for thread in threading.enumerate()]


def test_a_watch_tells_each_new_state_once_and_ends(counter: Counter, tmp_path: Path) -> None:
    centre, stop = Flaky(tmp_path), Event()
    told: list[SyncState] = []
    later = threading.Timer(0.2, centre.up.set)

    def tell(state: SyncState) -> None:
        told.append(state)
        if state.fault is None:
            stop.set()
        else:
            later.start()

    sync_watch(counter.books, centre, stop, tell, every_s=FAST)
    assert [(state.centre, state.waiting, state.fault is None) for state in told] == [
        (COPIED, 1, False),
        (COPIED, 0, True),
    ]
    centre.close()


def test_one_that_never_began_ends_too(counter: Counter, tmp_path: Path) -> None:
    shipper = Shipper(counter.books, Flaky(tmp_path), counter.inbox.put)
    shipper.stop()
    assert counter.inbox.empty()


def test_books_that_cannot_be_read_are_told(counter: Counter, tmp_path: Path, run: Run) -> None:
    counter.books.storage.close()
    for file in counter.books.storage.path.parent.iterdir():
        file.write_bytes(b"no database at all" * 400)
    run(counter, EmbeddedCentre(tmp_path / "copy.db", new_file_key(), "A1", "Elm Street"))
    state = counter.until(lambda got: isinstance(got, SyncState))
    assert isinstance(state, SyncState)
    assert state.fault is not None
    assert state.fault.startswith("The books cannot be read")


def test_city_hall_is_the_word_of_the_real_one() -> None:
    assert PostgresCentre("postgresql://a1:x@localhost/counter").name == CITY_HALL
