"""The one box: every beginning of what a person types, in a city of many accounts."""

import random
from functools import partial
from pathlib import Path

from counter_app.practice.demo import FIRST_ACCOUNT, STEP
from db.queries import accounts, search
from tests.bench.counter_day import a_counter
from tests.bench.measured import Row, lasting, p99, timed

PEOPLE = 200


def finding_rows(folder: Path, count: int) -> list[Row]:
    """Queries of names, streets and numbers as they are typed, letter by letter."""
    chosen = random.Random(11)
    seconds: list[float] = []
    with a_counter(folder / "city", count) as station, station.books.read() as connection:
        for _ in range(PEOPLE):
            account = accounts.account(connection, str(FIRST_ACCOUNT + STEP * chosen.randrange(count)))
            assert account is not None
            text = chosen.choice((account.name, account.service_address, account.account, account.phone))
            typed = [text[:end] for end in range(1, len(text) + 1)]
            seconds.extend(timed(partial(search.find, connection, some))[0] for some in typed)
    return [lasting(f"search by a key stroke, {count:,} accounts", seconds, at_most_ms=5, judge=p99)]
