"""Counting a drawer by keyboard alone."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from counter_app.domain.refused import Refused
from ui.look import Look
from ui.reading import snapshot
from ui.widgets.count_grid import CountGrid, pieces_typed


def _type(text: str) -> None:
    field = QApplication.focusWidget()
    assert field is not None
    QTest.keyClicks(field, text)


def _press(key: Qt.Key) -> None:
    field = QApplication.focusWidget()
    assert field is not None
    QTest.keyClick(field, key)


@pytest.fixture
def grid(look: Look, shown: Callable[[QWidget], QWidget]) -> CountGrid:
    made = CountGrid(look)
    shown(made)
    made.setFocus()
    return made


def test_a_drawer_is_counted_with_digits_and_enter(grid: CountGrid, qtbot: QtBot) -> None:
    with qtbot.waitSignal(grid.finished, timeout=500):
        for typed in ("1", "", "4", "", "", "", "1s+37", "", "", "2r", "", "", ""):
            _type(typed)
            _press(Qt.Key.Key_Return)
    assert grid.count() == {"10000": 1, "2000": 4, "100": 137, "25": 80}
    assert grid.total() == 10000 + 8000 + 13700 + 2000
    assert grid.total_figure.text() == "$337.00"


def test_arrows_walk_up_and_down(grid: CountGrid) -> None:
    _press(Qt.Key.Key_Down)
    _type("2")
    _press(Qt.Key.Key_Up)
    _type("1")
    assert grid.count() == {"5000": 2, "10000": 1}


def test_what_is_no_count_is_said_beside_the_fields_and_enter_stays(grid: CountGrid) -> None:
    _type("$150")
    _press(Qt.Key.Key_Return)
    assert grid.message.text() == "$150.00 is no whole number of $100."
    assert grid.count() is None
    assert grid.total_figure.text() == "…"
    _press(Qt.Key.Key_Backspace)
    assert grid.message.text() == ""


def test_the_total_runs(grid: CountGrid) -> None:
    totals: list[int] = []
    grid.changed.connect(totals.append)
    _type("12")
    assert totals == [10000, 120000]


def test_a_count_put_in_is_the_count_read_out(grid: CountGrid) -> None:
    grid.set_count({"100c": 3, "1": 7})
    assert grid.count() == {"1": 7, "100c": 3}
    grid.set_count({})
    assert grid.count() == {}


@pytest.mark.parametrize(
    ("piece", "text", "pieces"),
    [
        ("2000", "12", 12),
        ("2000", "$240", 12),
        ("2000", "2s", 200),
        ("1", "3r+4", 154),
        ("100c", "1r", 25),
        ("5", "", 0),
    ],
)
def test_what_a_field_means(piece: str, text: str, pieces: int) -> None:
    assert pieces_typed(piece, text) == pieces


@pytest.mark.parametrize("text", ["x", "-3", "1.5", "9999999", "$0.5x", "2q"])
def test_what_is_no_count(text: str) -> None:
    with pytest.raises(Refused):
        pieces_typed("2000", text)


def test_it_reads_as_a_sheet_and_knows_nothing_of_what_is_expected(grid: CountGrid) -> None:
    grid.set_count({"2000": 4})
    text = snapshot(grid)
    assert "field $20, pieces: 4" in text
    assert "“$80.00”" in text
    assert "expected" not in text.lower()


def test_nothing_moves_under_the_hands_that_count(grid: CountGrid) -> None:
    grid.resize(772, 600)
    QApplication.processEvents()
    fields = [field for field in grid.findChildren(QLineEdit) if field.isVisible()]
    places = [field.mapTo(grid, QPoint()) for field in fields]
    assert len({place.x() for place in places}) == 2
    grid.set_count({"100": 99, "20": 460, "25c": 40})
    QApplication.processEvents()
    assert [field.mapTo(grid, QPoint()) for field in fields] == places
