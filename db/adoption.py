"""Which stations answer for which: a dead station's work is taken over by another under its own name."""

import msgspec
from sqlalchemy import Connection

from counter_app.domain.entry import read_body
from counter_app.domain.events import StationAdopted
from counter_app.domain.money import Cents
from counter_app.domain.refused import StationFault
from counter_app.domain.said import say
from db.centre_embedded import entries_after
from db.queries.rows import rows

_BY = "SELECT station FROM act WHERE kind = 'StationAdopted' AND +subject = ? AND +station <> ?"
_OF = "SELECT subject, seq FROM act WHERE kind = 'StationAdopted' AND +station = ? ORDER BY +seq"
_LATE = """SELECT max(e.seq), (SELECT COALESCE(SUM(r.total_cents), 0) FROM receipt r
    WHERE r.station = ?1 AND r.seq > ?2) FROM entry e WHERE e.station = ?1"""


class LateTail(msgspec.Struct, frozen=True):
    """Entries `first` to `last` of an adopted station came after it was taken over; `cents` were taken in them."""

    station: str
    first: int
    last: int
    cents: Cents


def adopter_of(connection: Connection, station: str) -> str | None:
    """The station that took this one over."""
    found = rows(connection, _BY, station, station)
    return str(found[0][0]) if found else None


def adopted_by(connection: Connection, station: str) -> dict[str, StationAdopted]:
    """The stations that this one answers for, each with what was known of it."""
    found: dict[str, StationAdopted] = {}
    for subject, seq in rows(connection, _OF, station):
        [entry], _ = entries_after(connection, station, seq - 1, 1)
        found[str(subject)] = msgspec.json.decode(read_body(entry.body).event, type=StationAdopted)
    return found


def late_tails(connection: Connection, station: str) -> tuple[LateTail, ...]:
    """What came of the adopted stations after they were taken over: a person has to look at it."""
    late = []
    for name, adopted in adopted_by(connection, station).items():
        [(last, cents)] = rows(connection, _LATE, name, adopted.through)
        if last is not None and last > adopted.through:
            late.append(LateTail(name, adopted.through + 1, last, cents))
    return tuple(late)


def demand_in_service(connection: Connection, station: str) -> None:
    """Raises StationFault at a station that another one took over: its drawer was counted there."""
    adopter = adopter_of(connection, station)
    if adopter is not None:
        raise StationFault(
            say(
                "Station {station} was taken over by station {adopter}; take no money here. “counter-app sync --once”"
                " sends what is not at city hall yet.",
                station=station,
                adopter=adopter,
            )
        )
