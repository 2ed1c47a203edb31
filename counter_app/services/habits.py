"""What the shortcut coach remembers of a person at this station: tips shown, keys known; private, and no entry of the
journal.

It is of use to nobody else: nothing reads it but the coach of the same person.
"""

import msgspec

from counter_app.services.station import Station
from db import reference

_PREFIX = "habits:"


class Habits(msgspec.Struct, frozen=True):
    """How often each tip was shown, what needs no tip any more, and whether the person wants none at all."""

    shown: dict[str, int] = {}
    known: tuple[str, ...] = ()
    off: bool = False


def habits_of(station: Station, person: str) -> Habits:
    """A person's, fresh where there are none, or none that this program reads."""
    with station.books.read() as connection:
        text = reference.setting(connection, _PREFIX + person)
    try:
        return msgspec.json.decode(text, type=Habits) if text else Habits()
    except msgspec.DecodeError:
        return Habits()


def keep_habits(station: Station, person: str, habits: Habits) -> None:
    """Remember them for the person's next day here."""
    with station.books.change_state() as connection:
        reference.put_setting(connection, _PREFIX + person, msgspec.json.encode(habits).decode())
