"""A long journal: made anew from its entries, and proved with and without its signatures."""

from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from counter_app.domain.entry import JOURNAL_MARK
from counter_app.services.station import Station
from db import rebuild
from db.keys import public_key
from db.verify import verify
from tests.bench.counter_day import a_bare_file, a_counter
from tests.bench.measured import Row, running, timed

TIMES = 5


def journal_rows(folder: Path) -> list[Row]:
    """Rebuild and verify of the journal in `folder`, each verification beside its reference."""
    with a_counter(folder) as station:
        key = public_key(station.books.signer.public)
        entries = station.books.head().seq
        plain, hashed, signed, crypto = [], [], [], []
        for _ in range(TIMES):
            with station.books.read() as connection:
                plain.append(timed(lambda: verify(connection, station.name, full=False))[0])
                signed.append(timed(lambda: verify(connection, station.name, full=False, signatures=True))[0])
            seconds_hash, seconds_sign = _alone(folder, key)
            hashed.append(seconds_hash)
            crypto.append(seconds_sign)
        anew = [timed(lambda: _rebuild(station))[0] for _ in range(TIMES - 2)]
    rate = [[entries / seconds for seconds in times] for times in (anew, plain, hashed, signed, crypto)]
    return [
        running("rebuild", rate[0], at_least=5_000),
        running("verify without signatures", rate[1], rate[2], at_least=30_000, times=3),
        running("verify with signatures", rate[3], rate[4], at_least=5_000, times=2),
    ]


def _rebuild(station: Station) -> None:
    with station.books.change_state() as connection:
        rebuild.apply(connection)


def _alone(folder: Path, key: Ed25519PublicKey) -> tuple[float, float]:
    """Seconds of a bare cursor with hashlib, and of cryptography over all signatures."""
    with a_bare_file(folder) as connection:
        hashing, _ = timed(
            lambda: [
                sha256(JOURNAL_MARK + prev + body).digest() == hash_
                for prev, body, hash_ in connection.execute("SELECT prev, body, hash FROM entry ORDER BY station, seq")
            ]
        )
        signed = connection.execute("SELECT sig, hash FROM entry").fetchall()
    checking, _ = timed(lambda: [key.verify(sig, hash_) for sig, hash_ in signed])
    return hashing, checking
