"""What happened at the counter: one frozen type for each kind of journal entry, in the past tense.

An event carries everything its rows need, so that applying it asks nothing of clock, fees or other rows. `Sealed`
fields hold
the digest of a private value (free text, names, addresses, plates, gross receipts); the value lies beside the entry
and may
be purged without touching it. `movements`, `postings` and `allocations` are what the event does to places, ledger and
accounts.
"""

from typing import ClassVar

import msgspec

from counter_app.domain.ledger import Movement, Posting
from counter_app.domain.money import Cents

Sealed = str
Pieces = dict[str, int]


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """The common root; VERSION grows when the fields of a kind change."""

    VERSION: ClassVar[int] = 1


class Allocation(msgspec.Struct, frozen=True):
    """Cents of a tender that pay an item of a line; `item` is "" on lines that are no account payment."""

    tender: int
    line: int
    account: str | None
    item: str
    cents: Cents


class SoldLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line of a receipt; `distribution` holds credits, negative."""

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
    details: Sealed | None
    licence: str | None
    distribution: tuple[Posting, ...]


class Tendered(msgspec.Struct, frozen=True, kw_only=True):
    """What was handed over and what of it was change or credit; `reference` is a check's number or a card's brand and
    last 4."""

    tender: int
    kind: str
    amount_cents: Cents
    change_cents: Cents
    credit_cents: Cents
    reference: str
    check_date: str | None
    authorization: str
    endorsed: bool


class Credit(msgspec.Struct, frozen=True):
    """What a check or money order exceeded the ticket by, kept for an account."""

    tender: int
    account: str
    cents: Cents


class LicenceIssued(msgspec.Struct, frozen=True, kw_only=True):
    """A licence given with a receipt, or renewed by it; `expires` is the last good day."""

    licence: str
    line: int
    fee: str
    type: str
    customer: str | None
    account: str | None
    holder: Sealed | None
    details: Sealed | None
    address: Sealed | None
    issued: str
    expires: str | None
    renewed: bool


class StationOpened(Event, frozen=True, kw_only=True):
    """Entry 1: whose journal this is, with which key, for real money or for practice."""

    city: str
    site: str
    station: str
    public_key: str
    purpose: str
    program: str


class ReferenceLoaded(Event, frozen=True, kw_only=True):
    """A version of accounts, bills, fees, settings or staff that is current from here on."""

    kind: str
    load: int
    sha256: str
    rows: int
    total_cents: Cents
    as_of: str
    last_batch: int | None


class SignedIn(Event, frozen=True, kw_only=True):
    """Somebody came to the station."""

    person: str


class SignInFailed(Event, frozen=True, kw_only=True):
    """A name with a wrong password or PIN."""

    person: Sealed


class Locked(Event, frozen=True, kw_only=True):
    """The window was locked, by key or by waiting."""

    person: str


class SettingChanged(Event, frozen=True, kw_only=True):
    """A decision of the city changed: a limit, a period, a text; by one person and approved by another."""

    setting: str
    before: str
    after: str
    reason: Sealed


class PersonChanged(Event, frozen=True, kw_only=True):
    """What was changed about a person, by the administrator or the owner: added, renamed, role, left, own_pin,
    badge_given, badge_taken; or by the
    station itself after ten wrong tries: blocked."""

    person: str
    change: str


class SecretsGiven(Event, frozen=True, kw_only=True):
    """Somebody got a password and a PIN that another person saw."""

    person: str


class ClockStepped(Event, frozen=True, kw_only=True):
    """The machine's clock was set; milliseconds, negative when back."""

    milliseconds: int


class DevicesSet(Event, frozen=True, kw_only=True):
    """What is attached changed."""

    device: str
    address: str


class SigningKeyChanged(Event, frozen=True, kw_only=True):
    """From the next entry on the station signs with another key; this entry, signed with the old one, names it."""

    public_key: str


class StationAdopted(Event, frozen=True, kw_only=True):
    """This station answers for the work of a dead one: its journal was taken in up to `through`, whose hash is here;
    `sessions` are its drawers that were not deposited yet."""

    adopted: str
    through: int
    hash: str
    sessions: tuple[str, ...]


class CustomerRegistered(Event, frozen=True, kw_only=True):
    """A person or business known to the counter."""

    customer: str
    name: Sealed
    address: Sealed | None
    phone: Sealed | None
    email: Sealed | None
    language: str


class DrawerOpened(Event, frozen=True, kw_only=True):
    """A session begins with a counted float; `issued_cents` of it were new to the drawer's float."""

    session: str
    drawer: str
    cashier: str
    count: Pieces
    float_cents: Cents
    issued_cents: Cents
    movements: tuple[Movement, ...]
    postings: tuple[Posting, ...]


class PaymentTaken(Event, frozen=True, kw_only=True):
    """A receipt: lines, tenders and which tender paid what."""

    number: str
    session: str
    drawer: str
    cashier: str
    received: str
    customer: str | None
    payer: Sealed | None
    email: Sealed | None
    total_cents: Cents
    change_cents: Cents
    credit_cents: Cents
    rounding_cents: Cents
    lines: tuple[SoldLine, ...]
    tenders: tuple[Tendered, ...]
    allocations: tuple[Allocation, ...]
    credits: tuple[Credit, ...]
    licences: tuple[LicenceIssued, ...]
    known: Sealed | None
    movements: tuple[Movement, ...]
    postings: tuple[Posting, ...]


class SaleAbandoned(Event, frozen=True, kw_only=True):
    """A ticket that was left without payment."""

    fees: tuple[str, ...]
    total_cents: Cents
    reason: Sealed


class VoidAsked(Event, frozen=True, kw_only=True):
    """A void nobody was there to approve; it counts as not done."""

    void: str
    number: str
    session: str
    reason: Sealed


class VoidRejected(Event, frozen=True, kw_only=True):
    """An asked-for void that was not accepted."""

    void: str
    number: str
    session: str


class ReceiptVoided(Event, frozen=True, kw_only=True):
    """A whole receipt undone in its own session; what was issued is cancelled."""

    void: str
    number: str
    session: str
    asked: bool
    reason: Sealed | None
    total_cents: Cents
    allocations: tuple[Allocation, ...]
    credits: tuple[Credit, ...]
    licences: tuple[str, ...]
    movements: tuple[Movement, ...]
    postings: tuple[Posting, ...]


class ReceiptRefunded(Event, frozen=True, kw_only=True):
    """Money given back later along the allocations; `lines` are the lines refunded."""

    refund: str
    number: str
    session: str | None
    how: str
    request: str | None
    lines: tuple[int, ...]
    whole: bool
    amount_cents: Cents
    reason: Sealed
    allocations: tuple[Allocation, ...]
    credits: tuple[Credit, ...]
    licences: tuple[str, ...]
    movements: tuple[Movement, ...]
    postings: tuple[Posting, ...]


class TenderCorrected(Event, frozen=True, kw_only=True):
    """An amount moved between tenders of a receipt; `tenders` are rows to add, the first of them negative."""

    number: str
    session: str
    after_verification: bool
    reason: Sealed
    tenders: tuple[Tendered, ...]
    allocations: tuple[Allocation, ...]
    movements: tuple[Movement, ...]
    postings: tuple[Posting, ...]


class PaymentMoved(Event, frozen=True, kw_only=True):
    """A line paid on the wrong account, put right."""

    number: str
    line: int
    from_account: str
    to_account: str
    reason: Sealed
    allocations: tuple[Allocation, ...]
    credits: tuple[Credit, ...]
    postings: tuple[Posting, ...]


class UnappliedCleared(Event, frozen=True, kw_only=True):
    """Unidentified money that now has a purpose; `lines` are rows to add, the last takes from the suspense line."""

    number: str
    reason: Sealed
    lines: tuple[SoldLine, ...]
    allocations: tuple[Allocation, ...]
    licences: tuple[LicenceIssued, ...]
    postings: tuple[Posting, ...]


class CheckEndorsed(Event, frozen=True, kw_only=True):
    """A check carries the bank's restrictive endorsement."""

    number: str
    tender: int


class NoSale(Event, frozen=True, kw_only=True):
    """The drawer was opened without a sale."""

    session: str
    drawer: str
    reason: Sealed


class ReceiptCopied(Event, frozen=True, kw_only=True):
    """A receipt on paper again; copy 1 is the first after the original."""

    number: str
    copy: int


class PaperDoubted(Event, frozen=True, kw_only=True):
    """Printing began and nobody can say whether it came out."""

    number: str
    document: str
    copy: int


class PaperSettled(Event, frozen=True, kw_only=True):
    """What a person saw of a doubtful paper."""

    number: str
    document: str
    copy: int
    came_out: bool


class CashDropped(Event, frozen=True, kw_only=True):
    """Notes taken from a drawer to the safe, received by the approver."""

    drop: str
    session: str
    drawer: str
    count: Pieces
    cents: Cents
    bag: str | None
    movements: tuple[Movement, ...]
    postings: tuple[Posting, ...]


class CashBrought(Event, frozen=True, kw_only=True):
    """Change brought from the safe to a drawer; `issued_cents` of it were new to the change fund."""

    drop: str
    session: str
    drawer: str
    count: Pieces
    cents: Cents
    issued_cents: Cents
    movements: tuple[Movement, ...]
    postings: tuple[Posting, ...]


class DrawerClosed(Event, frozen=True, kw_only=True):
    """The cashier's blind count (or, forced, somebody else's)."""

    session: str
    drawer: str
    count: Pieces
    counted_cents: Cents
    keep: Pieces | None
    checks: tuple[Cents, ...] | None
    check_count: int
    checks_cents: Cents
    cards_cents: Cents | None
    forced: bool
    reason: Sealed | None


class RecountAsked(Event, frozen=True, kw_only=True):
    """The verifier did not accept; the cashier counts once more."""

    session: str
    counted_cents: Cents
    explanation: Sealed | None


class ByTender(msgspec.Struct, frozen=True):
    """Cents by kind of tender."""

    cash: Cents
    check: Cents
    card: Cents
    money_order: Cents


class DrawerVerified(Event, frozen=True, kw_only=True):
    """The verifier's count: over/short of cash alone, what stays, what goes to the deposit."""

    session: str
    drawer: str
    count: Pieces
    keep: Pieces
    pieces: Pieces
    expected: ByTender
    counted: ByTender
    checks: tuple[Cents, ...] | None
    check_count: int
    checks_cents: Cents
    over_short_cents: Cents
    float_short_cents: Cents
    mix_differs: bool
    explanation: Sealed | None
    movements: tuple[Movement, ...]
    postings: tuple[Posting, ...]


class DepositCheck(msgspec.Struct, frozen=True):
    """A check or money order on a slip."""

    number: str
    tender: int
    kind: str
    reference: str
    cents: Cents


class HeldCheck(msgspec.Struct, frozen=True):
    """A check of the sessions that does not go, and why."""

    number: str
    tender: int
    cents: Cents
    reason: Sealed


class DepositMade(Event, frozen=True, kw_only=True):
    """Verified sessions made up into one bag for one bank."""

    deposit: str
    bank: str
    bag: str
    sessions: tuple[str, ...]
    pieces: Pieces
    cash_cents: Cents
    checks: tuple[DepositCheck, ...]
    held: tuple[HeldCheck, ...]
    checks_cents: Cents
    total_cents: Cents
    movements: tuple[Movement, ...]
    postings: tuple[Posting, ...]


class DepositSent(Event, frozen=True, kw_only=True):
    """The bag left with a courier."""

    deposit: str
    courier: Sealed
    movements: tuple[Movement, ...]
    postings: tuple[Posting, ...]


class DepositPart(msgspec.Struct, frozen=True):
    """What the bank credited for one part."""

    part: str
    cents: Cents
    bank_date: str
    reference: str


class DepositConfirmed(Event, frozen=True, kw_only=True):
    """Finance saw the bank's credit; difference = bank − slip."""

    deposit: str
    parts: tuple[DepositPart, ...]
    credited_cents: Cents
    difference_cents: Cents
    movements: tuple[Movement, ...]
    postings: tuple[Posting, ...]


class DepositCorrected(Event, frozen=True, kw_only=True):
    """A linked record that puts a deposit's difference right; the slip stays as it was."""

    deposit: str
    reason: Sealed
    kind: str
    cents: Cents
    reference: Sealed | None


class BatchExported(Event, frozen=True, kw_only=True):
    """A numbered once-only batch for another system: the entries after the batch before it, up to `through` of each
    station."""

    kind: str
    batch: int
    through: dict[str, int]
    rows: int
    sha256: str


KINDS: dict[str, type[Event]] = {kind.__name__: kind for kind in Event.__subclasses__()}
"""Every kind that this version understands, by its name in the journal."""


def decode(kind: str, version: int, raw: bytes) -> Event | None:
    """The event of a body, or None for a kind or version that this program is too old to understand."""
    known = KINDS.get(kind)
    if known is None or version != known.VERSION:
        return None
    return msgspec.json.decode(raw, type=known)
