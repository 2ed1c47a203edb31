"""Proves an exported journal anywhere: this one file, Python's standard library and `cryptography` are all it takes.

    python -m counter_app.archive_check ARCHIVE [--key STATION=HEX ...] [--checkpoint TEXT ...]

Exit 0: proven. 1: not proven; the last line names station and entry. 2: no archive that can be read. `--key` compares a
station's public key with one known from elsewhere (the central store, the paper of its installation): only that tells a
journal from another that somebody made and signed as a whole. `--checkpoint` is what the code on a deposit slip or a
daily report says (`CHC1/STATION/SEQ/HASH/SIGNATURE`): the journal must hold that very entry, so that not even who has
the key can cut the end off or write it anew.

An archive is JSON Lines: a header; the entries of each station in order, each followed by its private values if those
were asked for; a checkpoint for each station, signed by the station that exported; and its seal over all bytes before.

    hash = SHA-256(b"CHJ1" + prev + body)              sig = Ed25519(station's key, hash)
    The key is the one of entry 1, until an entry SigningKeyChanged names another for those after it.
    checkpoint = Ed25519(exporter's key, b"CHC1" + station + seq + hash)
    seal = Ed25519(exporter's key, b"CHA1" + SHA-256(all lines before the seal))
"""

import json
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

FORMAT = "counter journal archive"
VERSION = 1
LONGEST_LINE = 64 * 1024 * 1024
USAGE = "Say which archive: python -m counter_app.archive_check ARCHIVE [--key STATION=HEX ...] [--checkpoint TEXT ...]"

Record = dict[str, Any]


class Unreadable(Exception):
    """There is no archive here that could be judged."""


class NotProven(Exception):
    """Something does not hold at an entry of a station."""

    def __init__(self, station: str, seq: int, what: str) -> None:
        super().__init__(f"NOT PROVEN: {station} entry {seq}: {what}.")


class Chain:
    """What is proved of one station so far."""

    def __init__(self, station: str, key: str) -> None:
        self.station, self.key_text = station, key
        self.seq = 0
        self.hash = bytes(32)
        self.event: Any = None
        self.purpose = "real"
        self.changed_at = 0
        self.closed = False
        self.papers: dict[int, list[tuple[bytes, bytes]]] = {}
        """Hash and signature that paper shows, by entry."""
        self._hashes: dict[int, bytes] = {}
        self._keys: list[tuple[int, Ed25519PublicKey]] = []
        """The keys there were before, and the last entry each of them signed."""
        try:
            self.key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(key))
        except ValueError as error:
            raise Unreadable(f"The header has no usable key of {station}: {error}.") from error

    def fail(self, what: str, seq: int | None = None) -> NotProven:
        return NotProven(self.station, self.seq if seq is None else seq, what)

    def signed(self, what: bytes, signature: bytes) -> bool:
        return _is_signed(self.key, what, signature)

    def add(self, record: Record) -> None:
        """The next entry: number, chain, body, signature."""
        seq = self.seq + 1
        if self.closed:
            raise self.fail("an entry follows the checkpoint", seq)
        if self.seq and record.get("seq") == self.seq and record.get("hash") != self.hash.hex():
            raise self.fail(
                "there are two entries of this number, the journal goes on from each: a copy of it was used"
            )
        if record.get("seq") != seq or type(record.get("seq")) is not int:
            raise self.fail(f"it is missing; entry {str(record.get('seq'))[:20]} stands in its place", seq)
        body, prev, hash_ = _text(record, "body").encode(), _hex(record, "prev", 32), _hex(record, "hash", 32)
        if prev != self.hash:
            raise self.fail("it does not follow the entry before it", seq)
        if sha256(b"CHJ1" + prev + body).digest() != hash_:
            raise self.fail("its hash is not the hash of its body", seq)
        if not self.signed(hash_, _hex(record, "sig", 64)):
            raise self.fail("it is not signed with the station's key", seq)
        self.event = self._event(body, seq)
        if b'"kind":"SigningKeyChanged"' in body and json.loads(body)["kind"] == "SigningKeyChanged":
            self._change_key(seq)
        self.seq, self.hash = seq, hash_
        if seq in self.papers:
            self._hashes[seq] = hash_

    def _change_key(self, seq: int) -> None:
        """From the next entry on another key signs, which this one, signed with the old key, names."""
        self._keys.append((seq, self.key))
        try:
            self.key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(self.event["public_key"]))
        except ValueError:
            raise self.fail("it names no key that could sign", seq) from None
        self.changed_at = seq

    def _event(self, body: bytes, seq: int) -> Any:
        value = json.loads(body, parse_float=_no_float, parse_constant=_no_float)
        if json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode() != body:
            raise self.fail("its body is not written in the one canonical way", seq)
        if value["station"] != self.station or value["seq"] != seq:
            raise self.fail("its body names another entry", seq)
        if (value["kind"] == "StationOpened") != (seq == 1):
            raise self.fail("a journal begins with the opening of its station, and only there", seq)
        if seq == 1 and value["event"]["public_key"] != self.key_text:
            raise self.fail("it names another key than the header", seq)
        if seq == 1:
            self.purpose = str(value["event"]["purpose"])
        return value["event"]

    def private(self, record: Record) -> None:
        """A private value of the entry just read, whose digest the body holds in its place."""
        if record.get("seq") == self.seq + 1:
            raise self.fail("it is missing; its private value stands in its place", self.seq + 1)
        if self.closed or record.get("seq") != self.seq:
            raise self.fail("a private value stands at another entry")
        field, salt, value = _text(record, "field"), _hex(record, "salt", None), _text(record, "value")
        if _at_path(self.event, field) != sha256(salt + value.encode()).hexdigest():
            raise self.fail(f"the private value {field[:60]} is not the one that was sealed")

    def checkpoint(self, record: Record, exporter: "Chain") -> None:
        """What the exporting station says is the newest entry."""
        if self.closed:
            raise self.fail("there is a second checkpoint")
        seq, hash_ = record.get("seq"), _hex(record, "hash", 32)
        if type(seq) is not int or seq > self.seq:
            raise self.fail(f"it is missing; the checkpoint names entry {str(seq)[:20]} as the newest", self.seq + 1)
        if seq != self.seq or hash_ != self.hash:
            raise self.fail("the checkpoint names another entry as the newest")
        if not exporter.signed(b"CHC1" + self.station.encode() + str(seq).encode() + hash_, _hex(record, "sig", 64)):
            raise self.fail("the checkpoint is not signed with the key of the station that exported")
        self.closed = True

    def hold(self) -> None:
        """Hold the journal against paper; it may be signed with the key of its day or a later one."""
        for seq, papers in sorted(self.papers.items()):
            keys = [key for last, key in self._keys if last >= seq] + [self.key]
            for hash_, sig in papers:
                if seq not in self._hashes:
                    raise self.fail("it is missing; a checkpoint on paper names it", seq)
                if self._hashes[seq] != hash_:
                    raise self.fail("it is not the entry that a checkpoint on paper names", seq)
                mark = b"CHC1" + self.station.encode() + str(seq).encode() + hash_
                if not any(_is_signed(key, mark, sig) for key in keys):
                    raise self.fail("the checkpoint on paper is not signed with the station's key", seq)


class Archive:
    """Reads an archive once, line by line, in the memory of its longest line."""

    def __init__(self, file: BinaryIO, known_keys: dict[str, str], papers: list[str] | None = None) -> None:
        self._lines = _lines(file)
        header = self._header()
        keys = header["keys"]
        self.chains = {station: Chain(station, keys[station]) for station in sorted(keys)}
        self.exporter = self.chains[header["station"]]
        self._digest = sha256(self._first)
        self._sealed = False
        for station, key in known_keys.items():
            if keys.get(station) != key.lower():
                raise NotProven(station, 1, "the archive has another key of this station, or none")
        for paper in papers or ():
            station, seq, hash_, sig = read_checkpoint(paper)
            if station not in self.chains:
                raise NotProven(station, seq, "it is missing with the whole station; a checkpoint on paper names it")
            self.chains[station].papers.setdefault(seq, []).append((hash_, sig))

    def prove(self) -> None:
        """Every line; raises NotProven at the first that does not hold."""
        at = self.exporter
        for line in self._lines:
            if self._sealed:
                raise self.exporter.fail("something follows the seal")
            try:
                at = self._line(line, at)
            except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
                raise at.fail(f"what follows it cannot be read ({' '.join(str(error).split())[:120]})") from error
        for chain in self.chains.values():
            if not chain.closed:
                raise chain.fail("the archive ends before the checkpoint")
        if not self._sealed:
            raise self.exporter.fail("the archive ends before its seal")
        for chain in self.chains.values():
            chain.hold()

    def _header(self) -> Record:
        self._first = next(self._lines, b"")
        try:
            header = json.loads(self._first)
            keys = header["keys"]
            if (
                header["archive"] != FORMAT
                or header["station"] not in keys
                or not all(type(k) is str for k in keys.values())
            ):
                raise Unreadable("This is no archive of a journal.")
            if header["version"] != VERSION:
                raise Unreadable("This archive was written by a newer version; check it with that one.")
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise Unreadable("This is no archive of a journal.") from error
        return dict(header)

    def _line(self, line: bytes, at: Chain) -> Chain:
        record = json.loads(line)
        kind = record["type"]
        if kind == "seal":
            self._seal(record)
            return at
        self._digest.update(line)
        chain = self.chains.get(record["station"])
        if chain is None:
            raise at.fail(f"after it comes {str(record['station'])[:20]}, a station without a key in the header")
        if kind == "entry":
            chain.add(record)
        elif kind == "private":
            chain.private(record)
        elif kind == "checkpoint":
            chain.checkpoint(record, self.exporter)
        else:
            raise at.fail("what follows it is no part of an archive")
        return chain

    def _seal(self, record: Record) -> None:
        for chain in self.chains.values():
            if not chain.closed:
                raise chain.fail("the archive is sealed before the checkpoint")
        if not self.exporter.signed(b"CHA1" + self._digest.digest(), _hex(record, "sig", 64)):
            raise self.exporter.fail("the seal is not that of the station that exported; something was changed since")
        self._sealed = True


def _lines(file: BinaryIO) -> Iterator[bytes]:
    while line := file.readline(LONGEST_LINE):
        yield line


def _is_signed(key: Ed25519PublicKey, what: bytes, signature: bytes) -> bool:
    try:
        key.verify(signature, what)
    except InvalidSignature:
        return False
    return True


def read_checkpoint(text: str) -> tuple[str, int, bytes, bytes]:
    """Station, entry, hash and signature from the code on paper; raises ValueError for text that is none."""
    mark, station, seq, hash_, sig = text.strip().split("/")
    value = station, int(seq), bytes.fromhex(hash_), bytes.fromhex(sig)
    if mark.upper() != "CHC1" or len(value[2]) != 32 or len(value[3]) != 64:
        raise ValueError(text)
    return value


def _no_float(text: str) -> None:
    raise ValueError(f"{text} is no whole number")


def _text(record: Record, key: str) -> str:
    value = record[key]
    if not isinstance(value, str):
        raise TypeError(f"{key} is no text")
    return value


def _hex(record: Record, key: str, length: int | None) -> bytes:
    value = bytes.fromhex(_text(record, key))
    if length is not None and len(value) != length:
        raise ValueError(f"{key} is not of {length} bytes")
    return value


def _at_path(event: Any, path: str) -> Any:
    """The value at `lines.1.details`; the places of a list are counted from 0."""
    for step in path.split("."):
        if isinstance(event, list):
            event = event[int(step)] if step.isdecimal() and int(step) < len(event) else None
        else:
            event = event.get(step) if isinstance(event, dict) else None
    return event


def _options(words: list[str]) -> tuple[dict[str, str], list[str]]:
    """Known keys by station, and what paper shows."""
    keys: dict[str, str] = {}
    papers: list[str] = []
    for option, value in zip(words[::2], words[1::2], strict=True):
        station, equals, key = value.partition("=")
        if option == "--checkpoint":
            read_checkpoint(value)
            papers.append(value)
        elif option == "--key" and equals:
            keys[station] = key
        else:
            raise ValueError(option)
    return keys, papers


def main(words: list[str]) -> int:
    """The command; prints what it found and returns the exit code."""
    try:
        known, papers = _options(words[1:])
        path = Path(words[0])
    except (ValueError, IndexError):
        print(USAGE)
        return 2
    try:
        with path.open("rb") as file:
            archive = Archive(file, known, papers)
            archive.prove()
    except (OSError, Unreadable) as error:
        print(f"UNREADABLE: {error}")
        return 2
    except NotProven as error:
        print(error)
        return 1
    for chain in archive.chains.values():
        changed = f", changed in entry {chain.changed_at}" if chain.changed_at else ""
        purpose = "" if chain.purpose == "real" else f" ({chain.purpose}, no real money)"
        entries = f"entries 1 to {chain.seq}, newest {chain.hash.hex()}"
        print(f"{chain.station}{purpose}: {entries}, key {chain.key_text}{changed}")
    print("PROVEN")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
