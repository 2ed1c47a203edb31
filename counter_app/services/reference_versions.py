"""New versions of what a station goes by: a text (settings, fees) or the staff, current by an entry with its digest."""

from collections.abc import Iterable
from hashlib import sha256

from counter_app.domain.clock import to_text
from counter_app.domain.events import ReferenceLoaded
from db import reference
from db.books import Unit
from db.reference import Credentials


def record_text(unit: Unit, kind: str, text: str, rows: int) -> None:
    """Make this text the one in force."""
    load = reference.next_load(unit.connection)
    reference.put_text(unit.connection, load, kind, text)
    _record(unit, kind, load, sha256(text.encode()).hexdigest(), rows)


def record_staff(unit: Unit, people: Iterable[Credentials]) -> None:
    """Make these the people who work here."""
    staff, load = tuple(people), reference.next_load(unit.connection)
    reference.put_people(unit.connection, load, staff)
    _record(unit, "staff", load, reference.staff_digest(staff), len(staff))


def _record(unit: Unit, kind: str, load: int, digest: str, rows: int) -> None:
    unit.record(
        ReferenceLoaded(
            kind=kind, load=load, sha256=digest, rows=rows, total_cents=0, as_of=to_text(unit.now), last_batch=None
        )
    )
