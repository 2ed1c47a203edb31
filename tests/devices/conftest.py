"""A printer on the network that every test of this folder may ask for."""

from collections.abc import Iterator

import pytest

from tests.fakes.printer import FakePrinter


@pytest.fixture
def tcp_printer() -> Iterator[FakePrinter]:
    """A healthy printer on a free port of this machine."""
    with FakePrinter() as printer:
        yield printer
