"""Where a station's secrets are: the file's key in the operating system's key store (a marked file for practice), the
rest inside.

The recovery code is the key on paper: base32 in groups with two check characters, so that a slip of the pen is noticed.
"""

import base64
import os
import secrets
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import keyring
from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from keyring.errors import KeyringError, KeyringLocked

from counter_app.domain.refused import StationFault
from counter_app.domain.said import Said, say

SERVICE = "counter-app"
PRACTICE_KEY_FILE = "demo.key"
SIGNING_KEY = "signing key"
"""The name of the signing key among the secrets of the encrypted file."""
NEXT = " next"
"""Follows the name under which a key is kept until the file was changed to it."""
_PLAIN_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
RECOVERY_VARIABLE = "COUNTER_APP_RECOVERY_CODE"
STORE_FAULTS = (KeyringError, OSError, RuntimeError, ValueError)
"""What the key stores of the different systems throw; their own words are for programmers and stay out of sentences."""


class KeyMissing(StationFault):
    """No key is found where it should be: the person may still have the recovery code on paper."""


class Signer:
    """The station's Ed25519 key."""

    def __init__(self, private_bytes: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(private_bytes)
        self.public = self._key.public_key().public_bytes_raw()

    def sign(self, hash_: bytes) -> bytes:
        """64 bytes over a 32-byte hash."""
        return self._key.sign(hash_)


def new_signing_key() -> bytes:
    """32 private bytes."""
    return Ed25519PrivateKey.generate().private_bytes_raw()


def is_signed(public: Ed25519PublicKey, hash_: bytes, sig: bytes) -> bool:
    """Whether `sig` is that key's signature of the hash."""
    try:
        public.verify(sig, hash_)
    except InvalidSignature:
        return False
    return True


def public_key(raw: bytes) -> Ed25519PublicKey:
    """The key that verifies; raises ValueError for bytes that are none."""
    return Ed25519PublicKey.from_public_bytes(raw)


def new_file_key() -> str:
    """64 hex digits of a 256-bit key."""
    return secrets.token_hex(32)


def keep_practice_key(folder: Path, key_hex: str) -> bool:
    """In a file beside the database: practice money needs no secret, and the folder can be copied."""
    write_practice_key(folder / PRACTICE_KEY_FILE, key_hex)
    return True


def write_practice_key(path: Path, key_hex: str) -> None:
    """A key of practice money as a file."""
    path.write_text(key_hex + "\n", encoding="ascii")
    path.chmod(0o600)


def read_practice_key(path: Path) -> str:
    """A key of practice money from its file; StationFault in one sentence."""
    try:
        text = path.read_text(encoding="ascii", errors="replace")
    except OSError as error:
        raise StationFault(
            say("The key in {practice} cannot be read: {strerror}.", practice=path, strerror=error.strerror)
        ) from error
    return _checked(text.strip(), say("The key in {practice} is damaged.", practice=path))


def keep_key(folder: Path, key_hex: str) -> bool:
    """In the key store of the person who runs the station; whether it took the key and gives it back.

    False where there is no key store, or one that keeps nothing: then the recovery code alone opens the file.
    """
    name = str(folder.resolve())
    try:
        keyring.set_password(SERVICE, name, key_hex)
        return bool(keyring.get_password(SERVICE, name) == key_hex)
    except STORE_FAULTS:
        return False


def forget_key(folder: Path) -> None:
    """Take the key of a station that was not made out of the key store, where one has it."""
    with suppress(*STORE_FAULTS):
        keyring.delete_password(SERVICE, str(folder.resolve()))


def keep_next_key(folder: Path, key_hex: str) -> bool:
    """Keep the key that the file is about to be changed to, beside the one that opens it; whether it is kept."""
    if (folder / PRACTICE_KEY_FILE).exists():
        write_practice_key(folder / f"{PRACTICE_KEY_FILE}.next", key_hex)
        return True
    try:
        keyring.set_password(SERVICE, f"{folder.resolve()}{NEXT}", key_hex)
        return bool(keyring.get_password(SERVICE, f"{folder.resolve()}{NEXT}") == key_hex)
    except STORE_FAULTS:
        return False


def next_key(folder: Path) -> str | None:
    """The key of a change that was interrupted, or None."""
    practice = folder / f"{PRACTICE_KEY_FILE}.next"
    if practice.exists():
        return read_practice_key(practice)
    try:
        return keyring.get_password(SERVICE, f"{folder.resolve()}{NEXT}")
    except STORE_FAULTS:
        return None


def promote_key(folder: Path, key_hex: str) -> None:
    """The next key is the one that opens the file from now on; it is kept before the other name of it goes."""
    practice = folder / f"{PRACTICE_KEY_FILE}.next"
    if practice.exists():
        practice.replace(folder / PRACTICE_KEY_FILE)
    elif not (folder / PRACTICE_KEY_FILE).exists() and keep_key(folder, key_hex):
        with suppress(*STORE_FAULTS):
            keyring.delete_password(SERVICE, f"{folder.resolve()}{NEXT}")


def find_key(folder: Path) -> str:
    """The key of the file in `folder`: practice file, recovery code in the environment, or key store.

    Raises KeyMissing where none of them has it, StationFault for one that is damaged.
    """
    practice = folder / PRACTICE_KEY_FILE
    if practice.exists():
        return read_practice_key(practice)
    code = os.environ.get(RECOVERY_VARIABLE)
    if code:
        return from_recovery_code(code)
    try:
        kept = keyring.get_password(SERVICE, str(folder.resolve()))
    except STORE_FAULTS as error:
        if isinstance(error, KeyringLocked) or "dismissed" in str(error):  # nobody gave the store's password
            raise KeyMissing(
                say(
                    "The key store is locked and was not unlocked; unlock it and start again, or set {variable} to open"
                    " with the recovery code.",
                    variable=RECOVERY_VARIABLE,
                )
            ) from error
        raise KeyMissing(
            say(
                "This computer has no key store that answers; set {variable} to open with the recovery code.",
                variable=RECOVERY_VARIABLE,
            )
        ) from error
    if kept is None:
        raise KeyMissing(
            say(
                "The key store holds no key for {folder}; set {variable} to open with the recovery code.",
                folder=folder,
                variable=RECOVERY_VARIABLE,
            )
        )
    return _checked(kept, say("The key in the key store is damaged; use the recovery code."))


def _checked(key_hex: str, sentence: Said) -> str:
    if len(key_hex) != 64 or any(c not in "0123456789abcdef" for c in key_hex):
        raise StationFault(sentence)
    return key_hex


def recovery_code(key_hex: str) -> str:
    """The key to write down: 54 letters and digits in groups of six, the last two of them a check."""
    text = base64.b32encode(bytes.fromhex(key_hex)).decode().rstrip("=")
    text += _check_characters(text)
    return "-".join(text[i : i + 6] for i in range(0, len(text), 6))


def from_recovery_code(code: str) -> str:
    """The key again; raises StationFault when a character is wrong."""
    text = "".join(c for c in code.upper() if c.isalnum()).replace("0", "O").replace("1", "I")
    body, check = text[:-2], text[-2:]
    if len(body) != 52 or check != _check_characters(body):
        raise StationFault(say("The recovery code has a wrong character; please read it again from the paper."))
    try:
        return base64.b32decode(body + "====").hex()
    except ValueError:
        raise StationFault(
            say("The recovery code has a wrong character; please read it again from the paper.")
        ) from None


def _check_characters(text: str) -> str:
    return base64.b32encode(sha256(text.encode()).digest()).decode()[:2]


def new_password() -> str:
    """Four groups of four letters and digits, of which none is mistaken for another on paper; 79 bits."""
    return "-".join("".join(secrets.choice(_PLAIN_SIGNS) for _ in range(4)) for _ in range(4))


def hash_password(password: str, *, practice: bool = False) -> str:
    """Argon2id; practice people, whose passwords are printed, get a light one so that a demo is made in seconds."""
    hasher = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1) if practice else PasswordHasher()
    return hasher.hash(password)


def is_password(hash_: str, password: str) -> bool:
    """Whether the password is the one that was hashed; an empty hash is nobody's."""
    try:
        return bool(hash_) and PasswordHasher().verify(hash_, password)
    except VerificationError:
        return False
