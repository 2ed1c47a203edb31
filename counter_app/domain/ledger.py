"""The places money can be, the movements between them, and the balanced ledger entry that each act makes.

Every movement names two places. Revenue and receivables post at the receipt, over/short at verification, the bank at
confirmation. Each fund balances by itself: money lies in the pooled cash fund, which owes the funds their shares.
"""

from collections.abc import Iterable

import msgspec

from counter_app.domain.money import Cents

POOL = "999"
POOL_OWES = "999-0000-20100"
CUSTOMERS = "customers"
TREASURY = "treasury"
OVER_SHORT = "over/short"
BANK_DIFFERENCE = "bank difference"
PAYABLE = "refund requests"
CHANGE_FUND = "safe: change fund"
UNDEPOSITED = "safe: undeposited"
CARD_RECEIVABLE = "card receivable"
OUTSIDE = frozenset({CUSTOMERS, TREASURY, OVER_SHORT, BANK_DIFFERENCE, PAYABLE})
"""The other ends of movements that are no place where our money lies."""

_ACCOUNTS = {
    "drawer": "999-0000-10110",
    "float": "999-0000-10120",
    CHANGE_FUND: "999-0000-10130",
    UNDEPOSITED: "999-0000-10140",
    "bag": "999-0000-10150",
    "deposit in transit": "999-0000-10160",
    "bank": "999-0000-10100",
    CARD_RECEIVABLE: "999-0000-10170",
    TREASURY: "999-0000-10190",
    OVER_SHORT: "101-2010-48990",
    BANK_DIFFERENCE: "101-2010-48992",
    PAYABLE: "101-0000-20200",
}


class Movement(msgspec.Struct, frozen=True):
    """Money going from one place to another, as cash, check (money orders with them) or card."""

    source: str
    target: str
    kind: str
    cents: Cents


class Posting(msgspec.Struct, frozen=True):
    """One line of the ledger; debits are positive."""

    account: str
    fund: str
    cents: Cents


def drawer_place(session: str) -> str:
    """The drawer of a session."""
    return f"drawer {session}"


def float_place(session: str, drawer: str) -> str:
    """The float that stays with a drawer of the session's window overnight: every window has its own D1."""
    return f"float {session.partition('-')[0]} {drawer}"


def bag_place(deposit: str) -> str:
    """A bag that is made up and not yet sent."""
    return f"bag {deposit}"


def transit_place(bank: str) -> str:
    """What is on its way to a bank."""
    return f"deposit in transit {bank}"


def bank_place(bank: str) -> str:
    """What a bank has credited."""
    return f"bank {bank}"


def place_kind(tender: str) -> str:
    """As what a tender lies in a place: money orders lie with the checks."""
    return "check" if tender == "money_order" else tender


def account_of(place: str) -> str:
    """The ledger account of a place."""
    if place in _ACCOUNTS:  # first: a bank difference is not the bank called “difference”
        return _ACCOUNTS[place]
    for name, account in _ACCOUNTS.items():
        if place.startswith(f"{name} "):
            return account
    raise AssertionError(f"no ledger account for the place {place}")


def fund_of(account: str) -> str:
    """The fund is the first segment of an account."""
    return account.partition("-")[0]


def post(movements: Iterable[Movement], distribution: Iterable[Posting] = ()) -> tuple[Posting, ...]:
    """The balanced entry of movements whose customers' side is `distribution` (credits negative); sums to 0 in each
    fund."""
    sums: dict[str, Cents] = {}
    for movement in movements:
        for place, cents in ((movement.target, movement.cents), (movement.source, -movement.cents)):
            if place != CUSTOMERS:
                sums[account_of(place)] = sums.get(account_of(place), 0) + cents
    for posting in distribution:
        sums[posting.account] = sums.get(posting.account, 0) + posting.cents
    return _balance_funds(sums)


def _balance_funds(sums: dict[str, Cents]) -> tuple[Posting, ...]:
    """Add each fund's claim on the pooled cash, so that every fund balances."""
    nets: dict[str, Cents] = {}
    for account, cents in sums.items():
        nets[fund_of(account)] = nets.get(fund_of(account), 0) + cents
    assert sum(nets.values()) == 0, f"an act whose ledger entry does not balance: {sums}"
    for fund, net in nets.items():
        if fund != POOL and net:
            claim = f"{fund}-0000-10100"
            sums[claim] = sums.get(claim, 0) - net
            sums[POOL_OWES] = sums.get(POOL_OWES, 0) + net
    return tuple(Posting(account, fund_of(account), cents) for account, cents in sums.items() if cents)
