"""Opens a station's encrypted file: SQLCipher with a raw key, WAL and full durability, every setting read back.

Two engines. One writer connection that begins immediately, so that a decision never races another; and readers that
cannot write. A file of a newer program is refused politely, a damaged one named.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, MetaData, QueuePool, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import (
    DataError,
    DBAPIError,
    IntegrityError,
    InterfaceError,
    NotSupportedError,
    ProgrammingError,
)
from sqlalchemy.exc import TimeoutError as NoConnection
from sqlcipher3 import dbapi2 as sqlcipher

from counter_app.domain.refused import StationFault
from counter_app.domain.said import say
from db.schema import APPEND_ONLY, SCHEMA_VERSION, SEARCH_DDL, VIEWS, journal, projections, station_state

BUSY_TIMEOUT_MS = 2_000
SETTINGS: dict[str, str | int] = {
    "synchronous": 2,
    "foreign_keys": 1,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "recursive_triggers": 1,
    "busy_timeout": BUSY_TIMEOUT_MS,
}
OWN_MISTAKES = (
    ProgrammingError, IntegrityError, InterfaceError, DataError, NotSupportedError,
    sqlcipher.ProgrammingError, sqlcipher.IntegrityError, sqlcipher.InterfaceError, sqlcipher.DataError,
    sqlcipher.NotSupportedError,
)  # fmt: skip
FAULTS = (DBAPIError, sqlcipher.Error, OSError, MemoryError, NoConnection)
"""What a file may throw; of these, OWN_MISTAKES are ours and stay visible."""


class NeverMade(StationFault):
    """The making of the file was interrupted before anything was committed to it."""


class Storage:
    """The engines over one encrypted file."""

    def __init__(self, path: Path, key_hex: str) -> None:
        self.path = path
        self._files: list[tuple[int, int]] = []
        self.writer = _engine(path, key_hex, writes=True, is_new=not path.exists())
        self.readers = _engine(path, key_hex, writes=False, unchanging=_is_unchanging(path))

    def reopen(self) -> bool:
        """After an error of the disk: open the file anew, so that the log is read as the next start would read it.

        True when the log could be emptied too: what counts now is on the disk. False when the disk does not take that.
        Raises while somebody reads, because the log is then known only as it was before.
        """
        assert isinstance(self.readers.pool, QueuePool)
        is_read = self.readers.pool.checkedout() > 0
        self.close()
        try:
            is_busy = self._empty_log()
        except FAULTS:
            if is_read:
                raise
            return False
        if is_busy:
            raise StationFault(say("Another program is reading the database."))
        return True

    def demand_in_place(self) -> None:
        """Raises StationFault when file or log were moved away or deleted since the first time this was asked: what is
        written then goes where no start will find it. Asked inside a writing transaction, when both are there."""
        try:
            files = [path.stat() for path in (self.path, self.path.with_name(f"{self.path.name}-wal"))]
        except FileNotFoundError:
            raise _moved(self.path) from None
        found = [(file.st_dev, file.st_ino) for file in files]
        self._files = self._files or found
        if found != self._files:
            raise _moved(self.path)

    def _empty_log(self) -> bool:
        """Fold the log into the file, with a sync, and empty it; whether a reader stood in the way."""
        connection = self.writer.raw_connection()
        try:
            cursor = connection.cursor()
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            [(is_busy, _, _)] = cursor.fetchall()
            cursor.close()
        finally:
            connection.close()
        return bool(is_busy)

    def close(self) -> None:
        """Give the connections back; the log is folded into the file by the last one."""
        self._files = []
        self.readers.dispose()
        self.writer.dispose()


def _moved(path: Path) -> StationFault:
    return StationFault(
        say(
            "The database in {folder} was moved or deleted while the counter was open; nothing was recorded. Take no"
            " money here until it is back in its place and the counter was started again.",
            folder=path.parent,
        )
    )


def create(path: Path, key_hex: str) -> Storage:
    """A new file with all tables; `path` must not exist."""
    if path.exists():
        raise StationFault(say("There is a database at {path} already.", path=path))
    with world(lambda error: say("The database cannot be made ({error}).", error=error)):
        path.parent.mkdir(parents=True, exist_ok=True)
        storage = Storage(path, key_hex)
        try:
            with storage.writer.begin() as connection:
                create_tables(connection)
                connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")
            path.chmod(0o600)
        except BaseException:
            storage.close()
            raise
    return storage


def open_storage(path: Path, key_hex: str) -> Storage:
    """An existing file; raises StationFault with a sentence when it is missing, locked with another key, damaged or
    newer, NeverMade when it is blank."""
    if not path.exists():
        raise StationFault(
            say(
                "There is no counter in {parent}; make one with “counter-app demo” or “counter-app init”.",
                parent=path.parent,
            )
        )
    storage = Storage(path, key_hex)
    try:
        with storage.readers.connect() as connection:
            version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
            is_blank = not connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()
    except FAULTS as error:
        storage.close()
        raise StationFault(
            say(
                "The database {path} does not open with its key, or is damaged: {error}.",
                path=path,
                error=reason(error),
            )
        ) from error
    if version == 0:
        storage.close()
        fault = NeverMade if is_blank else StationFault
        raise fault(say("The database {path} is empty; bring it back from a copy.", path=path))
    if version > SCHEMA_VERSION:
        storage.close()
        raise StationFault(
            say("The database {path} was written by a newer version of Counter; please update this one.", path=path)
        )
    return storage


def create_tables(connection: Connection) -> None:
    """Journal, projections, views and station state of an empty station."""
    for metadata in (journal, projections, station_state):
        metadata.create_all(connection)
    for table in APPEND_ONLY:
        for verb in ("UPDATE", "DELETE"):
            connection.exec_driver_sql(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
    create_views(connection)
    connection.exec_driver_sql(SEARCH_DDL)


def create_views(connection: Connection) -> None:
    """The states and sums that finance and the screens read."""
    for name, select in VIEWS.items():
        connection.exec_driver_sql(f"CREATE VIEW {name} AS {select}")


def recreate_projections(connection: Connection, metadata: MetaData = projections) -> None:
    """Drop and make the projections anew, empty: the way they are migrated."""
    for name in VIEWS:
        connection.exec_driver_sql(f"DROP VIEW IF EXISTS {name}")
    metadata.drop_all(connection)
    metadata.create_all(connection)
    create_views(connection)


@contextmanager
def world(sentence: Callable[[str], str]) -> Iterator[None]:
    """Turns what disk and file throw into a StationFault of the sentence about the driver's own words."""
    try:
        yield
    except OWN_MISTAKES:
        raise
    except FAULTS as error:
        raise StationFault(sentence(reason(error))) from error


def reason(error: BaseException) -> str:
    """The driver's own words, on one line."""
    if isinstance(error, NoConnection):  # out of memory while it was given back
        return "its connection was lost, start the counter again"
    words = "out of memory" if isinstance(error, MemoryError) else str(getattr(error, "orig", None) or error)
    return " ".join(words.split())


def _is_unchanging(path: Path) -> bool:
    """Whether a file lies where nobody writes, as on an auditor's read-only copy: SQLite then needs no log beside it.

    With a log of its own it is no finished copy, and SQLite says so.
    """
    log = path.with_name(f"{path.name}-wal")
    if os.access(path.parent, os.W_OK):
        return False
    return not log.exists() or log.stat().st_size == 0


def _engine(path: Path, key_hex: str, *, writes: bool, is_new: bool = False, unchanging: bool = False) -> Engine:
    url = URL.create("sqlite+pysqlcipher", database=str(path), password=f"x'{key_hex}'")
    # a file that vanished is not made anew, empty, by the next connection
    file = f"{path.absolute().as_uri()}?" + ("immutable=1" if unchanging else "mode=rwc" if is_new else "mode=rw")
    settings = {"isolation_level": None, "check_same_thread": False, "timeout": BUSY_TIMEOUT_MS / 1000}
    engine = create_engine(
        url,
        creator=partial(sqlcipher.connect, file, uri=True, **settings),
        poolclass=QueuePool,
        pool_timeout=BUSY_TIMEOUT_MS / 1000,
        pool_size=1 if writes else 4,
        max_overflow=0 if writes else 8,
    )

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _record: Any) -> None:
        _configure(connection, writes=writes)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _configure(connection: Any, *, writes: bool) -> None:
    """Set what durability and safety rest on, and believe only what is read back."""
    cursor = connection.cursor()
    try:
        cursor.execute("PRAGMA cipher_log_level = NONE")
        if writes and cursor.execute("PRAGMA journal_mode = WAL").fetchone()[0] != "wal":
            raise StationFault(say("The database cannot keep a write-ahead log here; is it on a network drive?"))
        for name, value in SETTINGS.items():
            cursor.execute(f"PRAGMA {name} = {value}")
            found = cursor.execute(f"PRAGMA {name}").fetchone()[0]
            if found != value:
                raise StationFault(say("The database refuses the setting {name} = {value}.", name=name, value=value))
        if not writes:
            cursor.execute("PRAGMA query_only = ON")
    finally:
        cursor.close()


def insert_statement(table: str, columns: Iterable[str]) -> str:
    """`INSERT INTO table VALUES (?, …)` in the order of the columns."""
    return f"INSERT INTO {table} VALUES ({', '.join('?' for _ in columns)})"


INSERTS = {
    t.name: insert_statement(t.name, t.columns.keys())
    for m in (journal, projections, station_state)
    for t in m.sorted_tables
}
"""The statement that adds a whole row to each table."""
