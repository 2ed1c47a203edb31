"""A sale before it is a receipt: lines priced, tenders checked, and which tender pays what."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, Literal

import msgspec

from counter_app.domain import account as accounts
from counter_app.domain.account import Account, OpenItem, Paid
from counter_app.domain.check import refuse_bad_check
from counter_app.domain.city import City
from counter_app.domain.days import parse_day
from counter_app.domain.events import Allocation, Credit, Tendered
from counter_app.domain.fees import POSTING_ORDER, Fee, FeeSchedule, Open, distribute, price
from counter_app.domain.ledger import CARD_RECEIVABLE, CUSTOMERS, Movement, Posting, drawer_place, fund_of, place_kind
from counter_app.domain.money import MOST_CENTS, Cents, usd
from counter_app.domain.refused import Refused, WrongAct
from counter_app.domain.said import say, together

TenderKind = Literal["cash", "check", "card", "money_order"]
USED_IN_ORDER: tuple[TenderKind, ...] = ("cash", "card", "money_order", "check")
"""The risky tender lands on the receivable, where the city has a remedy."""
MOST_LINES = 200
MOST_TENDERS = 50


class Given(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The root of what an act carries: an unknown field is no act."""


class LineAsked(Given, frozen=True, kw_only=True):
    """A line as the cashier gives it; `designate` names an item, bill or component to pay first."""

    fee: str
    account: str | None = None
    customer: str | None = None
    amount_cents: Cents | None = None
    quantity: int = 1
    details: dict[str, Any] = {}
    designate: str | None = None


class CheckGiven(Given, frozen=True, kw_only=True):
    """What is read from a check; never its whole account."""

    number: str
    routing: str | None = None
    last4: str | None = None
    date: str | None = None


class CardGiven(Given, frozen=True, kw_only=True):
    """What a card terminal answers; never the card's number."""

    brand: str
    last4: str
    auth: str
    reference: str


class TenderAsked(Given, frozen=True, kw_only=True):
    """What is handed over; `for_line` counts from 1."""

    kind: TenderKind
    amount_cents: Cents
    for_line: int | None = None
    check: CheckGiven | None = None
    card: CardGiven | None = None
    endorsed: bool | None = None


class PricedLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line with its price; `paid` are the items of its account in the order they are paid."""

    asked: LineAsked
    fee: Fee
    amount_cents: Cents
    formula: str
    added: bool = False
    account: Account | None = None
    items: tuple[OpenItem, ...] = ()
    paid: tuple[Paid, ...] = ()

    @property
    def pays(self) -> str:
        """The allocation as a cashier says it."""
        return accounts.in_words(self.items, self.paid) if self.paid else ""

    def distribution(self, credit_account: str) -> tuple[Posting, ...]:
        """Credits (negative) of the line; what is kept as a credit is a liability, not a receivable."""
        credit = sum(part.cents for part in self.paid if part.item == accounts.CREDIT)
        shares = [Posting(a, fund, -cents) for a, fund, cents in distribute(self.fee, self.amount_cents - credit)]
        if credit:
            shares.append(Posting(credit_account, fund_of(credit_account), -credit))
        return tuple(shares)


class Settled(msgspec.Struct, frozen=True, kw_only=True):
    """A sale that adds up: Σ tenders − change − credit = Σ lines."""

    lines: tuple[PricedLine, ...]
    tenders: tuple[Tendered, ...]
    allocations: tuple[Allocation, ...]
    credits: tuple[Credit, ...]
    total_cents: Cents

    @property
    def change_cents(self) -> Cents:
        """Cash to hand back."""
        return sum(tender.change_cents for tender in self.tenders)

    @property
    def credit_cents(self) -> Cents:
        """What tenders exceed the ticket by and accounts keep."""
        return sum(credit.cents for credit in self.credits)

    def distribution(self, city: City) -> tuple[Posting, ...]:
        """Credits of all lines and of the credits kept."""
        postings = [posting for line in self.lines for posting in line.distribution(city.credit_account)]
        fund = fund_of(city.credit_account)
        return (*postings, *(Posting(city.credit_account, fund, -credit.cents) for credit in self.credits))

    def movements(self, session: str) -> tuple[Movement, ...]:
        """What goes into the drawer, and what the card processor now owes."""
        return tuple(
            Movement(
                CUSTOMERS,
                CARD_RECEIVABLE if tender.kind == "card" else drawer_place(session),
                place_kind(tender.kind),
                tender.amount_cents - tender.change_cents,
            )
            for tender in self.tenders
            if tender.amount_cents > tender.change_cents
        )


AccountOf = Callable[[str], Account | None]


def price_lines(
    asked: Sequence[LineAsked], fees: FeeSchedule, on: date, account_of: AccountOf
) -> tuple[PricedLine, ...]:
    """Every line with its price, then the state fees that the program adds, so that the lines asked keep their numbers.

    Raises Refused, or WrongAct for details that are none.
    """
    if not asked:
        raise Refused(say("There is nothing on the ticket."))
    if len(asked) > MOST_LINES:
        raise Refused(say("A ticket has at most {most} lines.", most=MOST_LINES))
    known: dict[str, Account] = {}
    lines = [_price(line, fees.fee(line.fee, on), on, account_of, known) for line in asked]
    lines += [added for line in lines for added in _added(line, fees, on)]
    _one_bank(lines)
    return tuple(lines)


def _added(line: PricedLine, fees: FeeSchedule, on: date) -> list[PricedLine]:
    """The state fees that a line carries."""
    asked = line.asked
    return [
        PricedLine(
            asked=LineAsked(fee=fee.code, account=asked.account, customer=asked.customer),
            fee=fee,
            amount_cents=priced.amount_cents,
            formula=priced.formula,
            added=True,
        )
        for fee, priced in fees.added(line.fee, on)
    ]


def _price(line: LineAsked, fee: Fee, on: date, account_of: AccountOf, known: dict[str, Account]) -> PricedLine:
    account = _account(line, fee, account_of, known)
    amount = line.amount_cents
    if amount is not None and amount <= 0:
        raise Refused(say("{name}: an amount must be more than nothing.", name=fee.name))
    if fee.needs_account and account is not None and amount is None:
        amount = account.balance_cents
        if amount <= 0:
            raise Refused(say("Account {account} owes nothing; type an amount to pay ahead.", account=account.account))
    if not fee.needs_account and line.designate is not None:
        raise Refused(say("{name} pays no bill: only an account payment can name one.", name=fee.name))
    priced = price(fee, quantity=line.quantity, details=line.details, amount_cents=amount, on=on)
    items, paid = (), ()  # type: tuple[OpenItem, ...], tuple[Paid, ...]
    if fee.needs_account and account is not None:
        items = account.items
        paid = accounts.pay(items, priced.amount_cents, line.designate)
        known[account.account] = msgspec.structs.replace(account, items=accounts.less(items, paid))
    return PricedLine(
        asked=line,
        fee=fee,
        amount_cents=priced.amount_cents,
        formula=priced.formula,
        account=account,
        items=items,
        paid=paid,
    )


def _account(line: LineAsked, fee: Fee, account_of: AccountOf, known: dict[str, Account]) -> Account | None:
    if line.account is None:
        if fee.needs_account:
            raise Refused(say("{name} needs an account number.", name=fee.name))
        return None
    account = known.get(line.account) or account_of(line.account)
    if account is None:
        raise Refused(say("There is no account {account}.", account=line.account[:20]))
    return account


def _one_bank(lines: Iterable[PricedLine]) -> None:
    """Fees that go to a bank of their own are a sale of their own."""
    banks = {(line.fee.bank, line.fee.alone) for line in lines}
    if len({bank for bank, _ in banks}) > 1 and any(alone for _, alone in banks):
        names = together(sorted({line.fee.name for line in lines if line.fee.alone}), ", ")
        raise Refused(say("{names} goes to another bank account: take it as a sale of its own.", names=names))


def check_tenders(tenders: Sequence[TenderAsked], lines: int, business_date: date) -> None:
    """Refuse what is no tender: nothing, absurd amounts, bad checks, card data on a check."""
    if len(tenders) > MOST_TENDERS:
        raise Refused(say("A sale has at most {most} tenders.", most=MOST_TENDERS))
    for tender in tenders:
        if not 0 < tender.amount_cents <= MOST_CENTS:
            raise Refused(say("A tender must be more than nothing, and an amount that this counter can take."))
        if tender.for_line is not None and not 1 <= tender.for_line <= lines:
            raise Refused(say("There is no line {line} for this tender to pay.", line=tender.for_line))
        if tender.check is not None and tender.kind not in ("check", "money_order"):
            raise Refused(say("A check's number goes with a check or a money order only."))
        if tender.card is not None and tender.kind != "card":
            raise Refused(say("A card's answer goes with a card only."))
        if tender.check is not None:
            _check(tender.check, business_date)
        if tender.card is not None and not re.fullmatch(r"[0-9]{4}", tender.card.last4):
            raise Refused(say("Give the last 4 digits of the card, and no more."))


def _check(check: CheckGiven, business_date: date) -> None:
    dated = None
    if check.date is not None:
        dated = parse_day(check.date)
        if dated is None:
            raise WrongAct(say("A check's date is a day like 2026-11-23."))
    refuse_bad_check(
        number=check.number, routing=check.routing, last4=check.last4, dated=dated, business_date=business_date
    )


def settle(lines: tuple[PricedLine, ...], tenders: Sequence[TenderAsked], *, endorsed: bool = True) -> Settled:
    """The sale that lines and tenders make; raises Refused when they do not cover the total, or exceed it wrongly."""
    total = sum(line.amount_cents for line in lines)
    given = sum(tender.amount_cents for tender in tenders)
    if given < total:
        raise Refused(say("{amount} is still to be paid.", amount=usd(total - given)))
    change, credit = _excess(tenders, total)
    backwards = _taken_back(tenders, ("cash",), change)
    credited = _taken_back(tenders, ("check", "money_order"), credit)
    tendered = tuple(
        _tendered(number, tender, backwards[number - 1], credited[number - 1], endorsed=endorsed)
        for number, tender in enumerate(tenders, 1)
    )
    kept = tuple(
        Credit(number, _credit_account(lines, tenders[number - 1]), cents)
        for number, cents in enumerate(credited, 1)
        if cents
    )
    return Settled(
        lines=lines,
        tenders=tendered,
        allocations=allocate(lines, tenders, tendered),
        credits=kept,
        total_cents=total,
    )


def _excess(tenders: Sequence[TenderAsked], total: Cents) -> tuple[Cents, Cents]:
    """(change, credit): only cash gives change, only checks and money orders leave a credit, a card is never over."""
    by_kind = {kind: sum(t.amount_cents for t in tenders if t.kind == kind) for kind in USED_IN_ORDER}
    if by_kind["card"] > total:
        raise Refused(say("A card is never charged more than the ticket."))
    excess = sum(by_kind.values()) - total
    change = min(excess, by_kind["cash"])
    return change, excess - change


def _taken_back(tenders: Sequence[TenderAsked], kinds: tuple[TenderKind, ...], cents: Cents) -> list[Cents]:
    """Spread an excess over the tenders of some kinds, the last one first."""
    parts = [0] * len(tenders)
    for index in range(len(tenders) - 1, -1, -1):
        if tenders[index].kind in kinds:
            parts[index] = min(cents, tenders[index].amount_cents)
            cents -= parts[index]
    return parts


def _tendered(number: int, tender: TenderAsked, change: Cents, credit: Cents, *, endorsed: bool) -> Tendered:
    check, card = tender.check, tender.card
    return Tendered(
        tender=number,
        kind=tender.kind,
        amount_cents=tender.amount_cents,
        change_cents=change,
        credit_cents=credit,
        reference=reference_of(tender),
        check_date=check.date if check else None,
        authorization=f"{card.auth} {card.reference}" if card else "",
        endorsed=tender.kind not in ("check", "money_order")
        or (endorsed if tender.endorsed is None else tender.endorsed),
    )


def reference_of(tender: TenderAsked) -> str:
    """A check's number, or a card's brand and last 4 digits."""
    if tender.check is not None:
        return tender.check.number
    return f"{tender.card.brand} {tender.card.last4}".strip() if tender.card is not None else ""


def _credit_account(lines: Sequence[PricedLine], tender: TenderAsked) -> str:
    """The account that keeps an overpayment: of the line the tender is for, else of the last account line."""
    if tender.for_line is not None:
        account = lines[tender.for_line - 1].account
        if account is not None and lines[tender.for_line - 1].fee.needs_account:
            return account.account
    for line in reversed(lines):
        if line.account is not None and line.fee.needs_account:
            return line.account.account
    raise Refused(say("A check or money order may exceed the ticket only when an account can keep the rest as credit."))


def allocate(
    lines: Sequence[PricedLine], asked: Sequence[TenderAsked], tendered: Sequence[Tendered]
) -> tuple[Allocation, ...]:
    """Rows tender × line × item: designated tenders first, then tenders and lines in their orders; both sides tie."""
    left = [tender.amount_cents - tender.change_cents - tender.credit_cents for tender in tendered]
    open_parts = [_parts(line) for line in lines]
    order = sorted(range(len(lines)), key=lambda i: (POSTING_ORDER.index(lines[i].fee.posting), _oldest(lines[i]), i))
    rows: list[Allocation] = []
    by_risk = sorted(range(len(asked)), key=lambda i: (USED_IN_ORDER.index(asked[i].kind), i))
    for index in by_risk:
        line = asked[index].for_line
        if line is not None:
            left[index] -= _pay(index, line - 1, left[index], lines, open_parts, rows)
    for index in by_risk:
        for line_index in order:
            left[index] -= _pay(index, line_index, left[index], lines, open_parts, rows)
    assert not any(left), "a tender that pays nothing"
    return tuple(rows)


def _parts(line: PricedLine) -> list[Paid]:
    return list(line.paid) or [Paid("", line.amount_cents)]


def _oldest(line: PricedLine) -> str:
    """Account payments oldest first."""
    due = {item.item: item.due for item in line.items}
    return min((due[part.item] for part in line.paid if part.item in due), default="9999")


def _pay(
    tender: int, line: int, cents: Cents, lines: Sequence[PricedLine], parts: list[list[Paid]], rows: list[Allocation]
) -> Cents:
    """Pay a line's parts in order with up to `cents`; returns what was used."""
    used = 0
    while parts[line] and used < cents:
        part = parts[line][0]
        take = min(part.cents, cents - used)
        account = lines[line].account if lines[line].fee.needs_account else None
        rows.append(Allocation(tender + 1, line + 1, account.account if account else None, part.item, take))
        parts[line] = [Paid(part.item, part.cents - take), *parts[line][1:]] if take < part.cents else parts[line][1:]
        used += take
    return used


def is_open(line: PricedLine) -> bool:
    """Whether the amount of a line is said at the counter."""
    return isinstance(line.fee.price, Open)
