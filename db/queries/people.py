"""What the journal knows of the people of the counter."""

from db.books import Connection
from db.queries.rows import rows

_LAST = "SELECT COALESCE(max(at), '') FROM person_step WHERE person = ? AND step = ?"


def awaits_owner(connection: Connection, person: str) -> bool:
    """Whether somebody else saw this person's newest password and PIN, and the person has not signed in since."""
    given, signed_in = (rows(connection, _LAST, person, step)[0][0] for step in ("secrets_given", "signed_in"))
    return bool(given > signed_in)


def last_signed_in(connection: Connection, person: str) -> str:
    """The instant of the last sign-in at any window of the site, "" before the first."""
    return str(rows(connection, _LAST, person, "signed_in")[0][0])
