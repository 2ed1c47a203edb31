"""A count under way outlives the program; a locked one stays locked."""

from counter_app.screens.close_drawer import CloseDrawer
from counter_app.screens.verify_drawers import VerifyDrawers
from tests.fakes.counter import Counter, cash, check, close_d1, open_d1, pay, water
from tests.screens.conftest import person

GOING_ON = "You were counting here; what you counted is still there."


def closing(counter: Counter) -> CloseDrawer:
    return CloseDrawer(counter.station, person(counter, "maria"))


def verifying(counter: Counter, name: str = "lee") -> VerifyDrawers:
    return VerifyDrawers(counter.station, person(counter, name))


def test_pieces_typed_so_far_and_checks_are_still_there(counter: Counter) -> None:
    open_d1(counter)
    screen = closing(counter)
    screen.so_far({"2000": 7})
    screen.keep_place()
    counter.reopen()
    screen = closing(counter)
    assert screen.view.counting is not None
    assert screen.view.counting.count == {"2000": 7}
    assert screen.view.counting.message.words == GOING_ON
    screen.cash({"2000": 10})
    screen.check("25")
    screen.keep_place()
    counter.reopen()
    view = closing(counter).view.counting
    assert view is not None
    assert (view.step, view.cash, view.checks_total) == ("checks", "$200.00", "$25.00")


def test_a_count_that_was_handed_in_is_not_found_again_not_even_by_its_recount(counter: Counter) -> None:
    open_d1(counter)
    pay(counter, [water("90000001")], [check(10_000), cash(2_000)])
    screen = closing(counter)
    screen.cash({"2000": 11})
    screen.check("100")
    screen.check("")
    screen.cards("")
    screen.keep_place()
    screen.close()
    assert screen.view.done
    assert counter.rows("SELECT draft FROM draft") == []
    [(session,)] = counter.rows("SELECT session FROM session")
    counter.do(
        "verify_drawer", "lee", session=session, count={"2000": 11}, checks=[10_000], accept=False, explanation="again"
    )
    view = closing(counter).view.counting
    assert view is not None
    assert (view.step, view.count, view.message.words) == ("cash", {}, "")


def test_a_locked_count_shows_its_figures_again_and_is_not_counted_another_time(counter: Counter) -> None:
    open_d1(counter)
    pay(counter, [water("90000001")], [cash(12_000)])
    close_d1(counter, 32_000)
    screen = verifying(counter)
    screen.choose(0)
    screen.cash({"2000": 15})
    screen.check("")
    screen.cards("")
    screen.lock()
    before = screen.view.figures
    assert before is not None
    counter.reopen()
    screen = verifying(counter)
    screen.choose(0)
    assert screen.view.figures == before
    screen.cash({"2000": 16})
    assert screen.view.message.words == "The count is locked."


def test_another_verifier_counts_blind_from_the_beginning(counter: Counter) -> None:
    open_d1(counter)
    close_d1(counter, 20_000)
    screen = verifying(counter)
    screen.choose(0)
    screen.cash({"2000": 9})
    screen.keep_place()
    counter.reopen()
    other = verifying(counter, "ana")
    other.choose(0)
    assert other.view.counting is not None
    assert other.view.counting.count == {}
    again = verifying(counter)
    again.choose(0)
    assert again.view.counting is not None
    assert (again.view.counting.step, again.view.counting.count) == ("checks", {"2000": 9})
