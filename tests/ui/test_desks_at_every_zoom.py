"""Nothing on any desk is cut, however large the letters are, and the window never grows."""

from collections.abc import Callable

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from counter_app.screens.views import Question
from tests.fakes.counter import Counter, cash, check, close_d1, open_d1, pay, water
from tests.fakes.window import Till, till
from ui.look import Look
from ui.theme import DARK, LIGHT, Palette, Theme

_QUESTION = Question("Did the receipt A1-000001 come out of the printer, whole and readable? Y or N.", "A1-000001")


@pytest.mark.parametrize(("zoom", "palette"), [(100, LIGHT), (125, DARK), (150, LIGHT), (175, DARK)])
def test_nothing_of_a_desk_is_cut(
    counter: Counter,
    look: Look,
    qapp: QApplication,
    clipped: Callable[[QWidget], list[str]],
    zoom: int,
    palette: Palette,
) -> None:
    look.wear(Theme(palette, zoom))
    with till(counter.station, look, qapp) as window:
        faults: list[str] = []

        def see(what: str) -> None:
            QTest.qWait(5)
            faults.extend(f"{what}: {fault}" for fault in clipped(window.running.window))

        see("signing in")
        _cashier(window, counter, see)
        _lead(window, counter, see)
        _supervisor(window, see)
        assert not faults
        assert window.running.window.size().toTuple() == (1280, 800)


def _cashier(window: Till, counter: Counter, see: Callable[[str], None]) -> None:
    window.sign_in("maria")
    see("no drawer")
    window.keys("Ctrl+2")
    see("opening")
    open_d1(counter)
    pay(counter, [water("90000001")], [check(10_000), cash(2_000)])
    page = window.running.pages.counter_page
    assert page is not None
    page.ask_paper(_QUESTION)
    window.keys("Ctrl+1")
    see("paper question")
    page.ask_paper(None)
    window.keys("90000002", "Enter", "Enter")
    see("tender")
    window.keys("Ctrl+K")
    see("commands")
    window.keys("Esc", "Ctrl+2")
    see("closing: cash")
    window.keys.count(n20=11)
    window.keys("100", "Enter")
    see("closing: checks")
    window.keys("Enter", "Enter")
    see("closing: lock")


def _lead(window: Till, counter: Counter, see: Callable[[str], None]) -> None:
    close_d1(counter, 21_500, [10_000])
    window.change_person("lee")
    window.keys("Ctrl+3")
    see("drawers")
    window.keys("Enter")
    window.keys.count(n20=10, n10=1, n5=1)
    window.keys("100", "Enter", "Enter", "Enter", "Enter")
    see("figures")
    window.keys("A five too much", "F9")
    see("verified")


def _supervisor(window: Till, see: Callable[[str], None]) -> None:
    window.change_person("ana")
    window.keys("Ctrl+2")
    see("bag")
    window.keys("B-77", "F9")
    window.wait_for("1 page(s)")
    QTest.qWait(100)  # the paper is fitted once more when its scroll bar has taken its room
    see("slip")
