"""The register and the accounts by real keys in a real window; each once as a text snapshot."""

import re
from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from counter_app.domain.language import language
from tests.fakes.counter import ARREARS, WATER, Counter, cash, check, close_d1, open_d1, pay, water
from tests.fakes.pseudo import LONGER
from tests.fakes.window import Till
from ui.look import Look
from ui.theme import LIGHT, Theme

LAYOUT_ROUNDS = 10
"""A layout within a layout asks for another round."""


@pytest.fixture
def morning(counter: Counter) -> Counter:
    """Two receipts in D1, the second of them void."""
    open_d1(counter)
    pay(counter, [water(WATER, 10_000)], [cash(10_000)])
    pay(counter, [water(ARREARS, 5_000)], [check(5_000)])
    counter.do("void_receipt", "maria", approver="lee", number="A1-000002", reason="Wrong account")
    return counter


def test_the_register_as_the_lead_reads_it(at_till: Till, morning: Counter) -> None:
    at_till.sign_in("lee")
    at_till.settle()
    at_till.keys("Ctrl+4", "Down")
    said = re.sub(r"mark [0-9a-f]{12}", "mark …", at_till.says())
    said = re.sub(r"“(waiting for|sent to) the printer, |“on paper ✓, ", "“paper, ", said)
    assert said.splitlines() == [
        "Register of receipts",
        "  field Register of receipts [F2]: …",
        "  “Newest first”",
        "  list Register of receipts",
        "    - When 9:00 AM | Number A1-V000001 | What Receipt voided · A1-000002 | Amount $50.00",
        "    > When 9:00 AM | Number A1-000002 | What Voided · Omar Haddad | Amount $50.00",
        "    - When 9:00 AM | Number A1-000001 | What Rosa Bell | Amount $100.00",
        "  “Nov 23, 2026 $100.00   ·   Cash $100.00”",
        "  Context",
        "    “Receipt A1-000002”",
        "    “This receipt is voided.”",
        "    “Received”",
        "    “9:00 AM, Maria Santos”",
        "    “For”",
        "    “Utility bill payment · $50.00 · 90000002 · $50.00 of W-2610”",
        "    “Check”",
        "    “$50.00 · 1042”",
        "    “Total”",
        "    “$50.00”",
        "    “Lies in”",
        "    “drawer D1, open”",
        "    “Paper”",
        "    “paper, copied”",
        "    “Voided”",
        "    “A1-V000001; 9:00 AM, Maria Santos; Lee Park approved; Wrong account”",
        "    “Journal”",
        "    “entry 50, mark …”",
        "    list What can be taken",
        "      > C: Print a copy",
        "      - T: Wrong tender, This receipt is voided.",
        "      - M: Wrong account, This receipt is voided.",
        "      - V: Void, This receipt is voided.",
        "    “One key, or Enter.”",
    ]


def test_a_receipt_is_found_and_voided_by_keys_alone(at_till: Till, morning: Counter) -> None:
    at_till.sign_in("maria")
    at_till.keys("Ctrl+3", "A1-000001", "Enter", "V", "1", "1", "9054", "Enter")
    assert "Give back in cash" in at_till.says()
    assert morning.show("receipt", "A1-000001")["state"] == "voided"
    at_till.keys("Esc")
    assert "This receipt is voided." in at_till.says()


def test_a_refund_by_keys_alone(at_till: Till, morning: Counter) -> None:
    close_d1(morning, 30_000, [])
    at_till.sign_in("lee")
    at_till.keys("Ctrl+4", "A1-000001", "Enter", "R")
    assert "Check from finance, $100.00" in at_till.says()
    at_till.keys("2", "1", "1", "6318", "Enter")
    assert "Finance sends a check" in at_till.says()
    assert morning.show("receipt", "A1-000001")["state"] == "refunded"


def test_a_cashier_sees_neither_amounts_nor_sums(at_till: Till, morning: Counter) -> None:
    at_till.sign_in("maria")
    at_till.keys("Ctrl+3")
    said = at_till.says()
    assert "Amount –" in said
    assert "Amount $" not in said
    assert "Nov 23, 2026 $" not in said


def test_a_list_is_walked_past_its_first_page(at_till: Till, counter: Counter) -> None:
    open_d1(counter)
    for _ in range(60):
        pay(counter, [water(WATER, 100)], [cash(100)])
    at_till.sign_in("lee")
    at_till.keys("Ctrl+4", *["Down"] * 70)
    assert "“Receipt A1-000001”" in at_till.says()
    at_till.keys("Up")
    assert "“Receipt A1-000002”" in at_till.says()


def test_a_balance_goes_to_the_counter_and_is_paid(at_till: Till, counter: Counter) -> None:
    open_d1(counter)
    at_till.sign_in("maria")
    at_till.keys("Ctrl+4", "rosa bell", "Enter")
    assert "Rosa Bell · 1 Elm Street" in at_till.says()
    at_till.keys("Enter")
    assert at_till.says().startswith("Counter")
    assert "Total: $120.00" in at_till.says()
    at_till.keys("Enter", "F8", ".", "F9")
    assert "A1-000001" in at_till.says()
    at_till.keys("Ctrl+4")
    assert "A1-000001, $120.00" in at_till.says()
    at_till.keys("H")
    assert "Paid by or for “Rosa Bell”" in at_till.says()
    assert "> When 9:00 AM | Number A1-000001" in at_till.says()


def test_somebody_new_is_registered_and_found(at_till: Till) -> None:
    at_till.sign_in("maria")
    at_till.keys("Ctrl+4", "+", "Nora Lind", "Enter", "Enter", "555-0133", "Enter", "Enter", "1")
    said = at_till.says()
    assert "Nora Lind is customer A1-C000041." in said
    assert "“555-0133”" in said


def test_the_auditor_reads_both_and_changes_nothing(at_till: Till, morning: Counter) -> None:
    at_till.sign_in("ruth")
    before = morning.traces()
    at_till.keys("Ctrl+2")
    assert "Receipt A1-000002" in at_till.says()
    assert "What can be taken" not in at_till.says()
    at_till.keys("V", "Enter", "Esc", "Ctrl+3", "rosa", "Enter", "Enter", "+")
    assert "may not take money" in at_till.says()
    assert morning.traces() == before


@pytest.mark.parametrize("zoom", [100, 175])
def test_nothing_is_cut(
    at_till: Till,
    morning: Counter,
    look: Look,
    qapp: QApplication,
    clipped: Callable[[QWidget], list[str]],
    zoom: int,
) -> None:
    look.wear(Theme(LIGHT, zoom))
    close_d1(morning, 30_000, [])
    at_till.sign_in("lee")
    for keys in (
        ("Ctrl+4",),
        ("A1-000001", "Enter", "R"),
        ("2",),
        ("Esc", "Esc", "zzzz", "Enter"),
        ("Ctrl+5",),
        (ARREARS, "Enter"),
        ("+",),
    ):
        at_till.keys(*keys)
        for spoken_here in (language("es"), LONGER, language("en")):
            at_till.running.worn.speak(spoken_here)
            for _ in range(LAYOUT_ROUNDS):
                qapp.processEvents()
            assert clipped(at_till.running.window) == [], (keys, spoken_here.code)
