"""Money fields, message lines and figures."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from counter_app.screens.views import Tone
from ui.look import Look
from ui.widgets.figure import Figure
from ui.widgets.message_line import MessageLine
from ui.widgets.money_field import MoneyField


@pytest.fixture
def field(look: Look, shown: Callable[[QWidget], QWidget]) -> MoneyField:
    made = MoneyField(look, "Bank counted", "F6")
    shown(made)
    return made


def test_dollars_are_typed_as_people_write_them(field: MoneyField, qtbot: QtBot) -> None:
    QTest.keyClicks(field.edit, "1234.5")
    with qtbot.waitSignal(field.accepted, timeout=500) as heard:
        QTest.keyClick(field.edit, Qt.Key.Key_Return)
    assert heard.args == [123450]
    assert field.edit.text() == "1,234.50"
    assert field.cents() == 123450


def test_letters_do_not_get_in(field: MoneyField) -> None:
    QTest.keyClicks(field.edit, "1a2.345")
    assert field.edit.text() == "12.34"


def test_enter_on_no_amount_says_why_beside_the_field(field: MoneyField) -> None:
    accepted: list[int] = []
    field.accepted.connect(accepted.append)
    QTest.keyClick(field.edit, Qt.Key.Key_Return)
    assert "is not an amount" in field.message.text()
    assert field.message.isVisible()
    QTest.keyClicks(field.edit, "5")
    assert not field.message.isVisible()
    assert not accepted


def test_a_message_line_takes_no_room_when_it_has_nothing_to_say(look: Look, qtbot: QtBot) -> None:
    line = MessageLine(look)
    qtbot.addWidget(line)
    assert not line.isVisible()
    line.say("Paper is out.", Tone.WARN)
    assert (line.isVisible(), line.text()) == (True, "Paper is out.")
    line.say("")
    assert not line.isVisible()


def test_a_figure_shrinks_before_it_is_cut(look: Look, shown: Callable[[QWidget], QWidget]) -> None:
    figure = Figure(look, "Total")
    shown(figure)
    figure.resize(300, 100)
    figure.show_amount("$12,345,678.90")
    assert QFontMetrics(figure.drawn_font()).horizontalAdvance(figure.text()) <= 300
    figure.resize(1200, 100)
    assert figure.drawn_font().pointSizeF() == pytest.approx(60.0)
    assert figure.as_text() == "Total: $12,345,678.90"
