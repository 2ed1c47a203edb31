"""What a person likes to see at this station: language, colors, size of the letters; kept beside the books.

It is no entry of the journal and no part of what is replayed: a station without it shows what it shows to everybody.
"""

import msgspec

from counter_app.services.station import Station
from db import reference

_LAST = "choices"


class Choices(msgspec.Struct, frozen=True):
    """A language by its code, a palette by its name, `zoom` in percent."""

    language: str
    palette: str
    zoom: int


def choices_of(station: Station, person: str) -> Choices | None:
    """What a person chose here, None for one who chose nothing yet."""
    return _kept(station, _of(person))


def last_choices(station: Station) -> Choices | None:
    """What this station showed last, whoever chose it."""
    return _kept(station, _LAST)


def keep_choices(station: Station, person: str, choices: Choices) -> None:
    """Remember them for the person, and for the station's next start; without a person for the station alone."""
    text = msgspec.json.encode(choices).decode()
    with station.books.change_state() as connection:
        for name in (_LAST, _of(person)) if person else (_LAST,):
            reference.put_setting(connection, name, text)


def _of(person: str) -> str:
    return f"{_LAST}:{person}"


def _kept(station: Station, name: str) -> Choices | None:
    with station.books.read() as connection:
        text = reference.setting(connection, name)
    try:
        return None if text is None else msgspec.json.decode(text, type=Choices)
    except msgspec.DecodeError:  # of another version of the program: choosing again is no loss
        return None
