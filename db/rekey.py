"""Changes the key of a station's files without a moment at which no kept key opens them.

Each file is copied under the new key, proven, and renamed over the old one. The new key is kept before; the old one
lies inside the new file until the copy of the books beside it was changed too.
"""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Connection
from sqlcipher3 import dbapi2 as sqlcipher

from counter_app.domain.fault import Faults
from counter_app.domain.refused import StationFault
from counter_app.domain.said import Said, say
from db import keys
from db.backup import clear, copy_file, force_to_disk
from db.reference import put_secret, secret
from db.storage import Storage, open_storage, world

PREVIOUS = "previous file key"
_NEXT = ".next"


def opening_key(folder: Path, database: Path) -> str:
    """The key that opens the file: the one that is found, or the next one where a change was interrupted."""
    storage, key = open_kept(folder, database)
    storage.close()
    return key


def open_kept(folder: Path, database: Path) -> tuple[Storage, str]:
    """The file, opened by that key. Raises StationFault as `open_storage`, KeyMissing where none is found."""
    found = keys.find_key(folder)
    try:
        return open_storage(database, found), found
    except StationFault:
        after = keys.next_key(folder)
        if after is None:
            raise
    return open_storage(database, after), after


def opens(path: Path, key_hex: str) -> bool:
    """Whether the file opens with a key."""
    try:
        open_storage(path, key_hex).close()
    except StationFault:
        return False
    return True


def change_key(folder: Path, database: Path, copy: Path, old: str, new: str, faults: Faults) -> None:
    """Change station and copy to a new key, which is kept already or proven on paper; the folder's lock is held.

    Raises StationFault while nothing is changed yet.
    """
    part = _under(database, old, new)
    try:
        storage = open_storage(part, new)
        try:
            with storage.writer.begin() as connection:
                put_secret(connection, PREVIOUS, old.encode())
        finally:
            storage.close()
        _demand_alone(database)
        faults.point("before_swap")
        _swap(part, database)
    finally:
        clear(part)
    faults.point("after_swap")
    storage = open_storage(database, new)
    try:
        settle(storage, folder, copy, new)
    finally:
        storage.close()


def settle(storage: Storage, folder: Path, copy: Path, key_hex: str) -> None:
    """End a change of the key that was interrupted: the copy too, then the one name of the key, then the old key."""
    with storage.readers.connect() as connection:
        previous = secret(connection, PREVIOUS)
    if previous is None:
        return
    if copy.exists() and not opens(copy, key_hex):
        part = _under(copy, previous.decode(), key_hex)
        try:
            _demand_alone(copy)
            _swap(part, copy)
        finally:
            clear(part)
    keys.promote_key(folder, key_hex)
    with storage.writer.begin() as connection:
        connection.exec_driver_sql("DELETE FROM secret WHERE name = ?", (PREVIOUS,))


def _under(path: Path, old: str, new: str) -> Path:
    """A copy of the file beside it under another key, proven to hold the same."""
    part = path.with_name(f"{path.name}{_NEXT}")
    clear(part)
    try:
        source = open_storage(path, old)
        try:
            with source.readers.connect() as connection:
                copy_file(connection, part, old)
                wanted = _content(connection)
        finally:
            source.close()
        with world(_unchanged(path)):
            _rekey(part, old, new)
        copied = open_storage(part, new)
        try:
            with copied.readers.connect() as connection:
                damage = connection.exec_driver_sql("PRAGMA cipher_integrity_check").all()
                if damage or _content(connection) != wanted:
                    raise StationFault(say("The copy under the new key is not whole; the key was not changed."))
        finally:
            copied.close()
    except BaseException:
        clear(part)
        raise
    return part


def _rekey(path: Path, old: str, new: str) -> None:
    connection = sqlcipher.connect(str(path), isolation_level=None)
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{old}'\"")
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute(f"PRAGMA rekey = \"x'{new}'\"")
    finally:
        connection.close()
    path.chmod(0o600)


def _content(connection: Connection) -> list[tuple[object, ...]]:
    """What tells two copies of a file apart: the tables with their rows counted, and the newest entries."""
    tables = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").all()
    shadow = ("search", "sqlite_")
    counted = [
        (name, connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar_one())
        for (name,) in tables
        if not name.startswith(shadow)
    ]
    heads = connection.exec_driver_sql("SELECT station, max(seq), hash FROM entry GROUP BY station").all()
    version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    return [*counted, *(tuple(head) for head in heads), (version,)]


def _demand_alone(database: Path) -> None:
    """Nobody else has the file open: a log that stayed beside it would be taken for the new file's."""
    if database.with_name(f"{database.name}-wal").exists():
        raise StationFault(say("Another program reads {path}; close it first. The key was not changed.", path=database))


def _swap(part: Path, path: Path) -> None:
    with world(_unchanged(path)):
        force_to_disk(part)
        part.replace(path)
        force_to_disk(path)


def _unchanged(path: Path) -> Callable[[str], Said]:
    return lambda error: say("{path} cannot be changed to the new key ({error}).", path=path, error=error)
