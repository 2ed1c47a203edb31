"""The demo city: who works there, whose water it bills and who has dogs; the same people and sums every time.

Accounts 90000000–90009999 and customers C9… are left free for tests. Due dates stand around the day the demo is made.
"""

import random
import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta
from hashlib import sha256
from itertools import islice
from zoneinfo import ZoneInfo

import msgspec

import resources
from counter_app.domain.clock import local_date, to_text
from counter_app.domain.days import add_days, add_months
from counter_app.domain.entry import Sealing
from counter_app.domain.events import CustomerRegistered, ReferenceLoaded
from counter_app.domain.rights import Person, Role
from counter_app.services.station import Station
from db import accounts_load
from db.accounts_load import AccountValues, ItemValues
from db.books import Unit
from db.keys import hash_password
from db.queries import search_index
from db.reference import Credentials

FIRST_ACCOUNT = 10_000_017
STEP = 7
"""Account numbers lie apart, so that a wrong digit seldom makes another account."""

_FILE_AGE = timedelta(days=400)
"""The demo's file counts as old, so that a person who tries out imports is not told that theirs is older."""

_SEED = 20_261_123
_AREAS = ("209", "530", "559", "707", "831", "916")


class DemoPerson(msgspec.Struct, frozen=True):
    """Somebody who can sign in, with what the demo prints for everybody to see."""

    name: str
    role: Role
    password: str
    pin: str


class Demo(msgspec.Struct, frozen=True):
    """A demo folder and its people."""

    dir: str
    people: tuple[DemoPerson, ...]


PEOPLE = (
    DemoPerson("maria", Role.CASHIER, "maria-alder", "4171"),
    DemoPerson("ben", Role.CASHIER, "ben-alder", "2836"),
    DemoPerson("lee", Role.LEAD, "lee-alder", "9054"),
    DemoPerson("ana", Role.SUPERVISOR, "ana-alder", "6318"),
    DemoPerson("fay", Role.FINANCE, "fay-alder", "7749"),
    DemoPerson("adam", Role.ADMINISTRATOR, "adam-alder", "1592"),
    DemoPerson("ruth", Role.AUDITOR, "ruth-alder", "3460"),
)
_FULL_NAMES = ("Maria Santos", "Ben Carter", "Lee Park", "Ana Delgado", "Fay Morris", "Adam Wright", "Ruth Keller")


class Dog(msgspec.Struct, frozen=True):
    """A dog of a registered customer."""

    owner: str
    name: str
    altered: bool


class Town(msgspec.Struct, frozen=True):
    """The names that the city is filled from: resources/demo/city.toml."""

    given: tuple[str, ...]
    family: tuple[str, ...]
    streets: tuple[str, ...]
    trades: tuple[str, ...]
    dogs: tuple[Dog, ...]


class Resident(msgspec.Struct, frozen=True):
    """A person or business as it registers at the counter."""

    name: str
    address: str
    phone: str
    email: str
    language: str


def town() -> Town:
    """The names as they ship."""
    return msgspec.toml.decode(resources.read_text("demo/city.toml"), type=Town)


def credentials() -> tuple[Credentials, ...]:
    """The staff with hashed passwords and PINs."""
    return tuple(
        Credentials(
            Person(person.name, full_name, person.role),
            hash_password(person.password, practice=True),
            hash_password(person.pin, practice=True),
        )
        for person, full_name in zip(PEOPLE, _FULL_NAMES, strict=True)
    )


def residents(names: Town) -> tuple[Resident, ...]:
    """Who registered at the counter: dog owners, then a business of each trade, then some others; about forty."""
    rng = random.Random(_SEED)
    owners = list(dict.fromkeys(dog.owner for dog in names.dogs))
    businesses = [f"{names.family[(7 * i) % len(names.family)]} {trade}" for i, trade in enumerate(names.trades)]
    others = [f"{names.given[i]} {names.family[-i - 1]}" for i in range(12)]
    return tuple(_resident(rng, names, name) for name in owners + businesses + others)


def fill(station: Station, accounts: int) -> None:
    """Accounts with bills and registered customers, into a demo station that has none."""
    names, books = town(), station.books
    people = residents(names)
    with books.change_state() as connection:
        load = accounts_load.begin(connection)
    rows = _accounts(names, people, accounts, local_date(books.clock.now(), ZoneInfo(books.zone)), station.name)
    total_cents = 0
    while chunk := list(islice(rows, accounts_load.CHUNK)):
        items = [item for _, of_account in chunk for item in of_account]
        with books.change_state() as connection:
            accounts_load.put_accounts(connection, load, (account for account, _ in chunk))
            accounts_load.put_items(connection, load, items)
        total_cents += sum(item[8] for item in items) - sum(account[10] for account, _ in chunk)
    loaded = ReferenceLoaded(
        kind="accounts",
        load=load,
        sha256=sha256(f"demo city, {accounts} accounts, seed {_SEED}".encode()).hexdigest(),
        rows=accounts,
        total_cents=total_cents,
        as_of=to_text(books.clock.now() - _FILE_AGE),
        last_batch=None,
    )
    with books.write("system") as unit:
        accounts_load.make_current(unit, loaded)
        for resident in people:
            _register(unit, resident)
        search_index.catch_up(unit.connection, len(people))
        search_index.tidy(unit.connection)


def _register(unit: Unit, resident: Resident) -> None:
    number, sealing = unit.number("customer"), Sealing()
    event = CustomerRegistered(
        customer=number,
        name=sealing.need("name", resident.name),
        address=sealing("address", resident.address),
        phone=sealing("phone", resident.phone),
        email=sealing("email", resident.email),
        language=resident.language,
    )
    unit.record(event, sealing=sealing)


def _resident(rng: random.Random, names: Town, name: str) -> Resident:
    address = f"{rng.randrange(100, 9900)} {rng.choice(names.streets)}"
    language = "es" if rng.random() < 0.12 else "en"
    return Resident(name, address, _phone(rng), f"{_mailbox(name)}@example.org", language)


def _accounts(
    names: Town, people: tuple[Resident, ...], count: int, today: date, station: str
) -> Iterator[tuple[AccountValues, list[ItemValues]]]:
    """Account after account with its open items; among the first, every seventh belongs to a registered customer."""
    rng = random.Random(_SEED)
    bills = [_Bills(add_days(today, 3 + 7 * cycle)) for cycle in range(4)]
    landlord = ""
    for i in range(count):
        number, registered = str(FIRST_ACCOUNT + STEP * i), i // 7
        name, language, email, class_ = _holder(rng, names)
        if i % 13 or not landlord:
            landlord = f"C{i + 1:07d}"
        customer = landlord
        if i % 7 == 3 and registered < len(people):
            person, class_, customer = people[registered], "residential", f"{station}-C{registered + 1:06d}"
            name, language, email = person.name, person.language, person.email
        status, credit_cents, items = _owed(rng, number, class_, bills[i % 4])
        street = f"{100 + 13 * i % 9800} {names.streets[int(rng.random() * len(names.streets))]}"
        mailing = f"PO Box {i % 9973 + 1}" if i % 7 == 0 else street
        phone = _phone(rng)
        yield (
            (number, customer, name, street, mailing, phone, email, language, class_, status, credit_cents),
            items,
        )


def _holder(rng: random.Random, names: Town) -> tuple[str, str, str, str]:
    """Name, language, email and class of who is billed."""
    family = names.family[int(rng.random() * len(names.family))]
    kind = rng.random()
    if kind < 0.09:
        return f"{family} {names.trades[int(rng.random() * len(names.trades))]}", "en", "", "commercial"
    name = f"{names.given[int(rng.random() * len(names.given))]} {family}"
    language = "es" if kind < 0.2 else "zh" if kind < 0.21 else "en"
    email = f"{_mailbox(name)}@example.org" if kind > 0.5 else ""
    return name, language, email, "irrigation" if kind > 0.97 else "residential"


class _Bills:
    """Names, issue and due dates of a billing cycle's last three bills, newest first."""

    def __init__(self, due: date) -> None:
        dues = [add_months(due, -back) for back in range(3)]
        self.bills = [(f"W-{d:%y%m}", add_days(d, -21).isoformat(), d.isoformat()) for d in dues]

    def item(self, number: str, back: int, component: str, original_cents: int, open_cents: int) -> ItemValues:
        """A component of the bill that is `back` months old."""
        bill, issued, due = self.bills[back]
        return number, f"{bill}/{component}", bill, component, "bill", issued, due, original_cents, open_cents, 0, 0


def _owed(rng: random.Random, number: str, class_: str, bills: _Bills) -> tuple[str, int, list[ItemValues]]:
    """Status, credit and open items: most owe the bill just sent, some an older one, a few nothing or less."""
    share, kind = rng.random(), rng.random()
    water = 1_850 + int(share * 7_650) if class_ == "residential" else 6_000 + int(share * 68_000)
    if kind < 0.10:
        return "open", 0, []
    if kind < 0.13:
        return "open", water // 2, []
    if kind < 0.16:
        return "closed", 0, [bills.item(number, 1, "water", water, water)] if kind < 0.145 else []
    sewer = water * 4 // 5
    items = [bills.item(number, 0, "water", water, water), bills.item(number, 0, "sewer", sewer, sewer)]
    if kind > 0.94:
        items[1] = bills.item(number, 2, "water", water + 310, water + 310)
    if kind > 0.82:
        items.append(bills.item(number, 1, "water", water + 455, water + 455 if kind > 0.88 else 1_240))
    elif kind > 0.72:
        items.append(bills.item(number, 0, "tax", water // 20, water // 20))
    return "open", 0, items


def _phone(rng: random.Random) -> str:
    """A number of the range kept for fiction."""
    draw = int(rng.random() * 100 * len(_AREAS))
    return f"({_AREAS[draw // 100]}) 555-01{draw % 100:02d}"


def _mailbox(name: str) -> str:
    """`jose.obrien` of José O'Brien."""
    ascii_name = unicodedata.normalize("NFD", name).encode("ascii", "ignore").decode()
    return ".".join("".join(c for c in word if c.isalnum()) for word in ascii_name.lower().split())
