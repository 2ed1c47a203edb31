"""Makes a station in an empty folder, for practice or real money; a making that fails leaves nothing behind."""

import csv
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.metadata import version
from pathlib import Path

import msgspec

import resources
from counter_app.domain.card_guard import refuse_card_numbers
from counter_app.domain.city import read_city
from counter_app.domain.clock import Clock
from counter_app.domain.events import StationOpened
from counter_app.domain.fault import Faults
from counter_app.domain.fees import load_schedule
from counter_app.domain.refused import Refused, StationFault, WrongAct
from counter_app.domain.rights import Person, Role
from counter_app.services.reference_versions import record_staff, record_text
from db import keys, lock, reference, storage
from db.books import Books
from db.reference import Credentials

DATABASE = "counter.db"
CENTRAL_URL = "central url"
_FILES = (
    keys.PRACTICE_KEY_FILE, DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", "counter.head", lock.NAME,
)  # fmt: skip
_ROLES = tuple(role for role in Role if role is not Role.FORMER)
_PEOPLE_HEADER = ["person", "name", "role", "password", "pin"]


class NewStation(msgspec.Struct, frozen=True, kw_only=True):
    """What a new station is told: purpose is real, demo or training; texts of settings and fees; who works there;
    `central` is the URL of the central store."""

    station: str
    site: str
    purpose: str
    settings: str = msgspec.field(default_factory=lambda: resources.read_text("city.toml"))
    fees: str = msgspec.field(default_factory=lambda: resources.read_text("fees.toml"))
    people: tuple[Credentials, ...] = ()
    central: str | None = None


class Created(msgspec.Struct, frozen=True):
    """The key of the file and the public key of the station, in hex, and whether the key can be found again."""

    key: str
    public_key: str
    is_key_kept: bool


class RealStation(msgspec.Struct, frozen=True, kw_only=True):
    """What is printed once when a real station is made; `password` is the first administrator's, and without
    `key_store` the recovery code alone opens the file."""

    recovery_code: str
    public_key: str
    key_store: bool
    password: str = ""


def demand_station_id(station: str) -> None:
    """WrongAct for what cannot begin a receipt number."""
    if not re.fullmatch(r"[A-Z0-9]{1,8}", station):
        raise WrongAct("A station's id is up to eight capital letters and digits, like A1.")


@contextmanager
def making(folder: Path, what: str) -> Iterator[None]:
    """Hold a folder in which a counter is made; if that fails, what was made in it goes again."""
    there = folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        before = {name for name in _FILES if (folder / name).exists()}
    except OSError as error:
        raise StationFault(f"No counter can be made in {folder}: {error.strerror}.") from error
    held = lock.FolderLock(folder, what)
    try:
        if (folder / DATABASE).exists():
            before |= set(_FILES)
            raise StationFault(f"There is a counter in {folder} already.")
        yield
    except BaseException:
        held.release()
        for name in set(_FILES) - before:
            (folder / name).unlink(missing_ok=True)
        if not there:
            with suppress(OSError):
                folder.rmdir()
        raise
    held.release()


def create_station(folder: Path, new: NewStation, clock: Clock | None = None) -> Created:
    """Make the folder's journal with entry 1 and its first settings, fees and people; its key is kept before that."""
    read_city(new.settings)
    load_schedule(new.fees)
    key, is_real = keys.new_file_key(), new.purpose == "real"
    with making(folder, "the program that makes this counter"):
        try:
            is_kept = keys.keep_key(folder, key) if is_real else keys.keep_practice_key(folder, key)
            public_key = _write(folder, key, new, clock or Clock())
        except BaseException:
            if is_real:
                keys.forget_key(folder)
            raise
    return Created(key, public_key, is_kept)


def _write(folder: Path, key: str, new: NewStation, clock: Clock) -> str:
    """The first entries; returns the station's public key."""
    city, private = read_city(new.settings), keys.new_signing_key()
    signer = keys.Signer(private)
    store = storage.create(folder / DATABASE, key)
    try:
        with Books(store, new.station, signer, clock, city.zone, Faults()).write("system") as unit:
            reference.put_secret(unit.connection, keys.SIGNING_KEY, private)
            if new.central:
                reference.put_secret(unit.connection, CENTRAL_URL, new.central.encode())
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
            record_text(unit, "settings", new.settings, rows=1)
            record_text(unit, "fees", new.fees, rows=len(load_schedule(new.fees).rows))
            record_staff(unit, new.people)
    finally:
        store.close()
    return signer.public.hex()


def create_real(
    folder: Path, city: str, site: str, station: str, *, people: bytes | None = None, central: str | None = None
) -> RealStation:
    """A real station: its key goes into the key store, never into a file. `people` is a CSV
    person,name,role,password,pin.

    Raises StationFault or WrongAct in one sentence; nothing is left behind then.
    """
    demand_station_id(station)
    for word, given in (("city", city), ("site", site)):
        if not given.strip() or not given.isprintable() or len(given) > 80:
            raise WrongAct(f"The name of the {word} is empty, too long or no text.")
    if central is not None and not central.startswith(("postgresql://", "postgres://")):
        raise WrongAct("The central store is a URL like postgresql://counter_a1:…@host/name.")
    password = "" if people else keys.new_password()
    new = NewStation(
        station=station,
        site=site,
        purpose="real",
        settings=settings_of(city),
        people=read_people(people) if people else (_administrator(password),),
        central=central,
    )
    made = create_station(folder, new)
    return RealStation(
        recovery_code=keys.recovery_code(made.key),
        public_key=made.public_key,
        key_store=made.is_key_kept,
        password=password,
    )


def settings_of(city: str) -> str:
    """The settings as they ship, with the name of the city; a JSON text is a TOML text too."""
    line = f"name = {msgspec.json.encode(city).decode()}"
    return re.sub(r"^name = .*$", lambda _: line, resources.read_text("city.toml"), count=1, flags=re.MULTILINE)


def _administrator(password: str) -> Credentials:
    person = Person("admin", "Administrator", Role.ADMINISTRATOR)
    return Credentials(person, keys.hash_password(password), "")


def read_people(text: bytes) -> tuple[Credentials, ...]:
    """The staff of a CSV file with the header person,name,role,password,pin; WrongAct names the line that is wrong."""
    rows = csv.DictReader(text.decode("utf-8-sig", errors="replace").splitlines(), restkey="more")
    found: dict[str, Credentials] = {}
    try:
        if rows.fieldnames != _PEOPLE_HEADER:
            raise WrongAct("A file of people has the header person,name,role,password,pin.")
        for number, row in enumerate(rows, 2):
            one = _person(number, {name: cell or "" for name, cell in row.items()})
            if one.person.person in found:
                raise WrongAct(f"Line {number}: {one.person.person[:40]} stands there twice.")
            found[one.person.person] = one
    except csv.Error as error:
        raise WrongAct(f"The file of people is no CSV: {error}.") from error
    return tuple(found.values())


def _person(number: int, row: dict[str, str]) -> Credentials:
    if set(row) != set(_PEOPLE_HEADER) or row["role"] not in _ROLES or len(row["password"]) < 8:
        raise WrongAct(
            f"Line {number}: a person has an id, a role ({', '.join(_ROLES)}) and a password of 8 letters or more."
        )
    if not re.fullmatch(r"[0-9]{4,8}", row["pin"]):
        raise WrongAct(f"Line {number}: a PIN is 4 to 8 digits.")
    person = Person(row["person"].strip().lower(), row["name"].strip() or row["person"].strip(), Role(row["role"]))
    for words in (person.person, person.name):
        if not words or not words.isprintable() or len(words) > 60:
            raise WrongAct(f"Line {number}: an id and a name are text of up to 60 letters.")
    try:
        refuse_card_numbers([person.person, person.name])
    except Refused as no:
        raise WrongAct(f"Line {number}: {no}") from no
    return Credentials(person, keys.hash_password(row["password"]), keys.hash_password(row["pin"]))
