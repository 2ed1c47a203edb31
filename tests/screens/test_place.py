"""Where was I: a ticket in the making outlives the program, and never the payment."""

import pytest

from counter_app.screens.counter import Counter as CounterScreen
from tests.fakes.counter import ARREARS, WATER, Counter
from tests.screens.conftest import person
from tests.screens.hands import Hands


def again(counter: Counter, hands: Hands, name: str = "maria") -> Hands:
    """The plug is pulled after the last writing; the program starts again and somebody signs in."""
    counter.reopen()
    return Hands(CounterScreen(counter.station, person(counter, name)))


def kept(counter: Counter) -> list[bytes]:
    return [state for (state,) in counter.rows("SELECT state FROM draft")]


def test_lines_and_cash_are_back_with_one_sentence(hands: Hands, counter: Counter) -> None:
    hands.scan(WATER)
    hands.scan(ARREARS)
    hands("100 F8")
    hands.screen.keep_place()
    hands = again(counter, hands)
    assert hands.message == "You were here: 2 lines, $100.00 cash tendered. Nothing was paid yet."
    assert [name for name, _ in hands.lines] == ["Utility bill payment", "Utility bill payment"]
    assert hands.tender.due == "$202.40"
    hands(". F9")
    assert hands.change.receipt == "Receipt A1-000001"


def test_what_was_being_typed_and_the_marked_line_are_back(hands: Hands, counter: Counter) -> None:
    hands.scan(WATER)
    hands.scan(ARREARS)
    hands("Enter")
    hands.screen.step(-1)
    hands("50")
    hands.screen.keep_place()
    view = again(counter, hands).view
    assert view.box == "50"
    assert view.ticket.marked == 0
    assert view.message.words.startswith("You were here: 2 lines, $")


def test_a_paid_ticket_never_comes_back(hands: Hands, counter: Counter) -> None:
    hands.scan(WATER)
    hands("120 F8")
    hands.screen.keep_place()
    assert len(kept(counter)) == 1
    hands("F9")
    assert kept(counter) == [], "it went with the payment, in its transaction"
    hands = again(counter, hands)
    assert hands.message == "The last payment is recorded: receipt A1-000001, change $0.00."
    assert hands.lines == []


def test_a_refused_payment_leaves_the_ticket_kept(hands: Hands, counter: Counter) -> None:
    hands.scan(WATER)
    hands.screen.keep_place()
    hands("50 F8 F9")
    assert hands.message == "$70.00 is still due."
    assert len(kept(counter)) == 1


def test_an_abandoned_ticket_never_comes_back(hands: Hands, counter: Counter) -> None:
    hands.scan(WATER)
    hands.screen.keep_place()
    hands("Shift+Esc 1")
    assert kept(counter) == []
    assert again(counter, hands).lines == []


def test_parked_tickets_are_parked_again(hands: Hands, counter: Counter) -> None:
    hands.scan(WATER)
    hands("F4")
    hands.screen.keep_place()
    hands = again(counter, hands)
    assert hands.message == "1 ticket of yours is parked (F5)."
    assert hands("F5").ticket.total == "$120.00"


def test_a_colleagues_ticket_waits_parked_and_its_money_is_hers(hands: Hands, counter: Counter) -> None:
    hands.scan(WATER)
    hands("50 F8")
    hands.screen.keep_place()
    ben = again(counter, hands, "ben")
    assert ben.lines == []
    assert ben.view.ticket.note == "1 ticket is parked (F5)."
    ben("F5")
    assert ben.message == "Maria Santos took money on that ticket and must finish it."
    ben.screen.come_back(person(counter, "maria"))
    assert ben.message == "1 ticket of yours is parked (F5)."
    assert ben("F5").ticket.total == "$120.00"


def test_a_balance_that_changed_meanwhile_is_said(hands: Hands, counter: Counter) -> None:
    hands.scan(ARREARS)
    hands("Enter")
    hands.screen.keep_place()
    open_other_drawer(counter)
    counter.do(
        "take_payment", "ben", lines=[{"fee": "UB-PMT", "account": ARREARS, "amount_cents": 3_000}],
        tenders=[{"kind": "cash", "amount_cents": 3_000}],
    )  # fmt: skip
    hands = again(counter, hands)
    assert "Utility bill payment was $182.40 and is $152.40 now." in hands.message


def test_a_line_that_nothing_is_owed_on_any_more_is_off_and_the_money_goes_back(hands: Hands, counter: Counter) -> None:
    hands.scan(WATER)
    hands("100 F8")
    hands.screen.keep_place()
    open_other_drawer(counter)
    counter.do(
        "take_payment", "ben", lines=[{"fee": "UB-PMT", "account": WATER}],
        tenders=[{"kind": "cash", "amount_cents": 12_000}],
    )  # fmt: skip
    hands = again(counter, hands)
    assert f"Account {WATER} owes nothing" in hands.message
    assert "Hand back $100.00." in hands.message
    assert hands.lines == []


def test_unlocking_says_where_they_were(hands: Hands, counter: Counter) -> None:
    hands.scan(WATER)
    hands("50 F6")
    hands.screen.hide()
    hands.screen.come_back(person(counter, "maria"))
    assert hands.message == "You were here: 1 line, $50.00 check tendered. Nothing was paid yet."
    hands("1042 Enter")
    assert [row.title for row in hands.tender.tenders] == ["Check 1042"], "at the same keystroke"


@pytest.mark.parametrize("typed", ["4111111111111", "4111 1111 1111 1111"])
def test_the_beginning_of_a_card_number_is_kept_nowhere(hands: Hands, counter: Counter, typed: str) -> None:
    hands.scan(WATER)
    for end in range(1, len(typed) + 1):
        hands.screen.typing(typed[:end])
        hands.screen.keep_place()
    digits = typed.replace(" ", "")
    files = b"".join(state for state in kept(counter))
    assert digits[:9].encode() not in files
    assert b"4111 1111 1" not in files


def test_nothing_is_written_while_nothing_changes(hands: Hands, counter: Counter) -> None:
    hands.scan(WATER)
    hands.screen.keep_place()
    before = counter.rows("SELECT at, state FROM draft")
    hands.screen.keep_place()
    hands.screen.hide()
    hands.screen.keep_place()
    assert counter.rows("SELECT at, state FROM draft") == before


def open_other_drawer(counter: Counter) -> None:
    """Ben's."""
    counter.do("open_drawer", "ben", drawer="D2", count={"2000": 10})
