"""City hall's server dies and its standby takes over: nothing that was acknowledged is lost, and the stations find it.

What the two servers need for it: `synchronous_standby_names` names the standby, `synchronous_commit` stays `on`, and
the stations' address names both machines. Acknowledged is then what both have on disk.
"""

import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import psycopg
import pytest

from db.central_setup import init, status
from db.centre import CITY_HALL, CentreUnreachable
from db.centre_postgres import PostgresCentre
from db.sync import cursor_of, ship, sync_once
from tests.fakes.postgres import Cluster, running_cluster, standby_of
from tests.fakes.shipping_station import ShippingStation

STANDBY = "second"
ANSWER_S = 0.5
PUSH, NIGHT = 2, 40


class Pair:
    """A primary and its standby, and the address that names both."""

    def __init__(self, primary: Cluster, standby: Cluster) -> None:
        self.primary, self.standby = primary, standby
        self.url = primary.url.replace(f":{primary.port}/", f":{primary.port},127.0.0.1:{standby.port}/")

    def demand_both(self) -> None:
        """From now on a commit waits for the standby."""
        self.primary.ask(f"ALTER SYSTEM SET synchronous_standby_names = 'FIRST 1 ({STANDBY})'")
        self.primary.read_settings_again()
        until = time.monotonic() + 30
        while self.primary.ask("SELECT sync_state FROM pg_stat_replication") != [("sync",)]:
            assert time.monotonic() < until
            time.sleep(0.02)

    def promote(self) -> None:
        self.standby.ask("SELECT pg_promote(true, 60)")


@pytest.fixture
def pair() -> Iterator[Pair]:
    """Two servers, set up and in step."""
    with running_cluster() as primary:
        init(primary.url)
        with standby_of(primary, STANDBY) as standby:
            pair = Pair(primary, standby)
            pair.demand_both()
            yield pair


@pytest.fixture
def station(tmp_path: Path) -> Iterator[ShippingStation]:
    station = ShippingStation(tmp_path, "A1", "Elm Street")
    yield station
    station.close()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One kill for each instant of the push, or of the night."""
    if "instant" in metafunc.fixturenames:
        metafunc.parametrize("instant", range(NIGHT if metafunc.config.getoption("nightly") else PUSH))


def acknowledged(station: ShippingStation) -> int:
    with station.books.read() as connection:
        return cursor_of(connection, CITY_HALL, station.station).seq


def kept(server: Cluster) -> list[tuple[object, ...]]:
    """What lies in the journal of a server."""
    with psycopg.connect(server.url) as connection:
        return connection.execute(
            "SELECT seq, body, prev, hash, sig FROM counter.entry ORDER BY seq", binary=True
        ).fetchall()


def test_a_standby_is_promoted_and_nothing_is_lost_that_was_acknowledged(
    instant: int, pair: Pair, station: ShippingStation
) -> None:
    dice = Random(instant)
    station.ship_to(PostgresCentre(station.join(pair.url), ANSWER_S))
    for _ in range(dice.randint(20, 60)):
        station.pay()
        time.sleep(dice.random() * 0.01)
    pair.primary.kill()
    station.pay(5)  # nobody waits
    at_the_kill = acknowledged(station)
    pair.promote()
    entries, _ = station.journal("A1")
    mine = [(e.seq, e.body, e.prev, e.hash, e.sig) for e in entries]
    survived = kept(pair.standby)
    assert len(survived) >= at_the_kill
    assert survived == mine[: len(survived)]
    station.pay(20)
    entries, _ = station.journal("A1")
    station.until(lambda: acknowledged(station) == len(entries))
    assert kept(pair.standby) == [(e.seq, e.body, e.prev, e.hash, e.sig) for e in entries]
    [row] = status(pair.url)
    assert (row.seq, row.gaps) == (len(entries), 0)


def test_what_only_one_server_has_is_not_acknowledged_even_after_it_came_back(
    pair: Pair, station: ShippingStation
) -> None:
    centre = PostgresCentre(station.join(pair.primary.url), ANSWER_S)
    assert sync_once(station.books, centre).fault is None
    pair.standby.stop()
    station.pay(3)
    state = sync_once(station.books, centre)
    assert (state.waiting, acknowledged(station)) == (3, 1)
    pair.primary.kill()
    pair.primary.start()
    assert centre.head("A1").seq == 4, "it has them, and alone"
    with pytest.raises(CentreUnreachable):
        ship(station.books, centre)
    assert acknowledged(station) == 1
    pair.standby.start()
    station.until(lambda: sync_once(station.books, centre).fault is None)
    assert acknowledged(station) == 4
    assert kept(pair.standby) == kept(pair.primary)
    centre.close()


def test_a_wait_for_the_standby_that_somebody_ends_is_no_acknowledgement(pair: Pair, station: ShippingStation) -> None:
    centre = PostgresCentre(station.join(pair.primary.url), 30)
    assert sync_once(station.books, centre).fault is None
    pair.standby.stop()
    station.pay(1)
    station.ship_to(centre)
    waits = "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'"
    station.until(lambda: pair.primary.ask(waits) == [(True,)])
    station.until(lambda: station.state is not None and station.state.fault is not None)
    assert station.state is not None
    assert station.state.fault == "The second server of the central store has not confirmed what was sent."
    assert acknowledged(station) == 1
    pair.standby.start()
    station.until(station.is_done)
    assert acknowledged(station) == 2


def test_a_standby_alone_is_not_written_to(pair: Pair, station: ShippingStation) -> None:
    url = station.join(pair.url)
    pair.primary.kill()
    state = sync_once(station.books, PostgresCentre(url, ANSWER_S))
    assert state.waiting == 1
    assert state.fault == "The central store can only be read just now."
