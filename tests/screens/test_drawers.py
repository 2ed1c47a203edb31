"""A drawer's day on the screens: opened, closed blind, counted by the lead, deposited by the supervisor."""

import pytest

from counter_app.screens.close_drawer import CloseDrawer
from counter_app.screens.make_deposit import MakeDeposit
from counter_app.screens.open_drawer import OpenDrawer
from counter_app.screens.verify_drawers import VerifyDrawers
from counter_app.screens.views import Figures, Tone
from counter_app.services.print_document import office_pdf
from tests.fakes.counter import ARREARS, WATER, Counter, cash, check, close_d1, heap, open_d1, pay, verified, water
from tests.screens.conftest import person


@pytest.fixture
def taken(counter: Counter) -> Counter:
    """Maria's D1: float 200.00, 120.00 in cash, a check of 182.40."""
    open_d1(counter)
    pay(counter, [water(WATER)], [cash(12_000)])
    pay(counter, [water(ARREARS)], [check(18_240)])
    return counter


def closing(counter: Counter) -> CloseDrawer:
    return CloseDrawer(counter.station, person(counter, "maria"))


def verifying(counter: Counter) -> VerifyDrawers:
    return VerifyDrawers(counter.station, person(counter, "lee"))


def counted(screen: CloseDrawer | VerifyDrawers, cash_cents: int, *checks: str) -> None:
    """Through the steps."""
    screen.cash(heap(cash_cents))
    for typed in checks:
        screen.check(typed)
    screen.check("")
    screen.cards("")


def figures(screen: VerifyDrawers) -> Figures:
    assert screen.view.figures is not None, screen.view
    return screen.view.figures


def test_open_a_free_drawer(counter: Counter) -> None:
    screen = OpenDrawer(counter.station, person(counter, "maria"))
    assert [row.detail for row in screen.view.drawers] == ["free", "free"]
    assert screen.finish(heap(20_000))
    assert screen.view.message.words == "Drawer D1 is open with $200.00."
    assert (screen.view.opened, screen.view.off) == ("D1", "You have drawer D1 open.")


def test_a_drawer_of_somebody_else_is_told(counter: Counter) -> None:
    open_d1(counter, "ben")
    screen = OpenDrawer(counter.station, person(counter, "maria"))
    assert screen.view.marked == 1
    screen.choose(0)
    assert not screen.finish(heap(20_000))
    assert screen.view.message.words == "Drawer D1 is open already, with Ben Carter; close it first."


def test_a_closed_drawer_waits_for_its_count_and_may_be_opened(counter: Counter) -> None:
    open_d1(counter)
    close_d1(counter, 20_000)
    screen = OpenDrawer(counter.station, person(counter, "ben"))
    assert [row.detail for row in screen.view.drawers] == ["closed, waits for its count", "free"]
    assert screen.finish(heap(20_000))


def test_who_takes_no_money_opens_no_drawer(counter: Counter) -> None:
    assert "takes no money" in OpenDrawer(counter.station, person(counter, "ana")).view.off


def test_the_close_is_blind_in_every_step(taken: Counter) -> None:
    screen = closing(taken)
    said = repr(screen.view)
    screen.cash(heap(31_500))
    said += repr(screen.view)
    screen.check("182.40")
    screen.check("")
    screen.cards("")
    said += repr(screen.view)
    assert "315.00" in said
    assert "320" not in said
    assert "expected" not in said.lower()
    screen.close()
    assert screen.view.done == "Drawer D1 is closed. The lead counts it next."
    assert "320" not in repr(screen.view)


def test_steps_come_in_order_and_go_back(taken: Counter) -> None:
    screen = closing(taken)
    screen.close()
    assert screen.view.counting is not None
    assert screen.view.counting.message.words == "Count cash, checks and cards first."
    screen.cash(heap(32_000))
    screen.check("18x")
    assert screen.view.counting.message.tone is Tone.BAD
    screen.check("1.00")
    screen.remove_check(0)
    screen.back()
    assert screen.view.counting.step == "cash"
    assert screen.view.counting.cash == "$320.00"


def test_without_a_drawer_there_is_nothing_to_close(counter: Counter) -> None:
    assert closing(counter).view.off == "Maria Santos has no drawer to close."


def test_the_lead_sees_expected_only_once_the_count_is_locked(taken: Counter) -> None:
    screen = closing(taken)
    counted(screen, 31_500, "182.40")
    screen.close()
    lead = verifying(taken)
    assert lead.view.board[0].note == "closed, to be counted"
    lead.choose(0)
    counted(lead, 31_500, "182.40")
    assert lead.view.figures is None
    assert "320" not in repr(lead.view)
    lead.lock()
    shown = figures(lead)
    assert shown.rows[0] == ("Cash", "$315.00", "$320.00", "−$5.00")
    assert shown.rows[1] == ("Checks", "$182.40", "$182.40", "")
    assert (shown.over_short_name, shown.over_short, shown.needs_explanation) == ("Cash short", "$5.00", True)
    assert shown.keep == "Leave in the drawer: 10 × $20, $200.00"


def test_checks_that_differ_are_said_beside_the_cash(taken: Counter) -> None:
    close_d1(taken, 31_500, [8_240])
    lead = verifying(taken)
    lead.choose(0)
    counted(lead, 32_000, "82.40")
    lead.lock()
    shown = figures(lead)
    assert (shown.over_short_name, shown.tone) == ("Cash even", Tone.GOOD)
    assert shown.warning == "Checks differ by −$100.00: find the slip or recount."
    assert shown.rows[1] == ("Checks", "$82.40", "$182.40", "−$100.00")
    assert shown.row_tones == (Tone.PLAIN, Tone.WARN, Tone.PLAIN, Tone.PLAIN)
    lead.recount()
    close_d1(taken, 32_000, [19_240])
    lead.choose(0)
    counted(lead, 32_000, "192.40")
    lead.lock()
    assert figures(lead).warning == "Checks differ by +$10.00: find the slip, or explain it."


def test_cash_alone_that_differs_warns_of_no_other_tender(taken: Counter) -> None:
    close_d1(taken, 31_500, [18_240])
    lead = verifying(taken)
    lead.choose(0)
    counted(lead, 31_500, "182.40")
    lead.lock()
    assert (figures(lead).warning, figures(lead).row_tones[0]) == ("", Tone.WARN)


def test_a_locked_count_is_not_counted_another_time(taken: Counter) -> None:
    close_d1(taken, 31_500, [18_240])
    lead = verifying(taken)
    lead.choose(0)
    counted(lead, 31_500, "182.40")
    lead.lock()
    lead.back()
    lead.choose(0)
    lead.cash(heap(32_000))
    assert lead.view.message.words == "The count is locked."
    assert figures(lead).over_short == "$5.00"


def test_a_difference_needs_its_explanation(taken: Counter) -> None:
    close_d1(taken, 31_500, [18_240])
    lead = verifying(taken)
    lead.choose(0)
    counted(lead, 31_500, "182.40")
    lead.lock()
    lead.accept()
    assert lead.view.message.words.startswith("The count differs from the books")
    lead.accept("A $5 note was given out twice.")
    assert lead.view.message.words == "Drawer D1 is verified, short $5.00."
    assert lead.view.board[0].note == "verified, to be deposited"


def test_a_recount_goes_back_to_its_cashier_and_is_counted_anew(taken: Counter) -> None:
    close_d1(taken, 31_500, [18_240])
    lead = verifying(taken)
    lead.choose(0)
    counted(lead, 31_500, "182.40")
    lead.lock()
    assert figures(lead).can_recount
    lead.recount("Please count the twenties again.")
    assert lead.view.message.words == "Drawer D1 goes back to Maria Santos for a recount."
    again = closing(taken)
    assert again.view.title == "Count drawer D1 again, Nov 23, 2026"
    counted(again, 32_000, "182.40")
    again.close()
    lead.choose(0)
    counted(lead, 32_000, "182.40")
    lead.lock()
    assert (figures(lead).over_short_name, figures(lead).can_recount) == ("Cash even", False)
    lead.accept()
    assert lead.view.message.words == "Drawer D1 is verified, even."


def test_nobody_looks_into_an_own_drawer(counter: Counter) -> None:
    open_d1(counter, "lee")
    close_d1(counter, 20_000, by="lee")
    lead = verifying(counter)
    lead.choose(0)
    assert lead.view.message.words == "Nobody verifies an own drawer."
    assert lead.view.counting is None


@pytest.mark.parametrize("who", ["fay", "ruth"])
def test_finance_and_auditor_see_the_board_and_count_nothing(taken: Counter, who: str) -> None:
    close_d1(taken, 32_000, [18_240])
    screen = VerifyDrawers(taken.station, person(taken, who))
    assert len(screen.view.board) == 1
    screen.choose(0)
    assert "may not verify drawers" in screen.view.message.words


def test_an_open_drawer_is_not_counted_and_a_forgotten_one_is_red(taken: Counter) -> None:
    lead = verifying(taken)
    lead.choose(0)
    assert lead.view.message.words == "Drawer D1 is open; only a closed drawer is counted."
    taken.do("show", "lee", what="till_board", at="2026-11-24T09:00:00-08:00")
    assert lead.view.board[0].note == "open, forgotten since Nov 23, 2026"
    assert lead.view.board[0].tone is Tone.BAD


def depositing(counter: Counter) -> MakeDeposit:
    return MakeDeposit(
        counter.station, person(counter, "ana"), lambda number: office_pdf(counter.station, "slip", number)
    )


@pytest.fixture
def ready(taken: Counter) -> Counter:
    """D1 verified, $5.00 short."""
    session = close_d1(taken, 31_500, [18_240])
    verified(taken, session, 31_500, [18_240], explanation="A $5 note was given out twice.")
    return taken


def test_a_deposit_from_verified_drawers_to_the_courier(ready: Counter) -> None:
    screen = depositing(ready)
    view = screen.view
    assert (view.cash, view.checks_total, view.total) == ("$115.00", "$182.40", "$297.40")
    assert view.drawers[0].note == "in the bag"
    assert view.cannot_make == "Scan or type the serial of the bag."
    screen.bag("B-77")
    number = screen.make()
    assert screen.view.message.words == "Deposit A1-D000001 of $297.40 is made up."
    assert screen.slip(number).startswith(b"%PDF")
    screen.send(number, " ")
    assert screen.view.message.words == "Say who takes the bag."
    screen.send(number, "Brinks, J. Soto")
    [row] = screen.view.made
    assert (row.note, row.amount) == ("sent", "$297.40")
    assert screen.view.cannot_make == "No verified drawer is in the bag."


def test_a_check_is_held_with_a_reason(ready: Counter) -> None:
    screen = depositing(ready)
    screen.hold(0, "")
    assert screen.view.message.words == "Say why this check is held."
    screen.hold(0, "Signature is missing")
    assert screen.view.checks[0].note == "held: Signature is missing"
    assert screen.view.total == "$115.00"
    screen.release(0)
    assert screen.view.total == "$297.40"
    screen.hold(0, "Signature is missing")
    screen.bag("B-77")
    screen.make()
    assert ready.show("deposit", "A1-D000001")["checks_cents"] == 0


def test_a_drawer_is_left_out(ready: Counter) -> None:
    screen = depositing(ready)
    screen.toggle(0)
    assert (screen.view.total, screen.view.cannot_make) == ("$0.00", "No verified drawer is in the bag.")
    assert screen.make() == ""


def test_a_bag_is_used_once(ready: Counter) -> None:
    screen = depositing(ready)
    screen.bag("B-77")
    screen.make()
    open_d1(ready)
    pay(ready, [water(WATER, 100)], [cash(100)])
    verified(ready, close_d1(ready, 20_100), 20_100)
    screen.bag("B-77")
    assert screen.make() == ""
    assert "a serial is never used twice" in screen.view.message.words


def asked_for(counter: Counter) -> None:
    """Maria asks for the void of her cash receipt and closes."""
    counter.do("void_receipt", "maria", number="A1-000001", reason="Entered twice", asked=True)
    close_d1(counter, 32_000, [18_240])


@pytest.mark.parametrize(("accept", "state", "short"), [(True, "voided", "Cash over"), (False, "taken", "Cash even")])
def test_an_asked_void_is_decided_before_the_count(taken: Counter, accept: bool, state: str, short: str) -> None:
    asked_for(taken)
    lead = verifying(taken)
    lead.choose(0)
    assert lead.view.asked is not None
    assert lead.view.asked.words == (
        "Void receipt A1-000001 of $120.00? Maria Santos asks: Entered twice. Y accepts, N rejects."
    )
    lead.decide(accept=accept)
    assert lead.view.asked is None
    assert taken.show("receipt", "A1-000001")["state"] == state
    lead.choose(0)
    counted(lead, 32_000, "182.40")
    lead.lock()
    assert figures(lead).over_short_name == short
