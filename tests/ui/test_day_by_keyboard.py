"""A whole day in the real window by keys alone: opened, paid, licensed, voided, closed blind, verified, deposited."""

from tests.fakes.counter import Counter
from tests.fakes.window import PINS, Till


def test_a_day_by_keyboard_alone(at_till: Till, counter: Counter) -> None:
    at_till.open_d1()
    assert "Drawer D1 is open with $200.00." in at_till.says()
    _pay_water_and_dog(at_till, counter)
    _pay_and_void(at_till, counter)
    _close_blind(at_till, counter)
    _verify(at_till, counter)
    _deposit(at_till, counter)


def _pay_water_and_dog(at_till: Till, counter: Counter) -> None:
    """$120.00 of water and a $9.00 license: a check of $100.00, $40.00 in cash, $11.00 back."""
    at_till.keys("90000001", "Enter", "DL-A1", "Enter", "Rex", "Enter", "Enter", "053127", "F9")
    at_till.keys("Enter", "100", "F6", "1042", "Enter", "40", "F8", "F9")
    shown = at_till.says()
    assert "Change due: $11.00" in shown
    assert "Receipt A1-000001" in shown
    assert "License A1-L000001" in shown
    receipt = counter.show("receipt", "A1-000001")
    assert receipt["total_cents"] == 12_900
    assert [(t["kind"], t["amount_cents"]) for t in receipt["tenders"]] == [("check", 10_000), ("cash", 4_000)]
    assert counter.show("licence", "A1-L000001")["state"] == "active"


def _pay_and_void(at_till: Till, counter: Counter) -> None:
    """A payment in exact cash, and lee approves its void."""
    at_till.keys("90000004", "Enter", "Enter", ".", "F9")
    assert counter.show("receipt", "A1-000002")["state"] == "taken"
    at_till.keys("F11", "V", "1", "1", PINS["lee"], "Enter")
    assert "Receipt A1-000002 is void" in at_till.says()
    assert counter.show("receipt", "A1-000002")["state"] == "voided"


def _close_blind(at_till: Till, counter: Counter) -> None:
    """Float 200.00 and 29.00 of cash: nothing on the way says so."""
    at_till.keys("Ctrl+2")
    assert not {"$229.00", "$29.00", "$100.00"} & set(at_till.says().replace("“", " ").replace("”", " ").split())
    at_till.keys.count(n20=10, n10=2, n5=1, n1=4)
    at_till.keys("100", "Enter", "Enter", "Enter", "Enter")
    assert "Drawer D1 is closed. The lead counts it next." in at_till.says()
    assert counter.show("drawer", "D1")["state"] == "closed"


def _verify(at_till: Till, counter: Counter) -> None:
    at_till.change_person("lee")
    at_till.keys("Ctrl+3", "Enter")
    at_till.keys.count(n20=10, n10=2, n5=1, n1=4)
    at_till.keys("100", "Enter", "Enter", "Enter", "Enter")
    assert "Cash even: $0.00" in at_till.says()
    at_till.keys("F9")
    assert counter.show("drawer", "D1")["state"] == "verified"


def _deposit(at_till: Till, counter: Counter) -> None:
    at_till.change_person("ana")
    at_till.keys("Ctrl+2", "B-77", "F9")
    at_till.wait_for("1 page(s): Slip of deposit A1-D000001")
    deposit = counter.show("deposit", "A1-D000001", by="ana")
    assert (deposit["cash_cents"], deposit["checks_cents"]) == (2_900, 10_000)
    at_till.keys("Carl", "F9")
    assert counter.show("deposit", "A1-D000001", by="ana")["state"] == "sent"
