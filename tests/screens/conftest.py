"""Maria at the counter screen with D1 open and $200.00 in it, over real books."""

import pytest

from counter_app.domain.rights import Person
from counter_app.screens.counter import Counter as CounterScreen
from tests.fakes.counter import Counter, open_d1
from tests.screens.hands import Hands


@pytest.fixture
def hands(counter: Counter) -> Hands:
    """Maria's, at an open drawer."""
    open_d1(counter)
    return Hands(CounterScreen(counter.station, person(counter, "maria")))


def person(counter: Counter, name: str) -> Person:
    """Somebody of the staff."""
    with counter.station.books.read() as connection:
        return counter.station.person(connection, name)
