"""The drill: a station is brought back beside itself, from a backup and from its centre, and what came back is counted.

It only reads, beside an open window, and leaves nothing behind.
"""

import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from counter_app.bootstrap import centre_of, open_station
from counter_app.domain.entry import EMPTY, Head
from counter_app.domain.events import StationOpened
from counter_app.domain.fault import Faults
from counter_app.domain.money import Cents
from counter_app.domain.refused import StationFault
from counter_app.domain.said import english
from counter_app.new_station import DATABASE
from counter_app.recovery.adopt import take_all
from counter_app.recovery.backup import take_backup
from counter_app.services.station import Station
from db import keys, storage
from db.backup import Totals, own_totals, prove_file, totals_of
from db.books import Books, head_of
from db.rekey import opening_key

DRILL = "DRILL"
"""The station that exists while a drill takes."""


class Way(msgspec.Struct, frozen=True, kw_only=True):
    """One way back: the entries and receipts that came, how many the station has beyond them, their cents, the cents
    that differ from the station's own books, how long it took, and what went wrong."""

    way: str
    entries: int
    lacking: int
    receipts: int
    total_cents: Cents
    differs_cents: Cents
    seconds: float
    problem: str


def drill(folder: Path) -> tuple[Way, ...]:
    """Both ways; a way that fails says why and does not end the drill. Raises StationFault where the station itself
    cannot be read."""
    with TemporaryDirectory(prefix="counter-drill-") as name:
        station = open_station(folder, "drill", writes=False)
        try:
            return (
                _tried("backup", station, lambda: _by_backup(station, Path(name) / "drill.backup")),
                _tried("centre", station, lambda: _by_centre(station, Path(name) / DATABASE)),
            )
        finally:
            station.close()


def _tried(way: str, station: Station, bring: Callable[[], tuple[Totals, Head, str]]) -> Way:
    """One way back, timed; its cents are held against the own books up to the newest entry that came back."""
    began = time.monotonic()
    try:
        came, head, problem = bring()
    except StationFault as fault:
        came, head, problem = None, EMPTY, english(fault)
    with station.books.read() as connection:
        own = totals_of(connection, station.name, through=head.seq)
        newest = head_of(connection, station.name)
    count, cents = came.received if came else (0, 0)
    return Way(
        way=way,
        entries=came.entries if came else 0,
        lacking=newest.seq - head.seq,
        receipts=count,
        total_cents=cents,
        differs_cents=own.differs_cents(came) if came else 0,
        seconds=round(time.monotonic() - began, 1),
        problem=problem,
    )


def _by_backup(station: Station, target: Path) -> tuple[Totals, Head, str]:
    proof = take_backup(station.folder, target)
    totals = own_totals(target, opening_key(station.folder, station.folder / DATABASE), station.name)
    return totals, proof.head, ""


def _by_centre(station: Station, path: Path) -> tuple[Totals, Head, str]:
    """Into a file of a station that exists for the drill alone."""
    key, centre = keys.new_file_key(), centre_of(station)
    try:
        store = storage.create(path, key)
        try:
            books = Books(
                store, DRILL, keys.Signer(keys.new_signing_key()), station.clock, station.books.zone, Faults()
            )
            _open(books, station)
            take_all(books, centre, station.name)
            head = _head(books, station.name)
        finally:
            store.close()
    finally:
        centre.close()
    proof = prove_file(path, key, DRILL)
    return own_totals(path, key, station.name), head, proof.problems[0] if proof.problems else ""


def _open(books: Books, station: Station) -> None:
    with books.write("system") as unit:
        unit.keep_setting("station", DRILL)
        unit.record(
            StationOpened(
                city=station.city_name,
                site=station.site,
                station=DRILL,
                public_key=books.signer.public.hex(),
                purpose=station.purpose,
                program=version("counter-app"),
            )
        )


def _head(books: Books, station: str) -> Head:
    with books.read() as connection:
        return head_of(connection, station)
