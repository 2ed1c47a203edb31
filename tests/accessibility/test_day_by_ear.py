"""A whole day at the counter of somebody who does not see the window: what is read aloud, and keys, are all there is.

Nothing is known beforehand but names, PINs and how a counter works: desks, commands and keys are found by ear.
"""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.accessibility.desktop import Desktop
from tests.accessibility.screen_reader import ScreenReader
from tests.fakes.counter import Counter
from tests.fakes.window import PINS

IN_DRAWER = {"$20": "16"}
"""The float of $200.00 and a water bill of $120.00."""


def test_a_day_by_ear_and_keyboard(screen: Desktop, folder: Path) -> None:
    with ScreenReader(screen.bus) as ear, screen.program(folder):
        _sign_in(ear)
        _open_the_drawer(ear)
        _take_cash(ear)
        _take_a_check(ear)
        _lock_and_unlock(ear)
        _open_the_drawer_for_change(ear)
        _close_blind(ear)
        _verify(ear)
        _deposit(ear)
    _find_it_in_the_books(folder)


def _sign_in(ear: ScreenReader) -> None:
    ear.hears("Your name")
    ear.press("maria", "Enter")
    ear.hears("Password or PIN")
    ear.press(PINS["maria"], "Enter")
    ear.hears("Counter")
    ear.hears("You have no open drawer")


def _open_the_drawer(ear: ScreenReader) -> None:
    read_before = len(ear.said)
    _go_to(ear, "My drawer desk")
    ear.hears("Drawer D1, free")
    read = [words.partition(",")[0] for words in ear.said[read_before:]]
    assert read == ["Open a drawer", "Drawers", "Drawer D1"], "the desk, its first control, and nothing on the way"
    ear.press("Enter")
    _count(ear, {"$20": "10"})
    ear.hears("Drawer D1 is open with $200.00.")
    ear.press("F1")
    assert "Ctrl+K lists every command" in ear.hears("Scan a bill")


def _take_cash(ear: ScreenReader) -> None:
    """$120.00 of water, paid with $150.00, after an amount that is none."""
    ear.press("90000001", "Enter")
    assert "$120.00" in ear.hears("Rosa Bell")
    ear.hears("Total: $120.00")
    ear.press("Enter")
    ear.hears("Still due: $120.00")
    cash = ear.finds("Cash", "push button").key
    ear.press("15o", cash)
    ear.hears("“15o” is not an amount.")
    assert ear.text(ear.focus()) == "15o", "what was typed is there, and goes with the next sign"
    ear.press("150", cash)
    ear.hears("Cash, $150.00")
    ear.hears("Change: $30.00")
    ear.press(ear.finds("Finish").key)
    assert "A1-000001" in ear.hears("Change due $30.00")


def _take_a_check(ear: ScreenReader) -> None:
    """$45.00 of a customer who is known by name."""
    ear.press("ivan petrov", "Enter")
    ear.hears("90000004 · Ivan Petrov")
    ear.hears("Total: $45.00")
    ear.press("Enter")
    ear.hears("Still due: $45.00")
    ear.press(ear.finds("Check", "push button").key)
    ear.hears("The check reads $45.00?")
    ear.press("Enter")
    ear.hears("Type the number of the check")
    ear.press("1042", "Enter")
    ear.hears("Check 1042, $45.00")
    ear.press(ear.finds("Finish").key)
    assert "A1-000002" in ear.hears("Paid, no change")


def _lock_and_unlock(ear: ScreenReader) -> None:
    """In the middle of a payment: the customer's name is gone, and comes back with the place."""
    ear.press("90000002", "Enter")
    ear.hears("Omar Haddad")
    ear.press(_key_of_command(ear, "Lock or change person"))
    ear.hears("Sign in")
    ear.hears("Password or PIN")
    ear.finds("Locked by")
    assert not [thing.name for thing in ear.things() if "Omar Haddad" in thing.name]
    ear.press(PINS["maria"], "Enter")
    ear.hears("Omar Haddad")
    ear.hears("Counter box")
    ear.press("-")
    ear.hears("The line is off the ticket.")


def _open_the_drawer_for_change(ear: ScreenReader) -> None:
    ear.press(_key_of_command(ear, "Open the drawer, no sale"))
    ear.hears("Open the drawer, no sale. Why? One key.")
    ear.press(ear.finds("Make change").key)
    ear.hears("The drawer is open. Reason: Make change.")


def _close_blind(ear: ScreenReader) -> None:
    """Nobody tells what there should be."""
    _go_to(ear, "My drawer desk")
    ear.hears("Close a drawer")
    assert not [thing.name for thing in ear.things() if "320" in thing.name or "120" in thing.name]
    _count_all(ear)
    ear.hears("Drawer D1 is closed. The lead counts it next.")


def _verify(ear: ScreenReader) -> None:
    _change_person(ear, "lee")
    _go_to(ear, "Drawers desk")
    ear.hears("Drawer D1")
    ear.press("Enter")
    _count_all(ear)
    ear.hears("Cash even: $0.00")
    ear.press(ear.finds("Verified").key)
    ear.hears("verified")


def _deposit(ear: ScreenReader) -> None:
    _change_person(ear, "ana")
    _go_to(ear, "Deposits desk")
    ear.hears("Bag number")
    ear.press("B-77", ear.finds("Make up the deposit").key)
    ear.hears("Who takes the bag")
    ear.press("Carl", ear.finds("Hand it to the courier").key)
    ear.hears("on its way")


def _find_it_in_the_books(folder: Path) -> None:
    proof = subprocess.run(
        [sys.executable, "-m", "counter_app", "verify", "--full", "--dir", str(folder)],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert proof.returncode == 0, proof.stdout + proof.stderr
    counter = Counter(folder)
    try:
        paid = [counter.show("receipt", number)["tenders"][0] for number in ("A1-000001", "A1-000002")]
        assert [(tender["kind"], tender["amount_cents"]) for tender in paid] == [("cash", 15_000), ("check", 4_500)]
        deposit = counter.show("deposit", "A1-D000001", by="ana")
        assert (deposit["cash_cents"], deposit["checks_cents"], deposit["state"]) == (12_000, 4_500, "sent")
    finally:
        counter.close()


def _go_to(ear: ScreenReader, desk: str) -> None:
    """By the key that its button tells."""
    ear.press(ear.finds(desk, "push button").key)


def _key_of_command(ear: ScreenReader, command: str) -> str:
    """From the list of commands."""
    ear.press("Ctrl+K")
    ear.hears("Every command")
    ear.hears("Command, text")
    ear.press(command[:4].lower())
    key = ear.hears(command).rpartition(", ")[2]
    ear.press("Esc")
    ear.hears("Counter box")
    return key


def _change_person(ear: ScreenReader, name: str) -> None:
    ear.press("F12")
    ear.hears("Password or PIN")
    ear.press("Shift+Tab")
    ear.hears("Your name")
    ear.press("Ctrl+A", name, "Enter")
    ear.hears("Password or PIN")
    ear.press(PINS[name], "Enter")


def _count_all(ear: ScreenReader) -> None:
    """Cash, the check, no card slips, and the lock."""
    assert _count(ear, IN_DRAWER) == "Cash: $320.00"
    ear.hears("Check or money order")
    ear.press("45", "Enter")
    ear.hears("Checks: $45.00")
    ear.press("Enter")
    ear.hears("Sum of the card slips")
    ear.press("Enter")
    ear.press(ear.finds("Lock the count").key)


def _count(ear: ScreenReader, pieces: Mapping[str, str]) -> str:
    """Field by field, as each is read; what is read after the last one."""
    heard = ear.hears(", pieces")
    while ", pieces" in heard:
        ear.press(pieces.get(heard.partition(",")[0], ""), "Enter")
        heard = ear.hears("")
    return heard
