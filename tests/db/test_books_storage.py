"""The file, its keys and its folder: believed only when read back, and the sentences when something is wrong."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import keyring
import pytest
from hypothesis import given
from hypothesis import strategies as st
from keyring.backend import KeyringBackend
from keyring.errors import KeyringError, KeyringLocked, NoKeyringError, PasswordDeleteError

from counter_app.domain.refused import StationFault
from db import keys, storage
from db.lock import FolderLock
from db.schema import SCHEMA_VERSION
from tests.fakes.day import new_books, open_drawer, pay


@pytest.fixture
def file(tmp_path: Path) -> tuple[Path, str]:
    """A closed station file and its key."""
    books, key = new_books(tmp_path)
    open_drawer(books)
    pay(books, "A1-S000001", 5_000)
    books.storage.close()
    return tmp_path / "counter.db", key


@pytest.mark.parametrize("writes", [True, False])
def test_durability_and_safety_are_what_was_asked_for(file: tuple[Path, str], writes: bool) -> None:
    store = storage.open_storage(*file)
    engine = store.writer if writes else store.readers
    with engine.connect() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in (*storage.SETTINGS, "journal_mode")
        }
    store.close()
    assert found == {**storage.SETTINGS, "journal_mode": "wal"}


def test_nothing_in_the_file_can_be_read_without_its_key(file: tuple[Path, str]) -> None:
    image = file[0].read_bytes()
    for word in (b"SQLite format", b"PaymentTaken", b"CREATE TABLE", b"maria"):
        assert word not in image


def test_the_file_is_its_owners_alone(file: tuple[Path, str]) -> None:
    assert file[0].stat().st_mode & 0o777 == 0o600


def test_another_key_is_a_sentence(file: tuple[Path, str]) -> None:
    with pytest.raises(StationFault, match="does not open with its key, or is damaged"):
        storage.open_storage(file[0], keys.new_file_key())


@pytest.mark.parametrize("left", [0, 100, 4_096, 50_000])
def test_a_truncated_file_is_a_sentence(file: tuple[Path, str], left: int) -> None:
    file[0].write_bytes(file[0].read_bytes()[:left])
    with pytest.raises(StationFault):
        read_everything(*file)


def read_everything(path: Path, key: str) -> None:
    store = storage.open_storage(path, key)
    try:
        with storage.world("The database is damaged ({}).".format), store.readers.connect() as connection:
            assert connection.exec_driver_sql("SELECT COUNT(*) FROM entry").scalar_one() == 3
            connection.exec_driver_sql("SELECT * FROM entry").all()
    finally:
        store.close()


def test_a_file_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(StationFault, match="make one with “counter-app demo”"):
        storage.open_storage(tmp_path / "counter.db", keys.new_file_key())


def test_an_empty_file_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "counter.db").touch()
    with pytest.raises(StationFault, match="is empty"):
        storage.open_storage(tmp_path / "counter.db", keys.new_file_key())


def test_a_file_of_a_newer_program_is_refused_politely(file: tuple[Path, str]) -> None:
    store = storage.open_storage(*file)
    with store.writer.begin() as connection:
        connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    store.close()
    with pytest.raises(StationFault, match="written by a newer version of Counter; please update"):
        storage.open_storage(*file)


def test_a_file_is_never_made_over_another(file: tuple[Path, str]) -> None:
    before = file[0].read_bytes()
    with pytest.raises(StationFault, match="There is a database"):
        storage.create(*file)
    assert file[0].read_bytes() == before


def test_our_own_mistakes_stay_visible(file: tuple[Path, str]) -> None:
    store = storage.open_storage(*file)
    with pytest.raises(storage.OWN_MISTAKES), storage.world("never said {}".format), store.writer.begin() as connection:
        connection.exec_driver_sql("INSERT INTO setting VALUES (NULL, NULL)")
    store.close()


# Keys


@given(st.binary(min_size=32, max_size=32))
def test_a_recovery_code_gives_the_key_again(key: bytes) -> None:
    code = keys.recovery_code(key.hex())
    assert re.fullmatch(r"([A-Z2-7]{6}-){8}[A-Z2-7]{6}", code)
    assert keys.from_recovery_code(code) == key.hex()
    assert keys.from_recovery_code(code.lower().replace("-", " ").replace("O", "0").replace("I", "1")) == key.hex()


@given(st.binary(min_size=32, max_size=32), st.data())
def test_a_slip_of_the_pen_is_noticed(key: bytes, data: st.DataObject) -> None:
    code = keys.recovery_code(key.hex()).replace("-", "")
    at = data.draw(st.integers(0, len(code) - 1))
    other = data.draw(st.sampled_from([c for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567" if c != code[at]]))
    changed = code[:at] + other + code[at + 1 :]
    try:
        found = keys.from_recovery_code(changed)
    except StationFault:
        return
    assert found == key.hex(), "another key was taken for the right one"


@pytest.mark.parametrize("code", ["", "ABC", "A" * 54, "é" * 54, "A" * 1_000])
def test_what_is_no_recovery_code_is_a_sentence(code: str) -> None:
    with pytest.raises(StationFault, match="wrong character"):
        keys.from_recovery_code(code)


class Store(KeyringBackend):
    """A key store in memory, or one that fails."""

    priority = 1

    def __init__(self, error: KeyringError | None = None) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}
        self.error = error

    def get_password(self, service: str, username: str) -> str | None:
        if self.error:
            raise self.error
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.error:
            raise self.error
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError(username)


UseStore = Callable[[Store], None]


@pytest.fixture
def use_store(monkeypatch: pytest.MonkeyPatch) -> Iterator[UseStore]:
    """Puts a key store in the place of the machine's; no recovery code is in the environment."""
    monkeypatch.delenv(keys.RECOVERY_VARIABLE, raising=False)
    before = keyring.get_keyring()
    yield keyring.set_keyring
    keyring.set_keyring(before)


def test_a_real_stations_key_is_in_the_key_store_and_in_no_file(use_store: UseStore, tmp_path: Path) -> None:
    use_store(Store())
    key = keys.new_file_key()
    keys.keep_key(tmp_path, key)
    assert keys.find_key(tmp_path) == key
    assert list(tmp_path.iterdir()) == []


def test_a_practice_key_is_in_a_marked_file_of_its_owner(tmp_path: Path) -> None:
    key = keys.new_file_key()
    keys.keep_practice_key(tmp_path, key)
    assert (tmp_path / "demo.key").stat().st_mode & 0o777 == 0o600
    assert keys.find_key(tmp_path) == key


@pytest.mark.parametrize("text", ["", "zz" * 32, "ab" * 31, "AB" * 32])
def test_a_damaged_practice_key_is_a_sentence(tmp_path: Path, text: str) -> None:
    (tmp_path / "demo.key").write_text(text)
    with pytest.raises(StationFault, match="is damaged"):
        keys.find_key(tmp_path)


@pytest.mark.parametrize(
    ("store", "says"),
    [
        (Store(NoKeyringError("no backend")), "no key store that answers.*COUNTER_APP_RECOVERY_CODE"),
        (Store(KeyringLocked("locked")), "locked and was not unlocked.*COUNTER_APP_RECOVERY_CODE"),
        (Store(), "holds no key for.*COUNTER_APP_RECOVERY_CODE"),
    ],
)
def test_a_key_store_that_does_not_answer_names_the_way_out(
    use_store: UseStore, tmp_path: Path, store: Store, says: str
) -> None:
    use_store(store)
    with pytest.raises(StationFault, match=says):
        keys.find_key(tmp_path)


def test_a_damaged_key_in_the_store_is_a_sentence(use_store: UseStore, tmp_path: Path) -> None:
    use_store(Store())
    keys.keep_key(tmp_path, "short")
    with pytest.raises(StationFault, match="use the recovery code"):
        keys.find_key(tmp_path)


class Forgetful(Store):
    """Takes everything and keeps nothing, like the null backend."""

    def set_password(self, service: str, username: str, password: str) -> None:
        super().set_password(service, username, password)
        self.kept.clear()


@pytest.mark.parametrize(
    "store", [Store(KeyringError("full")), Store(NoKeyringError("see https://example.org/")), Forgetful()]
)
def test_a_key_store_that_keeps_nothing_is_noticed(use_store: UseStore, tmp_path: Path, store: Store) -> None:
    use_store(store)
    assert not keys.keep_key(tmp_path, keys.new_file_key())
    keys.forget_key(tmp_path)
    with pytest.raises(keys.KeyMissing) as missing:
        keys.find_key(tmp_path)
    assert "http" not in str(missing.value)


def test_a_forgotten_key_is_in_the_store_no_more(use_store: UseStore, tmp_path: Path) -> None:
    use_store(Store())
    assert keys.keep_key(tmp_path, keys.new_file_key())
    keys.forget_key(tmp_path)
    with pytest.raises(keys.KeyMissing):
        keys.find_key(tmp_path)


def test_the_recovery_code_opens_without_a_key_store(
    use_store: UseStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_store(Store(NoKeyringError("no backend")))
    key = keys.new_file_key()
    monkeypatch.setenv(keys.RECOVERY_VARIABLE, keys.recovery_code(key))
    assert keys.find_key(tmp_path) == key


def test_passwords_are_known_by_their_hash_alone() -> None:
    for practice in (True, False):
        hash_ = keys.hash_password("open sesame", practice=practice)
        assert "sesame" not in hash_
        assert keys.is_password(hash_, "open sesame")
        assert not keys.is_password(hash_, "open sesame ")


def test_a_signature_is_of_one_key_and_one_hash() -> None:
    signer, other = keys.Signer(keys.new_signing_key()), keys.Signer(keys.new_signing_key())
    sig = signer.sign(b"h" * 32)
    assert keys.is_signed(keys.public_key(signer.public), b"h" * 32, sig)
    assert not keys.is_signed(keys.public_key(signer.public), b"i" * 32, sig)
    assert not keys.is_signed(keys.public_key(other.public), b"h" * 32, sig)


# The folder's lock

HOLD = """
import sys
from pathlib import Path
from db.lock import FolderLock
from db.schema import SCHEMA_VERSION
lock = FolderLock(Path(sys.argv[1]), "the window")
print("held", flush=True)
sys.stdin.read()
"""


def test_a_second_writer_is_told_who_holds_the_folder(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        cwd=Path(__file__).parent.parent.parent,
    ) as holder:  # fmt: skip
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(StationFault, match=f"in use by the window, process {holder.pid}; close it first"):
            FolderLock(tmp_path, "play")
        holder.kill()
        holder.wait()
    FolderLock(tmp_path, "play").release()


def test_a_lock_given_back_can_be_taken_again(tmp_path: Path) -> None:
    FolderLock(tmp_path, "one").release()
    lock = FolderLock(tmp_path, "two")
    with pytest.raises(StationFault, match="in use by two, process"):
        FolderLock(tmp_path, "three")
    lock.release()
