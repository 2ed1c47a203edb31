"""One desktop for these tests; each has a counter of its own on it, and a person who hears the window and types."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.accessibility.desktop import Desktop, desktop
from tests.accessibility.screen_reader import ScreenReader


@pytest.fixture(scope="session")
def screen() -> Iterator[Desktop]:
    """The screen that nobody sees."""
    with desktop() as made:
        yield made


@pytest.fixture
def folder(city: Path, tmp_path: Path) -> Path:
    """A station, as the city was made."""
    return Path(shutil.copytree(city, tmp_path / "counter"))


@pytest.fixture
def ear(screen: Desktop, folder: Path) -> Iterator[ScreenReader]:
    """Somebody before the window of that station, which asks who is there."""
    with ScreenReader(screen.bus) as reader, screen.program(folder):
        yield reader
