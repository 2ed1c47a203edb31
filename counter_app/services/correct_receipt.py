"""Putting receipts right: void, asked-for void, refund, wrong tender, wrong account, unidentified money."""

from typing import Literal

import resources
from counter_app.domain import correction, events
from counter_app.domain.clock import from_text, local_date
from counter_app.domain.correction import How
from counter_app.domain.drawer import Session, SessionState
from counter_app.domain.events import Allocation
from counter_app.domain.holidays import load_holidays
from counter_app.domain.ledger import Posting, post
from counter_app.domain.money import Cents, usd
from counter_app.domain.receipt import Receipt
from counter_app.domain.refused import Refused
from counter_app.domain.rights import Right
from counter_app.domain.said import say
from counter_app.domain.sale import Given, LineAsked, PricedLine, TenderAsked, check_tenders, price_lines
from counter_app.services.acting import Act, Desk, Done, acting
from counter_app.services.station import Station
from counter_app.services.take_payment import issue_licences, sold_lines
from db.queries import accounts, receipts


class VoidReceipt(Act, frozen=True, kw_only=True):
    """Undo a whole receipt in its own session; `asked` when nobody is there to approve."""

    number: str
    reason: str
    asked: bool = False


class DecideVoid(Act, frozen=True, kw_only=True):
    """Accept or reject an asked-for void; the approver is `by`; `number` is the receipt's."""

    number: str
    accept: bool


class VoidDone(Done, frozen=True, kw_only=True):
    """The void's number; state is voided, asked or rejected."""

    number: str
    state: Literal["voided", "asked", "rejected"]


class RefundReceipt(Act, frozen=True, kw_only=True):
    """Give money back after the session; `lines` from 1, all of them when absent."""

    number: str
    reason: str
    how: How
    lines: tuple[int, ...] | None = None


class RefundDone(Done, frozen=True, kw_only=True, omit_defaults=True):
    """The refund's number; `request` is what accounts payable is asked under."""

    number: str
    amount_cents: Cents
    request: str | None = None


class WrongTender(Given, frozen=True, kw_only=True):
    """An amount of a tender, counted from 1."""

    tender: int
    amount_cents: Cents


class CorrectTender(Act, frozen=True, kw_only=True, rename={"wrong": "from", "right": "to"}):
    """Move an amount between tenders of a receipt; number and total stay."""

    number: str
    wrong: WrongTender
    right: tuple[TenderAsked, ...]
    reason: str


class MovePayment(Act, frozen=True, kw_only=True):
    """Put a line that was paid on a wrong account on the right one."""

    number: str
    line: int
    to_account: str
    reason: str


class ClearUnapplied(Act, frozen=True, kw_only=True):
    """Give unidentified money its purpose."""

    number: str
    lines: tuple[LineAsked, ...]
    reason: str


def void_receipt(station: Station, act: VoidReceipt) -> VoidDone:
    """Void a receipt while its session is open and uncounted, or ask for it."""
    with acting(station, act) as desk:
        receipt = _receipt(desk, act.number)
        session = desk.session(receipt.session)
        desk.own_or_approver(session.cashier, receipt.number)
        correction.whole_receipt_taken(receipt, say("voided"))
        _refuse_counted(desk, session)
        if receipt.refunded_cents:
            raise Refused(say("Part of receipt {number} was refunded; refund the rest.", number=receipt.number))
        reason = desk.reason(act.reason)
        void = desk.unit.number("void")
        if act.asked:
            asked = events.VoidAsked(void=void, number=receipt.number, session=session.session, reason=reason)
            entry = desk.unit.record(
                asked, session=session.session, business_date=session.business_date, sealing=desk.seal
            )
            return VoidDone(seq=entry.seq, number=void, state="asked")
        desk.second_person(
            Right.APPROVE, owner=session.cashier, what=say("A void"), business_date=session.business_date
        )
        return _void(desk, receipt, session, void, reason)


def decide_void(station: Station, act: DecideVoid) -> VoidDone:
    """Accept or reject an asked-for void, by somebody with the right who neither asked nor owns the drawer."""
    with acting(station, act) as desk:
        desk.demand(Right.APPROVE)
        receipt = _receipt(desk, act.number)
        session = desk.session(receipt.session)
        if not receipt.void_asked or receipt.void is None:
            raise Refused(say("No void of receipt {number} is asked for.", number=receipt.number))
        if desk.actor.person in (session.cashier, receipt.void_asked_by):
            raise Refused(say("{name} cannot decide a void of one's own.", name=desk.actor.name))
        desk.refuse_unverified(desk.actor)
        desk.refuse_unverified(desk.actor, session.business_date)
        if act.accept:
            return _void(desk, receipt, session, receipt.void, None)
        rejected = events.VoidRejected(void=receipt.void, number=receipt.number, session=session.session)
        entry = desk.unit.record(rejected, session=session.session, business_date=session.business_date)
        return VoidDone(seq=entry.seq, number=receipt.void, state="rejected")


def _void(desk: Desk, receipt: Receipt, session: Session, void: str, reason: str | None) -> VoidDone:
    moves = correction.void_movements(receipt)
    cash = sum(move.cents for move in moves if move.kind == "cash")
    if cash:
        desk.refuse_empty_drawer(session, cash)
        desk.opens_drawer = True
    distribution = correction.undone_distribution(receipt, desk.city)
    entry = desk.unit.record(
        events.ReceiptVoided(
            void=void,
            number=receipt.number,
            session=session.session,
            asked=receipt.void_asked,
            reason=reason,
            total_cents=receipt.total_cents,
            allocations=correction.undone_allocations(receipt.allocations),
            credits=correction.undone_credits(receipt.credits),
            licences=receipt.licences,
            movements=moves,
            postings=post(moves, distribution),
        ),
        session=session.session,
        business_date=session.business_date,
        sealing=desk.seal,
    )
    desk.unit.queue_paper("void", receipt.number)
    return VoidDone(seq=entry.seq, number=void, state="voided")


def refund_receipt(station: Station, act: RefundReceipt) -> RefundDone:
    """Refund along the allocation rows; cash out of the actor's own drawer."""
    with acting(station, act) as desk:
        receipt = _refundable(desk, act.number)
        paying = desk.own_session() if act.how == "cash" else None
        desk.second_person(
            Right.APPROVE, owner=receipt.cashier, what=say("A refund"), business_date=receipt.business_date
        )
        refund = correction.refund(
            receipt,
            act.lines,
            act.how,
            city=desk.city,
            today=desk.today,
            holidays=load_holidays(resources.read_text("holidays.csv")),
            session=paying.session if paying else None,
        )
        if paying:
            desk.refuse_empty_drawer(paying, refund.amount_cents)
            desk.opens_drawer = True
        number = desk.unit.number("refund")
        entry = desk.unit.record(
            events.ReceiptRefunded(
                refund=number,
                number=receipt.number,
                session=paying.session if paying else None,
                how=act.how,
                request=number if act.how == "request" else None,
                lines=refund.lines,
                whole=refund.whole,
                amount_cents=refund.amount_cents,
                reason=desk.reason(act.reason),
                allocations=refund.allocations,
                credits=refund.credits,
                licences=refund.licences,
                movements=refund.movements,
                postings=post(refund.movements, refund.distribution),
            ),
            session=paying.session if paying else None,
            business_date=paying.business_date if paying else desk.today.isoformat(),
            sealing=desk.seal,
        )
        desk.unit.queue_paper("refund", number)
    return RefundDone(
        seq=entry.seq,
        number=number,
        amount_cents=refund.amount_cents,
        request=number if act.how == "request" else None,
    )


def _refundable(desk: Desk, number: str) -> Receipt:
    """The receipt, whose drawer is counted: what an open drawer took is voided instead."""
    receipt = _receipt(desk, number)
    correction.whole_receipt_taken(receipt, say("refunded"))
    session = desk.session(receipt.session)
    if not desk.actor.may(Right.APPROVE):
        desk.demand(Right.TAKE_MONEY)
    if session.state == SessionState.OPEN:
        raise Refused(
            say(
                "Drawer {drawer} is still open: void receipt {number} instead.",
                drawer=session.drawer,
                number=receipt.number,
            )
        )
    return receipt


def correct_tender(station: Station, act: CorrectTender) -> Done:
    """Put a wrong tender right; a second person once the drawer is counted."""
    with acting(station, act) as desk:
        receipt = _receipt(desk, act.number)
        session = desk.session(receipt.session)
        desk.own_or_approver(session.cashier, receipt.number)
        correction.whole_receipt_taken(receipt, say("corrected"))
        if session.state == SessionState.DEPOSITED:
            raise Refused(
                say(
                    "The money of receipt {number} is in deposit {deposit}; correct the deposit.",
                    number=receipt.number,
                    deposit=session.deposit,
                )
            )
        if session.state != SessionState.OPEN:
            what = say("A tender correction after the close")
            desk.second_person(Right.APPROVE, owner=session.cashier, what=what, business_date=session.business_date)
        else:
            _refuse_past(desk, session)
        check_tenders(act.right, 0, desk.today)
        verified = session.state == SessionState.VERIFIED
        change = correction.correct_tender(
            receipt, act.wrong.tender, act.wrong.amount_cents, act.right, verified=verified
        )
        leaving = sum(m.cents for m in change.movements if m.source.startswith("drawer ") and m.kind == "cash")
        if leaving:
            desk.refuse_empty_drawer(session, leaving)
        entry = desk.unit.record(
            events.TenderCorrected(
                number=receipt.number,
                session=session.session,
                after_verification=verified,
                reason=desk.reason(act.reason),
                tenders=change.tenders,
                allocations=change.allocations,
                movements=change.movements,
                postings=post(change.movements),
            ),
            session=session.session,
            business_date=session.business_date if session.state == SessionState.OPEN else desk.today.isoformat(),
            sealing=desk.seal,
        )
    return Done(seq=entry.seq)


def move_payment(station: Station, act: MovePayment) -> Done:
    """Move a payment to the account it was meant for."""
    with acting(station, act) as desk:
        desk.demand(Right.ASK_MOVE)
        receipt = _receipt(desk, act.number)
        correction.whole_receipt_taken(receipt, say("moved"))
        desk.second_person(
            Right.APPROVE_MOVE, owner=receipt.cashier, what=say("A moved payment"), business_date=receipt.business_date
        )
        target = accounts.account(desk.connection, act.to_account)
        if target is None:
            raise Refused(say("There is no account {account}.", account=act.to_account[:20]))
        move = correction.move_payment(receipt, act.line, target, desk.city)
        origin = next(a.account for a in move.allocations if a.cents < 0)
        assert origin is not None
        entry = desk.unit.record(
            events.PaymentMoved(
                number=receipt.number,
                line=act.line,
                from_account=origin,
                to_account=target.account,
                reason=desk.reason(act.reason),
                allocations=move.allocations,
                credits=move.credits,
                postings=post((), move.distribution),
            ),
            business_date=desk.today.isoformat(),
            sealing=desk.seal,
        )
    return Done(seq=entry.seq)


def clear_unapplied(station: Station, act: ClearUnapplied) -> Done:
    """Turn suspense into lines of its receipt, at the prices of the day it was received; what is not named stays."""
    with acting(station, act) as desk:
        if not desk.actor.may(Right.ASK_MOVE):
            desk.demand(Right.TAKE_MONEY)
        receipt = _receipt(desk, act.number)
        correction.whole_receipt_taken(receipt, say("cleared"))
        desk.second_person(
            Right.APPROVE,
            owner=receipt.cashier,
            what=say("Clearing unidentified money"),
            business_date=receipt.business_date,
        )
        left = receipts.unapplied_left(desk.connection, receipt.number, desk.city.unapplied_fee)
        received = local_date(from_text(receipt.received), desk.city.tz)
        lines = price_lines(act.lines, desk.fees, received, lambda a: accounts.account(desk.connection, a))
        total = sum(line.amount_cents for line in lines)
        rest = sum(row.cents for row in left)
        if total > rest:
            raise Refused(
                say(
                    "Receipt {number} has {rest} without a purpose; these lines need {total}.",
                    number=receipt.number,
                    rest=usd(rest),
                    total=usd(total),
                )
            )
        first = max(line.line for line in receipt.lines) + 1
        issued = issue_licences(desk, lines, received, first)
        taken = _taken_from_suspense(receipt, left, total)
        new = (posting for line in lines for posting in line.distribution(desk.city.credit_account))
        entry = desk.unit.record(
            events.UnappliedCleared(
                number=receipt.number,
                reason=desk.reason(act.reason),
                lines=(*sold_lines(desk, lines, issued, first), taken),
                allocations=_reallocated(left, lines, first),
                licences=issued,
                postings=post((), (*taken.distribution, *new)),
            ),
            session=receipt.session,
            business_date=desk.today.isoformat(),
            sealing=desk.seal,
        )
    return Done(seq=entry.seq)


def _taken_from_suspense(receipt: Receipt, left: tuple[Allocation, ...], total: Cents) -> events.SoldLine:
    """What the suspense line is less, so that the lines of the receipt still add up to its total."""
    suspense = next(line for line in receipt.lines if left and line.line == left[0].line)
    account = suspense.distribution[0]
    return events.SoldLine(
        line=suspense.line,
        fee=suspense.fee,
        text=suspense.text,
        category=suspense.category,
        account=None,
        customer=None,
        quantity=1,
        amount_cents=-total,
        added=False,
        pays="",
        formula="",
        details=None,
        licence=None,
        distribution=(Posting(account.account, account.fund, total),),
    )


def _reallocated(left: tuple[Allocation, ...], lines: tuple[PricedLine, ...], first: int) -> tuple[Allocation, ...]:
    """Suspense rows, in their order, become rows of the new lines, in theirs."""
    needed = [
        (first + index, line.account.account if line.account and line.fee.needs_account else None, item, cents)
        for index, line in enumerate(lines)
        for item, cents in ([(p.item, p.cents) for p in line.paid] or [("", line.amount_cents)])
    ]
    rows: list[Allocation] = []
    for row in left:
        rest = row.cents
        while rest and needed:
            line, account, item, cents = needed[0]
            take = min(rest, cents)
            rows.append(Allocation(row.tender, row.line, row.account, row.item, -take))
            rows.append(Allocation(row.tender, line, account, item, take))
            rest -= take
            needed = [(line, account, item, cents - take), *needed[1:]] if take < cents else needed[1:]
    return tuple(rows)


def _receipt(desk: Desk, number: str) -> Receipt:
    found = receipts.receipt(desk.connection, number)
    if found is None:
        raise Refused(say("There is no receipt {number}.", number=number[:20]))
    return found


def _refuse_counted(desk: Desk, session: Session) -> None:
    if session.state != SessionState.OPEN:
        raise Refused(say("Drawer {drawer} is counted already; refund the receipt instead.", drawer=session.drawer))
    _refuse_past(desk, session)


def _refuse_past(desk: Desk, session: Session) -> None:
    if session.business_date < desk.today.isoformat():
        raise Refused(
            say("Drawer {drawer} is of an earlier day and takes its close and nothing else.", drawer=session.drawer)
        )
