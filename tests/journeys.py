"""The flows of a counter as they are promised, and the recorder that counts a person's keys, clicks and milliseconds.

A flow is data: what comes before it and is not counted, its strokes, and the words the window ends with. Tests walk
each once and fail for a key too many or for any click; `python -m tests.bench --only journeys` walks them for the time.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from time import perf_counter

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from counter_app.services.acts import perform
from counter_app.services.badges import GiveBadge
from counter_app.services.correct_receipt import VoidReceipt
from counter_app.services.sign_in import sign_in
from counter_app.services.station import Station
from db.queries import drawers, receipts
from tests.fakes.counter import ARREARS, IN_CREDIT, WATER
from tests.fakes.keyboard import Keyboard
from tests.fakes.window import PINS

SCAN, BADGE = "scan ", "badge "
"""Strokes that a scanner makes: they cost a person no key."""


@dataclass(frozen=True, slots=True)
class Flow:
    """`most` keys are promised; `ends` stands in the window, or in its status line, once it is done."""

    name: str
    most: int
    strokes: tuple[str, ...]
    ends: str
    before: tuple[str, ...] = ()


_PAID = (SCAN + WATER, ".", "F9")
_ASKED = (*_PAID, "F11", "V")
FLOWS = (
    Flow("scan bill → exact cash", 3, (SCAN + WATER, "Enter", ".", "F9"), "Paid, no change"),
    Flow("scan → a larger amount → finish", 5, (SCAN + WATER, "150", "F8", "F9"), "$30.00"),
    Flow("8-digit account → exact cash", 12, (WATER, "Enter", "Enter", ".", "F9"), "Paid, no change"),
    Flow(
        "three bills → one check with a 4-digit number", 7,
        (SCAN + WATER, SCAN + ARREARS, SCAN + IN_CREDIT, "F6", "Enter", "1042", "F9"), "Paid, no change",
    ),
    Flow("split $50 cash and a check", 11, (SCAN + WATER, "50", "F8", "F6", "Enter", "1042", "F9"), "Paid, no change"),
    Flow("$50 on a larger bill, $60 cash", 7, (SCAN + WATER, "50", "/", "60", "F8", "F9"), "$10.00"),
    Flow("wrong tender put right", 8, ("F11", "T", "F6", "1042", "Enter"), "is now: Check", _PAID),
    Flow("no sale with reason", 3, ("Ctrl+O", "1"), "The drawer is open"),
    Flow("lock, unlock by 4-digit PIN", 6, ("F12", PINS["maria"], "Enter"), "Counter box"),
    Flow("lock, unlock by badge", 1, ("F12", BADGE + "maria"), "Counter box"),
    Flow("approval: reason, who, PIN", 8, ("1", "1", PINS["lee"], "Enter"), "is void", _ASKED),
    Flow("approval: reason, badge", 2, ("1", BADGE + "lee"), "is void", _ASKED),
)  # fmt: skip
IN_A_MOUSE_TILL = (14, 8)
"""Keys and clicks of the first flow in a till that is driven by the mouse, for comparison."""


@dataclass(slots=True)
class Journey:
    """What one walk through a flow took; `seconds` of each key, until what it brought about is painted."""

    keys: int = 0
    clicks: int = 0
    seconds: list[float] = field(default_factory=list)


class Clicks(QObject):
    """Every button that a pointer presses anywhere in the window."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.count = 0
        self._app = app
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Counts, and lets everything pass; of those a click is delivered to, the window itself hears it first."""
        if event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.Wheel) and watched.isWindowType():
            self.count += 1
        return False

    def stop(self) -> None:
        """Count no more."""
        self._app.removeEventFilter(self)
        self.deleteLater()


class Recorder:
    """Walks flows by a keyboard, and counts; `badges` are the lines of the people who have one."""

    def __init__(self, app: QApplication, badges: dict[str, str]) -> None:
        self._app, self._keys, self._badges = app, Keyboard(app), badges

    def walk(self, flow: Flow) -> Journey:
        """What came before is not counted, and neither is a scan."""
        self._through(flow.before, Journey())
        journey, clicks = Journey(), Clicks(self._app)
        self._through(flow.strokes, journey)
        journey.clicks = clicks.count
        clicks.stop()
        return journey

    def _through(self, strokes: Sequence[str], journey: Journey) -> None:
        for stroke in strokes:
            if stroke.startswith(SCAN):
                self._keys(stroke.removeprefix(SCAN), "Enter")
            elif stroke.startswith(BADGE):
                self._keys(*self._badges[stroke.removeprefix(BADGE)], "Enter")
            else:
                for key in self._keys.single(stroke):
                    begun = perf_counter()
                    self._keys(key)
                    journey.seconds.append(perf_counter() - begun)
                    journey.keys += 1


def badges_for(station: Station, *people: str) -> dict[str, str]:
    """A badge for each, whose owner has signed in since."""
    lines = {person: str(perform(station, GiveBadge(by="adam", person=person)).line) for person in people}
    for line in lines.values():
        sign_in(station, line, "")
    return lines


def as_before(station: Station) -> None:
    """What the flow paid is owed again: receipts of Maria's drawer that stand are voided."""
    for number in _standing(station):
        perform(station, VoidReceipt(by="maria", approver="lee", number=number, reason="Entered twice"))


def _standing(station: Station) -> Iterator[str]:
    with station.books.read() as connection:
        for session in drawers.uncounted_of(connection, station.name, "maria"):
            number = receipts.last_number(connection, session.session)
            receipt = receipts.receipt(connection, number) if number else None
            if receipt is not None and receipt.state == "taken":
                yield receipt.number
