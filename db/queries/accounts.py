"""Who owes what: the billing system's accounts less what was paid here since its file was made (money.md §10)."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection

from counter_app.domain.account import CREDIT, Account, OpenItem
from counter_app.domain.customer import Customer
from counter_app.domain.money import Cents

_CURRENT = "(SELECT max(load) FROM reference_load)"
"""Rows above it belong to a load that has not been made current, perhaps because the program died in it."""

_COLUMNS = (
    "load, account, customer, name, service_address, status, credit_cents, mailing_address, phone, email, language,"
    " class"
)
_ACCOUNT = f"SELECT {_COLUMNS} FROM ref_account WHERE account = ? AND load <= {_CURRENT} ORDER BY load DESC LIMIT 1"
_LOAD = "SELECT station, seq, as_of, last_batch FROM reference_load WHERE load = ? AND kind IN ('accounts', 'bills')"
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


def account(connection: Connection, account: str) -> Account | None:
    """The account as the counter knows it, or None: imported items less what any station allocated to them since."""
    row = connection.exec_driver_sql(_ACCOUNT, (account,)).first()
    if row is None:
        return None
    items = connection.exec_driver_sql(_ITEMS, (account, row[0])).all()
    open_items, credit_cents = _still_open(items, _paid_here(connection, account, row[0]), row[6])
    name, service_address, status, _, mailing_address, phone, email, language, class_ = row[3:]
    return Account(
        account, row[2], name, service_address, status, credit_cents, open_items, mailing_address, phone, email, language,
        class_,
    )  # fmt: skip


def customer_exists(connection: Connection, customer: str) -> bool:
    """Whether the number is somebody's, of an account or registered here."""
    found = connection.exec_driver_sql(
        f"SELECT EXISTS(SELECT 1 FROM ref_account WHERE customer = ?1 AND load <= {_CURRENT})"
        " OR EXISTS(SELECT 1 FROM customer WHERE customer = ?1)",
        (customer,),
    )
    return bool(found.scalar_one())


def customer(connection: Connection, customer: str) -> Customer | None:
    """The person or business of that number with its accounts, or None; a name that was purged is empty."""
    accounts = tuple(row[0] for row in connection.exec_driver_sql(_OF_CUSTOMER, (customer,)))
    row = connection.exec_driver_sql(
        "SELECT name, address, phone, email, language FROM customer WHERE customer = ? ORDER BY seq DESC LIMIT 1",
        (customer,),
    ).first()
    if row is not None:
        name, address, phone, email, language = (value or "" for value in row)
        return Customer(customer, name, address, phone, email, language or "en", accounts)
    if not accounts:
        return None
    first = connection.exec_driver_sql(_ACCOUNT, (accounts[0],)).one()
    return Customer(customer, first[3], first[7] or first[4], first[8], first[9], first[10], accounts)


def _paid_here(connection: Connection, account: str, load: int) -> dict[str, Cents]:
    """Cents by item (and CREDIT) that the load's file cannot know of; below 0 where more was undone than paid."""
    station, seq, as_of, last_batch = connection.exec_driver_sql(_LOAD, (load,)).one()
    if last_batch is None:
        rows = connection.exec_driver_sql(_PAID_HERE + _AFTER_INSTANT, (account, as_of, station, seq))
    else:
        through = connection.exec_driver_sql(_BATCH, (last_batch,)).scalar() or "{}"
        rows = connection.exec_driver_sql(_PAID_HERE + _AFTER_BATCH, (account, through))
    return {row[0]: row[1] for row in rows}


def _still_open(
    items: Iterable[Any], paid: dict[str, Cents], credit_cents: Cents
) -> tuple[tuple[OpenItem, ...], Cents]:
    """Items and credit after the payments. What was paid beyond an item is credit; what was undone of an item that the
    file no longer has is open again, so that balance = imported − paid in every case."""
    credit_cents += paid.pop(CREDIT, 0)
    found = []
    for item, bill, component, due, imported_cents, original_cents, liened, disputed in items:
        open_cents = imported_cents - paid.pop(item, 0)
        credit_cents += max(0, -open_cents)
        if open_cents > 0:
            found.append(
                OpenItem(item, bill, component, due, open_cents, original_cents, bool(liened), bool(disputed))
            )
    for item, cents in paid.items():
        if cents < 0:
            bill, _, component = item.partition("/")
            found.append(OpenItem(item, bill, component or "water", "", -cents, -cents))
        else:
            credit_cents += cents
    return tuple(found), credit_cents
