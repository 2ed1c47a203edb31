"""Applies an event: the rows that an entry adds to the projections. Pure and total: no clock, no reference table, no
other row.

`rows_of` is run when an entry is written, when a foreign entry is admitted, by rebuild, and by the central projector.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import singledispatch
from string import ascii_uppercase
from typing import Any

import msgspec

from counter_app.domain import events as ev
from counter_app.domain.entry import Body, Private, canonical

Values = tuple[Any, ...]
Rows = dict[str, list[Values]]
Lookup = Callable[[str | None], str | None]
"""From the digest of a sealed field to its value; None when it was purged or never given."""


def reveal(private: Iterable[Private]) -> Lookup:
    """The lookup over the private values that travel with one entry."""
    values = {p.digest: p.value for p in private}
    return lambda digest: values.get(digest) if digest else None


_DIGITS = re.compile(r"[0-9]+$")
_SUBJECTS = ("number", "deposit", "session", "customer", "person", "adopted", "kind")
"""The first of these that an event has is what its `act` row is about."""


class _Sheet:
    """Collects the rows of one entry under their key."""

    def __init__(self, body: Body, seen: Lookup) -> None:
        self.body, self.seen = body, seen
        self.rows: Rows = {}
        self._station, self._seq = body.station, body.seq

    def add(self, table: str, *values: Any) -> None:
        rows = self.rows.get(table)
        if rows is None:
            rows = self.rows[table] = []
        rows.append((self._station, self._seq, len(rows), *values))


def rows_of(body: Body, private: Iterable[Private]) -> Rows:
    """Table name to rows (station, seq, n, …) in the order of db.schema's columns; an unknown kind gives its `act`
    row alone."""
    sheet = _Sheet(body, reveal(private))
    event = ev.decode(body.kind, body.version, bytes(body.event))
    subject = next((getattr(event, name) for name in _SUBJECTS if getattr(event, name, None)), None)
    sheet.add("act", body.kind, body.at, body.business_date, body.actor, body.approver, body.session, subject)
    for name, number in sorted(body.numbers.items()):
        sheet.add("given", name.rstrip("0123456789"), int(number.rpartition("-")[2].lstrip(ascii_uppercase)), number)
    if event is not None:
        _apply(event, sheet)
        _shared(event, sheet)
    return sheet.rows


def _shared(event: ev.Event, sheet: _Sheet) -> None:
    """Movements, postings, allocations and credits mean the same in every event."""
    for m in getattr(event, "movements", ()):
        sheet.add("movement", m.source, m.target, m.kind, m.cents)
    for p in getattr(event, "postings", ()):
        sheet.add("posting", p.account, p.fund, p.cents, sheet.body.business_date)
    number = getattr(event, "number", "")
    for a in getattr(event, "allocations", ()):
        sheet.add("allocation", number, a.tender, a.line, a.account, a.item, a.cents, sheet.body.at)
    for c in getattr(event, "credits", ()):
        sheet.add("credit", number, c.tender, c.account, c.cents, sheet.body.at)


def pieces_text(count: Mapping[str, int] | None) -> str | None:
    """A count as it lies in a column."""
    return None if count is None else canonical(dict(count)).decode()


@singledispatch
def _apply(event: ev.Event, sheet: _Sheet) -> None:
    """Kinds that only leave their `act` row."""


@_apply.register
def _(event: ev.ReferenceLoaded, sheet: _Sheet) -> None:
    sheet.add(
        "reference_load",
        event.kind,
        event.load,
        event.sha256,
        event.rows,
        event.total_cents,
        event.as_of,
        event.last_batch,
    )


@_apply.register
def _(event: ev.SignedIn, sheet: _Sheet) -> None:
    sheet.add("person_step", event.person, "signed_in", sheet.body.at)


@_apply.register
def _(event: ev.SecretsGiven, sheet: _Sheet) -> None:
    sheet.add("person_step", event.person, "secrets_given", sheet.body.at)


@_apply.register
def _(event: ev.PersonChanged, sheet: _Sheet) -> None:
    sheet.add("person_step", event.person, event.change, sheet.body.at)


@_apply.register
def _(event: ev.CustomerRegistered, sheet: _Sheet) -> None:
    seen = sheet.seen
    sheet.add(
        "customer",
        event.customer,
        seen(event.name),
        seen(event.address),
        seen(event.phone),
        seen(event.email),
        event.language,
    )


@_apply.register
def _(event: ev.DrawerOpened, sheet: _Sheet) -> None:
    body = sheet.body
    sheet.add("session", event.session, event.drawer, event.cashier, body.business_date, body.at, event.float_cents)


@_apply.register
def _(event: ev.PaymentTaken, sheet: _Sheet) -> None:
    seen = sheet.seen
    sheet.add(
        "receipt", event.number, event.session, event.drawer, sheet.body.business_date, event.received, event.cashier,
        event.customer, seen(event.payer), seen(event.email), event.total_cents, event.change_cents, event.credit_cents,
        event.rounding_cents, sheet.body.at,
    )  # fmt: skip
    _lines(event.number, event.session, event.lines, sheet)
    _tenders(event.number, event.session, event.tenders, sheet)
    _licences(event.number, event.licences, sheet)


def _lines(number: str, session: str | None, lines: Iterable[ev.SoldLine], sheet: _Sheet) -> None:
    for line in lines:
        sheet.add(
            "line", number, line.line, session or "", line.fee, line.text, line.category, line.account, line.customer,
            line.quantity, line.amount_cents, int(line.added), line.pays, line.formula, sheet.seen(line.details),
            line.licence,
        )  # fmt: skip
        for posting in line.distribution:
            sheet.add("distribution", number, line.line, posting.account, posting.fund, -posting.cents)


def _tenders(number: str, session: str, tenders: Iterable[ev.Tendered], sheet: _Sheet) -> None:
    for t in tenders:
        sheet.add(
            "tender", number, t.tender, session, t.kind, t.amount_cents, t.change_cents, t.credit_cents, t.reference,
            t.check_date, t.authorization, int(t.endorsed),
        )  # fmt: skip


def _licences(number: str, licences: Iterable[ev.LicenceIssued], sheet: _Sheet) -> None:
    seen = sheet.seen
    for licence in licences:
        sheet.add(
            "licence", licence.licence, number, licence.line, licence.fee, licence.type, licence.customer,
            licence.account,
            seen(licence.holder), seen(licence.details), seen(licence.address), licence.issued, licence.expires,
            int(licence.renewed),
        )  # fmt: skip


def _receipt_step(
    number: str, step: str, ref: str | None, cents: int, reason: str | None, sheet: _Sheet, detail: str | None = None
) -> None:
    body = sheet.body
    sheet.add("receipt_step", number, step, body.at, body.actor, body.approver, ref, cents, sheet.seen(reason), detail)


def _cancel_licences(licences: Iterable[str], number: str, sheet: _Sheet) -> None:
    for licence in licences:
        sheet.add("licence_step", licence, "voided", sheet.body.at, number)


@_apply.register
def _(event: ev.VoidAsked, sheet: _Sheet) -> None:
    _receipt_step(event.number, "asked", event.void, 0, event.reason, sheet)


@_apply.register
def _(event: ev.VoidRejected, sheet: _Sheet) -> None:
    _receipt_step(event.number, "rejected", event.void, 0, None, sheet)


@_apply.register
def _(event: ev.ReceiptVoided, sheet: _Sheet) -> None:
    _receipt_step(event.number, "voided", event.void, event.total_cents, event.reason, sheet)
    _cancel_licences(event.licences, event.number, sheet)


@_apply.register
def _(event: ev.ReceiptRefunded, sheet: _Sheet) -> None:
    step = "refunded" if event.whole else "partly_refunded"
    _receipt_step(event.number, step, event.refund, event.amount_cents, event.reason, sheet, event.how)
    for line in event.lines:
        sheet.add("refund_line", event.refund, event.number, line)
    _cancel_licences(event.licences, event.number, sheet)


@_apply.register
def _(event: ev.TenderCorrected, sheet: _Sheet) -> None:
    _receipt_step(event.number, "corrected", None, 0, event.reason, sheet)
    _tenders(event.number, event.session, event.tenders, sheet)


@_apply.register
def _(event: ev.PaymentMoved, sheet: _Sheet) -> None:
    _receipt_step(
        event.number,
        "moved",
        event.to_account,
        sum(a.cents for a in event.allocations if a.cents > 0),
        event.reason,
        sheet,
    )


@_apply.register
def _(event: ev.UnappliedCleared, sheet: _Sheet) -> None:
    cleared_cents = sum(line.amount_cents for line in event.lines if line.amount_cents > 0)
    _receipt_step(event.number, "cleared", None, cleared_cents, event.reason, sheet)
    _lines(event.number, sheet.body.session, event.lines, sheet)
    _licences(event.number, event.licences, sheet)


@_apply.register
def _(event: ev.CheckEndorsed, sheet: _Sheet) -> None:
    sheet.add("endorsement", event.number, event.tender)


@_apply.register
def _(event: ev.ReceiptCopied, sheet: _Sheet) -> None:
    sheet.add("copy", event.number, event.copy)


@_apply.register
def _(event: ev.PaperDoubted, sheet: _Sheet) -> None:
    sheet.add("paper_doubt", event.number, event.document, event.copy, None)


@_apply.register
def _(event: ev.PaperSettled, sheet: _Sheet) -> None:
    sheet.add("paper_doubt", event.number, event.document, event.copy, int(event.came_out))


@_apply.register(ev.CashDropped)
@_apply.register(ev.CashBrought)
def _(event: ev.CashDropped | ev.CashBrought, sheet: _Sheet) -> None:
    dropped = isinstance(event, ev.CashDropped)
    sheet.add(
        "cash_move", event.session, event.drawer, event.drop, "drop" if dropped else "bring", pieces_text(event.count),
        event.cents, event.bag if isinstance(event, ev.CashDropped) else None, sheet.body.approver,
    )  # fmt: skip


def _session_step(session: str, step: str, sheet: _Sheet, **given: Any) -> None:
    names = (
        "count", "keep", "pieces", "checks", "counted_cents", "check_count", "checks_cents", "cards_cents",
        "over_short_cents", "mix_differs",
    )  # fmt: skip
    sheet.add(
        "session_step", session, step, sheet.body.at, sheet.body.actor, *(given.get(name) for name in names),
        int(given.get("forced", False)), given.get("explanation"), given.get("deposit"),
    )  # fmt: skip


@_apply.register
def _(event: ev.DrawerClosed, sheet: _Sheet) -> None:
    _session_step(
        event.session, "closed", sheet,
        count=pieces_text(event.count), keep=pieces_text(event.keep), counted_cents=event.counted_cents,
        checks=None if event.checks is None else canonical(event.checks).decode(), check_count=event.check_count,
        checks_cents=event.checks_cents, cards_cents=event.cards_cents, forced=event.forced,
        explanation=sheet.seen(event.reason),
    )  # fmt: skip


@_apply.register
def _(event: ev.RecountAsked, sheet: _Sheet) -> None:
    _session_step(
        event.session, "recount", sheet, counted_cents=event.counted_cents, explanation=sheet.seen(event.explanation)
    )


@_apply.register
def _(event: ev.DrawerVerified, sheet: _Sheet) -> None:
    _session_step(
        event.session, "verified", sheet,
        count=pieces_text(event.count), keep=pieces_text(event.keep), pieces=pieces_text(event.pieces),
        checks=None if event.checks is None else canonical(event.checks).decode(), counted_cents=event.counted.cash,
        check_count=event.check_count, checks_cents=event.checks_cents, cards_cents=event.counted.card,
        over_short_cents=event.over_short_cents, mix_differs=int(event.mix_differs),
        explanation=sheet.seen(event.explanation),
    )  # fmt: skip


@_apply.register
def _(event: ev.DepositMade, sheet: _Sheet) -> None:
    sheet.add(
        "deposit", event.deposit, sheet.body.business_date, event.bank, event.bag, pieces_text(event.pieces),
        event.cash_cents,
        event.checks_cents, len(event.checks), event.total_cents, sheet.body.actor, sheet.body.at,
    )  # fmt: skip
    for session in event.sessions:
        sheet.add("deposit_session", event.deposit, session)
        _session_step(session, "deposited", sheet, deposit=event.deposit)
    for check in event.checks:
        sheet.add("deposit_check", event.deposit, check.number, check.tender, check.kind, check.reference, check.cents)
    for held in event.held:
        sheet.add("held_check", event.deposit, held.number, held.tender, held.cents, sheet.seen(held.reason))


def _deposit_step(
    deposit: str, step: str, detail: str | None, cents: int | None, ref: str | None, sheet: _Sheet
) -> None:
    sheet.add("deposit_step", deposit, step, sheet.body.at, sheet.body.actor, detail, cents, ref)


@_apply.register
def _(event: ev.DepositSent, sheet: _Sheet) -> None:
    _deposit_step(event.deposit, "sent", sheet.seen(event.courier), None, None, sheet)


@_apply.register
def _(event: ev.DepositConfirmed, sheet: _Sheet) -> None:
    step = "differs" if event.difference_cents else "confirmed"
    parts = msgspec.json.encode(event.parts).decode()
    _deposit_step(event.deposit, step, parts, event.difference_cents, None, sheet)


@_apply.register
def _(event: ev.DepositCorrected, sheet: _Sheet) -> None:
    _deposit_step(event.deposit, "corrected", sheet.seen(event.reason), event.cents, sheet.seen(event.reference), sheet)


@_apply.register
def _(event: ev.BatchExported, sheet: _Sheet) -> None:
    through = canonical(event.through).decode()
    sheet.add("exported_batch", event.kind, event.batch, through, event.rows, event.sha256)
