"""The tamper table: each manipulation of a station's file, what the full proof says to it, and what the archive that
is exported from such a file says wherever it is taken.

tampering.txt is the table; `python -m tests.db.test_tampering` writes it anew, and whoever does reads what changed. A
forgery by the holder of the station's own key proves as an archive (its chain is whole): there the rules between
entries, the books beside them and paper checkpoints speak.
"""

import random
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from counter_app.archive_check import Archive, NotProven, Unreadable
from counter_app.domain.refused import StationFault
from counter_app.services.export_journal import export_journal
from counter_app.services.station import Station
from db.books import Books
from db.consistency import Problem
from db.verify import verify
from tests.db.test_verify import CHAIN, FIELDS
from tests.db.test_verify_contents import BESIDE, INSIDE
from tests.fakes.forger import PAYMENT, Forger, Forgery, two_stations

TABLE = Path(__file__).with_name("tampering.txt")
FLIPS, FLIPS_OF_A_NIGHT = 300, 10_000
_SECRETS = re.compile(r"[0-9a-f]{40,}")


def _fields() -> dict[str, tuple[Forgery, int, str]]:
    return {
        f"another {name}": (lambda f, old=old, new=new: f.replace(PAYMENT, old, new), PAYMENT, "hash of its body")  # type: ignore[misc]
        for name, (old, new) in FIELDS.items()
    }


GROUPS: dict[str, dict[str, tuple[Forgery, int, str]]] = {
    "in the body of an entry": _fields(),
    "in the chain": CHAIN,
    "with the station's key": INSIDE,
    "beside the chain": BESIDE,
}
CASES = [(group, name) for group, cases in GROUPS.items() for name in cases]


@contextmanager
def forged(books: Books, forge: Forgery) -> Iterator[Forger]:
    """The file after a forgery; in the end it is undone."""
    with books.storage.writer.connect() as connection:
        transaction = connection.begin()
        guards = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all()
        for name, _ in guards:
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        forger = Forger(connection, books.signer)
        forge(forger)
        for _, sql in guards:
            connection.exec_driver_sql(sql)
        yield forger
        transaction.rollback()


def answers(books: Books, folder: Path, group: str, name: str) -> tuple[str, str]:
    """What verify and the stand-alone file say."""
    forge, seq, says = GROUPS[group][name]
    with forged(books, forge) as forger:
        found = verify(forger.connection, "A1", full=True).problems
        return _named(found, seq, says), exported(books, forger, folder)


def _named(found: tuple[Problem, ...], seq: int, says: str) -> str:
    return next((_SECRETS.sub("…", p.sentence) for p in found if p.seq == seq and says in p.sentence), "NOTHING")


def exported(books: Books, forger: Forger, folder: Path) -> str:
    """The archive of the forged file, judged."""
    station = Station(folder, "demo", "Alder Creek", "City Hall", books, books.faults, None)
    path = folder / "forged.jsonl"
    try:
        export_journal(station, forger.connection, path, with_private=True)
    except StationFault as no:
        return f"is not exported: {no}"
    try:
        with path.open("rb") as file:
            Archive(file, {"A1": books.signer.public.hex()}).prove()
    except NotProven as no:
        return _SECRETS.sub("…", str(no))
    except Unreadable as no:
        return f"UNREADABLE: {no}"
    return "PROVEN"


def line(group: str, name: str, verify_says: str, archive_says: str) -> str:
    return f"{group} | {name} | {verify_says} | {archive_says}"


def table() -> list[str]:
    """Every line as it is today."""
    with TemporaryDirectory() as name:
        books = two_stations(Path(name))
        lines = [line(*case, *answers(books, Path(name), *case)) for case in CASES]
        books.storage.close()
    return lines


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Books]:
    """The played day and a second station's journal."""
    made = two_stations(tmp_path_factory.mktemp("tampering"))
    yield made
    made.storage.close()


@pytest.fixture(scope="module")
def lines() -> dict[tuple[str, str], str]:
    """The table by manipulation."""
    rows = TABLE.read_text(encoding="utf-8").splitlines()
    return {(row.split(" | ")[0], row.split(" | ")[1]): row for row in rows}


@pytest.mark.parametrize(("group", "name"), CASES)
def test_each_manipulation_is_answered_as_the_table_says(
    books: Books, lines: dict[tuple[str, str], str], tmp_path: Path, group: str, name: str
) -> None:
    assert line(group, name, *answers(books, tmp_path, group, name)) == lines[group, name]


def test_the_table_is_whole_and_nothing_in_it_passes_verify(lines: dict[tuple[str, str], str]) -> None:
    assert set(lines) == set(CASES)
    assert len(lines) >= 40
    assert not [row for row in lines.values() if "NOTHING" in row]


def test_what_changes_the_chain_without_its_key_is_never_a_proven_archive(lines: dict[tuple[str, str], str]) -> None:
    """A cut tail is a whole chain: the witness beside the file, the centre and paper checkpoints show it."""
    proven = {name for (group, name), row in lines.items() if group.startswith("in ") and row.endswith("| PROVEN")}
    assert proven == {"last deleted", "another hash than the centre has"}


def test_any_flipped_bit_of_an_entry_is_found_in_the_file_and_in_its_archive(
    books: Books, tmp_path: Path, nightly: bool
) -> None:
    dice = random.Random(20261123)
    for _ in range(FLIPS_OF_A_NIGHT if nightly else FLIPS):
        seq, column = dice.randint(1, 17), dice.choice(("body", "prev", "hash", "sig"))

        def flip(forger: Forger, seq: int = seq, column: str = column) -> None:
            changed = bytearray(forger.column(seq, column))
            bit = dice.randrange(len(changed) * 8)
            changed[bit // 8] ^= 1 << bit % 8
            forger.set(seq, **{column: bytes(changed)})

        with forged(books, flip) as forger:
            found = verify(forger.connection, "A1", full=False).problems
            assert any((p.station, p.seq) == ("A1", seq) for p in found), (seq, column)
            assert exported(books, forger, tmp_path) != "PROVEN", (seq, column)


if __name__ == "__main__":
    TABLE.write_text("\n".join(table()) + "\n", encoding="utf-8")
