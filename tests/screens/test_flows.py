"""What the promised flows do to the books; their keys and clicks are counted in the window (tests/ui/test_journeys)."""

from counter_app.screens.views import Change
from tests.fakes.counter import ARREARS, IN_CREDIT, WATER, Counter, heap
from tests.screens.hands import Hands


def paid(hands: Hands, counter: Counter) -> Change:
    """The payment was taken."""
    assert counter.show("receipt", "A1-000001")["state"] == "taken"
    return hands.change


def test_scan_bill_exact_cash(hands: Hands, counter: Counter) -> None:
    hands.scan(WATER)
    hands("Enter . F9")
    change = paid(hands, counter)
    assert (change.title, change.amount, change.receipt) == ("Paid, no change", "$0.00", "Receipt A1-000001")


def test_scan_hundred_and_fifty_finish(hands: Hands, counter: Counter) -> None:
    hands.scan(WATER)
    hands("150 F8 F9")
    assert paid(hands, counter).amount == "$30.00"


def test_eight_digit_account_exact_cash(hands: Hands, counter: Counter) -> None:
    hands("90000001 Enter Enter . F9")
    paid(hands, counter)


def test_three_bills_one_check_with_a_four_digit_number(hands: Hands, counter: Counter) -> None:
    for bill in (WATER, ARREARS, IN_CREDIT):
        hands.scan(bill)
    hands("F6 Enter 1042 F9")
    paid(hands, counter)
    [tender] = counter.show("receipt", "A1-000001")["tenders"]
    assert (tender["kind"], tender["amount_cents"], tender["reference"]) == ("check", 34_740, "1042")


def test_split_fifty_cash_and_a_check(hands: Hands, counter: Counter) -> None:
    hands.scan(WATER)
    hands("50 F8 F6 Enter 1042 F9")
    paid(hands, counter)
    tenders = counter.show("receipt", "A1-000001")["tenders"]
    assert [(t["kind"], t["amount_cents"]) for t in tenders] == [("cash", 5_000), ("check", 7_000)]


def test_fifty_on_a_larger_bill_sixty_cash(hands: Hands, counter: Counter) -> None:
    hands.scan(WATER)
    hands("50/ 60 F8 F9")
    assert paid(hands, counter).amount == "$10.00"
    assert counter.show("account", WATER)["balance_cents"] == 7_000


def test_wrong_tender_put_right(hands: Hands, counter: Counter) -> None:
    hands.scan(WATER)
    hands(". F9")
    hands("F11 T F6 1042 Enter")
    assert hands.message == "$120.00 of receipt A1-000001 is now: Check."
    [tender] = counter.show("receipt", "A1-000001")["tenders"]
    assert (tender["kind"], tender["reference"]) == ("check", "1042")


def test_no_sale_with_reason(hands: Hands, counter: Counter) -> None:
    hands("Ctrl+O 1")
    assert hands.message == "The drawer is open. Reason: Make change."
    assert counter.bodies()[-1].kind == "NoSale"


def test_approval_reason_who_pin(hands: Hands, counter: Counter) -> None:
    hands.scan(WATER)
    hands(". F9 F11 V")
    assert hands.strip.people == ("Lee Park", "Ana Delgado")
    hands.approve("1", "1", "9054")
    assert (hands.change.title, hands.change.amount) == ("Give back in cash", "$120.00")
    assert counter.show("receipt", "A1-000001")["state"] == "voided"


def test_nobody_approves_an_own_void(hands: Hands, counter: Counter) -> None:
    hands.scan(WATER)
    hands(". F9 F11 V")
    hands.approve("1", "maria", "4171")
    assert "second person" in hands.strip.complaint
    assert hands.message == ""
    assert counter.show("receipt", "A1-000001")["state"] == "taken"


def test_a_drop_is_received_by_the_lead(hands: Hands, counter: Counter) -> None:
    hands.scan(WATER)
    hands("120 F8 F9 Ctrl+D")
    hands.screen.counted(heap(10_000), "BAG-7")
    hands.approve("", "1", "9054")
    assert hands.message == "Drop A1-S000001-1 of $100.00 is in the safe."
