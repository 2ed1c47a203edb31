"""The counter in a cashier's words: keys in, the ticket and the right half out."""

from pathlib import Path

import pytest

from counter_app.screens.counter import Counter as CounterScreen
from counter_app.screens.tenders import quick_cash
from counter_app.screens.views import FormView, ItemView, QuietView, ResultsView, Sound
from tests.fakes.counter import ARREARS, CLOSED, IN_CREDIT, PAID_UP, WATER, Counter, open_d1
from tests.screens.conftest import person
from tests.screens.hands import Hands
from tests.screens.told import lines_of


def test_a_scanned_bill_is_a_line_that_pays_the_balance(hands: Hands) -> None:
    view = hands.scan(WATER)
    [row] = view.ticket.lines
    assert (row.title, row.amount) == ("Utility bill payment", "$120.00")
    assert row.detail == "90000001 · Rosa Bell · pays: W-2611 in full"
    assert (view.ticket.total, view.ticket.payer, view.sound) == ("$120.00", "Rosa Bell", Sound.GOOD)


def test_part_of_the_balance_says_what_it_pays(hands: Hands) -> None:
    hands.scan(ARREARS)
    hands("82.40/")
    assert hands.view.ticket.lines[0].detail.endswith("pays: W-2610 in full, $12.40 of W-2611")


def test_a_bill_scanned_twice_is_one_line(hands: Hands) -> None:
    hands.scan(WATER)
    view = hands.scan(WATER)
    assert view.message.words == "Account 90000001 is on the ticket already."
    assert len(view.ticket.lines) == 1


def test_what_is_not_found_is_said_and_heard(hands: Hands) -> None:
    view = hands.scan("zzz999")
    assert (view.message.words, view.sound) == ("Nothing found for “zzz999”.", Sound.UNKNOWN)


def test_a_card_number_does_not_stay_on_the_screen(hands: Hands) -> None:
    hands("4242424242424242 Enter")
    assert "card number" in hands.message
    assert hands.view.box == ""


def test_a_name_is_found_as_it_is_typed_and_enter_takes_it(hands: Hands) -> None:
    hands("haddad")
    assert hands.rows == ["Omar Haddad"]
    hands("Enter")
    assert hands.view.ticket.payer == "Omar Haddad"


def test_a_fee_is_found_by_its_spanish_name_too(hands: Hands) -> None:
    hands("fotocopia")
    assert hands.rows == ["Photocopy"]
    assert isinstance(hands.view.context, ResultsView)
    assert hands.view.context.title == "1 found for “fotocopia”"


def test_an_account_that_owes_nothing_asks_an_amount(hands: Hands) -> None:
    hands.scan(PAID_UP)
    assert isinstance(hands.view.context, ItemView)
    assert hands.view.context.warnings == ("Vera Lund, account 90000003, owes nothing; type an amount to pay ahead.",)
    hands("25/")
    assert hands.lines == [("Utility bill payment", "$25.00")]
    assert hands.view.ticket.lines[0].detail.endswith("pays: $25.00 as credit")


def test_a_closed_account_is_warned_of(hands: Hands) -> None:
    assert hands.scan(CLOSED).ticket.lines[0].note == "The account is closed."


def test_a_fixed_price_is_never_changed(hands: Hands) -> None:
    hands("CK-COPY Enter 5*")
    [(_, amount)] = hands.lines
    hands("9/")
    assert "a price is never changed here" in hands.message
    assert hands.lines[0][1] == amount
    assert hands.view.box == "9"


def test_digits_and_enter_search_even_while_tendering(hands: Hands) -> None:
    hands.scan(WATER)
    hands("50 F8 90000002 Enter")
    assert len(hands.lines) == 2
    assert hands.tender.due == "$252.40"


@pytest.mark.parametrize("typed", ["100", "83.17", "$20", "1,000", "12345"])
def test_an_amount_and_enter_is_no_search_while_tendering(hands: Hands, typed: str) -> None:
    hands.scan(WATER)
    hands(f"Enter {typed} Enter Enter")
    assert hands.message == f"Is {typed} money? F8 takes it as cash, F6 as a check, F7 as a card."
    assert (hands.view.box, len(hands.lines)) == (typed, 1)
    hands("F8")
    assert hands.view.ticket.subtotals[0][0] == "Handed over"


def test_an_amount_and_enter_after_all_is_paid_says_how_it_ends(hands: Hands) -> None:
    hands.scan(WATER)
    hands("120 F8 50 Enter")
    assert hands.message == "Nothing is due any more; F9 finishes."


def test_short_codes_are_scanned_and_words_are_searched_while_tendering(hands: Hands) -> None:
    hands.scan(WATER)
    hands("Enter CK-CERT Enter")
    assert len(hands.lines) == 2
    hands.scan("12345")
    assert hands.message == "Nothing found for “12345”."


def test_the_question_for_a_number_can_be_left(hands: Hands) -> None:
    hands.scan(WATER)
    hands("60 F6 Esc")
    assert hands.view.asks == ""
    assert hands.message == "The check has no number yet. Enter asks for it again, Ctrl+Z takes the check back."
    hands("Esc")
    assert (hands.view.asks, hands.tender.tenders[0].amount) == ("", "$60.00")
    hands("1042 Enter")
    assert (hands.message, hands.view.box) == ("Is 1042 its number? Enter takes it.", "1042")
    hands("Enter")
    assert hands.tender.tenders[0].title == "Check 1042"


def test_a_question_that_was_left_is_asked_again_by_enter(hands: Hands) -> None:
    hands.scan(WATER)
    hands("60 F6 Esc Enter")
    assert "number of the check" in hands.view.asks
    hands("Esc Ctrl+Z")
    assert hands.view.ticket.subtotals == ()


def test_a_number_that_was_taken_by_f9_is_not_told_as_refused(hands: Hands) -> None:
    hands.scan(WATER)
    hands("60 F6 60 F8")
    assert "comes first" in hands.message
    hands.screen.press("finish", "1042")
    assert (hands.message, hands.view.box) == ("$60.00 is still due.", "")
    assert hands.tender.tenders[0].title == "Check 1042"


def test_a_scan_while_tendering_keeps_the_tenders(hands: Hands) -> None:
    hands.scan(WATER)
    hands("120 F6")
    hands.scan(IN_CREDIT)
    assert hands.tender.tenders[0].amount == "$120.00"
    assert hands.tender.due == "$45.00"
    assert "number of the check" in hands.tender.hint


def test_f9_never_fills(hands: Hands) -> None:
    hands.scan(WATER)
    hands("100 F8 F9")
    assert hands.message == "$20.00 is still due."
    hands("20 F9")
    assert "is not taken yet" in hands.message
    assert hands.view.box == "20"


def test_cash_alone_waits_for_an_amount(hands: Hands) -> None:
    hands.scan(WATER)
    hands("F8 Enter")
    assert hands.message == "Type what was handed over, or choose a quick amount."
    hands.screen.quick(hands.tender.quick[6].cents)
    assert (hands.tender.due_name, hands.tender.due) == ("Change", "$80.00")


def test_quick_cash_stands_in_fixed_places(hands: Hands) -> None:
    hands.scan(WATER)
    hands("84.12/ Enter")
    assert [choice.words for choice in hands.tender.quick] == ["Exact", "", "$85", "$90", "", "", "$100"]
    hands(".")
    assert hands.tender.quick == ()
    assert [choice.words for choice in quick_cash(900)] == ["Exact", "", "", "$10", "$20", "$50", "$100"]
    assert [choice.words for choice in quick_cash(10_000)] == ["Exact", "", "", "", "", "", ""]


def test_a_check_without_a_number_is_not_finished(hands: Hands) -> None:
    hands.scan(WATER)
    hands("F6 Enter F9")
    assert hands.message == "Type the number of the check first."
    hands("1042 Enter F9")
    assert hands.change.receipt == "Receipt A1-000001"


def test_a_number_is_not_taken_as_money(hands: Hands) -> None:
    hands.scan(WATER)
    hands("60 F6 1042 F8")
    assert hands.message == (
        "The number of the check comes first: type it and press Enter, then type this amount again."
    )
    assert len(hands.tender.tenders) == 1


def test_a_card_is_never_over(hands: Hands) -> None:
    hands.scan(WATER)
    hands("130 F7")
    assert "never charged more than what is due" in hands.message


def test_a_card_keeps_its_slip(hands: Hands, counter: Counter) -> None:
    hands.scan(WATER)
    hands("F7 Enter")
    hands.say("4242 061552")
    hands("F9")
    [tender] = counter.show("receipt", "A1-000001")["tenders"]
    assert (tender["kind"], tender["reference"]) == ("card", "4242")


def test_a_large_overpayment_by_check_needs_the_lead(hands: Hands, counter: Counter) -> None:
    hands.scan(WATER)
    hands("200 F6 1042 F9")
    assert (hands.strip.amount, hands.strip.who_may) == ("$80.00", "a lead or a supervisor")
    hands.approve("", "lee", "9999")
    assert hands.strip.complaint == "That name and PIN do not belong together."
    hands.approve("", "lee", "9054")
    assert hands.strip.complaint == "Wait 1 second, then type the PIN again."
    counter.wait(1)
    hands.approve("", "lee", "9054")
    assert (hands.change.title, hands.change.amount) == ("Kept as credit", "$80.00")
    assert counter.show("account", WATER)["balance_cents"] == -8_000


def test_minus_removes_the_marked_line_and_undo_brings_it_back(hands: Hands) -> None:
    hands.scan(WATER)
    hands.scan(ARREARS)
    hands.screen.step(-1)
    hands("-")
    assert [row.detail[:8] for row in hands.view.ticket.lines] == [ARREARS]
    hands("Ctrl+Z")
    assert len(hands.lines) == 2
    assert hands.message == "Undone: Utility bill payment, $120.00, is back."


def test_undo_takes_a_tender_back(hands: Hands) -> None:
    hands.scan(WATER)
    hands("50 F8 Ctrl+Z")
    assert hands.view.ticket.subtotals == ()
    assert hands.message == "Undone: Cash, $50.00, is not taken."


def test_undo_says_what_became_of_a_line(hands: Hands) -> None:
    hands.scan(WATER)
    hands("50 / Ctrl+Z")
    assert hands.message == "Undone: Utility bill payment is $120.00 again."
    hands("Ctrl+Z")
    assert hands.message == "Undone: Utility bill payment, $120.00, is off the ticket."
    hands("Ctrl+Z")
    assert hands.message == "There is nothing to undo on this ticket."


def test_undo_says_who_pays(hands: Hands) -> None:
    hands.scan(WATER)
    hands("F3")
    hands.say("Pat Doe")
    hands("Enter Ctrl+Z")
    assert hands.message == "Undone: nobody is named as payer."


def test_escape_destroys_nothing(hands: Hands) -> None:
    hands.scan(WATER)
    hands("50 F8 Esc Esc Esc")
    assert hands.view.ticket.subtotals[0] == ("Handed over", "$50.00")


def test_abandon_asks_one_key_and_is_journalled(hands: Hands, counter: Counter) -> None:
    hands.scan(WATER)
    hands("50 F8 Shift+Esc 4")
    assert hands.message == "Abandoned. Hand back $50.00."
    assert hands.lines == []
    assert counter.bodies()[-1].kind == "SaleAbandoned"


def test_a_ticket_is_parked_and_recalled(hands: Hands) -> None:
    hands.scan(WATER)
    hands("F4")
    assert hands.message == "Parked: Rosa Bell, $120.00. F5 recalls it."
    hands.scan(ARREARS)
    hands("F4 F5 1")
    assert [row.detail[:8] for row in hands.view.ticket.lines] == [WATER]
    assert hands.view.ticket.note == "1 ticket is parked (F5)."


def test_a_dog_license_asks_what_it_needs(hands: Hands, counter: Counter) -> None:
    hands.scan(WATER)
    hands("DL-A1 Enter")
    form = hands.view.context
    assert isinstance(form, FormView)
    assert [field.label for field in form.fields][:3] == [
        "dog's name", "spayed or neutered", "rabies vaccination expires",
    ]  # fmt: skip
    hands("Rex Enter Enter 053127 F9")
    assert hands.lines[1] == ("Dog license, altered, 1 year", "$9.00")
    row = hands.view.ticket.lines[1]
    assert "for Rosa Bell" in row.detail
    assert "good until May 31, 2027" in row.detail
    assert "ends with the rabies vaccination" in row.note
    hands("140 F8 F9")
    [license_row] = [row for row in hands.change.pieces if row.icon == "license"]
    assert license_row.title == "License A1-L000001"
    assert license_row.detail == "Dog license, good until May 31, 2027"
    assert counter.show("licence", "A1-L000001")["state"] == "active"


def test_a_wrong_day_is_said_in_its_field(hands: Hands) -> None:
    hands.scan(WATER)
    hands("DL-A1 Enter Rex Enter Enter 133127 Enter")
    assert isinstance(hands.view.context, FormView)
    assert hands.view.context.fields[2].wrong == hands.message
    assert hands.message.startswith("“133127” is no day.")


def test_an_expired_rabies_date_is_refused_in_the_form(hands: Hands) -> None:
    hands.scan(WATER)
    hands("DL-A1 Enter Rex Enter Enter 053125 F9")
    assert "vaccinate first" in hands.message
    assert len(hands.lines) == 1


def test_slashes_in_a_form_are_part_of_a_day(hands: Hands) -> None:
    hands.scan(WATER)
    hands("DL-A1 Enter Rex Enter Enter 5/31/27 F9")
    assert len(hands.lines) == 2


def test_a_license_without_a_customer_asks_for_whom(hands: Hands) -> None:
    hands("DL-A1 Enter")
    hands.say("Dana Ortiz-Bloom")
    assert hands.rows[-1] == "Register “Dana Ortiz-Bloom” as a new customer"
    hands.screen.step(20)
    hands("Enter Rex Enter Enter 053127 F9")
    assert "for Dana Ortiz-Bloom" in hands.view.ticket.lines[0].detail


def test_the_state_fee_is_added_by_the_program(hands: Hands) -> None:
    hands.scan(WATER)
    hands("BL-NEW Enter")
    assert isinstance(hands.view.context, FormView)
    hands.say("Rosa's Bakery")
    hands("F9")
    assert [amount for _, amount in hands.lines] == ["$120.00", "$45.00", "$4.00"]
    assert hands.view.ticket.lines[2].detail == "added by the program"
    assert hands.view.ticket.marked == 1
    hands("-")
    assert len(hands.lines) == 1


def test_the_payer_is_a_name_or_somebody_known(hands: Hands, counter: Counter) -> None:
    hands.scan(WATER)
    hands("F3")
    hands.say("Tom Friend")
    hands.screen.step(20)
    hands("Enter")
    assert hands.view.ticket.payer == "Tom Friend"
    hands(". F9")
    assert counter.show("receipt", "A1-000001")["payer"] == "Tom Friend"


def test_change_stays_until_the_next_scan(hands: Hands) -> None:
    hands.scan(WATER)
    hands("200 F8 F9")
    assert hands.change.amount == "$80.00"
    hands("Ctrl+Z")
    assert (hands.change.amount, hands.change.oops) == ("$80.00", "Oops (F11)")
    hands.scan(ARREARS)
    assert isinstance(hands.view.context, QuietView)


def test_the_last_receipt_opens_with_its_one_key_acts(hands: Hands, counter: Counter) -> None:
    hands.scan(WATER)
    hands(". F9 F11")
    assert hands.rows == ["Print a copy", "Wrong tender", "Wrong account", "Void"]
    hands("C")
    assert hands.message == "Copy 1 of receipt A1-000001 is printing."
    hands("F11 M")
    assert hands.message.startswith("Ask the lead")


def test_a_void_can_be_asked_for(hands: Hands, counter: Counter) -> None:
    hands.scan(WATER)
    hands(". F9 F11 V")
    assert hands.strip.alone
    hands.screen.ask_alone("2")
    assert "is asked for" in hands.message
    shown = counter.show("receipt", "A1-000001")
    assert (shown["state"], shown["void_asked"]) == ("taken", True)
    counter.do("decide_void", "lee", number="A1-000001", accept=True)


def test_a_receipt_is_found_by_its_number(hands: Hands) -> None:
    hands.scan(WATER)
    hands(". F9")
    hands.scan("A1-000001")
    assert isinstance(hands.view.context, ItemView)
    assert hands.view.context.title == "Receipt A1-000001"


def test_without_an_open_drawer_nothing_is_taken(counter: Counter) -> None:
    hands = Hands(CounterScreen(counter.station, person(counter, "maria")))
    hands.scan(WATER)
    assert hands.view.drawer == ""
    hands(". F9")
    assert hands.message == "Maria Santos has no open drawer; open one first."
    assert hands.lines


def test_locked_shows_no_name_and_no_amount(hands: Hands) -> None:
    hands.scan(WATER)
    hands("50 F8")
    hands.screen.hide()
    said = repr(hands.view)
    assert "Rosa" not in said
    assert "120" not in said
    assert "50" not in said


def test_a_colleague_can_only_park_the_ticket(hands: Hands, counter: Counter) -> None:
    hands.scan(WATER)
    hands.screen.hide()
    hands.screen.come_back(person(counter, "ben"))
    hands("50 F8")
    assert hands.message == "This is Maria Santos's ticket: F4 parks it."
    assert hands.view.context == QuietView("This is Maria Santos's ticket: F4 parks it.")
    hands.screen.typing("haddad")
    assert hands.view.context == QuietView("This is Maria Santos's ticket: F4 parks it.")
    hands("F4")
    assert hands.lines == []


def test_the_one_who_locked_goes_on_at_the_same_keystroke(hands: Hands, counter: Counter) -> None:
    hands.scan(WATER)
    hands("50 F8 F6")
    hint = hands.tender.hint
    hands.screen.hide()
    hands.screen.come_back(person(counter, "maria"))
    assert hands.tender.hint == hint


def test_several_balances_of_a_customer_by_plus(hands: Hands, counter: Counter) -> None:
    landlord = _landlord(counter)
    hands.say(landlord)
    owing = [row for row in hands.view.context.rows if row.amount != "$0.00" and "−" not in row.amount]  # type: ignore[union-attr]
    assert len(owing) > 1
    hands("+")
    assert len(hands.lines) == 1
    hands("+")
    assert len(hands.lines) == len(owing)


@pytest.mark.parametrize(
    "strokes", ["F9", ".", "50 F8", "-", "F4", "F5", "Ctrl+Z", "Shift+Esc", "F11", "+", "9/", "3*"]
)
def test_every_key_on_an_empty_ticket_says_something(hands: Hands, strokes: str) -> None:
    hands(strokes)
    assert hands.message.endswith((".", "first."))


def test_explain_is_the_arithmetic(hands: Hands) -> None:
    hands("CK-COPY Enter 5* F1")
    assert "5 ×" in hands.message
    once = hands.message
    hands("F1")
    english, spanish = hands.message.split("\n")
    assert english == once
    assert "5 ×" in spanish
    hands("F1")
    assert hands.message == once


def test_what_a_bill_pays_is_explained_in_both_languages(hands: Hands) -> None:
    hands.scan(ARREARS)
    hands("F1 F1")
    english, spanish = hands.message.split("\n")
    assert english.endswith("It pays: W-2610 in full, W-2611 in full.")
    assert "Paga: W-2610" in spanish


def test_who_speaks_spanish_is_explained_to_in_spanish_at_once(hands: Hands, counter: Counter) -> None:
    counter.do("register_customer", "maria", name="Dana Ortiz", language="es")
    hands("CK-COPY Enter F3")
    hands.say("Dana Ortiz")
    hands("Enter F1")
    assert len(hands.message.split("\n")) == 2


def _landlord(counter: Counter) -> str:
    """A customer with several accounts that owe."""
    sql = (
        "SELECT customer FROM ref_account a JOIN ref_item i ON i.account = a.account AND i.load = a.load"
        " WHERE i.open_cents > 0 GROUP BY customer HAVING count(DISTINCT a.account) > 1 ORDER BY customer"
    )
    return str(counter.rows(sql)[0][0])


def test_a_scan_into_an_approval_is_swallowed_with_a_tone(hands: Hands, counter: Counter) -> None:
    hands.scan(WATER)
    hands(". F9 F11 V")
    view = hands.scan(ARREARS)
    assert (view.message.words, view.sound) == ("Answer this first, or leave it with Esc.", Sound.ATTENTION)
    assert hands.strip.what == "Void receipt A1-000001"
    assert hands.lines == []


def test_no_money_is_taken_past_a_check_without_its_number(hands: Hands) -> None:
    hands.scan(WATER)
    hands("60 F6")
    hands.screen.quick(6_000)
    assert hands.message == "Type the number of the check first."
    hands("Esc .")
    assert len(hands.tender.tenders) == 1
    assert hands.message == "Type the number of the check first."


def test_the_change_of_one_is_not_shown_to_the_next(hands: Hands, counter: Counter) -> None:
    hands.scan(WATER)
    hands("150 F8 F9")
    hands.screen.hide()
    hands.screen.come_back(person(counter, "maria"))
    assert hands.change.amount == "$30.00"
    hands.screen.come_back(person(counter, "ben"))
    assert hands.view.context == QuietView("Ready for a scan.")


def test_a_line_taken_off_can_be_brought_back(hands: Hands) -> None:
    hands.scan(WATER)
    hands("-")
    assert hands.message == "The line is off the ticket. Ctrl+Z brings it back."
    hands("Ctrl+Z")
    assert len(hands.lines) == 1


def test_nothing_happens_while_hidden(hands: Hands) -> None:
    hands.scan(WATER)
    hands("120 F8")
    assert hands.screen.busy
    hands.screen.hide()
    hands("F9")
    hands.scan(ARREARS)
    hands.screen.reveal()
    assert len(hands.lines) == 1
    assert hands.tender.cannot_finish == ""


def test_a_colleague_cannot_scan_or_pay_on_the_ticket(hands: Hands, counter: Counter) -> None:
    hands.scan(WATER)
    hands.screen.come_back(person(counter, "ben"))
    hands.scan(ARREARS)
    hands.screen.quick(12_000)
    assert len(hands.lines) == 1
    assert hands.view.ticket.subtotals == ()


def test_money_on_a_parked_ticket_is_finished_by_who_took_it(hands: Hands, counter: Counter) -> None:
    hands.scan(WATER)
    hands("50 F8 F4")
    hands.screen.come_back(person(counter, "ben"))
    hands("F5")
    assert hands.message == "Maria Santos took money on that ticket and must finish it."
    hands.screen.come_back(person(counter, "maria"))
    hands("F5")
    assert hands.tender.due == "$70.00"


def test_a_customer_looked_at_is_not_the_payer_of_the_next_one(hands: Hands, counter: Counter) -> None:
    hands.say(_landlord(counter))
    hands.scan(WATER)
    assert hands.view.ticket.payer == "Rosa Bell"
    hands(". F9")
    assert counter.show("receipt", "A1-000001")["payer"] is None


def test_a_license_is_renewed_from_its_number(hands: Hands, counter: Counter) -> None:
    hands.scan(WATER)
    hands("DL-A1 Enter Rex Enter Enter 113028 F9 200 F8 F9")
    hands.scan("A1-L000001")
    assert hands.rows == ["Renew"]
    hands("R Rex Enter Enter 113028 F9")
    assert "good until Nov 23, 2028" in hands.view.ticket.lines[0].detail
    hands("9 F8 F9")
    [row] = hands.change.pieces
    assert row.title == "License A1-L000001"


def test_a_wrong_tender_of_two_is_chosen(hands: Hands, counter: Counter) -> None:
    hands.scan(WATER)
    hands("50 F8 F6 Enter 1042 F9 F11 T")
    assert hands.rows == ["Cash", "Check 1042"]
    hands("2 F8")
    assert hands.message == "$70.00 of receipt A1-000001 is now: Cash."


def test_a_wrong_account_is_put_right_by_lead_and_supervisor(hands: Hands, counter: Counter) -> None:
    hands.scan(WATER)
    hands(". F9")
    hands.screen.come_back(person(counter, "lee"))
    hands.scan("A1-000001")
    hands("M 90000003 Enter")
    assert hands.strip.people == ("Ana Delgado", "Fay Morris")
    hands.approve("", "1", "6318")
    assert hands.message == "Line 1 of receipt A1-000001 is on account 90000003 now."
    assert counter.show("account", WATER)["balance_cents"] == 12_000


def test_after_each_act_paper_and_shipping_are_looked_at(counter: Counter) -> None:
    open_d1(counter)
    told: list[int] = []
    hands = Hands(CounterScreen(counter.station, person(counter, "maria"), lambda: told.append(1)))
    hands.scan(WATER)
    assert told == []
    hands(". F9")
    assert told == [1]


def test_the_counter_as_text(hands: Hands) -> None:
    hands.scan(ARREARS)
    hands("DL-A1 Enter Rex Enter Enter 053127 F9 100 F8 F6")
    expected = (Path(__file__).parent / "counter.txt").read_text()
    assert lines_of(hands.view) + "\n" == expected


def test_a_lead_decides_an_asked_void_at_the_receipt(hands: Hands, counter: Counter) -> None:
    hands.scan(WATER)
    hands(". F9 F11 V")
    hands.screen.ask_alone("5")
    hands.screen.come_back(person(counter, "lee"))
    hands.scan("A1-000001")
    assert hands.rows == ["Print a copy", "Accept the void", "Reject the void"]
    assert isinstance(hands.view.context, ItemView)
    assert hands.view.context.warnings == ("Maria Santos asks for a void: Entered twice.",)
    hands("A")
    assert (hands.change.title, hands.change.amount) == ("Give back in cash", "$120.00")


def test_too_much_cash_in_the_drawer_is_said_after_the_payment(hands: Hands) -> None:
    hands.scan(WATER)
    hands("2000/ 2000 F8 F9")
    assert "drop some to the safe" in hands.change.pieces[-1].title


@pytest.mark.parametrize("asked", ["60 F6", "F6", "F8"])
def test_a_bill_from_a_scanner_that_types_is_no_amount_and_no_check_number(hands: Hands, asked: str) -> None:
    hands.scan(WATER)
    hands(asked)
    hands(f"{ARREARS} Enter")
    assert len(hands.lines) == 2
    assert len(hands.view.ticket.subtotals) == (2 if asked.startswith("60") else 0)
