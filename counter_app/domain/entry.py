"""One entry of a station's journal: its canonical body, the chain of hashes and what is signed.

    hash = SHA-256(b"CHJ1" + prev + body)       sig = Ed25519(station key, hash)
The body is kept as the exact bytes: JSON in UTF-8, keys sorted, no spaces, whole numbers only.
"""

import os
from hashlib import sha256
from typing import Any

import msgspec

from counter_app.domain.said import plain

JOURNAL_MARK = b"CHJ1"
CHECKPOINT_MARK = b"CHC1"
FIRST_PREV = bytes(32)

_ENCODER = msgspec.json.Encoder(order="sorted", enc_hook=plain)


class Body(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an entry says; `event` is the canonical JSON of one type of counter_app.domain.events."""

    station: str
    seq: int
    kind: str
    version: int
    at: str
    zone: str
    business_date: str | None
    actor: str
    approver: str | None
    session: str | None
    numbers: dict[str, str]
    event: msgspec.Raw


class Private(msgspec.Struct, frozen=True):
    """A private value of an entry: the body keeps only SHA-256(salt + value) at `field`, a path like
    `lines.1.details`."""

    field: str
    salt: bytes
    value: str

    @property
    def digest(self) -> str:
        """What the body holds in its place."""
        return sha256(self.salt + self.value.encode()).hexdigest()


class Sealing:
    """Collects the private values of one entry; calling it gives the digest that goes into the event."""

    def __init__(self) -> None:
        self.values: list[Private] = []

    def __call__(self, field: str, value: str | None) -> str | None:
        """The digest of `value` under a fresh salt, or None for nothing."""
        return None if value is None or not value.strip() else self.need(field, value)

    def need(self, field: str, value: str) -> str:
        """The same for a value that is always there."""
        private = Private(field, os.urandom(16), value)
        self.values.append(private)
        return private.digest


class Entry(msgspec.Struct, frozen=True):
    """A signed link of the chain, as it is stored, shipped and pulled."""

    station: str
    seq: int
    body: bytes
    prev: bytes
    hash: bytes
    sig: bytes


class Head(msgspec.Struct, frozen=True):
    """The newest link of a station's chain; seq 0 before the first."""

    seq: int
    hash: bytes


EMPTY = Head(0, FIRST_PREV)

_BODY = msgspec.json.Decoder(Body)


def canonical(value: Any) -> bytes:
    """The one JSON that a value has here: sorted keys, no spaces, UTF-8, English."""
    return _ENCODER.encode(value)


def chain_hash(prev: bytes, body: bytes) -> bytes:
    """The 32 bytes that name an entry and all before it."""
    return sha256(JOURNAL_MARK + prev + body).digest()


def checkpoint_bytes(station: str, seq: int, hash_: bytes) -> bytes:
    """What a checkpoint signs."""
    return CHECKPOINT_MARK + station.encode() + str(seq).encode() + hash_


def checkpoint_text(station: str, seq: int, hash_: bytes, sig: bytes) -> str:
    """A checkpoint as one line that a code on paper holds: `CHC1/A1/500/HASH/SIGNATURE`, in the few letters that a QR
    code packs best."""
    return f"{CHECKPOINT_MARK.decode()}/{station}/{seq}/{hash_.hex()}/{sig.hex()}".upper()


def read_body(body: bytes) -> Body:
    """The body decoded; raises msgspec.DecodeError for bytes that are none."""
    return _BODY.decode(body)
