"""The desk of the city's decisions by real keys: seen by who may see, changed by two people."""

from tests.fakes.window import PINS, Till
from ui.widgets.box import Box


def test_a_supervisor_changes_a_limit_and_finance_approves(at_till: Till) -> None:
    at_till.sign_in("ana")
    at_till.running.show_desk("settings")
    assert "Overpaid check, kept as credit, $50.00" in at_till.says()
    at_till.keys("C", "75", "Enter", "Resolution 2026-41", "Enter")
    assert "$75.00" in at_till.says()
    at_till.keys("1", PINS["fay"], "Enter")
    words = at_till.says()
    assert "In force from now on" in words
    assert "Overpaid check, kept as credit, $75.00" in words


def test_the_line_says_which_keys_there_are(at_till: Till) -> None:
    at_till.sign_in("fay")
    at_till.running.show_desk("settings")
    box = at_till.running.window.focusWidget()
    assert isinstance(box, Box)
    assert box.placeholderText() == "Keys for what is shown: C. Arrows walk."
    at_till.keys("refund")
    assert (box.text(), "Refund in cash" in at_till.says()) == ("", True)


def test_what_is_no_amount_is_said_and_the_form_stays(at_till: Till) -> None:
    at_till.sign_in("fay")
    at_till.running.show_desk("settings")
    at_till.keys("C", "much", "Enter", "because", "Enter")
    words = at_till.says()
    assert "is not an amount" in words
    assert "because" in words
    at_till.keys("Esc")
    assert "is not an amount" not in at_till.says()


def test_the_auditor_sees_and_changes_nothing(at_till: Till) -> None:
    at_till.sign_in("ruth")
    at_till.running.show_desk("settings")
    words = at_till.says()
    assert "May change it" in words
    assert "C: Change it" not in words
