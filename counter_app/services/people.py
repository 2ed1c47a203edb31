"""The people of the counter: who works here, as what, and what lets them in; each change is a new version of the staff.

Passwords and PINs are made here and shown once; only their hashes stay. Nobody is ever deleted: who leaves keeps the
name on old receipts and loses every right.
"""

import re
import secrets
from itertools import pairwise

import msgspec

from counter_app.domain.badge import read_badge
from counter_app.domain.events import PersonChanged, SecretsGiven
from counter_app.domain.refused import Refused
from counter_app.domain.rights import Person, Right, Role
from counter_app.domain.said import say
from counter_app.services.acting import Act, Desk, Done, acting
from counter_app.services.badges import forget_badge
from counter_app.services.reference_versions import record_staff
from counter_app.services.sign_in import confirm
from counter_app.services.station import Station
from db import keys, reference
from db.queries import drawers
from db.reference import Credentials

_ID = re.compile(r"[a-z][a-z0-9._-]{0,19}")
_PIN = re.compile(r"[0-9]{4,8}")
MOST_NAME = 60
_PIN_DIGITS = 6


class AddPerson(Act, frozen=True, kw_only=True):
    """Somebody new: an id to sign in with, a name for screen and paper, one role."""

    person: str
    name: str
    role: Role


class ChangePerson(Act, frozen=True, kw_only=True):
    """Another name or role; what is absent stays."""

    person: str
    name: str | None = None
    role: Role | None = None


class ResetSecrets(Act, frozen=True, kw_only=True):
    """A new password and PIN for somebody who lost them."""

    person: str


class EndPerson(Act, frozen=True, kw_only=True):
    """Somebody left."""

    person: str


class ChangePin(Act, frozen=True, kw_only=True):
    """A PIN of one's own choice, the old one or the password given once more."""

    secret: str
    pin: str


class SecretsDone(Done, frozen=True, kw_only=True):
    """What lets the person in: shown once and kept nowhere."""

    password: str
    pin: str


def add_person(station: Station, act: AddPerson) -> SecretsDone:
    """Take somebody into the staff; raises Refused for an id that anybody has or had."""
    with acting(station, act) as desk:
        desk.demand(Right.PEOPLE)
        staff = _staff(desk)
        person = _id(staff, act.person)
        _refuse_former(act.role)
        password, pin, new = _with_secrets(station, Person(person, _name(staff, act.name, person), act.role))
        _change(desk, {**staff, person: new}, person, "added")
        seq = _given(desk, person)
    return SecretsDone(seq=seq, password=password, pin=pin)


def refuse_new_id(station: Station, typed: str) -> None:
    """Raises Refused where nobody new can sign in as that."""
    with station.books.read() as connection:
        _id({one.person.person: one for one in reference.credentials(connection)}, typed)


def refuse_new_name(station: Station, typed: str) -> None:
    """Raises Refused where nobody new can be called that."""
    with station.books.read() as connection:
        _name({one.person.person: one for one in reference.credentials(connection)}, typed, "")


def change_person(station: Station, act: ChangePerson) -> Done:
    """Give somebody another name or role; nobody's own role, and none with a drawer that is not counted."""
    with acting(station, act) as desk:
        desk.demand(Right.PEOPLE)
        staff = _staff(desk)
        one = _working(staff, act.person)
        name = one.person.name if act.name is None else _name(staff, act.name, act.person)
        role = one.person.role if act.role is None else act.role
        if role != one.person.role:
            _refuse_former(role)
            _refuse_ending(desk, one.person)
        if (name, role) == (one.person.name, one.person.role):
            raise Refused(say("Nothing is different."))
        changed = msgspec.structs.replace(one, person=Person(act.person, name, role))
        what = "renamed" if role == one.person.role else "role"
        seq = _change(desk, {**staff, act.person: changed}, act.person, what)
    return Done(seq=seq)


def reset_secrets(station: Station, act: ResetSecrets) -> SecretsDone:
    """A new password and PIN; until its owner signed in with them, they approve nothing (`Desk` asks)."""
    with acting(station, act) as desk:
        desk.demand(Right.PEOPLE)
        staff = _staff(desk)
        one = _working(staff, act.person)
        password, pin, new = _with_secrets(station, one.person)
        record_staff(desk.unit, {**staff, act.person: new}.values())
        forget_badge(desk.unit, act.person)
        seq = _given(desk, act.person)
    return SecretsDone(seq=seq, password=password, pin=pin)


def end_person(station: Station, act: EndPerson) -> Done:
    """Somebody left: nothing lets them in any more; refused while a drawer of theirs is not counted."""
    with acting(station, act) as desk:
        desk.demand(Right.PEOPLE)
        staff = _staff(desk)
        one = _working(staff, act.person)
        _refuse_ending(desk, one.person)
        forget_badge(desk.unit, act.person)
        former = Credentials(Person(act.person, one.person.name, Role.FORMER), "", "")
        seq = _change(desk, {**staff, act.person: former}, act.person, "left")
    return Done(seq=seq)


def change_pin(station: Station, act: ChangePin) -> Done:
    """Change one's own PIN; raises Refused for a wrong secret or a PIN that anybody would try."""
    no = say("That is not your PIN of now.")
    if read_badge(act.secret) is not None:
        raise Refused(no)
    confirm(station, act.by, act.secret, actor=act.by, no=no)
    with acting(station, act) as desk:
        staff = _staff(desk)
        one = _working(staff, act.by)
        _refuse_weak(act.pin)
        if keys.is_password(one.pin_hash, act.pin):
            raise Refused(say("That is the PIN you have already."))
        new = msgspec.structs.replace(one, pin_hash=keys.hash_password(act.pin, practice=station.is_practice))
        seq = _change(desk, {**staff, act.by: new}, act.by, "own_pin")
    return Done(seq=seq)


def _change(desk: Desk, staff: dict[str, Credentials], person: str, change: str) -> int:
    record_staff(desk.unit, staff.values())
    entry = desk.unit.record(PersonChanged(person=person, change=change), business_date=desk.today.isoformat())
    return entry.seq


def _given(desk: Desk, person: str) -> int:
    return desk.unit.record(SecretsGiven(person=person), business_date=desk.today.isoformat()).seq


def _staff(desk: Desk) -> dict[str, Credentials]:
    return {one.person.person: one for one in reference.credentials(desk.connection)}


def _working(staff: dict[str, Credentials], person: str) -> Credentials:
    one = staff.get(person)
    if one is None:
        raise Refused(say("Nobody here is called {person}.", person=person[:20]))
    if one.person.role is Role.FORMER:
        raise Refused(say("{name} left; add somebody new if they come back.", name=one.person.name))
    return one


def _id(staff: dict[str, Credentials], typed: str) -> str:
    person = typed.strip().lower()
    if not _ID.fullmatch(person):
        raise Refused(say("Everybody signs in as up to twenty small letters and digits, like maria."))
    if person in staff:
        raise Refused(say("Somebody signs in as {person} already, or did; take another.", person=person))
    return person


def _name(staff: dict[str, Credentials], typed: str, person: str) -> str:
    name = " ".join(typed.split())
    if not name or not name.isprintable() or len(name) > MOST_NAME:
        raise Refused(say("A name is text of up to {n} letters.", n=MOST_NAME))
    taken = (one.person for one in staff.values() if one.person.person != person)
    if any(name.casefold() in (other.name.casefold(), other.person.casefold()) for other in taken):
        raise Refused(say("Somebody is called {name} already; make the two different.", name=name))
    return name


def _refuse_former(role: Role) -> None:
    if role is Role.FORMER:
        raise Refused(say("Nobody is taken in as somebody who left."))


def _refuse_ending(desk: Desk, person: Person) -> None:
    """Whoever loses a role must not be oneself, nor leave a drawer behind that nobody may close."""
    if person.person == desk.actor.person:
        raise Refused(say("Your own role is changed by another administrator."))
    held = drawers.uncounted_of(desk.connection, desk.station.name, person.person)
    if held:
        raise Refused(
            say("{name} has drawer {drawer}, which is not counted yet.", name=person.name, drawer=held[0].drawer)
        )


def _refuse_weak(pin: str) -> None:
    """A PIN of four to eight digits that are neither all the same nor a run."""
    if not _PIN.fullmatch(pin):
        raise Refused(say("A PIN is 4 to 8 digits."))
    steps = {(int(right) - int(left)) for left, right in pairwise(pin)}
    if len(steps) == 1 and steps <= {-1, 0, 1}:
        raise Refused(say("That PIN is the first that anybody would try; take another."))


def _with_secrets(station: Station, person: Person) -> tuple[str, str, Credentials]:
    password, pin = keys.new_password(), f"{secrets.randbelow(10**_PIN_DIGITS):0{_PIN_DIGITS}d}"
    hashes = (keys.hash_password(secret, practice=station.is_practice) for secret in (password, pin))
    return password, pin, Credentials(person, *hashes)
