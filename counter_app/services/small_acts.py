"""The small acts of a counter day: a copy, an abandoned ticket, a new customer, an endorsement, a doubtful paper
settled."""

from typing import Literal

from counter_app.domain import events
from counter_app.domain.refused import Refused
from counter_app.domain.rights import Right
from counter_app.domain.said import say
from counter_app.domain.sale import LineAsked, price_lines
from counter_app.services.acting import Act, Desk, Done, acting
from counter_app.services.station import Station
from db.queries import accounts, paper, receipts, search_index


class AbandonSale(Act, frozen=True, kw_only=True):
    """A ticket left without payment; `draft` is what the window kept of it, which ends with this."""

    lines: tuple[LineAsked, ...]
    reason: str
    draft: str | None = None


class CopyReceipt(Act, frozen=True, kw_only=True):
    """The receipt on paper again."""

    number: str


class CopyDone(Done, frozen=True, kw_only=True):
    """1 for the first print after the original."""

    copy: int


class RegisterCustomer(Act, frozen=True, kw_only=True):
    """A person or business the counter shall know."""

    name: str
    address: str | None = None
    phone: str | None = None
    email: str | None = None
    language: Literal["en", "es", "zh", "tl", "vi", "ko"] = "en"


class CustomerDone(Done, frozen=True, kw_only=True):
    """The customer's number."""

    customer: str


class EndorseCheck(Act, frozen=True, kw_only=True):
    """A check was stamped or printed with the bank's endorsement."""

    number: str
    tender: int


class SettlePaper(Act, frozen=True, kw_only=True):
    """What a person saw of a paper that nobody was sure of; what did not come out prints as a copy."""

    number: str
    came_out: bool


def abandon_sale(station: Station, act: AbandonSale) -> Done:
    """Leave a ticket; journalled, because abandoned tickets hide skimming."""
    with acting(station, act) as desk:
        desk.demand(Right.TAKE_MONEY)
        desk.end_draft(act.draft)
        lines = price_lines(act.lines, desk.fees, desk.today, lambda a: accounts.account(desk.connection, a))
        entry = desk.unit.record(
            events.SaleAbandoned(
                fees=tuple(line.fee.code for line in lines),
                total_cents=sum(line.amount_cents for line in lines),
                reason=desk.reason(act.reason),
            ),
            business_date=desk.today.isoformat(),
            sealing=desk.seal,
        )
    return Done(seq=entry.seq)


def copy_receipt(station: Station, act: CopyReceipt) -> CopyDone:
    """Print a receipt again, marked COPY n; within an own session, or by a lead at any drawer."""
    with acting(station, act) as desk:
        done = record_copy(desk, act.number)
        desk.unit.queue_paper("receipt", act.number, done.copy)
    return done


def record_copy(desk: Desk, number: str) -> CopyDone:
    """Journal that a copy is made; its number is one more than the copies before."""
    receipt = receipts.receipt(desk.connection, number)
    if receipt is None:
        raise Refused(say("There is no receipt {number}.", number=number[:20]))
    desk.own_or_approver(receipt.cashier, receipt.number)
    copy = receipt.copies + 1
    entry = desk.unit.record(events.ReceiptCopied(number=number, copy=copy), business_date=desk.today.isoformat())
    return CopyDone(seq=entry.seq, copy=copy)


def register_customer(station: Station, act: RegisterCustomer) -> CustomerDone:
    """Give a customer a number; name and contacts are private values beside the entry."""
    with acting(station, act) as desk:
        if not desk.actor.may(Right.LOAD):
            desk.demand(Right.TAKE_MONEY)
        if not act.name.strip():
            raise Refused(say("A customer has a name."))
        customer = desk.unit.number("customer")
        entry = desk.unit.record(
            events.CustomerRegistered(
                customer=customer,
                name=desk.seal.need("name", act.name.strip()),
                address=desk.seal("address", act.address),
                phone=desk.seal("phone", act.phone),
                email=desk.seal("email", act.email),
                language=act.language,
            ),
            business_date=desk.today.isoformat(),
            sealing=desk.seal,
        )
        search_index.catch_up(desk.connection)
    return CustomerDone(seq=entry.seq, customer=customer)


def endorse_check(station: Station, act: EndorseCheck) -> Done:
    """Record that a check carries its endorsement."""
    with acting(station, act) as desk:
        receipt = receipts.receipt(desk.connection, act.number)
        if receipt is None:
            raise Refused(say("There is no receipt {number}.", number=act.number[:20]))
        desk.own_or_approver(receipt.cashier, receipt.number)
        tender = receipt.tender(act.tender)
        if tender is None or tender.kind not in ("check", "money_order"):
            raise Refused(say("Tender {tender} of receipt {number} is no check.", tender=act.tender, number=act.number))
        if tender.endorsed:
            raise Refused(say("The check of receipt {number} is endorsed already.", number=act.number))
        entry = desk.unit.record(
            events.CheckEndorsed(number=act.number, tender=act.tender),
            session=receipt.session,
            business_date=desk.today.isoformat(),
        )
    return Done(seq=entry.seq)


def settle_paper(station: Station, act: SettlePaper) -> Done:
    """Answer the question whether a paper came out."""
    with acting(station, act) as desk:
        if not desk.actor.may(Right.APPROVE):
            desk.demand(Right.TAKE_MONEY)
        job = paper.doubtful(desk.connection, act.number)
        if job is None:
            raise Refused(say("No paper of {number} is in doubt.", number=act.number[:20]))
        entry = desk.unit.record(
            events.PaperSettled(number=job.number, document=job.document, copy=job.copy, came_out=act.came_out),
            business_date=desk.today.isoformat(),
        )
        paper.set_state(desk.connection, job.job, "printed" if act.came_out else "lost")
        if not act.came_out:
            _print_again(desk, job)
    return Done(seq=entry.seq)


def _print_again(desk: Desk, job: paper.Job) -> None:
    """What did not come out prints as a copy; a slip of a void has none and is printed once more."""
    copy = record_copy(desk, job.number).copy if job.document == "receipt" else job.copy + 1
    desk.unit.queue_paper(job.document, job.number, copy)
