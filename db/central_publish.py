"""The city's own key, and publishing reference data under it: for the administrator of the central store.

The private key lies on paper alone: whoever holds the database cannot publish in the city's name.
"""

from base64 import b64encode
from hashlib import sha256
from typing import Any

import msgspec
import psycopg
from psycopg.types.json import Jsonb

from counter_app.domain.refused import Refused, StationFault, WrongAct
from db.centre_postgres import connect, told
from db.keys import Signer, new_signing_key
from db.reference_published import KINDS, Signed, Version

PART = 1_000_000
"""Bytes of a file that travel in one answer."""
_TIMEOUT_S = 60


def make_city_key(connection: psycopg.Connection[Any]) -> str | None:
    """The private key in hex where the city had none yet, to be printed once; else None."""
    if connection.execute("SELECT 1 FROM counter.city").fetchone() is not None:
        return None
    private = new_signing_key()
    connection.execute("INSERT INTO counter.city (key) VALUES (%s)", (Signer(private).public,))
    return private.hex()


def city_key(url: str) -> str | None:
    """The city's public key in hex, with an administrator's URL."""
    with told(), connect(url, application="counter-app central", statement_timeout_s=_TIMEOUT_S) as connection:
        row = connection.execute("SELECT encode(key, 'hex') FROM counter.city").fetchone()
    return None if row is None else row[0]


def publish(url: str, private_hex: str, kind: str, data: bytes, as_of: str, last_batch: int | None = None) -> Version:
    """Sign a file as the newest version of its kind. Raises Refused for another key than the city's."""
    if kind not in KINDS:
        raise WrongAct(f"“{kind[:20]}” is nothing to publish; these are: {', '.join(KINDS)}.")
    try:
        data.decode()
    except UnicodeDecodeError as error:
        raise StationFault(f"The file is no UTF-8 text (byte {error.start}).") from error
    signer = Signer(bytes.fromhex(private_hex))
    with (
        told(),
        connect(url, application="counter-app central", statement_timeout_s=_TIMEOUT_S) as connection,
        connection.transaction(),
    ):
        connection.execute("SET LOCAL ROLE counter_owner")
        connection.execute("LOCK TABLE counter.reference_data IN EXCLUSIVE MODE")
        if connection.execute("SELECT key FROM counter.city").fetchone() != (signer.public,):
            raise Refused("That is not the city's key; nothing was published.")
        version = _version(connection, kind, data, as_of, last_batch)
        _insert(connection, version, data, signer)
    return version


def _version(
    connection: psycopg.Connection[Any], kind: str, data: bytes, as_of: str, last_batch: int | None
) -> Version:
    [(newest,)] = connection.execute(
        "SELECT coalesce(max(version), 0) FROM counter.reference_data WHERE kind = %s", (kind,)
    ).fetchall()
    return Version(
        kind=kind, version=newest + 1, as_of=as_of, last_batch=last_batch, sha256=sha256(data).hexdigest(),
        parts=-(-len(data) // PART),
    )  # fmt: skip


def _insert(connection: psycopg.Connection[Any], version: Version, data: bytes, signer: Signer) -> None:
    put = "INSERT INTO counter.reference_data (kind, version, data) VALUES (%s, %s, %s)"
    for part in range(version.parts):
        text = b64encode(data[part * PART : (part + 1) * PART]).decode()
        connection.execute(put, (f"{version.kind}/{part}", version.version, Jsonb(text)))
    signed = Signed(version, signer.sign(version.digest).hex())
    connection.execute(put, (version.kind, version.version, Jsonb(msgspec.to_builtins(signed))))
