"""The projector at the centre: its rows are a station's own rows, whatever stops it and whatever it finds."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import ClassVar, cast

import msgspec
import psycopg
import pytest
from psycopg import sql

from counter_app.domain import events as ev
from counter_app.domain.clock import Clock
from counter_app.domain.entry import Sealing, chain_hash
from counter_app.domain.fault import Faults
from counter_app.domain.refused import StationFault
from db import central_project
from db.books import ADMIT_SLICE, Books
from db.central_project import Projected, project
from db.central_setup import add, init, status
from db.centre_postgres import PostgresCentre
from db.keys import Signer, new_file_key, new_signing_key
from db.projections import Rows
from db.schema import VIEWS, projections
from db.storage import create
from tests.fakes.chain import Chain, deposited, paid

COLUMNS = {
    "deposits": "station deposit business_date state cash_cents checks_cents check_count total_cents bag bank",
    "receipts": "station number business_date received cashier state total_cents",
    "lines": "station number line fee account amount_cents",
    "tenders": "station number tender kind amount_cents change_cents",
    "allocations": "station number tender line item cents",
    "ledger": "station seq n account fund amount_cents",
}


class CityHall:
    """A central store and the chains that were shipped to it."""

    def __init__(self, database: str) -> None:
        self.database = database
        init(database)
        self._centres: dict[str, PostgresCentre] = {}

    def take(self, chain: Chain) -> None:
        """Ship what is new of a chain."""
        if chain.station not in self._centres:
            url = add(self.database, chain.station, chain.site, chain.signer.public.hex())
            self._centres[chain.station] = PostgresCentre(url)
        centre = self._centres[chain.station]
        new = chain.entries[centre.head(chain.station).seq :]
        centre.append(chain.station, new, chain.values_of(new))

    def finance(self, query: str) -> list[tuple[object, ...]]:
        """What somebody of the role finance reads."""
        with psycopg.connect(self.database) as connection:
            connection.execute("SET ROLE finance")
            return connection.execute(query.encode()).fetchall()

    def rows(self, table: str) -> list[tuple[object, ...]]:
        """All rows of a projection or view, in their order."""
        with psycopg.connect(self.database) as connection:
            statement = sql.SQL("SELECT * FROM counter.{}").format(sql.Identifier(table))
            return sorted(connection.execute(statement).fetchall(), key=repr)

    def close(self) -> None:
        for centre in self._centres.values():
            centre.close()


@pytest.fixture
def hall(database_url: str) -> Iterator[CityHall]:
    """A new central store."""
    hall = CityHall(database_url)
    yield hall
    hall.close()


@pytest.fixture
def chain() -> Chain:
    """A station's day in short: receipts, a void, a customer, an entry nobody understands yet, a deposit."""
    chain = Chain()
    chain.pay(6)
    seal = Sealing()
    chain.record(
        ev.CustomerRegistered(
            customer="C900", name=seal.need("name", "Zoë “Quote\\Back” Tab\tNew\nLine"), address=None, phone=None,
            email=None, language="en",
        ),
        seal.values,
    )  # fmt: skip
    chain.record(
        ev.ReceiptVoided(
            void="A1-V000001", number="A1-000002", session="A1-S000001", asked=False, reason=None, total_cents=4_500,
            allocations=(ev.Allocation(1, 1, "90000001", "B1:water", -4_500),), credits=(), licences=(), movements=(),
            postings=(),
        )
    )  # fmt: skip
    chain.record(cast(ev.Event, _Unheard(words="from a later version")))
    chain.record(deposited("A1-D000001", 22_500), numbers={"deposit": "A1-D000001"})
    return chain


class _Unheard(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of a later version."""

    words: str
    VERSION: ClassVar[int] = 1


@pytest.fixture
def books(tmp_path: Path) -> Iterator[Books]:
    """Another station, which takes entries in."""
    storage = create(tmp_path / "counter.db", new_file_key())
    yield Books(storage, "A7", Signer(new_signing_key()), Clock(), "America/Los_Angeles", Faults())
    storage.close()


def local_rows(books: Books, chain: Chain, table: str) -> list[tuple[object, ...]]:
    """The rows that a station gets of the same entries."""
    for start in range(0, len(chain.entries), ADMIT_SLICE):
        some = chain.entries[start : start + ADMIT_SLICE]
        books.admit(some, chain.values_of(some))
    with books.read() as connection:
        return sorted((tuple(row) for row in connection.exec_driver_sql(f'SELECT * FROM "{table}"')), key=repr)


def test_the_rows_are_a_stations_own_rows(hall: CityHall, chain: Chain, books: Books) -> None:
    hall.take(chain)
    assert project(hall.database) == Projected(len(chain.entries), ())
    for table in (*projections.tables, *VIEWS):
        assert hall.rows(table) == local_rows(books, chain, table), table
    assert len(hall.rows("receipt")) == 6
    assert len(hall.rows("act")) == len(chain.entries)


def test_finance_reads_plain_tables(hall: CityHall, chain: Chain) -> None:
    hall.take(chain)
    project(hall.database)
    for view, columns in COLUMNS.items():
        hall.finance(f"SELECT {', '.join(columns.split())} FROM counter.{view}")
    assert hall.finance("SELECT deposit, state, total_cents FROM counter.deposits") == [("A1-D000001", "made", 22_500)]
    assert hall.finance("SELECT state, count(*) FROM counter.receipts GROUP BY state ORDER BY state") == [
        ("taken", 5),
        ("voided", 1),
    ]
    [(cents,)] = hall.finance("SELECT amount_cents FROM counter.tenders LIMIT 1")
    assert isinstance(cents, int)
    assert hall.finance("SELECT count(*) FROM counter.entry") == [(len(chain.entries),)]


def test_it_goes_on_where_it_stopped(hall: CityHall, chain: Chain, books: Books) -> None:
    hall.take(chain)
    project(hall.database)
    assert project(hall.database) == Projected(0, ())
    chain.pay(3)
    hall.take(chain)
    assert project(hall.database) == Projected(3, ())
    assert hall.rows("receipt") == local_rows(books, chain, "receipt")


def test_small_batches_give_the_same_rows(
    hall: CityHall, chain: Chain, books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(central_project, "BATCH", 2)
    hall.take(chain)
    assert project(hall.database).entries == len(chain.entries)
    assert hall.rows("line") == local_rows(books, chain, "line")


def test_rows_of_a_batch_that_failed_are_not_there(
    hall: CityHall, chain: Chain, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall.take(chain)
    write = central_project._Projector._write

    def write_and_stop(self: central_project._Projector, rows: Rows) -> None:
        write(self, rows)
        raise KeyboardInterrupt

    monkeypatch.setattr(central_project._Projector, "_write", write_and_stop)
    with pytest.raises(KeyboardInterrupt):
        project(hall.database)
    assert hall.rows("act") == []
    monkeypatch.undo()
    assert project(hall.database).entries == len(chain.entries)
    assert len(hall.rows("receipt")) == 6


def test_another_version_of_the_tables_is_laid_out_anew(
    hall: CityHall, chain: Chain, books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall.take(chain)
    project(hall.database)
    with psycopg.connect(hall.database) as connection:
        connection.execute("TRUNCATE counter.receipt")
        connection.execute("UPDATE counter.projection_state SET made_by = 'an older version'")
    monkeypatch.setattr(central_project, "BATCH", 4)
    assert project(hall.database) == Projected(0, ())
    assert hall.rows("receipt") == local_rows(books, chain, "receipt")
    assert hall.finance("SELECT count(*) FROM counter.receipts") == [(6,)]


def test_tables_of_a_newer_version_are_left_alone(hall: CityHall) -> None:
    project(hall.database)
    with psycopg.connect(hall.database) as connection:
        connection.execute("UPDATE counter.projection_state SET version = version + 1")
    with pytest.raises(StationFault, match="newer version"):
        project(hall.database)


def spoil(chain: Chain, body: bytes) -> None:
    """Append an entry whose hash and signature are right and whose body is not."""
    head = chain.head
    hash_ = chain_hash(head.hash, body)
    entry = msgspec.structs.replace(
        chain.entries[-1], seq=head.seq + 1, body=body, prev=head.hash, hash=hash_, sig=chain.signer.sign(hash_)
    )
    chain.entries.append(entry)


def test_an_entry_that_cannot_be_read_holds_up_its_own_station_alone(hall: CityHall, chain: Chain) -> None:
    good, bad = chain, Chain("A2")
    bad.pay(2)
    spoil(bad, b"no body")
    bad.pay(1)
    hall.take(bad)
    hall.take(good)
    done = project(hall.database)
    assert done.entries == len(good.entries) + 3
    assert len(done.faults) == 1
    assert done.faults[0].startswith("Entry 4 of A2 is not laid out, nor what follows it: it cannot be read")
    assert [(s.station, s.projected, s.fault is None) for s in status(hall.database)] == [
        ("A1", len(good.entries), True),
        ("A2", 3, False),
    ]


def test_a_station_does_not_write_into_the_books_of_another(hall: CityHall, chain: Chain) -> None:
    liar = Chain("A2")
    spoil(liar, chain.entries[1].body)
    hall.take(liar)
    hall.take(chain)
    assert "it speaks for entry 2 of A1" in project(hall.database).faults[0]
    assert len(hall.rows("receipt")) == 6


def test_a_watch_lays_out_what_comes_and_ends_when_told(hall: CityHall, chain: Chain) -> None:
    hall.take(chain)
    stop = Event()
    told: list[int] = []

    def tell(done: Projected) -> None:
        told.append(done.entries)
        if len(told) == 2:
            stop.set()
        else:
            chain.pay(1)
            hall.take(chain)

    assert project(hall.database, watch=True, stop=stop, tell=tell, every_s=0.01).entries == len(chain.entries)
    assert told == [len(chain.entries) - 1, len(chain.entries)]


def test_a_watch_outlives_a_lost_connection(hall: CityHall, chain: Chain) -> None:
    hall.take(chain)
    stop = Event()
    told: list[Projected] = []

    def tell(done: Projected) -> None:
        told.append(done)
        if len(told) == 3:
            stop.set()
        elif done.faults:
            return
        else:
            chain.pay(1)
            hall.take(chain)
            cut_projector(hall.database)

    project(hall.database, watch=True, stop=stop, tell=tell, every_s=0.01)
    assert [len(done.faults) for done in told] == [0, 1, 0]
    assert len(hall.rows("act")) == len(chain.entries)


def cut_projector(database: str) -> None:
    """End the projector's connection as a restart of the server would."""
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'counter-app projector'"
        )


def test_without_a_central_store_the_sentence_says_what_to_do(database_url: str) -> None:
    with pytest.raises(StationFault, match="central init"):
        project(database_url)


def test_a_private_value_that_was_purged_leaves_its_column_empty(hall: CityHall, chain: Chain) -> None:
    chain.private.clear()
    hall.take(chain)
    project(hall.database)
    assert hall.finance("SELECT count(*) FROM counter.receipts") == [(6,)]
    with psycopg.connect(hall.database) as connection:
        assert connection.execute("SELECT count(payer), count(*) FROM counter.receipt").fetchone() == (0, 6)


def test_a_character_that_no_column_can_hold_stops_nothing(hall: CityHall, chain: Chain) -> None:
    seal = Sealing()
    chain.record(paid("A1-000099", "A1-S000001", 100, seal("payer", "Jo\0Jo")), seal.values)
    chain.pay(1)
    hall.take(chain)
    assert project(hall.database) == Projected(len(chain.entries), ())
    with psycopg.connect(hall.database) as connection:
        found = connection.execute("SELECT payer FROM counter.receipt WHERE number = 'A1-000099'").fetchone()
    assert found == ("Jo\N{REPLACEMENT CHARACTER}Jo",)


def test_two_projectors_at_once_double_nothing(hall: CityHall, chain: Chain, monkeypatch: pytest.MonkeyPatch) -> None:
    project(hall.database)
    chain.pay(60)
    hall.take(chain)
    monkeypatch.setattr(central_project, "BATCH", 3)
    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(project, [hall.database] * 2))
    assert sum(some.entries for some in done) == len(chain.entries)
    assert [some.faults for some in done] == [(), ()]
    assert hall.finance("SELECT count(*) FROM counter.receipts") == [(66,)]


def test_a_projector_of_another_version_stops_when_it_was_overtaken(hall: CityHall, chain: Chain) -> None:
    def overtake(done: Projected) -> None:
        assert done.entries
        chain.pay(1)
        hall.take(chain)
        with psycopg.connect(hall.database) as connection:
            connection.execute("UPDATE counter.projection_state SET made_by = 'a later version'")

    hall.take(chain)
    with pytest.raises(StationFault, match="taken over"):
        project(hall.database, watch=True, tell=overtake, every_s=0.01)
