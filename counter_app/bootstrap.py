"""Builds a station from its folder, the same for program and tests; never Qt.

A folder holds `counter.db` (the encrypted journal), `counter.lock`, and for practice money `demo.key`.
"""

import os
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from counter_app.devices.wedge import Wedge, read_wedge
from counter_app.domain.city import read_city
from counter_app.domain.clock import Clock
from counter_app.domain.entry import read_body
from counter_app.domain.events import StationOpened
from counter_app.domain.fault import Faults, planned
from counter_app.domain.refused import StationFault, WrongAct
from counter_app.domain.said import Said, say
from counter_app.new_station import (
    CENTRAL_URL,
    DATABASE,
    NewStation,
    create_station,
    demand_station_id,
    making,
)
from counter_app.practice import demo
from counter_app.services.station import Station
from db import adoption, drafts, keys, reference, rekey, storage, two_people, witness
from db.books import Books
from db.centre import Centre
from db.centre_embedded import EmbeddedCentre
from db.centre_postgres import PostgresCentre
from db.lock import FolderLock
from db.queries import entries

__all__ = [
    "CENTRAL_URL", "COPY_FILE", "DATABASE", "PRINTER", "SCANNER", "SITE",
    "centre_of", "make_demo", "open_station", "printer_of", "sounds_are_on", "turn_sounds", "wedge_of",
]  # fmt: skip

PRINTER, SCANNER, SOUNDS = "printer", "scanner", "sounds"
COPY_FILE = "copy.db"
SITE = "City Hall"
"""Where the demo's counter stands."""


def make_demo(folder: Path, accounts: int = 5_000, station: str = "A1", clock: Clock | None = None) -> demo.Demo:
    """The demo city in `folder`, made unless one is there; a making that was interrupted leaves nothing behind.

    Raises StationFault where the folder holds real money, WrongAct for a station's id that is none.
    """
    demand_station_id(station)
    made = demo.Demo(str(folder), demo.PEOPLE)
    if (folder / DATABASE).exists():
        _demand_demo(folder)
        return made
    what = "the program that makes the demo"
    with making(folder, what), TemporaryDirectory(prefix=".making-", dir=folder) as name:
        place = Path(name)
        people = demo.credentials()
        create_station(place, NewStation(station=station, site=SITE, purpose="demo", people=people), clock)
        opened = open_station(place, what, clock=clock)
        try:
            demo.fill(opened, accounts)
        finally:
            opened.close()
        for file in (keys.PRACTICE_KEY_FILE, DATABASE):
            (place / file).rename(folder / file)
    return made


def _demand_demo(folder: Path) -> None:
    opened = open_station(folder, "a look", writes=False)
    opened.close()
    if opened.purpose != "demo":
        raise StationFault(say("The counter in {folder} is no demo; choose another folder with --dir.", folder=folder))


def open_station(
    folder: Path, what: str, *, writes: bool = True, clock: Clock | None = None, mends: bool = False
) -> Station:
    """The station in a folder. `what` names this process to others; without `writes` it only reads, beside a writer.
    Whoever `mends` or ships gets in also where no money may be taken.

    Raises StationFault in one sentence: no counter there, key not found, database damaged, another process writing, an
    old file put back, a station that another one took over.
    """
    if not (folder / DATABASE).exists():
        raise StationFault(
            say(
                "There is no counter in {folder}; make one with “counter-app demo” or “counter-app init”.",
                folder=folder,
            )
        )
    lock = FolderLock(folder, what) if writes else None
    try:
        newest = witness.noted(folder / DATABASE)
        store, key = rekey.open_kept(folder, folder / DATABASE)
        try:
            if writes:
                rekey.settle(store, folder, folder / COPY_FILE, key)
            station = _station(folder, store, lock, clock or Clock())
            if writes and not mends:
                with station.books.read() as connection:
                    witness.demand_newest(connection, station.name, newest)
                    adoption.demand_in_service(connection, station.name)
            if writes:
                _bring_up_to_date(station)
            return station
        except BaseException:
            store.close()
            raise
    except BaseException:
        if lock is not None:
            lock.release()
        raise


def _bring_up_to_date(station: Station) -> None:
    """A file of an earlier version has no place for drafts, and no guard against an approver who is the actor."""
    with station.books.read() as connection:
        there = drafts.are_kept_here(connection) and two_people.is_guarded(connection)
    if not there:
        with station.books.change_state() as connection:
            drafts.make_place(connection)
            two_people.guard(connection)


def _station(folder: Path, store: storage.Storage, lock: FolderLock | None, clock: Clock) -> Station:
    with storage.world(_unopened), store.readers.connect() as connection:
        name = reference.setting(connection, "station")
        body = entries.first_body(connection, name)
        if body is None:
            raise StationFault(say("The journal in {folder} has no first entry.", folder=folder))
        opened = _opened(name, body)
        private = reference.secret(connection, keys.SIGNING_KEY)
        if private is None:
            raise StationFault(say("The station's signing key is missing from its database."))
        settings = reference.text_of(connection, "settings", reference.text_load(connection, "settings"))
        zone, signer = _zone(settings), _signer(private)
    faults = planned(os.environ) if opened.purpose != "real" else Faults()
    books = Books(store, opened.station, signer, clock, zone, faults)
    return Station(folder, opened.purpose, opened.city, opened.site, books, faults, lock)


def _unopened(error: str) -> Said:
    return say("The counter cannot be opened ({error}).", error=error)


def _zone(settings: str) -> str:
    try:
        return read_city(settings).zone
    except WrongAct as wrong:
        raise StationFault(say("The settings in force are damaged: {wrong}", wrong=wrong)) from wrong


def _signer(private: bytes) -> keys.Signer:
    try:
        return keys.Signer(private)
    except ValueError as error:
        raise StationFault(say("The station's signing key is damaged in its database.")) from error


def _opened(station: str | None, body: bytes) -> StationOpened:
    try:
        return msgspec.json.decode(bytes(read_body(body).event), type=StationOpened)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise StationFault(
            say("{station} entry 1 cannot be read: {error}.", station=station, error=storage.reason(error))
        ) from error


def centre_of(station: Station) -> Centre:
    """Where the station ships to: city hall when a URL is among its secrets, else a second encrypted file."""
    with station.books.read() as connection:
        url = reference.secret(connection, CENTRAL_URL)
    if url is not None:
        return PostgresCentre(url.decode())
    return EmbeddedCentre(station.folder / COPY_FILE, keys.find_key(station.folder), station.name, station.site)


def wedge_of(station: Station) -> Wedge:
    """How the scanner frames a line; a setting that is none counts as none, because a window must open."""
    with station.books.read() as connection:
        text = reference.setting(connection, SCANNER)
    try:
        return read_wedge(text or "keyboard")
    except WrongAct:
        return Wedge()


def sounds_are_on(station: Station) -> bool:
    """Whether this station makes sounds: unless somebody turned them off."""
    with station.books.read() as connection:
        return reference.setting(connection, SOUNDS) != "off"


def turn_sounds(station: Station, *, on: bool) -> None:
    """Remember it for this station."""
    with station.books.change_state() as connection:
        reference.put_setting(connection, SOUNDS, "on" if on else "off")


def printer_of(station: Station) -> str:
    """The address of the receipt printer; a practice station prints on the screen unless one was attached."""
    with station.books.read() as connection:
        return reference.setting(connection, PRINTER) or "screen"
