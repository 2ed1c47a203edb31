"""Opening and closing a drawer, the board of drawers, and the lead's figures: page by page, by key."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from tests.fakes.counter import Counter, cash, check, close_d1, open_d1, pay, water
from tests.fakes.window import Till, till
from ui.look import Look


@pytest.fixture
def window(counter: Counter, look: Look, qapp: QApplication) -> Iterator[Till]:
    """The window, over a counter that a test plays on before it looks."""
    with till(counter.station, look, qapp) as made:
        yield made


def test_another_drawer_is_taken_by_its_arrow(window: Till, counter: Counter) -> None:
    window.sign_in("maria")
    window.keys("Ctrl+2", "Down", "Enter")
    window.keys.count(n20=10)
    assert "Drawer D2 is open with $200.00." in window.says()
    assert counter.show("drawer", "D2")["cashier"] == "maria"
    assert "status Drawer: D2 open (good)" in window.status()


def test_a_drawer_that_is_taken_is_refused_beside_its_count(window: Till, counter: Counter) -> None:
    counter.do("open_drawer", "ben", drawer="D1", count={"2000": 10})
    window.sign_in("maria")
    window.keys("Ctrl+2", "Up", "Enter")
    window.keys.count(n20=10)
    assert "Open a drawer" in window.says()
    assert "Ben Carter" in window.says()


def test_a_count_that_makes_no_sense_goes_nowhere(window: Till) -> None:
    window.sign_in("maria")
    window.keys("Ctrl+2", "Enter", "12x", "Enter")
    assert "is no count." in window.says()


def test_a_count_under_way_is_kept_while_another_desk_is_looked_at(window: Till, counter: Counter) -> None:
    open_d1(counter)
    window.sign_in("maria")
    window.keys("Ctrl+2", "3", "Enter", "Ctrl+1", "Ctrl+2")
    assert "field $100, pieces: 3" in window.says()


def test_a_check_typed_wrongly_is_taken_out(window: Till, counter: Counter) -> None:
    open_d1(counter)
    window.sign_in("maria")
    window.keys("Ctrl+2")
    window.keys.count(n20=10)
    window.keys("50", "Enter", "70", "Enter", "Delete")
    assert window.says() == CHECKS
    window.keys("x", "Enter")
    assert "is not an amount" in window.says()
    window.keys("Ctrl+A", "Delete", "Esc")
    assert "field $20, pieces: 10" in window.says()


def test_the_lead_sees_figures_only_after_the_lock_and_says_what_explains_them(window: Till, counter: Counter) -> None:
    session = _one_closed_drawer(counter)
    window.sign_in("lee")
    window.keys("Ctrl+3")
    assert "> Drawer D1, Maria Santos" in window.says()
    window.keys("Enter")
    window.keys.count(n20=10, n10=1, n5=1)
    assert "Expected" not in window.says()
    window.keys("100", "Enter", "Enter", "Enter", "Enter")
    assert window.says() == FIGURES
    window.keys("F9")
    assert "write what explains it" in window.says()
    window.keys("A five too much in change", "F9")
    assert "Drawer D1 is verified, short $5.00." in window.says()
    assert counter.rows("SELECT explanation IS NOT NULL FROM session_step WHERE session = ?", session)[-1] == (1,)


def test_checks_that_differ_are_warned_of_beside_the_cash(window: Till, counter: Counter) -> None:
    _one_closed_drawer(counter)
    window.sign_in("lee")
    window.keys("Ctrl+3", "Enter")
    window.keys.count(n20=11)
    window.keys("50", "Enter", "Enter", "Enter", "Enter")
    words = window.says()
    assert "Cash even: $0.00" in words
    assert "“Checks differ by −$50.00: find the slip or recount.”" in words


def test_a_drawer_goes_back_for_a_recount_and_its_cashier_counts_again(window: Till, counter: Counter) -> None:
    _one_closed_drawer(counter)
    window.sign_in("lee")
    window.keys("Ctrl+3", "Enter")
    window.keys.count(n20=10)
    window.keys("100", "Enter", "Enter", "Enter", "Enter", "F5")
    assert "goes back to Maria Santos for a recount." in window.says()
    window.change_person("maria")
    assert "status Drawer: D1 to count again (warn)" in window.status()
    window.keys("Ctrl+2")
    assert "Count drawer D1 again" in window.says()


def _one_closed_drawer(counter: Counter) -> str:
    """D1 with $120.00 taken: a check of $100.00 and cash of $20.00, counted $5.00 short."""
    session = open_d1(counter)
    pay(counter, [water("90000001")], [check(10_000), cash(2_000)])
    close_d1(counter, 21_500, [10_000])
    return session


CHECKS = """\
Close a drawer
  Count
    “Count drawer D1, Nov 23, 2026”
    “Type each check and money order and Enter; Enter alone goes on.”
    “Check or money order”
    field Check or money order: …
    list Checks counted
      > 1: Check 1, $50.00
    “So far”
    “Cash”
    Cash: $200.00
    “Checks”
    Checks: $50.00
    “Card slips”
    Card slips: —
"""
FIGURES = """\
Drawers
  What the count came to
    “Drawer D1, Maria Santos”
    “Counted”
    “Expected”
    “Difference”
    “Cash”
    “$215.00”
    “$220.00”
    “−$5.00”
    “Checks”
    “$100.00”
    “$100.00”
    “Money orders”
    “$0.00”
    “$0.00”
    “Cards”
    “$0.00”
    “$0.00”
    “Cash short”
    Cash short: $5.00
    “Leave in the drawer: 10 × $20, $200.00”
    “What explains it”
    field What explains it: …
    button Verified [F9]
    button Back for a recount [F5]
    button Endorse the checks [F6]
"""


@pytest.mark.parametrize(("key", "state"), [("y", "voided"), ("n", "taken")])
def test_an_asked_for_void_is_decided_by_one_key_before_the_count(
    window: Till, counter: Counter, key: str, state: str
) -> None:
    open_d1(counter)
    number = pay(counter, [{"fee": "CK-CERT"}], [cash(2500)])["number"]
    counter.do("void_receipt", "maria", number=number, reason="left it behind", asked=True)
    counter.do("close_drawer", "maria", drawer="D1", count={"2000": 10, "500": 5}, checks=[])
    window.sign_in("lee")
    window.keys("Ctrl+3", "Enter")
    assert "Maria Santos asks: left it behind" in window.says()
    window.keys(key)
    assert counter.show("receipt", number)["state"] == state
    window.keys("Enter")
    assert "Count drawer D1" in window.says()
