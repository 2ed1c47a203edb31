"""Two windows of a city hall: each works alone, learns of the other through the centre, and no payment is refused."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from db.central_setup import add, init
from db.centre_postgres import PostgresCentre
from db.queries.paid_twice import PaidTwice, paid_twice
from db.sync import sync_once
from tests.fakes.counter import WATER, Answer, Counter, cash, copy_city, make_city, pay, water


class Windows:
    """A1 and A2, their drawers open; `meet` brings both to the same knowledge."""

    def __init__(self, one: Counter, two: Counter, database: str) -> None:
        init(database)
        self.one, self.two = one, two
        self._centres: list[PostgresCentre] = []
        for counter, cashier in ((one, "maria"), (two, "ben")):
            counter.do("open_drawer", cashier, drawer="D1" if counter is one else "D2", count={"2000": 10})
            station = counter.station
            url = add(database, station.name, station.site, station.books.signer.public.hex())
            self._centres.append(PostgresCentre(url))

    def meet(self) -> None:
        """Each ships, then each pulls."""
        for _ in range(2):
            for counter, centre in zip((self.one, self.two), self._centres, strict=True):
                state = sync_once(counter.station.books, centre)
                assert (state.waiting, state.fault) == (0, None)

    def close(self) -> None:
        for centre in self._centres:
            centre.close()


@pytest.fixture(scope="module")
def other_city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the second window's city."""
    folder = tmp_path_factory.mktemp("other-city") / "city"
    make_city(folder, station="A2")
    return folder


@pytest.fixture
def windows(counter: Counter, other_city: Path, tmp_path: Path, database_url: str) -> Iterator[Windows]:
    other = copy_city(other_city, tmp_path / "other")
    windows = Windows(counter, other, database_url)
    yield windows
    other.prove()
    windows.close()
    other.close()


def twice(counter: Counter) -> tuple[PaidTwice, ...]:
    """The lead's list."""
    with counter.station.books.read() as connection:
        return paid_twice(connection)


def account(counter: Counter) -> Answer:
    return counter.show("account", WATER)


def test_a_bill_paid_at_both_windows_is_a_credit_and_on_the_leads_list(windows: Windows) -> None:
    first = pay(windows.one, [water(WATER)], [cash(12_000)])
    second = pay(windows.two, [water(WATER)], [cash(12_000)], by="ben")
    assert [account(counter)["balance_cents"] for counter in (windows.one, windows.two)] == [0, 0]
    assert (twice(windows.one), twice(windows.two)) == ((), ())
    windows.meet()
    for counter in (windows.one, windows.two):
        assert account(counter)["balance_cents"] == -12_000
        [found] = twice(counter)
        assert (found.account, found.item, found.open_cents, found.over_cents) == (
            WATER, "W-2611/water", 12_000, 12_000,
        )  # fmt: skip
        assert [(by.station, by.number, by.cents) for by in found.receipts] == [
            ("A1", first["number"], 12_000),
            ("A2", second["number"], 12_000),
        ]


def test_a_bill_that_was_voided_at_one_window_was_paid_once(windows: Windows) -> None:
    pay(windows.one, [water(WATER)], [cash(12_000)])
    second = pay(windows.two, [water(WATER)], [cash(12_000)], by="ben")
    windows.two.do("void_receipt", "ben", number=second["number"], reason="WRONG-ACCT", approver="lee")
    windows.meet()
    for counter in (windows.one, windows.two):
        assert account(counter)["balance_cents"] == 0
        assert twice(counter) == ()


def test_a_bill_paid_in_parts_at_both_windows_is_nobodys_business(windows: Windows) -> None:
    pay(windows.one, [water(WATER, 5_000)], [cash(5_000)])
    pay(windows.two, [water(WATER, 7_000)], [cash(7_000)], by="ben")
    windows.meet()
    assert account(windows.one)["balance_cents"] == 0
    assert twice(windows.one) == ()


def test_parts_that_are_more_than_the_bill_show_what_is_over(windows: Windows) -> None:
    pay(windows.one, [water(WATER, 8_000)], [cash(8_000)])
    pay(windows.two, [water(WATER, 7_000)], [cash(7_000)], by="ben")
    windows.meet()
    assert account(windows.one)["balance_cents"] == -3_000
    assert [(found.over_cents, len(found.receipts)) for found in twice(windows.two)] == [(3_000, 2)]


def test_numbers_of_two_windows_never_collide(windows: Windows) -> None:
    for _ in range(5):
        pay(windows.one, [water(WATER, 100)], [cash(100)])
        pay(windows.two, [water(WATER, 100)], [cash(100)], by="ben")
    windows.meet()
    given = windows.one.rows("SELECT kind, number FROM given")
    assert len(given) == len(set(given))
    assert {number[:2] for _, number in given} == {"A1", "A2"}
    assert sorted(given) == sorted(windows.two.rows("SELECT kind, number FROM given"))
    receipts = "SELECT number FROM receipt ORDER BY number"
    assert windows.one.rows(receipts) == windows.two.rows(receipts)
