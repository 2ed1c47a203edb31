"""The one way our own acts enter the journal: begin, head, number, record, project, spool, commit, and only then
"done".

    with books.write(actor="maria") as unit:
        number = unit.number("receipt")
        unit.record(PaymentTaken(number=number, ...))
Leaving the block by an exception writes nothing at all.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import msgspec
from sqlalchemy import Connection

from counter_app.domain.clock import Clock, from_text, to_text
from counter_app.domain.entry import EMPTY, Body, Entry, Head, Private, Sealing, canonical, chain_hash, read_body
from counter_app.domain.events import ClockStepped, Event
from counter_app.domain.fault import Faults
from counter_app.domain.refused import StationFault
from counter_app.domain.said import Said, say
from db import disk_space, reference, witness
from db.keys import Signer
from db.projections import Rows, rows_of
from db.queries.rows import put, rows
from db.storage import FAULTS, INSERTS, Storage, reason, world

__all__ = ["ADMIT_SLICE", "Books", "Connection", "Unit", "head_of"]

ADMIT_SLICE = 12
"""Most foreign entries taken in between two events of the window: a payment that comes in the middle waits for them."""

_HEAD = "SELECT seq, hash FROM entry WHERE station = ? ORDER BY seq DESC LIMIT 1"
_INSTANT = "SELECT at FROM act WHERE station = ? AND seq = ?"
_LAST_NUMBER = "SELECT max(value) FROM given WHERE station = ? AND kind = ?"
_QUEUE = "INSERT INTO spool (station, seq, document, number, copy, state) VALUES (?, ?, ?, ?, ?, 'queued')"
_LETTERS = {"receipt": "", "void": "V", "refund": "R", "deposit": "D", "licence": "L", "session": "S", "customer": "C"}


class Unit:
    """One transaction of one person; everything recorded in it commits together."""

    def __init__(self, books: "Books", connection: Connection, actor: str, approver: str | None) -> None:
        self.connection = connection
        self.now = books.clock.now()
        self._books, self._actor = books, actor
        self._approver: str | None = None  # nobody approves a step of the clock
        self.head = head_of(connection, books.station)
        self._taken: dict[str, int] = {}
        self._given: dict[str, str] = {}
        self._note_clock_step()
        self._approver = approver

    def number(self, kind: str) -> str:
        """The next gapless number of a kind, like A1-000123 or A1-D000007; the next entry recorded gives it."""
        books = self._books
        if kind not in self._taken:
            last = rows(self.connection, _LAST_NUMBER, books.station, kind)[0][0]
            self._taken[kind] = last or 0
        taken = self._taken[kind]
        self._taken[kind] = taken + 1
        number = f"{books.station}-{_LETTERS[kind]}{taken + 1:06d}"
        again = sum(1 for name in self._given if name.startswith(kind))
        self._given[f"{kind}{again + 1}" if again else kind] = number
        return number

    def record(
        self,
        event: Event,
        *,
        session: str | None = None,
        business_date: str | None = None,
        sealing: Sealing | None = None,
    ) -> Entry:
        """Append the event, signed, with the numbers taken for it, its private values and its rows."""
        books = self._books
        body = Body(
            station=books.station,
            seq=self.head.seq + 1,
            kind=type(event).__name__,
            version=event.VERSION,
            at=to_text(self.now),
            zone=books.zone,
            business_date=business_date,
            actor=self._actor,
            approver=self._approver,
            session=session,
            numbers=self._given,
            event=_raw(event),
        )
        text = canonical(body)
        hash_ = chain_hash(self.head.hash, text)
        entry = Entry(books.station, body.seq, text, self.head.hash, hash_, books.signer.sign(hash_))
        private = sealing.values if sealing else []
        books.faults.point("in_projection")
        _store(self.connection, [entry], {entry.seq: private}, rows_of(body, private))
        self.head = Head(entry.seq, hash_)
        self._given = {}
        return entry

    def queue_paper(self, document: str, number: str, copy: int = 0) -> None:
        """Ask for paper; it is composed and printed once this transaction has committed."""
        put(self.connection, _QUEUE, [(self._books.station, self.head.seq, document, number, copy)])

    def keep_setting(self, name: str, value: str) -> None:
        """Keep something about this machine together with the entry that says so."""
        reference.put_setting(self.connection, name, value)

    def _note_clock_step(self) -> None:
        last = None
        if self.head.seq:
            [(at,)] = rows(self.connection, _INSTANT, self._books.station, self.head.seq)
            last = from_text(at)
        step = self._books.clock.step_since(last)
        if step is not None and self.head.seq:
            self.record(ClockStepped(milliseconds=round(step.total_seconds() * 1000)))


class Books:
    """A station's journal and its projections."""

    def __init__(self, storage: Storage, station: str, signer: Signer, clock: Clock, zone: str, faults: Faults) -> None:
        self.storage, self.station, self.signer = storage, station, signer
        self.clock, self.zone, self.faults = clock, zone, faults

    @contextmanager
    def write(self, actor: str, approver: str | None = None) -> Iterator[Unit]:
        """The one write path; commits with full durability when the block ends, rolls back when it raises."""
        disk_space.make_room(self.storage.path)
        with (
            world(_unwritten),
            self.storage.writer.connect() as connection,
        ):
            transaction = connection.begin()
            try:
                unit = Unit(self, connection, actor, approver)
                yield unit
                self.faults.point("before_commit")
                self.storage.demand_in_place()
            except BaseException as error:
                transaction.rollback()
                self._give_room(error)
                raise
            try:
                transaction.commit()
            except FAULTS as error:
                connection.invalidate()
                self._give_room(error)
                self._after_doubtful_commit(unit.head, error)
        witness.note(self.storage.path, unit.head)
        self.faults.point("after_commit")

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A reader that sees one moment and cannot write."""
        with world(unreadable), self.storage.readers.connect() as connection:
            yield connection

    @contextmanager
    def change_state(self) -> Iterator[Connection]:
        """A transaction over station state alone (spool, cursors, secrets, reference rows): nothing that an entry
        tells."""
        disk_space.make_room(self.storage.path)
        with (
            world(lambda error: say("The database cannot be written ({error}).", error=error)),
            self.storage.writer.begin() as connection,
        ):
            yield connection

    def head(self) -> Head:
        """The newest entry of this station."""
        with self.read() as connection:
            return head_of(connection, self.station)

    def admit(self, entries: Sequence[Entry], private: Sequence[tuple[int, Private]]) -> None:
        """Take in verified entries of another station, at most ADMIT_SLICE of them; what is here already is passed
        over."""
        assert len(entries) <= ADMIT_SLICE, "admit in slices, or payments wait"
        if not entries:
            return
        [station] = {entry.station for entry in entries}
        assert station != self.station, "our own entries are written, not admitted"
        self._take_in(station, entries, private)

    def take_back(self, entries: Sequence[Entry], private: Sequence[tuple[int, Private]]) -> None:
        """Take in verified entries of one station, also of this one after its file was lost or put back, as many as
        come: only where nobody waits for a payment."""
        if not entries:
            return
        [station] = {entry.station for entry in entries}
        self._take_in(station, entries, private)
        if station == self.station:
            witness.note(self.storage.path, Head(entries[-1].seq, entries[-1].hash))

    def _take_in(self, station: str, entries: Sequence[Entry], private: Sequence[tuple[int, Private]]) -> None:
        by_seq: dict[int, list[Private]] = {}
        for seq, value in private:
            by_seq.setdefault(seq, []).append(value)
        new: list[Entry] = []
        added: Rows = {}
        with self.change_state() as connection:
            here = head_of(connection, station).seq
            for entry in entries:
                if entry.seq == here + len(new) + 1:
                    new.append(entry)
                    for table, of_entry in rows_of(read_body(entry.body), by_seq.get(entry.seq, [])).items():
                        added.setdefault(table, []).extend(of_entry)
            if new:  # all rows of a table in one statement: a third of the time of entry by entry
                _store(connection, new, by_seq, added)

    def _give_room(self, error: BaseException) -> None:
        """A disk that was filled between two looks: the next act finds what was kept back."""
        if disk_space.is_full(error):
            disk_space.give_up(self.storage.path)

    def _after_doubtful_commit(self, wanted: Head, error: BaseException) -> None:
        """A commit that raised may have happened, or may still happen: what reached the log whole counts at the next
        start, synced or not. Close the file, open it as that start would, and tell the truth."""
        try:
            is_settled = self.storage.reopen()
            found = self.head()
        except (*FAULTS, StationFault) as second:
            raise _unknown(reason(second)) from error
        if found == wanted and is_settled:
            return
        if found == wanted:
            raise _unknown(reason(error)) from error
        raise StationFault(
            say("The database could not be written ({error}); nothing was recorded.", error=reason(error))
        ) from error


def _unknown(error: str) -> StationFault:
    return StationFault(
        say(
            "It is not known whether this was recorded; look at the last receipt before you repeat it ({error}).",
            error=error,
        )
    )


def unreadable(error: str) -> Said:
    """What the database's own words mean for a reader."""
    return say("The books cannot be read ({error}).", error=error)


def _unwritten(error: str) -> Said:
    return say("The database cannot be written ({error}); nothing was recorded.", error=error)


def head_of(connection: Connection, station: str) -> Head:
    """The newest entry of a station."""
    found = rows(connection, _HEAD, station)
    return Head(*found[0]) if found else EMPTY


def _raw(event: Event) -> msgspec.Raw:
    return msgspec.Raw(canonical(event))


def _store(
    connection: Connection, entries: Sequence[Entry], private: Mapping[int, Sequence[Private]], added: Rows
) -> None:
    put(connection, INSERTS["entry"], [(e.station, e.seq, e.body, e.prev, e.hash, e.sig) for e in entries])
    values = [(e.station, e.seq, p.field, p.salt, p.value) for e in entries for p in private.get(e.seq, ())]
    if values:
        put(connection, INSERTS["private"], values)
    for table, of_table in added.items():
        put(connection, INSERTS[table], of_table)
