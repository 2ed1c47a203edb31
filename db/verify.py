"""Proves the journals of a file: the chain of hashes, the signatures, and (in full) everything that their entries tell.

Nothing in the file is believed, and nothing in it may stop the proof: whatever is found wrong becomes a sentence that
names station and entry. A changed byte breaks the hash of its own entry; a chain that was computed anew breaks the
signature of the newest, so that the quick proof checks the newest alone and is as good against whoever has not the key.
"""

import re
from collections import deque
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from operator import itemgetter
from typing import Any

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import Connection

from counter_app.domain.clock import STEP_TOLERANCE, from_text
from counter_app.domain.entry import EMPTY, FIRST_PREV, Body, Head, Private, canonical, chain_hash, read_body
from counter_app.domain.events import KINDS, ReferenceLoaded, SigningKeyChanged, StationOpened
from db import chain
from db.consistency import Problem, contradictions, inconsistencies
from db.keys import Signer, is_signed, public_key
from db.reference_proof import altered
from db.schema import APPEND_ONLY
from db.storage import FAULTS, reason

NEWEST = 250
"""Entries of each station whose signatures even the quick proof checks."""
MOST_DAMAGED = 20
"""Entries that are read around, one by one, before a damaged file is given up."""
MOST_PROBLEMS = 1_000
"""Sentences kept; a file with more is broken as a whole, and the rest is counted."""

_NUMBER = re.compile(r"-[A-Z]?(\d{6,})")
_UNREADABLE = (msgspec.MsgspecError, ValueError, RecursionError)


class Verification(msgspec.Struct, frozen=True):
    """What was proved: how many entries of all stations, the newest of this one, and what does not hold."""

    entries: int
    head: Head
    problems: tuple[Problem, ...]


def verify(connection: Connection, station: str, *, full: bool, signatures: bool = False) -> Verification:
    """Prove every journal of the file, with a reader of its Storage; never raises for what the file holds.

    Without `full`: the chain, what bodies say of themselves, and the newest signatures (all with `signatures`).
    """
    findings = _Findings()
    journals = _Journals(connection, findings, full=full, signatures=signatures)
    try:
        journals.walk()
        _check_beside(journals, station, findings, full=full)
    finally:
        journals.close()
    link = journals.links.get(station)
    return Verification(journals.entries, link.head if link else EMPTY, findings.all())


def verify_newest(connection: Connection, station: str) -> Verification:
    """Prove the NEWEST entries of each station in depth, in the time that they take: what came since the last look.

    Their first is held against the one before it; what lies further back is the full proof's.
    """
    findings = _Findings()
    journals = _Journals(connection, findings, full=False, signatures=True)
    try:
        try:
            journals.walk_newest()
        except FAULTS as error:
            findings.add(station, 0, f"The journal of {station} cannot be read: {reason(error)}.")
            journals.renew()
        _check_beside(journals, station, findings, full=False)
    finally:
        journals.close()
    link = journals.links.get(station)
    return Verification(journals.entries, link.head if link else EMPTY, findings.all())


def _check_beside(journals: "_Journals", station: str, findings: "_Findings", *, full: bool) -> None:
    """What is checked beside the chain; a check that the file does not allow is a problem itself."""
    if station not in journals.links:
        findings.add(station, 0, f"The journal of {station} has no entries; there is nothing that could be proved.")
    checks = [_guards, _cursors, _own_key]
    if full:
        checks += [_pages, _strays, _acts, _reference, _consistency]
    for check in checks:
        try:
            check(journals.connection, station, journals, findings)
        except FAULTS as error:
            findings.add(station, 0, f"The database of {station} cannot be read: {reason(error)}.")
            journals.renew()


class _Findings:
    """The problems found so far, as many as anybody reads."""

    def __init__(self) -> None:
        self._problems: list[Problem] = []
        self._more = 0

    def add(self, station: Any, seq: Any, sentence: str) -> None:
        if len(self._problems) >= MOST_PROBLEMS:
            self._more += 1
            return
        self._problems.append(Problem(str(station), seq if type(seq) is int else 0, sentence))

    def entry(self, station: Any, seq: Any, what: str) -> None:
        self.add(station, seq, f"{station} entry {seq}: {what}.")

    def all(self) -> tuple[Problem, ...]:
        """By station and entry."""
        found = sorted(self._problems, key=lambda p: (p.station, p.seq))
        if self._more:
            found.append(Problem(found[-1].station, found[-1].seq, f"There are {self._more} more problems."))
        return tuple(found)


class _Link:
    """What is known of one station's chain up to the entry read last."""

    def __init__(self) -> None:
        self.seq = 0
        self.hash: bytes | None = FIRST_PREV
        self.head = EMPTY
        self.key: Ed25519PublicKey | None = None
        self.next_key: Ed25519PublicKey | None = None
        """The key that signs from the next entry on, where this one announces it."""
        self.key_from = 1
        self.at: datetime | None = None
        self.business_date: str | None = None
        self.numbers: dict[str, int] = {}
        self.is_whole = True
        """Whether it is known from its first entry on; else the first number of a kind is taken as it is."""
        self.newest: deque[tuple[chain.Row, Ed25519PublicKey | None]] = deque(maxlen=NEWEST)
        self.loads: dict[int, ReferenceLoaded] = {}


class _Journals:
    """Walks all entries once, in the order of station and seq."""

    def __init__(self, connection: Connection, findings: _Findings, *, full: bool, signatures: bool) -> None:
        self.links: dict[Any, _Link] = {}
        self.entries = 0
        self.connection = connection
        self._renewed: Connection | None = None
        self._damaged = 0
        self._findings, self._full, self._signatures = findings, full, signatures

    def walk(self) -> None:
        """Every entry that can be read."""
        private: dict[chain.Key, list[Private]] = {}
        for rows in self._slices():
            if self._full:
                private = self._private(rows)
            for row in rows:
                self._entry(row, private)
        if not self._full:
            for link in self.links.values():
                for row, key in link.newest:
                    self._in_depth(row, ())
                    if not self._signatures:
                        self._signature(row, key)
        self._count()

    def walk_newest(self) -> None:
        """The NEWEST entries of each station."""
        for station in chain.stations(self.connection):
            before, *rows = chain.newest_of(self.connection, station, NEWEST + 1)
            if len(rows) < NEWEST or before[1] == 1:
                rows = [before, *rows]
            else:
                self.links[station] = self._link_up_to(before)
            for row in rows:
                self._entry(row, {})
        for link in self.links.values():
            for row, _ in link.newest:
                self._in_depth(row, ())

    def _link_up_to(self, row: chain.Row) -> _Link:
        """What must be known of a chain to go on after one of its entries: its hash, and the key in force."""
        station, seq, body, prev, hash_, _sig = row
        link = _Link()
        link.is_whole = False
        if not _is_shaped(row):
            self._findings.entry(station, seq, "it is not stored as an entry is")
            return link
        if chain_hash(prev, body) != hash_:
            self._findings.entry(station, seq, "its hash is not the hash of its body")
        named = self.connection.exec_driver_sql(
            "SELECT station, seq, body, prev, hash, sig FROM entry WHERE station = ?1 AND seq = 1 UNION ALL"
            " SELECT e.station, e.seq, e.body, e.prev, e.hash, e.sig FROM act a JOIN entry e USING (station, seq)"
            " WHERE a.station = ?1 AND a.kind = 'SigningKeyChanged' AND a.seq <= ?2 ORDER BY 2",
            (station, seq),
        ).all()
        for one in named:
            self._body(one, link)
            if link.next_key is not None:
                link.key, link.key_from, link.next_key = link.next_key, one[1], None
        link.seq, link.hash, link.head, link.at = seq, hash_, Head(seq, hash_), None
        link.numbers = {}
        return link

    def close(self) -> None:
        """Give back the connection that took the place of a failed one."""
        if self._renewed is not None:
            self._renewed.close()

    def renew(self) -> None:
        """Read on with another connection: after a damaged page the first fails for good pages too."""
        if self._renewed is not None:
            self._renewed.invalidate()
            self._renewed.close()
        self.connection = self._renewed = self.connection.engine.connect()

    def _slices(self) -> Iterator[Sequence[chain.Row]]:
        """All entries; around a damaged page one by one, so that each entry that cannot be read is named."""
        after: chain.Key | None = None
        limit, one_by_one = chain.SLICE, 0
        while True:
            try:
                rows = chain.entries_after(self.connection, after, limit)
            except FAULTS as error:
                self.renew()
                if limit == 1:
                    after = self._pass_over(after, error)
                    if after is None:
                        return
                limit, one_by_one = 1, chain.SLICE
                continue
            if not rows:
                return
            yield rows
            after = (rows[-1][0], rows[-1][1])
            one_by_one -= 1
            limit = 1 if one_by_one > 0 else chain.SLICE

    def _pass_over(self, after: chain.Key | None, error: BaseException) -> chain.Key | None:
        """Names the entry after a key as unreadable; its key, or None when there is no sense in going on."""
        self._damaged += 1
        if after is None or type(after[1]) is not int or self._damaged > MOST_DAMAGED:
            self._findings.add(
                "", 0, f"The file is damaged ({reason(error)}); from there on the journal of {after} was not proved."
            )
            return None
        station, seq = after[0], after[1] + 1
        self._findings.entry(station, seq, f"it cannot be read, the file is damaged ({reason(error)})")
        link = self.links[station]
        link.seq, link.hash = seq, None
        return station, seq

    def _private(self, rows: Sequence[chain.Row]) -> dict[chain.Key, list[Private]]:
        first, last = rows[0], rows[-1]
        try:
            return chain.private_between(self.connection, (first[0], first[1]), (last[0], last[1]))
        except FAULTS as error:
            self._findings.entry(first[0], first[1], f"private values from here on cannot be read ({reason(error)})")
            self.renew()
            return {}

    def _count(self) -> None:
        try:
            stored = self.connection.exec_driver_sql("SELECT COUNT(*) FROM entry").scalar_one()
        except FAULTS:
            return  # named already by whoever read the entries
        if stored > self.entries and not self._findings.all():
            lost = stored - self.entries
            self._findings.add("", 0, f"{lost} rows of the journal belong to no station or have no number.")

    def _entry(self, row: chain.Row, private: dict[chain.Key, list[Private]]) -> None:
        station, seq, body, prev, hash_, _sig = row
        self.entries += 1
        link = self.links.get(station)
        if link is None:
            link = self.links[station] = _Link()
        if not _is_shaped(row):
            self._findings.entry(station, seq, "it is not stored as an entry is")
            link.hash = None
            link.seq = seq if type(seq) is int else link.seq
            return
        if seq != link.seq + 1:
            self._gap(station, seq, link)
        elif link.hash is not None and prev != link.hash:
            self._findings.entry(station, seq, "it does not follow the entry before it")
        if chain_hash(prev, body) != hash_:
            self._findings.entry(station, seq, "its hash is not the hash of its body")
        link.seq, link.hash, link.head = seq, hash_, Head(seq, hash_)
        self._body(row, link)
        if self._full:
            self._signature(row, link.key)
            self._in_depth(row, private.get((station, seq), ()))
        else:
            link.newest.append((row, link.key))
            if self._signatures:
                self._signature(row, link.key)
        if link.next_key is not None:
            link.key, link.key_from, link.next_key = link.next_key, seq, None

    def _gap(self, station: str, seq: int, link: _Link) -> None:
        first, last = link.seq + 1, seq - 1
        if last < first:
            self._findings.entry(station, seq, "no entry has this number")
        elif last == first:
            self._findings.entry(station, first, "it is missing")
        else:
            self._findings.add(station, first, f"{station} entries {first} to {last} are missing.")

    def _body(self, row: chain.Row, link: _Link) -> None:
        """What the body says of itself: whose it is, when, which numbers it gives."""
        station, seq, raw = row[0], row[1], row[2]
        try:
            body = read_body(raw)
            same = canonical(body) == raw
        except _UNREADABLE as error:
            self._findings.entry(station, seq, f"its body cannot be read ({reason(error)})")
            return
        if not same:
            self._findings.entry(station, seq, "its body is not written in the one canonical way")
        if (body.station, body.seq) != (station, seq):
            self._findings.entry(station, seq, f"its body calls itself {body.station} entry {body.seq}")
        if (body.kind == "StationOpened") != (seq == 1):
            self._findings.entry(station, seq, "a journal begins with the opening of its station, and only there")
        elif seq == 1:
            self._opened(body, link)
        elif body.kind == "SigningKeyChanged":
            self._key_changed(body, row, link)
        self._times(body, row, link)
        if body.numbers:
            self._numbers(body.numbers, row, link)

    def _opened(self, body: Body, link: _Link) -> None:
        try:
            opened = msgspec.json.decode(body.event, type=StationOpened)
            link.key = public_key(bytes.fromhex(opened.public_key))
        except _UNREADABLE as error:
            self._findings.entry(body.station, 1, f"it names no key that could verify signatures ({reason(error)})")
            return
        if opened.station != body.station:
            self._findings.entry(body.station, 1, f"it opens the station {opened.station}")

    def _key_changed(self, body: Body, row: chain.Row, link: _Link) -> None:
        """Whoever has not the old key cannot name a new one: so also the quick proof checks this signature."""
        if link.key is None or not is_signed(link.key, row[4], row[5]):
            if not (self._full or self._signatures):
                self._signature(row, link.key)
            return
        try:
            changed = msgspec.json.decode(body.event, type=SigningKeyChanged)
            link.next_key = public_key(bytes.fromhex(changed.public_key))
        except _UNREADABLE as error:
            self._findings.entry(body.station, body.seq, f"it names no key that could sign ({reason(error)})")

    def _times(self, body: Body, row: chain.Row, link: _Link) -> None:
        try:
            at = from_text(body.at)
            if body.business_date is not None and body.business_date != link.business_date:
                date.fromisoformat(body.business_date)
                link.business_date = body.business_date
            if len(body.at) != 24 or body.at[-1] != "Z":
                raise ValueError(body.at)
        except ValueError:
            self._findings.entry(row[0], row[1], "its time or business date is none")
            return
        if link.at is not None and at < link.at - STEP_TOLERANCE and body.kind != "ClockStepped":
            self._findings.entry(row[0], row[1], "it is older than the entry before it, without a step of the clock")
        link.at = at

    def _numbers(self, numbers: dict[str, str], row: chain.Row, link: _Link) -> None:
        """Gapless and increasing per kind; a second one of a kind in an entry is called `licence2`, and so on."""
        station, seq = row[0], row[1]
        given = list(numbers.items())
        if len(given) > 1:
            given.sort(key=itemgetter(1))
        for name, number in given:
            kind = name.rstrip("0123456789")
            found = _NUMBER.fullmatch(number.removeprefix(station))
            if found is None or not number.startswith(station):
                self._findings.entry(station, seq, f"{number[:40]} is no {kind} number of this station")
                continue
            value, before = int(found[1]), link.numbers.get(kind, 0)
            if value != before + 1 and (link.is_whole or kind in link.numbers):
                self._findings.entry(station, seq, f"the {kind} number {number} follows number {before}")
            link.numbers[kind] = value

    def _signature(self, row: chain.Row, key: Ed25519PublicKey | None) -> None:
        if key is None or not is_signed(key, row[4], row[5]):
            self._findings.entry(row[0], row[1], "it is not signed with the station's key")

    def _in_depth(self, row: chain.Row, private: Sequence[Private]) -> None:
        """The event's fields, what they add up to, and its private values."""
        station, seq, raw = row[0], row[1], row[2]
        try:
            body = read_body(raw)
            event = _event(body)
            if canonical(event) != bytes(body.event):
                self._findings.entry(station, seq, "its event is not written in the one canonical way")
        except _UNREADABLE as error:
            self._findings.entry(station, seq, f"its event cannot be read ({reason(error)})")
            return
        if isinstance(event, ReferenceLoaded):
            self.links[station].loads[seq] = event
        for what in contradictions(event):
            self._findings.entry(station, seq, what)
        for value in private:
            if not _is_sealed(event, value):
                field = str(value.field)[:60]
                self._findings.entry(station, seq, f"the private value {field} is not the one that was sealed")


def _is_shaped(row: chain.Row) -> bool:
    """Whether each column holds what its name says."""
    station, seq, body, prev, hash_, sig = row
    return (
        type(station) is str and type(seq) is int
        and type(body) is bytes and type(prev) is bytes and type(hash_) is bytes and type(sig) is bytes
        and len(prev) == len(hash_) == 32 and len(sig) == 64
    )  # fmt: skip


def _no_float(text: str) -> None:
    raise ValueError(f"{text} is no whole number")


def _event(body: Body) -> Any:
    """The event by its type, so that an unknown field is noticed when written again; of an unknown kind as it is."""
    known = KINDS.get(body.kind)
    if known is not None and body.version == known.VERSION:
        return msgspec.json.decode(body.event, type=known)
    return msgspec.json.Decoder(float_hook=_no_float).decode(body.event)


def _is_sealed(event: Any, value: Private) -> bool:
    """Whether the event holds the digest of a private value at the field that it names."""
    if not (isinstance(value.field, str) and isinstance(value.salt, bytes) and isinstance(value.value, str)):
        return False
    return bool(at_path(event, value.field) == value.digest)


def at_path(event: Any, path: str) -> Any:
    """The value at `lines.1.details`; the places of a list are counted from 0. None where there is nothing."""
    for step in path.split("."):
        if isinstance(event, dict):
            event = event.get(step)
        elif isinstance(event, list | tuple):
            event = event[int(step)] if step.isdecimal() and int(step) < len(event) else None
        else:
            event = getattr(event, step, None)
    return event


def _guards(connection: Connection, station: str, _journals: _Journals, findings: _Findings) -> None:
    """The triggers that keep the journal append-only."""
    found = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all()
    there = {name for name, sql in found if "RAISE(ABORT" in str(sql)}
    for table in APPEND_ONLY:
        for verb in ("update", "delete"):
            if f"{table}_no_{verb}" not in there:
                findings.add(station, 0, f"The guard of {station} that refuses to {verb} an {table} is gone.")


def _cursors(connection: Connection, _station: str, journals: _Journals, findings: _Findings) -> None:
    """What a central store acknowledged must still be here, and be the same."""
    cursors = connection.exec_driver_sql("SELECT centre, station, seq, hash FROM cursor").all()
    for centre, station, seq, hash_ in cursors:
        link = journals.links.get(station)
        head = link.head.seq if link else 0
        if seq > head:
            findings.entry(station, head + 1, f"entries {head + 1} to {seq} are missing that the centre ({centre}) has")
            continue
        kept = connection.exec_driver_sql(
            "SELECT hash FROM entry WHERE station = ? AND seq = ?", (station, seq)
        ).scalar()
        if seq and kept != hash_:
            findings.entry(station, seq, f"the centre ({centre}) has another entry under this number")


def _own_key(connection: Connection, station: str, journals: _Journals, findings: _Findings) -> None:
    """The key this station signs with is the one that its journal named last."""
    kept = connection.exec_driver_sql("SELECT value FROM secret WHERE name = 'signing key'").scalar_one_or_none()
    link = journals.links.get(station)
    if kept is None or link is None or link.key is None:
        return
    try:
        own = Signer(kept).public
    except (ValueError, TypeError):
        findings.add(station, 0, f"The signing key of {station} is damaged.")
        return
    if own != link.key.public_bytes_raw():
        findings.entry(station, link.key_from, "it names another key than this station signs with")


def _pages(connection: Connection, station: str, _journals: _Journals, findings: _Findings) -> None:
    """Every page of the file against its own authentication."""
    for (words,) in connection.exec_driver_sql("PRAGMA cipher_integrity_check").all():
        findings.add(station, 0, f"The database of {station} is damaged: {words}.")


def _strays(connection: Connection, _station: str, _journals: _Journals, findings: _Findings) -> None:
    """Private values that belong to no entry."""
    rows = connection.exec_driver_sql(
        "SELECT station, seq, field FROM private p WHERE NOT EXISTS"
        " (SELECT 1 FROM entry e WHERE e.station = p.station AND e.seq = p.seq) LIMIT 100"
    )
    for station, seq, field in rows.all():
        findings.entry(station, seq, f"there is a private value {str(field)[:60]} and no such entry")


def _acts(connection: Connection, _station: str, journals: _Journals, findings: _Findings) -> None:
    """One row of `act` for each entry."""
    counts: dict[str, dict[str, int]] = {
        table: {
            row[0]: row[1] for row in connection.exec_driver_sql(f"SELECT station, COUNT(*) FROM {table} GROUP BY 1")
        }
        for table in ("act", "entry")
    }
    for station in {*counts["act"], *journals.links}:
        acts, entries = (counts[table].get(station, 0) for table in ("act", "entry"))
        if acts != entries:
            findings.add(station, 0, f"{station} has {entries} entries and {acts} of them in its books; rebuild them.")


def _reference(connection: Connection, station: str, journals: _Journals, findings: _Findings) -> None:
    """Settings, fees, rates, staff, accounts and bills are those that the entries made current."""
    if station in journals.links:
        for seq, what in altered(connection, journals.links[station].loads):
            findings.entry(station, seq, what)


def _consistency(connection: Connection, _station: str, _journals: _Journals, findings: _Findings) -> None:
    for problem in inconsistencies(connection):
        findings.add(problem.station, problem.seq, problem.sentence)
