"""The register of receipts: found by anything a customer says, blind for who must count, and put right from there."""

from datetime import datetime

import pytest

from counter_app.domain.clock import SetClock
from counter_app.screens.desks import desks_of
from counter_app.screens.paged_desk import TableRow
from counter_app.screens.register import Register
from counter_app.screens.views import Approval, Change, ItemView
from tests.fakes.counter import ARREARS, WATER, Counter, card, cash, check, close_d1, open_d1, pay, verified, water
from tests.screens.conftest import person

TUESDAY = datetime.fromisoformat("2026-11-24T09:00:00-08:00")


def register(counter: Counter, who: str) -> Register:
    return Register(counter.station, person(counter, who))


def rows(desk: Register) -> list[TableRow]:
    return list(desk.rows_after(None))


def facts(desk: Register) -> dict[str, str]:
    context = desk.paged.context
    assert isinstance(context, ItemView), context
    return {str(name): str(value) for name, value in context.facts}


def acts(desk: Register) -> dict[str, str]:
    context = desk.paged.context
    assert isinstance(context, ItemView), context
    return {row.key: row.note for row in context.rows}


@pytest.fixture
def morning(counter: Counter) -> Counter:
    """Three receipts in D1, the second of them void."""
    open_d1(counter)
    pay(counter, [water(WATER, 10_000)], [cash(10_000)])
    pay(counter, [water(ARREARS, 5_000)], [check(5_000)])
    pay(counter, [water(WATER, 2_000)], [cash(4_000)])
    counter.do("void_receipt", "maria", approver="lee", number="A1-000002", reason="Wrong account")
    return counter


def test_the_newest_comes_first_and_is_shown_whole(morning: Counter) -> None:
    desk = register(morning, "ana")
    assert [row.cells[1] for row in rows(desk)] == ["A1-V000001", "A1-000003", "A1-000002", "A1-000001"]
    desk.mark(1)
    shown = facts(desk)
    assert shown["For"] == "Utility bill payment · $20.00 · 90000001 · W-2611 in full"
    assert (shown["Cash"], shown["Change"], shown["Total"]) == ("$40.00", "$20.00", "$20.00")
    assert shown["Lies in"] == "drawer D1, open"
    assert shown["Paper"].startswith("waiting for the printer")
    assert shown["Journal"].startswith("entry ")


def test_a_voided_receipt_tells_its_whole_chain(morning: Counter) -> None:
    desk = register(morning, "ana")
    desk.press("search", "A1-000002")
    assert desk.paged.title == "Number A1-000002"
    assert facts(desk)["Voided"] == "A1-V000001; 9:00 AM, Maria Santos; Lee Park approved; Wrong account"
    assert set(acts(desk).values()) == {"", "This receipt is voided."}


@pytest.mark.parametrize(
    ("typed", "title", "found"),
    [
        ("void", "Only voids", 1),
        ("anulaciones", "Only voids", 1),
        ("$50", "Receipts of $50.00", 1),
        ("20.00", "Receipts of $20.00", 1),
        ("112326", "On Nov 23, 2026", 4),
        ("today", "On Nov 23, 2026", 4),
        ("hoy", "On Nov 23, 2026", 4),
        ("d1", "Drawer D1", 4),
        ("maria", "By Maria Santos", 4),
        ("Rosa Bell", "Paid by or for “Rosa Bell”", 2),
        (WATER, f"Paid by or for “{WATER}”", 2),
        ("#003", "Number A1-000003", 1),
    ],
)
def test_the_box_takes_what_a_customer_says(morning: Counter, typed: str, title: str, found: int) -> None:
    desk = register(morning, "ana")
    desk.press("search", typed)
    assert (desk.paged.title, len(rows(desk))) == (title, found)
    desk.press("leave")
    assert desk.paged.title == "Newest first"


def test_what_nothing_is_called_is_said_beside_the_box_and_kept(morning: Counter) -> None:
    desk = register(morning, "ana")
    desk.press("search", "zzzz")
    assert desk.paged.message.words.startswith("Nothing found for “zzzz”.")
    assert desk.paged.box == "zzzz"


def test_a_number_without_the_letters_of_its_window_is_found(morning: Counter) -> None:
    desk = register(morning, "maria")
    desk.press("search", "1-000001")
    assert desk.paged.title == "Number A1-000001"
    assert [row.cells[1] for row in rows(desk)] == ["A1-000001"]
    desk.press("search", "2-000001")
    assert desk.paged.message.words.startswith("Nothing found")


def test_a_day_without_receipts_says_so(morning: Counter) -> None:
    desk = register(morning, "ana")
    desk.press("search", "112226")
    assert rows(desk) == []
    assert "Esc shows everything again" in str(desk.paged.context)


def test_a_cashier_learns_no_amount_of_an_open_drawer_but_serves_the_customer(morning: Counter) -> None:
    desk = register(morning, "maria")
    assert {row.cells[3] for row in rows(desk)} == {"–"}
    assert desk.paged.foot == (("Amounts of a drawer that is not verified are not listed.", ""),)
    desk.mark(1)
    assert facts(desk)["Total"] == "$20.00"
    desk.press("search", "drops")
    assert desk.paged.message.words == "What a drawer should hold is not shown here; ask the lead."


def test_the_day_by_tender_stands_below_for_who_sees_money(morning: Counter) -> None:
    assert dict(register(morning, "ruth").paged.foot) == {"Nov 23, 2026": "$120.00", "Cash": "$120.00"}


def test_a_lead_who_still_has_to_count_gets_no_sums_either(morning: Counter) -> None:
    morning.do("open_drawer", "lee", drawer="D2", count={"2000": 10})
    [(_, words)] = register(morning, "lee").paged.foot
    assert words == "sums come when your own drawer is verified"


def test_amounts_come_with_the_verified_drawer(morning: Counter) -> None:
    verified(morning, close_d1(morning, 32_000, []), 32_000)
    assert rows(register(morning, "maria"))[1].cells[3] == "$20.00"


def test_an_auditor_reads_and_does_nothing(morning: Counter) -> None:
    desk = register(morning, "ruth")
    assert acts(desk) == {}
    assert "register" in [one.name for one in desks_of(desk.person)]


def test_a_void_goes_the_same_way_as_at_the_counter(morning: Counter) -> None:
    desk = register(morning, "maria")
    desk.press("search", "A1-000003")
    assert desk.letter("V")
    assert isinstance(desk.paged.context, Approval)
    desk.approve("1", "lee", "9054")
    done = desk.paged.context
    assert isinstance(done, Change)
    assert (done.amount, done.title) == ("$20.00", "Give back in cash")
    desk.press("leave")
    assert rows(desk)[0].cells[2].startswith("Receipt voided")


def test_a_void_is_asked_for_when_nobody_is_there(morning: Counter) -> None:
    desk = register(morning, "maria")
    desk.press("search", "A1-000003")
    desk.letter("V")
    desk.ask_alone("2")
    assert "is asked for" in desk.paged.message.words
    assert set(acts(desk).values()) == {"", "A void is asked for."}


def refunding(counter: Counter, tender: object) -> Register:
    """Ana in front of a receipt of a counted drawer."""
    open_d1(counter)
    pay(counter, [water(WATER, 2_000)], [tender])  # type: ignore[list-item]
    cents = 2_000 if tender == cash(2_000) else 0
    close_d1(counter, 20_000 + cents, [] if cents or tender == card(2_000) else [2_000])
    desk = register(counter, "lee")
    desk.press("search", "A1-000001")
    assert desk.letter("R")
    return desk


def ways(desk: Register) -> dict[str, str]:
    context = desk.paged.context
    assert isinstance(context, ItemView)
    assert context.title == "How does the money go back?"
    return {row.title: row.note or row.amount for row in context.rows}


def test_a_refund_says_which_ways_are_open(counter: Counter) -> None:
    assert ways(refunding(counter, cash(2_000))) == {
        "Cash from the drawer": "Cash comes out of your own open drawer; you have none.",
        "Check from finance": "$20.00",
        "Back to the card": "Only what was paid by card goes back to the card.",
        "Credit on the account": "$20.00",
    }


def test_a_closed_way_is_refused_in_the_same_words(counter: Counter) -> None:
    desk = refunding(counter, cash(2_000))
    desk.letter("3")
    assert desk.paged.message.words == "Only what was paid by card goes back to the card."


def test_a_check_waits_until_it_is_surely_paid(counter: Counter) -> None:
    assert "may still come back" in ways(refunding(counter, check(2_000)))["Check from finance"]


def test_a_refund_request_takes_a_reason_and_a_second_person(counter: Counter) -> None:
    desk = refunding(counter, cash(2_000))
    desk.letter("2")
    strip = desk.paged.context
    assert isinstance(strip, Approval)
    assert (strip.what, strip.amount) == ("Refund receipt A1-000001: Check from finance", "$20.00")
    assert strip.reasons[0] == "Paid twice"
    assert strip.people == ("Ana Delgado",)
    desk.approve("1", "1", "6318")
    done = desk.paged.context
    assert isinstance(done, Change), desk.paged
    assert (done.amount, done.title) == ("$20.00", "Finance sends a check")
    assert "A1-R000001" in done.oops
    desk.press("leave")
    assert facts(desk)["Refunded"].startswith("A1-R000001")
    assert counter.show("receipt", "A1-000001")["state"] == "refunded"


def test_cash_goes_back_out_of_the_own_drawer(counter: Counter) -> None:
    open_d1(counter)
    pay(counter, [water(WATER, 2_000)], [cash(2_000)])
    close_d1(counter, 22_000, [])
    counter.do("open_drawer", "ben", drawer="D2", count={"2000": 10})
    desk = register(counter, "ben")
    desk.press("search", "A1-000001")
    desk.letter("R")
    desk.letter("1")
    desk.approve("1", "ana", "6318")
    done = desk.paged.context
    assert isinstance(done, Change), desk.paged
    assert (done.amount, done.title, done.pieces[0].title) == ("$20.00", "Give back in cash", "$20")


def test_of_several_lines_one_may_go_back(counter: Counter) -> None:
    open_d1(counter)
    pay(counter, [water(WATER, 2_000), water(ARREARS, 1_000)], [cash(3_000)])
    close_d1(counter, 23_000, [])
    desk = register(counter, "lee")
    desk.press("search", "A1-000001")
    desk.letter("R")
    assert "What is refunded?" in str(desk.paged.context)
    desk.letter("2")
    assert ways(desk)["Check from finance"] == "$10.00"


def test_an_open_drawer_offers_the_void_and_a_counted_one_the_refund(morning: Counter) -> None:
    desk = register(morning, "lee")
    desk.press("search", "A1-000003")
    assert list(acts(desk)) == ["C", "T", "M", "V"]
    close_d1(morning, 32_000, [])
    desk.look_again()
    assert list(acts(desk)) == ["C", "T", "M", "R", "V"]
    assert acts(desk)["V"] == "Drawer D1 is counted already: refund it."


def test_an_earlier_day_shows_its_date(morning: Counter) -> None:
    close_d1(morning, 32_000, [])
    morning.station.set_clock(SetClock(TUESDAY))
    desk = register(morning, "ana")
    assert rows(desk)[1].cells[0] == "Nov 23, 2026"
    desk.press("search", "yesterday")
    assert len(rows(desk)) == 4


def test_many_receipts_come_a_page_at_a_time(counter: Counter) -> None:
    open_d1(counter)
    for _ in range(55):
        pay(counter, [water(WATER, 100)], [cash(100)])
    desk = register(counter, "ana")
    assert len(desk.rows()) == 50
    for place in range(1, 55):
        desk.mark(place)
    assert facts(desk)["Journal"]
    assert desk.paged.marked == 54
    assert len(desk.rows()) == 55


def test_moving_a_payment_is_approved_from_the_register(morning: Counter) -> None:
    desk = register(morning, "lee")
    desk.press("search", "A1-000003")
    desk.letter("M")
    desk.press("search", ARREARS)
    assert isinstance(desk.paged.context, Approval), desk.paged
    desk.approve("", "ana", "6318")
    assert desk.paged.message.words == "Line 1 of receipt A1-000003 is on account 90000002 now."
    assert "Payment moved" in facts(desk)
