"""Putting a receipt right along its allocation rows and no others: void, refund, wrong tender, wrong
account."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal

import msgspec

from counter_app.domain import account as accounts
from counter_app.domain.account import CREDIT, Account, Paid
from counter_app.domain.city import City
from counter_app.domain.days import us_date
from counter_app.domain.events import Allocation, Credit, Tendered
from counter_app.domain.holidays import Holidays
from counter_app.domain.ledger import (
    CARD_RECEIVABLE,
    CUSTOMERS,
    OVER_SHORT,
    PAYABLE,
    UNDEPOSITED,
    Movement,
    Posting,
    account_of,
    drawer_place,
    fund_of,
    place_kind,
)
from counter_app.domain.money import Cents, usd
from counter_app.domain.receipt import Receipt, ReceiptLine, ReceiptTender, state_in_words
from counter_app.domain.refused import Refused
from counter_app.domain.said import Said, say
from counter_app.domain.sale import TenderAsked, reference_of

How = Literal["cash", "card", "request", "credit"]


def whole_receipt_taken(receipt: Receipt, what: Said) -> None:
    """Refuse a correction of what is not a good receipt any more."""
    if receipt.state != "taken":
        raise Refused(
            say(
                "Receipt {number} is {state} already; it cannot be {what}.",
                number=receipt.number,
                state=state_in_words(receipt.state),
                what=what,
            )
        )
    if receipt.void_asked:
        raise Refused(say("A void of receipt {number} is asked for and waits for a decision.", number=receipt.number))


def undone_allocations(allocations: Iterable[Allocation]) -> tuple[Allocation, ...]:
    """The same rows, taken back."""
    return tuple(Allocation(a.tender, a.line, a.account, a.item, -a.cents) for a in allocations)


def undone_credits(kept: Iterable[Credit]) -> tuple[Credit, ...]:
    """The same credits, taken back."""
    return tuple(Credit(c.tender, c.account, -c.cents) for c in kept)


def money_place(kind: str, session: str) -> str:
    """Where a tender of an open session lies."""
    return CARD_RECEIVABLE if kind == "card" else drawer_place(session)


def void_movements(receipt: Receipt) -> tuple[Movement, ...]:
    """Cash leaves the drawer that took it, checks are handed back, cards are reversed on the terminal."""
    return tuple(
        Movement(money_place(t.kind, receipt.session), CUSTOMERS, place_kind(t.kind), t.kept_cents)
        for t in receipt.tenders
        if t.kept_cents
    )


def undone_distribution(receipt: Receipt, city: City) -> tuple[Posting, ...]:
    """Debits that take the revenue of all lines and the liability of credits back."""
    return (
        *(posting for line in receipt.lines for posting in standing_distribution(line, receipt.allocations, city)),
        *_credit_debits(receipt.credits, city),
    )


def _credit_debits(kept: Iterable[Credit], city: City) -> tuple[Posting, ...]:
    """The liability of credits that are given back."""
    fund = fund_of(city.credit_account)
    return tuple(Posting(city.credit_account, fund, credit.cents) for credit in kept)


def standing_distribution(line: ReceiptLine, allocations: Iterable[Allocation], city: City) -> tuple[Posting, ...]:
    """What a line credits, positive, as it stands: a move may have made more or less of it the credit of an account."""
    kept = sum(a.cents for a in allocations if a.line == line.line and a.item == CREDIT)
    booked = sum(p.cents for p in line.distribution if p.account == city.credit_account)
    shift = _credit_shift(line, kept - booked, city)
    return (*line.distribution, *(Posting(p.account, p.fund, -p.cents) for p in shift))


class Refund(msgspec.Struct, frozen=True, kw_only=True):
    """What a refund takes back and how the money goes."""

    lines: tuple[int, ...]
    whole: bool
    amount_cents: Cents
    allocations: tuple[Allocation, ...]
    licences: tuple[str, ...]
    credits: tuple[Credit, ...]
    movements: tuple[Movement, ...]
    distribution: tuple[Posting, ...]


def refund(
    receipt: Receipt,
    asked: Sequence[int] | None,
    how: How,
    *,
    city: City,
    today: date,
    holidays: Holidays,
    session: str | None,
) -> Refund:
    """Give lines (all that are left when `asked` is None) back along their allocations; `session` pays cash out.

    Cash goes back as cash on the receipt's own business date and up to the limit; checks and money orders by request
    alone, and not before the bank has had time to send them back; a card to the same card. Raises Refused.
    """
    lines = _refundable(receipt, asked)
    numbers = {line.line for line in lines}
    rows = [a for a in receipt.allocations if a.line in numbers and a.cents]
    kinds = {receipt_tender(receipt, a.tender).kind for a in rows}
    amount = sum(a.cents for a in rows)
    _refuse_way(receipt, how, kinds, amount, city, today)
    if how == "request" and kinds & {"check", "money_order"}:
        _refuse_early(receipt, city, today, holidays)
    taken_back = (p for line in lines for p in standing_distribution(line, rows, city))
    left = [line for line in receipt.lines if not line.refunded and line.line not in numbers and line.amount_cents]
    kept = receipt.credits if not left and how != "credit" else ()
    amount += sum(credit.cents for credit in kept)
    return Refund(
        lines=tuple(sorted(numbers)),
        whole=not left,
        amount_cents=amount,
        allocations=undone_allocations(rows),
        licences=tuple(line.licence for line in lines if line.licence),
        credits=_kept_as_credit(rows, lines) if how == "credit" else undone_credits(kept),
        movements=_refund_movements(how, amount, session),
        distribution=(*taken_back, *_credit_debits(kept, city), *_owed(how, amount, city)),
    )


def _refundable(receipt: Receipt, asked: Sequence[int] | None) -> list[ReceiptLine]:
    lines = [line for line in receipt.lines if not line.refunded]
    if asked is not None:
        for number in asked:
            line = receipt.line(number)
            if line is None:
                raise Refused(say("Receipt {number} has no line {line}.", number=receipt.number, line=number))
            if line.refunded:
                raise Refused(
                    say(
                        "Line {line} of receipt {number} is refunded already.",
                        line=number,
                        number=receipt.number,
                    )
                )
        lines = [line for line in lines if line.line in asked]
    if not lines:
        raise Refused(say("Nothing of receipt {number} is left to refund.", number=receipt.number))
    return lines


def _refuse_way(receipt: Receipt, how: How, kinds: set[str], amount: Cents, city: City, today: date) -> None:
    """Which way the money may go back."""
    if how == "cash":
        if kinds != {"cash"}:
            raise Refused(say("Only what was paid in cash goes back in cash; make it a refund request."))
        if receipt.business_date != today.isoformat():
            raise Refused(say("Cash is refunded on the day of payment only; make it a refund request."))
        if amount + receipt.refunded_cents > city.cash_refund_limit_cents:
            raise Refused(
                say(
                    "Cash refunds go up to {limit}; make it a refund request.",
                    limit=usd(city.cash_refund_limit_cents),
                )
            )
    if how == "card" and kinds != {"card"}:
        raise Refused(say("Only what was paid by card goes back to the card."))


def _refuse_early(receipt: Receipt, city: City, today: date, holidays: Holidays) -> None:
    """A check may still come back (ten working days)."""
    good = holidays.add_bank_days(date.fromisoformat(receipt.business_date), city.check_refund_wait_days)
    if today < good:
        raise Refused(
            say(
                "The check of receipt {number} may still come back; ask for its refund from {day} on.",
                number=receipt.number,
                day=us_date(good),
            )
        )


def _kept_as_credit(rows: Sequence[Allocation], lines: Sequence[ReceiptLine]) -> tuple[Credit, ...]:
    """The customer's choice: the money stays as a credit of the account of each line."""
    account_of = {line.line: line.account for line in lines}
    kept = []
    for row in rows:
        account = row.account or account_of[row.line]
        if account is None:
            raise Refused(say("Only a payment on an account can stay as its credit."))
        kept.append(Credit(row.tender, account, row.cents))
    return tuple(kept)


def _refund_movements(how: How, amount: Cents, session: str | None) -> tuple[Movement, ...]:
    if how == "cash":
        assert session is not None, "cash is paid out of a drawer"
        return (Movement(drawer_place(session), CUSTOMERS, "cash", amount),)
    if how == "card":
        return (Movement(CARD_RECEIVABLE, CUSTOMERS, "card", amount),)
    return ()


def _owed(how: How, amount: Cents, city: City) -> tuple[Posting, ...]:
    """What is not paid out at once is owed: to accounts payable, or to the account as credit."""
    if how == "request":
        payable = account_of(PAYABLE)
        return (Posting(payable, fund_of(payable), -amount),)
    if how == "credit":
        return (Posting(city.credit_account, fund_of(city.credit_account), -amount),)
    return ()


class TenderChange(msgspec.Struct, frozen=True, kw_only=True):
    """Rows that move an amount from one tender to others."""

    tenders: tuple[Tendered, ...]
    allocations: tuple[Allocation, ...]
    movements: tuple[Movement, ...]


def correct_tender(
    receipt: Receipt, wrong: int, cents: Cents, right: Sequence[TenderAsked], *, verified: bool
) -> TenderChange:
    """Move `cents` of tender `wrong` to new tenders without touching number or total.

    Before verification money changes its kind within the drawer; after it a cash leg answers the over/short that the
    mistake had caused. Raises Refused.
    """
    tender = receipt_tender(receipt, wrong)
    pays = sum(row.cents for row in receipt.allocations if row.tender == wrong and row.cents > 0)
    if not 0 < cents <= pays:
        raise Refused(
            say(
                "Tender {tender} pays {pays} of this receipt; that is the most that can be moved.",
                tender=wrong,
                pays=usd(pays),
            )
        )
    if sum(t.amount_cents for t in right) != cents:
        raise Refused(say("The right tenders must add up to {amount}.", amount=usd(cents)))
    first = max(t.tender for t in receipt.tenders) + 1
    added = tuple(_added(first + i, t) for i, t in enumerate(right))
    allocations = _reassign(receipt, wrong, cents, added)
    source = _correction_place(tender.kind, receipt.session, verified=verified)
    moves = [Movement(source, CUSTOMERS, place_kind(tender.kind), cents)]
    for new in added:
        target = _correction_place(new.kind, receipt.session, verified=verified)
        moves.append(Movement(CUSTOMERS, target, place_kind(new.kind), new.amount_cents))
    taken = Tendered(
        tender=wrong,
        kind=tender.kind,
        amount_cents=-cents,
        change_cents=0,
        credit_cents=0,
        reference=tender.reference,
        check_date=None,
        authorization="",
        endorsed=tender.endorsed,
    )
    return TenderChange(tenders=(taken, *added), allocations=allocations, movements=tuple(moves))


def _added(number: int, tender: TenderAsked) -> Tendered:
    return Tendered(
        tender=number,
        kind=tender.kind,
        amount_cents=tender.amount_cents,
        change_cents=0,
        credit_cents=0,
        reference=reference_of(tender),
        check_date=tender.check.date if tender.check else None,
        authorization=f"{tender.card.auth} {tender.card.reference}" if tender.card else "",
        endorsed=tender.endorsed is not False,
    )


def _reassign(receipt: Receipt, wrong: int, cents: Cents, added: Sequence[Tendered]) -> tuple[Allocation, ...]:
    """The last rows of the wrong tender go to the new ones, in their order."""
    rows: list[Allocation] = []
    left = [[t.tender, t.amount_cents] for t in added]
    for row in reversed([a for a in receipt.allocations if a.tender == wrong and a.cents > 0]):
        part = min(row.cents, cents)
        cents -= part
        if part:
            rows.append(Allocation(wrong, row.line, row.account, row.item, -part))
        while part:
            take = min(part, left[0][1])
            rows.append(Allocation(left[0][0], row.line, row.account, row.item, take))
            part -= take
            left[0][1] -= take
            if not left[0][1]:
                left.pop(0)
    assert not cents, "a tender that pays less than it says"
    return tuple(rows)


def _correction_place(kind: str, session: str, *, verified: bool) -> str:
    if kind == "card":
        return CARD_RECEIVABLE
    if not verified:
        return drawer_place(session)
    return OVER_SHORT if kind == "cash" else UNDEPOSITED


class Move(msgspec.Struct, frozen=True, kw_only=True):
    """A line's money taken from one account and paid on another, with what its tenders had left there as credit."""

    allocations: tuple[Allocation, ...]
    credits: tuple[Credit, ...]
    distribution: tuple[Posting, ...]


def move_payment(receipt: Receipt, number: int, target: Account, city: City) -> Move:
    """Move what line `number` paid to the items of `target`; tenders and amounts stay. Raises Refused."""
    line = receipt.line(number)
    rows = [a for a in receipt.allocations if a.line == number and a.cents > 0]
    if line is None or not rows or rows[0].account is None:
        raise Refused(
            say(
                "Line {line} of receipt {number} is no payment on an account.",
                line=number,
                number=receipt.number,
            )
        )
    if rows[0].account == target.account:
        raise Refused(say("The payment is on account {account} already.", account=target.account))
    total = sum(row.cents for row in rows)
    parts = list(accounts.pay(target.items, total))
    new: list[Allocation] = []
    for row in rows:
        cents = row.cents
        while cents:
            take = min(cents, parts[0].cents)
            new.append(Allocation(row.tender, number, target.account, parts[0].item, take))
            cents -= take
            left = Paid(parts[0].item, parts[0].cents - take)
            parts = [left, *parts[1:]] if left.cents else parts[1:]
    before = sum(row.cents for row in rows if row.item == CREDIT)
    after = sum(row.cents for row in new if row.item == CREDIT)
    return Move(
        allocations=(*undone_allocations(rows), *new),
        credits=_moved_credits(receipt, number, rows[0].account, target.account),
        distribution=_credit_shift(line, after - before, city),
    )


def _moved_credits(receipt: Receipt, number: int, origin: str | None, target: str) -> tuple[Credit, ...]:
    """An overpayment goes with its payment, unless another line of the receipt pays the same account."""
    if any(a.account == origin and a.line != number and a.cents > 0 for a in receipt.allocations):
        return ()
    kept = [credit for credit in receipt.credits if credit.account == origin]
    return (*undone_credits(kept), *(Credit(credit.tender, target, credit.cents) for credit in kept))


def _credit_shift(line: ReceiptLine, more_credit: Cents, city: City) -> tuple[Posting, ...]:
    """More of the money is a credit than before (or less): from the line's receivable to the liability, or back."""
    if not more_credit:
        return ()
    receivable = next((p.account for p in line.distribution if p.account != city.credit_account), "501-0000-11210")
    return (
        Posting(receivable, fund_of(receivable), more_credit),
        Posting(city.credit_account, fund_of(city.credit_account), -more_credit),
    )


def receipt_tender(receipt: Receipt, number: int) -> ReceiptTender:
    """A tender of the receipt, or Refused."""
    tender = receipt.tender(number)
    if tender is None:
        raise Refused(say("Receipt {number} has no tender {tender}.", number=receipt.number, tender=number))
    return tender
