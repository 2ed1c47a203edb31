"""Payments while everything happens to the line and to city hall: afterwards both hold the same, in order, once.

20 schedules a push, 500 with `--nightly`; a schedule is made from its number alone.
"""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from random import Random

import psycopg
import pytest

from db.central_setup import init
from db.centre_postgres import PostgresCentre
from tests.fakes.postgres import Cluster, running_cluster
from tests.fakes.shipping_station import ShippingStation
from tests.faults.chaos_proxy import ChaosProxy, Due, Mishap

PUSH, NIGHT = 20, 500
PAYMENTS = 60
MISHAPS = 4
ANSWER_S = 0.4
SLOWEST_S = 2.0
"""No test fails for time; but a payment that waited for the line would wait for all its time-outs, and more."""
_FULL = """CREATE FUNCTION public.full() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$;
    CREATE TRIGGER a_full BEFORE INSERT ON counter.entry FOR EACH ROW EXECUTE FUNCTION public.full()"""
_ROOM = "DROP FUNCTION public.full() CASCADE"


@pytest.fixture(scope="module")
def hand() -> Iterator[ThreadPoolExecutor]:
    """Whose thread starts servers: a server ends with the thread that started it."""
    with ThreadPoolExecutor(1) as hand:
        yield hand


@pytest.fixture(scope="module")
def cluster(hand: ThreadPoolExecutor) -> Iterator[Cluster]:
    """City hall's own server, which will be killed; it ends before the hand."""
    assert hand
    with running_cluster() as cluster:
        init(cluster.url)
        yield cluster


class Server:
    """What can happen to the server while it has a request."""

    def __init__(self, cluster: Cluster, dice: Random, hand: ThreadPoolExecutor) -> None:
        self._cluster, self._dice, self._hand = cluster, dice, hand
        self.happened: list[str] = []

    def strike(self) -> None:
        """One of them, and its end."""
        what: Callable[[], None] = self._dice.choice((self.killed, self.restarted, self.full, self.read_only))
        self.happened.append(what.__name__)
        self._hand.submit(what).result()

    def killed(self) -> None:
        self._cluster.kill()
        self._cluster.start()

    def restarted(self) -> None:
        self._cluster.stop()
        self._cluster.start()

    def full(self) -> None:
        self._cluster.ask(_FULL)
        time.sleep(0.1)
        self._cluster.ask(_ROOM)

    def read_only(self) -> None:
        self._cluster.ask("ALTER SYSTEM SET default_transaction_read_only = on")
        self._cluster.read_settings_again()
        time.sleep(0.1)
        self._cluster.ask("ALTER SYSTEM RESET default_transaction_read_only")
        self._cluster.read_settings_again()


class Site:
    """Two windows of a site, each through the same line."""

    def __init__(self, number: int, folder: Path, cluster: Cluster, port: int) -> None:
        self.stations = [ShippingStation(folder, f"{letter}{number}", f"Site {number}") for letter in "NM"]
        urls = [station.join(cluster.url).replace(f":{cluster.port}/", f":{port}/") for station in self.stations]
        for station, url in zip(self.stations, urls, strict=True):
            station.ship_to(PostgresCentre(url, ANSWER_S))

    def pay(self, dice: Random) -> None:
        for _ in range(PAYMENTS):
            dice.choice(self.stations).pay()
            time.sleep(dice.random() * 0.01)

    def settled(self) -> bool:
        """City hall has all of both, and each has all of the other."""
        for station in self.stations:
            station.look()
        one, two = self.stations
        return one.is_done() and two.is_done() and one.has(two) and two.has(one)

    def prove(self, cluster: Cluster) -> None:
        """City hall and both windows hold the same bytes of both, in order, once."""
        one, two = self.stations
        for station, other in ((one, two), (two, one)):
            entries, private = station.journal(station.station)
            assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
            assert other.journal(station.station) == (entries, private)
            with psycopg.connect(cluster.url) as connection:
                kept = connection.execute(
                    "SELECT seq, body, prev, hash, sig FROM counter.entry WHERE station = %s ORDER BY seq",
                    (station.station,), binary=True,
                ).fetchall()  # fmt: skip
                values = connection.execute(
                    "SELECT seq, field, salt, value FROM counter.private WHERE station = %s ORDER BY seq, field",
                    (station.station,), binary=True,
                ).fetchall()  # fmt: skip
            assert kept == [(e.seq, e.body, e.prev, e.hash, e.sig) for e in entries]
            assert values == [(seq, p.field, p.salt, p.value.encode()) for seq, p in private]
        assert one.receipts() == two.receipts()
        assert len(set(one.receipts())) == PAYMENTS

    def close(self) -> None:
        for station in self.stations:
            station.close()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test for each schedule of the push, or of the night."""
    if "schedule" in metafunc.fixturenames:
        metafunc.parametrize("schedule", range(NIGHT if metafunc.config.getoption("nightly") else PUSH))


def test_whatever_happens_city_hall_and_both_windows_hold_the_same_in_the_end(
    schedule: int, cluster: Cluster, hand: ThreadPoolExecutor, tmp_path: Path
) -> None:
    dice = Random(schedule)
    server = Server(cluster, dice, hand)
    due = [Due(dice.randint(1, 8), dice.choice(list(Mishap))) for _ in range(MISHAPS)]
    with ExitStack() as stack:
        proxy = stack.enter_context(ChaosProxy(cluster.port, due, server.strike))
        site = Site(schedule, tmp_path, cluster, proxy.port)
        stack.callback(site.close)
        site.pay(dice)
        until = time.monotonic() + 90
        while proxy.left or proxy.striking or not site.settled():
            assert time.monotonic() < until, [station.state for station in site.stations]
            time.sleep(0.005)
        site.prove(cluster)
    assert proxy.happened == [one.mishap for one in due]
    assert max(station.slowest_s for station in site.stations) < SLOWEST_S


def test_payments_are_taken_while_a_line_swallows_everything(cluster: Cluster, tmp_path: Path) -> None:
    station = ShippingStation(tmp_path, "H1", "Half-open")
    url = station.join(cluster.url)
    with ChaosProxy(cluster.port, [Due(2, Mishap.SWALLOWED)]) as proxy:
        station.ship_to(PostgresCentre(url.replace(f":{cluster.port}/", f":{proxy.port}/"), 60))
        station.until(lambda: bool(proxy.happened))
        station.pay(100)
        assert station.state is None, "the shipper still waits for its first answer"
        assert len(station.receipts()) == 100
        proxy.release()
        station.until(station.is_done)
        station.close()
