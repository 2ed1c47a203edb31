"""How a receipt is laid out on the roll: once, for printer, text file, picture and screen alike.

It carries what the field expects of a good receipt: unique number, payer, date and time, amount, way of paying, check
number, balance left, change, station, cashier, account, fund, and a code to scan.
"""

from collections.abc import Callable, Iterator
from textwrap import wrap
from typing import TypeVar

import msgspec

from counter_app.documents.dates import moment
from counter_app.documents.letters import ROLL_CODEC, fit
from counter_app.documents.roll import RollLine, centred, indented, pair, rule
from counter_app.domain.days import us_date
from counter_app.domain.language import language
from counter_app.domain.money import plain
from counter_app.domain.paper import ReceiptLine, ReceiptPaper
from counter_app.domain.said import say, together

_TITLES = {
    "receipt": say("Receipt"),
    "void": say("VOID"),
    "refund": say("Refund"),
    "no_sale": say("No sale"),
}
_TOTALS = {"receipt": say("TOTAL"), "void": say("VOIDED"), "refund": say("REFUNDED")}
_TENDERS = {
    "cash": say("Cash"),
    "check": say("Check"),
    "card": say("Card"),
    "money_order": say("Money order"),
}
Texts = TypeVar("Texts", bound=msgspec.Struct)
Tell = Callable[[str], str]
"""A text in the customer's language, in letters of the printer."""


def receipt_lines(paper: ReceiptPaper, columns: int, codec: str = ROLL_CODEC) -> tuple[RollLine, ...]:
    """The receipt as lines of `columns`, every text safe to send and in letters of `codec`."""
    spoken = language(paper.language)

    def tell(text: str) -> str:
        return fit(spoken.of(text), codec)

    told = _told(msgspec.structs.replace(paper, city=paper.city.upper()), tell)
    return tuple(
        line
        for part in (_head, _warnings, _about, _bought, _paid, _signed, _foot)
        for line in part(told, tell, columns)
    )


def scan_code(paper: ReceiptPaper) -> str:
    """What the printed code says: receipt number, journal place, first digits of the entry's hash."""
    return f"{paper.number}/{paper.seq}/{paper.mark}"


def _told(value: Texts, tell: Tell) -> Texts:
    """The value with each text, however deep, in the customer's language and fit for the printer."""
    changes: dict[str, object] = {}
    for name in value.__struct_fields__:
        field = getattr(value, name)
        if isinstance(field, str):
            changes[name] = tell(field)
        elif isinstance(field, tuple):
            changes[name] = tuple(_told(item, tell) for item in field)
    return msgspec.structs.replace(value, **changes)


def _head(paper: ReceiptPaper, _: Tell, columns: int) -> Iterator[RollLine]:
    yield from centred(paper.city, columns, size=2, bold=True)
    yield from centred(paper.site, columns)


def _warnings(paper: ReceiptPaper, tell: Tell, columns: int) -> Iterator[RollLine]:
    if paper.practice != "real" or paper.copy or paper.voided_by:
        yield RollLine()
    yield from _practice(paper, tell, columns)
    if paper.copy:
        yield from centred(tell(say("COPY {n}", n=paper.copy)), columns, size=2, bold=True, inverted=True)
        yield from centred(tell(say("NOT THE ORIGINAL")), columns, bold=True)
        if paper.copied:
            copied = say("Copied {moment}", moment=moment(paper.copied))
            yield from centred(tell(together((copied, paper.copied_by), ", ")), columns)
    if paper.voided_by:
        yield from centred(tell(say("VOIDED BY {number}", number=paper.voided_by)), columns, bold=True, inverted=True)
        yield from centred(tell(say("This receipt no longer stands.")), columns)
    yield RollLine()


def _practice(paper: ReceiptPaper, tell: Tell, columns: int) -> Iterator[RollLine]:
    if paper.practice != "real":
        demo, training = say("DEMO - NOT A RECEIPT"), say("TRAINING - NOT A RECEIPT")
        yield from centred(tell(demo if paper.practice == "demo" else training), columns, bold=True, inverted=True)


def _about(paper: ReceiptPaper, tell: Tell, columns: int) -> Iterator[RollLine]:
    yield from pair(tell(_TITLES[paper.kind]), paper.number, columns, bold=True)
    if paper.refers_to:
        refers = say("Cancels receipt") if paper.kind == "void" else say("Refunds receipt")
        yield from pair(tell(refers), paper.refers_to, columns, bold=True)
    yield from pair(tell(moment(paper.received)), tell(say("Drawer {drawer}", drawer=paper.drawer)), columns)
    if paper.business_date != paper.received.date():
        yield from pair(tell(say("Business date")), tell(us_date(paper.business_date)), columns)
    yield from pair(tell(say("Served by {name}", name=paper.cashier)), paper.station, columns)
    if paper.payer:
        received, given = say("Received from {name}", name=paper.payer), say("Given back to {name}", name=paper.payer)
        yield from _wrapped(tell(received if paper.kind == "receipt" else given), columns)
    if paper.reason:
        yield from _wrapped(tell(say("Reason: {reason}", reason=paper.reason)), columns)
    if paper.approver:
        yield from _wrapped(tell(say("Approved by: {name}", name=paper.approver)), columns)
    yield rule(columns)


def _bought(paper: ReceiptPaper, tell: Tell, columns: int) -> Iterator[RollLine]:
    for line in paper.lines:
        yield from pair(line.text, plain(line.amount_cents), columns)
        for small in _small_print(line):
            yield from indented(tell(small), columns)
    if paper.lines:
        yield rule(columns)


def _small_print(line: ReceiptLine) -> Iterator[str]:
    if line.detail:
        yield line.detail
    account = say("Account {account}", account=line.account) if line.account else ""
    fund = say("Fund {fund}", fund=line.fund) if line.fund else ""
    if account or fund:
        yield together((account, fund), ", ")
    if line.pays:
        yield say("Pays: {what}", what=line.pays)
    if line.balance_left_cents is not None:
        amount = plain(abs(line.balance_left_cents))
        if line.balance_left_cents >= 0:
            yield say("Balance left {amount}", amount=amount)
        else:
            yield say("Credit on the account {amount}", amount=amount)
    if line.licence:
        yield say("License {number}", number=line.licence)
    if line.expires:
        yield say("Good through {day}", day=us_date(line.expires))


def _paid(paper: ReceiptPaper, tell: Tell, columns: int) -> Iterator[RollLine]:
    if paper.kind == "no_sale":
        return
    label, total = tell(_TOTALS[paper.kind]), plain(paper.total_cents)
    size = 2 if len(label) + 2 + len(total) <= columns // 2 else 1
    yield from pair(label, total, columns, size, bold=True)
    if paper.rounding_cents:
        yield from pair(tell(say("Rounding")), plain(paper.rounding_cents), columns)
    for tender in paper.tenders:
        given = "" if paper.kind == "receipt" else say("given back")
        words = together((_TENDERS[tender.kind], tender.reference, given))
        yield from pair(tell(words), plain(tender.amount_cents), columns)
    if paper.credit_cents:
        yield from pair(tell(say("Kept as credit")), plain(paper.credit_cents), columns)
    if paper.change_cents or (paper.kind == "receipt" and _has_cash(paper)):
        yield from pair(tell(say("Change")), plain(paper.change_cents), columns, bold=True)
    yield rule(columns)


def _has_cash(paper: ReceiptPaper) -> bool:
    return any(tender.kind == "cash" for tender in paper.tenders)


def _signed(paper: ReceiptPaper, tell: Tell, columns: int) -> Iterator[RollLine]:
    if paper.kind in ("void", "refund") and not paper.copy:
        yield RollLine()
        yield RollLine()
        yield RollLine(f"{tell(say('Signature'))} ".ljust(columns, "_"))


def _foot(paper: ReceiptPaper, tell: Tell, columns: int) -> Iterator[RollLine]:
    thanks = tell(say("Thank you. Please keep this receipt.")) if paper.kind == "receipt" else ""
    yield from centred(paper.notice or thanks, columns)
    if paper.mark and paper.number:
        yield RollLine(centred=True, code=scan_code(paper))
    if paper.mark:
        yield from centred(tell(say("Entry {seq}, {mark}", seq=paper.seq, mark=paper.mark)), columns)
    yield from _practice(paper, tell, columns)


def _wrapped(text: str, columns: int) -> Iterator[RollLine]:
    first, *rest = wrap(text, columns, break_on_hyphens=False) or [""]
    yield RollLine(first)
    for part in rest:
        yield from indented(part, columns)
