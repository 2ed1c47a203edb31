"""A window that nobody touches hides, then locks; who comes back is at the same keystroke."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from counter_app.screens.idle import Idle
from tests.fakes.counter import WATER, Counter, open_d1
from tests.fakes.scanner import TimedKeys
from tests.fakes.window import PINS, Till, till
from ui.look import Look
from ui.pages.veil import VeilPage

MINUTES = 60


class Alone:
    """Seconds in which nobody came near the window."""

    def __init__(self, window: Till) -> None:
        self._window, self._now = window, 0.0
        window.running.attending.idle = Idle(lambda: self._now)

    def for_(self, seconds: float) -> None:
        self._now += seconds
        self._window.running.attending.look()


@pytest.fixture
def maria(counter: Counter, look: Look, qapp: QApplication) -> Iterator[Till]:
    """At her counter, with D1 open."""
    open_d1(counter)
    with till(counter.station, look, qapp) as window:
        window.sign_in("maria")
        yield window


@pytest.fixture
def alone(maria: Till) -> Alone:
    return Alone(maria)


def is_veiled(window: Till) -> bool:
    return isinstance(window.running.window.page_in_front(), VeilPage)


def test_a_ticket_without_money_locks(maria: Till, alone: Alone) -> None:
    maria.keys(WATER, "Enter")
    alone.for_(3 * MINUTES - 1)
    assert "Rosa Bell" in maria.says()
    alone.for_(1)
    assert "Locked by Maria Santos" in maria.says()


def test_money_on_the_ticket_hides_first_and_one_key_goes_on(maria: Till, alone: Alone) -> None:
    maria.keys(WATER, "Enter", "50", "F8", "7")
    before = maria.says()
    alone.for_(3 * MINUTES)
    assert is_veiled(maria)
    assert "Rosa Bell" not in maria.status_and_notice() + maria.says()
    assert "Press any key to go on where you were." in maria.says()
    maria.keys("F9")
    assert maria.says() == before, "the first key did nothing else"
    maria.keys("0", "F8", "F9")
    assert "Receipt A1-000001" in maria.says()


def test_money_on_the_ticket_locks_in_the_end(maria: Till, alone: Alone) -> None:
    maria.keys(WATER, "Enter", "50", "F8")
    alone.for_(3 * MINUTES)
    assert is_veiled(maria)
    alone.for_(7 * MINUTES)
    assert "Locked by Maria Santos" in maria.says()
    maria.keys(PINS["maria"], "Enter")
    assert "You were here: 1 line, $50.00 cash tendered. Nothing was paid yet." in maria.says()


def test_f12_locks_a_hidden_window(maria: Till, alone: Alone) -> None:
    maria.keys(WATER, "Enter", "50", "F8")
    alone.for_(3 * MINUTES)
    maria.keys("F12")
    assert "Locked by Maria Santos" in maria.says()


def test_a_scan_lifts_the_veil_and_is_taken(maria: Till, alone: Alone, qapp: QApplication) -> None:
    maria.keys("CK-CERT", "Enter", "10", "F8")
    alone.for_(3 * MINUTES)
    assert is_veiled(maria)
    TimedKeys(qapp).scan(WATER)
    assert "Total: $145.00" in maria.says()


def test_a_count_under_way_hides_and_goes_on_in_its_field(maria: Till, alone: Alone) -> None:
    maria.keys("Ctrl+2", "Down", "4")
    field = QApplication.focusWidget()
    alone.for_(3 * MINUTES)
    assert is_veiled(maria)
    maria.keys("Space")
    assert QApplication.focusWidget() is field
    assert isinstance(field, QLineEdit)
    assert field.text() == "4"
    maria.keys("F12", PINS["maria"], "Enter")
    assert QApplication.focusWidget() is field
    assert field.text() == "4"


def test_a_drop_half_counted_and_an_approval_half_given_go_on_after_a_lock(maria: Till) -> None:
    maria.keys("Ctrl+D", "Down", "3")
    field = QApplication.focusWidget()
    maria.keys("F12", PINS["maria"], "Enter")
    assert QApplication.focusWidget() is field
    assert ", pieces: 3\n" in maria.says()
    maria.keys("Esc", WATER, "Enter", "Enter", ".", "F9", "F11", "V", "2", "1", "90")
    maria.keys("F12", PINS["maria"], "Enter", "54", "Enter")
    assert "is void" in maria.says()


def test_what_a_lock_left_half_given_is_not_the_next_persons(maria: Till) -> None:
    maria.keys(WATER, "Enter", "Enter", ".", "F9", "F11", "V", "2", "1", "90")
    maria.change_person("ben")
    assert "Void receipt" not in maria.says()
    assert "Ready for a scan." in maria.says()


def test_a_colleague_who_comes_between_takes_no_count_away(maria: Till) -> None:
    maria.keys("Ctrl+2", "Down", "4")
    maria.change_person("ben")
    maria.change_person("maria")
    maria.keys("Ctrl+2")
    assert ", pieces: 4\n" in maria.says()
    assert "You were counting here; what you counted is still there." in maria.says()


def test_keys_and_the_printer_keep_it_awake(maria: Till, alone: Alone) -> None:
    alone.for_(3 * MINUTES - 1)
    maria.keys("r")
    alone.for_(3 * MINUTES - 1)
    maria.running.woken.emit()
    alone.for_(3 * MINUTES - 1)
    assert "Locked by" not in maria.says()


def test_the_box_holds_what_was_typed_before_the_lock(maria: Till) -> None:
    maria.keys(WATER, "Enter", "Enter", "4")
    maria.keys("F12", PINS["maria"], "Enter", "5", "F8")
    assert "Handed over" in maria.says()
    assert "$45.00" in maria.says()


def test_the_locked_page_says_how_she_goes_on_and_how_another_signs_in(maria: Till) -> None:
    maria.keys("F12")
    assert "Maria Santos: type your PIN, then Enter." in maria.says()
    assert "Somebody else: F12, then name and PIN, or a badge." in maria.says()
    maria.keys("F12", "ben", "Enter", PINS["ben"], "Enter")
    assert maria.running.person is not None
    assert maria.running.person.person == "ben"


def test_f12_asks_for_the_name_also_where_the_pin_field_would_keep_the_key(maria: Till, qapp: QApplication) -> None:
    maria.keys("F12", "28")
    QTest.keyClick(maria.running.window.windowHandle(), Qt.Key.Key_F12)
    qapp.processEvents()
    focus = QApplication.focusWidget()
    assert isinstance(focus, QLineEdit)
    assert (focus.accessibleName(), focus.text()) == ("Your name", "")
    maria.keys("ben", "Enter", PINS["ben"], "Enter")
    assert maria.running.person is not None
    assert maria.running.person.person == "ben"


def test_a_wrong_pin_waits_longer_each_time(maria: Till, counter: Counter) -> None:
    maria.keys("F12", "0000", "Enter", PINS["maria"], "Enter")
    assert "Wait 1 second, then type the PIN again." in maria.says()
    counter.wait(1)
    maria.keys("0000", "Enter", PINS["maria"], "Enter")
    assert "Wait 2 seconds, then type the PIN again." in maria.says()
    counter.wait(2)
    maria.keys(PINS["maria"], "Enter")
    assert maria.running.person is not None
