"""Which versions of the reference data are in force at this station, and as of when."""

import msgspec
from sqlalchemy import Connection

from db.queries.rows import rows
from db.schema import OWN_LOADS


class InForce(msgspec.Struct, frozen=True):
    """A kind (accounts, bills, fees, rates, settings, staff), the instant that it is as of, and the version of city
    hall; None where it was loaded here."""

    kind: str
    as_of: str
    rows: int
    version: int | None


def in_force(connection: Connection) -> tuple[InForce, ...]:
    """Every kind that was ever loaded, by its name."""
    newest = rows(
        connection,
        f"SELECT kind, as_of, rows FROM {OWN_LOADS} l WHERE load ="
        f" (SELECT max(load) FROM {OWN_LOADS} n WHERE n.kind = l.kind) ORDER BY kind",
    )
    return tuple(InForce(kind, as_of, count, _published(connection, kind, as_of)) for kind, as_of, count in newest)


def is_in_force(connection: Connection, kind: str, as_of: str) -> bool:
    """Whether a version of that instant was made current already."""
    return bool(rows(connection, f"SELECT 1 FROM {OWN_LOADS} WHERE kind = ? AND as_of = ?", kind, as_of))


def _published(connection: Connection, kind: str, as_of: str) -> int | None:
    """The number of city hall's version, where the one in force is the one that was taken in."""
    names = (f"taken {kind}", f"version {kind}")
    settings = dict(rows(connection, "SELECT name, value FROM setting WHERE name IN (?, ?)", *names))
    taken, newest = (settings.get(name) for name in names)
    if taken is None or newest is None or msgspec.json.decode(newest)["as_of"] != as_of:
        return None
    return int(taken)
