"""A counter for each test, copied from a city made once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.counter import Counter, copy_city


@pytest.fixture
def counter(city: Path, tmp_path: Path) -> Iterator[Counter]:
    """Monday morning: no session, no receipt."""
    made = copy_city(city, tmp_path / "counter")
    yield made
    made.close()


@pytest.fixture(scope="module")
def unmoved(city: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counter]:
    """Maria has D1 open, for a whole module: only for acts that are refused, after which nothing has changed."""
    made = copy_city(city, tmp_path_factory.mktemp("unmoved") / "counter")
    made.do("open_drawer", "maria", drawer="D1", count={"2000": 10})
    yield made
    made.close()


@pytest.fixture
def drawer(counter: Counter) -> Counter:
    """Maria has D1 open with $200.00."""
    counter.do("open_drawer", "maria", drawer="D1", count={"2000": 10})
    return counter
