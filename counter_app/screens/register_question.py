"""What the register's box asks: a kind of act, a day, an amount, a drawer, a cashier, a number, a name."""

import re
from datetime import date, timedelta

import msgspec

from counter_app.domain.language import language
from counter_app.domain.money import parse_dollars, usd
from counter_app.domain.refused import Refused
from counter_app.domain.said import Said, say
from counter_app.domain.search_words import folded
from counter_app.screens.look_up import LookUp
from counter_app.screens.us_words import long_day, read_day
from counter_app.services.station import Station
from db.queries import register, search
from db.queries.register import FOR_CUSTOMERS, OF_THE_DRAWER, Asked

_KINDS: tuple[tuple[Said, tuple[str, ...]], ...] = (
    (say("voids"), ("ReceiptVoided", "VoidAsked", "VoidRejected")),
    (say("refunds"), ("ReceiptRefunded",)),
    (say("corrections"), ("TenderCorrected", "PaymentMoved", "UnappliedCleared")),
    (say("copies"), ("ReceiptCopied",)),
    (say("no sales"), ("NoSale",)),
    (say("abandoned tickets"), ("SaleAbandoned",)),
    (say("drops"), ("CashDropped",)),
    (say("cash brought"), ("CashBrought",)),
    (say("receipts"), ("PaymentTaken",)),
)
_AMOUNT = re.compile(r"\$\s?[\d,]+(\.\d{1,2})?|[\d,]+\.\d{2}")
_DAY = re.compile(r"\d{6}|\d{8}|\d{1,2}[/\-. ]\d{1,2}[/\-. ]\d{2,4}|\d{4}-\d{2}-\d{2}")
_LAST_DIGITS = re.compile(r"#?(\d{1,6})")
_SHORT = re.compile(r"(\d+)-(\d+)")
_LEAST_LETTERS = 3
_MOST_SHOWN = 24
"""Letters of what was typed that a heading repeats."""


class Question(msgspec.Struct, frozen=True):
    """What is listed, and its heading in words."""

    words: Said
    asked: Asked


class Questions:
    """Reads the box for somebody who may see `kinds`."""

    def __init__(self, station: Station, look: LookUp, *, sees_drawers: bool) -> None:
        self._station, self._look = station, look
        self.kinds = (*FOR_CUSTOMERS, *OF_THE_DRAWER) if sees_drawers else FOR_CUSTOMERS

    def everything(self) -> Question:
        """All there is, newest first."""
        return Question(say("Newest first"), Asked(kinds=self.kinds))

    def read(self, typed: str) -> Question:
        """The question; raises Refused where nothing is meant."""
        text = typed.strip()
        for reading in (self._kind, self._amount, self._day, self._drawer, self._cashier, self._number, self._people):
            found = reading(text)
            if found is not None:
                return found
        raise Refused(
            say("Nothing found for “{text}”. Try a number, a name, an account, $83.17, a day or void.", text=text[:40])
        )

    def _kind(self, text: str) -> Question | None:
        for words, kinds in _KINDS:
            names = [folded(name) for name in (words.english, language("es").of(words))]
            if len(text) >= _LEAST_LETTERS and any(name.startswith(folded(text)) for name in names):
                if not set(kinds) <= set(self.kinds):
                    raise Refused(say("What a drawer should hold is not shown here; ask the lead."))
                return Question(say("Only {kind}", kind=words), Asked(kinds=kinds, sparse=True))
        return None

    def _amount(self, text: str) -> Question | None:
        if not _AMOUNT.fullmatch(text):
            return None
        cents = parse_dollars(text.removeprefix("$").strip())
        return Question(say("Receipts of {amount}", amount=usd(cents)), Asked(cents=cents))

    def _day(self, text: str) -> Question | None:
        for ago, words in enumerate(_NEAR):
            if folded(text) in (folded(words.english), folded(language("es").of(words))):
                return self._of_day(self._look.today() - timedelta(days=ago))
        if not _DAY.fullmatch(text):
            return None
        try:
            return self._of_day(read_day(text, self._look.today()))
        except Refused:
            return None

    def _of_day(self, day: date) -> Question:
        words = say("On {day}", day=long_day(day.isoformat()))
        return Question(words, Asked(kinds=self.kinds, day=day.isoformat()))

    def _drawer(self, text: str) -> Question | None:
        with self._station.books.read() as connection:
            drawers = register.drawers(connection)
        for name in drawers:
            if name.casefold() == text.casefold():
                return Question(say("Drawer {drawer}", drawer=name), Asked(kinds=self.kinds, drawer=name))
        return None

    def _cashier(self, text: str) -> Question | None:
        with self._station.books.read() as connection:
            people = self._station.reference(connection).people.values()
        for person in people:
            if text.casefold() in (person.person.casefold(), person.name.casefold()):
                return Question(say("By {name}", name=person.name), Asked(kinds=self.kinds, cashier=person.person))
        return None

    def _number(self, text: str) -> Question | None:
        digits = _LAST_DIGITS.fullmatch(text)
        with self._station.books.read() as connection:
            if digits:
                endings = search.numbers_ending(connection, self._station.name, "receipt", digits[1])
                found = endings[0] if endings else ""
            else:
                found = _full_number(text.upper(), self._station.name)
            if not found or not register.page(connection, Asked(number=found), limit=1):
                return None
        return Question(say("Number {number}", number=found), Asked(number=found))

    def _people(self, text: str) -> Question | None:
        hits = self._look.find(text)
        licences = [self._look.licence(hit.key) for hit in hits if hit.kind == "licence"]
        customers = [hit.key for hit in hits if hit.kind == "customer"] + [one.holder for one in licences if one]
        accounts = [hit.key for hit in hits if hit.kind == "account"]
        if not customers and not accounts:
            return None
        return self.of_people(text, tuple(customers), tuple(accounts))

    @staticmethod
    def of_people(text: str, customers: tuple[str, ...], accounts: tuple[str, ...]) -> Question:
        """Payments of some customers and on some accounts."""
        words = say("Paid by or for “{text}”", text=text[:_MOST_SHOWN])
        return Question(words, Asked(customers=customers, accounts=accounts))


def _full_number(text: str, station: str) -> str:
    """`1-000001` at station A1 is A1-000001: the letters of the own window may be left out."""
    short = _SHORT.fullmatch(text)
    return f"{station}-{short[2]}" if short and station.upper().endswith(short[1]) else text


_NEAR = (say("today"), say("yesterday"))
