"""New versions of what a station goes by: a text (settings, fees) or the staff, current by an entry with its digest."""

from collections.abc import Iterable
from hashlib import sha256

from counter_app.domain.clock import to_text
from counter_app.domain.events import ReferenceLoaded
from db import reference
from db.books import Unit
from db.reference import Credentials


def record_text(unit: Unit, kind: str, text: str, rows: int, as_of: str | None = None) -> None:
    """Make this text the one in force; `as_of` is now unless its maker says otherwise."""
    load = reference.next_load(unit.connection)
    reference.put_text(unit.connection, load, kind, text)
    _record(unit, kind, load, sha256(text.encode()).hexdigest(), rows, as_of)


def record_staff(unit: Unit, people: Iterable[Credentials], as_of: str | None = None) -> None:
    """Make these the people who work here."""
    staff, load = tuple(people), reference.next_load(unit.connection)
    reference.put_people(unit.connection, load, staff)
    _record(unit, "staff", load, reference.staff_digest(staff), len(staff), as_of)


def _record(unit: Unit, kind: str, load: int, digest: str, rows: int, as_of: str | None) -> None:
    unit.record(
        ReferenceLoaded(
            kind=kind, load=load, sha256=digest, rows=rows, total_cents=0, as_of=as_of or to_text(unit.now),
            last_batch=None,
        )
    )  # fmt: skip
