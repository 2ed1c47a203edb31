"""What the journal knows of the people of the counter."""

from sqlalchemy import Connection

from db.queries.rows import rows

_LAST = "SELECT COALESCE(max(at), '') FROM person_step WHERE person = ? AND step = ?"


def awaits_owner(connection: Connection, person: str) -> bool:
    """Whether somebody else saw this person's newest password and PIN, or badge, and the person has not signed in
    since."""
    seen = max(_last(connection, person, step) for step in ("secrets_given", "badge_given"))
    return seen > _last(connection, person, "signed_in")


def is_blocked(connection: Connection, person: str) -> bool:
    """Whether ten wrong tries closed the door, at any window of the site, and nobody gave a new PIN since."""
    return _last(connection, person, "blocked") > _last(connection, person, "secrets_given")


def has_given_pin(connection: Connection, person: str) -> bool:
    """Whether the PIN in force is one that somebody else made."""
    return _last(connection, person, "secrets_given") > _last(connection, person, "own_pin")


def last_signed_in(connection: Connection, person: str) -> str:
    """The instant of the last sign-in at any window of the site, "" before the first."""
    return _last(connection, person, "signed_in")


def _last(connection: Connection, person: str, step: str) -> str:
    return str(rows(connection, _LAST, person, step)[0][0])
