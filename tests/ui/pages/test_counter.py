"""The counter's page: what is typed reaches the screen, what the screen says is shown, and the box keeps the focus."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from counter_app.screens.views import Question
from tests.fakes.counter import Counter
from tests.fakes.window import PINS, Till, till
from ui.look import Look
from ui.widgets.act_button import ActButton
from ui.widgets.rows import RowList


@pytest.fixture
def maria(counter: Counter, look: Look, qapp: QApplication) -> Iterator[Till]:
    """Maria at the counter with D1 open."""
    counter.do("open_drawer", "maria", drawer="D1", count={"2000": 10})
    with till(counter.station, look, qapp) as made:
        made.sign_in("maria")
        yield made


def _focus() -> QWidget:
    focus = QApplication.focusWidget()
    assert focus is not None
    return focus


def _named(maria: Till, kind: type[QWidget], name: str) -> QWidget:
    return next(w for w in maria.running.window.findChildren(kind) if w.accessibleName() == name and w.isVisible())


def test_a_ticket_and_its_payment_so_far(maria: Till) -> None:
    maria.keys("90000001", "Enter", "Enter", "50", "F6", "1042", "Enter")
    quick = "      button $"
    assert "".join(line for line in maria.says().splitlines(keepends=True) if not line.startswith(quick)) == TENDER


def test_results_come_as_a_name_is_typed_and_the_cursor_stays(maria: Till) -> None:
    maria.keys("Rosa B")
    assert "> Rosa Bell" in maria.says()
    maria.keys("ell", "Enter")
    assert "Utility bill payment, $120.00, 90000001" in maria.says()


def test_a_refused_key_keeps_what_was_typed_and_says_why(maria: Till) -> None:
    maria.keys("50", "F8")
    assert "field Counter box [F2]: 50" in maria.says()
    assert "There is nothing on the ticket to pay." in maria.says()


def test_what_was_refused_is_replaced_by_the_next_typing(maria: Till) -> None:
    maria.keys("50", "F8", "30")
    assert "field Counter box [F2]: 30\n" in maria.says()
    maria.keys("F8")
    QTest.keyClick(_focus(), Qt.Key.Key_End)
    maria.keys("7")
    assert "field Counter box [F2]: 307\n" in maria.says()


def test_what_was_half_typed_before_a_lock_goes_on(maria: Till) -> None:
    maria.keys("50", "F8", "F12", PINS["maria"], "Enter", "7")
    assert "field Counter box [F2]: 507\n" in maria.says()


def test_delete_on_the_empty_box_takes_the_line_off_and_in_a_text_one_sign(maria: Till) -> None:
    maria.keys("90000001", "Enter", "5", "Ctrl+A", "Delete")
    assert "Total: $120.00" in maria.says()
    maria.keys("Delete")
    assert "The line is off the ticket. Ctrl+Z brings it back." in maria.says()
    maria.keys("Ctrl+Z")
    assert "Undone: Utility bill payment, $120.00, is back." in maria.says()


def test_the_dot_of_a_number_pad_without_numlock_removes_nothing(maria: Till) -> None:
    maria.keys("90000001", "Enter")
    QTest.keyClick(_focus(), Qt.Key.Key_Delete, Qt.KeyboardModifier.KeypadModifier)
    assert "NumLock is off" in maria.says()
    assert "Total: $120.00" in maria.says()


def test_letters_typed_on_a_list_go_on_in_the_box(maria: Till) -> None:
    maria.keys("90000001", "Enter")
    _named(maria, RowList, "Lines of the ticket").setFocus()
    maria.keys("5", "/")
    assert _focus().accessibleName() == "Counter box"
    assert "Total: $5.00" in maria.says()


def test_quick_cash_by_mouse_is_what_the_screen_takes(maria: Till) -> None:
    maria.keys("90000001", "Enter", "Enter")
    QTest.mouseClick(_named(maria, ActButton, "$200"), Qt.MouseButton.LeftButton)
    maria.keys("F9")
    assert "Change due: $80.00" in maria.says()


def test_paper_lies_where_the_ticket_was_until_the_next_line(maria: Till) -> None:
    maria.keys("90000001", "Enter", "Enter", ".", "F9")
    maria.wait_for("paper Receipt paper")
    assert "TOTAL                               120.00" in maria.says()
    maria.keys("90000004", "Enter")
    assert "paper Receipt paper" not in maria.says()


def test_an_approval_takes_the_keys_and_a_wrong_pin_is_asked_again(maria: Till, counter: Counter) -> None:
    maria.keys("90000001", "Enter", "Enter", ".", "F9", "F11", "V", "2", "1", "0000", "Enter")
    assert maria.says().count("That name and PIN do not belong together.") == 1
    assert "field Counter box [F2]: …" in maria.says()
    assert "field PIN of the second person: …" in maria.says()
    maria.keys("Esc")
    assert _focus().accessibleName() == "Counter box"
    assert counter.show("receipt", "A1-000001")["state"] == "taken"


def test_a_drop_is_counted_in_the_grid_beside(maria: Till, counter: Counter) -> None:
    maria.keys("Ctrl+D", "Down", "Down", "2", *["Enter"] * 11, "B-1", "Enter", "1", "9054", "Enter")
    assert "Drop A1-" in maria.says()
    assert counter.places()["safe: undeposited"] == 4_000


def test_the_paper_question_waits_for_a_quiet_moment(maria: Till) -> None:
    page = maria.running.pages.counter_page
    assert page is not None
    answers: list[bool] = []
    page.paper_answered.disconnect()
    page.paper_answered.connect(answers.append)
    maria.keys("Rosa")
    page.ask_paper(Question("Did the receipt A1-000001 come out? Y or N.", "A1-000001"))
    assert _focus().accessibleName() == "Counter box"
    page.ask_paper(None)
    maria.keys("Ctrl+A", "Delete", "Esc")
    page.ask_paper(Question("Did the receipt A1-000002 come out? Y or N.", "A1-000002"))
    assert _focus().accessibleName() == "Yes"
    maria.keys("Enter")
    assert answers == []
    maria.keys("n")
    assert answers == [False]
    page.ask_paper(None)
    assert _focus().accessibleName() == "Counter box"


def test_a_question_that_came_up_behind_another_page_is_put_when_the_counter_is_in_front(maria: Till) -> None:
    page = maria.running.pages.counter_page
    assert page is not None
    maria.keys("Ctrl+2")
    page.ask_paper(Question("Did the receipt A1-000002 come out? Y or N.", "A1-000002"))
    assert _focus().accessibleName() != "Yes"
    maria.running.window.show_page("counter")
    assert _focus().accessibleName() == "Yes"


def test_a_scan_is_not_lost_on_the_paper_question(maria: Till) -> None:
    page = maria.running.pages.counter_page
    assert page is not None
    page.ask_paper(Question("Did the receipt A1-000002 come out? Y or N.", "A1-000002"))
    maria.keys("90000001", "Enter")
    assert "Total: $120.00" in maria.says()


TENDER = """\
Counter
  field Counter box [F2]: …
  Ticket
    “Rosa Bell”
    list Lines of the ticket
      > Utility bill payment, $120.00, 90000001 · Rosa Bell · pays: W-2611 in full
    “Handed over”
    Handed over: $50.00
    “Still due”
    Still due: $70.00
    “Total”
    Total: $120.00
  Context
    Tender
      “Still due”
      Still due: $70.00
      list Handed over so far
        - Check 1042, $50.00
      “Type what was handed over, then its key.”
      button Exact [.]
      button Cash [F8]
      button Check [F6]
      button Card [F7]
      button Money order [Shift+F6]
      button Finish [F9] (off: $70.00 is still due.)
"""
