"""Counter speed as the lead sees it: by kind of payment and week, never by person."""

from datetime import timedelta

import pytest

from counter_app.domain.clock import SetClock
from counter_app.domain.pace import Kind
from counter_app.screens.counter_speed import CounterSpeed
from counter_app.screens.palette import Palette
from counter_app.services.counter_speed import note_pace, weeks_of_pace
from tests.fakes.counter import WATER, Counter
from tests.screens.conftest import person
from tests.screens.hands import Hands


def later(counter: Counter, seconds: float) -> None:
    """Time passes at the counter."""
    clock = counter.station.clock
    assert isinstance(clock, SetClock)
    clock.set(clock.now() + timedelta(seconds=seconds))


def timed(counter: Counter, kind: Kind, *seconds: float) -> None:
    """Payments of a kind that took so long."""
    for each in seconds:
        note_pace(counter.station, kind, each)


def kept(counter: Counter) -> list[tuple[str, int]]:
    """Kinds that were timed this week and how many payments of each."""
    return [(pace.kind, pace.payments) for week in weeks_of_pace(counter.station) for pace in week.paces]


def a_copy_paid(hands: Hands, counter: Counter, *meanwhile: str) -> None:
    """A copy at the counter, twelve seconds from its line to its receipt."""
    hands("CK-COPY Enter 2 *")
    later(counter, 12)
    for strokes in meanwhile:
        hands(strokes)
    hands(". F9")
    hands.screen.keep_place()


def test_a_payment_is_timed_from_its_first_line_to_its_receipt(hands: Hands, counter: Counter) -> None:
    for _ in range(5):
        a_copy_paid(hands, counter)
        later(counter, 300)
    [week] = weeks_of_pace(counter.station)
    assert [(pace.kind, pace.median_s, pace.payments) for pace in week.paces] == [("cash", 12, 5)]


def test_nothing_kept_tells_of_a_person_a_receipt_or_an_hour(hands: Hands, counter: Counter) -> None:
    a_copy_paid(hands, counter)
    assert counter.rows("SELECT * FROM setting WHERE name LIKE 'pace%'") == [("pace 2026-11-23", '{"cash":{"12":1}}')]


def test_a_ticket_that_was_parked_or_stood_locked_is_not_timed(hands: Hands, counter: Counter) -> None:
    a_copy_paid(hands, counter, "F4", "F5")
    hands("CK-COPY Enter 2 *")
    hands.screen.hide()
    later(counter, 40)
    hands.screen.reveal()
    hands(". F9")
    hands.screen.keep_place()
    assert kept(counter) == []
    a_copy_paid(hands, counter)
    assert kept(counter) == [("cash", 1)]


def test_an_abandoned_ticket_leaves_no_time_to_the_next_one(hands: Hands, counter: Counter) -> None:
    hands.scan(WATER)
    later(counter, 500)
    hands("Ctrl+Z")
    a_copy_paid(hands, counter)
    assert counter.rows("SELECT value FROM setting WHERE name LIKE 'pace%'") == [('{"cash":{"12":1}}',)]


def test_what_was_interrupted_for_a_quarter_of_an_hour_is_no_pace(counter: Counter) -> None:
    timed(counter, "card", 0, 0.2, 901)
    assert kept(counter) == []


def test_the_lead_sees_bars_by_week_and_fewer_than_five_say_so(counter: Counter) -> None:
    timed(counter, "cash", 10, 14, 20, 12, 90)
    timed(counter, "licence", *[56] * 7)
    timed(counter, "check", 30, 31)
    later(counter, 7 * 24 * 3600)
    timed(counter, "card", *[8] * 5)
    screen = CounterSpeed(counter.station)
    assert [(str(bar.name), str(bar.figure), bar.share) for bar in screen.view.bars] == [("Card", "8 s", 1)]
    screen.step(-1)
    assert screen.view.message.words == "That is the newest week."
    screen.step(1)
    assert screen.view.title == "City Hall, week of Nov 23, 2026"
    assert [(str(bar.name), str(bar.figure), str(bar.note), bar.share) for bar in screen.view.bars] == [
        ("Cash", "14 s", "5 payments", 0.25),
        ("Check", "no figure yet", "2 payments; from 5 on there is one", 0),
        ("With a license", "56 s", "7 payments", 1),
    ]


def test_before_any_payment_it_says_what_is_timed(counter: Counter) -> None:
    assert "first line to its receipt" in CounterSpeed(counter.station).view.empty


@pytest.mark.parametrize(("who", "may"), [("maria", False), ("lee", True), ("ana", True), ("ruth", False)])
def test_the_list_of_commands_leads_there_for_those_who_lead(counter: Counter, who: str, may: bool) -> None:
    palette = Palette(person(counter, who), None)
    palette.filter("speed")
    assert (palette.choose() == "desk:speed") is may
