"""A customer's account with its open items, and in which order money pays them."""

from collections.abc import Sequence

import msgspec

from counter_app.domain.money import Cents, usd
from counter_app.domain.said import Said, hear, say, together

CREDIT = "credit"
"""The item of an allocation that exceeds what is open: a liability of the account until the next bill uses it."""

_COMPONENTS = {"tax": 0, "pass_through": 0, "sewer": 1, "water": 2, "penalty": 4, "fee": 4, "returned_check": 5}
_OTHER = 3
_PAYS = ("{bill} in full", "{amount} of {bill}", "{amount} as credit")


class OpenItem(msgspec.Struct, frozen=True):
    """What is left of one component of one bill."""

    item: str
    bill: str
    component: str
    due: str
    open_cents: Cents
    original_cents: Cents = 0
    liened: bool = False
    disputed: bool = False


class Account(msgspec.Struct, frozen=True):
    """Who owes what, as the counter knows it: balance = open items less credit, below 0 a credit."""

    account: str
    customer: str
    name: str
    service_address: str
    status: str
    credit_cents: Cents
    items: tuple[OpenItem, ...]
    mailing_address: str = ""
    phone: str = ""
    email: str = ""
    language: str = "en"
    class_: str = "residential"

    @property
    def balance_cents(self) -> Cents:
        """What is to be paid."""
        return sum(item.open_cents for item in self.items) - self.credit_cents


class Paid(msgspec.Struct, frozen=True):
    """Money of a line that pays an item (or CREDIT)."""

    item: str
    cents: Cents


def payment_order(items: Sequence[OpenItem], designate: str | None) -> list[OpenItem]:
    """Designated first (an item, a bill or a component); else oldest due; in a bill taxes, sewer, water, others,
    penalties and fees; returned-check fees last of all."""

    def rank(item: OpenItem) -> tuple[bool, bool, str, str, int, str]:
        component = _COMPONENTS.get(item.component, _OTHER)
        named = designate in (item.item, item.bill, item.component)
        return (not named, component == 5, item.due, item.bill, component, item.item)

    return sorted((item for item in items if item.open_cents > 0), key=rank)


def pay(items: Sequence[OpenItem], cents: Cents, designate: str | None = None) -> tuple[Paid, ...]:
    """Which items `cents` pays; what exceeds them all is CREDIT."""
    paid, rest = [], cents
    for item in payment_order(items, designate):
        part = min(rest, item.open_cents)
        if part:
            paid.append(Paid(item.item, part))
        rest -= part
    if rest:
        paid.append(Paid(CREDIT, rest))
    return tuple(paid)


def less(items: Sequence[OpenItem], paid: Sequence[Paid]) -> tuple[OpenItem, ...]:
    """The items after a payment, for a second line on the same account in one sale."""
    gone = {p.item: p.cents for p in paid}
    return tuple(msgspec.structs.replace(item, open_cents=item.open_cents - gone.get(item.item, 0)) for item in items)


def in_words(items: Sequence[OpenItem], paid: Sequence[Paid]) -> Said:
    """“pays: W-1 in full, 12.40 of W-2”: the allocation as a cashier says it."""
    by_name = {item.item: item for item in items}
    bills: dict[str, list[Cents]] = {}
    for part in paid:
        item = by_name.get(part.item)
        name = CREDIT if item is None else item.bill
        sums = bills.setdefault(name, [0, 0])
        sums[0] += part.cents
    for item in items:
        if item.bill in bills:
            bills[item.bill][1] += item.open_cents
    return together((_paid_in_words(name, cents, due) for name, (cents, due) in bills.items()), ", ")


def _paid_in_words(bill: str, cents: Cents, due: Cents) -> Said:
    if bill == CREDIT:
        return say("{amount} as credit", amount=usd(cents))
    return say("{bill} in full", bill=bill) if cents >= due else say("{amount} of {bill}", amount=usd(cents), bill=bill)


def hear_words(pays: str) -> str:
    """The words of `in_words` as a journal kept them, sayable in another language again."""
    return together((hear(part, *_PAYS) for part in pays.split(", ")), ", ")
