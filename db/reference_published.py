"""Reference data that the city publishes: each version is signed with the city's key, proven before it is kept here,
and kept until the station takes it in.

    signature = Ed25519(city key, SHA-256(b"CHR1" + canonical version))        the version names the SHA-256 of its file
"""

from base64 import b64decode
from collections.abc import Iterator
from hashlib import sha256

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import Connection

from counter_app.domain.entry import canonical
from counter_app.domain.refused import StationFault
from counter_app.domain.said import Said, say
from db.centre import Centre
from db.keys import is_signed, public_key
from db.reference import put_setting, put_text, setting, text_of

KINDS = ("settings", "staff", "fees", "rates", "accounts", "bills")
"""What a city publishes, in the order in which it is taken in."""
CITY_KEY = "city key"
"""The setting that holds the public key, in hex: told when the station joined, or by the first version it was given."""
_MARK = b"CHR1"


class Version(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A file that was published: `as_of` is the instant up to which its maker knew our payments, `last_batch` the last
    payments batch it had."""

    kind: str
    version: int
    as_of: str
    last_batch: int | None
    sha256: str
    parts: int

    @property
    def digest(self) -> bytes:
        """What the city signs."""
        return sha256(_MARK + canonical(self)).digest()


class Signed(msgspec.Struct, frozen=True):
    """A version as the centre hands it out."""

    version: Version
    sig: str


class Published(msgspec.Struct, frozen=True):
    """A proven version with its file, and the key that it was proven with."""

    version: Version
    text: str
    city_key: str


class Kept(msgspec.Struct, frozen=True):
    """What a station knows already: the city's key, and the newest version of each kind that was brought here."""

    city_key: str | None
    versions: dict[str, int]


def kept(connection: Connection) -> Kept:
    """Read before the network is asked: no reading is held open while it is waited for."""
    return Kept(setting(connection, CITY_KEY), {kind: _number(connection, f"published {kind}") for kind in KINDS})


def fetch(centre: Centre, here: Kept) -> Iterator[Published]:
    """The newest version of each kind that is not here yet, proven. Raises StationFault for one that cannot be."""
    key_hex = centre.reference("city", 0)
    if key_hex is None:
        return
    if here.city_key not in (None, key_hex):
        raise StationFault(say("City hall shows another city key than before; call support."))
    key = _read_key(key_hex)
    for raw in centre.reference("published", 0) or ():
        version = _proven(raw, key)
        if version.kind in here.versions and version.version > here.versions[version.kind]:
            yield Published(version, _file(centre, version), key_hex)


def _read_key(key_hex: object) -> Ed25519PublicKey:
    try:
        return public_key(bytes.fromhex(str(key_hex)))
    except ValueError as error:
        raise StationFault(say("City hall's key for what it publishes is damaged; call support.")) from error


def _proven(raw: object, key: Ed25519PublicKey) -> Version:
    try:
        signed = msgspec.convert(raw, Signed)
        sig = bytes.fromhex(signed.sig)
    except (msgspec.ValidationError, ValueError) as error:
        raise StationFault(say("What city hall published cannot be read; it was not taken in.")) from error
    if not is_signed(key, signed.version.digest, sig):
        raise _unproven(signed.version)
    return signed.version


def _file(centre: Centre, version: Version) -> str:
    """The file part by part; it must be the one that was signed for."""
    parts = (centre.reference(f"{version.kind}/{part}", version.version) for part in range(version.parts))
    data = b"".join(b64decode(str(part)) for part in parts)
    if sha256(data).hexdigest() != version.sha256:
        raise _unproven(version)
    return data.decode()


def _unproven(version: Version) -> StationFault:
    return StationFault(
        say(
            "Version {version} of the {kind}, as city hall gave it, is not signed by the city; it was not taken in.",
            version=version.version,
            kind=called(version.kind),
        )
    )


def keep(connection: Connection, published: Published) -> None:
    """On the writing connection: keep it here until the station takes it in."""
    version = published.version
    put_setting(connection, CITY_KEY, published.city_key)
    put_text(connection, version.version, f"published {version.kind}", published.text)
    put_setting(connection, f"version {version.kind}", canonical(version).decode())
    put_setting(connection, f"published {version.kind}", str(version.version))


def waiting(connection: Connection) -> list[Version]:
    """What was brought here and is not taken in yet, in the order to do it."""
    return [
        msgspec.json.decode(setting(connection, f"version {kind}") or "", type=Version)
        for kind in KINDS
        if _number(connection, f"published {kind}") > _number(connection, f"taken {kind}")
    ]


def file_of(connection: Connection, version: Version) -> str:
    """The text of a version that waits."""
    return text_of(connection, f"published {version.kind}", version.version)


def mark_taken(connection: Connection, version: Version) -> None:
    """It is in force, or too old to be; its file lies where what is in force lies."""
    put_setting(connection, f"taken {version.kind}", str(version.version))
    connection.exec_driver_sql("DELETE FROM ref_text WHERE kind = ?", (f"published {version.kind}",))


def _number(connection: Connection, name: str) -> int:
    return int(setting(connection, name) or 0)


def called(kind: str) -> Said:
    """A kind in words that can be said in either language."""
    names = {
        "settings": say("settings"),
        "staff": say("staff"),
        "fees": say("fees"),
        "rates": say("rates"),
        "accounts": say("accounts"),
        "bills": say("bills"),
    }
    return names.get(kind, say("reference data"))
