"""The supervisor's deposit: verified drawers into one bag, a check held back with its reason, the slip, the courier."""

from collections.abc import Callable

from counter_app.domain import count as counts
from counter_app.domain.deposit import Deposit
from counter_app.domain.drawer import RecordedCheck, Session, SessionState
from counter_app.domain.money import usd
from counter_app.domain.refused import Refused, StationFault, WrongAct
from counter_app.domain.rights import Person
from counter_app.domain.said import counted, say, together
from counter_app.screens.look_up import LookUp
from counter_app.screens.tenders import NAMES
from counter_app.screens.us_words import long_day
from counter_app.screens.views import DepositView, Message, Row, Tone
from counter_app.services import make_deposit
from counter_app.services.acts import perform
from counter_app.services.station import Station
from db.queries import deposits, drawers

IN_THE_BAG = say("in the bag")
_STATES = {
    "made": say("made"),
    "sent": say("sent"),
    "confirmed": say("confirmed"),
    "differs": say("differs"),
    "corrected": say("corrected"),
}
_MOST_SHOWN = 20


class MakeDeposit:
    """`slip(number)` gives the PDF of a slip; the page calls it where it does not hold the window up."""

    def __init__(self, station: Station, person: Person, slip: Callable[[str], bytes]) -> None:
        self._station, self._person, self._look = station, person, LookUp(station)
        self.slip = slip
        self._out: set[str] = set()
        self._held: dict[str, str] = {}
        self._bag, self._bank = "", next((bank.code for bank in self._look.city().banks), "")
        self._message = Message()

    @property
    def view(self) -> DepositView:
        """The bag as it stands, and the bags made before."""
        picked = self._picked()
        checks = self._checks(picked)
        pieces = self._pieces(picked)
        going = sum(check.cents for check in checks if check.number not in self._held)
        return DepositView(
            title=say("Deposit"),
            drawers=tuple(self._row(session) for session in self._verified()),
            checks=tuple(self._check_row(check) for check in checks),
            pieces=tuple(
                Row(counts.piece_name(p), usd(counts.piece_cents(p) * pieces[p]), _pieces(pieces[p]), key=p)
                for p in reversed(counts.PIECES)
                if p in pieces
            ),
            cash=usd(counts.total(pieces)),
            checks_total=usd(going),
            total=usd(counts.total(pieces) + going),
            bag=self._bag,
            banks=tuple(bank.code for bank in self._look.city().banks),
            bank=self._bank,
            made=tuple(self._made_row(deposit) for deposit in self._made()),
            cannot_make=self._cannot_make(picked),
            message=self._message,
        )

    def toggle(self, place: int) -> None:
        """Take a drawer out of the bag, or put it in again."""
        sessions = self._verified()
        if 0 <= place < len(sessions):
            self._out ^= {sessions[place].session}

    def hold(self, place: int, reason: str) -> None:
        """Keep a check back."""
        self._guard(lambda: self._hold(place, reason))

    def release(self, place: int) -> None:
        """Let a held check go after all."""
        self._held.pop(self._checks(self._picked())[place].number, None)

    def bag(self, serial: str) -> None:
        """The bag's serial, scanned or typed."""
        self._bag, self._message = serial.strip(), Message()

    def bank(self, code: str) -> None:
        """Another bank account."""
        self._bank = code

    def make(self) -> str:
        """Make it up; the deposit's number, empty when it was refused."""
        made: list[str] = []
        self._guard(lambda: made.append(self._make()))
        return made[0] if made else ""

    def send(self, deposit: str, courier: str) -> None:
        """The bag leaves with a courier."""
        self._guard(lambda: self._send(deposit, courier))

    def _make(self) -> str:
        picked = self._picked()
        why = self._cannot_make(picked)
        if why:
            raise Refused(why)
        held = {check.number for check in self._checks(picked)} & self._held.keys()
        act = make_deposit.MakeDeposit(
            by=self._person.person,
            sessions=tuple(session.session for session in picked),
            hold=tuple(make_deposit.Hold(number=n, reason=self._held[n]) for n in sorted(held)),
            bag=self._bag,
            bank=self._bank,
        )
        done = perform(self._station, act)
        self._out, self._held, self._bag = set(), {}, ""
        total = usd(done.total_cents)
        words = say("Deposit {deposit} of {amount} is made up.", deposit=done.deposit, amount=total)
        self._message = Message(words, Tone.GOOD)
        return str(done.deposit)

    def _send(self, deposit: str, courier: str) -> None:
        if not courier.strip():
            raise Refused(say("Say who takes the bag."))
        perform(
            self._station, make_deposit.SendDeposit(by=self._person.person, deposit=deposit, courier=courier.strip())
        )
        self._message = Message(say("Deposit {deposit} is on its way.", deposit=deposit), Tone.GOOD)

    def _hold(self, place: int, reason: str) -> None:
        if not reason.strip():
            raise Refused(say("Say why this check is held."))
        self._held[self._checks(self._picked())[place].number] = reason.strip()

    def _verified(self) -> list[Session]:
        return [session for session in self._look.unfinished() if session.state == SessionState.VERIFIED]

    def _picked(self) -> list[Session]:
        return [session for session in self._verified() if session.session not in self._out]

    def _checks(self, sessions: list[Session]) -> list[RecordedCheck]:
        with self._station.books.read() as connection:
            return [c for session in sessions for c in drawers.recorded_checks(connection, session.session)]

    def _pieces(self, sessions: list[Session]) -> dict[str, int]:
        heap: dict[str, int] = {}
        with self._station.books.read() as connection:
            for session in sessions:
                heap = counts.add(heap, drawers.verified_pile(connection, session.session)[0])
        return heap

    def _made(self) -> list[Deposit]:
        with self._station.books.read() as connection:
            found = (deposits.deposit(connection, number) for number in deposits.newest(connection, _MOST_SHOWN))
            return [deposit for deposit in found if deposit is not None]

    def _cannot_make(self, picked: list[Session]) -> str:
        if not picked:
            return say("No verified drawer is in the bag.")
        return "" if self._bag else say("Scan or type the serial of the bag.")

    def _row(self, session: Session) -> Row:
        note = "" if session.session in self._out else IN_THE_BAG
        name, day = self._look.name_of(session.cashier), long_day(session.business_date)
        detail = together((name, day, _difference(session)), " · ")
        return Row(
            say("Drawer {drawer}", drawer=session.drawer), "", detail, note, Tone.GOOD, "drawer", session.session
        )

    def _check_row(self, check: RecordedCheck) -> Row:
        why = self._held.get(check.number)
        title = together((NAMES[check.kind], check.reference))
        note = say("held: {reason}", reason=why) if why else ""
        receipt = say("Receipt {number}", number=check.number)
        return Row(title, usd(check.cents), receipt, note, Tone.WARN, check.kind, check.number)

    def _made_row(self, deposit: Deposit) -> Row:
        detail = together((say("bag {bag}", bag=deposit.bag), deposit.bank, long_day(deposit.business_date)), " · ")
        tone = Tone.ACCENT if deposit.state == "made" else Tone.PLAIN
        return Row(
            say("Deposit {deposit}", deposit=deposit.deposit),
            usd(deposit.total_cents),
            detail,
            _STATES[deposit.state],
            tone,
            "deposit",
            deposit.deposit,
        )

    def _guard(self, act: Callable[[], object]) -> None:
        self._message = Message()
        try:
            act()
        except (Refused, WrongAct, StationFault) as no:
            self._message = Message(str(no), Tone.BAD)


def _pieces(number: int) -> str:
    return counted(number, "1 piece", "{pieces} pieces", pieces=f"{number:,}")


def _difference(session: Session) -> str:
    cents = session.over_short_cents
    if not cents:
        return say("even")
    amount = usd(abs(cents))
    return say("over {amount}", amount=amount) if cents > 0 else say("short {amount}", amount=amount)
