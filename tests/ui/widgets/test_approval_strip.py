"""An override by keyboard: reason by one key, name, PIN."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from counter_app.screens.views import Approval
from ui.look import Look
from ui.reading import snapshot
from ui.widgets.approval_strip import ApprovalStrip

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
    each: list[str | Qt.Key] = []
    for key in keys:
        each += list(key) if isinstance(key, str) else [key]
    for key in each:
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


def test_who_may_is_one_key_and_approval_is_seven(strip: ApprovalStrip, approved: list[tuple[str, str, str]]) -> None:
    strip.ask(replace(_VOID, people=("Lee Chen", "Ana Ruiz")))
    _keys("3", "2", "4321", Qt.Key.Key_Return)
    assert approved == [("Taken twice", "2", "4321")]


def test_a_badge_is_scanned_where_a_digit_would_choose(
    strip: ApprovalStrip, approved: list[tuple[str, str, str]]
) -> None:
    strip.ask(replace(_VOID, people=("Lee Chen", "Ana Ruiz")))
    _keys("3", "x81", Qt.Key.Key_Return, "4321", Qt.Key.Key_Return)
    assert approved == [("Taken twice", "x81", "4321")]


def test_nobody_there_it_can_be_asked_for(strip: ApprovalStrip) -> None:
    asked: list[str] = []
    strip.asked_alone.connect(asked.append)
    strip.ask(replace(_VOID, people=("Lee Chen",), alone="Ask for it"))
    _keys("0")
    assert not asked
    _keys("1", "0")
    assert asked == ["Wrong account"]


def test_the_same_question_with_a_complaint_goes_on_where_it_was(
    strip: ApprovalStrip, approved: list[tuple[str, str, str]]
) -> None:
    strip.ask(_VOID)
    _keys("1", "lee", Qt.Key.Key_Return, "1111", Qt.Key.Key_Return)
    strip.ask(replace(_VOID, complaint="That PIN is not Lee's."))
    _keys("2222", Qt.Key.Key_Return)
    assert approved[-1] == ("Wrong account", "lee", "2222")


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
