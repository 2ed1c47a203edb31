"""Ships a station's entries to the centre, in order, and brings back the other stations', proven before they count.

No queue that could drop or hide an entry: the journal is the queue, and a cursor says how far it is acknowledged.
`ship` and `pull` only read here, so a worker may run them; what they give is settled on the writing connection.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from random import Random, SystemRandom
from threading import Event

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import Connection

from counter_app.domain import events as ev
from counter_app.domain.clock import from_text
from counter_app.domain.entry import EMPTY, Body, Entry, Head, Private, chain_hash, read_body
from counter_app.domain.refused import StationFault
from counter_app.domain.said import Said, say, together
from db import reference_published
from db.books import ADMIT_SLICE, Books, head_of, unreadable
from db.centre import BATCH, COPIED, Centre, CentreUnreachable, Fork, Known
from db.centre_embedded import entries_after
from db.keys import is_signed, public_key
from db.reference_published import Published
from db.storage import world

_KEY_CHANGED = "SELECT max(+seq) FROM act WHERE kind = 'SigningKeyChanged' AND +station = ? AND +seq <= ?"
"""By the index over kinds (the plus signs see to it): by its key it would walk the whole journal."""
BACKLOG = 10 * BATCH
"""Entries that a process ships before it keeps the cursor; the window ships one batch at a time."""


class Unproven(StationFault):
    """An entry from the centre is not what its station signed."""


class Backlog(msgspec.Struct, frozen=True):
    """What the centre has not acknowledged yet; `oldest_at` is when the oldest of it was written."""

    waiting: int
    oldest_at: str | None


class Shipped(msgspec.Struct, frozen=True):
    """The head that the centre acknowledged, the entries sent for it, and what waits still (since `oldest_at`)."""

    centre: str
    station: str
    head: Head
    sent: int = 0
    waiting: int = 0
    oldest_at: str | None = None


class TailMissing(StationFault):
    """The centre holds entries that the own journal no longer has; `acknowledged` tells the newest of them."""

    def __init__(self, sentence: str, acknowledged: Shipped) -> None:
        super().__init__(sentence)
        self.acknowledged = acknowledged


class Pulled(msgspec.Struct, frozen=True):
    """Proven entries of another station, at most ADMIT_SLICE, and their private values."""

    station: str
    entries: tuple[Entry, ...]
    private: tuple[tuple[int, Private], ...]


class Haul(msgspec.Struct, frozen=True):
    """What came from the other stations; a problem with one of them holds up none of the others."""

    slices: list[Pulled]
    problems: list[str]


class SyncState(msgspec.Struct, frozen=True):
    """For the status line: how much waits, and the sentence that says why when the centre is not reached or says no."""

    centre: str
    waiting: int
    oldest_at: str | None
    fault: str | None

    def words(self, now: datetime) -> str:
        """All at city hall · 3 not yet at city hall, the oldest 2 min · the same with the sentence of what is wrong."""
        here = say("copied") if self.centre == COPIED else say("at city hall")
        waiting = say("{n} not yet {here}", n=self.waiting, here=here)
        if self.oldest_at is not None:
            waiting = say(
                "{waiting}, the oldest {age}", waiting=waiting, age=age_in_words(_seconds(now, self.oldest_at))
            )
        if self.fault is None:
            return waiting if self.waiting else say("All {here}", here=here)
        return say("{waiting}. {fault}", waiting=waiting, fault=self.fault) if self.waiting else self.fault


Delivery = Shipped | Pulled | Published | SyncState


def ship(books: Books, centre: Centre, limit: int = BATCH) -> Shipped:
    """Send at most `limit` entries after the head that the centre names, in batches.

    Raises CentreUnreachable when an answer is missing (the next call reads the head again before it sends),
    CentreRefused, Fork when the centre's history is another one, TailMissing when the centre has more than is here.
    """
    station, sent = books.station, 0
    head = centre.head(station)
    with reading(books) as connection:
        compare(connection, centre.name, station, head)
        acknowledged = cursor_of(connection, centre.name, station)
    while True:
        with reading(books) as connection:  # none is held open while the network is waited for: the log would grow
            entries, private = entries_after(connection, station, head.seq, min(BATCH, limit - sent))
            left = backlog(connection, station, head.seq)
        if not entries:
            if not sent and head != acknowledged:  # a read may show what a second server has not yet; a commit waits
                head = centre.append(station, [], [])
            return Shipped(centre.name, station, head, sent, left.waiting, left.oldest_at)
        head = centre.append(station, entries, private)
        books.faults.point("after_ship")
        sent += len(entries)


def compare(connection: Connection, centre: str, station: str, there: Head) -> None:
    """Raises TailMissing or Fork unless the centre holds a prefix of this station's journal."""
    here, acknowledged = head_of(connection, station), cursor_of(connection, centre, station)
    further = max(there, acknowledged, key=lambda head: head.seq)
    if further.seq > here.seq:
        raise TailMissing(
            say(
                "Entries {first} to {last} of {station} were acknowledged as {centre} and are missing here."
                " Take no money on this computer and call support.",
                first=here.seq + 1,
                last=further.seq,
                station=station,
                centre=centre,
            ),
            Shipped(centre, station, further),
        )
    for head in (there, acknowledged):
        if head.seq and hash_at(connection, station, head.seq) != head.hash:
            raise Fork(
                say(
                    "Entry {seq} of {station} is not the one that was acknowledged as {centre}: two computers are, or"
                    " were, this station. Take no money on this computer and call support.",
                    seq=head.seq,
                    station=station,
                    centre=centre,
                )
            )


def pull(books: Books, centre: Centre, held: Mapping[str, Head] | None = None, limit: int = BATCH) -> Haul:
    """Fetch and prove at most `limit` entries of each other station of the site, in slices for `books.admit`.

    `held` are heads that were delivered but may not be admitted yet. Raises CentreUnreachable; a station whose entries
    cannot be proven is a problem in the result.
    """
    haul = Haul([], [])
    for known in centre.stations():
        if known.station == books.station:
            continue
        try:
            with reading(books) as connection:
                haul.slices.extend(_fetched(connection, centre, known, (held or {}).get(known.station), limit))
        except CentreUnreachable:
            raise
        except StationFault as problem:
            haul.problems.append(str(problem))
    return haul


def _fetched(connection: Connection, centre: Centre, known: Known, held: Head | None, limit: int) -> list[Pulled]:
    """The new entries of one station, proven."""
    station = known.station
    here = max(head_of(connection, station), held or EMPTY, key=lambda head: head.seq)
    if known.head.seq < here.seq or (known.head.seq == here.seq and known.head.hash != here.hash):
        raise Fork(
            say(
                "City hall shows other entries of station {station} than it did before ({there} against {here} here);"
                " call support.",
                station=station,
                there=known.head.seq,
                here=here.seq,
            )
        )
    if known.head.seq == here.seq:
        return []
    entries, private = centre.since(station, here.seq, limit)
    opening = entries_after(connection, station, 0, 1)[0]
    if not opening:
        opening = entries[:1] if here.seq == 0 else centre.since(station, 0, 1)[0]
    opened_with = key_of(opening, known)
    prove(entries, private, here, key_in_force(connection, station, here.seq) or opened_with)
    return list(sliced(station, entries, private))


def key_of(opening: Sequence[Entry], known: Known) -> Ed25519PublicKey:
    """The key that a station's entry 1 names; it must be the one that the centre was given, where it keeps one."""
    event = _read(opening[0])[1] if opening else None
    if not isinstance(event, ev.StationOpened):
        raise Unproven(
            say(
                "The first entry of station {station} does not open it; nothing of it was taken in.",
                station=known.station,
            )
        )
    if known.key and event.public_key != known.key.hex():
        raise Unproven(
            say(
                "Station {station} signs with another key than city hall was given; call support.",
                station=known.station,
            )
        )
    return public_key(bytes.fromhex(event.public_key))


def key_in_force(connection: Connection, station: str, seq: int) -> Ed25519PublicKey | None:
    """The key that signs the entries after `seq` of a journal that was proven here; None where it was never changed."""
    changed = connection.exec_driver_sql(_KEY_CHANGED, (station, seq)).scalar_one()
    if changed is None:
        return None
    [entry], _ = entries_after(connection, station, changed - 1, 1)
    return _next_key(entry, _read(entry)[1])


def _next_key(entry: Entry, event: ev.Event | None) -> Ed25519PublicKey | None:
    """The key that an entry announces for those after it, or None."""
    if not isinstance(event, ev.SigningKeyChanged):
        return None
    try:
        return public_key(bytes.fromhex(event.public_key))
    except ValueError as error:
        raise Unproven(
            say("Entry {seq} of {station} cannot be read; it was not taken in.", seq=entry.seq, station=entry.station)
        ) from error


def prove(entries: Sequence[Entry], private: Iterable[tuple[int, Private]], head: Head, key: Ed25519PublicKey) -> None:
    """Raises Unproven unless the entries continue `head`, say what their hashes say, and are signed with `key`, or with
    the key that an entry before them announces."""
    bodies: dict[int, bytes] = {}
    for entry in entries:
        words = say("Entry {seq} of {station}, as city hall gave it,", seq=entry.seq, station=entry.station)
        if entry.seq != head.seq + 1 or entry.prev != head.hash:
            raise Unproven(say("{words} does not continue what is here; it was not taken in.", words=words))
        if entry.hash != chain_hash(entry.prev, entry.body):
            raise Unproven(say("{words} was changed; it was not taken in.", words=words))
        if not is_signed(key, entry.hash, entry.sig):
            raise Unproven(say("{words} is not signed by that station; it was not taken in.", words=words))
        body, event = _read(entry)
        if (body.station, body.seq) != (entry.station, entry.seq):
            raise Unproven(say("{words} speaks for another station; it was not taken in.", words=words))
        key = _next_key(entry, event) or key
        head, bodies[entry.seq] = Head(entry.seq, entry.hash), entry.body
    for seq, value in private:
        if value.digest.encode() not in bodies.get(seq, b""):
            raise Unproven(
                say("A private value of entry {seq} is not the one that was sealed; it was not taken in.", seq=seq)
            )


def _read(entry: Entry) -> tuple[Body, ev.Event | None]:
    """The body and its event, None when its kind is of a later version. Raises Unproven for what is neither."""
    try:
        body = read_body(entry.body)
        return body, ev.decode(body.kind, body.version, bytes(body.event))
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Unproven(
            say("Entry {seq} of {station} cannot be read; it was not taken in.", seq=entry.seq, station=entry.station)
        ) from error


def sliced(station: str, entries: Sequence[Entry], private: Iterable[tuple[int, Private]]) -> Iterable[Pulled]:
    """The entries in slices that the window can take in between two events."""
    by_seq: dict[int, list[tuple[int, Private]]] = {}
    for seq, value in private:
        by_seq.setdefault(seq, []).append((seq, value))
    for start in range(0, len(entries), ADMIT_SLICE):
        some = tuple(entries[start : start + ADMIT_SLICE])
        yield Pulled(station, some, tuple(pair for entry in some for pair in by_seq.get(entry.seq, ())))


def settle(books: Books, delivery: Delivery) -> None:
    """On the thread of the writing connection: keep what the worker brought. A state needs no keeping."""
    if isinstance(delivery, Shipped):
        with reading(books) as connection:
            known = cursor_of(connection, delivery.centre, delivery.station) == delivery.head
        if not known:
            with books.change_state() as connection:
                save_cursor(connection, delivery.centre, delivery.station, delivery.head)
    elif isinstance(delivery, Pulled):
        books.admit(delivery.entries, delivery.private)
    elif isinstance(delivery, Published):
        with books.change_state() as connection:
            reference_published.keep(connection, delivery)


def published(books: Books, centre: Centre) -> Iterator[Published]:
    """What the city published and is not here yet; nothing is held open while the network is waited for."""
    with reading(books) as connection:
        here = reference_published.kept(connection)
    return reference_published.fetch(centre, here)


def sync_once(books: Books, centre: Centre) -> SyncState:
    """Ship everything, then take in everything; for the thread of the writing connection, with the folder's lock held.

    `fault` of the result is the sentence for the person; it is None only when the centre has all and all was taken in.
    """
    try:
        while (shipped := ship(books, centre, BACKLOG)).sent:
            settle(books, shipped)
        settle(books, shipped)
        while (haul := pull(books, centre)).slices:
            for some in haul.slices:
                settle(books, some)
        for version in published(books, centre):
            settle(books, version)
        return state_of(books, centre.name, together(haul.problems) if haul.problems else None)
    except TailMissing as missing:
        settle(books, missing.acknowledged)
        return state_of(books, centre.name, str(missing))
    except StationFault as fault:
        return state_of(books, centre.name, str(fault))


def sync_watch(
    books: Books,
    centre: Centre,
    stop: Event,
    tell: Callable[[SyncState], None],
    every_s: float = 1,
    then: Callable[[], object] = lambda: None,
) -> None:
    """`sync_once` and `then` until `stop` is set, slower while the centre is not reached; `tell` hears each state that
    is new."""
    pause, last = Pause(every_s, SystemRandom()), None
    while not stop.is_set():
        state = sync_once(books, centre)
        if state != last:
            tell(state)
        last = state
        then()
        stop.wait(pause.after(good=state.fault is None))


class Pause:
    """How long to wait: the pace while all is well, up to twice as long each time, at most 60 s, while it is not.

    The dice choose from the second half of the time, so that the stations do not all come back in the same instant.
    """

    LONGEST_S = 60.0

    def __init__(self, pace_s: float, dice: Random) -> None:
        self._pace_s = self._next_s = pace_s
        self._dice = dice

    def after(self, *, good: bool) -> float:
        """Seconds to wait after a round that went well, or did not."""
        wait_s = self._pace_s if good else self._next_s * self._dice.uniform(0.5, 1)
        self._next_s = self._pace_s if good else min(self._next_s * 2, self.LONGEST_S)
        return wait_s


@contextmanager
def reading(books: Books) -> Iterator[Connection]:
    """A reader's connection; what the file throws is told in a sentence."""
    with world(unreadable), books.read() as connection:
        yield connection


def state_of(books: Books, centre: str, fault: str | None = None) -> SyncState:
    """The status line's state as the acknowledged cursor has it now; cheap enough for every second."""
    with reading(books) as connection:
        left = backlog(connection, books.station, cursor_of(connection, centre, books.station).seq)
    return SyncState(centre, left.waiting, left.oldest_at, fault)


def backlog(connection: Connection, station: str, after: int) -> Backlog:
    """Entries of the own journal after `after`."""
    waiting = max(head_of(connection, station).seq - after, 0)
    if not waiting:
        return Backlog(0, None)
    [oldest], _ = entries_after(connection, station, after, 1)
    return Backlog(waiting, read_body(oldest.body).at)


def hash_at(connection: Connection, station: str, seq: int) -> bytes | None:
    """The hash of an entry, or None when it is not here."""
    found: bytes | None = connection.exec_driver_sql(
        "SELECT hash FROM entry WHERE station = ? AND seq = ?", (station, seq)
    ).scalar()
    return found


def cursor_of(connection: Connection, centre: str, station: str) -> Head:
    """The newest entry that the centre acknowledged."""
    row = connection.exec_driver_sql(
        "SELECT seq, hash FROM cursor WHERE centre = ? AND station = ?", (centre, station)
    ).first()
    return Head(row[0], row[1]) if row else EMPTY


def save_cursor(connection: Connection, centre: str, station: str, head: Head) -> None:
    """Keep what the centre acknowledged; on the writing connection alone."""
    connection.exec_driver_sql(
        "INSERT OR REPLACE INTO cursor (centre, station, seq, hash) VALUES (?, ?, ?, ?)",
        (centre, station, head.seq, head.hash),
    )


def _seconds(now: datetime, at: str) -> int:
    return max(int((now - from_text(at)).total_seconds()), 0)


def age_in_words(seconds: int) -> Said:
    """40 s · 12 min · 3 h · 2 days"""
    if seconds >= 2 * 86_400:
        return say("{n} days", n=seconds // 86_400)
    if seconds >= 2 * 3_600:
        return say("{n} h", n=seconds // 3_600)
    return say("{n} min", n=seconds // 60) if seconds >= 120 else say("{n} s", n=seconds)
