"""The lead's page of counter speed: bars with words, weeks by arrows, nothing clipped at any zoom."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from counter_app.screens.counter_speed import CounterSpeed
from counter_app.services.counter_speed import note_pace
from tests.fakes.counter import Counter
from tests.fakes.keyboard import Keyboard
from ui.look import Look
from ui.pages.counter_speed import CounterSpeedPage
from ui.reading import snapshot
from ui.theme import LIGHT, ZOOMS, Theme

WEEK = """\
Counter speed
  “City Hall, week of Nov 23, 2026”
  “Cash”
  “14 s”
  “5 payments”
  “Card”
  “no figure yet”
  “1 payment; from 5 on there is one”
  “Of this window as a whole: whose payments they were is not kept.”
  button Older week [←]
  button Newer week [→]
"""


@pytest.fixture
def page(counter: Counter, look: Look, shown: Callable[[QWidget], QWidget]) -> QWidget:
    """Five cash payments and one by card."""
    for seconds in (10, 14, 20, 12, 90):
        note_pace(counter.station, "cash", seconds)
    note_pace(counter.station, "card", 8)
    return shown(CounterSpeedPage(look, CounterSpeed(counter.station)))


def test_a_week_reads_as_words(page: QWidget) -> None:
    assert snapshot(page) == WEEK


def test_arrows_walk_the_weeks_and_say_where_they_end(page: QWidget, qapp: QApplication) -> None:
    page.setFocus()
    Keyboard(qapp)("Down")
    assert "That is the oldest week." in snapshot(page)
    Keyboard(qapp)("Up")
    assert "That is the newest week." in snapshot(page)


@pytest.mark.parametrize("zoom", ZOOMS)
def test_nothing_is_clipped(page: QWidget, look: Look, clipped: Callable[[QWidget], list[str]], zoom: int) -> None:
    look.wear(Theme(LIGHT, zoom))
    QApplication.processEvents()
    assert clipped(page) == []
