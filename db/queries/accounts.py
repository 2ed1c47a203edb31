"""Who owes what: the billing system's accounts less what was paid here since its file was made."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection

from counter_app.domain.account import CREDIT, Account, OpenItem
from counter_app.domain.customer import Customer
from counter_app.domain.money import Cents
from db.queries.rows import rows
from db.schema import OWN_LOADS

_CURRENT = f"(SELECT max(load) FROM {OWN_LOADS})"
"""Rows above it belong to a load that has not been made current, perhaps because the program died in it."""

_ACCOUNT = (
    "SELECT r.load, l.station, l.seq, l.as_of, l.last_batch, r.customer, r.name, r.service_address, r.status,"
    " r.credit_cents, r.mailing_address, r.phone, r.email, r.language, r.class"
    f" FROM ref_account r JOIN {OWN_LOADS} l ON l.load = r.load AND l.kind IN ('accounts', 'bills')"
    f" WHERE r.account = ? AND r.load <= {_CURRENT} ORDER BY r.load DESC LIMIT 1"
)
_ITEMS = (
    "SELECT item, bill, component, due, open_cents, original_cents, liened, disputed FROM ref_item"
    " WHERE account = ? AND load = ? ORDER BY due, bill, item"
)
_PAID_HERE = (
    "SELECT item, SUM(cents) FROM ("
    "SELECT item, cents, station, seq, at FROM allocation WHERE account = ?1 UNION ALL "
    f"SELECT '{CREDIT}', cents, station, seq, at FROM credit WHERE account = ?1)"
)
_AFTER_INSTANT = " WHERE at > ?2 OR (station = ?3 AND seq > ?4) GROUP BY item HAVING SUM(cents) <> 0"
"""What this journal recorded after the load cannot be in its file, wherever the clock stood."""

_AFTER_BATCH = (
    " WHERE seq > COALESCE((SELECT value FROM json_each(?2) WHERE key = station), 0)"
    " GROUP BY item HAVING SUM(cents) <> 0"
)
_BATCH = "SELECT through FROM exported_batch WHERE kind = 'payments' AND batch = ?"
_OF_CUSTOMER = (
    f"SELECT DISTINCT account FROM ref_account WHERE customer = ?1 AND load <= {_CURRENT}"
    f" AND load = (SELECT max(load) FROM ref_account r WHERE r.account = ref_account.account AND load <= {_CURRENT})"
    " ORDER BY account"
)

_CUSTOMER_EXISTS = (
    f"SELECT EXISTS(SELECT 1 FROM ref_account WHERE customer = ?1 AND load <= {_CURRENT})"
    " OR EXISTS(SELECT 1 FROM customer WHERE customer = ?1)"
)
_REGISTERED = "SELECT name, address, phone, email, language FROM customer WHERE customer = ? ORDER BY seq DESC LIMIT 1"


def account(connection: Connection, account: str) -> Account | None:
    """The account as the counter knows it, or None: imported items less what any station allocated to them since."""
    found = rows(connection, _ACCOUNT, account)
    if not found:
        return None
    load, *file, customer, name, service_address, status, credit_cents = found[0][:10]
    items = rows(connection, _ITEMS, account, load)
    open_items, credit_cents = _still_open(items, _paid_here(connection, account, *file), credit_cents, file[2][:10])
    return Account(account, customer, name, service_address, status, credit_cents, open_items, *found[0][10:])


def numbers(connection: Connection, limit: int) -> tuple[str, ...]:
    """The first account numbers there are, at most `limit`."""
    statement = f"SELECT DISTINCT account FROM ref_account WHERE load <= {_CURRENT} ORDER BY account LIMIT ?"
    return tuple(row[0] for row in rows(connection, statement, limit))


def customer_exists(connection: Connection, customer: str) -> bool:
    """Whether the number is somebody's, of an account or registered here."""
    return bool(rows(connection, _CUSTOMER_EXISTS, customer)[0][0])


def customer(connection: Connection, customer: str) -> Customer | None:
    """The person or business of that number with its accounts, or None; a name that was purged is empty."""
    accounts = tuple(row[0] for row in rows(connection, _OF_CUSTOMER, customer))
    registered = rows(connection, _REGISTERED, customer)
    if registered:
        name, address, phone, email, language = (value or "" for value in registered[0])
        return Customer(customer, name, address, phone, email, language or "en", accounts)
    if not accounts:
        return None
    first = account(connection, accounts[0])
    assert first is not None
    address = first.mailing_address or first.service_address
    return Customer(customer, first.name, address, first.phone, first.email, first.language, accounts)


def paid_beyond(connection: Connection, account: str) -> dict[str, tuple[Cents, Cents]]:
    """(open by the file in force, paid since) of each item that was paid beyond what was open, from any station."""
    found = rows(connection, _ACCOUNT, account)
    if not found:
        return {}
    items = {row[0]: row[4] for row in rows(connection, _ITEMS, account, found[0][0])}
    paid = _paid_here(connection, account, *found[0][1:5])
    return {item: (items[item], cents) for item, cents in paid.items() if item in items and cents > items[item]}


def _paid_here(
    connection: Connection, account: str, station: str, seq: int, as_of: str, last_batch: int | None
) -> dict[str, Cents]:
    """Cents by item (and CREDIT) that the load's file cannot know of; below 0 where more was undone than paid."""
    if last_batch is None:
        return dict(rows(connection, _PAID_HERE + _AFTER_INSTANT, account, as_of, station, seq))
    batch = rows(connection, _BATCH, last_batch)
    return dict(rows(connection, _PAID_HERE + _AFTER_BATCH, account, batch[0][0] if batch else "{}"))


def _still_open(
    items: Iterable[Any], paid: dict[str, Cents], credit_cents: Cents, file_day: str
) -> tuple[tuple[OpenItem, ...], Cents]:
    """Items and credit after the payments, so that balance = imported − paid in every case.

    What was paid beyond an item is credit; what was undone of an item that the file no longer has is open again, due on
    the day of the file.
    """
    credit_cents += paid.pop(CREDIT, 0)
    found = []
    for item, bill, component, due, imported_cents, original_cents, liened, disputed in items:
        open_cents = imported_cents - paid.pop(item, 0)
        credit_cents += max(0, -open_cents)
        if open_cents > 0:
            found.append(OpenItem(item, bill, component, due, open_cents, original_cents, bool(liened), bool(disputed)))
    for item, cents in paid.items():
        if cents < 0:
            bill, _, component = item.partition("/")
            found.append(OpenItem(item, bill, component or "water", file_day, -cents, -cents))
        else:
            credit_cents += cents
    return tuple(found), credit_cents
