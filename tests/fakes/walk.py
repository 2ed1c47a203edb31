"""The one list of screens: a walk through every desk and its states, by keys alone, for whoever looks at them all.

What is cut, what is said, what a screen reader hears, the pictures of the README and those that are compared to the
pixel all go this way; a state that is added here is looked at by all of them.
"""

from collections.abc import Callable
from time import monotonic

from PySide6.QtTest import QTest

from counter_app.domain.said import say
from counter_app.screens.views import Question
from tests.fakes.counter import Counter, cash, check, close_d1, open_d1, pay, water
from tests.fakes.window import Till

_QUESTION = Question(
    say("Did the receipt {number} come out of the printer, whole and readable? Y or N.", number="A1-000001"),
    "A1-000001",
)
_SETTLED_S = 5.0
See = Callable[[str], None]
"""Called with the name of a state when the window has settled in it."""


def walk_desks(window: Till, counter: Counter, look_at: See) -> None:
    """From signing in to the slip of the deposit, and every desk of everybody else."""

    def see(what: str) -> None:
        _settle(window)
        look_at(what)

    see("signing in")
    _opening(window, counter, see)
    _payment(window, see)
    _void(window, counter, see)
    _beside_payments(window, see)
    _closing(window, see)
    _lead(window, counter, see)
    _supervisor(window, see)
    for person in ("fay", "adam", "ruth"):
        window.change_person(person)
        for place, desk in enumerate(window.running.desks, 1):
            window.keys(f"Ctrl+{place}")
            see(f"{person}: {desk.name}")


def _settle(window: Till) -> None:
    """Until no paper waits for its printer, and what the last key asked for is laid out."""
    until = monotonic() + _SETTLED_S
    while window.running.background.printing.state().waiting and monotonic() < until:
        QTest.qWait(5)
    QTest.qWait(5)


def _opening(window: Till, counter: Counter, see: See) -> None:
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
    window.keys("Esc")
    see("counter")


def _payment(window: Till, see: See) -> None:
    """A water bill and a dog license, by check and cash."""
    window.keys("petrov")
    see("results")
    window.keys("Enter")
    see("ticket")
    window.keys("DL-A1", "Enter", "Rex", "Enter")
    see("form")
    window.keys("Enter", "053127", "F9", "Enter")
    see("tender")
    window.keys("50", "F6", "1042", "Enter")
    see("tenders")
    window.keys("100", "F8", "F9")
    see("change due")


def _void(window: Till, counter: Counter, see: See) -> None:
    window.keys("F11")
    see("last receipt")
    window.keys("V")
    see("void: reason")
    window.keys("2")
    see("void: second person")
    window.keys("1", "0000", "Enter")
    see("void: wrong PIN")
    counter.wait(5)
    window.keys("9054", "Enter")
    see("void: done")


def _beside_payments(window: Till, see: See) -> None:
    window.keys("Esc", "90000002", "Enter")
    see("arrears")
    window.keys("Shift+Esc")
    see("abandon")
    window.keys("Esc", "F4", "DL-A2", "Enter")
    see("form: begun")
    window.keys("Esc", "90000003", "Enter")
    see("account")
    window.keys("Esc", "F5")
    see("recall")
    window.keys("Enter", "Shift+Esc", "1", "nosuchname")
    see("nothing found")
    window.keys("Ctrl+A", "Delete", "Ctrl+D")
    see("drop")
    window.keys("Esc", "Ctrl+K")
    see("commands")
    window.keys("Esc", "F12")
    see("locked")
    window.sign_in("maria")


def _closing(window: Till, see: See) -> None:
    window.keys("Ctrl+2")
    see("closing: cash")
    window.keys.count(n20=11)
    window.keys("100", "Enter")
    see("closing: checks")
    window.keys("Enter", "Enter")
    see("closing: lock")


def _lead(window: Till, counter: Counter, see: See) -> None:
    close_d1(counter, 21_500, [10_000])
    counter.do("open_drawer", "ben", drawer="D2", count={"2000": 10})
    window.change_person("lee")
    window.keys("Ctrl+3")
    see("drawers")
    window.keys("Enter")
    see("verifying: cash")
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
