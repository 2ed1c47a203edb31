"""Somebody who tampers with a journal: has the key of its file, and where a test says so the station's own."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from counter_app.domain.entry import EMPTY, Entry, Private, chain_hash
from db.books import Books
from db.consistency import Problem
from db.keys import Signer
from db.verify import verify
from tests.fakes.day import new_books, open_drawer, pay, played_day, register

PAYMENT, LAST = 5, 17
"""The first payment of the played day (50.00 in cash), and its newest entry."""


class Forger:
    """Somebody who has the file's key; with `signer` also the station's."""

    def __init__(self, connection: Connection, signer: Signer) -> None:
        self.connection, self.signer = connection, signer

    def sql(self, statement: str, *values: Any) -> None:
        self.connection.exec_driver_sql(statement, values)

    def column(self, seq: int, name: str, station: str = "A1") -> Any:
        found = self.connection.exec_driver_sql(
            f"SELECT {name} FROM entry WHERE station = ? AND seq = ?", (station, seq)
        )
        return found.scalar_one()

    def set(self, at: int, **columns: Any) -> None:
        """Change columns of an entry of A1."""
        names = ", ".join(f"{name} = ?" for name in columns)
        self.sql(f"UPDATE entry SET {names} WHERE station = 'A1' AND seq = ?", *columns.values(), at)

    def again(self, table: str, **changed: Any) -> None:
        """Each row of a projection once more, with other values."""
        for row in self.connection.exec_driver_sql(f"SELECT * FROM {table}").mappings().all():
            values = {**row, "n": 9, **changed}
            self.sql(f"INSERT INTO {table} VALUES ({', '.join('?' for _ in values)})", *values.values())

    def replace(self, seq: int, old: bytes, new: bytes) -> None:
        body = self.column(seq, "body")
        assert old in body
        self.set(seq, body=body.replace(old, new, 1))

    def rechain(self, first: int = 1, signer: Signer | None = None) -> None:
        """Compute the chain anew from an entry on, signed by `signer` or left with the old signatures."""
        prev = self.column(first - 1, "hash") if first > 1 else EMPTY.hash
        for seq, body in self.connection.exec_driver_sql(
            "SELECT seq, body FROM entry WHERE station = 'A1' AND seq >= ? ORDER BY seq", (first,)
        ).all():
            hash_ = chain_hash(prev, body)
            self.set(seq, prev=prev, hash=hash_, **({"sig": signer.sign(hash_)} if signer else {}))
            prev = hash_

    def rewrite(self, seq: int, old: bytes, new: bytes) -> None:
        """What only the holder of the station's key can do."""
        self.replace(seq, old, new)
        self.rechain(seq, self.signer)


Forgery = Callable[[Forger], None]
Verdict = Callable[..., tuple[Problem, ...]]
"""What verify says after a forgery."""


def sql(statement: str) -> Forgery:
    """Run a statement."""
    return lambda forger: forger.sql(statement)


def rewrite(seq: int, old: bytes, new: bytes) -> Forgery:
    """Change a body and sign everything after it anew."""
    return lambda forger: forger.rewrite(seq, old, new)


def two_stations(folder: Path) -> Books:
    """A played day, with the journal of a second station admitted to it."""
    books, _key = played_day(folder)
    other_folder = folder / "other"
    other_folder.mkdir()
    admit_other_station(books, other_folder)
    return books


def admit_other_station(books: Books, folder: Path) -> None:
    """Four entries of B2, as a central store would hand them on."""
    other, _key = new_books(folder, "B2")
    register(other, "Joe Brown")
    open_drawer(other)
    pay(other, "B2-S000001", 100)
    with other.read() as connection:
        entries = [Entry(*row) for row in connection.exec_driver_sql("SELECT * FROM entry ORDER BY seq")]
        private = [(row[0], Private(*row[1:])) for row in connection.exec_driver_sql(
            "SELECT seq, field, salt, value FROM private")]  # fmt: skip
    other.storage.close()
    books.admit(entries, private)


@contextmanager
def judging(books: Books) -> Iterator[Verdict]:
    """Gives a verdict on forgeries and undoes them in the end."""
    with books.storage.writer.connect() as connection:
        transaction = connection.begin()

        def judge(forge: Forgery, *, full: bool) -> tuple[Problem, ...]:
            guards = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all()
            for name, _sql in guards:
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
            forge(Forger(connection, books.signer))
            for _name, sql in guards:
                connection.exec_driver_sql(sql)
            return verify(connection, "A1", full=full).problems

        yield judge
        transaction.rollback()
