"""The journal as a signed archive that `counter_app.archive_check` proves anywhere (its form is described there).

Bodies are text: they are canonical JSON in UTF-8, so that the text is the exact bytes and an auditor can read them.
"""

import os
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec

from counter_app.archive_check import FORMAT, VERSION
from counter_app.domain.entry import EMPTY, Head, Private, canonical, checkpoint_bytes, read_body
from counter_app.domain.events import StationOpened
from counter_app.domain.refused import StationFault
from counter_app.domain.said import say
from counter_app.services.station import Station
from db import chain
from db.books import Connection
from db.storage import world

SEAL_MARK = b"CHA1"


def export_journal(
    station: Station, connection: Connection, target: Path, *, with_private: bool = False
) -> dict[str, Head]:
    """Write every journal of the file to `target`, whole or not at all; returns the newest entry of each station.

    Raises StationFault when a journal is too damaged to be written down, or the disk does not take it.
    """
    part = target.with_name(target.name + ".part")
    digest = sha256()
    heads: dict[str, Head] = {}
    try:
        with (
            world(lambda error: say("The archive {path} cannot be written ({error}).", path=target, error=error)),
            part.open("wb") as file,
        ):
            for record in _records(station, connection, heads, with_private=with_private):
                line = canonical(record) + b"\n"
                digest.update(line)
                file.write(line)
            seal = station.books.signer.sign(SEAL_MARK + digest.digest())
            file.write(canonical({"type": "seal", "station": station.name, "sig": seal.hex()}) + b"\n")
            file.flush()
            os.fsync(file.fileno())
            part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return heads


def _records(
    own: Station, connection: Connection, heads: dict[str, Head], *, with_private: bool
) -> Iterator[dict[str, Any]]:
    """Header, entries with their private values, checkpoints."""
    keys = {station: _key(station, body) for station, body in chain.first_bodies(connection)}
    if own.name not in keys:
        raise StationFault(say("The journal of {name} has no first entry; have it verified.", name=own.name))
    yield {"archive": FORMAT, "version": VERSION, "station": own.name, "keys": keys, "with_private": with_private}
    private: dict[chain.Key, list[Private]] = {}
    for rows in chain.slices(connection):
        if with_private:
            private = chain.private_between(connection, (rows[0][0], rows[0][1]), (rows[-1][0], rows[-1][1]))
        for row in rows:
            heads[row[0]] = Head(row[1], row[4])
            yield _entry(row)
            for value in private.get((row[0], row[1]), ()):
                yield {
                    "type": "private", "station": row[0], "seq": row[1], "field": value.field, "salt": value.salt.hex(),
                    "value": value.value,
                }  # fmt: skip
    for station in keys:
        head = heads.get(station, EMPTY)
        sig = own.books.signer.sign(checkpoint_bytes(station, head.seq, head.hash))
        yield {"type": "checkpoint", "station": station, "seq": head.seq, "hash": head.hash.hex(), "sig": sig.hex()}


def _entry(row: Sequence[Any]) -> dict[str, Any]:
    station, seq, body, prev, hash_, sig = row
    try:
        return {
            "type": "entry", "station": station, "seq": seq, "body": body.decode(),
            "prev": prev.hex(), "hash": hash_.hex(), "sig": sig.hex(),
        }  # fmt: skip
    except (ValueError, AttributeError) as error:
        raise StationFault(
            say(
                "{station} entry {seq} is damaged and cannot be exported; have the journal verified.",
                station=station,
                seq=seq,
            )
        ) from error


def _key(station: str, body: bytes) -> str:
    """The public key that a first entry names."""
    try:
        return msgspec.json.decode(read_body(body).event, type=StationOpened).public_key
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise StationFault(
            say("{station} entry 1 names no key; have the journal verified.", station=station)
        ) from error
