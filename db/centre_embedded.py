"""The central store of a station that has no city hall yet: the same promises, kept in a second encrypted file.

It has the tables of a station, so it opens like one. What lies there is *copied*, never *at city hall*.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection

from counter_app.domain.entry import EMPTY, Entry, Head, Private, chain_hash
from counter_app.domain.refused import StationFault
from counter_app.domain.said import say
from db.centre import BATCH, COPIED, CentreUnreachable, Fork, Gap, Known, NotYours, Values, WrongHash
from db.storage import FAULTS, INSERTS, NeverMade, Storage, create, open_storage, reason


class EmbeddedCentre:
    """A copy of one station's journal; the file is made, or opened, when it is first needed."""

    def __init__(self, path: Path, key_hex: str, station: str, site: str) -> None:
        self._path, self._key_hex = path, key_hex
        self._station, self._site = station, site
        self._storage: Storage | None = None

    @property
    def name(self) -> str:
        """What may be said of an entry that it holds."""
        return COPIED

    def append(self, station: str, entries: Sequence[Entry], private: Sequence[tuple[int, Private]]) -> Head:
        """Take the entries, all or none; see db.centre.Centre."""
        assert len(entries) <= BATCH, "append in batches"
        self._own(station)
        with self._reached() as storage, storage.writer.begin() as connection:
            head = _head(connection, station)
            new: list[Entry] = []
            for entry in entries:
                if _follows(connection, entry, head):
                    new.append(entry)
                    head = Head(entry.seq, entry.hash)
            if new:
                connection.exec_driver_sql(
                    INSERTS["entry"], [(e.station, e.seq, e.body, e.prev, e.hash, e.sig) for e in new]
                )
            _keep_private(connection, station, {entry.seq for entry in entries}, private)
        return head

    def since(self, station: str, seq: int, limit: int) -> tuple[list[Entry], Values]:
        """Entries after `seq`; see db.centre.Centre."""
        self._own(station)
        with self._reached() as storage, storage.readers.connect() as connection:
            return entries_after(connection, station, seq, limit)

    def head(self, station: str) -> Head:
        """The newest entry committed there."""
        self._own(station)
        with self._reached() as storage, storage.readers.connect() as connection:
            return _head(connection, station)

    def stations(self) -> list[Known]:
        """This station alone."""
        return [Known(self._station, self._site, b"", self.head(self._station))]

    def reference(self, kind: str, version: int) -> None:
        """Nobody publishes here; see db.centre.Centre."""
        del kind, version

    def close(self) -> None:
        """Give the file back."""
        if self._storage is not None:
            self._storage.close()
            self._storage = None

    def _own(self, station: str) -> None:
        if station != self._station:
            raise NotYours(say("The copy beside this station does not keep station {station}.", station=station))

    def _opened(self) -> Storage:
        """The file, made where there is none, and made anew where the power went while it was made: nothing of it was
        acknowledged."""
        if self._path.exists():
            try:
                return open_storage(self._path, self._key_hex)
            except NeverMade:
                for beside in ("", "-wal", "-shm", "-journal"):
                    self._path.with_name(f"{self._path.name}{beside}").unlink(missing_ok=True)
        return create(self._path, self._key_hex)

    @contextmanager
    def _reached(self) -> Iterator[Storage]:
        """The open file; what disk and driver throw is told in a sentence."""
        try:
            if self._storage is None:
                self._storage = self._opened()
            yield self._storage
        except (*FAULTS, StationFault) as error:
            if isinstance(error, StationFault) and self._storage is not None:
                raise
            raise CentreUnreachable(
                say("The copy of the books at {path} cannot be used: {error}", path=self._path, error=reason(error))
            ) from error


def entries_after(connection: Connection, station: str, seq: int, limit: int) -> tuple[list[Entry], Values]:
    """A station's entries after `seq` in an SQLite journal, at most `limit`, with their private values."""
    rows = connection.exec_driver_sql(
        "SELECT station, seq, CAST(body AS BLOB), CAST(prev AS BLOB), CAST(hash AS BLOB), CAST(sig AS BLOB) FROM entry"
        " WHERE station = ? AND seq > ? ORDER BY seq LIMIT ?",  # whoever was at the file may have left other types
        (station, seq, limit),
    ).all()
    entries = [Entry(*row) for row in rows]
    if not entries:
        return [], []
    values = connection.exec_driver_sql(
        "SELECT seq, field, CAST(salt AS BLOB), CAST(value AS TEXT) FROM private"
        " WHERE station = ? AND seq BETWEEN ? AND ? ORDER BY seq, field",
        (station, entries[0].seq, entries[-1].seq),
    ).all()
    return entries, [(number, Private(field, salt, value)) for number, field, salt, value in values]


def _head(connection: Connection, station: str) -> Head:
    row = connection.exec_driver_sql(
        "SELECT seq, hash FROM entry WHERE station = ? ORDER BY seq DESC LIMIT 1", (station,)
    ).first()
    return Head(row[0], row[1]) if row else EMPTY


def _follows(connection: Connection, entry: Entry, head: Head) -> bool:
    """Whether the entry is the next one; False for an identical replay. Raises Gap, Fork or WrongHash."""
    if entry.hash != chain_hash(entry.prev, entry.body) or len(entry.prev) != 32 or len(entry.sig) != 64:
        raise WrongHash(
            say(
                "Entry {seq} of {station} is not what its hash says; run “verify”.",
                seq=entry.seq,
                station=entry.station,
            )
        )
    if entry.seq <= head.seq:
        [found], _ = entries_after(connection, entry.station, entry.seq - 1, 1)
        if found != entry:
            raise Fork(
                say(
                    "The copy holds another entry {seq} of {station}; two folders are this station.",
                    seq=entry.seq,
                    station=entry.station,
                )
            )
        return False
    if entry.seq != head.seq + 1:
        raise Gap(
            say(
                "The copy is missing entries of {station} before {seq}; nothing was taken.",
                station=entry.station,
                seq=entry.seq,
            )
        )
    if entry.prev != head.hash:
        raise Fork(
            say(
                "Entry {seq} of {station} does not continue the copy; two folders are this station.",
                seq=entry.seq,
                station=entry.station,
            )
        )
    return True


def _keep_private(connection: Connection, station: str, sent: set[int], private: Iterable[tuple[int, Private]]) -> None:
    """Private values belong to entries of the same call, and never change."""
    for seq, value in private:
        if seq not in sent:
            raise WrongHash(
                say("A private value of {station} belongs to no entry sent: {seq}.", station=station, seq=seq)
            )
        key = (station, seq, value.field)
        found = connection.exec_driver_sql(
            "SELECT salt, value FROM private WHERE station = ? AND seq = ? AND field = ?", key
        ).first()
        if found is None:
            connection.exec_driver_sql(INSERTS["private"], (*key, value.salt, value.value))
        elif tuple(found) != (value.salt, value.value):
            raise WrongHash(
                say("The copy holds another private value of entry {seq} of {station}.", seq=seq, station=station)
            )
