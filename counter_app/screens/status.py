"""The status line: each thing an icon, a word, a colour and what to do; and the question about a doubtful paper."""

from datetime import date, datetime

from counter_app.domain.clock import SetClock, from_text
from counter_app.domain.days import us_date
from counter_app.domain.drawer import SessionState
from counter_app.domain.refused import Refused, StationFault, WrongAct
from counter_app.domain.rights import Person, Right, article
from counter_app.domain.said import Said, counted, say, together
from counter_app.screens.look_up import LookUp
from counter_app.screens.us_words import clock_time, long_day
from counter_app.screens.views import Message, Question, Status, Tone
from counter_app.services import balances
from counter_app.services.acts import perform
from counter_app.services.printing import PaperState
from counter_app.services.proving import Proofs
from counter_app.services.small_acts import SettlePaper
from counter_app.services.station import Station
from db import disk_space
from db.centre import CITY_HALL
from db.queries import entries
from db.queries.paper import Job
from db.sync import SyncState, age_in_words

STEP_SHOWN = 20
"""A set clock is shown until so many entries more were written."""
_PRACTICE = {"demo": say("Demo"), "training": say("Training")}


class StatusLine:
    """Holds what printing and shipping told last; `statuses` is cheap enough for every second."""

    def __init__(self, station: Station) -> None:
        self._station, self._look = station, LookUp(station)
        self.person: Person | None = None
        self._paper = PaperState(0, None, "")
        self._sync: SyncState | None = None
        self._proofs = Proofs(None, None)
        self.message = Message()

    def paper(self, state: PaperState) -> None:
        """What the spool says now."""
        self._paper = state

    def synced(self, state: SyncState) -> None:
        """What the shipper says now."""
        self._sync = state

    def proved(self, proofs: Proofs) -> None:
        """What the newest proofs of the books found."""
        self._proofs = proofs

    @property
    def statuses(self) -> tuple[Status, ...]:
        """From left to right."""
        own = (self._window(), self._drawer(), *self._to_verify(), self._cashier())
        return (*own, self._printer(), self._centre(), *self._books(), *self._disk(), *self._clock(), self._date())

    @property
    def question(self) -> Question | None:
        """The paper that a person must be asked about, if there is one."""
        doubt = self._paper.doubt
        if doubt is None:
            return None
        return Question(_doubted(doubt), doubt.number)

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
        printed = say("{number} is on paper.", number=doubt.number)
        again = say("{number} prints as a copy.", number=doubt.number)
        self.message = Message(printed if came_out else again, Tone.GOOD)

    def _window(self) -> Status:
        practice = _PRACTICE.get(self._station.purpose)
        name, words = say("Window"), f"{self._station.name} {self._station.site}"
        if practice is None:
            return Status(name, words, "window", explains=say("This window is {name}.", name=self._station.name))
        explains = say("{practice}: no money here is real.", practice=practice)
        return Status(name, together((practice, words), " · "), "window", Tone.ACCENT, explains)

    def _drawer(self) -> Status:
        name, person = say("Drawer"), self.person
        if person is None or not person.may(Right.TAKE_MONEY):
            return Status(name, say("No drawer"), "drawer", explains=say("Nobody here takes money."))
        sessions = self._look.own_sessions(person.person)
        if not sessions:
            explains = say("Open a drawer before the first payment.")
            if person.may(Right.VERIFY):  # a lead takes money as cover only
                return Status(name, say("No drawer"), "drawer", explains=explains)
            return Status(name, say("No open drawer"), "drawer", Tone.WARN, explains)
        today = self._look.today().isoformat()
        for session in sessions:
            if session.state == SessionState.RECOUNT:
                words = say("{drawer} to count again", drawer=session.drawer)
                explains = say("The lead asks for a second count: close it again.")
                return Status(name, words, "drawer", Tone.WARN, explains)
            if session.business_date < today:
                words = say("{drawer} open since {day}", drawer=session.drawer, day=long_day(session.business_date))
                explains = say("A drawer of an earlier day takes its close only.")
                return Status(name, words, "drawer", Tone.BAD, explains)
        words = say("{drawer} open", drawer=sessions[0].drawer)
        return Status(name, words, "drawer", Tone.GOOD, say("Your drawer is open."))

    def _to_verify(self) -> tuple[Status, ...]:
        """What waits for the lead; nobody verifies an own drawer."""
        person = self.person
        if person is None or not person.may(Right.VERIFY):
            return ()
        closed = [s for s in self._look.unfinished() if s.state == SessionState.CLOSED and s.cashier != person.person]
        if not closed:
            return ()
        words = counted(len(closed), "{n} drawer to verify", "{n} drawers to verify")
        explains = say("Closed and counted by its cashier: count it on the desk Drawers, then accept it.")
        return (Status(say("To verify"), words, "review", Tone.ACCENT, explains),)

    def _cashier(self) -> Status:
        if self.person is None:
            return Status(say("Cashier"), say("Nobody"), "person", explains=say("Sign in to begin."))
        role = article(self.person.role)
        explains = say("{name} is {role}. F12 locks.", name=self.person.name, role=role)
        return Status(say("Cashier"), self.person.name, "person", explains=explains)

    def _printer(self) -> Status:
        name, paper = say("Printer"), self._paper
        if paper.doubt is not None:
            asks = say("It is not known whether {number} came out. Look, and answer Y or N.", number=paper.doubt.number)
            return Status(name, say("Did it come out?"), "printer", Tone.BAD, asks)
        if paper.trouble:
            explains = together((paper.trouble, say("Payments go on; the paper prints when the printer does.")))
            return Status(name, say("{n} waiting", n=paper.waiting), "printer", Tone.BAD, explains)
        if paper.drawer:
            explains = together((paper.drawer, say("The cash drawer did not open: use its key.")))
            return Status(name, say("Drawer stays shut"), "printer", Tone.WARN, explains)
        if paper.waiting:
            return Status(name, say("{n} printing", n=paper.waiting), "printer", explains=say("Paper is on its way."))
        return Status(name, say("Paper done"), "printer", Tone.GOOD, say("Every paper left this counter."))

    def _centre(self) -> Status:
        name, sync = say("Central store"), self._sync
        if sync is None:
            explains = say("The first look comes in a moment.")
            return Status(name, say("Not looked yet"), "central", explains=explains)
        now = self._station.clock.now()
        if not sync.waiting:
            tone = Tone.GOOD if sync.fault is None else Tone.WARN
            words = say("All at city hall") if sync.centre == CITY_HALL else say("All copied")
            return Status(name, words, "central", tone, sync.words(now))
        words = say("{n} waiting", n=sync.waiting)
        if sync.oldest_at is not None:
            old = age_in_words(max(0, int((now - from_text(sync.oldest_at)).total_seconds())))
            words = say("{n} waiting, oldest {age}", n=sync.waiting, age=old)
        tone = Tone.PLAIN if sync.fault is None else Tone.BAD
        return Status(name, words, "central", tone, sync.words(now))

    def _books(self) -> tuple[Status, ...]:
        """For who may see the money; a cashier is told only when something does not hold."""
        if self._proofs.problems or (self.person is not None and self.person.may(Right.SEE_MONEY)):
            return (self._proven(),)
        return ()

    def _proven(self) -> Status:
        name, newest, whole = say("Books"), self._proofs.newest, self._proofs.whole
        if problems := self._proofs.problems:
            explains = together((say("Call support and leave everything as it is."), problems[0].sentence))
            return Status(name, say("Not proven"), "report", Tone.BAD, explains)
        if newest is None:
            return Status(name, say("Not proven yet"), "report", explains=say("The first look comes in a moment."))
        explains = say("Chain, signatures and sums hold up to entry {seq}.", seq=newest.head.seq)
        if whole is not None:
            day = us_date(self._local(whole.at).date())
            explains = together((explains, say("Every entry was proven on {day}.", day=day)))
        words = say("Proven {time}", time=clock_time(self._local(newest.at)))
        return Status(name, words, "report", Tone.GOOD, explains)

    def _disk(self) -> tuple[Status, ...]:
        """Nothing while there is room."""
        database = self._station.books.storage.path
        free_mb = disk_space.free_bytes(database) // disk_space.MEGABYTE
        if free_mb >= self._look.city().disk_low_mb:
            return ()
        name = say("Disk")
        if disk_space.is_kept(database):
            explains = say("{n} MB are free. Payments go on; call your administrator, who makes room.", n=free_mb)
            return (Status(name, say("Disk nearly full"), "warn", Tone.WARN, explains),)
        explains = say(
            "{n} MB are free, and no reserve is left. Finish what was begun, close the drawers, make the deposit, and"
            " call your administrator.",
            n=free_mb,
        )
        return (Status(name, say("Disk full"), "bad", Tone.BAD, explains),)

    def _clock(self) -> tuple[Status, ...]:
        """For a while after somebody set it; a script's clock is nobody's."""
        if isinstance(self._station.clock, SetClock):
            return ()
        with self._station.books.read() as connection:
            step = entries.newest_clock_step(connection, self._station.name, STEP_SHOWN)
        if step is None:
            return ()
        at, milliseconds = step
        age, now = age_in_words(abs(milliseconds) // 1_000), self._local(at)
        told = say("{day}, {time}", day=us_date(now.date()), time=clock_time(now))
        back = say(
            "This computer's clock was set back by {age}, to {at}. Check it; it is in the journal.", age=age, at=told
        )
        ahead = say(
            "This computer's clock was set ahead by {age}, to {at}. Check it; it is in the journal.", age=age, at=told
        )
        return (Status(say("Clock"), say("Check the clock"), "warn", Tone.WARN, back if milliseconds < 0 else ahead),)

    def _local(self, instant: str) -> datetime:
        return from_text(instant).astimezone(self._look.city().tz)

    def _date(self) -> Status:
        session = self._look.open_session(self.person.person) if self.person else None
        day = date.fromisoformat(session.business_date) if session else self._look.today()
        fixed = say("The business date of this drawer; it was fixed when the drawer was opened.")
        explains = together((fixed if session else say("Today."), *self._as_of()))
        return Status(say("Business date"), us_date(day), "calendar", explains=explains)

    def _as_of(self) -> tuple[Said, ...]:
        """Since when the balances on the screen are, for the explanation of the date."""
        at = balances.as_of(self._station)
        if at is None:
            return ()
        told = say("{day}, {time}", day=us_date(at.date()), time=clock_time(at))
        return (say("Balances are as of {at}, less what was paid since.", at=told),)


def _doubted(doubt: Job) -> Said:
    """The question about a paper, by what it is."""
    number, copy = doubt.number, doubt.copy
    if copy:
        return say(
            "Did copy {n} of {number} come out of the printer, whole and readable? Y or N.", n=copy, number=number
        )
    match doubt.document:
        case "receipt":
            return say("Did receipt {number} come out of the printer, whole and readable? Y or N.", number=number)
        case "void":
            return say(
                "Did the void slip of {number} come out of the printer, whole and readable? Y or N.", number=number
            )
        case "licence":
            return say("Did license {number} come out of the printer, whole and readable? Y or N.", number=number)
        case _:
            return say("Did the paper {number} come out of the printer, whole and readable? Y or N.", number=number)
