"""The supervisor's desk: what is in the bag, a check held back, the slip, the courier."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from tests.fakes.counter import Counter, cash, check, close_d1, open_d1, pay, verified, water
from tests.fakes.window import Till, till
from ui.look import Look


@pytest.fixture
def ana(counter: Counter, look: Look, qapp: QApplication) -> Iterator[Till]:
    """Ana at her desk with one verified drawer: $20.00 of cash and a check of $100.00."""
    session = open_d1(counter)
    pay(counter, [water("90000001")], [check(10_000), cash(2_000)])
    close_d1(counter, 22_000, [10_000])
    verified(counter, session, 22_000, [10_000])
    with till(counter.station, look, qapp) as made:
        made.sign_in("ana")
        made.keys("Ctrl+2")
        yield made


def test_the_bag_reads_before_it_is_closed(ana: Till) -> None:
    assert ana.says() == BAG
    ana.keys("F9")
    assert ana.says().startswith("Deposits\n  “Scan or type the serial of the bag.”")


def test_a_drawer_is_taken_out_of_the_bag_and_put_in_again(ana: Till) -> None:
    ana.keys("B-77")
    ana.tab_to("Verified drawers")
    ana.keys("Enter")
    assert "No verified drawer is in the bag." in ana.says()
    ana.keys("Enter")
    assert "button Make up the deposit [F9]\n" in ana.says()


def test_a_check_is_held_with_its_reason(ana: Till, counter: Counter) -> None:
    ana.tab_to("Checks")
    ana.keys("Enter", "Not signed", "Enter")
    assert "held: Not signed" in ana.says()
    page = ana.says()
    assert "Total: $20.00" in page
    ana.tab_to("Checks")
    ana.keys("Enter")
    assert "Total: $120.00" in ana.says()


def test_the_slip_is_shown_before_the_courier_signs_and_once_sent_not_again(ana: Till, counter: Counter) -> None:
    ana.keys("B-77", "F9")
    ana.wait_for("1 page(s): Slip of deposit A1-D000001")
    ana.keys("F9")
    assert "Say who takes the bag." in ana.says()
    ana.keys("Carl", "F9")
    assert counter.show("deposit", "A1-D000001", by="ana")["state"] == "sent"
    assert "> Deposit A1-D000001, $120.00" in ana.says()
    ana.tab_to("Deposits made")
    ana.keys("Enter")
    ana.wait_for("1 page(s)")
    assert "button Hand it to the courier [F9] (off: It is sent.)" in ana.says()
    ana.keys("Esc")
    assert "“Into the bag”" in ana.says()


BAG = """\
Deposits
  “Verified drawers”
  list Verified drawers
    > Drawer D1, Maria Santos · Nov 23, 2026 · even, in the bag
  “Checks”
  list Checks
    > Check 1042, $100.00, Receipt A1-000001
  “Why the marked check is held”
  field Why the marked check is held: …
  “Deposits made”
  list Deposits made
  “Into the bag”
  list Pieces
    > $20, $20.00, 1 piece
  “Cash”
  Cash: $20.00
  “Checks”
  Checks: $100.00
  “Total”
  Total: $120.00
  “Bag number”
  field Bag number: …
  “To the bank account OPERATING”
  button Make up the deposit [F9] (off: Scan or type the serial of the bag.)
"""
