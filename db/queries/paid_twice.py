"""Bills paid at more than one station before they knew of each other: nothing is refused, a person looks at it.

The money is right at both windows; what was paid beyond the bill is the account's credit. This names who is to be told.
"""

import msgspec
from sqlalchemy import Connection

from counter_app.domain.money import Cents
from db.queries.accounts import paid_beyond
from db.queries.rows import rows
from db.schema import OWN_LOADS

_OF_SEVERAL = f"""SELECT account, item FROM allocation
    WHERE account IS NOT NULL AND at > COALESCE((SELECT max(as_of) FROM {OWN_LOADS} WHERE kind = 'accounts'), '')
    GROUP BY account, item HAVING SUM(cents) > 0 AND COUNT(DISTINCT station) > 1 ORDER BY account, item"""
"""The file of the billing system knows what came before it."""
_RECEIPTS = """SELECT a.station, a.number, min(a.at), SUM(a.cents) FROM allocation a
    WHERE a.account = ? AND a.item = ? GROUP BY a.station, a.number HAVING SUM(a.cents) <> 0 ORDER BY 3, 1, 2"""


class PaidBy(msgspec.Struct, frozen=True):
    """A receipt that paid of the bill, and when; a voided one is none."""

    station: str
    number: str
    at: str
    cents: Cents


class PaidTwice(msgspec.Struct, frozen=True):
    """An item of an account that more was paid of than was open; `over_cents` stands on the account as credit."""

    account: str
    item: str
    open_cents: Cents
    over_cents: Cents
    receipts: tuple[PaidBy, ...]


def paid_twice(connection: Connection) -> tuple[PaidTwice, ...]:
    """Every such item since the file of the billing system that is in force, by account."""
    found = []
    for account, item in rows(connection, _OF_SEVERAL):
        beyond = paid_beyond(connection, account).get(item)
        if beyond is not None:
            open_cents, paid_cents = beyond
            receipts = tuple(PaidBy(*row) for row in rows(connection, _RECEIPTS, account, item))
            found.append(PaidTwice(account, item, open_cents, paid_cents - open_cents, receipts))
    return tuple(found)
