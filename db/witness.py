"""The newest entry's number and hash in a small file beside the database: it shows that an older file was put back.

It is written after the commit and never forced to the disk, so it may lag behind the journal and can never lead it.
Whoever puts back both files is found out by the centre.
"""

import os
from contextlib import suppress
from pathlib import Path

from sqlalchemy import Connection

from counter_app.domain.entry import EMPTY, Head
from counter_app.domain.refused import StationFault
from counter_app.domain.said import say

SUFFIX = ".head"
_LENGTH = len(f"{0:012d} {'0' * 64}\n")


class OldFile(StationFault):
    """The file ends before an entry that was committed beside it, or holds another one under its number."""


def witness_path(database: Path) -> Path:
    """`counter.head` beside `counter.db`."""
    return database.with_suffix(SUFFIX)


def note(database: Path, head: Head) -> None:
    """Write down the newest entry; a disk that does not take it leaves the witness behind, and nobody waits for it.

    The line has one length and is written over the old one, so that a full disk takes it and no reader finds half.
    """
    with suppress(OSError):
        file = os.open(witness_path(database), os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        try:
            os.write(file, f"{head.seq:012d} {head.hash.hex()}\n".encode())
        finally:
            os.close(file)


def noted(database: Path) -> Head:
    """What was written down last; EMPTY where there is none, or none that can be read: it says nothing then."""
    try:
        line = witness_path(database).read_bytes()
        seq, hash_ = line[:_LENGTH].split()
        return Head(int(seq), bytes.fromhex(hash_.decode())) if len(line) == _LENGTH else EMPTY
    except (OSError, ValueError):
        return EMPTY


def forget(database: Path) -> None:
    """For a file that takes the place of another on purpose."""
    witness_path(database).unlink(missing_ok=True)


def demand_newest(connection: Connection, station: str, head: Head) -> None:
    """Raises OldFile unless the journal holds the entry that was noted; `head` is read before `connection` began."""
    newest, found = connection.exec_driver_sql(
        "SELECT (SELECT max(seq) FROM entry WHERE station = ?1),"
        " (SELECT hash FROM entry WHERE station = ?1 AND seq = ?2)",
        (station, head.seq),
    ).one()
    if not head.seq or found == head.hash:
        return
    if found is None:
        raise OldFile(
            say(
                "This is an old file of {station}: it ends at entry {newest}, and entry {seq} was written here already."
                " Bring the newer entries back with “counter-app restore”.",
                station=station,
                newest=newest or 0,
                seq=head.seq,
            )
        )
    raise OldFile(
        say(
            "Entry {seq} of {station} is not the one that was written here: the file of another computer was put in its"
            " place. Take no money on it and call support.",
            seq=head.seq,
            station=station,
        )
    )
