"""Proves the books and says as of when: the newest entries in a moment, or everything there is.

A proof of nothing is no proof: a file without entries or without its tables does not hold.
"""

from typing import Literal

import msgspec

from counter_app.domain.clock import to_text
from counter_app.domain.entry import EMPTY, Head
from counter_app.domain.refused import StationFault
from counter_app.domain.said import english
from counter_app.services.station import Station
from db import rebuild, witness
from db.books import Connection
from db.consistency import Problem
from db.verify import Verification, verify, verify_newest

Depth = Literal["newest", "chain", "all"]
"""The newest entries of each station; every hash; every signature, rule and row beside them."""


class Proof(msgspec.Struct, frozen=True):
    """What was proved and when: entries looked at, the newest of this station, and what does not hold."""

    at: str
    depth: Depth
    entries: int
    head: Head
    problems: tuple[Problem, ...]


def prove(station: Station, depth: Depth) -> Proof:
    """Never raises for what the file holds: a journal that cannot be read is a problem too."""
    at = to_text(station.clock.now())
    newest = witness.noted(station.books.storage.path)
    try:
        with station.books.read() as connection:
            found = _verified(connection, station.name, depth)
            problems = [*found.problems, *_old_file(connection, station.name, newest)]
            if depth == "all":
                problems += [Problem(d.station, d.seq, d.sentence) for d in rebuild.check(connection)]
    except StationFault as fault:
        return Proof(at, depth, 0, EMPTY, (Problem(station.name, 0, english(fault)),))
    return Proof(at, depth, found.entries, found.head, tuple(problems))


def _verified(connection: Connection, station: str, depth: Depth) -> Verification:
    if depth == "newest":
        return verify_newest(connection, station)
    return verify(connection, station, full=depth == "all")


def _old_file(connection: Connection, station: str, newest: Head) -> list[Problem]:
    try:
        witness.demand_newest(connection, station, newest)
    except witness.OldFile as old:
        return [Problem(station, newest.seq, english(old))]
    return []
