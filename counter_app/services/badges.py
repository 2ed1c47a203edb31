"""Badges of the staff: given and taken back by people management, proven wherever a PIN would be.

The hashes of all badges are a reference text with a digest in the journal, like the staff itself; the secret is in the
line of the badge alone, and is shown once.
"""

import msgspec

from counter_app.domain.badge import Badge, new_badge
from counter_app.domain.events import PersonChanged
from counter_app.domain.refused import Refused
from counter_app.domain.rights import Person, Right, Role
from counter_app.domain.said import say
from counter_app.services.acting import Act, Desk, Done, acting
from counter_app.services.reference_versions import record_text
from counter_app.services.station import Station
from db import keys, reference
from db.books import Connection, Unit

KIND = "badges"


class GiveBadge(Act, frozen=True, kw_only=True):
    """A new badge for somebody who works here; the one before it opens nothing any more."""

    person: str


class TakeBadge(Act, frozen=True, kw_only=True):
    """A badge that was lost or given back opens nothing any more."""

    person: str


class BadgeDone(Done, frozen=True, kw_only=True):
    """The line that the badge's code must say; shown once."""

    line: str


def give_badge(station: Station, act: GiveBadge) -> BadgeDone:
    """Make a badge; until its owner signed in, they approve nothing, because who gave it saw it too."""
    with acting(station, act) as desk:
        desk.demand(Right.PEOPLE)
        person = _working(desk, act.person)
        badge = new_badge(person.person)
        hash_ = keys.hash_password(badge.secret, practice=station.is_practice)
        _record(desk.unit, {**_hashes(desk.connection), person.person: hash_})
        event = PersonChanged(person=person.person, change="badge_given")
        seq = desk.unit.record(event, business_date=desk.today.isoformat()).seq
    return BadgeDone(seq=seq, line=badge.line)


def take_badge(station: Station, act: TakeBadge) -> Done:
    """Let a badge open nothing any more; raises Refused where there is none."""
    with acting(station, act) as desk:
        desk.demand(Right.PEOPLE)
        if not forget_badge(desk.unit, act.person):
            raise Refused(say("{person} has no badge.", person=act.person[:20]))
        event = PersonChanged(person=act.person, change="badge_taken")
        seq = desk.unit.record(event, business_date=desk.today.isoformat()).seq
    return Done(seq=seq)


def forget_badge(unit: Unit, person: str) -> bool:
    """Within another act: whoever leaves or gets new secrets loses the badge; whether there was one."""
    hashes = _hashes(unit.connection)
    had = hashes.pop(person, None) is not None
    if had:
        _record(unit, hashes)
    return had


def has_badge(connection: Connection, person: str) -> bool:
    """Whether a badge of theirs opens the window."""
    return person in _hashes(connection)


def owner_of(station: Station, badge: Badge) -> Person | None:
    """Whose badge it is; None for one that is none, was taken back, or whose owner left."""
    with station.books.read() as connection:
        hash_ = _hashes(connection).get(badge.person, "")
        person = station.reference(connection).people.get(badge.person)
    if person is None or person.role is Role.FORMER or not keys.is_password(hash_, badge.secret):
        return None
    return person


def _working(desk: Desk, name: str) -> Person:
    person = desk.station.person(desk.connection, name)
    if person.role is Role.FORMER:
        raise Refused(say("{name} left and gets no badge.", name=person.name))
    return person


def _hashes(connection: Connection) -> dict[str, str]:
    load = reference.text_load(connection, KIND)
    return msgspec.json.decode(reference.text_of(connection, KIND, load), type=dict[str, str]) if load else {}


def _record(unit: Unit, hashes: dict[str, str]) -> None:
    record_text(unit, KIND, msgspec.json.encode(hashes, order="sorted").decode(), len(hashes))
