"""Counter speed: how long payments take, kept at this window for the lead, and never whose they were.

A row of the station's own settings for each week; it is no entry of the journal, ships nowhere and rebuilds nothing.
"""

from collections.abc import Sequence
from datetime import date

import msgspec

from counter_app.domain.clock import local_date
from counter_app.domain.pace import KINDS, MOST_SECONDS, Kind, Pace, pace, week_of
from counter_app.services.station import Station
from db import reference
from db.books import Connection

_PREFIX = "pace "
_Week = dict[str, dict[int, int]]


class WeekOfPace(msgspec.Struct, frozen=True):
    """Every kind that was timed at a site in the week that begins on `monday`."""

    site: str
    monday: date
    paces: tuple[Pace, ...]


def note_pace(station: Station, kind: Kind, seconds: float) -> None:
    """One more payment that took so long; one that was interrupted, or took no time at all, is left out."""
    whole = round(seconds)
    if not 0 < whole <= MOST_SECONDS:
        return
    with station.books.change_state() as connection:
        city = station.reference(connection).city
        name = _PREFIX + week_of(local_date(station.clock.now(), city.tz)).isoformat()
        week = _read(connection, name)
        counted = week.setdefault(kind, {})
        counted[whole] = counted.get(whole, 0) + 1
        reference.put_setting(connection, name, msgspec.json.encode(week).decode())


def weeks_of_pace(station: Station, first: date | None = None, last: date | None = None) -> Sequence[WeekOfPace]:
    """Weeks newest first; those that touch the days from `first` to `last`, both included."""
    with station.books.read() as connection:
        names = reference.setting_names(connection, _PREFIX)
        found = [_week(station, connection, name) for name in names]
    return [
        week
        for week in reversed(found)
        if (first is None or week.monday >= week_of(first)) and (last is None or week.monday <= last)
    ]


def _week(station: Station, connection: Connection, name: str) -> WeekOfPace:
    kinds = _read(connection, name)
    paces = tuple(pace(kind, kinds[kind]) for kind in KINDS if kind in kinds)
    return WeekOfPace(station.site, date.fromisoformat(name.removeprefix(_PREFIX)), paces)


def _read(connection: Connection, name: str) -> _Week:
    text = reference.setting(connection, name)
    return msgspec.json.decode(text, type=_Week) if text else {}
