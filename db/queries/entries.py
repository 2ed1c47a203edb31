"""The journal itself: marks for paper, and the register of what was done."""

import msgspec
from sqlalchemy import Connection

from counter_app.domain.entry import read_body
from counter_app.domain.events import ClockStepped, StationOpened

MARK_DIGITS = 12


def mark(connection: Connection, station: str, seq: int) -> str:
    """The first hex digits of an entry's hash: what paper carries as a witness."""
    return hash_of(connection, station, seq).hex()[:MARK_DIGITS]


def hash_of(connection: Connection, station: str, seq: int) -> bytes:
    """The 32 bytes that name an entry and all before it."""
    found = connection.exec_driver_sql("SELECT hash FROM entry WHERE station = ? AND seq = ?", (station, seq))
    return bytes(found.scalar_one())


def ends_after(connection: Connection, station: str, seq: int) -> tuple[int, bool]:
    """The newest entry after a number, and whether a drawer was closed or verified, or a deposit made, since it."""
    newest, ends = connection.exec_driver_sql(
        "SELECT max(seq), max(kind IN ('DrawerClosed', 'DrawerVerified', 'DepositMade')) FROM act"
        " WHERE station = ? AND seq > ?",
        (station, seq),
    ).one()
    return newest or seq, bool(ends)


def newest_clock_step(connection: Connection, station: str, within: int) -> tuple[str, int] | None:
    """When the clock was set last, and by how many milliseconds, where it is among so many newest entries."""
    body = connection.exec_driver_sql(
        "SELECT body FROM entry WHERE station = ?1 AND seq = (SELECT max(seq) FROM act WHERE station = ?1"
        " AND kind = 'ClockStepped' AND seq > (SELECT max(seq) FROM entry WHERE station = ?1) - ?2)",
        (station, within),
    ).scalar_one_or_none()
    if body is None:
        return None
    read = read_body(bytes(body))
    return read.at, msgspec.json.decode(bytes(read.event), type=ClockStepped).milliseconds


def first_body(connection: Connection, station: str | None) -> bytes | None:
    """The body of a station's first entry."""
    body = connection.exec_driver_sql(
        "SELECT body FROM entry WHERE station = ? AND seq = 1", (station,)
    ).scalar_one_or_none()
    return None if body is None else bytes(body)


def opening_key(connection: Connection, station: str) -> str:
    """The public key that a station's first entry names, in hex: city hall knows it by this one, whatever key signs
    now."""
    body = first_body(connection, station)
    assert body is not None, "a station begins with an entry"
    return msgspec.json.decode(read_body(body).event, type=StationOpened).public_key
