"""Who comes to a simulated counter: what they pay for and with what, in the mix of a California city hall.

The shares are those of a city of 20,000: two thirds water; checks before cards before cash.
"""

import random
from datetime import date

import msgspec

from counter_app.domain.clock import local_date
from counter_app.domain.money import Cents
from counter_app.domain.sale import CardGiven, CheckGiven, LineAsked, TenderAsked, TenderKind, price_lines
from counter_app.practice.demo import residents, town
from counter_app.services.station import Station
from db.queries import accounts

ACCOUNTS_KNOWN = 20_000
_ERRANDS = {"water": 68, "business": 10, "permit": 9, "dog": 3, "recreation": 4, "police": 4, "other": 2}
_TENDERS: dict[TenderKind, int] = {"check": 40, "card": 33, "cash": 24, "money_order": 3}
MOST_CASH_CENTS = 40_000
"""Above it nobody pays in cash."""


class Ticket(msgspec.Struct, frozen=True):
    """Lines with what they come to, and the account they pay on."""

    lines: tuple[LineAsked, ...]
    total_cents: Cents
    account: str | None = None


class Street:
    """The people outside: draws tickets and tenders from one seeded generator."""

    def __init__(self, station: Station, rng: random.Random) -> None:
        self._station, self._rng = station, rng
        names = town()
        owners = list(dict.fromkeys(dog.owner for dog in names.dogs))
        number = {resident.name: f"{station.name}-C{i + 1:06d}" for i, resident in enumerate(residents(names))}
        self._dogs = [(number[dog.owner], dog) for dog in names.dogs]
        self._businesses = [(number[name], name) for name in list(number)[len(owners) :][: len(names.trades)]]
        self._people = list(number.values())
        with station.books.read() as connection:
            self._accounts = accounts.numbers(connection, ACCOUNTS_KNOWN)

    def ticket(self) -> Ticket:
        """Somebody's errand, now and then with a second one."""
        (errand,) = self._rng.choices(list(_ERRANDS), list(_ERRANDS.values()))
        lines = [self._line(errand)]
        if self._rng.random() < 0.12:
            lines.append(self._line(self._rng.choice([name for name in _ERRANDS if name != "water"])))
        return self._priced(lines)

    def water(self) -> Ticket:
        """A water bill, paid as far as it is open."""
        return self._priced([self._water_line(whole=True)])

    def court(self) -> Ticket:
        """A tennis court for an hour: a small amount without an account."""
        return self._priced([LineAsked(fee="RC-COURT")])

    def other_account(self, account: str) -> str:
        """An account that is not this one."""
        return self._rng.choice([number for number in self._accounts[:500] if number != account])

    def tenders(self, total_cents: Cents) -> tuple[TenderAsked, ...]:
        """What is handed over: mostly one kind, sometimes two, cash often with change due."""
        (kind,) = self._rng.choices(list(_TENDERS), list(_TENDERS.values()))
        if kind == "cash" and total_cents > MOST_CASH_CENTS:
            kind = "check"
        if self._rng.random() < 0.08 and total_cents > 2_000:
            part = self._rng.randrange(1, total_cents // 1_000) * 1_000
            first: TenderKind = "cash" if part <= MOST_CASH_CENTS else "card"
            return (self.tender(first, part), self.tender("check", total_cents - part))
        if kind == "cash" and self._rng.random() < 0.65:
            step = self._rng.choice((500, 1_000, 2_000))
            return (self.tender("cash", -(-total_cents // step) * step),)
        return (self.tender(kind, total_cents),)

    def tender(self, kind: TenderKind, cents: Cents) -> TenderAsked:
        """One tender with what is read from it."""
        paper = CheckGiven(number=str(self._rng.randrange(101, 9_999))) if kind in ("check", "money_order") else None
        card = CardGiven(
            brand=self._rng.choice(("VISA", "MC", "DISCOVER")),
            last4=f"{self._rng.randrange(10_000):04d}",
            auth=f"{self._rng.randrange(1_000_000):06d}",
            reference=str(self._rng.randrange(1, 1_000)),
        )
        return TenderAsked(kind=kind, amount_cents=cents, check=paper, card=card if kind == "card" else None)

    def _priced(self, lines: list[LineAsked]) -> Ticket:
        with self._station.books.read() as connection:
            fees = self._station.reference(connection).fees
            priced = price_lines(tuple(lines), fees, self._today(), lambda a: accounts.account(connection, a))
        return Ticket(tuple(lines), sum(line.amount_cents for line in priced), lines[0].account)

    def _today(self) -> date:
        with self._station.books.read() as connection:
            return local_date(self._station.clock.now(), self._station.reference(connection).city.tz)

    def _line(self, errand: str) -> LineAsked:
        match errand:
            case "water":
                return self._water_line(whole=self._rng.random() < 0.75)
            case "business":
                return self._business_line()
            case "dog":
                customer, dog = self._rng.choice(self._dogs)
                code = f"DL-{'A' if dog.altered else 'U'}{self._rng.choice('12')}"
                rabies = f"{self._today().year + 3}-06-30"
                details = {"name": dog.name, "altered": dog.altered, "rabies_expires": rabies}
                return LineAsked(fee=code, customer=customer, details=details)
            case "permit":
                customer = self._rng.choice(self._people)
                return self._rng.choice(
                    (
                        LineAsked(fee="BP-MIN", customer=customer),
                        LineAsked(fee="PW-ENC", customer=customer),
                        LineAsked(fee="BP-SMIP-R", details={"valuation_cents": self._rng.randrange(9, 90) * 1_000_000}),
                    )
                )
            case _:
                return self._small_line(errand)

    def _water_line(self, *, whole: bool) -> LineAsked:
        """A payment on an account that owes something: all, a round part, or a little ahead."""
        for _ in range(50):
            account = self._rng.choice(self._accounts)
            with self._station.books.read() as connection:
                found = accounts.account(connection, account)
            if found is None or found.balance_cents < 1_000:
                continue
            if whole:
                return LineAsked(fee="UB-PMT", account=account)
            part = max(500, found.balance_cents * self._rng.choice((4, 6, 11)) // 10 // 500 * 500)
            return LineAsked(fee="UB-PMT", account=account, amount_cents=part)
        return LineAsked(fee="UB-PMT", account=self._rng.choice(self._accounts), amount_cents=2_500)

    def _business_line(self) -> LineAsked:
        customer, name = self._rng.choice(self._businesses)
        if self._rng.random() < 0.3:
            return LineAsked(fee="BL-NEW", customer=customer, details={"business_name": name})
        receipts = self._rng.randrange(40, 2_500) * 100_000
        code = self._rng.choice(("BL-REN-RET", "BL-REN-SVC"))
        return LineAsked(fee=code, customer=customer, details={"business_name": name, "gross_receipts_cents": receipts})

    def _small_line(self, errand: str) -> LineAsked:
        plate = f"{self._rng.randrange(1, 9)}ABC{self._rng.randrange(1_000):03d}"
        choices = {
            "recreation": (LineAsked(fee="RC-COURT", quantity=2), LineAsked(fee="RC-FIELD", quantity=2)),
            "police": (
                LineAsked(fee="PK-ONITE", customer=self._rng.choice(self._people), details={"plate": plate}),
                LineAsked(fee="PD-RPT"),
                LineAsked(fee="PD-VEH", details={"plate": plate}),
            ),
            "other": (
                LineAsked(fee="CK-COPY", quantity=self._rng.randrange(1, 20)),
                LineAsked(fee="CK-CERT"),
                LineAsked(fee="CK-LIFE", customer=self._rng.choice(self._people)),
            ),
        }
        return self._rng.choice(choices[errand])
