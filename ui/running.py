"""The window at work: who is signed in, which desk is in front, and what arrives from the device and shipping threads.

Rules are the screens'; here only Qt's part of them: signals that cross threads, timers, pages by their name.
"""

import threading
from collections.abc import Callable
from functools import cached_property, partial
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal

from counter_app.bootstrap import centre_of, printer_of
from counter_app.devices.attach import printer_at
from counter_app.domain.refused import Refused, StationFault
from counter_app.domain.rights import Person, Right
from counter_app.domain.said import say
from counter_app.practice.demo import PEOPLE
from counter_app.screens import desks
from counter_app.screens.keys import Intent
from counter_app.screens.own_pin import OwnPin
from counter_app.screens.palette import TIPS, Palette
from counter_app.screens.sign_in import SignIn
from counter_app.screens.status import StatusLine
from counter_app.screens.views import Desk, Tone
from counter_app.services.background import Background, warm
from counter_app.services.roll_picture import RollPicture, roll_picture
from counter_app.services.sign_in import has_given_pin
from counter_app.services.station import Station
from ui.attending import Attending
from ui.desk_pages import DeskPages
from ui.first_keys import FirstKeys
from ui.look import Look
from ui.pages.own_pin import OwnPinPage
from ui.pages.palette import PalettePage
from ui.pages.sign_in import SignInPage
from ui.spoken import spoken
from ui.window import Window
from ui.worn import Worn

TICK_MS = 250
"""How often paper that waits for its printer is tried."""
TICKS_TO_LOOK = 4
"""Ticks between two looks at what the status line says."""
WARM_WITHIN_S = 3.0
"""What the first paper needs is loaded at the first tick, once the window is painted; ending waits so long for it."""
SIGN_IN, COMMANDS, OWN_PIN, DESK_PREFIX = "sign in", "commands", "own pin", "desk:"


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
        self._desk, self._ticks = "", 0
        self.window = Window(look, f"{station.city_name}, {station.name}")
        self.pages = DeskPages(station, look, self.window, self._committed)
        self._sign_in, self._status = SignIn(station, _hint(station)), StatusLine(station)
        self._sign_in_page = SignInPage(look)
        midway = partial(station.faults.point, "during_print")
        printer = printer_at(printer_of(station), self._printed, midway)
        self.background = Background(station, printer, centre_of(station), self.woken.emit, self.delivered.emit)
        self._warming = threading.Thread(target=warm, args=(station,), name="first paper", daemon=True)
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self.window.add_page(SIGN_IN, self._sign_in_page)
        self.worn = Worn(station, look, self.window)
        self.attending = Attending(station, look, self.window, self.pages)
        self._connect()

    def _connect(self) -> None:
        self.woken.connect(self._paper_answered)
        self.delivered.connect(self._settle)
        self.paper_out.connect(self._show_paper)
        self._tick.timeout.connect(self._on_tick)
        self._sign_in_page.signed.connect(self._signed)
        self._sign_in_page.language_asked.connect(self.worn.next_language)
        self.window.intent.connect(self._window_key)
        self.window.desk_chosen.connect(self.show_desk)
        self.pages.drawn.connect(self._look_around)
        self.pages.paper_answered.connect(self._answer_paper)
        self.pages.opened.connect(self._drawer_opened)
        self.pages.led.connect(self.show_desk)
        self.attending.lock_due.connect(self._lock)
        self.attending.lifted.connect(lambda: self.show_desk(self._desk))

    @cached_property
    def _palette_page(self) -> PalettePage:
        """Built when it is first asked for: a start does without."""
        page = PalettePage(self._look)
        page.chosen.connect(self._command)
        page.left.connect(lambda: self.show_desk(self._desk))
        self.window.add_page(COMMANDS, page)
        return page

    @cached_property
    def _own_pin_page(self) -> OwnPinPage:
        page = OwnPinPage(self._look)
        page.left.connect(self._own_pin_left)
        self.window.add_page(OWN_PIN, page)
        return page

    def start(self, person: Person | None = None) -> None:
        """Show the window, asking who is there unless a person of practice was given, and begin the work beside it."""
        if person is None:
            self.ask_person()
        else:
            self.enter(person)
        self.window.show()
        FirstKeys(self.window)
        self.background.start()
        self._tick.start()
        self._committed()

    def stop(self) -> None:
        """End the threads beside the window, then the window and this; on Qt's own thread, and not as garbage."""
        self._tick.stop()
        self.attending.stop()
        self.worn.stop()
        self.pages.stop()
        if self._warming.is_alive():
            self._warming.join(WARM_WITHIN_S)
        self.background.stop()
        for gone in (self.window, self):
            gone.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)  # and pages that went before

    @property
    def is_warm(self) -> bool:
        """Whether all that the first paper needs is loaded."""
        return self._warming.ident is not None and not self._warming.is_alive()

    def say(self, words: str, tone: Tone = Tone.BAD) -> None:
        """Say one sentence where the person is; on a desk that cannot, at the counter."""
        page = self.pages.counter_page
        if page is not None and self.person is not None:
            page.say(words, tone)
        else:
            self._sign_in_page.complain(words)

    # Desks and commands -----------------------------------------------------------------------------------------------

    def show_desk(self, name: str) -> None:
        """Bring a desk of the person to the front."""
        if self.person is not None and name in [desk.name for desk in (*self.desks, *desks.beside_of(self.person))]:
            left, self._desk = self._desk, name
            self._said(lambda: self.pages.bring(name, from_another=left not in ("", name)))
            self._look_around()

    def _window_key(self, intent: str) -> None:
        if intent == Intent.LANGUAGE:
            self.worn.next_language()
        elif intent == Intent.COLORS:
            self.worn.next_colors()
        elif intent == Intent.SOUNDS:
            self._said(self.attending.turn_sounds)
        elif self.person is None:
            if intent == Intent.LOCK:
                self._sign_in_page.ask_somebody_else()
        elif intent == Intent.LOCK:
            self._lock()
        elif intent == Intent.COMMANDS:
            self.show_commands()
        elif intent == Intent.OWN_PIN:
            self._ask_own_pin(self.person)
        elif intent == Intent.CALL_LEAD:
            self.say("No other window of this site listens yet.", Tone.WARN)

    def show_commands(self) -> None:
        """Every command of the person, with its key."""
        if self.person is not None:
            self._palette_page.begin(Palette(self.person, self.pages.counter, spoken))
            self.window.show_page(COMMANDS)

    def _command(self, act: str) -> None:
        """What was chosen in the list of commands."""
        if act.startswith(DESK_PREFIX):
            self.show_desk(act.removeprefix(DESK_PREFIX))
            return
        self.show_desk(self._desk)
        if act == TIPS:
            self._switch_tips()
        elif act in (Intent.LARGER, Intent.SMALLER, Intent.FIRST_SIZE):
            self.window.zoom(Intent(act))
        elif act in (Intent.LOCK, Intent.CALL_LEAD, Intent.LANGUAGE, Intent.COLORS, Intent.OWN_PIN, Intent.SOUNDS):
            self._window_key(act)
        else:
            self.show_desk(desks.COUNTER.name)
            if self.pages.counter_page is not None and self.pages.counter is not None:
                self.pages.counter.coach.by_commands(Intent(act))
                self.pages.counter_page.press(act)

    def _switch_tips(self) -> None:
        if self.pages.counter is not None:
            coach = self.pages.counter.coach
            coach.switch()
            coach.keep()
            self.say(say("Shortcut tips are off.") if coach.is_off else say("Shortcut tips are on."), Tone.GOOD)

    def _drawer_opened(self, words: str) -> None:
        """The day begins at the counter."""
        self.show_desk(desks.COUNTER.name)
        self.say(words, Tone.GOOD)

    # Who is there -----------------------------------------------------------------------------------------------------

    def ask_person(self) -> None:
        """Show who may sign in, or whose PIN opens the lock."""
        view = self._sign_in.view
        self._sign_in_page.show_sign_in(view)
        self.window.show_desks(())
        self.window.status.hide()
        self.window.show_page(SIGN_IN)

    def _signed(self, name: str, secret: str) -> None:
        person = self._sign_in.sign(name, secret)
        if person is None:
            self._sign_in_page.complain(self._sign_in.view.complaint)
        else:
            self.enter(person)
            if has_given_pin(self._station, person.person):
                self._ask_own_pin(person)

    def _ask_own_pin(self, person: Person) -> None:
        self._own_pin_page.begin(OwnPin(self._station, person))
        self.window.show_page(OWN_PIN)

    def _own_pin_left(self, words: str) -> None:
        self.show_desk(self._desk)
        if words:
            self.say(words, Tone.GOOD)

    def enter(self, person: Person) -> None:
        """Somebody is signed in: their desks, the one they left or the first of them in front."""
        self.person = self._status.person = person
        self.worn.belong_to(person)
        self.desks = desks.desks_of(person)
        self.pages.belong_to(person)
        self.window.show_desks(self.desks)
        self.window.status.show()
        names = [desk.name for desk in self.desks]
        self.show_desk(self._desk if self._desk in names else names[0])
        self.attending.entered(person)
        if person.may(Right.TAKE_MONEY) and self._desk == desks.COUNTER.name and self._has_no_drawer():
            key = f"Ctrl+{names.index(desks.DRAWER.name) + 1}"
            self.say(say("You have no open drawer: {key} opens one.", key=key), Tone.WARN)

    def _has_no_drawer(self) -> bool:
        counter = self.pages.counter
        return counter is not None and not counter.view.drawer and not counter.view.message.words

    def _lock(self) -> None:
        """Names and amounts vanish before anything else happens."""
        self.attending.left(self.person)
        person, self.person, self._status.person = self.person, None, None
        self.pages.hide()
        self.worn.belong_to_nobody()
        if person is not None:
            self._said(lambda: self._sign_in.lock(person))
        self.ask_person()

    # What arrives -----------------------------------------------------------------------------------------------------

    def _committed(self) -> None:
        """After an act; not inside it, so that a printer's trouble is never told as the act's."""
        QTimer.singleShot(0, self._pump)

    def _pump(self) -> None:
        self._said(self.background.pump)

    def _paper_answered(self) -> None:
        self.attending.idle.touched()
        self._pump()
        self._look_around()

    def _on_tick(self) -> None:
        self._pump()
        self._ticks += 1
        if self._ticks == 1:
            self._warming.start()
        if self._ticks % TICKS_TO_LOOK == 0:
            self._look_around()
            self._said(self.attending.look)
            self.background.rest(is_left=self.person is None)

    def _settle(self, delivery: Any) -> None:
        self._said(lambda: self.background.settle(delivery))
        self._look_around()

    def _look_around(self) -> None:
        """The status line, and the question about paper."""
        if self.person is None:
            return
        self._status.paper(self.background.printing.state())
        if self.background.sync is not None:
            self._status.synced(self.background.sync)
        self._status.proved(self.background.proofs)
        self.window.status.show_statuses(self._status.statuses)
        page = self.pages.counter_page
        if page is not None:
            page.ask_paper(self._status.question)

    def _answer_paper(self, came_out: bool) -> None:
        """Y or N to the question about paper."""
        self._status.answer(came_out=came_out)
        self.say(self._status.message.words, self._status.message.tone)
        self._look_around()

    def _printed(self, sent: bytes) -> None:
        """On the device's thread: the paper is drawn there, and only its picture crosses."""
        picture = roll_picture(sent)
        if picture is not None:
            self.paper_out.emit(picture)

    def _show_paper(self, picture: RollPicture) -> None:
        if self.pages.counter_page is not None and self.person is not None:
            self.pages.counter_page.show_paper(picture)

    def _said(self, act: Callable[[], object]) -> None:
        """Do it; the world's fault is one sentence for the person."""
        try:
            act()
        except (Refused, StationFault) as fault:
            self.say(str(fault))


def _hint(station: Station) -> str:
    """The demo's people and their PINs; nothing for real money."""
    if station.purpose != "demo":
        return ""
    people = " · ".join(f"{person.name}\N{NO-BREAK SPACE}{person.pin}" for person in PEOPLE)
    return say("Demo, name and PIN:\n{people}", people=people)
