"""The register of receipts: what was done for customers, newest first, and what can still be put right.

Who may not see what a drawer should hold gets no amounts of a drawer that is not verified yet, and no sums at all: a
list of them would undo the blind count. The marked receipt is shown whole, because a customer stands there.
"""

from collections.abc import Callable, Mapping
from datetime import date

from counter_app.domain.clock import from_text
from counter_app.domain.days import us_date
from counter_app.domain.drawer import Session, SessionState
from counter_app.domain.money import usd
from counter_app.domain.rights import Person, Right
from counter_app.domain.said import Said, say, together
from counter_app.screens.keys import Intent
from counter_app.screens.last_receipt import receipt_panel
from counter_app.screens.paged_desk import PagedDesk, TableColumn, TableRow
from counter_app.screens.panel import Choice, Panel, Quiet
from counter_app.screens.receipt_facts import receipt_facts
from counter_app.screens.register_question import Question, Questions
from counter_app.screens.tenders import NAMES
from counter_app.screens.us_words import clock_time
from counter_app.screens.views import Row, Tone
from counter_app.services.acting import Act
from counter_app.services.change_advice import ChangeAdvice
from counter_app.services.station import Station
from db.queries import daily, entries, register
from db.queries.register import Listed, Place

KINDS: Mapping[str, Said] = {
    "PaymentTaken": say("Receipt"),
    "VoidAsked": say("Void asked for"),
    "VoidRejected": say("Void rejected"),
    "ReceiptVoided": say("Receipt voided"),
    "ReceiptRefunded": say("Refund"),
    "TenderCorrected": say("Tender corrected"),
    "PaymentMoved": say("Payment moved"),
    "UnappliedCleared": say("Given its purpose"),
    "ReceiptCopied": say("Copy"),
    "NoSale": say("No sale"),
    "SaleAbandoned": say("Ticket abandoned"),
    "CashDropped": say("Cash dropped"),
    "CashBrought": say("Cash brought"),
}
_STATES: Mapping[str, Said] = {
    "voided": say("Voided"),
    "refunded": say("Refunded"),
    "returned": say("Check returned"),
}
_BLIND = (SessionState.OPEN, SessionState.CLOSED, SessionState.RECOUNT)
_HIDDEN = "–"


class Register(PagedDesk):
    """Rows are entries; the box takes a number, a name, an account, an amount, a day, a drawer, `void` …"""

    title = say("Register of receipts")
    hint = say("Number, name, account, $83.17, 112326, drawer or “void”")
    nothing = say("No receipt is here yet.")
    columns = (
        TableColumn(say("When"), spare=True),
        TableColumn(say("Number"), spare=True),
        TableColumn(say("What"), wide=True),
        TableColumn(say("Amount"), figures=True),
    )

    def __init__(self, station: Station, person: Person, committed: Callable[[], object] = lambda: None) -> None:
        self.advice = ChangeAdvice(station)
        self._listed: dict[str, Listed] = {}
        self._sessions: dict[str, Session | None] = {}
        self._sees = person.may(Right.SEE_MONEY)
        self._asked: Question | None = None
        self._sums: tuple[str, tuple[tuple[str, str], ...]] = ("", ())
        super().__init__(station, person, committed)

    # The list --------------------------------------------------------------------------------------------------------

    @property
    def _questions(self) -> Questions:
        return Questions(self.station, self.look, sees_drawers=self._sees)

    @property
    def question(self) -> Question:
        """What is listed now."""
        if self._asked is None:
            self._asked = self._questions.everything()
        return self._asked

    @property
    def heading(self) -> str:
        """What is listed, in words."""
        return self.question.words

    def search(self, typed: str) -> None:
        """Another question of the box."""
        self.ask(self._questions.read(typed))

    def ask(self, question: Question) -> None:
        """List something else."""
        self._asked = question
        self.ask_anew()
        self.quiet()

    def ask_of(self, name: str, customers: tuple[str, ...], accounts: tuple[str, ...]) -> None:
        """What somebody paid, as another desk asks it."""
        self.ask(Questions.of_people(name, customers, accounts))

    def more(self, intent: Intent) -> bool:
        """Esc with nothing asked goes back to everything."""
        if intent is not Intent.LEAVE or self.question == self._questions.everything():
            return False
        self.ask(self._questions.everything())
        return True

    def page_after(self, row: TableRow | None) -> tuple[TableRow, ...]:
        """The next entries of the question."""
        after = self._listed[row.key].place if row else None
        with self.station.books.read() as connection:
            page = register.page(connection, self.question.asked, after)
        self._listed |= {_key_of(one.place): one for one in page}
        return tuple(self._row(one) for one in page)

    def perform(self, act: Act) -> object:
        """Do it, and list what it did."""
        result = super().perform(act)
        self.ask_anew(self._key())
        return result

    def ask_anew(self, key: str = "") -> None:
        """Drawers may have been counted meanwhile, and sums are others."""
        self._sessions, self._sums = {}, ("", ())
        super().ask_anew(key)

    def _key(self) -> str:
        return self.rows()[self._marked].key

    def _row(self, one: Listed) -> TableRow:
        kind = KINDS[one.kind] if one.kind != "PaymentTaken" else ""
        of = one.number if one.ref else ""
        state = _STATES.get(one.state, "") if one.kind == "PaymentTaken" else ""
        who = one.who or self.look.word(one.what)
        what = together([part for part in (state, kind, of, who) if part], " · ")
        cells = (self._when(one), one.ref or one.number, what, self._amount(one))
        tone = Tone.WARN if state or one.kind in ("ReceiptVoided", "ReceiptRefunded", "VoidAsked") else Tone.PLAIN
        return TableRow(cells, _key_of(one.place), tone)

    def _when(self, one: Listed) -> str:
        """The time of today; the day of an earlier business date."""
        if one.place.business_date == self.look.today().isoformat():
            return clock_time(from_text(one.at).astimezone(self.look.city().tz))
        return us_date(date.fromisoformat(one.place.business_date)) if one.place.business_date else ""

    def _amount(self, one: Listed) -> str:
        if one.cents is None or one.kind in ("ReceiptCopied", "TenderCorrected"):
            return ""
        return _HIDDEN if self._is_blind(one.session) else usd(one.cents)

    def _is_blind(self, name: str | None) -> bool:
        """Whether this person must not add up what a drawer holds."""
        if name is None:
            return False
        if name not in self._sessions:
            self._sessions[name] = self.look.session(name)
        session = self._sessions[name]
        uncounted = session is not None and session.state in _BLIND
        return uncounted and (not self._sees or (session is not None and session.cashier == self.person.person))

    # The sums --------------------------------------------------------------------------------------------------------

    def foot(self) -> tuple[tuple[str, str], ...]:
        """The marked day by tender, for who may see money and has no drawer of their own still to be counted; to
        others, why amounts are missing."""
        one = self._listed.get(self._key())
        day = one.place.business_date if one else ""
        if not self._sees:
            hidden = any(self._is_blind(listed.session) for listed in self._listed.values())
            return ((_NOT_LISTED, ""),) if hidden else ()
        if not day:
            return ()
        if self._sums[0] != day:
            self._sums = day, self._sums_of(day)
        return self._sums[1]

    def _sums_of(self, day: str) -> tuple[tuple[str, str], ...]:
        if any(session.business_date == day for session in self.look.unfinished() if self._is_own_blind(session)):
            return ((us_date(date.fromisoformat(day)), say("sums come when your own drawer is verified")),)
        with self.station.books.read() as connection:
            found = daily.tenders(connection, day)
        total = sum(cents for _, _, cents in found)
        pairs = [(NAMES[kind], usd(cents)) for kind, _, cents in found]
        return ((us_date(date.fromisoformat(day)), usd(total)), *pairs)

    def _is_own_blind(self, session: Session) -> bool:
        return session.cashier == self.person.person and session.state in _BLIND

    # The marked one --------------------------------------------------------------------------------------------------

    def panel_of(self, row: Row) -> Panel:
        """A receipt with its acts; an entry of another kind with who did it and why."""
        one = self._listed.get(row.key)
        if one is None:
            return Quiet(self.nothing if self.question == self._questions.everything() else _NONE)
        receipt = self.look.receipt(one.number) if one.number else None
        if receipt is None:
            return Choice(KINDS[one.kind], (), lambda _: None, self._entry_facts(one), hint="")
        return receipt_panel(self, receipt, receipt_facts(self.station, self.look, receipt), dense=True)

    def _entry_facts(self, one: Listed) -> tuple[tuple[str, str], ...]:
        local = from_text(one.at).astimezone(self.look.city().tz)
        session = self.look.session(one.session) if one.session else None
        with self.station.books.read() as connection:
            mark = entries.mark(connection, one.place.station, one.place.seq)
        pairs = (
            (say("When"), together((us_date(local.date()), clock_time(local)), ", ")),
            (say("Who"), self.look.name_of(one.actor)),
            (say("Approved by"), self.look.name_of(one.approver) if one.approver else ""),
            (say("Drawer"), session.drawer if session else ""),
            (say("Amount"), self._amount(one)),
            (say("Journal"), say("entry {n}, mark {mark}", n=one.place.seq, mark=mark)),
        )
        return tuple(pair for pair in pairs if pair[1])


_NOT_LISTED = say("Amounts of a drawer that is not verified are not listed.")
_NONE = say("Nothing of this is here. Esc shows everything again.")


def _key_of(place: Place) -> str:
    return f"{place.business_date}|{place.station}|{place.seq}"
