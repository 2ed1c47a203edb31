"""Proves the reference data of a station against the entries that made each version current.

Texts and staff are held against the digest of their entry. Of accounts and bills a later load takes rows away, so rows
and total are held against their entry as long as none are gone, and always for the newest load.
"""

from collections.abc import Iterator, Mapping
from hashlib import sha256

from sqlalchemy import Connection

from counter_app.domain.events import ReferenceLoaded
from counter_app.domain.refused import StationFault
from db.reference import staff_digest, staff_of

Loads = Mapping[int, ReferenceLoaded]
"""What the entries of the station tell of loads, by entry."""

_ACCOUNTS = """SELECT (SELECT COUNT(*) FROM ref_account WHERE load = ?1),
    (SELECT COALESCE(SUM(open_cents), 0) FROM ref_item WHERE load = ?1)
    - (SELECT COALESCE(SUM(credit_cents), 0) FROM ref_account WHERE load = ?1)"""
_BILLS = "SELECT COUNT(*), COALESCE(SUM(open_cents), 0) FROM ref_item WHERE load = ?1"


def altered(connection: Connection, loads: Loads) -> Iterator[tuple[int, str]]:
    """(entry, what does not hold) of every version that is not what its entry says."""
    newest = max((loaded.load for loaded in loads.values() if loaded.kind in ("accounts", "bills")), default=0)
    for seq, loaded in loads.items():
        match loaded.kind:
            case "accounts" | "bills":
                what = _rows_fault(connection, loaded, is_newest=loaded.load == newest)
            case "staff":
                what = _staff_fault(connection, loaded)
            case _:
                what = _text_fault(connection, loaded)
        if what:
            yield seq, what


def _text_fault(connection: Connection, loaded: ReferenceLoaded) -> str:
    text = connection.exec_driver_sql(
        "SELECT text FROM ref_text WHERE kind = ? AND load = ?", (loaded.kind, loaded.load)
    ).scalar_one_or_none()
    if not isinstance(text, str):
        return f"the {loaded.kind} that it made current are missing"
    if sha256(text.encode(errors="replace")).hexdigest() != loaded.sha256:
        return f"the {loaded.kind} that it made current were altered since"
    return ""


def _staff_fault(connection: Connection, loaded: ReferenceLoaded) -> str:
    try:
        found = staff_digest(staff_of(connection, loaded.load))
    except (StationFault, TypeError, ValueError):
        found = ""
    return "" if found == loaded.sha256 else "the staff that it made current was altered since"


def _rows_fault(connection: Connection, loaded: ReferenceLoaded, *, is_newest: bool) -> str:
    query = _ACCOUNTS if loaded.kind == "accounts" else _BILLS
    rows, total_cents = connection.exec_driver_sql(query, (loaded.load,)).one()
    if rows < loaded.rows and not is_newest:
        return ""
    if rows != loaded.rows:
        return f"it made {loaded.rows} rows of {loaded.kind} current, and {rows} are there"
    if total_cents != loaded.total_cents:
        return f"the {loaded.kind} that it made current add up to {total_cents} cents, not {loaded.total_cents}"
    return ""
