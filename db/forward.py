"""Brings a station's own newer entries back from the centre, after an old file was put in its place.

All of them are proven before the first is taken in. What the entries alone cannot bring back (a list of accounts, a
fee schedule, a signing key) refuses the whole in one sentence.
"""

from sqlalchemy import Connection

from counter_app.domain.entry import EMPTY, Entry, Head, read_body
from counter_app.domain.events import ReferenceLoaded, SigningKeyChanged, decode
from counter_app.domain.refused import StationFault
from counter_app.domain.said import say
from db.books import Books, head_of
from db.centre import BATCH, Centre, Fork, Values
from db.keys import public_key
from db.sync import hash_at, key_in_force, prove, reading, save_cursor

_TABLES = {"accounts": "ref_account", "bills": "ref_item", "staff": "ref_person"}
"""Where the rows of a version lie; every other kind is a text."""


def fast_forward(books: Books, centre: Centre) -> int:
    """How many entries came back. Raises CentreUnreachable, Fork for another history, StationFault in one sentence."""
    station = books.station
    with reading(books) as connection:
        here = head_of(connection, station)
        key = key_in_force(connection, station, here.seq) or public_key(books.signer.public)
    there = centre.head(station)
    if there.seq <= here.seq:
        with reading(books) as connection:
            _demand_same(station, there, hash_at(connection, station, there.seq) or EMPTY.hash)
        return 0
    first, _ = centre.since(station, here.seq - 1, 1) if here.seq else ([], [])
    _demand_same(station, here, first[0].hash if first else EMPTY.hash)
    entries, private = fetched(centre, station, here)
    prove(entries, private, here, key)
    with reading(books) as connection:
        for entry in entries:
            _demand_whole(connection, entry)
    by_batch = [entries[start : start + BATCH] for start in range(0, len(entries), BATCH)]
    for some in by_batch:
        seqs = {entry.seq for entry in some}
        books.take_back(some, [(seq, value) for seq, value in private if seq in seqs])
    with books.change_state() as connection:
        save_cursor(connection, centre.name, station, there)
    return len(entries)


def fetched(centre: Centre, station: str, after: Head) -> tuple[list[Entry], Values]:
    """All entries of a station that the centre has after a head, with their private values."""
    entries: list[Entry] = []
    private: Values = []
    seq = after.seq
    while True:
        some, values = centre.since(station, seq, BATCH)
        if not some:
            return entries, private
        entries += some
        private += values
        seq = some[-1].seq


def _demand_same(station: str, here: Head, found: bytes) -> None:
    """The newest entry that both sides have is the same one."""
    if found != here.hash:
        raise Fork(
            say(
                "Entry {seq} of {station} is not the one that the centre has: two computers are, or were, this station."
                " Take no money on this computer and call support.",
                seq=here.seq,
                station=station,
            )
        )


def _demand_whole(connection: Connection, entry: Entry) -> None:
    """What an entry makes current must lie in this file too: the centre has the entry alone."""
    body = read_body(entry.body)
    event = decode(body.kind, body.version, bytes(body.event))
    missing = ""
    if isinstance(event, SigningKeyChanged):
        missing = "the signing key"
    elif isinstance(event, ReferenceLoaded):
        table = _TABLES.get(event.kind, "ref_text")
        there = connection.exec_driver_sql(f"SELECT 1 FROM {table} WHERE load = ? LIMIT 1", (event.load,)).first()
        if there is None and event.rows:
            missing = f"the {event.kind}"
    if missing:
        raise StationFault(
            say(
                "The newer entries of {station} cannot be brought back: {what} of entry {seq} is in no copy. Take over"
                " its work under a new name with “counter-app adopt”.",
                station=entry.station,
                what=missing,
                seq=entry.seq,
            )
        )
