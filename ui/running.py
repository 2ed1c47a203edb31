"""The window at work: who is signed in, which page is in front, and what arrives from the device and shipping threads.

Rules are the screens'; here only Qt's part of them: signals that cross threads, timers, pages by their name.
"""

import threading
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from counter_app.bootstrap import centre_of, printer_of
from counter_app.devices.attach import printer_at
from counter_app.domain.refused import Refused, StationFault
from counter_app.domain.rights import Person
from counter_app.practice.demo import PEOPLE
from counter_app.screens.counter import Counter
from counter_app.screens.keys import Intent
from counter_app.screens.views import Desk
from counter_app.services.background import Background
from counter_app.services.roll_picture import RollPicture, prepare, roll_picture
from counter_app.services.sign_in import lock, sign_in
from counter_app.services.station import Station
from ui.look import Look
from ui.pages.counter import CounterPage
from ui.pages.sign_in import SignInPage, SignInView
from ui.window import Window

PUMP_MS = 250
"""How often paper that waits for its printer is tried and the status line looks again."""
SIGN_IN, COUNTER = "sign in", "counter"


class Running(QObject):
    """From `start` to `stop`; the station is closed by who opened it."""

    woken = Signal()
    delivered = Signal(object)
    paper_out = Signal(object)

    def __init__(self, station: Station, look: Look) -> None:
        super().__init__()
        self._station, self._look = station, look
        self.person: Person | None = None
        self.desks: tuple[Desk, ...] = ()
        self._counter: Counter | None = None
        self.window = Window(look, f"{station.city_name}, {station.name}")
        self._sign_in = SignInPage(look)
        self._page: CounterPage | None = None
        midway = partial(station.faults.point, "during_print")
        printer = printer_at(printer_of(station), self._printed, midway)
        self.background = Background(station, printer, centre_of(station), self.woken.emit, self.delivered.emit)
        self._tick = QTimer(self)
        self._tick.setInterval(PUMP_MS)
        self.window.add_page(SIGN_IN, self._sign_in)
        self._connect()

    def _connect(self) -> None:
        self.woken.connect(self._pump)
        self.delivered.connect(self._settle)
        self.paper_out.connect(self._show_paper)
        self._tick.timeout.connect(self._pump)
        self._sign_in.signed.connect(self._signed)
        self.window.intent.connect(self._window_key)
        self.window.desk_chosen.connect(self.show_desk)

    def start(self, person: Person | None = None) -> None:
        """Show the window, asking who is there unless a person of practice was given, and begin the work beside it."""
        if person is None:
            self.ask_person()
        else:
            self.enter(person)
        self.window.show()
        self.background.start()
        self._tick.start()
        QTimer.singleShot(0, self._pump)
        threading.Thread(target=prepare, name="first paper", daemon=True).start()

    def stop(self) -> None:
        """End the threads beside the window."""
        self._tick.stop()
        self.background.stop()

    def complain(self, words: str) -> None:
        """Say one sentence wherever the person is."""
        if self._page is not None and self.window.page_in_front() is self._page:
            self._page.complain(words)
        else:
            self._sign_in.complain(words)

    def show_desk(self, name: str) -> None:
        """Bring a desk to the front."""
        self.window.show_page(name)

    # Who is there -----------------------------------------------------------------------------------------------------

    def ask_person(self) -> None:
        """Show who may sign in, or whose PIN opens the lock."""
        locked = self.person.name if self.person else ""
        self._sign_in.show_sign_in(
            SignInView(
                self._station.city_name,
                f"{self._station.site} · window {self._station.name}",
                _hint(self._station),
                self.person.person if self.person else "",
                locked,
            )
        )
        self.window.show_desks(())
        self.window.show_page(SIGN_IN)

    def _signed(self, name: str, secret: str) -> None:
        try:
            person = sign_in(self._station, name, secret)
        except (Refused, StationFault) as no:
            self._sign_in.complain(str(no))
            return
        self.enter(person)

    def enter(self, person: Person) -> None:
        """Somebody is signed in: their desks, the first of them in front."""
        self.person = person
        if self._counter is None:
            self._counter = Counter(self._station, person, self._committed)
            self._page = CounterPage(self._look, self._counter)
            self.window.add_page(COUNTER, self._page)
        else:
            self._counter.come_back(person)
        assert self._page is not None
        self._page.draw()
        self.desks = (Desk(COUNTER, "Counter", "counter"),)
        self.window.show_desks(self.desks)
        self.show_desk(self.desks[0].name)

    def _lock(self) -> None:
        """Names and amounts vanish before anything else happens."""
        if self.person is None or self._counter is None or self._counter.hidden:
            return
        self._counter.hide()
        if self._page is not None:
            self._page.draw()
        self.ask_person()
        self._said(lambda: lock(self._station, self.person.person if self.person else ""))

    # What arrives -----------------------------------------------------------------------------------------------------

    def _window_key(self, intent: str) -> None:
        if intent == Intent.LOCK:
            self._lock()

    def _committed(self) -> None:
        """After an act; not inside it, so that a printer's trouble is never told as the act's."""
        QTimer.singleShot(0, self._pump)

    def _pump(self) -> None:
        self._said(self.background.pump)

    def _settle(self, delivery: Any) -> None:
        self._said(lambda: self.background.settle(delivery))

    def _printed(self, sent: bytes) -> None:
        """On the device's thread: the paper is drawn there, and only its picture crosses."""
        picture = roll_picture(sent)
        if picture is not None:
            self.paper_out.emit(picture)

    def _show_paper(self, picture: RollPicture) -> None:
        if self._page is not None and self._counter is not None and not self._counter.hidden:
            self._page.show_paper(picture)

    def _said(self, act: Callable[[], object]) -> None:
        """Do it; the world's fault is one sentence on the page in front."""
        try:
            act()
        except (Refused, StationFault) as fault:
            self.complain(str(fault))


def _hint(station: Station) -> str:
    """The demo's people and their PINs; nothing for real money."""
    if station.purpose != "demo":
        return ""
    return "Demo: " + ", ".join(f"{person.name} ({person.role}) {person.pin}" for person in PEOPLE)
