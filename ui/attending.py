"""Who or what is at the window: scans wherever the focus is, sounds, and a window that nobody touches."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from counter_app.bootstrap import sounds_are_on, turn_sounds, wedge_of
from counter_app.domain.badge import begins_badge
from counter_app.domain.rights import Person
from counter_app.domain.said import say
from counter_app.screens.idle import Idle, Rest
from counter_app.screens.views import Sound, Tone
from counter_app.services.station import Station
from ui.desk_pages import DeskPages
from ui.look import Look
from ui.pages.veil import VeilPage
from ui.scanner import Scanner
from ui.sounds import Sounds, player_here
from ui.widgets.approval_strip import ApprovalStrip
from ui.window import Window

VEIL = "veil"
SIGN_IN_FIRST = say("The scan was not taken: sign in first.")
ELSEWHERE = say("The scan was not taken: bills are scanned at the counter.")


class Attending(QObject):
    """`lock_due()` when the window was left alone too long, `lifted()` when somebody touched the veil.

    `entered` and `left` say who is signed in; `look` is called by the window's tick.
    """

    lock_due = Signal()
    lifted = Signal()

    def __init__(self, station: Station, look: Look, window: Window, pages: DeskPages) -> None:
        super().__init__(window)
        app = QApplication.instance()
        assert isinstance(app, QApplication), "a window has its application"
        self._station, self._window, self._pages = station, window, pages
        self._person: Person | None = None
        self._left: Person | None = None
        self.idle, self.scanner = Idle(), Scanner(app, wedge_of(station))
        self.sounds = Sounds(player_here(app.platformName()), on=sounds_are_on(station))
        self._veil = VeilPage(look)
        self._focus: QWidget | None = None
        window.add_page(VEIL, self._veil)
        self.scanner.as_typed = self._is_badge_where_one_is_asked
        self.scanner.scanned.connect(self._scanned)
        self.scanner.touched.connect(self._touched)
        self._veil.lifted.connect(self.lift)
        pages.sounded.connect(self.sounds.play)

    def stop(self) -> None:
        """The window ends."""
        self.scanner.stop()
        self.sounds.stop()

    def look(self) -> None:
        """Hide or lock what nobody touches; cheap, once a second."""
        if self._person is None:
            return
        with self._station.books.read() as connection:
            city = self._station.reference(connection).city
        match self.idle.rest(city, busy=self._is_veiled or self._pages.is_busy):
            case Rest.LOCKED:
                self.lock_due.emit()
            case Rest.HIDDEN if not self._is_veiled:
                self._cover()

    def lift(self) -> None:
        """Back to the page under the veil, at the same keystroke."""
        if self._pages.counter is not None:
            self._pages.counter.reveal()
        self.lifted.emit()
        self._give_focus_back()

    def _cover(self) -> None:
        """The page stays as it is under the veil: a count in its fields, a question half answered."""
        self._remember_focus()
        if self._pages.counter is not None:
            self._pages.counter.hide()
        self._window.show_page(VEIL)

    def left(self, person: Person | None) -> None:
        """Before everything of theirs is hidden: a key that was about to come goes to the same field afterwards."""
        self._remember_focus()
        self._person, self._left = None, person

    def entered(self, person: Person) -> None:
        """Their desk is in front; who only comes back finds the focus where they left it."""
        if person != self._left:
            self._focus = None
        self._person = person
        self.idle.touched()
        self._give_focus_back()

    def _remember_focus(self) -> None:
        if not self._is_veiled:
            self._focus = QApplication.focusWidget()

    def _give_focus_back(self) -> None:
        """To the field that had it, where it is still there and in view."""
        field, self._focus = self._focus, None
        if field is not None and isValid(field) and field.isVisible() and field.isEnabled():
            field.setFocus()

    def turn_sounds(self) -> None:
        """On or off, for this station."""
        self.sounds.on = not self.sounds.on
        turn_sounds(self._station, on=self.sounds.on)
        words = say("Sounds are on.") if self.sounds.on else say("Sounds are off; everything is seen as well.")
        self._window.tell(words, Tone.PLAIN)

    @property
    def _is_veiled(self) -> bool:
        return self._window.page_in_front() is self._veil

    def _touched(self) -> None:
        self.idle.touched()
        self._window.tell("")

    def _is_badge_where_one_is_asked(self, line: str, focus: QWidget) -> bool:
        if not begins_badge(line):
            return False
        inside: QWidget | None = focus
        while inside is not None and not isinstance(inside, ApprovalStrip):
            inside = inside.parentWidget()
        return self._person is None or inside is not None

    def _scanned(self, line: str) -> None:
        if self._is_veiled:
            self.lift()
        page = self._pages.counter_page
        if self._person is None:
            self._refuse(SIGN_IN_FIRST)
        elif page is not None and self._window.page_in_front() is page:
            page.scan(line)
        else:
            self._refuse(ELSEWHERE)

    def _refuse(self, words: str) -> None:
        self.sounds.play(Sound.ATTENTION)
        self._window.tell(words, Tone.WARN)
