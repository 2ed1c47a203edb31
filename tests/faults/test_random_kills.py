"""SIGKILL at named points and at random instants of a counter that pays, prints and ships to a real city hall.

The line loses answers after they were committed, and everything is sent twice. After each kill: what was acknowledged
is there once, no receipt is printed twice as an original, city hall holds the same bytes, and a payment is taken.
"""

import logging
import re
import socket
import subprocess
import sys
import time
from collections import Counter as Count
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import msgspec
import psycopg
import pytest
from psycopg import conninfo

from counter_app.bootstrap import CENTRAL_URL, PRINTER, SITE
from db import reference
from db.central_setup import add, init
from db.centre import CITY_HALL
from db.centre_postgres import PostgresCentre
from db.chain import Row, slices
from db.sync import sync_once
from tests.fakes.counter import Counter, cash, copies, copy_city
from tests.fakes.line import SpoiledLine
from tests.fakes.printer import FakePrinter
from tests.faults.station_process import Acknowledged, Ended, Line, Order

log = logging.getLogger(__name__)

KILLS, KILLS_OF_A_SHIFT = 60, 100
SHIFTS_OF_A_NIGHT = 10
LONGEST_LIFE_S = 0.6
PROVEN_IN_FULL = 20
"""Of so many kills one is followed by the proof of everything; the others by that of the newest entries."""
POINTS = ("before_commit", "after_commit", "during_print", "after_print", "after_ship")
"""The fault points that a payment passes on its way to paper and to city hall."""
NAMED = 0.5
"""So many kills are at named points, the others at any instant."""
READY_S = 10.0
LOST_ANSWERS = 0.08
MORNING = datetime.fromisoformat("2026-11-23T08:30:00-08:00")
_NUMBER = re.compile(rb"A1-\d{6}")
_COPY = re.compile(rb"COPY (\d+)")
_CENTRAL = "SELECT station, seq, body, prev, hash, sig FROM counter.entry WHERE station = 'A1' ORDER BY seq"


class Stations:
    """Gives birth to stations in a process that has everything loaded."""

    def __init__(self, warm_folder: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.station_process", str(warm_folder)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip

    def life(self, order: Order) -> tuple[list[Acknowledged], int]:
        """One life from birth to its end: what it acknowledged, and how it ended."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(msgspec.json.encode(order) + b"\n")
        self._process.stdin.flush()
        told: list[Acknowledged] = []
        for text in self._process.stdout:
            line = msgspec.json.decode(text, type=Line)
            if isinstance(line, Ended):
                return told, line.code
            told.append(line)
        raise AssertionError("the process that gives birth to stations ended")

    def close(self) -> None:
        """No more."""
        self._process.communicate(timeout=30)


@pytest.fixture(scope="module")
def stations(city: Path) -> Iterator[Stations]:
    made = Stations(city)
    yield made
    made.close()


class Shift:
    """A counter with its printer and city hall, killed again and again."""

    def __init__(self, folder: Path, city: Path, database_url: str, line: SpoiledLine, printer: FakePrinter) -> None:
        self._folder, self._line, self._printer, self._database_url = folder, line, printer, database_url
        self._acknowledged: list[Acknowledged] = []
        self._clock = MORNING
        self.slowest_s = 0.0
        counter = copy_city(city, folder)
        counter.do("open_drawer", "maria", drawer="D1", count={"2000": 10}, at=MORNING.isoformat())
        station = counter.station
        init(database_url)
        self._straight = add(database_url, station.name, SITE, station.books.signer.public.hex())
        port = conninfo.conninfo_to_dict(self._straight)["port"]
        spoiled = self._straight.replace(f":{port}/", f":{line.port}/")
        with station.books.change_state() as connection:
            reference.put_secret(connection, CENTRAL_URL, spoiled.encode())
            reference.put_setting(connection, PRINTER, printer.address)
        counter.close()

    def kill(self, stations: Stations, dice: Random) -> None:
        """One life, at whose end the counter lies as the kill left it."""
        self._clock += timedelta(seconds=20)
        point = dice.choice(POINTS) if dice.random() < NAMED else ""
        order = Order(
            folder=str(self._folder),
            at=self._clock.isoformat(),
            fault=f"{point}:{dice.randint(1, 5)}" if point else "",
            after_s=0.0 if point else dice.uniform(0.001, LONGEST_LIFE_S),
            came_out=tuple(f"{number}/{copy}" for number, copy, whole in self._papers() if whole),
        )
        told, code = stations.life(order)
        assert code == -9, f"{order} ended with {code}"
        log.info("%s after %d payments", order.fault or f"{order.after_s:.3f} s", len(told))
        self._acknowledged += told

    def prove(self, *, full: bool) -> None:
        """What must hold after any kill, and that the counter goes on."""
        began = time.monotonic()
        counter = Counter(self._folder, self._clock + timedelta(seconds=10))
        paid = counter.do("take_payment", "maria", lines=[copies(5)], tenders=[cash(500)])
        self.slowest_s = max(self.slowest_s, time.monotonic() - began)
        assert self.slowest_s < READY_S, "the counter takes a payment within ten seconds"
        self._acknowledged.append(Acknowledged(paid["number"], paid["seq"]))
        self._prove_payments(counter)
        self._prove_paper(counter)
        self._prove_city_hall(counter)
        if full:
            counter.prove()
        counter.close()

    def _prove_payments(self, counter: Counter) -> None:
        """What was acknowledged is there, once, under the entry that was named."""
        there = Count((number, seq) for number, seq in counter.rows("SELECT number, seq FROM receipt"))
        assert max(there.values()) == 1
        lost = [one for one in self._acknowledged if there[one.number, one.seq] != 1]
        assert not lost, f"acknowledged and not in the books: {lost}"
        given = counter.rows("SELECT count(*), count(DISTINCT value), max(value) FROM given WHERE kind = 'receipt'")
        assert len(set(given[0])) == 1, "the receipts' numbers have no gap and no repetition"

    def _prove_paper(self, counter: Counter) -> None:
        """No paper without an entry, and no two originals; what the spool calls printed came out."""
        there = {number for (number,) in counter.rows("SELECT number FROM receipt")}
        papers = self._papers()
        originals = Count(number for number, copy, _ in papers if copy == 0)
        assert set(originals) <= there, "there is a paper of something that is not in the books"
        assert not [number for number, times in originals.items() if times > 1], "there are two originals"
        printed = counter.rows("SELECT number, copy FROM spool WHERE state = 'printed'")
        whole = {(number, copy) for number, copy, is_whole in papers if is_whole}
        assert set(printed) <= whole, "the books call printed what never came out"

    def _prove_city_hall(self, counter: Counter) -> None:
        """City hall had the beginning, and after one sync has the same bytes."""
        books = counter.station.books
        acknowledged = counter.rows("SELECT max(seq) FROM cursor WHERE centre = ?", CITY_HALL)[0][0] or 0
        before = self._central()
        with books.read() as connection:
            journal: list[Row] = [tuple(row) for rows in slices(connection) for row in rows]
        assert before == journal[: len(before)], "city hall holds something else than the beginning of the journal"
        assert acknowledged <= len(before), "more was acknowledged than city hall has"
        centre = PostgresCentre(self._straight)
        try:
            state = sync_once(books, centre)
        finally:
            centre.close()
        assert (state.fault, state.waiting) == (None, 0), state
        assert self._central() == journal

    def _central(self) -> list[Row]:
        with psycopg.connect(self._database_url) as connection:
            rows = connection.execute(_CENTRAL).fetchall()
        return [(station, seq, *(bytes(value) for value in values)) for station, seq, *values in rows]

    def _papers(self) -> list[tuple[str, int, bool]]:
        """Every receipt that lies in the printer: its number, which copy it is, and whether it is whole."""
        self._wait_for_paper()
        found = []
        for job in self._printer.jobs():
            if number := _NUMBER.search(job):
                copy = _COPY.search(job)
                found.append((number[0].decode(), int(copy[1]) if copy else 0, b"\x1dV" in job))
        return found

    def _wait_for_paper(self) -> None:
        """Until the printer has taken what a dead station had sent: it serves one connection after the other."""
        with socket.create_connection((self._printer.host, self._printer.port), timeout=10) as wire:
            wire.sendall(b"\x10\x04\x01")
            assert wire.recv(1)


@contextmanager
def losing(line: SpoiledLine, dice: Random) -> Iterator[None]:
    """The line loses answers now and then; their connections break."""
    line.loses = lambda: dice.random() < LOST_ANSWERS
    yield
    line.loses = lambda: False


@pytest.mark.timeout(7200)
@pytest.mark.parametrize(
    "shift", [0, *(pytest.param(n, marks=pytest.mark.nightly) for n in range(1, SHIFTS_OF_A_NIGHT))]
)
def test_no_kill_loses_or_doubles_anything(
    shift: int, stations: Stations, city: Path, tmp_path: Path, database_url: str, nightly: bool
) -> None:
    dice = Random(shift)
    given = conninfo.conninfo_to_dict(database_url)
    kills = KILLS_OF_A_SHIFT if nightly else KILLS
    with SpoiledLine(str(given["host"]), int(str(given["port"]))) as line, FakePrinter() as printer:
        counter = Shift(tmp_path / "city", city, database_url, line, printer)
        for number in range(1, kills + 1):
            with losing(line, Random(dice.random())):
                counter.kill(stations, dice)
            counter.prove(full=number % PROVEN_IN_FULL == 0)
    log.info("%d kills, none lost or doubled; a payment after %.2f s at most", kills, counter.slowest_s)
