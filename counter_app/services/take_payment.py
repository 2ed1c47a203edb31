"""Taking a payment: lines and tenders become a receipt, with its licences, allocations and ledger entry, in one
transaction."""

from collections.abc import Sequence
from datetime import date

import msgspec

from counter_app.domain import events
from counter_app.domain import licence as licences
from counter_app.domain.clock import to_text
from counter_app.domain.drawer import Session
from counter_app.domain.ledger import post
from counter_app.domain.money import Cents, usd
from counter_app.domain.refused import Refused
from counter_app.domain.rights import Right
from counter_app.domain.said import say
from counter_app.domain.sale import (
    Given,
    LineAsked,
    PricedLine,
    Settled,
    TenderAsked,
    check_tenders,
    price_lines,
    settle,
)
from counter_app.services.acting import Act, Desk, Done, acting
from counter_app.services.station import Station
from db.queries import accounts, drawers
from db.queries import licences as register


class Payer(Given, frozen=True, kw_only=True):
    """Who stands at the counter, as far as it is known."""

    name: str | None = None
    customer: str | None = None
    email: str | None = None


class TakePayment(Act, frozen=True, kw_only=True):
    """A sale; `endorsed` false says that its checks still wait for the bank's endorsement. `draft` is the ticket that
    the window kept of it, which ends with this."""

    lines: tuple[LineAsked, ...]
    tenders: tuple[TenderAsked, ...]
    payer: Payer | None = None
    endorsed: bool = True
    draft: str | None = None


class ItemPaid(msgspec.Struct, frozen=True):
    """Cents of a line on an open item."""

    item: str
    cents: Cents


class LineDone(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A line of the receipt."""

    fee: str
    amount_cents: Cents
    account: str | None = None
    licence: str | None = None
    added: bool = False
    reminders: tuple[str, ...] = ()
    allocated: tuple[ItemPaid, ...]


class PaymentDone(Done, frozen=True, kw_only=True):
    """A receipt."""

    number: str
    total_cents: Cents
    applied_cents: Cents
    change_cents: Cents
    rounding_cents: Cents
    credit_cents: Cents
    lines: tuple[LineDone, ...]
    licences: tuple[str, ...]
    warnings: tuple[str, ...] = ()


class TakeUnapplied(Act, frozen=True, kw_only=True):
    """Money whose purpose nobody knows yet; `known` is all that is known of it."""

    tenders: tuple[TenderAsked, ...]
    known: str
    endorsed: bool = True


def take_payment(station: Station, act: TakePayment) -> PaymentDone:
    """Take money for lines; raises Refused in words when anything does not hold, and then nothing was written."""
    with acting(station, act) as desk:
        session = _ready(desk)
        lines = price_lines(act.lines, desk.fees, desk.today, lambda a: accounts.account(desk.connection, a))
        check_tenders(act.tenders, len(lines), _day(session.business_date))
        sale = settle(lines, act.tenders, endorsed=act.endorsed)
        payer = act.payer or Payer()
        _refuse_unknown_customers(desk, sale, payer)
        desk.end_draft(act.draft)
        return _commit(desk, session, sale, payer)


def take_unapplied(station: Station, act: TakeUnapplied) -> PaymentDone:
    """Put unidentified money into suspense, with a receipt."""
    with acting(station, act) as desk:
        session = _ready(desk)
        fee = desk.fees.fee(desk.city.unapplied_fee, desk.today)
        check_tenders(act.tenders, 1, _day(session.business_date))
        total = sum(tender.amount_cents for tender in act.tenders)
        if not act.tenders:
            raise Refused(say("There is no money to take."))
        line = PricedLine(asked=LineAsked(fee=fee.code), fee=fee, amount_cents=total, formula="")
        sale = settle((line,), act.tenders, endorsed=act.endorsed)
        if not act.known.strip():
            raise Refused(say("Say what is known of this money: who, when, what for."))
        return _commit(desk, session, sale, Payer(), known=act.known)


def _ready(desk: Desk) -> Session:
    desk.demand(Right.TAKE_MONEY)
    return desk.own_session()


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _refuse_unknown_customers(desk: Desk, sale: Settled, payer: Payer) -> None:
    for customer in {line.asked.customer for line in sale.lines} | {payer.customer}:
        if customer is not None and not accounts.customer_exists(desk.connection, customer):
            raise Refused(say("There is no customer {customer}.", customer=customer[:20]))


def _commit(desk: Desk, session: Session, sale: Settled, payer: Payer, known: str | None = None) -> PaymentDone:
    """Number, licences, event, paper: everything of a receipt that is recorded together."""
    if sale.credit_cents > desk.city.overpay_limit_cents:
        desk.second_person(
            Right.APPROVE,
            owner=session.cashier,
            what=say("A check over the ticket by {amount}", amount=usd(sale.credit_cents)),
        )
    number = desk.unit.number("receipt")
    issued = issue_licences(desk, sale.lines, desk.today)
    moves = sale.movements(session.session)
    distribution = sale.distribution(desk.city)
    entry = desk.unit.record(
        events.PaymentTaken(
            number=number,
            session=session.session,
            drawer=session.drawer,
            cashier=session.cashier,
            received=to_text(desk.unit.now),
            customer=payer.customer,
            payer=desk.seal("payer", payer.name),
            email=desk.seal("email", payer.email),
            total_cents=sale.total_cents,
            change_cents=sale.change_cents,
            credit_cents=sale.credit_cents,
            rounding_cents=0,
            lines=sold_lines(desk, sale.lines, issued),
            tenders=sale.tenders,
            allocations=sale.allocations,
            credits=sale.credits,
            licences=issued,
            known=desk.seal("known", known),
            movements=moves,
            postings=post(moves, distribution),
        ),
        session=session.session,
        business_date=session.business_date,
        sealing=desk.seal,
    )
    desk.unit.queue_paper("receipt", number)
    desk.opens_drawer = any(tender.kind == "cash" for tender in sale.tenders)
    return _done(entry.seq, number, sale, issued, _warnings(desk, session, sale))


def _warnings(desk: Desk, session: Session, sale: Settled) -> tuple[str, ...]:
    """What is only policy: said to the cashier, and no reason to send a customer away."""
    paid = {line.account.account: line.account.status for line in sale.lines if line.account}
    warnings = [
        say("Account {account} is closed.", account=account) for account, status in paid.items() if status == "closed"
    ]
    limit = desk.city.drawer_cash_limit_cents
    if desk.opens_drawer and drawers.in_drawer_cents(desk.connection, session.session) > limit:
        warnings.append(
            say("Drawer {drawer} holds more cash than it should: drop some to the safe.", drawer=session.drawer)
        )
    return tuple(warnings)


def sold_lines(
    desk: Desk, lines: Sequence[PricedLine], issued: Sequence[events.LicenceIssued], first: int = 1
) -> tuple[events.SoldLine, ...]:
    """The lines as the journal keeps them; details are private."""
    by_line = {licence.line: licence.licence for licence in issued}
    sold = []
    for index, line in enumerate(lines):
        details = msgspec.json.encode(line.asked.details, order="sorted").decode() if line.asked.details else None
        sold.append(
            events.SoldLine(
                line=first + index,
                fee=line.fee.code,
                text=line.fee.name,
                category=line.fee.category,
                account=line.account.account if line.account else None,
                customer=line.asked.customer,
                quantity=line.asked.quantity,
                amount_cents=line.amount_cents,
                added=line.added,
                pays=line.pays,
                formula=line.formula if not line.asked.details else "",
                details=desk.seal(f"lines.{index}.details", details),
                licence=by_line.get(first + index),
                distribution=line.distribution(desk.city.credit_account),
            )
        )
    return tuple(sold)


def issue_licences(
    desk: Desk, lines: Sequence[PricedLine], received: date, first: int = 1
) -> tuple[events.LicenceIssued, ...]:
    """What the lines hand over, numbered, as of the day of their money; raises Refused for what may not be given."""
    issued: list[events.LicenceIssued] = []
    for index, line in enumerate(lines):
        if line.fee.licence is not None:
            granted = _granted(desk, line, received, issued, lines[:index])
            issued.append(_issued(desk, line, granted, first + index, len(issued)))
    return tuple(issued)


def _granted(
    desk: Desk,
    line: PricedLine,
    received: date,
    earlier: Sequence[events.LicenceIssued],
    before: Sequence[PricedLine],
) -> licences.Issue:
    """What one line may be given; `earlier` were issued by the lines `before` it on the same ticket."""
    customer = line.asked.customer or (line.account.customer if line.account else None)
    renewed = licences.renewed_number(line.fee, line.asked.details)
    if any(renewed == other.licence for other in earlier):
        raise Refused(
            say("License {renewed} is renewed on this ticket already; renew it again on the next one.", renewed=renewed)
        )
    old = _old_licence(desk, renewed)
    key = licences.sale_key(line.asked.details)
    sales = register.sales_at(desk.connection, *key) if key else 0
    sales += sum(1 for other in before if key and licences.sale_key(other.asked.details) == key)
    return licences.issue(
        line.fee, line.asked.details, received=received, holder=customer, renews=old, sales_this_year=sales
    )


def _issued(desk: Desk, line: PricedLine, issue: licences.Issue, number: int, position: int) -> events.LicenceIssued:
    """The licence as the journal keeps it, of line `number`; what is private of it is sealed under its position."""
    details = msgspec.json.encode(issue.details, order="sorted").decode() if issue.details else None
    holder = accounts.customer(desk.connection, issue.holder)
    address = issue.details.get("address")
    path = f"licences.{position}"
    return events.LicenceIssued(
        licence=issue.renews or desk.unit.number("licence"),
        line=number,
        fee=line.fee.code,
        type=issue.type,
        customer=issue.holder,
        account=line.account.account if line.account else None,
        holder=desk.seal(f"{path}.holder", holder.name if holder else None),
        details=desk.seal(f"{path}.details", details),
        address=desk.seal(f"{path}.address", str(address) if address else None),
        issued=issue.issued.isoformat(),
        expires=issue.expires.isoformat() if issue.expires else None,
        renewed=issue.renews is not None,
    )


def _old_licence(desk: Desk, number: str | None) -> licences.OldLicence | None:
    found = register.licence(desk.connection, number, desk.today) if number else None
    if number is None or found is None:
        return None
    rule = desk.fees.fee(found.fee, _day(found.issued)).licence
    assert rule is not None, "a licence of a fee that issues none"
    expires = _day(found.expires) if found.expires else None
    return licences.OldLicence(licence=number, kind=rule.kind, holder=found.holder, expires=expires, state=found.state)


def _done(
    seq: int, number: str, sale: Settled, issued: Sequence[events.LicenceIssued], warnings: tuple[str, ...]
) -> PaymentDone:
    by_line = {licence.line: licence.licence for licence in issued}
    lines = tuple(
        LineDone(
            fee=line.fee.code,
            amount_cents=line.amount_cents,
            account=line.account.account if line.account else None,
            licence=by_line.get(index),
            added=line.added,
            reminders=() if line.added else licences.reminders(line.fee, line.asked.details),
            allocated=tuple(ItemPaid(part.item, part.cents) for part in line.paid),
        )
        for index, line in enumerate(sale.lines, 1)
    )
    return PaymentDone(
        seq=seq,
        number=number,
        total_cents=sale.total_cents,
        applied_cents=sale.total_cents,
        change_cents=sale.change_cents,
        rounding_cents=0,
        credit_cents=sale.credit_cents,
        lines=lines,
        licences=tuple(licence.licence for licence in issued),
        warnings=warnings,
    )
