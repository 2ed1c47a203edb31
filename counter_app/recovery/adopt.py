"""Takes a dead station's work over under a new name: from city hall, or from the copy that lay beside it.

The entries stay the dead station's, signed by it; numbers go on under the new name, so that none is given twice. Its
open drawers are counted here by two people (`adopt_drawer`), then verified and deposited like any other.
"""

from pathlib import Path

import msgspec

from counter_app.bootstrap import CENTRAL_URL, centre_of, open_station
from counter_app.domain.clock import Clock
from counter_app.domain.entry import Head, read_body
from counter_app.domain.events import StationAdopted, StationOpened
from counter_app.domain.refused import Refused, StationFault, WrongAct
from counter_app.domain.said import say
from counter_app.new_station import (
    DATABASE,
    NewStation,
    RealStation,
    create_real,
    create_station,
    demand_station_id,
    settings_of,
)
from counter_app.practice import demo
from counter_app.services.station import Station
from db import adoption, central_setup, keys, reference
from db.backup import Totals, totals_of
from db.books import Books, head_of
from db.centre import BATCH, Centre, Known
from db.centre_embedded import EmbeddedCentre
from db.queries import drawers
from db.sync import key_in_force, key_of, prove


class Adopted(msgspec.Struct, frozen=True, kw_only=True):
    """What was taken over: the dead station's totals, and its drawers that wait for a count; `made` is printed once,
    of a station of real money."""

    station: str
    adopted: str
    head: Head
    totals: Totals
    drawers: tuple[str, ...]
    made: RealStation | None


def adopt(
    folder: Path, central: str, dead: str, name: str, *, people: bytes | None = None, clock: Clock | None = None
) -> Adopted:
    """Make station `name` in `folder` and take in all entries of `dead`; begun again after an interruption it goes on.

    `central` is an administrator's URL, or the path of the copy. Raises StationFault or Refused in one sentence.
    """
    for each in (dead, name):
        demand_station_id(each)
    if dead == name:
        raise WrongAct("A dead station's work is taken over under another name.")
    source = _Source(central, dead)
    made = None
    if not (folder / DATABASE).exists():
        made = _make(folder, source.opened, name, people, clock)
    station = open_station(folder, "adopt", clock=clock, mends=True)
    try:
        if station.name != name:
            raise Refused(say("The counter in {folder} is station {name}.", folder=folder, name=station.name))
        centre = source.centre(station)
        try:
            take_all(station.books, centre, dead)
        finally:
            centre.close()
        return _recorded(station, dead, made)
    finally:
        station.close()


class _Source:
    """Where the dead station's entries are: city hall, or its copy."""

    def __init__(self, central: str, dead: str) -> None:
        self._central, self._dead = central, dead
        self._is_url = central.startswith(("postgresql://", "postgres://"))
        if self._is_url:
            site, body = central_setup.opening(central, dead)
        else:
            path = Path(central)
            if not path.is_file():
                raise StationFault(say("There is no copy of the books at {path}.", path=path))
            copy = EmbeddedCentre(path, keys.find_key(path.parent), dead, "")
            try:
                entries, _ = copy.since(dead, 0, 1)
            finally:
                copy.close()
            if not entries:
                raise StationFault(say("The copy at {path} holds no station {station}.", path=path, station=dead))
            site, body = "", entries[0].body
        self.opened = msgspec.json.decode(read_body(body).event, type=StationOpened)
        self._site = site or self.opened.site

    def centre(self, station: Station) -> Centre:
        """The dead station's entries for the new one, which is let in at city hall first."""
        if not self._is_url:
            path = Path(self._central)
            return EmbeddedCentre(path, keys.find_key(path.parent), self._dead, self._site)
        with station.books.read() as connection:
            url = reference.secret(connection, CENTRAL_URL)
        if url is None:
            key = station.books.signer.public.hex()
            given = central_setup.add(self._central, station.name, self._site, key)
            with station.books.change_state() as connection:
                reference.put_secret(connection, CENTRAL_URL, given.encode())
        return centre_of(station)


def _make(
    folder: Path, opened: StationOpened, name: str, people: bytes | None, clock: Clock | None
) -> RealStation | None:
    """The new station, of the same city, site and purpose."""
    if opened.purpose == "real":
        return create_real(folder, opened.city, opened.site, name, people=people)
    staff = demo.credentials()
    new = NewStation(
        station=name, site=opened.site, purpose=opened.purpose, people=staff, settings=settings_of(opened.city)
    )
    create_station(folder, new, clock)
    return None


def take_all(books: Books, centre: Centre, other: str) -> int:
    """All entries of another station, proven and taken in; how many. Nobody waits for a payment meanwhile."""
    taken = 0
    known = next((one for one in centre.stations() if one.station == other), None)
    if known is None:
        known = Known(other, "", b"", centre.head(other))
    opening = centre.since(other, 0, 1)[0]
    first_key = key_of(opening, known)
    while True:
        with books.read() as connection:
            here = head_of(connection, other)
            key = key_in_force(connection, other, here.seq) or first_key
        entries, private = centre.since(other, here.seq, BATCH)
        if not entries:
            return taken
        prove(entries, private, here, key)
        books.take_back(entries, private)
        taken += len(entries)


def _recorded(station: Station, dead: str, made: RealStation | None) -> Adopted:
    """The entry that says so, once; it names the drawers that were not deposited."""
    with station.books.write("system") as unit:
        adopter = adoption.adopter_of(unit.connection, dead)
        if adopter not in (None, station.name):
            raise Refused(say("Station {dead} was taken over by {adopter} already.", dead=dead, adopter=adopter))
        head = head_of(unit.connection, dead)
        waiting = tuple(
            session.session
            for session in drawers.unfinished(unit.connection)
            if session.session.partition("-")[0] == dead
        )
        if adopter is None:
            unit.record(StationAdopted(adopted=dead, through=head.seq, hash=head.hash.hex(), sessions=waiting))
        totals = totals_of(unit.connection, dead)
    return Adopted(station=station.name, adopted=dead, head=head, totals=totals, drawers=waiting, made=made)
