"""Proves a recovery code by its use, and gives a station new keys: of its file, and of its signature."""

from collections.abc import Callable
from pathlib import Path

from counter_app.bootstrap import COPY_FILE, DATABASE
from counter_app.domain.events import SigningKeyChanged
from counter_app.domain.refused import Refused, StationFault
from counter_app.domain.rights import Role, article
from counter_app.domain.said import say
from counter_app.services.station import Station
from db import keys, reference, rekey

KEEPERS = (Role.ADMINISTRATOR, Role.SUPERVISOR)


def prove_code(folder: Path, code: str) -> None:
    """Raises StationFault unless this recovery code opens the station's file."""
    if not (folder / DATABASE).exists():
        raise StationFault(say("There is no counter in {folder}.", folder=folder))
    if not rekey.opens(folder / DATABASE, keys.from_recovery_code(code)):
        raise StationFault(say("This recovery code is well written, and does not open this counter: it is another's."))


def change_file_key(station: Station, person: str, asked_back: Callable[[str], str]) -> bool:
    """Change the file to a new key; whether the key store keeps it. `asked_back` shows the new recovery code once and
    gives what a person reads from the paper: unless it is the same, nothing is changed.

    The station is closed afterwards; its folder stays locked until `close`.
    """
    _demand_keeper(station, person)
    database, copy = station.folder / DATABASE, station.folder / COPY_FILE
    old, new = rekey.opening_key(station.folder, database), keys.new_file_key()
    if keys.from_recovery_code(asked_back(keys.recovery_code(new))) != new:
        raise Refused(say("That is another recovery code; the key was not changed."))
    is_kept = keys.keep_next_key(station.folder, new)
    station.books.storage.close()
    rekey.change_key(station.folder, database, copy, old, new, station.faults)
    return is_kept


def change_signing_key(station: Station, person: str) -> int:
    """Sign with a new key from the next entry on; gives the entry that says so, signed with the old one."""
    _demand_keeper(station, person)
    private = keys.new_signing_key()
    signer = keys.Signer(private)
    with station.books.write(person) as unit:
        entry = unit.record(SigningKeyChanged(public_key=signer.public.hex()))
        reference.put_secret(unit.connection, keys.SIGNING_KEY, private)
    station.books.signer = signer
    return entry.seq


def _demand_keeper(station: Station, name: str) -> None:
    with station.books.read() as connection:
        person = station.person(connection, name)
    if person.role not in KEEPERS:
        raise Refused(
            say(
                "{name} is {role} and may not change keys; a supervisor or an administrator may.",
                name=person.name,
                role=article(person.role),
            )
        )
