"""The one box: every beginning of what a person types in a city of many accounts, words with an error in them, and the
index that catches up."""

import random
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from counter_app.domain.account import Account
from counter_app.practice.demo import FIRST_ACCOUNT, STEP
from counter_app.services.station import Station
from db.books import Connection
from db.queries import accounts, search, search_index
from tests.bench.counter_day import a_counter
from tests.bench.measured import Row, lasting, p99, timed

PEOPLE, SLICES = 200, 100


def finding_rows(folder: Path, count: int) -> list[Row]:
    """Seconds of the processor for queries, as they are typed letter by letter and with letters swapped; and how long
    a slice keeps the writer."""
    with a_counter(folder / "city", count) as station:
        with station.books.read() as connection:
            people = list(_people(connection, count))
            typed = [_busy(partial(search.find, connection, text)) for text in _typed(people)]
            mistaken = [_busy(partial(search.find, connection, text)) for text in _mistaken(people)]
        slices = _slices(station)
    return [
        lasting(f"search by a key stroke, {count:,} accounts, processor", typed, at_most_ms=5, judge=p99),
        lasting("search with an error in each word, processor", mistaken, at_most_ms=5, judge=p99),
        lasting("a slice of an old index that is made anew", slices, at_most_ms=33, judge=p99),
    ]


def _busy(call: Callable[[], object]) -> float:
    begun = time.process_time()
    call()
    return time.process_time() - begun


def _people(connection: Connection, count: int) -> Iterator[Account]:
    chosen = random.Random(11)
    for _ in range(PEOPLE):
        account = accounts.account(connection, str(FIRST_ACCOUNT + STEP * chosen.randrange(count)))
        assert account is not None
        yield account


def _typed(people: list[Account]) -> Iterator[str]:
    chosen = random.Random(12)
    for account in people:
        text = chosen.choice((account.name, account.service_address, account.account, account.phone))
        yield from (text[:end] for end in range(1, len(text) + 1))


def _mistaken(people: list[Account]) -> Iterator[str]:
    for account in people:
        yield " ".join(word[:2] + word[3:2:-1] + word[2:3] + word[4:] for word in account.name.split())
        yield account.name.replace("e", "x")


def _slices(station: Station) -> list[float]:
    """As the window does, over an index that is of no use any more; what is left undone, the next window does."""
    with station.books.change_state() as connection:
        connection.exec_driver_sql("UPDATE search_mark SET through = 'old' WHERE source = 'version'")
    return [timed(partial(_slice, station))[0] for _ in range(SLICES)]


def _slice(station: Station) -> None:
    with station.books.change_state() as connection:
        search_index.catch_up(connection)
