"""A station's file copied whole while it is in use, proven before it is called a backup; and what its books come to."""

import os
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection
from sqlcipher3 import dbapi2 as sqlcipher

from counter_app.domain.entry import Head, read_body
from counter_app.domain.events import StationOpened
from counter_app.domain.money import Cents
from counter_app.domain.refused import StationFault
from counter_app.domain.said import say
from db import rebuild
from db.books import head_of
from db.queries import entries, places
from db.reference import setting
from db.storage import open_storage, world
from db.verify import verify

_SUMS = {
    "receipts": "count(*), COALESCE(SUM(total_cents), 0) FROM receipt",
    "steps": "count(*), COALESCE(SUM(cents), 0) FROM receipt_step",
    "tenders": "count(*), COALESCE(SUM(amount_cents - change_cents), 0) FROM tender",
    "allocations": "count(*), COALESCE(SUM(cents), 0) FROM allocation",
    "movements": "count(*), COALESCE(SUM(cents), 0) FROM movement",
    "deposits": "count(*), COALESCE(SUM(total_cents), 0) FROM deposit",
}


class Totals(msgspec.Struct, frozen=True, kw_only=True):
    """What the books of a file come to: (how many, cents) by kind, cents by place, and cents by ledger account."""

    entries: int
    sums: dict[str, tuple[int, Cents]]
    places: dict[str, Cents]
    ledger: dict[str, Cents]
    last_numbers: dict[str, str]

    @property
    def received(self) -> tuple[int, Cents]:
        """Receipts and their cents, those that were voided or refunded included."""
        return self.sums["receipts"]

    def differs_cents(self, other: "Totals") -> Cents:
        """How many cents the two are apart, over all sums and all accounts of the ledger; 0 when they are the same."""
        accounts = {*self.ledger, *other.ledger}
        apart = sum(abs(self.sums[name][1] - other.sums[name][1]) for name in self.sums)
        return apart + sum(abs(self.ledger.get(name, 0) - other.ledger.get(name, 0)) for name in accounts)


class Proof(msgspec.Struct, frozen=True, kw_only=True):
    """A file that was opened, verified and replayed; without problems its books balance."""

    station: str
    head: Head
    totals: Totals
    problems: tuple[str, ...]


def totals_of(connection: Connection, station: str | None = None, *, through: int | None = None) -> Totals:
    """The totals of one station (up to an entry), or of all whose entries the file holds; places only of all."""
    where: str = ""
    values: tuple[Any, ...] = ()
    if station is not None:
        where, values = " WHERE station = ? AND seq <= ?", (station, through if through is not None else 2**62)
    sums = {
        name: _count_and_cents(connection.exec_driver_sql(f"SELECT {sums}{where}", values).one())
        for name, sums in _SUMS.items()
    }
    last = connection.exec_driver_sql(
        f"SELECT station, kind, number, max(value) FROM given{where} GROUP BY station, kind", values
    ).all()
    ledger = connection.exec_driver_sql(
        f"SELECT account, SUM(amount_cents) FROM posting{where} GROUP BY account ORDER BY account", values
    ).all()
    return Totals(
        entries=int(connection.exec_driver_sql(f"SELECT count(*) FROM entry{where}", values).scalar_one()),
        sums=sums,
        places=places.balances(connection) if station is None else {},
        ledger={account: int(cents) for account, cents in ledger},
        last_numbers={f"{row[0]} {row[1]}": row[2] for row in last},
    )


def _count_and_cents(row: Any) -> tuple[int, Cents]:
    return int(row[0]), int(row[1])


def own_totals(path: Path, key_hex: str, station: str) -> Totals:
    """The totals of one station in a file."""
    storage = open_storage(path, key_hex)
    try:
        with world(_unreadable), storage.readers.connect() as connection:
            return totals_of(connection, station)
    finally:
        storage.close()


def copy_file(connection: Connection, target: Path, key_hex: str) -> None:
    """The whole file as this reader sees it at one moment, under the same key, forced to the disk; a writer beside it
    goes on."""
    with world(lambda error: say("The backup cannot be written to {path} ({error}).", path=target, error=error)):
        connection.exec_driver_sql("SELECT count(*) FROM entry").scalar_one()  # the moment begins here
        source: Any = connection.connection.driver_connection
        copy = sqlcipher.connect(str(target))
        try:
            copy.execute("PRAGMA cipher_log_level = NONE")
            copy.execute(f"PRAGMA key = \"x'{key_hex}'\"")
            source.backup(copy)
        finally:
            copy.close()
        force_to_disk(target)


def force_to_disk(path: Path) -> None:
    """The file's bytes and its name."""
    for place in (path, path.parent):
        if os.name == "nt" and place.is_dir():
            continue  # a folder has no descriptor there
        descriptor = os.open(place, os.O_RDWR if place.is_file() else os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def opened_as(path: Path, key_hex: str) -> tuple[str, str]:
    """The station whose file this is, and its purpose: real, demo or training."""
    storage = open_storage(path, key_hex)
    try:
        with world(_unreadable), storage.readers.connect() as connection:
            station = setting(connection, "station") or ""
            body = entries.first_body(connection, station)
            if body is None:
                raise StationFault(say("The journal in {folder} has no first entry.", folder=path))
            return station, msgspec.json.decode(read_body(body).event, type=StationOpened).purpose
    except msgspec.MsgspecError as error:
        raise StationFault(say("The backup cannot be read ({error}).", error=error)) from error
    finally:
        storage.close()


def prove_file(path: Path, key_hex: str, station: str) -> Proof:
    """Open a file by itself, verify all its journals in full, replay them beside its books, and add those up."""
    storage = open_storage(path, key_hex)
    try:
        with world(_unreadable), storage.readers.connect() as connection:
            proof = verify(connection, station, full=True)
            problems = [problem.sentence for problem in proof.problems]
            problems += [difference.sentence for difference in rebuild.check(connection)]
            totals = totals_of(connection)
            problems += [f"{place} holds {cents} cents." for place, cents in totals.places.items() if cents < 0]
            unbalanced = sum(totals.ledger.values())
            if unbalanced:
                problems.append(f"The ledger does not balance: {unbalanced} cents.")
            return Proof(station=station, head=head_of(connection, station), totals=totals, problems=tuple(problems))
    finally:
        storage.close()


def _unreadable(error: str) -> Any:
    return say("The backup cannot be read ({error}).", error=error)


def clear(path: Path) -> None:
    """Take a database and what SQLite keeps beside it away."""
    for beside in ("", "-wal", "-shm", "-journal"):
        path.with_name(f"{path.name}{beside}").unlink(missing_ok=True)


def demand_proven(proof: Proof, what: Path) -> None:
    """Raises StationFault that names the first thing that does not hold."""
    if proof.problems:
        raise StationFault(say("{what} is no backup: {problem}", what=what, problem=proof.problems[0]))
