"""What the counter's papers say: frozen values that queries fill and documents print.

A document is a pure function of one of these values, so a paper printed again in ten years says the same.
Amounts are whole cents; instants are local to the counter; text is as entered (documents make it fit to print), and
what the program or the city's schedule says in it is said in the paper's `language`.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal

from msgspec import Struct

from counter_app.domain.money import Cents

Practice = Literal["real", "demo", "training"]
Language = Literal["en", "es"]
TenderKind = Literal["cash", "check", "card", "money_order"]


class ReceiptLine(Struct, frozen=True, kw_only=True):
    """One thing paid for."""

    text: str
    """The fee as the public knows it: `Utility bill payment`."""
    amount_cents: Cents
    detail: str = ""
    """How the amount came about, or what it is for: `12 pages × 0.25`."""
    account: str = ""
    """The customer's account, e.g. `90000017`."""
    fund: str = ""
    """The fund the money belongs to, e.g. `501`."""
    pays: str = ""
    """`Oct bill in full, 12.40 of Nov`."""
    licence: str = ""
    """The number of the license issued by this line."""
    expires: date | None = None
    """The license's last good day."""
    balance_left_cents: Cents | None = None
    """What the account still owes afterwards; below zero a credit; None prints nothing."""


class ReceiptTender(Struct, frozen=True, kw_only=True):
    """One way of paying; on a refund, one way of giving back."""

    kind: TenderKind
    amount_cents: Cents
    """What was handed over, before change."""
    reference: str = ""
    """A check's or money order's number, a card's brand, last four digits and approval."""


class ReceiptPaper(Struct, frozen=True, kw_only=True):
    """A receipt, or a slip of the same roll: void, refund, no sale."""

    city: str
    site: str
    station: str
    number: str
    """`A1-000123`; empty on a no-sale slip, which has none."""
    received: datetime
    business_date: date
    """Printed only when it is not the day of `received`."""
    cashier: str
    drawer: str
    kind: Literal["receipt", "void", "refund", "no_sale"] = "receipt"
    practice: Practice = "real"
    language: Language = "en"
    copy: int = 0
    """0 the original, n the n-th copy."""
    copied: datetime | None = None
    copied_by: str = ""
    payer: str = ""
    lines: tuple[ReceiptLine, ...] = ()
    tenders: tuple[ReceiptTender, ...] = ()
    total_cents: Cents = 0
    change_cents: Cents = 0
    credit_cents: Cents = 0
    rounding_cents: Cents = 0
    """Total + rounding = what was applied; the cash rounding of a city without pennies."""
    refers_to: str = ""
    """The receipt that a void or refund is about."""
    voided_by: str = ""
    """On a copy of a receipt that no longer stands: the void's number."""
    reason: str = ""
    approver: str = ""
    seq: int = 0
    mark: str = ""
    """The first 12 hex digits of the journal entry's hash: the customer's copy is a witness of the journal."""
    notice: str = ""
    """A city's closing words, or how a refund will come; none prints the usual thanks on a receipt."""


class SlipCheck(Struct, frozen=True, kw_only=True):
    """One check or money order on a deposit slip."""

    receipt: str
    number: str
    amount_cents: Cents
    kind: Literal["check", "money_order"] = "check"


class HeldCheck(Struct, frozen=True, kw_only=True):
    """A check of these sessions that stays behind, and why."""

    receipt: str
    number: str
    amount_cents: Cents
    reason: str


class SlipSession(Struct, frozen=True, kw_only=True):
    """One drawer session that the deposit carries."""

    session: str
    business_date: date
    drawer: str
    cashier: str
    verified_by: str
    net_cash_cents: Cents
    """Cash taken less change and cash refunds."""
    over_short_cents: Cents
    checks_cents: Cents
    check_count: int


class SlipPaper(Struct, frozen=True, kw_only=True):
    """A bank deposit slip: cash = Σ sessions' net cash + over/short, and the pieces add up to it."""

    city: str
    site: str
    bank: str
    account: str
    """Masked by whoever fills this in: `•••• 4417`."""
    deposit: str
    """`A1-D000007`."""
    made: datetime
    sessions: tuple[SlipSession, ...]
    pieces: Mapping[str, int]
    """A count as counter_app.domain.count writes it."""
    checks: tuple[SlipCheck, ...] = ()
    held: tuple[HeldCheck, ...] = ()
    bag: str = ""
    prepared_by: str = ""
    verified_by: str = ""
    practice: Practice = "real"
    seq: int = 0
    mark: str = ""
    checkpoint: str = ""
    """The journal up to this deposit, signed; paper kept elsewhere then shows a journal that was cut or made anew."""

    @property
    def checks_cents(self) -> Cents:
        """All checks and money orders on the slip."""
        return sum(check.amount_cents for check in self.checks)


class LicencePaper(Struct, frozen=True, kw_only=True):
    """A license certificate, to hang on a wall or carry in a pocket."""

    city: str
    site: str
    title: str
    """`Business License`."""
    licence: str
    holder: str
    issued: date
    expires: date | None
    fee_cents: Cents
    receipt: str
    address: str = ""
    details: tuple[tuple[str, str], ...] = ()
    """Label and value: (`Business name`, `Rosa's Bakery`)."""
    conditions: str = ""
    """What the holder must keep to, or the notice a law asks for; paragraphs are parted by a newline."""
    state: str = ""
    """Printed across the page when it is not active: `voided`, `suspended`."""
    issued_by: str = ""
    practice: Practice = "real"
    language: Language = "en"
    seq: int = 0
    mark: str = ""


class DailyAmount(Struct, frozen=True, kw_only=True):
    """A row of a daily table: how many and how much."""

    name: str
    count: int
    amount_cents: Cents
    code: str = ""
    """Fee code, ledger account or fund: printed before the name."""


class DailyException(Struct, frozen=True, kw_only=True):
    """A void, refund, no-sale, copy or correction of the day."""

    kind: str
    number: str
    at: datetime
    by: str
    approver: str
    reason: str
    amount_cents: Cents = 0


class DailySession(Struct, frozen=True, kw_only=True):
    """One drawer of the day: float + net cash − drops + brought = expected; counted − expected = over/short."""

    session: str
    drawer: str
    cashier: str
    state: str
    float_cents: Cents
    net_cash_cents: Cents
    drops_cents: Cents
    brought_cents: Cents
    counted_cents: Cents | None
    """None until somebody other than the cashier has counted."""
    over_short_cents: Cents | None
    first_receipt: str = ""
    last_receipt: str = ""
    receipts: int = 0
    verified_by: str = ""
    explanation: str = ""


class DailyDeposit(Struct, frozen=True, kw_only=True):
    """A bank deposit that carries sessions of the day."""

    deposit: str
    bag: str
    bank: str
    state: str
    cash_cents: Cents
    checks_cents: Cents
    check_count: int


class DailyPaper(Struct, frozen=True, kw_only=True):
    """The daily cash receipts report of one station and business date."""

    city: str
    site: str
    station: str
    business_date: date
    printed: datetime
    first_receipt: str = ""
    last_receipt: str = ""
    receipts: int = 0
    gaps: tuple[str, ...] = ()
    """Numbers that should be between first and last and are not; a sound journal has none."""
    tenders: tuple[DailyAmount, ...] = ()
    """After voids, refunds and change; they add up to `total_cents`."""
    fees: tuple[DailyAmount, ...] = ()
    accounts: tuple[DailyAmount, ...] = ()
    """By ledger account; `code` holds it, `name` the fund."""
    exceptions: tuple[DailyException, ...] = ()
    sessions: tuple[DailySession, ...] = ()
    deposits: tuple[DailyDeposit, ...] = ()
    total_cents: Cents = 0
    rounding_cents: Cents = 0
    state_money_cents: Cents = 0
    """Collected for the State (e.g. the access fee on business licenses)."""
    practice: Practice = "real"
    seq: int = 0
    mark: str = ""
    checkpoint: str = ""
    """The journal as it was when the report was printed, signed."""
