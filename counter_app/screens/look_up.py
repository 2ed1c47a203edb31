"""What screens ask the books: read models by number or by words; each a fresh look, nothing written.

Only the words of the fees are kept, for as long as the schedule and the day are the same.
"""

from datetime import date
from itertools import islice

import msgspec

from counter_app.domain.account import Account
from counter_app.domain.city import City
from counter_app.domain.clock import local_date
from counter_app.domain.customer import Customer
from counter_app.domain.drawer import Session, SessionState
from counter_app.domain.fees import Fee, FeeSchedule
from counter_app.domain.language import language
from counter_app.domain.licence import OldLicence
from counter_app.domain.receipt import Receipt
from counter_app.domain.rights import Person, Right
from counter_app.domain.said import together
from counter_app.domain.search_hit import Hit
from counter_app.domain.search_words import folded, split
from counter_app.services.refund_ways import RefundWay, refund_ways
from counter_app.services.station import Station
from db.queries import accounts, drawers, licences, receipts, screens_voids, search
from db.queries.licences import RegisteredLicence
from db.queries.screens_voids import AskedVoid

MOST_HITS = 20
_MOST_FEES = 12
_FeeWords = tuple[Fee, str, tuple[str, ...]]
"""A fee, its code and the words of its name in both languages, in small letters without accents."""


class LookUp:
    """Read-only questions of the window, at the station's own clock."""

    def __init__(self, station: Station) -> None:
        self._station = station
        self._fee_words: tuple[FeeSchedule, date, tuple[_FeeWords, ...]] | None = None

    def city(self) -> City:
        """The settings in force."""
        with self._station.books.read() as connection:
            return self._station.reference(connection).city

    def fees(self) -> FeeSchedule:
        """The schedule in force."""
        with self._station.books.read() as connection:
            return self._station.reference(connection).fees

    def word(self, english: str) -> str:
        """A fee, a license or a question by its English name, in both languages where the city gives the other."""
        return self.fees().word(english)

    def today(self) -> date:
        """The local date at this instant."""
        return local_date(self._station.clock.now(), self.city().tz)

    def name_of(self, person: str) -> str:
        """How somebody of the staff is called."""
        with self._station.books.read() as connection:
            found = self._station.reference(connection).people.get(person)
        return found.name if found else person

    def approvers(self, right: Right, *others_than: str) -> tuple[Person, ...]:
        """Who has a right, without those named."""
        with self._station.books.read() as connection:
            people = self._station.reference(connection).people.values()
        return tuple(p for p in people if p.may(right) and p.person not in others_than)

    def find(self, text: str) -> tuple[Hit, ...]:
        """Accounts, customers, receipts and licences."""
        with self._station.books.read() as connection:
            return tuple(self._named(hit) for hit in search.find(connection, text, MOST_HITS))

    def _named(self, hit: Hit) -> Hit:
        """A license is called by the city's word for it, in either language."""
        title = together((self.word(hit.type), hit.key))
        return msgspec.structs.replace(hit, title=title) if hit.type else hit

    def offered(self, text: str) -> tuple[Fee, ...]:
        """Fees whose code or words begin so; none for a bare number."""
        words, code = _words(text), text.strip().casefold()
        if not words or code.isdecimal():
            return ()
        found = (
            fee
            for fee, known, names in self._words_of_fees()
            if known.startswith(code) or all(any(name.startswith(word) for name in names) for word in words)
        )
        return tuple(islice(found, _MOST_FEES))

    def _words_of_fees(self) -> tuple[_FeeWords, ...]:
        with self._station.books.read() as connection:
            reference = self._station.reference(connection)
        fees, today = reference.fees, local_date(self._station.clock.now(), reference.city.tz)
        if self._fee_words is None or self._fee_words[0] is not fees or self._fee_words[1] != today:
            self._fee_words = fees, today, tuple(_fee_words(fee) for fee in fees.offered(today))
        return self._fee_words[2]

    def account(self, number: str) -> Account | None:
        """An account as it stands now."""
        with self._station.books.read() as connection:
            return accounts.account(connection, number)

    def customer(self, number: str) -> Customer | None:
        """A person or business and its accounts."""
        with self._station.books.read() as connection:
            return accounts.customer(connection, number)

    def licence(self, number: str) -> RegisteredLicence | None:
        """A licence as it is today."""
        with self._station.books.read() as connection:
            return licences.licence(connection, number, self.today())

    def old_licence(self, number: str) -> OldLicence | None:
        """A licence as a renewal sees it."""
        found = self.licence(number)
        if found is None:
            return None
        rule = self.fees().fee(found.fee, date.fromisoformat(found.issued)).licence
        expires = date.fromisoformat(found.expires) if found.expires else None
        kind = rule.kind if rule else ""
        return OldLicence(licence=number, kind=kind, holder=found.holder, expires=expires, state=found.state)

    def receipt(self, number: str) -> Receipt | None:
        """A receipt as it stands now."""
        with self._station.books.read() as connection:
            return receipts.receipt(connection, number)

    def refund_ways(self, by: str, receipt: Receipt, lines: tuple[int, ...] | None) -> tuple[RefundWay, ...]:
        """How the money of a receipt may go back now, and why not otherwise."""
        return refund_ways(self._station, by, receipt, lines)

    def asked_void(self, number: str) -> AskedVoid | None:
        """The void of a receipt that waits for a decision, with its reason."""
        with self._station.books.read() as connection:
            return screens_voids.asked_void(connection, number)

    def session(self, number: str) -> Session | None:
        """A drawer session."""
        with self._station.books.read() as connection:
            return drawers.session(connection, number)

    def last_receipt(self, session: str) -> Receipt | None:
        """The newest receipt of a session."""
        with self._station.books.read() as connection:
            number = receipts.last_number(connection, session)
            return receipts.receipt(connection, number) if number else None

    def own_sessions(self, person: str) -> tuple[Session, ...]:
        """A person's sessions that are open or to be counted again, newest first."""
        with self._station.books.read() as connection:
            return drawers.uncounted_of(connection, self._station.name, person)

    def open_session(self, person: str) -> Session | None:
        """The session in which a person takes money today."""
        today = self.today().isoformat()
        for session in self.own_sessions(person):
            if session.state == SessionState.OPEN and session.business_date >= today:
                return session
        return None

    def holder(self, drawer: str) -> Session | None:
        """Whose open session a drawer is in."""
        with self._station.books.read() as connection:
            return drawers.uncounted_on_drawer(connection, self._station.name, drawer)

    def waits_for_count(self, drawer: str) -> bool:
        """Whether a drawer was closed and the lead has not counted it yet; it may be opened again."""
        with self._station.books.read() as connection:
            last = drawers.last_on_drawer(connection, self._station.name, drawer)
        return last is not None and last.state == SessionState.CLOSED

    def unfinished(self) -> tuple[Session, ...]:
        """Every session that is in no deposit yet, oldest first."""
        with self._station.books.read() as connection:
            return drawers.unfinished(connection)


def _fee_words(fee: Fee) -> _FeeWords:
    names = {*_words(fee.name), *_words(language("es").of(fee.name))}
    return fee, fee.code.casefold(), tuple(names)


def _words(name: str) -> list[str]:
    return [folded(word) for word in split(name)]
