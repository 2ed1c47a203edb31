"""Customers and accounts: found, shown whole with the oldest balance first, registered, and sent on to be paid."""

import pytest

from counter_app.screens.accounts import Accounts
from counter_app.screens.views import FormView, ItemView
from tests.fakes.counter import ARREARS, CLOSED, IN_CREDIT, WATER, Counter, cash, dog, open_d1, pay, water
from tests.screens.conftest import person


class Led:
    """Where the desk led to."""

    def __init__(self) -> None:
        self.paid: tuple[str, ...] = ()
        self.shown: tuple[str, tuple[str, ...], tuple[str, ...]] = ("", (), ())

    def pay(self, accounts: tuple[str, ...]) -> None:
        self.paid = accounts

    def history(self, name: str, customers: tuple[str, ...], accounts: tuple[str, ...]) -> None:
        self.shown = name, customers, accounts


@pytest.fixture
def led() -> Led:
    return Led()


def accounts(counter: Counter, who: str, led: Led) -> Accounts:
    return Accounts(counter.station, person(counter, who), pay=led.pay, history=led.history)


def item(desk: Accounts) -> ItemView:
    context = desk.paged.context
    assert isinstance(context, ItemView), context
    return context


def test_an_account_shows_its_customer_and_what_is_due_oldest_first(counter: Counter, led: Led) -> None:
    desk = accounts(counter, "maria", led)
    desk.press("search", ARREARS)
    [line] = desk.rows_after(None)
    assert line.cells == ("Omar Haddad · 2 Elm Street", "90000002", "$182.40")
    shown = item(desk)
    assert shown.title == "Omar Haddad"
    assert shown.warnings == ("$182.40 is past due.",)
    assert shown.rows[0].detail == "90000002 · $70.00 due Oct 20, 2026, $112.40 due Nov 20, 2026"
    assert shown.rows[0].note == "Past due since Oct 20, 2026."
    assert dict(shown.facts)["Balances as of"].startswith("Nov ")


def test_credit_and_a_closed_account_are_said(counter: Counter, led: Led) -> None:
    desk = accounts(counter, "maria", led)
    desk.press("search", IN_CREDIT)
    assert item(desk).rows[0].detail.endswith("credit $15.00")
    desk.press("search", CLOSED)
    assert item(desk).rows[0].note == "This account is closed."


def test_licenses_with_their_terms_and_the_latest_payments(counter: Counter, led: Led) -> None:
    open_d1(counter)
    lines = [water(WATER, 2_000), dog(customer="C90000001")]
    total = counter.refuse("take_payment", "maria", lines=lines, tenders=[])
    cents = int(total.split()[0].replace("$", "").replace(".", "").replace(",", ""))
    pay(counter, lines, [cash(cents)])
    desk = accounts(counter, "maria", led)
    desk.press("search", WATER)
    facts = {str(name): str(value) for name, value in item(desk).facts}
    assert facts["Paid Nov 23, 2026"].startswith("A1-000001, $")
    [licence] = [value for name, value in facts.items() if name.startswith("License ")]
    assert "until " in licence


def test_enter_sends_the_balance_to_the_counter(counter: Counter, led: Led) -> None:
    desk = accounts(counter, "maria", led)
    desk.press("search", WATER)
    desk.press("proceed")
    assert led.paid == (WATER,)


def test_who_takes_no_money_is_told_who_does(counter: Counter, led: Led) -> None:
    desk = accounts(counter, "ruth", led)
    desk.press("search", WATER)
    desk.letter("1")
    assert led.paid == ()
    assert desk.paged.message.words == "Ruth Keller is an auditor and may not take money; a cashier or a lead may."


def test_what_was_paid_is_the_registers_to_show(counter: Counter, led: Led) -> None:
    desk = accounts(counter, "fay", led)
    desk.press("search", WATER)
    desk.letter("H")
    assert led.shown == ("Rosa Bell", ("C90000001",), (WATER,))


def test_nothing_found_is_said_and_the_letters_stay(counter: Counter, led: Led) -> None:
    desk = accounts(counter, "maria", led)
    desk.press("search", "nosuchname")
    assert desk.paged.message.words == "Nothing found for “nosuchname”."
    assert desk.paged.box == "nosuchname"


def test_a_new_customer_by_keys_alone(counter: Counter, led: Led) -> None:
    desk = accounts(counter, "maria", led)
    desk.press("next_balance")
    desk.press("proceed")
    assert desk.paged.message.words == "Type it first, or leave it with Esc."
    desk.press("search", "Nora Lind")
    desk.press("search", "5 Oak Street")
    for _ in range(2):
        desk.press("proceed")
    desk.letter("2")
    assert desk.paged.message.words.startswith("Nora Lind is customer A1-C")
    shown = {str(name): str(value) for name, value in item(desk).facts}
    assert (shown["Address"], shown["Language"]) == ("5 Oak Street", "Spanish")
    assert "Phone" not in shown


def test_leaving_the_form_registers_nobody(counter: Counter, led: Led) -> None:
    desk = accounts(counter, "maria", led)
    desk.press("next_balance")
    assert isinstance(desk.paged.context, FormView)
    desk.press("leave")
    assert "registers a new customer" in str(desk.paged.context)


def test_an_auditor_registers_nobody(counter: Counter, led: Led) -> None:
    desk = accounts(counter, "ruth", led)
    assert "registers" not in str(desk.paged.context)
    desk.press("next_balance")
    assert "may not take money" in desk.paged.message.words
