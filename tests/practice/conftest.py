"""The same counter that services are tested at, and a second one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.counter import Counter, copy_city
from tests.services.conftest import counter, drawer

__all__ = ["counter", "drawer"]


@pytest.fixture
def city_again(city: Path, tmp_path: Path) -> Iterator[Counter]:
    """Another counter in the same city."""
    made = copy_city(city, tmp_path / "again")
    yield made
    made.close()
