"""The status line: each thing an icon, a word, a colour and what to do; and the question about a doubtful paper."""

from datetime import date

from counter_app.domain.clock import from_text
from counter_app.domain.days import us_date
from counter_app.domain.drawer import SessionState
from counter_app.domain.refused import Refused, StationFault, WrongAct
from counter_app.domain.rights import Person, Right
from counter_app.domain.said import counted, say
from counter_app.screens.look_up import LookUp
from counter_app.screens.us_words import long_day
from counter_app.screens.views import Message, Question, Status, Tone
from counter_app.services.acts import perform
from counter_app.services.printing import PaperState
from counter_app.services.small_acts import SettlePaper
from counter_app.services.station import Station
from db.centre import CITY_HALL
from db.sync import SyncState

_PRACTICE = {"demo": say("Demo"), "training": say("Training")}


class StatusLine:
    """Holds what printing and shipping told last; `statuses` is cheap enough for every second."""

    def __init__(self, station: Station) -> None:
        self._station, self._look = station, LookUp(station)
        self.person: Person | None = None
        self._paper = PaperState(0, None, "")
        self._sync: SyncState | None = None
        self.message = Message()

    def paper(self, state: PaperState) -> None:
        """What the spool says now."""
        self._paper = state

    def synced(self, state: SyncState) -> None:
        """What the shipper says now."""
        self._sync = state

    @property
    def statuses(self) -> tuple[Status, ...]:
        """From left to right."""
        return (self._window(), self._drawer(), self._cashier(), self._printer(), self._centre(), self._date())

    @property
    def question(self) -> Question | None:
        """The paper that a person must be asked about, if there is one."""
        doubt = self._paper.doubt
        if doubt is None:
            return None
        what = f"copy {doubt.copy} of {doubt.document}" if doubt.copy else doubt.document
        words = f"Did the {what} {doubt.number} come out of the printer, whole and readable? Y or N."
        return Question(words, doubt.number)

    def answer(self, *, came_out: bool) -> None:
        """Y or N; what did not come out prints as a copy."""
        doubt = self._paper.doubt
        if doubt is None or self.person is None:
            return
        try:
            perform(self._station, SettlePaper(by=self.person.person, number=doubt.number, came_out=came_out))
        except (Refused, WrongAct, StationFault) as no:
            self.message = Message(str(no), Tone.BAD)
            return
        self._paper = PaperState(self._paper.waiting, None, "" if came_out else self._paper.trouble)
        words = f"{doubt.number} is on paper." if came_out else f"{doubt.number} prints as a copy."
        self.message = Message(words, Tone.GOOD)

    def _window(self) -> Status:
        practice = _PRACTICE.get(self._station.purpose)
        words = f"{self._station.name} {self._station.site}"
        if practice is None:
            return Status("Window", words, "window", explains=f"This window is {self._station.name}.")
        return Status("Window", f"{practice} · {words}", "window", Tone.ACCENT, f"{practice}: no money here is real.")

    def _drawer(self) -> Status:
        person = self.person
        if person is None or not person.may(Right.TAKE_MONEY):
            return Status("Drawer", "No drawer", "drawer", explains="Nobody here takes money.")
        sessions = self._look.own_sessions(person.person)
        if not sessions:
            return Status("Drawer", "No open drawer", "drawer", Tone.WARN, "Open a drawer before the first payment.")
        today = self._look.today().isoformat()
        for session in sessions:
            if session.state == SessionState.RECOUNT:
                words = f"{session.drawer} to count again"
                return Status("Drawer", words, "drawer", Tone.WARN, "The lead asks for a second count: close it again.")
            if session.business_date < today:
                words = f"{session.drawer} open since {long_day(session.business_date)}"
                return Status("Drawer", words, "drawer", Tone.BAD, "A drawer of an earlier day takes its close only.")
        return Status("Drawer", f"{sessions[0].drawer} open", "drawer", Tone.GOOD, "Your drawer is open.")

    def _cashier(self) -> Status:
        if self.person is None:
            return Status("Cashier", "Nobody", "person", explains="Sign in to begin.")
        return Status(
            "Cashier", self.person.name, "person", explains=f"{self.person.name}, {self.person.role}. F12 locks."
        )

    def _printer(self) -> Status:
        paper = self._paper
        if paper.doubt is not None:
            asks = f"It is not known whether {paper.doubt.number} came out. Look, and answer Y or N."
            return Status("Printer", "Did it come out?", "printer", Tone.BAD, asks)
        if paper.trouble:
            explains = f"{paper.trouble} Payments go on; the paper prints when the printer does."
            return Status("Printer", f"{paper.waiting} waiting", "printer", Tone.BAD, explains)
        if paper.waiting:
            return Status("Printer", f"{paper.waiting} printing", "printer", explains="Paper is on its way.")
        return Status("Printer", "Paper done", "printer", Tone.GOOD, "Every paper left this counter.")

    def _centre(self) -> Status:
        sync = self._sync
        if sync is None:
            return Status("Central store", "Not looked yet", "central", explains="The first look comes in a moment.")
        here = "at city hall" if sync.centre == CITY_HALL else "copied"
        if not sync.waiting:
            tone = Tone.GOOD if sync.fault is None else Tone.WARN
            return Status("Central store", f"All {here}", "central", tone, sync.words(self._station.clock.now()))
        words = f"{sync.waiting} waiting"
        if sync.oldest_at is not None:
            words += f", oldest {age(int((self._station.clock.now() - from_text(sync.oldest_at)).total_seconds()))}"
        tone = Tone.PLAIN if sync.fault is None else Tone.BAD
        return Status("Central store", words, "central", tone, sync.words(self._station.clock.now()))

    def _date(self) -> Status:
        session = self._look.open_session(self.person.person) if self.person else None
        day = date.fromisoformat(session.business_date) if session else self._look.today()
        explains = "The business date of this drawer; it was fixed when the drawer was opened." if session else "Today."
        return Status("Business date", us_date(day), "calendar", explains=explains)


def age(seconds: int) -> str:
    """40 s, 12 min, 3 h, 2 days."""
    for unit, size in (("days", 86_400), ("h", 3_600), ("min", 60)):
        if seconds >= 2 * size:
            return f"{seconds // size} {unit}"
    return f"{max(0, seconds)} s"
