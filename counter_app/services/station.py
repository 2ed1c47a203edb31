"""The station that every act is done at: its books, its clock, the reference data in force and the people."""

from collections.abc import Callable
from functools import cached_property
from pathlib import Path

from counter_app.domain.city import City, read_city
from counter_app.domain.clock import Clock, SetClock
from counter_app.domain.fault import Faults
from counter_app.domain.fees import FeeSchedule, load_schedule
from counter_app.domain.refused import Refused
from counter_app.domain.rights import Person
from counter_app.domain.said import say
from counter_app.domain.waiting import Waiting
from db import reference
from db.books import Books, Connection
from db.lock import FolderLock


class Reference:
    """Settings, fees and people in force, read again only when a newer version was loaded.

    The schedule is understood when it is first asked for: a window is ready before.
    """

    def __init__(self, city: City, fees: str, people: dict[str, Person], newest: int) -> None:
        self.city, self.people, self.newest = city, people, newest
        self._fees = fees

    @cached_property
    def fees(self) -> FeeSchedule:
        """The fee schedule."""
        return load_schedule(self._fees)


class Station:
    """Built by bootstrap; handed to services, screens and window. `purpose` is real, demo or training, read from
    entry 1."""

    def __init__(
        self,
        folder: Path,
        purpose: str,
        city_name: str,
        site: str,
        books: Books,
        faults: Faults,
        lock: FolderLock | None,
    ) -> None:
        self.folder, self.purpose, self.city_name, self.site = folder, purpose, city_name, site
        self.books, self.faults = books, faults
        self._lock = lock
        self._reference: Reference | None = None
        self.waiting = Waiting()
        """Who must wait after wrong PINs."""
        self.open_cash_drawer: Callable[[], object] = lambda: None
        """Opens the cash drawer; printing puts the attached device in its place."""

    @property
    def name(self) -> str:
        """The station's id, like A1."""
        return self.books.station

    @property
    def clock(self) -> Clock:
        """The station's only source of time."""
        return self.books.clock

    @property
    def is_practice(self) -> bool:
        """Whether this is demo or training money, where scripts and planned faults are allowed."""
        return self.purpose != "real"

    def set_clock(self, clock: SetClock) -> None:
        """Stand the clock where a script says; practice stations only."""
        assert self.is_practice, "the clock of a real station is the machine's"
        self.books.clock = clock

    def reference(self, connection: Connection) -> Reference:
        """What is in force at this moment."""
        newest = reference.newest_load(connection)
        if self._reference is None or self._reference.newest != newest:
            self._reference = self._read(connection, newest)
        return self._reference

    def person(self, connection: Connection, person: str) -> Person:
        """Somebody of the staff; Refused for a name nobody has."""
        found = self.reference(connection).people.get(person)
        if found is None:
            raise Refused(say("There is nobody called “{person}” here.", person=person[:40]))
        return found

    def close(self) -> None:
        """Give the file and the folder back."""
        self.books.storage.close()
        if self._lock is not None:
            self._lock.release()

    def _read(self, connection: Connection, newest: int) -> Reference:
        settings, fees = (
            reference.text_of(connection, kind, reference.text_load(connection, kind)) for kind in ("settings", "fees")
        )
        people = {c.person.person: c.person for c in reference.credentials(connection)}
        return Reference(read_city(settings), fees, people, newest)
