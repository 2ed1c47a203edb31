"""An override by keyboard: reason by one key, name, PIN."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from ui.look import Look
from ui.reading import snapshot
from ui.widgets.approval_strip import Approval, ApprovalStrip

_VOID = Approval("Void receipt A1-000123", "$154.12", ("Wrong account", "Wrong amount", "Taken twice"))


@pytest.fixture
def strip(look: Look, shown: Callable[[QWidget], QWidget]) -> ApprovalStrip:
    made = ApprovalStrip(look)
    shown(made)
    return made


@pytest.fixture
def approved(strip: ApprovalStrip) -> list[tuple[str, str, str]]:
    heard: list[tuple[str, str, str]] = []
    strip.approved.connect(lambda *told: heard.append(told))
    return heard


def _keys(*keys: str | Qt.Key) -> None:
    for key in keys:
        focus = QApplication.focusWidget()
        assert focus is not None
        if isinstance(key, str):
            QTest.keyClicks(focus, key)
        else:
            QTest.keyClick(focus, key)


def test_reason_who_and_pin_are_eight_keys(strip: ApprovalStrip, approved: list[tuple[str, str, str]]) -> None:
    strip.ask(_VOID)
    _keys("2", "l", Qt.Key.Key_Return, "4321", Qt.Key.Key_Return)
    assert approved == [("Wrong amount", "l", "4321")]


def test_without_a_second_person_the_reason_is_all(strip: ApprovalStrip, approved: list[tuple[str, str, str]]) -> None:
    strip.ask(Approval("Open the drawer, no sale", reasons=("Make change", "Check the drawer"), second_person=False))
    _keys("1")
    assert approved == [("Make change", "", "")]


def test_enter_alone_never_approves(strip: ApprovalStrip, approved: list[tuple[str, str, str]]) -> None:
    strip.ask(_VOID)
    _keys("9", "x", "1", Qt.Key.Key_Return, Qt.Key.Key_Return)
    assert not approved


def test_a_refused_pin_is_asked_for_again(strip: ApprovalStrip, approved: list[tuple[str, str, str]]) -> None:
    strip.ask(_VOID)
    _keys("1", "lee", Qt.Key.Key_Return, "1111", Qt.Key.Key_Return)
    strip.complain("That PIN is not Lee's.")
    assert strip.message.text() == "That PIN is not Lee's."
    _keys("2222", Qt.Key.Key_Return)
    assert [pin for _, _, pin in approved] == ["1111", "2222"]


def test_esc_leaves(strip: ApprovalStrip) -> None:
    left: list[bool] = []
    strip.left.connect(lambda: left.append(True))
    strip.ask(_VOID)
    _keys(Qt.Key.Key_Escape)
    assert left == [True]


def test_it_never_shows_a_pin(strip: ApprovalStrip) -> None:
    strip.ask(_VOID)
    _keys("1", "lee", Qt.Key.Key_Return, "4321")
    text = snapshot(strip)
    assert "4321" not in text
    assert "PIN of the second person: ••••" in text
