"""Reference texts and staff of a station: settings, fees, rates and people, each version current by the entry that
names it."""

from collections.abc import Iterable
from hashlib import sha256

import msgspec
from sqlalchemy import Connection

from counter_app.domain.refused import StationFault
from counter_app.domain.rights import Person, Role
from counter_app.domain.said import say
from db.queries.rows import rows
from db.schema import OWN_LOADS
from db.storage import INSERTS


class Credentials(msgspec.Struct, frozen=True):
    """What a person signs in with, hashed."""

    person: Person
    password_hash: str
    pin_hash: str


def next_load(connection: Connection) -> int:
    """The number of the version being loaded; one counter for every kind."""
    return newest_load(connection) + 1


def newest_load(connection: Connection) -> int:
    """The newest version of any kind: while it stays, all that is in force stays."""
    return int(rows(connection, f"SELECT COALESCE(max(load), 0) FROM {OWN_LOADS}")[0][0])


def put_text(connection: Connection, load: int, kind: str, text: str) -> None:
    """Keep a reference text beside the entry that makes it current."""
    connection.exec_driver_sql(
        "INSERT OR REPLACE INTO ref_text (load, kind, text) VALUES (?, ?, ?)", (load, kind, text)
    )


def text_load(connection: Connection, kind: str) -> int:
    """The version of a kind in force, 0 before the first."""
    return int(
        connection.exec_driver_sql(
            f"SELECT COALESCE(max(load), 0) FROM {OWN_LOADS} WHERE kind = ?", (kind,)
        ).scalar_one()
    )


def text_of(connection: Connection, kind: str, load: int) -> str:
    """The text of one version."""
    text = connection.exec_driver_sql(
        "SELECT text FROM ref_text WHERE kind = ? AND load = ?", (kind, load)
    ).scalar_one_or_none()
    if text is None:
        raise StationFault(
            say("The {kind} in force are missing from the database; bring it back from a copy.", kind=kind)
        )
    return str(text)


def put_people(connection: Connection, load: int, people: Iterable[Credentials]) -> None:
    """The whole staff of a version."""
    staff = [(load, c.person.person, c.person.name, c.person.role.value, c.password_hash, c.pin_hash) for c in people]
    if staff:
        connection.exec_driver_sql(INSERTS["ref_person"], staff)


def staff_digest(people: Iterable[Credentials]) -> str:
    """SHA-256 of everything that lets somebody in: person, name, role and both hashes, in the order of persons."""
    rows = sorted((c.person.person, c.person.name, c.person.role.value, c.password_hash, c.pin_hash) for c in people)
    return sha256(msgspec.json.encode(rows)).hexdigest()


def staff_of(connection: Connection, load: int) -> tuple[Credentials, ...]:
    """Everybody of one version of the staff; raises StationFault for a role that is none."""
    found = connection.exec_driver_sql(
        "SELECT person, name, role, password_hash, pin_hash FROM ref_person WHERE load = ?", (load,)
    )
    try:
        return tuple(Credentials(Person(r[0], r[1], Role(r[2])), r[3], r[4]) for r in found)
    except ValueError as error:
        raise StationFault(say("The staff in the database is damaged: {error}.", error=error)) from error


def credentials(connection: Connection) -> tuple[Credentials, ...]:
    """Everybody of the staff in force."""
    return staff_of(connection, text_load(connection, "staff"))


def put_secret(connection: Connection, name: str, value: bytes) -> None:
    """Keep a secret in the encrypted file."""
    connection.exec_driver_sql("INSERT OR REPLACE INTO secret (name, value) VALUES (?, ?)", (name, value))


def secret(connection: Connection, name: str) -> bytes | None:
    """A secret of the encrypted file."""
    value = connection.exec_driver_sql("SELECT value FROM secret WHERE name = ?", (name,)).scalar_one_or_none()
    return None if value is None else bytes(value)


def put_setting(connection: Connection, name: str, value: str) -> None:
    """Keep something about this machine, like where its printer is."""
    connection.exec_driver_sql("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", (name, value))


def setting(connection: Connection, name: str) -> str | None:
    """Something about this machine."""
    return connection.exec_driver_sql("SELECT value FROM setting WHERE name = ?", (name,)).scalar_one_or_none()


def setting_names(connection: Connection, prefix: str) -> list[str]:
    """The names of settings that begin so, in their order."""
    found = connection.exec_driver_sql("SELECT name FROM setting ORDER BY name")
    return [name for (name,) in found if name.startswith(prefix)]
