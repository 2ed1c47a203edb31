"""City hall's no, by SQLSTATE, as the status line says it: one sentence, nothing taken, the next round tries again."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from counter_app.domain.entry import Head
from db.central_setup import add, init
from db.centre_postgres import REFUSALS, PostgresCentre
from db.sync import sync_once
from tests.fakes.shipping_station import NOON, ShippingStation


class Hall:
    """A1 at city hall with four entries acknowledged and two more to send; A2 of another site beside it."""

    def __init__(self, folder: Path, database: str) -> None:
        init(database)
        self.database = database
        self.station = ShippingStation(folder, "A1", "Elm Street")
        self.url = self.station.join(database)
        self.centre = PostgresCentre(self.url)
        self.station.pay(3)
        assert sync_once(self.station.books, self.centre).fault is None
        self.station.pay(2)

    def at_hall(self, statement: str) -> None:
        """As somebody who owns the database."""
        with psycopg.connect(self.database) as connection:
            connection.execute("ALTER TABLE counter.entry DISABLE TRIGGER ALL")
            connection.execute(statement.encode())

    def here(self, statement: str) -> None:
        """As somebody who has the key of the station's file."""
        with self.station.books.storage.writer.begin() as connection:
            connection.exec_driver_sql("DROP TRIGGER IF EXISTS entry_no_update")
            connection.exec_driver_sql(statement)


@pytest.fixture
def hall(tmp_path: Path, database_url: str) -> Iterator[Hall]:
    hall = Hall(tmp_path, database_url)
    yield hall
    hall.centre.close()
    hall.station.close()


def a_gap(hall: Hall) -> None:
    """City hall's own head row goes back between the question and the sending."""
    asked = hall.centre.head("A1")
    hall.at_hall(f"UPDATE counter.station SET seq = {asked.seq - 2} WHERE station = 'A1'")

    def before(station: str) -> Head:
        assert station == "A1"
        return asked

    hall.centre.head = before  # type: ignore[method-assign]


def a_fork(hall: Hall) -> None:
    """Entries of the same numbers were written there by another machine."""
    hall.at_hall("UPDATE counter.station SET hash = decode(repeat('ab', 32), 'hex') WHERE station = 'A1'")


def a_wrong_hash(hall: Hall) -> None:
    """A body was changed here after it was sealed."""
    hall.here("UPDATE entry SET body = replace(body, '4500', '4501') WHERE seq = 6")


def another_login(hall: Hall) -> None:
    """The address of another station was put into this one."""
    two = add(hall.database, "A2", "Harbor", "ab" * 32)
    hall.centre.close()
    hall.centre = PostgresCentre(two)


NOES: dict[str, tuple[Callable[[Hall], None], str]] = {
    "CJ001": (a_gap, "City hall is missing entries of A1 before the ones sent; nothing was taken."),
    "CJ002": (a_fork, "Entry 4 of A1 is not the one that was acknowledged as city hall"),
    "CJ003": (a_wrong_hash, "City hall refused an entry of A1 that is not what its hash says; run “verify”."),
    "CJ004": (another_login, "City hall does not let this login use station A1."),
}


@pytest.mark.parametrize("state", REFUSALS)
def test_each_refusal_is_one_sentence_and_nothing_was_taken(state: str, hall: Hall) -> None:
    spoil, sentence = NOES[state]
    spoil(hall)
    told = sync_once(hall.station.books, hall.centre)
    assert told.fault is not None
    assert told.fault.startswith(sentence)
    assert told.waiting == 2
    words = told.words(NOON)
    assert words.startswith("2 not yet at city hall, the oldest 0 s. ")
    assert re.fullmatch(r"[^\n]+\.", words)
    with psycopg.connect(hall.database) as connection:
        assert connection.execute("SELECT max(seq) FROM counter.entry").fetchone() == (4,)


def test_a_time_out_is_a_sentence_and_the_next_round_sends_it(hall: Hall) -> None:
    slow = PostgresCentre(hall.url, answer_timeout_s=0.3)
    with psycopg.connect(hall.database) as holder:
        holder.execute("SELECT 1 FROM counter.station FOR UPDATE")
        told = sync_once(hall.station.books, slow)
    assert told.fault is not None
    assert told.fault.startswith("The central store ")
    assert told.waiting == 2
    assert sync_once(hall.station.books, slow).fault is None
    slow.close()
