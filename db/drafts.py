"""What is in the making and in no entry yet: tickets and counts, so that a power cut takes nobody's place.

Station state in the encrypted file: names and amounts are in it. The act that ends a draft takes it out in its own
transaction, so that nothing that was paid comes back.
"""

from collections.abc import Iterable

import msgspec
from sqlalchemy import Connection

from db.queries.rows import put, rows
from db.schema import draft as table

_KEEP = "INSERT OR REPLACE INTO draft (draft, kind, person, at, state) VALUES (?, ?, ?, ?, ?)"
_DROP = "DELETE FROM draft WHERE draft = ?"
_KEPT = "SELECT draft, kind, person, at, state FROM draft WHERE kind = ? ORDER BY at, draft"
_THERE = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'draft'"


class Draft(msgspec.Struct, frozen=True):
    """`draft` is an id that is used once; `at` the instant of its last change; `state` the screen's own."""

    draft: str
    kind: str
    person: str
    at: str
    state: bytes


def are_kept_here(connection: Connection) -> bool:
    """Whether the file has a place for them: one of an earlier version has none yet."""
    return bool(rows(connection, _THERE))


def make_place(connection: Connection) -> None:
    """The table, in a file of an earlier version."""
    table.create(connection, checkfirst=True)


def keep(connection: Connection, drafts: Iterable[Draft]) -> None:
    """Keep these as they are now."""
    values = [msgspec.structs.astuple(draft) for draft in drafts]
    if values:
        put(connection, _KEEP, values)


def drop(connection: Connection, *ids: str) -> None:
    """These are done; one that was never kept is no matter."""
    if ids:
        put(connection, _DROP, [(draft,) for draft in ids])


def kept(connection: Connection, kind: str) -> tuple[Draft, ...]:
    """All of a kind, oldest change first."""
    return tuple(Draft(*row) for row in rows(connection, _KEPT, kind))
