"""Projections are what the journal says, row by row; and they can be made anew from it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection

from counter_app.domain.refused import StationFault
from db import rebuild
from db.books import Books
from db.schema import VIEWS, projections
from db.storage import open_storage
from tests.fakes.day import played_day
from tests.fakes.forger import two_stations


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Books]:
    """The played day and a second station's journal."""
    books = two_stations(tmp_path_factory.mktemp("day"))
    yield books
    books.storage.close()


@pytest.fixture
def writing(books: Books) -> Iterator[Connection]:
    """A transaction that is undone when the test ends."""
    with books.storage.writer.connect() as connection:
        transaction = connection.begin()
        yield connection
        transaction.rollback()


def rows(connection: Connection) -> dict[str, list[tuple[object, ...]]]:
    return {
        name: [tuple(row) for row in connection.exec_driver_sql(f"SELECT * FROM {name} ORDER BY station, seq, n")]
        for name in projections.tables
    }


def test_what_was_written_is_what_a_replay_gives(books: Books) -> None:
    with books.read() as connection:
        assert rebuild.check(connection) == ()


FORGERIES = {
    "changed": (
        "UPDATE receipt SET total_cents = 1 WHERE number = 'A1-000002'",
        "receipt: row 0 of A1 entry 6 differs in total_cents.",
    ),
    "changed text": (
        "UPDATE act SET actor = 'ben' WHERE seq = 3 AND station = 'B2'",
        "act: row 0 of B2 entry 3 differs in actor.",
    ),
    "emptied": (
        "UPDATE receipt SET payer = NULL WHERE number = 'A1-000002'",
        "receipt: row 0 of A1 entry 6 differs in payer.",
    ),
    "deleted": ("DELETE FROM allocation WHERE seq = 9", "allocation: row 0 of A1 entry 9 is missing."),
    "one too many": (
        "INSERT INTO copy VALUES ('A1', 11, 7, 'A1-000001', 2)",
        "copy: row 7 of A1 entry 11 is there and no entry tells it.",
    ),
    "of another entry": (
        "INSERT INTO copy VALUES ('A1', 3, 0, 'A1-000001', 2)",
        "copy: row 0 of A1 entry 3 is there and no entry tells it.",
    ),
    "after the last entry": (
        "INSERT INTO copy VALUES ('B2', 99, 0, 'A1-000001', 2)",
        "copy: row 0 of B2 entry 99 belongs to no entry.",
    ),
    "of a station that is not here": (
        "INSERT INTO copy VALUES ('C3', 1, 0, 'A1-000001', 2)",
        "copy: row 0 of C3 entry 1 belongs to no entry.",
    ),
    "posting moved": (
        "UPDATE posting SET account = 'x' WHERE seq = 5 AND n = 0 AND station = 'A1'",
        "posting: row 0 of A1 entry 5 differs in account.",
    ),
    "view replaced": ("DROP VIEW receipts", "receipts: the view is missing or not the one of this version."),
    "private value changed": (
        "UPDATE private SET value = 'Dan' WHERE seq = 3 AND field = 'name'",
        "customer: row 0 of A1 entry 3 differs in name.",
    ),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_a_row_that_is_not_what_the_journal_says_is_named(writing: Connection, name: str) -> None:
    statement, says = FORGERIES[name]
    writing.exec_driver_sql(statement)
    assert says in [difference.sentence for difference in rebuild.check(writing)]


@pytest.mark.parametrize("table", list(projections.tables))
def test_a_lost_row_of_any_projection_is_named(writing: Connection, table: str) -> None:
    row = writing.exec_driver_sql(f"SELECT station, seq, n FROM {table} LIMIT 1").first()
    if row is None:
        pytest.skip("the day writes none")
    writing.exec_driver_sql(f"DELETE FROM {table} WHERE station = ? AND seq = ? AND n = ?", tuple(row))
    (difference,) = rebuild.check(writing)
    assert (difference.table, difference.station, difference.seq, difference.n) == (table, *row)


def test_an_entry_that_cannot_be_replayed_is_named(writing: Connection) -> None:
    writing.exec_driver_sql("DROP TRIGGER entry_no_update")
    writing.exec_driver_sql("UPDATE entry SET body = '{}' WHERE station = 'A1' AND seq = 5")
    found = rebuild.check(writing)
    assert found[0].sentence.startswith("A1 entry 5 cannot be replayed: ")
    assert "receipt: row 0 of A1 entry 5 is there and no entry tells it." in [d.sentence for d in found]


def test_differences_without_end_are_named_in_bounds(writing: Connection) -> None:
    writing.exec_driver_sql(
        "WITH RECURSIVE i(n) AS (SELECT 10 UNION ALL SELECT n + 1 FROM i WHERE n < 3000)"
        " INSERT INTO copy SELECT 'A1', 5, n, 'x', n FROM i"
    )
    assert len(rebuild.check(writing)) == rebuild.MOST_DIFFERENCES


def test_projections_are_made_anew_from_the_journal(books: Books, writing: Connection) -> None:
    before = rows(writing)
    for name in VIEWS:
        writing.exec_driver_sql(f"DROP VIEW {name}")
    for name in list(projections.tables)[::2]:
        writing.exec_driver_sql(f"DROP TABLE {name}")
    assert rebuild.apply(writing) == 21
    assert rows(writing) == before
    assert rebuild.check(writing) == ()


def test_indexes_are_there_after_a_rebuild(writing: Connection) -> None:
    def indexes() -> set[str]:
        return {row[0] for row in writing.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'index'")}

    before = indexes()
    rebuild.apply(writing)
    assert indexes() == before


def spoil_and_rebuild(books: Books) -> None:
    with books.change_state() as connection:
        connection.exec_driver_sql("DROP TRIGGER entry_no_update")
        connection.exec_driver_sql("UPDATE entry SET body = '{}' WHERE station = 'A1' AND seq = 5")
        rebuild.apply(connection)


def test_a_journal_that_cannot_be_replayed_leaves_the_projections(books: Books) -> None:
    with books.read() as connection:
        before = rows(connection)
    with pytest.raises(StationFault, match=r"A1 entry 5 cannot be replayed.*left as they are"):
        spoil_and_rebuild(books)
    with books.read() as connection:
        assert rows(connection) == before


def test_a_purge_of_private_values_is_shown_by_a_rebuild_alone(writing: Connection) -> None:
    writing.exec_driver_sql("DELETE FROM private WHERE station = 'A1' AND seq = 3")
    assert [d.table for d in rebuild.check(writing)] == ["customer"]
    rebuild.apply(writing)
    assert rebuild.check(writing) == ()
    assert writing.exec_driver_sql("SELECT name, address FROM customer WHERE station = 'A1'").one() == (None, None)


def test_a_damaged_page_is_a_sentence(tmp_path: Path) -> None:
    books, key = played_day(tmp_path)
    books.storage.close()
    path = tmp_path / "counter.db"
    image = path.read_bytes()
    sentences = []
    for page in range(2, len(image) // 4_096, 5):
        path.write_bytes(image[: page * 4_096] + bytes(4_096) + image[(page + 1) * 4_096 :])
        try:
            store = open_storage(path, key)
        except StationFault:
            continue
        try:
            with store.readers.connect() as connection:
                rebuild.check(connection)
        except StationFault as error:
            sentences.append(str(error))
        store.close()
    assert sentences
    assert all("the projections were not compared" in sentence for sentence in sentences)
