"""The window at work: who is signed in, which desks they see, the lock, the list of commands, paper in doubt."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from counter_app.bootstrap import PRINTER
from db import reference
from tests.fakes.counter import Counter, open_d1
from tests.fakes.printer import FakePrinter
from tests.fakes.window import PINS, Till, till
from ui.look import Look
from ui.reading import controls


def test_a_wrong_pin_is_said_and_nobody_is_in(at_till: Till) -> None:
    at_till.keys("maria", "Enter", "0000", "Enter")
    assert "That name and PIN do not belong together." in at_till.says()
    assert at_till.running.person is None


@pytest.mark.parametrize(
    ("person", "desks"),
    [
        ("maria", ["Counter", "My drawer", "Register", "Accounts"]),
        ("lee", ["Counter", "My drawer", "Drawers", "Register", "Accounts", "Settings"]),
        ("ana", ["Drawers", "Deposits", "Register", "Accounts", "Settings"]),
        ("ruth", ["Drawers", "Register", "Accounts", "Settings"]),
        ("adam", ["People"]),
    ],
)
def test_a_person_sees_the_desks_of_the_role(at_till: Till, person: str, desks: list[str]) -> None:
    at_till.sign_in(person)
    names = [control.name for control in controls(at_till.running.window)]
    assert [name.removesuffix(" desk") for name in names if name.endswith(" desk")] == desks


def test_without_a_drawer_the_counter_says_how_to_open_one(at_till: Till) -> None:
    at_till.sign_in("maria")
    assert "You have no open drawer: Ctrl+2 opens one." in at_till.says()
    assert "status Drawer: No open drawer (warn)" in at_till.status()


def test_a_lock_hides_everything_and_its_pin_leads_back_to_the_same_keystroke(at_till: Till) -> None:
    at_till.open_d1()
    at_till.keys("90000001", "Enter", "Enter", "50", "F6")
    before = at_till.says()
    at_till.keys("F12")
    assert "Rosa Bell" not in at_till.says()
    assert "Rosa Bell" not in str([w.text() for w in _labels(at_till)])
    at_till.keys(PINS["maria"], "Enter")
    here = "  “You were here: 1 line, $50.00 check tendered. Nothing was paid yet.”\n"
    assert here in at_till.says()
    assert at_till.says().replace(here, "") == before
    at_till.keys("1042", "Enter")
    assert "Check 1042, $50.00" in at_till.says()


def test_who_unlocks_a_colleagues_ticket_can_only_park_it(at_till: Till) -> None:
    at_till.open_d1()
    at_till.keys("90000001", "Enter")
    at_till.change_person("ben")
    assert "This is Maria Santos's ticket: F4 parks it." in at_till.says()
    at_till.keys("F9")
    assert "Total: $120.00" in at_till.says()
    at_till.keys("F4")
    assert "Parked: Rosa Bell, $120.00. F5 recalls it." in at_till.says()


def test_every_command_is_found_by_letters_and_done_by_enter(at_till: Till) -> None:
    at_till.open_d1()
    at_till.keys("Ctrl+K", "finis", "Enter")
    assert "There is nothing on the ticket." in at_till.says()
    at_till.keys("Ctrl+A", "no s", "Enter")
    assert "Open the drawer, no sale" in at_till.says()
    at_till.keys("1")
    assert "The drawer is open. Reason: Make change." in at_till.says()
    at_till.keys("Ctrl+K", "my", "Enter")
    assert "Count drawer D1" in at_till.says()
    at_till.keys("Ctrl+K", "Esc")
    assert "Count drawer D1" in at_till.says()


def test_letters_grow_from_the_list_of_commands(at_till: Till, look: Look) -> None:
    at_till.sign_in("maria")
    at_till.keys("Ctrl+K", "larger", "Enter")
    assert look.theme.zoom == 125
    at_till.keys("Ctrl++", "Ctrl+0")
    assert look.theme.zoom == 100


def test_a_person_of_practice_is_in_at_once_and_writes_nothing(
    counter: Counter, look: Look, qapp: QApplication
) -> None:
    before = counter.traces()
    with till(counter.station, look, qapp) as made:
        with counter.station.books.read() as connection:
            made.running.enter(counter.station.person(connection, "maria"))
        assert "Ready for a scan." in made.says()
    assert counter.traces() == before


def test_what_is_done_is_shipped_and_said(at_till: Till) -> None:
    at_till.sign_in("maria")
    at_till.wait_for("status Central store: All copied (good)")


@pytest.fixture
def doubtful(counter: Counter, look: Look, qapp: QApplication) -> Iterator[tuple[Till, FakePrinter]]:
    """A printer that breaks off in the middle of each job."""
    with FakePrinter() as printer:
        printer.drop_after = 40
        with counter.station.books.change_state() as connection:
            reference.put_setting(connection, PRINTER, printer.address)
        open_d1(counter)
        with till(counter.station, look, qapp) as made:
            made.sign_in("maria")
            yield made, printer


def test_a_paper_in_doubt_is_asked_about_and_its_answer_is_kept(
    doubtful: tuple[Till, FakePrinter], counter: Counter
) -> None:
    window, printer = doubtful
    window.keys("90000001", "Enter", "Enter", ".", "F9")
    window.wait_for("Did receipt A1-000001 come out")
    assert "status Printer: Did it come out? (bad)" in window.status()
    printer.drop_after = None
    window.tab_to("Yes")
    window.keys("n")
    assert "A1-000001 prints as a copy." in window.says()
    assert counter.show("receipt", "A1-000001")["copies"] == 1
    assert "Did receipt" not in window.says()


def test_a_fault_of_ours_is_one_sentence_and_the_window_lives(at_till: Till) -> None:
    at_till.sign_in("maria")
    at_till.running.say("Something went wrong.")
    assert "Something went wrong." in at_till.says()
    at_till.keys("90000001", "Enter")
    assert "Total: $120.00" in at_till.says()


def _labels(window: Till) -> list[QLabel]:
    return [label for label in window.running.window.findChildren(QLabel) if label.isVisible()]
