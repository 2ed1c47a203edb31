"""The box by real keys: what each one means depends on what was typed before it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ui.look import Look
from ui.widgets.box import Box

_KEY = Qt.Key


@pytest.fixture
def box(look: Look, qtbot: QtBot) -> Box:
    made = Box(look, "Scan or type anything")
    qtbot.addWidget(made)
    return made


@pytest.fixture
def meant(box: Box) -> list[tuple[str, str]]:
    heard: list[tuple[str, str]] = []
    box.intent.connect(lambda intent, typed: heard.append((intent, typed)))
    return heard


@pytest.mark.parametrize(
    ("typed", "key", "intent"),
    [
        ("100", _KEY.Key_F8, "cash"),
        ("83.17", _KEY.Key_F6, "check"),
        ("", _KEY.Key_F7, "card"),
        ("", _KEY.Key_F9, "finish"),
        ("rivera", _KEY.Key_Return, "search"),
        ("10002931", _KEY.Key_Enter, "search"),
        ("", _KEY.Key_Return, "proceed"),
        ("x", _KEY.Key_Escape, "leave"),
        ("", _KEY.Key_F11, "last_receipt"),
    ],
)
def test_a_key_takes_what_was_typed(
    box: Box, meant: list[tuple[str, str]], typed: str, key: Qt.Key, intent: str
) -> None:
    QTest.keyClicks(box, typed)
    QTest.keyClick(box, key)
    assert meant == [(intent, typed)]
    assert box.text() == typed


def test_shift_f6_is_a_money_order_and_shift_esc_abandons(box: Box, meant: list[tuple[str, str]]) -> None:
    QTest.keyClicks(box, "40")
    QTest.keyClick(box, _KEY.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(box, _KEY.Key_Escape, Qt.KeyboardModifier.ShiftModifier)
    assert meant == [("money_order", "40"), ("abandon", "40")]


@pytest.mark.parametrize(
    ("typed", "heard", "left"),
    [
        ("50/", [("pay_this", "50")], "50"),
        ("12.50/", [("pay_this", "12.50")], "12.50"),
        ("3*", [("quantity", "3")], "3"),
        ("1/2 Main", [("pay_this", "1")], "12 Main"),
        ("a/b", [], "a/b"),
        (".", [("exact", "")], ""),
        ("-", [("remove_line", "")], ""),
        ("Rivera-Cruz", [], "Rivera-Cruz"),
        ("+", [("next_balance", "")], ""),
        ("++", [("next_balance", ""), ("all_balances", "")], ""),
        ("St. John", [], "St. John"),
    ],
)
def test_a_sign_acts_only_where_it_can_mean_nothing_else(
    box: Box, meant: list[tuple[str, str]], typed: str, heard: list[tuple[str, str]], left: str
) -> None:
    QTest.keyClicks(box, typed)
    assert (meant, box.text()) == (heard, left)


def test_two_pluses_with_another_key_between_are_two_single_ones(box: Box, meant: list[tuple[str, str]]) -> None:
    QTest.keyClicks(box, "+")
    QTest.keyClick(box, _KEY.Key_Down)
    QTest.keyClicks(box, "+")
    assert [intent for intent, _ in meant] == ["next_balance", "next_balance"]


def test_keys_that_edit_a_line_elsewhere_act_here(box: Box, meant: list[tuple[str, str]]) -> None:
    QTest.keyClicks(box, "riv")
    QTest.keyClick(box, _KEY.Key_D, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(box, _KEY.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert [intent for intent, _ in meant] == ["drop", "undo"]
    assert box.text() == "riv"


def test_one_sign_on_the_empty_box_may_be_a_choice_of_the_screen(box: Box) -> None:
    offered: list[str] = []

    def letter(sign: str) -> bool:
        offered.append(sign)
        return sign == "v"

    box.letter = letter
    QTest.keyClicks(box, "v")
    assert box.text() == ""
    QTest.keyClicks(box, "rv")
    assert (offered, box.text()) == (["v", "r"], "rv")


def test_arrows_walk_the_list_beneath(box: Box) -> None:
    steps: list[int] = []
    box.moved.connect(steps.append)
    for key in (_KEY.Key_Down, _KEY.Key_Up, _KEY.Key_PageDown):
        QTest.keyClick(box, key)
    assert steps == [1, -1, 6]


def test_a_pad_without_numlock_is_noticed(box: Box, qtbot: QtBot) -> None:
    with qtbot.waitSignal(box.numlock_off, timeout=500):
        QTest.keyClick(box, _KEY.Key_End, Qt.KeyboardModifier.KeypadModifier)
    assert box.text() == ""
