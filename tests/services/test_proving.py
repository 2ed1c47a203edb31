"""The books are proved beside the open window: soon after the start, after each close, and all of them once a day."""

import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from time import monotonic, sleep

import msgspec
import pytest

from counter_app.bootstrap import centre_of
from counter_app.devices.attach import printer_at
from counter_app.domain.clock import to_text
from counter_app.domain.entry import EMPTY
from counter_app.domain.rights import Person, Role
from counter_app.screens.status import StatusLine
from counter_app.screens.views import Tone
from counter_app.services import proving
from counter_app.services.background import Background
from counter_app.services.prove_books import Depth, Proof, prove
from counter_app.services.proving import Proofs, Proving, is_due, keep_whole, kept_whole, prove_beside
from counter_app.services.station import Station
from db import witness
from db.consistency import Problem
from db.sync import Delivery
from tests.fakes.counter import Counter, cash, close_d1, copies, open_d1, pay
from tests.fakes.day import new_books


def until(done: Callable[[], bool], within_s: float = 10.0) -> None:
    end = monotonic() + within_s
    while not done():
        assert monotonic() < end, "it did not come"
        sleep(0.02)


def forged(counter: Counter, seq: int, old: str = "maria", new: str = "marla") -> None:
    """A name changed in an entry by somebody who has the file's key."""
    with counter.station.books.storage.writer.begin() as connection:
        [sql] = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE name = 'entry_no_update'").one()
        connection.exec_driver_sql("DROP TRIGGER entry_no_update")
        change = "UPDATE entry SET body = CAST(replace(CAST(body AS TEXT), ?, ?) AS BLOB) WHERE seq = ?"
        connection.exec_driver_sql(change, (old, new, seq))
        connection.exec_driver_sql(sql)


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first look comes at once."""
    monkeypatch.setattr(proving, "AFTER_START_S", 0.0)


def books_pill(screen: StatusLine) -> tuple[str, Tone, str]:
    [status] = [status for status in screen.statuses if status.name == "Books"]
    return status.words, status.tone, status.explains


@pytest.mark.parametrize("depth", ["newest", "chain", "all"])
def test_a_day_holds_at_every_depth(counter: Counter, depth: Depth) -> None:
    open_d1(counter)
    pay(counter, [copies(3)], [cash(120)])
    proof = prove(counter.station, depth)
    assert (proof.problems, proof.head) == ((), counter.station.books.head())
    assert proof.entries > 0


def test_the_newest_are_proved_soon_after_the_start_and_after_a_close(soon: None, counter: Counter) -> None:
    open_d1(counter)
    arrived: list[Proof] = []
    station = counter.station

    def deliver(delivery: Delivery | Proof) -> None:
        if isinstance(delivery, Proof):
            arrived.append(delivery)

    beside = Background(station, printer_at("screen"), centre_of(station), lambda: None, deliver)
    screen = StatusLine(station)
    screen.person = Person("lee", "Lee", Role.LEAD)
    assert books_pill(screen)[0] == "Not proven yet"
    beside.start()
    until(lambda: len(arrived) == 1)
    assert arrived[0].problems == ()
    beside.settle(arrived[0])
    screen.proved(beside.proofs)
    head = station.books.head().seq
    assert books_pill(screen) == ("Proven 9:00 AM", Tone.GOOD, f"Chain, signatures and sums hold up to entry {head}.")

    pay(counter, [copies(3)], [cash(120)])
    beside.pump()
    assert len(arrived) == 1, "a payment alone asks for no proof"
    close_d1(counter, 20_120)
    beside.pump()
    until(lambda: len(arrived) == 2)
    assert arrived[1].head == station.books.head()
    beside.stop()


def test_a_forged_entry_stands_on_the_status_line_until_a_whole_proof_is_good(counter: Counter) -> None:
    open_d1(counter)
    pay(counter, [copies(3)], [cash(120)])
    whole = prove(counter.station, "all")
    bad = msgspec.structs.replace(whole, problems=(Problem("A1", 3, "A1 entry 3: it is missing."),))
    screen = StatusLine(counter.station)
    screen.proved(Proofs(prove(counter.station, "newest"), bad))
    words, tone, explains = books_pill(screen)
    assert (words, tone) == ("Not proven", Tone.BAD)
    assert explains.endswith("A1 entry 3: it is missing.")
    screen.person = Person("lee", "Lee", Role.LEAD)
    screen.proved(Proofs(None, bad).with_newer(whole).with_newer(prove(counter.station, "newest")))
    assert books_pill(screen)[1] is Tone.GOOD
    assert books_pill(screen)[2].endswith("Every entry was proven on Nov 23, 2026.")


def test_a_process_beside_the_window_proves_everything_and_finds_a_forgery(counter: Counter) -> None:
    open_d1(counter)
    never = threading.Event()
    good = prove_beside(counter.station, never)
    assert good is not None
    assert (good.depth, good.problems, good.head) == ("all", (), counter.station.books.head())
    keep_whole(counter.station, good)
    counter.reopen()
    assert kept_whole(counter.station) == good
    seq = counter.station.books.head().seq
    forged(counter, seq)
    bad = prove_beside(counter.station, never)
    assert bad is not None
    assert [p.seq for p in bad.problems if "its hash is not" in p.sentence] == [seq]


def test_a_window_that_ends_gives_the_long_proof_up(counter: Counter) -> None:
    ended = threading.Event()
    ended.set()
    assert prove_beside(counter.station, ended) is None


def test_the_long_proof_is_due_once_a_day_and_only_when_nobody_is_signed_in(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = counter.station.clock.now()
    today = Proof(to_text(now), "all", 1, EMPTY, ())
    assert is_due(counter.station, None)
    assert not is_due(counter.station, today)
    assert is_due(counter.station, Proof(to_text(now - timedelta(days=1)), "all", 1, EMPTY, ()))
    monkeypatch.setattr(proving, "LEFT_FOR_S", 0.0)
    beside = Proving(counter.station, lambda _: None)
    for is_left, last, asks in ((False, None, False), (True, None, False), (True, today, False), (True, None, True)):
        beside.rest(is_left=is_left, last=last)
        assert beside._whole.is_set() is asks, (is_left, last)


def test_an_old_file_put_back_is_no_proof(counter: Counter) -> None:
    open_d1(counter)
    path = counter.station.books.storage.path
    head = counter.station.books.head()
    witness.note(path, type(head)(head.seq + 5, b"\1" * 32))
    for depth in ("newest", "chain", "all"):
        assert [p.seq for p in prove(counter.station, depth).problems] == [head.seq + 5]
    witness.note(path, head)


EMPTY_FILES = {
    "no entry": ["DELETE FROM entry"],
    "no table of entries": ["DROP TABLE entry"],
    "no private values": ["DROP TABLE private"],
    "no cursors": ["DROP TABLE cursor"],
    "no secrets": ["DROP TABLE secret"],
    "no books": ["DROP TABLE act"],
    "no tables at all": ["DROP TABLE entry", "DROP TABLE private", "DROP TABLE act", "DROP TABLE cursor"],
}


@pytest.mark.parametrize("depth", ["newest", "chain", "all"])
@pytest.mark.parametrize("name", EMPTY_FILES)
def test_a_proof_of_nothing_is_a_no(name: str, depth: Depth, tmp_path: Path) -> None:
    books, _key = new_books(tmp_path)
    with books.storage.writer.begin() as connection:
        for trigger in ("entry_no_update", "entry_no_delete"):
            connection.exec_driver_sql(f"DROP TRIGGER {trigger}")
        for statement in EMPTY_FILES[name]:
            connection.exec_driver_sql(statement)
    station = Station(tmp_path, "demo", "Alder Creek", "City Hall", books, books.faults, None)
    problems = prove(station, depth).problems
    books.storage.close()
    assert problems, "it said yes to nothing"
