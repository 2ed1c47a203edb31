"""The coaches in the real window: a click is noticed, a tip is one quiet line, pieces are read aloud, the lead finds
the page of counter speed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from tests.fakes.counter import WATER, Counter, open_d1
from tests.fakes.window import Till


@pytest.fixture
def maria(at_till: Till, counter: Counter) -> Till:
    """At her open drawer."""
    open_d1(counter)
    at_till.sign_in("maria")
    return at_till


def click(till: Till, name: str) -> None:
    """A button by its name, with the mouse."""
    [button] = [
        found
        for found in till.running.window.findChildren(QAbstractButton)
        if found.accessibleName() == name and found.isVisible()
    ]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_quick_cash_by_the_mouse_is_one_quiet_line(maria: Till) -> None:
    maria.keys(WATER, "Enter", "Enter")
    click(maria, "Exact")
    assert "Next time: . is exact cash." in maria.says()
    click(maria, "Finish")
    assert "Next time: F9 (Finish)." in maria.says()
    assert "Paid, no change" in maria.says()


def test_the_same_act_by_the_list_of_commands(maria: Till) -> None:
    for _ in range(3):
        assert "Next time" not in maria.says()
        maria.keys("CK-COPY", "Enter", "Ctrl+K", "undo", "Enter")
    assert "Next time: Ctrl+Z (Undo)." in maria.says()


def test_tips_are_turned_off_and_on_in_the_list_of_commands(maria: Till) -> None:
    maria.keys("Ctrl+K", "tips", "Enter")
    assert "Shortcut tips are off." in maria.says()
    maria.keys(WATER, "Enter", "Enter")
    click(maria, "Exact")
    assert "Next time" not in maria.says()
    maria.keys("Ctrl+K", "tips", "Enter")
    assert "Shortcut tips are on." in maria.says()


def test_the_change_says_which_pieces(maria: Till) -> None:
    maria.keys(WATER, "Enter", "150", "F8", "F9")
    assert "$20, $10" in maria.says()


def test_the_lead_finds_counter_speed_by_the_list_of_commands(at_till: Till) -> None:
    at_till.sign_in("lee")
    at_till.keys("Ctrl+K", "speed", "Enter")
    assert "No payment was timed yet." in at_till.says()
    at_till.keys("Ctrl+K", "go counter", "Enter")
    assert "Counter box" in at_till.says()


def test_a_cashier_is_told_who_may_see_counter_speed(maria: Till) -> None:
    maria.keys("Ctrl+K", "speed", "Enter")
    assert "may." in maria.says()
    assert "No payment was timed yet." not in maria.says()
