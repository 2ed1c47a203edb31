"""Signing in and locking, each journalled; and the check of a second person's badge or PIN, whose failures are
journalled too."""

from counter_app.domain.badge import read_badge
from counter_app.domain.card_guard import refuse_card_numbers
from counter_app.domain.entry import Sealing
from counter_app.domain.events import Locked, PersonChanged, SignedIn, SignInFailed
from counter_app.domain.refused import Refused
from counter_app.domain.rights import Person, Role
from counter_app.domain.said import Said, say
from counter_app.domain.waiting import MOST_TRIES
from counter_app.services.badges import owner_of
from counter_app.services.station import Station
from db import keys, reference
from db.queries import people as staff

NO = say("That name and PIN do not belong together.")
"""One sentence for a wrong name and a wrong PIN or password alike, so that names cannot be tried out."""
_TRIES = "wrong tries "
"""The setting that counts somebody's wrong ones in a row."""


def sign_in(station: Station, person: str, secret: str) -> Person:
    """The person whose password or PIN this is; raises Refused, and both ways are journalled."""
    found = confirm(station, person, secret, actor="system")
    with station.books.write(found.person) as unit:
        unit.record(SignedIn(person=found.person))
    return found


def confirm(station: Station, person: str, secret: str, *, actor: str, no: Said = NO) -> Person:
    """The person whose password or PIN this is, as a second person at `actor`'s act; only a failure is journalled.

    Raises Refused with `no`; after a wrong one also while the growing wait for that person goes on, which is no try,
    and after ten in a row until an administrator gave a new password and PIN.
    """
    name, now = _known_as(station, _named(person, secret)), station.clock.now()
    _refuse_blocked(station, name)
    station.waiting.demand(name, now)
    found = _check(station, person, secret)
    if found is None:
        station.waiting.wrong(name, now)
        _record_wrong(station, name, _named(person, secret), actor)
        raise Refused(no)
    station.waiting.right(name)
    _forgive(station, found.person)
    return found


def _refuse_blocked(station: Station, name: str) -> None:
    with station.books.read() as connection:
        if staff.is_blocked(connection, name):
            raise Refused(
                say("There were {n} wrong tries for {name}: an administrator gives a new PIN.", n=MOST_TRIES, name=name)
            )


def _record_wrong(station: Station, name: str, typed: str, actor: str) -> None:
    """One more wrong try; the tenth in a row closes the door, except to administrators, who must be able to open it."""
    one = next((one for one in people(station) if one.person == name), None)
    seal = Sealing()
    with station.books.write(actor) as unit:
        unit.record(SignInFailed(person=seal.need("person", typed)), sealing=seal)
        if one is None:
            return
        tries = int(reference.setting(unit.connection, _TRIES + name) or 0) + 1
        if tries >= MOST_TRIES and one.role is not Role.ADMINISTRATOR:
            unit.record(PersonChanged(person=name, change="blocked"))
            tries = 0
        unit.keep_setting(_TRIES + name, str(tries))


def _forgive(station: Station, person: str) -> None:
    """The right one ends the row of wrong ones."""
    with station.books.read() as connection:
        tries = reference.setting(connection, _TRIES + person) or "0"
    if tries != "0":
        with station.books.change_state() as connection:
            reference.put_setting(connection, _TRIES + person, "0")


def lock(station: Station, person: str) -> None:
    """Record that the window was locked, by key or by waiting."""
    with station.books.write(person) as unit:
        unit.record(Locked(person=person))


def people(station: Station) -> tuple[Person, ...]:
    """The staff in force."""
    with station.books.read() as connection:
        return tuple(station.reference(connection).people.values())


def _named(person: str, secret: str) -> str:
    """Who it was said to be; of a badge its name alone, never its secret, and never a card that was read by mistake."""
    badge = read_badge(person) or read_badge(secret)
    if badge:
        return badge.person
    try:
        refuse_card_numbers(person)
    except Refused:
        return "card data"
    return person.partition("%")[0].strip()[:60] or "nobody"


def _known_as(station: Station, name: str) -> str:
    """One key for a person, whether by id or by name; any other name as it was typed."""
    typed = name.casefold()
    for person in people(station):
        if typed in (person.person.casefold(), person.name.casefold()):
            return person.person
    return typed


def last_signed_in(station: Station, person: str) -> str:
    """The instant of somebody's last sign-in, "" before the first."""
    with station.books.read() as connection:
        return staff.last_signed_in(connection, person)


def has_given_pin(station: Station, person: str) -> bool:
    """Whether somebody else made the PIN in force."""
    with station.books.read() as connection:
        return staff.has_given_pin(connection, person)


def _check(station: Station, person: str, secret: str) -> Person | None:
    badge = read_badge(person) or read_badge(secret)
    if badge is not None:
        return owner_of(station, badge)
    name = person.strip().casefold()
    with station.books.read() as connection:
        everybody = reference.credentials(connection)
    for one in everybody:
        if name in (one.person.person.casefold(), one.person.name.casefold()):
            right = keys.is_password(one.pin_hash, secret) or keys.is_password(one.password_hash, secret)
            return one.person if right else None
    return None
