"""A walk through every desk and its states, by keys alone, for whoever looks at them all: what is cut, what is said."""

from collections.abc import Callable

from PySide6.QtTest import QTest

from counter_app.domain.said import say
from counter_app.screens.views import Question
from tests.fakes.counter import Counter, cash, check, close_d1, open_d1, pay, water
from tests.fakes.window import Till

_QUESTION = Question(
    say("Did the receipt {number} come out of the printer, whole and readable? Y or N.", number="A1-000001"),
    "A1-000001",
)
See = Callable[[str], None]
"""Called with the name of a state when the window has settled in it."""


def walk_desks(window: Till, counter: Counter, look_at: See) -> None:
    """From signing in to the slip of the deposit, and every desk of everybody else."""

    def see(what: str) -> None:
        QTest.qWait(5)
        look_at(what)

    see("signing in")
    _cashier(window, counter, see)
    _lead(window, counter, see)
    _supervisor(window, see)
    for person in ("fay", "adam", "ruth"):
        window.change_person(person)
        for place, desk in enumerate(window.running.desks, 1):
            window.keys(f"Ctrl+{place}")
            see(f"{person}: {desk.name}")


def _cashier(window: Till, counter: Counter, see: See) -> None:
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


def _lead(window: Till, counter: Counter, see: See) -> None:
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


def _supervisor(window: Till, see: See) -> None:
    window.change_person("ana")
    window.keys("Ctrl+2")
    see("bag")
    window.keys("B-77", "F9")
    window.wait_for("1 page(s)")
    QTest.qWait(100)  # the paper is fitted once more when its scroll bar has taken its room
    see("slip")
