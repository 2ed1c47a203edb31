"""What the one box finds: accounts, customers, receipts and licences, by beginnings of words in any order.

The index knows words and numbers only; `search_key` says whose they are. Accounts come with their loads, customers as
they register; receipts and licences have their own indexes and are found by number.
"""

import re
import unicodedata

from sqlalchemy import Connection

from counter_app.domain.days import parse_day, us_date
from counter_app.domain.money import usd
from counter_app.domain.search_hit import Hit, HitKind
from db.queries.accounts import customer
from db.queries.rows import rows
from db.schema import OWN_LOADS

_MATCH = (
    "SELECT k.kind, k.key FROM search JOIN search_key k ON k.id = search.rowid"
    " WHERE search MATCH ? ORDER BY search.rowid LIMIT ?"
)
_NUMBER = re.compile(r"(?P<station>[A-Z][A-Z0-9]*)-(?P<letter>L?)(?P<value>[0-9]{1,6})", re.IGNORECASE)
_CUSTOMER = re.compile(r"(?:[A-Z][A-Z0-9]*-)?C[0-9]+", re.IGNORECASE)
_MOST_WORDS = 8


def find(connection: Connection, text: str, limit: int = 20) -> tuple[Hit, ...]:
    """At most `limit` hits: who or what has exactly that number first, then whatever has words that begin so."""
    hits = _exact(connection, text.strip())
    words = _words(text)
    if words and not any(hit.kind in ("receipt", "licence") for hit in hits):
        query = " ".join(f'"{word}"*' for word in words)
        for kind, key in rows(connection, _MATCH, query, limit):
            hit = _account(connection, key) if kind == "account" else _customer(connection, key)
            hits += [hit] if hit is not None and hit not in hits else []
    return tuple(hits[:limit])


def index_accounts(connection: Connection, load: int) -> None:
    """Let the accounts of a load be found, in place of what the index knew of them."""
    connection.exec_driver_sql(
        "DELETE FROM search WHERE rowid IN (SELECT k.id FROM ref_account r"
        " JOIN search_key k ON k.kind = 'account' AND k.key = r.account WHERE r.load = ?)",
        (load,),
    )
    connection.exec_driver_sql(
        "INSERT OR IGNORE INTO search_key (kind, key) SELECT 'account', account FROM ref_account WHERE load = ?"
        " ORDER BY account",
        (load,),
    )
    connection.exec_driver_sql(
        "INSERT INTO search (rowid, words) SELECT k.id, r.account || ' ' || r.customer || ' ' || r.name || ' ' ||"
        " CASE WHEN instr(r.name, char(39)) THEN replace(r.name, char(39), '') || ' ' ELSE '' END ||"
        " r.service_address || ' ' || r.phone FROM ref_account r"
        " JOIN search_key k ON k.kind = 'account' AND k.key = r.account WHERE r.load = ? ORDER BY k.id",
        (load,),
    )


def index_customer(connection: Connection, customer: str, *words: str | None) -> None:
    """Let a registered customer be found by number, name, address and phone."""
    connection.exec_driver_sql("INSERT OR IGNORE INTO search_key (kind, key) VALUES ('customer', ?)", (customer,))
    key = connection.exec_driver_sql(
        "SELECT id FROM search_key WHERE kind = 'customer' AND key = ?", (customer,)
    ).scalar_one()
    connection.exec_driver_sql("DELETE FROM search WHERE rowid = ?", (key,))
    given = [word for word in words if word]
    text = " ".join((customer, *given, *(word.replace("'", "") for word in given if "'" in word)))
    connection.exec_driver_sql("INSERT INTO search (rowid, words) VALUES (?, ?)", (key, text))


def index_all(connection: Connection) -> None:
    """Make the index anew from what is current."""
    connection.exec_driver_sql("INSERT INTO search (search) VALUES ('delete-all')")
    connection.exec_driver_sql("DELETE FROM search_key")
    for (load,) in connection.exec_driver_sql(
        f"SELECT DISTINCT load FROM ref_account WHERE load <= (SELECT max(load) FROM {OWN_LOADS})"
    ).all():
        index_accounts(connection, load)
    for row in connection.exec_driver_sql("SELECT customer, name, address, phone FROM customer ORDER BY seq").all():
        index_customer(connection, *row)


def tidy(connection: Connection) -> None:
    """Merge the index into one piece after a large load, so that every search reads one."""
    connection.exec_driver_sql("INSERT INTO search (search) VALUES ('optimize')")


def _words(text: str) -> list[str]:
    """Letters and digits as the index splits them."""
    known = (
        c if unicodedata.category(c)[0] in "LN" or unicodedata.category(c) == "Co" else " "
        for c in unicodedata.normalize("NFC", text)
    )
    return "".join(known).split()[:_MOST_WORDS]


def _exact(connection: Connection, text: str) -> list[Hit]:
    """What has exactly this number."""
    found = [_account(connection, text), _customer(connection, text.upper()) if _CUSTOMER.fullmatch(text) else None]
    number = _NUMBER.fullmatch(text)
    if number:
        key = f"{number['station']}-{number['letter']}{int(number['value']):06d}".upper()
        found.append(_licence(connection, key) if number["letter"] else _receipt(connection, key))
    return [hit for hit in found if hit is not None]


def _account(connection: Connection, account: str) -> Hit | None:
    found = rows(
        connection,
        "SELECT name, service_address, status FROM ref_account WHERE account = ?"
        f" AND load <= (SELECT max(load) FROM {OWN_LOADS}) ORDER BY load DESC LIMIT 1",
        account,
    )
    if not found:
        return None
    name, address, status = found[0]
    return _hit("account", account, name, address, "closed" if status == "closed" else "")


def _customer(connection: Connection, number: str) -> Hit | None:
    found = customer(connection, number)
    return None if found is None else _hit("customer", number, found.name, found.address, found.phone)


def _receipt(connection: Connection, number: str) -> Hit | None:
    found = rows(connection, "SELECT business_date, total_cents, state FROM receipts WHERE number = ?", number)
    if not found:
        return None
    business_date, total_cents, state = found[0]
    return _hit("receipt", number, f"Receipt {number}", _day(business_date), usd(total_cents), state)


def _licence(connection: Connection, number: str) -> Hit | None:
    found = rows(
        connection,
        "SELECT type, holder, expires FROM licence WHERE licence = ? ORDER BY seq DESC, n DESC LIMIT 1",
        number,
    )
    if not found:
        return None
    kind, holder, expires = found[0]
    until = f"expires {_day(expires)}" if expires else ""
    return _hit("licence", number, f"{kind} {number}", holder or "", until)


def _hit(kind: HitKind, key: str, title: str, *details: str) -> Hit:
    return Hit(kind, key, title, " · ".join(detail for detail in details if detail))


def _day(text: str) -> str:
    day = parse_day(text)
    return us_date(day) if day else text
