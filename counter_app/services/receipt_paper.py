"""What the roll says of a receipt, a void or a refund, gathered from the books."""

from collections.abc import Mapping
from datetime import date, datetime

from counter_app.domain.account import hear_words
from counter_app.domain.clock import from_text
from counter_app.domain.fees import hear_formula
from counter_app.domain.language import both
from counter_app.domain.paper import Language, Practice, ReceiptLine, ReceiptPaper, ReceiptTender, TenderKind
from counter_app.domain.receipt import Receipt
from counter_app.domain.receipt import ReceiptLine as BookedLine
from counter_app.domain.refused import Refused
from counter_app.domain.said import Said, say
from counter_app.services.station import Station
from db.books import Connection
from db.queries import accounts, entries, licences, receipts

PRACTICES: Mapping[str, Practice] = {"real": "real", "demo": "demo", "training": "training"}
KINDS: Mapping[str, TenderKind] = {"cash": "cash", "check": "check", "card": "card", "money_order": "money_order"}

_HOW_IT_COMES = {
    "request": say("A warrant will be mailed to you by the city."),
    "credit": say("The amount is kept as a credit of your account."),
}


def receipt_paper(
    station: Station, connection: Connection, number: str, copy: int = 0, copied_by: str = ""
) -> ReceiptPaper:
    """The receipt as it was given, marked as a copy when `copy` is not 0."""
    receipt = _receipt(connection, number)
    city = station.reference(connection).city
    received = from_text(receipt.received).astimezone(city.tz)
    return ReceiptPaper(
        city=station.city_name,
        site=station.site,
        station=station.name,
        number=receipt.number,
        received=received,
        business_date=date.fromisoformat(receipt.business_date),
        cashier=named(station, connection, receipt.cashier),
        drawer=receipt.drawer,
        practice=PRACTICES[station.purpose],
        language=customers_language(connection, receipt),
        copy=copy,
        copied=_now(station, connection) if copy else None,
        copied_by=copied_by,
        payer=receipt.payer or "",
        lines=tuple(
            _line(station, connection, line, with_balance=not copy, on=received.date()) for line in receipt.lines
        ),
        tenders=tuple(
            ReceiptTender(kind=KINDS[t.kind], amount_cents=t.amount_cents, reference=t.reference)
            for t in receipt.tenders
        ),
        total_cents=receipt.total_cents,
        change_cents=receipt.change_cents,
        credit_cents=receipt.credit_cents,
        rounding_cents=receipt.rounding_cents,
        voided_by=receipt.void or "" if receipt.state == "voided" else "",
        seq=receipt.seq,
        mark=entries.mark(connection, station.name, receipt.seq),
        notice=both(city.receipt_footer, city.receipt_footer_es),
    )


def undone_paper(station: Station, connection: Connection, number: str, kind: str) -> ReceiptPaper:
    """The slip of a void (`number` is the receipt's) or of a refund (`number` is the refund's)."""
    step = receipts.undoing(connection, number, kind)
    if step is None:
        raise Refused(say("There is no slip {number}.", number=number[:20]))
    receipt = _receipt(connection, step.receipt)
    at = from_text(step.at).astimezone(station.reference(connection).city.tz)
    lines = [line for line in receipt.lines if kind == "void" or line.line in step.lines]
    return ReceiptPaper(
        city=station.city_name,
        site=station.site,
        station=station.name,
        number=step.ref,
        received=at,
        business_date=date.fromisoformat(step.business_date),
        cashier=named(station, connection, step.actor),
        drawer=receipt.drawer,
        kind="void" if kind == "void" else "refund",
        practice=PRACTICES[station.purpose],
        language=customers_language(connection, receipt),
        payer=receipt.payer or "",
        lines=tuple(_line(station, connection, line, with_balance=False, on=at.date()) for line in lines),
        tenders=_given_back(receipt, kind, step.how, step.cents),
        total_cents=step.cents,
        refers_to=receipt.number,
        reason=Said(step.reason or "", {}),
        approver=named(station, connection, step.approver) if step.approver else "",
        seq=step.seq,
        mark=entries.mark(connection, station.name, step.seq),
        notice=_HOW_IT_COMES.get(step.how, ""),
    )


def _given_back(receipt: Receipt, kind: str, how: str, cents: int) -> tuple[ReceiptTender, ...]:
    if kind == "void":
        return tuple(
            ReceiptTender(kind=KINDS[t.kind], amount_cents=t.kept_cents, reference=t.reference)
            for t in receipt.tenders
            if t.kept_cents
        )
    return (ReceiptTender(kind=KINDS[how], amount_cents=cents),) if how in KINDS else ()


def _receipt(connection: Connection, number: str) -> Receipt:
    found = receipts.receipt(connection, number)
    if found is None:
        raise Refused(say("There is no receipt {number}.", number=number[:20]))
    return found


def _line(station: Station, connection: Connection, line: BookedLine, *, with_balance: bool, on: date) -> ReceiptLine:
    """A line; the balance left is printed on the original alone, for a copy cannot know what it was.

    The journal has its words in English; they are heard again, for who reads another language.
    """
    licence = licences.licence(connection, line.licence, on) if line.licence else None
    account = accounts.account(connection, line.account) if line.account and line.pays and with_balance else None
    return ReceiptLine(
        text=station.reference(connection).fees.word(line.text),
        amount_cents=line.amount_cents,
        detail=hear_formula(line.formula) if line.quantity != 1 else "",
        account=line.account or "",
        fund=line.distribution[0].fund if line.distribution else "",
        pays=hear_words(line.pays),
        licence=line.licence or "",
        expires=date.fromisoformat(licence.expires) if licence and licence.expires else None,
        balance_left_cents=account.balance_cents if account else None,
    )


def customers_language(connection: Connection, receipt: Receipt) -> Language:
    """Paper speaks the customer's language where it can."""
    customer = receipt.customer or next((line.customer for line in receipt.lines if line.customer), None)
    found = accounts.customer(connection, customer) if customer else None
    account = next((line.account for line in receipt.lines if line.account), None)
    language = found.language if found else ""
    if not language and account:
        owner = accounts.account(connection, account)
        language = owner.language if owner else ""
    return "es" if language == "es" else "en"


def named(station: Station, connection: Connection, person: str) -> str:
    """How a person is called on paper."""
    found = station.reference(connection).people.get(person)
    return found.name if found else person


def _now(station: Station, connection: Connection) -> datetime:
    return station.clock.now().astimezone(station.reference(connection).city.tz)
