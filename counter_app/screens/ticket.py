"""The ticket in the making: one frozen value, so that undo, park and recall bring back the same value.

Prices are worked out anew at every change, by the same rules as the payment's; nothing is written.
"""

from datetime import date
from secrets import token_hex

import msgspec

from counter_app.domain.money import Cents, usd
from counter_app.domain.refused import Refused
from counter_app.domain.said import say
from counter_app.domain.sale import CheckGiven, LineAsked, PricedLine, TenderAsked, check_tenders, is_open, price_lines
from counter_app.screens.look_up import LookUp
from counter_app.services.take_payment import Payer

MOST_PARKED = 9


class Ticket(msgspec.Struct, frozen=True, kw_only=True):
    """What the customer wants and has handed over; `marked` is the asked line that keys act on."""

    lines: tuple[LineAsked, ...] = ()
    tenders: tuple[TenderAsked, ...] = ()
    payer: Payer = msgspec.field(default_factory=Payer)
    marked: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to lose."""
        return not self.lines and not self.tenders and self.payer == Payer()


class Parked(msgspec.Struct, frozen=True, kw_only=True):
    """A ticket that waits, with what tells it from the others; `amounts` are what its lines cost when it was parked."""

    draft: str
    ticket: Ticket
    owner: str
    name: str
    total_cents: Cents
    amounts: tuple[Cents, ...] = ()


class Sale:
    """The ticket at the counter now; every method raises Refused in words and then has changed nothing."""

    def __init__(self, look: LookUp) -> None:
        self._look = look
        self._before: list[Ticket] = []
        self.ticket = Ticket()
        self.priced: tuple[PricedLine, ...] = ()
        self.parked: tuple[Parked, ...] = ()
        self.draft = token_hex(8)
        """The id under which this ticket is kept while it is in the making; the act that ends it says so."""
        self.owner = ""
        """Who began this ticket; a colleague who unlocks it can only park it."""
        self.presumed: str | None = None
        """The customer looked at last, for whom a license may be; never a payer by itself."""

    @property
    def total_cents(self) -> Cents:
        """What is to be paid."""
        return sum(line.amount_cents for line in self.priced)

    @property
    def amounts(self) -> tuple[Cents, ...]:
        """What each line asked costs, without the fees that the program adds."""
        return tuple(line.amount_cents for line in self.priced if not line.added)

    @property
    def given_cents(self) -> Cents:
        """What was handed over so far."""
        return sum(tender.amount_cents for tender in self.ticket.tenders)

    @property
    def due_cents(self) -> Cents:
        """What is still to be paid; 0 when enough was handed over."""
        return max(0, self.total_cents - self.given_cents)

    @property
    def over_cents(self) -> Cents:
        """What was handed over beyond the total."""
        return max(0, self.given_cents - self.total_cents)

    @property
    def credit_cents(self) -> Cents:
        """What checks and money orders exceed the ticket by, kept for an account."""
        paper = sum(tender.amount_cents for tender in self.ticket.tenders if tender.kind != "cash")
        return max(0, paper - self.total_cents) if self.priced else 0

    @property
    def customer(self) -> str | None:
        """Whose ticket it is, as far as its lines or its payer tell."""
        for line in reversed(self.priced):
            if line.asked.customer or line.account:
                return line.asked.customer or (line.account.customer if line.account else None)
        return self.ticket.payer.customer or self.presumed

    @property
    def language(self) -> str:
        """The language of that customer, English where nobody knows."""
        found = self._look.customer(self.customer) if self.customer else None
        return found.language if found else "en"

    @property
    def marked(self) -> PricedLine | None:
        """The line that keys act on, None on an empty ticket."""
        own = [line for line in self.priced if not line.added]
        return own[self.ticket.marked] if self.ticket.marked < len(own) else None

    def add(self, *lines: LineAsked) -> None:
        """Put lines at the end and mark the last."""
        for line in lines:
            if line.account and any(line.account == on.account and line.fee == on.fee for on in self.ticket.lines):
                raise Refused(say("Account {account} is on the ticket already.", account=line.account))
        new = (*self.ticket.lines, *lines)
        self._become(lines=new, marked=len(new) - 1)

    def remove(self) -> None:
        """Take the marked line off; the tenders stay."""
        if not self.ticket.lines:
            raise Refused(say("There is no line to remove."))
        rest = self.ticket.lines[: self.ticket.marked] + self.ticket.lines[self.ticket.marked + 1 :]
        self._become(lines=rest, marked=max(0, min(self.ticket.marked, len(rest) - 1)))

    def pay_this(self, cents: Cents) -> None:
        """Pay this amount on the marked line."""
        line = self._marked_line()
        if not is_open(line):
            price = usd(line.amount_cents)
            raise Refused(say("{fee} is {price}; a price is never changed here.", fee=line.fee.name, price=price))
        self._change_line(msgspec.structs.replace(line.asked, amount_cents=cents))

    def quantity(self, number: int) -> None:
        """So many of the marked line."""
        self._change_line(msgspec.structs.replace(self._marked_line().asked, quantity=number))

    def mark(self, by: int) -> None:
        """Mark another line; no step of its own for undo."""
        if self.ticket.lines:
            to = max(0, min(self.ticket.marked + by, len(self.ticket.lines) - 1))
            self.ticket = msgspec.structs.replace(self.ticket, marked=to)

    def tender(self, tender: TenderAsked) -> None:
        """Take something handed over."""
        if not self.ticket.lines:
            raise Refused(say("There is nothing on the ticket to pay."))
        if tender.kind == "card" and tender.amount_cents > self.due_cents:
            raise Refused(say("A card is never charged more than what is due, {due}.", due=usd(self.due_cents)))
        if not self.due_cents:
            raise Refused(say("Nothing is due any more; F9 finishes."))
        check_tenders((tender,), len(self.priced), self._day())
        self._become(tenders=(*self.ticket.tenders, tender))

    def describe_last(self, tender: TenderAsked) -> None:
        """Complete the tender taken last: a check's number, a card's slip."""
        check_tenders((tender,), len(self.priced), self._day())
        self.ticket = msgspec.structs.replace(self.ticket, tenders=(*self.ticket.tenders[:-1], tender))

    def number_last(self, number: str) -> None:
        """The number of the check or money order taken last."""
        last = self.ticket.tenders[-1]
        given = CheckGiven(number=number)
        if any(t.kind == last.kind and t.check == given for t in self.ticket.tenders[:-1]):
            raise Refused(say("Number {number} is on this ticket already.", number=number))
        self.describe_last(msgspec.structs.replace(last, check=given))

    def pay_as(self, payer: Payer) -> None:
        """Who is paying."""
        self._become(payer=payer)

    def undo(self) -> None:
        """The ticket as it was before the last change."""
        if not self._before:
            raise Refused(say("There is nothing to undo on this ticket."))
        self.ticket = self._before.pop()
        self._price()

    def clear(self) -> None:
        """The next customer."""
        self.ticket, self.priced, self._before, self.owner, self.presumed = Ticket(), (), [], "", None
        self.draft = token_hex(8)

    def park(self) -> Parked:
        """Put the ticket aside, in memory alone."""
        if self.ticket.is_empty:
            raise Refused(say("There is nothing on the ticket to park."))
        if len(self.parked) >= MOST_PARKED:
            raise Refused(say("{n} tickets are parked already; recall one first (F5).", n=MOST_PARKED))
        parked = self.as_parked()
        self.parked = (*self.parked, parked)
        self.clear()
        return parked

    def as_parked(self) -> Parked:
        """The ticket as it would be parked."""
        return Parked(
            draft=self.draft,
            ticket=self.ticket,
            owner=self.owner,
            name=self.name(),
            total_cents=self.total_cents,
            amounts=self.amounts,
        )

    def recall(self, place: int, person: str) -> Parked:
        """Take a parked ticket out, to be put back; one with money in it only by who took the money."""
        if not self.ticket.is_empty:
            raise Refused(say("Park or finish this ticket first (F4 parks it)."))
        parked = self.parked[place]
        if parked.ticket.tenders and parked.owner != person:
            name = self._look.name_of(parked.owner)
            raise Refused(say("{name} took money on that ticket and must finish it.", name=name))
        self.parked = self.parked[:place] + self.parked[place + 1 :]
        return parked

    def put_back(self, draft: str, ticket: Ticket, owner: str) -> None:
        """Take a ticket up as it was; what undo knew of it is gone."""
        self.ticket, self._before = ticket, []
        self._price()
        self.draft, self.owner = draft, owner

    def price_again(self) -> None:
        """What is on the ticket at the prices and balances of now."""
        self._price()

    def name(self) -> str:
        """Whose ticket it is, in words."""
        if self.ticket.payer.name:
            return self.ticket.payer.name
        for line in self.priced:
            if line.account:
                return line.account.name
        number = None if self.ticket.is_empty else self.customer
        found = self._look.customer(number) if number else None
        return found.name if found else ""

    def bare_tender(self) -> TenderAsked | None:
        """The tender whose number is still to be typed, if it is the last one."""
        last = self.ticket.tenders[-1] if self.ticket.tenders else None
        return last if last and last.kind in ("check", "money_order") and last.check is None else None

    def _marked_line(self) -> PricedLine:
        line = self.marked
        if line is None:
            raise Refused(say("There is no line yet; scan a bill or type what is wanted first."))
        return line

    def _change_line(self, line: LineAsked) -> None:
        lines = list(self.ticket.lines)
        lines[self.ticket.marked] = line
        self._become(lines=tuple(lines))

    def _become(self, **changes: object) -> None:
        before, priced = self.ticket, self.priced
        self.ticket = msgspec.structs.replace(before, **changes)
        try:
            self._price()
        except Exception:
            self.ticket, self.priced = before, priced
            raise
        self._before.append(before)

    def _price(self) -> None:
        self.priced = self.price(self.ticket.lines)

    def price(self, lines: tuple[LineAsked, ...]) -> tuple[PricedLine, ...]:
        """What lines cost today, without taking them."""
        if not lines:
            return ()
        return price_lines(lines, self._look.fees(), self._day(), self._look.account)

    def _day(self) -> date:
        return self._look.today()
