"""The status line and the question about a paper: each with a word, a colour and what to do."""

from datetime import timedelta

from counter_app.domain.clock import to_text
from counter_app.screens.status import StatusLine
from counter_app.screens.views import Tone
from counter_app.services.printing import PaperState
from db.queries import paper
from db.sync import SyncState, age_in_words
from tests.fakes.counter import MONDAY, WATER, Counter, cash, close_d1, open_d1, pay, water
from tests.screens.conftest import person


def line(counter: Counter, who: str = "maria") -> StatusLine:
    screen = StatusLine(counter.station)
    screen.person = person(counter, who)
    return screen


def said(screen: StatusLine) -> dict[str, tuple[str, Tone]]:
    return {status.name: (status.words, status.tone) for status in screen.statuses}


def test_before_and_after_a_drawer_is_open(counter: Counter) -> None:
    screen = line(counter)
    assert said(screen)["Drawer"] == ("No open drawer", Tone.WARN)
    open_d1(counter)
    assert said(screen)["Drawer"] == ("D1 open", Tone.GOOD)
    assert said(screen)["Business date"] == ("Nov 23, 2026", Tone.PLAIN)
    assert said(screen)["Window"] == ("Demo · A1 City Hall", Tone.ACCENT)
    assert said(screen)["Cashier"] == ("Maria Santos", Tone.PLAIN)


def test_everything_explains_itself(counter: Counter) -> None:
    assert all(status.explains and status.icon for status in line(counter).statuses)
    assert all(status.explains for status in StatusLine(counter.station).statuses)


def test_the_date_says_as_of_when_the_balances_are(counter: Counter) -> None:
    [day] = [status for status in line(counter).statuses if status.name == "Business date"]
    assert "Balances are as of Nov " in day.explains


def test_a_drawer_of_yesterday_is_red(counter: Counter) -> None:
    open_d1(counter)
    counter.show("till_board")
    counter.do("show", "lee", what="till_board", at="2026-11-24T09:00:00-08:00")
    assert said(line(counter))["Drawer"] == ("D1 open since Nov 23, 2026", Tone.BAD)


def test_a_lead_is_told_what_waits_but_not_of_an_own_drawer(counter: Counter) -> None:
    open_d1(counter)
    assert "To verify" not in said(line(counter, "lee"))
    close_d1(counter, 20_000)
    assert said(line(counter, "lee"))["To verify"] == ("1 drawer to verify", Tone.ACCENT)
    assert "To verify" not in said(line(counter))


def test_an_own_drawer_waits_for_somebody_else(counter: Counter) -> None:
    open_d1(counter, "lee")
    close_d1(counter, 20_000, by="lee")
    assert "To verify" not in said(line(counter, "lee"))
    assert said(line(counter, "ana"))["To verify"] == ("1 drawer to verify", Tone.ACCENT)


def test_the_centre_in_words(counter: Counter) -> None:
    screen = line(counter)
    screen.synced(SyncState("city hall", 0, None, None))
    assert said(screen)["Central store"] == ("All at city hall", Tone.GOOD)
    screen.synced(SyncState("copied", 0, None, None))
    assert said(screen)["Central store"] == ("All copied", Tone.GOOD)
    since = to_text(MONDAY - timedelta(seconds=40))
    screen.synced(SyncState("city hall", 3, since, None))
    assert said(screen)["Central store"] == ("3 waiting, oldest 40 s", Tone.PLAIN)
    screen.synced(SyncState("city hall", 3, since, "The network is down."))
    assert said(screen)["Central store"] == ("3 waiting, oldest 40 s", Tone.BAD)
    [centre] = [status for status in screen.statuses if status.name == "Central store"]
    assert "The network is down." in centre.explains


def test_the_printer_in_words(counter: Counter) -> None:
    screen = line(counter)
    assert said(screen)["Printer"] == ("Paper done", Tone.GOOD)
    screen.paper(PaperState(2, None, "The printer is out of paper."))
    assert said(screen)["Printer"] == ("2 waiting", Tone.BAD)
    screen.paper(PaperState(0, None, "", "The printer is offline."))
    assert said(screen)["Printer"] == ("Drawer stays shut", Tone.WARN)
    [printer] = [status for status in screen.statuses if status.name == "Printer"]
    assert "use its key" in printer.explains


def test_a_doubtful_paper_is_asked_about_and_prints_as_a_copy(counter: Counter) -> None:
    open_d1(counter)
    pay(counter, [water(WATER)], [cash(12_000)])
    with counter.station.books.change_state() as connection:
        [job] = paper.in_state(connection, "queued")
        paper.set_state(connection, job.job, "doubt")
    with counter.station.books.read() as connection:
        [job] = paper.in_state(connection, "doubt")
    screen = line(counter)
    screen.paper(PaperState(0, job, ""))
    assert said(screen)["Printer"] == ("Did it come out?", Tone.BAD)
    assert screen.question is not None
    assert "receipt A1-000001" in screen.question.words
    screen.answer(came_out=False)
    assert screen.message.words == "A1-000001 prints as a copy."
    assert screen.question is None
    assert counter.show("receipt", "A1-000001")["copies"] == 1


def test_ages() -> None:
    assert [age_in_words(s) for s in (0, 119, 120, 7_200, 200_000)] == ["0 s", "119 s", "2 min", "2 h", "2 days"]
