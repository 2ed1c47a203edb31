"""A committed receipt as the books know it now: its lines, its tenders after corrections, its allocations, its
state."""

from collections.abc import Mapping
from typing import Literal

import msgspec

from counter_app.domain.events import Allocation, Credit
from counter_app.domain.ledger import Posting
from counter_app.domain.money import Cents
from counter_app.domain.said import Said, say

ReceiptState = Literal["taken", "voided", "refunded", "returned"]
_STATES: Mapping[ReceiptState, Said] = {
    "taken": say("taken"),
    "voided": say("voided"),
    "refunded": say("refunded"),
    "returned": say("returned"),
}


def state_in_words(state: ReceiptState) -> Said:
    """How a receipt stands, within a sentence."""
    return _STATES[state]


class ReceiptLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line; `distribution` credits, positive; `refunded` when it was given back; `details` is its private JSON or
    None."""

    line: int
    fee: str
    text: str
    category: str
    account: str | None
    customer: str | None
    quantity: int
    amount_cents: Cents
    added: bool
    pays: str
    formula: str
    details: str | None
    licence: str | None
    refunded: bool
    distribution: tuple[Posting, ...]


class ReceiptTender(msgspec.Struct, frozen=True, kw_only=True):
    """A tender as it stands after corrections; `endorsed` is always true for what is no check."""

    tender: int
    kind: str
    amount_cents: Cents
    change_cents: Cents
    credit_cents: Cents
    reference: str
    endorsed: bool

    @property
    def kept_cents(self) -> Cents:
        """What stays with the city."""
        return self.amount_cents - self.change_cents

    @property
    def applied_cents(self) -> Cents:
        """What pays lines."""
        return self.kept_cents - self.credit_cents


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """One receipt; instants are UTC text, dates ISO text."""

    seq: int
    number: str
    session: str
    drawer: str
    cashier: str
    business_date: str
    received: str
    customer: str | None
    payer: str | None
    state: ReceiptState
    void: str | None
    void_asked: bool
    void_asked_by: str | None
    refunded_cents: Cents
    copies: int
    total_cents: Cents
    change_cents: Cents
    credit_cents: Cents
    rounding_cents: Cents
    lines: tuple[ReceiptLine, ...]
    tenders: tuple[ReceiptTender, ...]
    allocations: tuple[Allocation, ...]
    credits: tuple[Credit, ...]
    licences: tuple[str, ...]

    def line(self, number: int) -> ReceiptLine | None:
        """The line of that number, from 1."""
        return next((line for line in self.lines if line.line == number), None)

    def tender(self, number: int) -> ReceiptTender | None:
        """The tender of that number, from 1."""
        return next((tender for tender in self.tenders if tender.tender == number), None)
