"""Builds a station from its folder, the same for program and tests; never Qt.

A folder holds `counter.db` (the encrypted journal), `counter.lock`, and for practice money `demo.key`.
"""

import csv
import os
import re
import secrets
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

import resources
from counter_app.domain.city import read_city
from counter_app.domain.clock import Clock, to_text
from counter_app.domain.entry import read_body
from counter_app.domain.events import ReferenceLoaded, StationOpened
from counter_app.domain.fault import Faults, planned
from counter_app.domain.fees import load_schedule
from counter_app.domain.refused import StationFault, WrongAct
from counter_app.domain.rights import Person, Role
from counter_app.practice import demo
from counter_app.services.station import Station
from db import keys, reference, storage
from db.books import Books, Unit
from db.centre import Centre
from db.centre_embedded import EmbeddedCentre
from db.centre_postgres import PostgresCentre
from db.lock import FolderLock
from db.queries import entries
from db.reference import Credentials

DATABASE = "counter.db"
SIGNING_KEY = "signing key"
CENTRAL_URL = "central url"
PRINTER = "printer"
COPY_FILE = "copy.db"
SITE = "City Hall"
"""Where the demo's counter stands."""


class NewStation(msgspec.Struct, frozen=True, kw_only=True):
    """What a new station is told: purpose is real, demo or training; texts of settings and fees; who works there."""

    station: str
    site: str
    purpose: str
    settings: str = msgspec.field(default_factory=lambda: resources.read_text("city.toml"))
    fees: str = msgspec.field(default_factory=lambda: resources.read_text("fees.toml"))
    people: tuple[Credentials, ...] = ()


def create_station(folder: Path, new: NewStation, clock: Clock | None = None) -> str:
    """Make the folder's journal with entry 1 and its first settings, fees and people; returns its key, 64 hex."""
    city = read_city(new.settings)
    load_schedule(new.fees)
    folder.mkdir(parents=True, exist_ok=True)
    lock = FolderLock(folder, "the program that makes this counter")
    try:
        key = keys.new_file_key()
        store = storage.create(folder / DATABASE, key)
        keep = keys.keep_key if new.purpose == "real" else keys.keep_practice_key
        keep(folder, key)
        private = keys.new_signing_key()
        signer = keys.Signer(private)
        books = Books(store, new.station, signer, clock or Clock(), city.zone, Faults())
        with books.write("system") as unit:
            reference.put_secret(unit.connection, SIGNING_KEY, private)
            reference.put_setting(unit.connection, "station", new.station)
            unit.record(
                StationOpened(
                    city=city.name,
                    site=new.site,
                    station=new.station,
                    public_key=signer.public.hex(),
                    purpose=new.purpose,
                    program=version("counter-app"),
                )
            )
            load_text(unit, "settings", new.settings, rows=1)
            load_text(unit, "fees", new.fees, rows=len(load_schedule(new.fees).rows))
            _load_staff(unit, new.people)
        store.close()
    finally:
        lock.release()
    return key


def make_demo(folder: Path, accounts: int = 5_000, station: str = "A1", clock: Clock | None = None) -> demo.Demo:
    """The demo city in `folder`, made unless one is there; a making that was interrupted leaves nothing behind.

    Raises StationFault where the folder holds real money.
    """
    made = demo.Demo(str(folder), demo.PEOPLE)
    if (folder / DATABASE).exists():
        _demand_demo(folder)
        return made
    folder.mkdir(parents=True, exist_ok=True)
    lock = FolderLock(folder, "the program that makes the demo")
    try:
        with TemporaryDirectory(prefix=".making-", dir=folder) as name:
            making = Path(name)
            people = demo.credentials()
            create_station(making, NewStation(station=station, site=SITE, purpose="demo", people=people), clock)
            opened = open_station(making, "the program that makes the demo", clock=clock)
            try:
                demo.fill(opened, accounts)
            finally:
                opened.close()
            for file in (keys.PRACTICE_KEY_FILE, DATABASE):
                (making / file).rename(folder / file)
    finally:
        lock.release()
    return made


def _demand_demo(folder: Path) -> None:
    opened = open_station(folder, "a look", writes=False)
    opened.close()
    if opened.purpose != "demo":
        raise StationFault(f"The counter in {folder} is no demo; choose another folder with --dir.")


def load_text(unit: Unit, kind: str, text: str, rows: int) -> None:
    """Make a reference text current."""
    load = reference.next_load(unit.connection)
    reference.put_text(unit.connection, load, kind, text)
    unit.record(loaded(unit, kind, load, sha256(text.encode()).hexdigest(), rows))


def loaded(unit: Unit, kind: str, load: int, digest: str, rows: int) -> ReferenceLoaded:
    """The entry that makes a version without money current from now on."""
    return ReferenceLoaded(
        kind=kind, load=load, sha256=digest, rows=rows, total_cents=0, as_of=to_text(unit.now), last_batch=None
    )


def _load_staff(unit: Unit, people: tuple[Credentials, ...]) -> None:
    load = reference.next_load(unit.connection)
    reference.put_people(unit.connection, load, people)
    names = ",".join(sorted(f"{c.person.person}:{c.person.role}" for c in people))
    unit.record(loaded(unit, "staff", load, sha256(names.encode()).hexdigest(), len(people)))


def open_station(folder: Path, what: str, *, writes: bool = True, clock: Clock | None = None) -> Station:
    """The station in a folder. `what` names this process to others; without `writes` it only reads, beside a writer.

    Raises StationFault in one sentence: no counter there, key not found, database damaged, another process writing.
    """
    if not (folder / DATABASE).exists():
        raise StationFault(f"There is no counter in {folder}; make one with “counter-app demo” or “counter-app init”.")
    lock = FolderLock(folder, what) if writes else None
    try:
        store = storage.open_storage(folder / DATABASE, keys.find_key(folder))
        return _station(folder, store, lock, clock or Clock())
    except BaseException:
        if lock is not None:
            lock.release()
        raise


def _station(folder: Path, store: storage.Storage, lock: FolderLock | None, clock: Clock) -> Station:
    with store.readers.connect() as connection:
        name = reference.setting(connection, "station")
        body = entries.first_body(connection, name)
        if body is None:
            raise StationFault(f"The journal in {folder} has no first entry.")
        opened = msgspec.json.decode(bytes(read_body(body).event), type=StationOpened)
        private = reference.secret(connection, SIGNING_KEY)
        if private is None:
            raise StationFault("The station's signing key is missing from its database.")
        zone = read_city(reference.text_of(connection, "settings", reference.text_load(connection, "settings"))).zone
    faults = planned(os.environ) if opened.purpose != "real" else Faults()
    books = Books(store, opened.station, keys.Signer(private), clock, zone, faults)
    return Station(folder, opened.purpose, opened.city, opened.site, books, faults, lock)


def centre_of(station: Station) -> Centre:
    """Where the station ships to: city hall when a URL is among its secrets, else a second encrypted file."""
    with station.books.read() as connection:
        url = reference.secret(connection, CENTRAL_URL)
    if url is not None:
        return PostgresCentre(url.decode())
    return EmbeddedCentre(station.folder / COPY_FILE, keys.find_key(station.folder), station.name, station.site)


def printer_of(station: Station) -> str:
    """The address of the receipt printer; a practice station prints on the screen unless one was attached."""
    with station.books.read() as connection:
        return reference.setting(connection, PRINTER) or "screen"


class RealStation(msgspec.Struct, frozen=True, kw_only=True):
    """What is printed once when a real station is made; `password` is the first administrator's."""

    recovery_code: str
    public_key: str
    password: str = ""


def create_real(
    folder: Path, city: str, site: str, station: str, *, people: bytes | None = None, central: str | None = None
) -> RealStation:
    """A real station: its key goes into the key store, never into a file. `people` is a CSV
    person,name,role,password,pin.

    Raises StationFault or WrongAct in one sentence; nothing is left behind then.
    """
    if not re.fullmatch(r"[A-Z0-9]{1,8}", station):
        raise WrongAct("A station's id is up to eight capital letters and digits, like A1.")
    if (folder / DATABASE).exists():
        raise StationFault(f"There is a counter in {folder} already.")
    settings = re.sub(
        r"^name = .*$", f"name = {msgspec.json.encode(city).decode()}", _city_toml(), count=1, flags=re.MULTILINE
    )
    password = "" if people else secrets.token_urlsafe(9)
    staff = read_people(people) if people else (_administrator(password),)
    key = create_station(
        folder, NewStation(station=station, site=site, purpose="real", settings=settings, people=staff)
    )
    opened = open_station(folder, "the program that makes this counter")
    try:
        if central:
            with opened.books.change_state() as connection:
                reference.put_secret(connection, CENTRAL_URL, central.encode())
        public = opened.books.signer.public.hex()
    finally:
        opened.close()
    return RealStation(recovery_code=keys.recovery_code(key), public_key=public, password=password)


def _city_toml() -> str:
    return resources.read_text("city.toml")


def _administrator(password: str) -> Credentials:
    person = Person("admin", "Administrator", Role.ADMINISTRATOR)
    return Credentials(person, keys.hash_password(password), "")


def read_people(text: bytes) -> tuple[Credentials, ...]:
    """The staff of a CSV file with the header person,name,role,password,pin; WrongAct names the line that is wrong."""
    found = []
    rows = csv.DictReader(text.decode("utf-8-sig", errors="replace").splitlines())
    if rows.fieldnames != ["person", "name", "role", "password", "pin"]:
        raise WrongAct("A file of people has the header person,name,role,password,pin.")
    for number, row in enumerate(rows, 2):
        if row["role"] not in list(Role) or not row["person"] or len(row["password"] or "") < 8:
            raise WrongAct(
                f"Line {number}: a person has an id, a role ({', '.join(Role)}) and a password of 8 letters or more."
            )
        if not re.fullmatch(r"\d{4,8}", row["pin"] or ""):
            raise WrongAct(f"Line {number}: a PIN is 4 to 8 digits.")
        person = Person(row["person"].lower(), row["name"] or row["person"], Role(row["role"]))
        found.append(Credentials(person, keys.hash_password(row["password"]), keys.hash_password(row["pin"])))
    return tuple(found)
