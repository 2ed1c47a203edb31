"""How a receipt is laid out on the roll: once, for printer, text file, picture and screen alike.

It carries what the field expects of a good receipt: unique number, payer, date and time, amount, way of paying, check
number, balance left, change, station, cashier, account, fund, and a code to scan.
"""

from collections.abc import Iterator
from textwrap import wrap
from typing import TypeVar

import msgspec

from counter_app.documents.dates import day, moment
from counter_app.documents.letters import ROLL_CODEC, fit
from counter_app.documents.receipt_words import Words, words
from counter_app.documents.roll import RollLine, centred, indented, pair, rule
from counter_app.domain.money import plain
from counter_app.domain.paper import ReceiptLine, ReceiptPaper, ReceiptTender

Texts = TypeVar("Texts", bound=msgspec.Struct)


def receipt_lines(paper: ReceiptPaper, columns: int, codec: str = ROLL_CODEC) -> tuple[RollLine, ...]:
    """The receipt as lines of `columns`, every text safe to send and in letters of `codec`."""
    safe = _safe_texts(msgspec.structs.replace(paper, city=paper.city.upper()), codec)
    said = _safe_texts(words(paper.language), codec)
    return tuple(
        line
        for part in (_head, _warnings, _about, _bought, _paid, _signed, _foot)
        for line in part(safe, said, columns)
    )


def scan_code(paper: ReceiptPaper) -> str:
    """What the printed code says: receipt number, journal place, first digits of the entry's hash."""
    return f"{paper.number}/{paper.seq}/{paper.mark}"


def _safe_texts(value: Texts, codec: str) -> Texts:
    """The value with each text, however deep, made to fit the printer."""
    changes: dict[str, object] = {}
    for name in value.__struct_fields__:
        field = getattr(value, name)
        if isinstance(field, str):
            changes[name] = fit(field, codec)
        elif isinstance(field, tuple):
            changes[name] = tuple(_safe_texts(item, codec) for item in field)
    return msgspec.structs.replace(value, **changes)


def _head(paper: ReceiptPaper, _: Words, columns: int) -> Iterator[RollLine]:
    yield from centred(paper.city, columns, size=2, bold=True)
    yield from centred(paper.site, columns)


def _warnings(paper: ReceiptPaper, said: Words, columns: int) -> Iterator[RollLine]:
    if paper.practice != "real" or paper.copy or paper.voided_by:
        yield RollLine()
    yield from _practice(paper, said, columns)
    if paper.copy:
        yield from centred(f"{said.copy} {paper.copy}", columns, size=2, bold=True, inverted=True)
        yield from centred(said.not_the_original, columns, bold=True)
        if paper.copied:
            by = f", {paper.copied_by}" if paper.copied_by else ""
            yield from centred(f"{said.copied} {moment(paper.copied, paper.language)}{by}", columns)
    if paper.voided_by:
        yield from centred(f"{said.voided_by} {paper.voided_by}", columns, bold=True, inverted=True)
        yield from centred(said.no_longer_stands, columns)
    yield RollLine()


def _practice(paper: ReceiptPaper, said: Words, columns: int) -> Iterator[RollLine]:
    if paper.practice != "real":
        banner = said.demo if paper.practice == "demo" else said.training
        yield from centred(banner, columns, bold=True, inverted=True)


def _about(paper: ReceiptPaper, said: Words, columns: int) -> Iterator[RollLine]:
    titles = {"receipt": said.receipt, "void": said.void, "refund": said.refund, "no_sale": said.no_sale}
    yield from pair(titles[paper.kind], paper.number, columns, bold=True)
    if paper.refers_to:
        yield from pair(said.cancels if paper.kind == "void" else said.refunds, paper.refers_to, columns, bold=True)
    yield from pair(moment(paper.received, paper.language), f"{said.drawer} {paper.drawer}", columns)
    if paper.business_date != paper.received.date():
        yield from pair(said.business_date, day(paper.business_date, paper.language), columns)
    yield from pair(f"{said.served_by} {paper.cashier}", paper.station, columns)
    if paper.payer:
        label = said.received_from if paper.kind == "receipt" else said.given_to
        yield from _wrapped(f"{label} {paper.payer}", columns)
    for label, text in ((said.reason, paper.reason), (said.approved_by, paper.approver)):
        if text:
            yield from _wrapped(f"{label}: {text}", columns)
    yield rule(columns)


def _bought(paper: ReceiptPaper, said: Words, columns: int) -> Iterator[RollLine]:
    for line in paper.lines:
        yield from pair(line.text, plain(line.amount_cents), columns)
        for small in _small_print(line, said, paper):
            yield from indented(small, columns)
    if paper.lines:
        yield rule(columns)


def _small_print(line: ReceiptLine, said: Words, paper: ReceiptPaper) -> Iterator[str]:
    if line.detail:
        yield line.detail
    places = [f"{label} {code}" for label, code in ((said.account, line.account), (said.fund, line.fund)) if code]
    if places:
        yield ", ".join(places)
    if line.pays:
        yield f"{said.pays}: {line.pays}"
    if line.balance_left_cents is not None:
        label = said.balance_left if line.balance_left_cents >= 0 else said.account_credit
        yield f"{label} {plain(abs(line.balance_left_cents))}"
    if line.licence:
        yield f"{said.licence} {line.licence}"
    if line.expires:
        yield f"{said.good_through} {day(line.expires, paper.language)}"


def _paid(paper: ReceiptPaper, said: Words, columns: int) -> Iterator[RollLine]:
    if paper.kind == "no_sale":
        return
    labels = {"receipt": said.total, "void": said.total_void, "refund": said.total_refund}
    label, total = labels[paper.kind], plain(paper.total_cents)
    size = 2 if len(label) + 2 + len(total) <= columns // 2 else 1
    yield from pair(label, total, columns, size, bold=True)
    if paper.rounding_cents:
        yield from pair(said.rounding, plain(paper.rounding_cents), columns)
    for tender in paper.tenders:
        yield from pair(_tender(tender, said, paper), plain(tender.amount_cents), columns)
    if paper.credit_cents:
        yield from pair(said.credit, plain(paper.credit_cents), columns)
    if paper.change_cents or (paper.kind == "receipt" and _has_cash(paper)):
        yield from pair(said.change, plain(paper.change_cents), columns, bold=True)
    yield rule(columns)


def _has_cash(paper: ReceiptPaper) -> bool:
    return any(tender.kind == "cash" for tender in paper.tenders)


def _tender(tender: ReceiptTender, said: Words, paper: ReceiptPaper) -> str:
    names = {"cash": said.cash, "check": said.check, "card": said.card, "money_order": said.money_order}
    given = "" if paper.kind == "receipt" else said.returned
    return " ".join(part for part in (names[tender.kind], tender.reference, given) if part)


def _signed(paper: ReceiptPaper, said: Words, columns: int) -> Iterator[RollLine]:
    if paper.kind in ("void", "refund") and not paper.copy:
        yield RollLine()
        yield RollLine()
        yield RollLine(f"{said.signature} ".ljust(columns, "_"))


def _foot(paper: ReceiptPaper, said: Words, columns: int) -> Iterator[RollLine]:
    thanks = f"{said.thanks} {said.keep}" if paper.kind == "receipt" else ""
    yield from centred(paper.notice or thanks, columns)
    if paper.mark and paper.number:
        yield RollLine(centred=True, code=scan_code(paper))
    if paper.mark:
        yield from centred(f"{said.entry} {paper.seq}, {paper.mark}", columns)
    yield from _practice(paper, said, columns)


def _wrapped(text: str, columns: int) -> Iterator[RollLine]:
    first, *rest = wrap(text, columns, break_on_hyphens=False) or [""]
    yield RollLine(first)
    for part in rest:
        yield from indented(part, columns)
