"""Maria at the counter screen with D1 open and $200.00 in it, over real books."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.domain.rights import Person
from counter_app.screens.counter import Counter as CounterScreen
from tests.fakes.counter import Counter, copy_city, make_city, open_d1
from tests.screens.hands import Hands


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that counters are copied from."""
    folder = tmp_path_factory.mktemp("city") / "city"
    make_city(folder)
    return folder


@pytest.fixture
def counter(city: Path, tmp_path: Path) -> Iterator[Counter]:
    """Monday morning: no session, no receipt; proven at the end."""
    made = copy_city(city, tmp_path / "counter")
    yield made
    made.prove()
    made.close()


@pytest.fixture
def hands(counter: Counter) -> Hands:
    """Maria's, at an open drawer."""
    open_d1(counter)
    return Hands(CounterScreen(counter.station, person(counter, "maria")))


def person(counter: Counter, name: str) -> Person:
    """Somebody of the staff."""
    with counter.station.books.read() as connection:
        return counter.station.person(connection, name)
