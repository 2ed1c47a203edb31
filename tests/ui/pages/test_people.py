"""The administrator's desk by real keys: somebody new, another role, a new PIN, somebody who left."""

import re

from tests.fakes.window import Till
from ui.widgets.box import Box


def at_people(at_till: Till) -> str:
    at_till.sign_in("adam")
    return at_till.says()


def _box(at_till: Till) -> Box:
    box = at_till.running.window.focusWidget()
    assert isinstance(box, Box)
    return box


def test_the_desk_shows_the_staff_and_what_can_be_done(at_till: Till) -> None:
    words = at_people(at_till)
    assert "Adam Wright" in words
    assert "Ben Carter" in words
    assert "manage people" in words
    at_till.keys("Down", "Down")
    assert "take money" in at_till.says()


def test_the_box_takes_no_text_while_nothing_is_asked_and_says_the_keys(at_till: Till) -> None:
    at_people(at_till)
    box = _box(at_till)
    assert box.placeholderText() == "Keys for what is shown: N, R, P, B, L. + adds somebody, arrows walk."
    at_till.keys("maxi")
    assert box.text() == ""
    at_till.keys("+", "Nora")
    assert box.text() == "Nora"
    at_till.keys("Esc", "q")
    assert box.text() == ""


def test_somebody_new_in_words_and_signs_in_by_the_pin_shown_once(at_till: Till) -> None:
    at_people(at_till)
    at_till.keys("+", "Nora Lind", "Enter", "nora", "Enter")
    assert "What is Nora Lind here?" in at_till.says()
    at_till.keys("1")
    shown = at_till.says()
    pin = re.search(r"“PIN”\s+“(\d{6})”", shown)
    assert pin, shown
    assert re.search(r"“Signs in as”\s+“nora”", shown)
    assert re.search(r"“Password”\s+“[a-hjkmnp-z2-9]{4}(-[a-hjkmnp-z2-9]{4}){3}”", shown)
    assert _box(at_till).placeholderText().endswith("Esc goes back.")
    at_till.keys("Esc")
    assert pin[1] not in at_till.says()
    at_till.keys("F12", "Shift+Tab", "Ctrl+A", "nora", "Enter", pin[1], "Enter")
    assert "Nora Lind" in at_till.status()


def test_a_name_that_is_taken_is_said_beside_the_box_and_kept(at_till: Till) -> None:
    at_people(at_till)
    at_till.keys("+", "Maria Santos", "Enter")
    assert "called Maria Santos already" in at_till.says()
    at_till.keys("Ctrl+A", "Nora Lind", "Enter", "Nora Lind", "Enter")
    assert "Everybody signs in as up to twenty small letters" in at_till.says()
    at_till.keys("Ctrl+A", "maria", "Enter")
    assert "Somebody signs in as maria already" in at_till.says()
    at_till.keys("Ctrl+A", "nora", "Enter")
    assert "What is Nora Lind here?" in at_till.says()
    at_till.keys("Esc")
    assert "Somebody new" not in at_till.says()


def test_another_role_and_leaving_are_said(at_till: Till) -> None:
    at_people(at_till)
    at_till.keys("Down", "Down", "R", "2")
    assert "The role is changed." in at_till.says()
    at_till.keys("L")
    assert "Yes, Ben Carter no longer works here" in at_till.says()
    at_till.keys("Y")
    assert "Ben Carter can no longer sign in." in at_till.says()
    at_till.keys("P")
    assert "PIN" not in at_till.says().replace("New password and PIN", "")


def test_a_cashier_has_no_such_desk(at_till: Till) -> None:
    at_till.sign_in("maria")
    assert [desk.name for desk in at_till.running.desks].count("people") == 0


def test_after_a_reset_the_owner_takes_a_pin_of_their_own(at_till: Till) -> None:
    at_people(at_till)
    at_till.keys("Down", "Down", "Down", "Down", "P")
    pin = re.search(r"“PIN”\s+“(\d{6})”", at_till.says())
    assert pin
    at_till.keys("F12", "Shift+Tab", "Ctrl+A", "lee", "Enter", pin[1], "Enter")
    assert "Somebody else made your PIN" in at_till.says()
    at_till.keys(pin[1], "Enter", "2580", "Enter", "2508", "Enter")
    assert "differ" in at_till.says()
    at_till.keys(pin[1], "Enter", "2580", "Enter", "2580", "Enter")
    assert "Your new PIN is in force." in at_till.says()
    at_till.keys("F12", "2580", "Enter")
    assert "Lee Park" in at_till.status()


def test_anybody_takes_another_pin_by_its_key_or_leaves_it(at_till: Till) -> None:
    at_till.sign_in("maria")
    at_till.keys("Ctrl+P", "0000", "Enter", "2580", "Enter", "2580", "Enter")
    assert "PIN of now" in at_till.says()
    at_till.keys("Esc")
    assert "Counter" in at_till.says()


def test_a_badge_is_given_shown_once_and_taken_back(at_till: Till) -> None:
    at_people(at_till)
    at_till.keys("Down", "Down", "B")
    assert "Shown this once: write it into the badge." in at_till.says()
    at_till.keys("Esc", "B")
    assert "The badge opens nothing any more." in at_till.says()
    assert "B: Give a badge" in at_till.says()
