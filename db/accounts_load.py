"""Loads accounts and open items in chunks; they count from the entry that makes the whole load current, or never.

A program that dies in a load leaves rows above the newest current load: nobody reads them, the next load removes them.
"""

from collections.abc import Iterable, Sequence

import msgspec
from sqlalchemy import Connection

from counter_app.domain.events import ReferenceLoaded
from counter_app.domain.money import Cents
from db.books import Unit
from db.queries import search_index
from db.reference import next_load
from db.schema import OWN_LOADS
from db.storage import INSERTS

CHUNK = 10_000
"""Accounts in one transaction of a load."""

AccountValues = tuple[str, str, str, str, str, str, str, str, str, str, Cents]
"""account, customer, name, service_address, mailing_address, phone, email, language, class, status, credit_cents."""

ItemValues = tuple[str, str, str, str, str, str, str, Cents, Cents, int, int]
"""account, item, bill, component, kind, issued, due, original_cents, open_cents, liened, disputed."""


class LoadMade(msgspec.Struct, frozen=True):
    """A load that was made current before: what a repeated or older file is known by."""

    sha256: str
    as_of: str


def loads_made(connection: Connection) -> tuple[tuple[str, LoadMade], ...]:
    """(accounts or bills, load) of every file that was ever made current here."""
    rows = connection.exec_driver_sql(
        f"SELECT kind, sha256, as_of FROM {OWN_LOADS} WHERE kind IN ('accounts', 'bills') ORDER BY load"
    )
    return tuple((row[0], LoadMade(row[1], row[2])) for row in rows)


def begin(connection: Connection) -> int:
    """The number of a new load; what a load that died has left is removed."""
    load = next_load(connection)
    for table in ("ref_account", "ref_item"):
        connection.exec_driver_sql(f"DELETE FROM {table} WHERE load >= ?", (load,))
    return load


def put_accounts(connection: Connection, load: int, accounts: Iterable[AccountValues]) -> None:
    """Rows of a load, not current yet."""
    values = [(load, *row) for row in accounts]
    if values:
        connection.exec_driver_sql(INSERTS["ref_account"], values)


def put_items(connection: Connection, load: int, items: Iterable[ItemValues]) -> None:
    """Rows of a load, not current yet."""
    values = [(load, *row) for row in items]
    if values:
        connection.exec_driver_sql(INSERTS["ref_item"], values)


def copy_accounts(connection: Connection, load: int, accounts: Sequence[str]) -> None:
    """The accounts as they are under a new load, for bills that come without their accounts."""
    connection.exec_driver_sql(
        "INSERT INTO ref_account SELECT ?, account, customer, name, service_address, mailing_address, phone, email,"
        " language, class, status, credit_cents FROM ref_account"
        " WHERE account = ? AND load < ? ORDER BY load DESC LIMIT 1",
        [(load, account, load) for account in accounts],
    )


def balance_in_force(connection: Connection, account: str) -> tuple[Cents, Cents] | None:
    """(Σ open items − credit, credit) of an account by the file in force, payments not counted; None for no account."""
    row = connection.exec_driver_sql(
        "SELECT load, credit_cents FROM ref_account WHERE account = ?"
        f" AND load <= (SELECT max(load) FROM {OWN_LOADS}) ORDER BY load DESC LIMIT 1",
        (account,),
    ).first()
    if row is None:
        return None
    open_cents = connection.exec_driver_sql(
        "SELECT COALESCE(SUM(open_cents), 0) FROM ref_item WHERE account = ? AND load = ?", (account, row[0])
    ).scalar_one()
    return open_cents - row[1], row[1]


def make_current(unit: Unit, loaded: ReferenceLoaded) -> None:
    """Record the load; what it supersedes goes, what it brought is found by the search."""
    connection, load = unit.connection, loaded.load
    old = connection.exec_driver_sql("SELECT EXISTS(SELECT 1 FROM ref_account WHERE load < ?)", (load,)).scalar_one()
    if old:
        for table in ("ref_item", "ref_account"):
            connection.exec_driver_sql(
                f"DELETE FROM {table} WHERE load < ?1 AND account IN (SELECT account FROM ref_account WHERE load = ?1)",
                (load,),
            )
    if loaded.kind == "accounts":
        search_index.index_accounts(connection, load)
    unit.record(loaded)
