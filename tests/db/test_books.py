"""The one write path: all or nothing, gapless, append-only, and honest when the disk is not."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from counter_app.domain import events as ev
from counter_app.domain.clock import SetClock
from counter_app.domain.entry import Entry, Private, Sealing, read_body
from counter_app.domain.refused import Refused, StationFault
from db.books import ADMIT_SLICE, Books
from db.storage import Storage
from db.verify import verify
from tests.fakes.day import MORNING, new_books, open_drawer, pay, register


@pytest.fixture
def books(tmp_path: Path) -> Iterator[Books]:
    """A new station with its first entry."""
    books, _key = new_books(tmp_path)
    yield books
    books.storage.close()


def entries(books: Books, table: str = "entry") -> list[tuple[object, ...]]:
    with books.read() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(f"SELECT * FROM {table} ORDER BY station, seq")]


def bodies(books: Books) -> list[str]:
    return [read_body(bytes(row[2])).kind for row in entries(books) if isinstance(row[2], bytes)]


def proved(books: Books) -> bool:
    with books.read() as connection:
        return verify(connection, books.station, full=True).problems == ()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entry SET body = X'00'",
        "UPDATE entry SET sig = sig WHERE seq = 1",
        "DELETE FROM entry",
        "DELETE FROM entry WHERE seq = 1",
        "INSERT OR REPLACE INTO entry SELECT * FROM entry",
        "REPLACE INTO entry SELECT station, seq, X'00', prev, hash, sig FROM entry",
        "INSERT INTO entry SELECT * FROM entry WHERE true ON CONFLICT DO UPDATE SET body = X'00'",
    ],
)
def test_the_journal_takes_no_change(books: Books, statement: str) -> None:
    before = entries(books)
    with pytest.raises(DBAPIError, match="append-only"), books.change_state() as connection:
        connection.exec_driver_sql(statement)
    assert entries(books) == before


def test_a_reader_cannot_write(books: Books) -> None:
    with pytest.raises(StationFault, match="cannot be read"), books.read() as connection:
        connection.exec_driver_sql("INSERT INTO setting VALUES ('a', 'b')")


def leave_by(books: Books, error: BaseException) -> None:
    with books.write("maria") as unit:
        unit.record(ev.SignedIn(person="maria"))
        unit.queue_paper("receipt", "A1-000001")
        raise error


@pytest.mark.parametrize("error", [Refused("no"), ValueError("ours"), KeyboardInterrupt()])
def test_a_block_that_raises_writes_nothing(books: Books, error: BaseException) -> None:
    before = entries(books), entries(books, "act"), books.head()
    with pytest.raises(type(error)):
        leave_by(books, error)
    assert (entries(books), entries(books, "act"), books.head()) == before
    with books.read() as connection:
        assert connection.exec_driver_sql("SELECT COUNT(*) FROM spool").scalar_one() == 0


def number_and_refuse(books: Books) -> None:
    with books.write("maria") as unit:
        assert unit.number("receipt") == "A1-000001"
        raise Refused("not enough money")


def test_a_number_of_a_refused_act_is_given_to_the_next(books: Books) -> None:
    open_drawer(books)
    with pytest.raises(Refused):
        number_and_refuse(books)
    assert pay(books, "A1-S000001", 100) == "A1-000001"
    assert pay(books, "A1-S000001", 100) == "A1-000002"
    assert proved(books)


def test_two_entries_of_one_unit_are_chained_and_numbered(books: Books) -> None:
    with books.write("maria") as unit:
        first = unit.record(ev.SignedIn(person="maria"))
        second = unit.record(ev.Locked(person="maria"))
    assert (first.seq, second.seq) == (2, 3)
    assert second.prev == first.hash
    assert books.head().hash == second.hash
    assert proved(books)


def test_several_numbers_of_a_kind_in_one_entry_are_gapless(books: Books) -> None:
    with books.write("maria") as unit:
        numbers = [unit.number("licence") for _ in range(3)]
        unit.record(ev.SignedIn(person="maria"))
    assert numbers == ["A1-L000001", "A1-L000002", "A1-L000003"]
    with books.write("maria") as unit:
        assert unit.number("licence") == "A1-L000004"
        unit.record(ev.SignedIn(person="maria"))
    assert proved(books)


def test_private_text_lies_beside_the_body(books: Books) -> None:
    register(books, "Dana Ortiz")
    with books.read() as connection:
        body = connection.exec_driver_sql("SELECT body FROM entry WHERE seq = 2").scalar_one()
        kept = connection.exec_driver_sql("SELECT field, value FROM private ORDER BY field").all()
    assert b"Dana" not in body
    assert [tuple(row) for row in kept] == [("address", "7 Elm Street"), ("name", "Dana Ortiz")]


def test_a_sealed_value_is_the_digest_in_the_event() -> None:
    seal = Sealing()
    digest = seal("name", "Dana")
    assert digest == seal.values[0].digest
    assert seal("name", "   ") is None


STEPS = {"an hour back": -3_600, "a second back": -1, "a year on": 365 * 86_400}


@pytest.mark.parametrize("name", STEPS)
def test_a_step_of_the_clock_is_journalled_before_the_act(books: Books, name: str) -> None:
    seconds = STEPS[name]
    assert isinstance(books.clock, SetClock)
    books.clock.set(MORNING + timedelta(seconds=seconds))
    with books.write("maria") as unit:
        unit.record(ev.SignedIn(person="maria"))
    assert bodies(books) == ["StationOpened", "ClockStepped", "SignedIn"]
    with books.read() as connection:
        step = read_body(connection.exec_driver_sql("SELECT body FROM entry WHERE seq = 2").scalar_one())
    assert bytes(step.event) == b'{"milliseconds":%d}' % (seconds * 1_000)
    assert proved(books)


def test_a_clock_that_only_runs_is_not_journalled(books: Books) -> None:
    assert isinstance(books.clock, SetClock)
    for _ in range(3):
        books.clock.set(books.clock.now() + timedelta(hours=8))
        with books.write("maria") as unit:
            unit.record(ev.SignedIn(person="maria"))
    assert bodies(books) == ["StationOpened", "SignedIn", "SignedIn", "SignedIn"]


def foreign(folder: Path) -> tuple[list[Entry], list[tuple[int, Private]]]:
    """Three entries of B2."""
    folder.mkdir()
    other, _key = new_books(folder, "B2")
    register(other, "Joe Brown")
    open_drawer(other)
    with other.read() as connection:
        found = [Entry(*row) for row in connection.exec_driver_sql("SELECT * FROM entry ORDER BY seq")]
        rows = connection.exec_driver_sql("SELECT seq, field, salt, value FROM private").all()
    other.storage.close()
    return found, [(row[0], Private(*row[1:])) for row in rows]


def test_entries_of_another_station_are_taken_in_once(books: Books, tmp_path: Path) -> None:
    theirs, private = foreign(tmp_path / "b2")
    books.admit(theirs[:2], private)
    books.admit(theirs, private)
    assert [row[:2] for row in entries(books)] == [("A1", 1), ("B2", 1), ("B2", 2), ("B2", 3)]
    with books.read() as connection:
        assert connection.exec_driver_sql("SELECT name FROM customer").scalar_one() == "Joe Brown"
    assert proved(books)


def test_a_gap_in_what_is_taken_in_is_left_out(books: Books, tmp_path: Path) -> None:
    theirs, private = foreign(tmp_path / "b2")
    books.admit([theirs[0], theirs[2]], private)
    assert [row[:2] for row in entries(books)] == [("A1", 1), ("B2", 1)]


def test_our_own_entries_and_long_slices_are_not_admitted(books: Books, tmp_path: Path) -> None:
    theirs, private = foreign(tmp_path / "b2")
    with pytest.raises(AssertionError, match="slices"):
        books.admit(theirs[:1] * (ADMIT_SLICE + 1), private)
    own = Entry(*entries(books)[0])  # type: ignore[arg-type]
    with pytest.raises(AssertionError, match="our own"):
        books.admit([own], [])


def test_a_writer_that_waits_too_long_says_so(tmp_path: Path) -> None:
    books, key = new_books(tmp_path)
    other = Storage(tmp_path / "counter.db", key)
    with other.writer.connect() as connection, connection.begin(), pytest.raises(StationFault, match="nothing was"):
        register(books, "Dana Ortiz")
    other.close()
    assert bodies(books) == ["StationOpened"]
    books.storage.close()


FULL_DISK = """
import resource, sys
from pathlib import Path
from counter_app.domain.refused import StationFault
from tests.fakes.day import new_books, open_drawer, pay
from db.verify import verify
folder = Path(sys.argv[1])
books, key = new_books(folder)
open_drawer(books)
limit = (folder / "counter.db-wal").stat().st_size + int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
done = 0
try:
    for cents in range(100, 1_000):
        pay(books, "A1-S000001", cents)
        done += 1
except StationFault as error:
    print(error)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
assert pay(books, "A1-S000001", 5_000) == f"A1-{done + 1:06d}", "not one receipt more or less than was said"
with books.read() as connection:
    proof = verify(connection, "A1", full=True)
assert proof.problems == (), proof.problems
assert proof.entries == done + 3
print(done, "receipts")
"""


@pytest.mark.parametrize("room", [1, 4_096, 100_000])
def test_a_full_disk_loses_no_receipt_that_was_said_to_be_done(tmp_path: Path, room: int) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(tmp_path), str(room)], capture_output=True, text=True, check=False,
        cwd=Path(__file__).parent.parent.parent, preexec_fn=lambda: signal.signal(signal.SIGXFSZ, signal.SIG_IGN),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "nothing was recorded" in done.stdout
    assert "receipts" in done.stdout
