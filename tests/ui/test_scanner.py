"""Scans, told from typing by their rhythm, wherever the focus is."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from counter_app.bootstrap import SCANNER
from db import reference
from tests.fakes.counter import ARREARS, WATER, Counter, open_d1
from tests.fakes.scanner import TimedKeys
from tests.fakes.window import PINS, Till, till
from ui.attending import ELSEWHERE, SIGN_IN_FIRST
from ui.look import Look
from ui.pages.counter import FINISH_FIRST


@pytest.fixture
def maria(counter: Counter, look: Look, qapp: QApplication) -> Iterator[Till]:
    """At her counter, with D1 open."""
    open_d1(counter)
    with till(counter.station, look, qapp) as window:
        window.sign_in("maria")
        yield window


@pytest.fixture
def hands(qapp: QApplication) -> TimedKeys:
    return TimedKeys(qapp)


def focus() -> QLineEdit:
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    return field


def test_a_bill_is_scanned_paid_and_the_change_stays_until_the_next_scan(maria: Till, hands: TimedKeys) -> None:
    hands.scan(WATER)
    assert "Total: $120.00" in maria.says()
    assert focus().text() == ""
    hands.press(Qt.Key.Key_Return)
    hands.press(Qt.Key.Key_Period, ".")
    hands.rest()
    hands.press(Qt.Key.Key_F9)
    assert "Receipt A1-000001" in maria.says()
    hands.scan(ARREARS)
    assert "Total: $182.40" in maria.says()


def test_a_fast_typist_is_no_scanner(maria: Till, hands: TimedKeys) -> None:
    hands.type(WATER, 45)
    assert focus().text() == WATER
    assert "Total: $0.00" in maria.says()
    hands.press(Qt.Key.Key_Return, gap_ms=60)
    assert "Total: $120.00" in maria.says(), "Enter searched for what was typed"


def test_three_rolled_keys_and_enter_are_typing(maria: Till, hands: TimedKeys) -> None:
    hands.scan("ros", gap_ms=8)
    assert "> Utility bill payment" in maria.says(), "Enter took the first of those found"


def test_a_scan_while_tendering_adds_the_line_and_keeps_the_tenders_and_what_was_typed(
    maria: Till, hands: TimedKeys
) -> None:
    hands.scan(WATER)
    maria.keys("Enter", "50", "F8", "2", "0")
    hands.scan(ARREARS)
    assert focus().text() == "20"
    assert "Total: $302.40" in maria.says()
    assert "Still due: $252.40" in maria.says()


def test_a_scan_into_the_reasons_of_an_approval_chooses_none(maria: Till, hands: TimedKeys, counter: Counter) -> None:
    maria.keys(WATER, "Enter", "Enter", ".", "F9", "F11", "V")
    before = maria.says()
    hands.scan("123456789012")
    assert FINISH_FIRST in maria.says()
    assert maria.says().replace(f"  “{FINISH_FIRST}”\n", "") == before
    assert counter.show("receipt", "A1-000001")["state"] == "taken"


def test_a_scan_never_lands_in_a_pin(maria: Till, hands: TimedKeys) -> None:
    maria.keys(WATER, "Enter", "Enter", ".", "F9", "F11", "V", "2", "1", "9")
    assert focus().accessibleName() == "PIN of the second person"
    hands.scan(WATER)
    assert focus().text() == "9"
    assert FINISH_FIRST in maria.says()
    maria.keys("054", "Enter")
    assert "is void" in maria.says()


def test_a_pin_typed_by_hand_lands_sign_by_sign(maria: Till, hands: TimedKeys) -> None:
    maria.keys(WATER, "Enter", "Enter", ".", "F9", "F11", "V", "2", "1")
    for sign in PINS["lee"]:
        hands.press(Qt.Key(ord(sign)), sign, gap_ms=120)
        hands.rest()
    assert focus().text() == PINS["lee"]
    hands.press(Qt.Key.Key_Return)
    assert "is void" in maria.says()


def test_keys_that_waited_land_before_the_enter_that_came_soon_after(maria: Till, hands: TimedKeys) -> None:
    maria.keys(WATER, "Enter", "Enter", ".", "F9", "F11", "V", "2", "1")
    hands.type(PINS["lee"], 40)
    hands.press(Qt.Key.Key_Return, gap_ms=40)
    assert "is void" in maria.says()


def test_a_scan_never_lands_in_a_count(maria: Till, hands: TimedKeys) -> None:
    maria.keys("Ctrl+D")
    before = focus().text()
    hands.scan(WATER)
    assert focus().text() == before
    assert FINISH_FIRST in maria.says()
    maria.keys("Esc", "Ctrl+2")
    hands.scan(WATER)
    assert ELSEWHERE in maria.status_and_notice()
    assert focus().text() == ""
    maria.keys("5")
    assert ELSEWHERE not in maria.status_and_notice()


def test_the_actions_of_a_receipt_are_not_chosen_by_a_code_that_begins_with_their_letter(
    maria: Till, hands: TimedKeys, counter: Counter
) -> None:
    maria.keys(WATER, "Enter", "Enter", ".", "F9", "F11")
    hands.scan("CK-COPY")
    assert counter.show("receipt", "A1-000001")["copies"] == 0
    assert "Photocopy, $0.40" in maria.says()


def test_the_same_label_twice_within_a_moment_is_one_scan(maria: Till, hands: TimedKeys) -> None:
    hands.scan("CK-CERT")
    hands.scan("CK-CERT", after_ms=400)
    assert "found for" not in maria.says()
    assert "Total: $25.00" in maria.says()
    hands.scan("CK-CERT", after_ms=1_000)
    assert "Total: $50.00" in maria.says()


def test_tab_ends_a_scan_as_enter_does_and_the_kind_of_the_code_is_no_part_of_it(maria: Till, hands: TimedKeys) -> None:
    hands.scan(f"]C1{WATER}", end=Qt.Key.Key_Tab)
    assert "Total: $120.00" in maria.says()
    assert focus().accessibleName() == "Counter box"


def test_nothing_is_found_is_said_and_the_box_is_empty(maria: Till, hands: TimedKeys) -> None:
    hands.scan("ZZZ-999-000")
    assert "Nothing found for “ZZZ-999-000”." in maria.says()
    assert focus().text() == ""


def test_a_held_key_is_no_scan(maria: Till, hands: TimedKeys) -> None:
    hands.type("11111111", 33)
    hands.press(Qt.Key.Key_Return, gap_ms=33)
    assert "Nothing found" in maria.says()


def test_before_anybody_signed_in_a_bill_is_refused_and_a_badge_opens(
    counter: Counter, look: Look, qapp: QApplication, hands: TimedKeys
) -> None:
    line = counter.do("give_badge", "adam", person="maria")["line"]
    with till(counter.station, look, qapp) as window:
        hands.scan(WATER)
        assert SIGN_IN_FIRST in window.status_and_notice()
        assert focus().text() == ""
        hands.scan(line)
        assert window.running.person is not None
        assert window.running.person.person == "maria"


@pytest.mark.parametrize(("setting", "framed"), [("keyboard:~", "~{}"), ("keyboard:02", "\x02{}")])
def test_with_a_prefix_nobody_needs_to_be_fast(
    counter: Counter, look: Look, qapp: QApplication, hands: TimedKeys, setting: str, framed: str
) -> None:
    with counter.station.books.change_state() as connection:
        reference.put_setting(connection, SCANNER, setting)
    with till(counter.station, look, qapp) as window:
        window.sign_in("maria")
        hands.scan(framed.format(WATER), gap_ms=90)
        assert "Total: $120.00" in window.says()
        assert focus().text() == ""
