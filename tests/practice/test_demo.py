"""The demo city as others rely on it: its people, its numbers, the same every time, and left alone once it is there."""

from datetime import datetime
from pathlib import Path

import pytest

from counter_app.bootstrap import DATABASE, make_demo, open_station
from counter_app.domain.clock import SetClock
from counter_app.domain.refused import StationFault
from counter_app.domain.rights import Role
from counter_app.new_station import NewStation, create_station
from counter_app.practice import demo
from db import keys, rebuild, reference
from db.queries import accounts
from db.verify import verify
from tests.fakes.counter import MADE, Counter


def test_its_people_have_their_roles_passwords_and_pins(counter: Counter) -> None:
    with counter.station.books.read() as connection:
        kept = {c.person.person: c for c in reference.credentials(connection)}
    assert {name: c.person.role for name, c in kept.items()} == {
        "maria": Role.CASHIER,
        "ben": Role.CASHIER,
        "lee": Role.LEAD,
        "ana": Role.SUPERVISOR,
        "fay": Role.FINANCE,
        "adam": Role.ADMINISTRATOR,
        "ruth": Role.AUDITOR,
    }
    for person in demo.PEOPLE:
        assert keys.is_password(kept[person.name].password_hash, person.password)
        assert keys.is_password(kept[person.name].pin_hash, person.pin)
    assert len({person.pin for person in demo.PEOPLE}) == len(demo.PEOPLE)


def test_nothing_has_happened_in_it_and_its_journal_is_proven(counter: Counter) -> None:
    for table in ("session", "receipt", "deposit", "movement", "posting", "allocation"):
        assert counter.rows(f"SELECT count(*) FROM {table}") == [(0,)], table
    counter.prove()


def test_numbers_for_tests_are_free(tmp_path: Path) -> None:
    make_demo(tmp_path, 2_000, clock=SetClock(MADE))
    station = open_station(tmp_path, "a test", writes=False)
    with station.books.read() as connection:
        numbers = connection.exec_driver_sql("SELECT min(account), max(account), count(*) FROM ref_account").one()
        free = connection.exec_driver_sql("SELECT count(*) FROM ref_account WHERE customer LIKE 'C9%'").scalar_one()
        dogs = accounts.customer(connection, "A1-C000001")
        sums = connection.exec_driver_sql(
            "SELECT (SELECT total_cents FROM reference_load WHERE kind = 'accounts'),"
            " (SELECT SUM(open_cents) FROM ref_item) - (SELECT SUM(credit_cents) FROM ref_account)"
        ).one()
        assert verify(connection, "A1", full=True).problems == ()
        assert rebuild.check(connection) == ()
    station.close()
    assert tuple(numbers) == ("10000017", "10014010", 2_000)
    assert free == 0
    assert sums[0] == sums[1] > 0
    assert dogs is not None
    assert dogs.accounts == ("10000038",)


def test_bills_are_as_a_counter_meets_them(counter: Counter) -> None:
    items = counter.rows("SELECT count(*) FROM ref_item GROUP BY account HAVING account < '9'")
    assert {count for (count,) in items} == {1, 2, 3} or {2, 3} <= {count for (count,) in items}
    components = counter.rows("SELECT DISTINCT component FROM ref_item WHERE account < '9' ORDER BY component")
    assert components == [("sewer",), ("tax",), ("water",)]
    assert counter.rows("SELECT count(*) FROM ref_item WHERE account < '9' AND due < '2026-11-20'")[0][0] > 0
    assert counter.rows("SELECT count(*) FROM ref_account WHERE account < '9' AND phone NOT LIKE '%) 555-01__'") == [
        (0,)
    ]


def test_the_same_city_every_time(tmp_path: Path) -> None:
    rows = []
    for name in ("one", "two"):
        make_demo(tmp_path / name, 100, clock=SetClock(MADE))
        station = open_station(tmp_path / name, "a test", writes=False)
        with station.books.read() as connection:
            rows.append(
                connection.exec_driver_sql("SELECT * FROM ref_account JOIN ref_item USING (account) ORDER BY 1").all()
            )
        station.close()
    assert rows[0] == rows[1] != []


def test_a_demo_that_is_there_is_left_alone(tmp_path: Path) -> None:
    first = make_demo(tmp_path, 10, clock=SetClock(MADE))
    before = (tmp_path / DATABASE).read_bytes()
    assert make_demo(tmp_path, 5_000) == first
    assert (tmp_path / DATABASE).read_bytes() == before
    assert {path.name for path in tmp_path.iterdir()} <= {
        DATABASE,
        "demo.key",
        "counter.lock",
        "counter.db-wal",
        "counter.db-shm",
    }


def test_a_folder_of_other_money_is_not_made_a_demo(tmp_path: Path) -> None:
    create_station(tmp_path, NewStation(station="A1T", site="City Hall", purpose="training"))
    with pytest.raises(StationFault, match="is no demo"):
        make_demo(tmp_path)


class InterruptedClock(SetClock):
    """Somebody presses Ctrl-C when it is read for the third time."""

    reads = 0

    def now(self) -> datetime:
        self.reads += 1
        if self.reads == 3:
            raise KeyboardInterrupt
        return super().now()


def test_a_making_that_is_interrupted_leaves_no_counter(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        make_demo(tmp_path, 10, clock=InterruptedClock(MADE))
    assert {path.name for path in tmp_path.iterdir()} == set()
    make_demo(tmp_path, 10)
    assert (tmp_path / DATABASE).exists()
