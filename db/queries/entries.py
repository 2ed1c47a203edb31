"""The journal itself: marks for paper, and the register of what was done."""

from sqlalchemy import Connection

MARK_DIGITS = 12


def mark(connection: Connection, station: str, seq: int) -> str:
    """The first hex digits of an entry's hash: what paper carries as a witness."""
    return hash_of(connection, station, seq).hex()[:MARK_DIGITS]


def hash_of(connection: Connection, station: str, seq: int) -> bytes:
    """The 32 bytes that name an entry and all before it."""
    found = connection.exec_driver_sql("SELECT hash FROM entry WHERE station = ? AND seq = ?", (station, seq))
    return bytes(found.scalar_one())


def first_body(connection: Connection, station: str | None) -> bytes | None:
    """The body of a station's first entry."""
    body = connection.exec_driver_sql(
        "SELECT body FROM entry WHERE station = ? AND seq = 1", (station,)
    ).scalar_one_or_none()
    return None if body is None else bytes(body)
