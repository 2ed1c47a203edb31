"""The tamper suite, third part: whoever changes fees, settings, staff or balances beside the journal is found."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import resources
from counter_app.domain.accounts_csv import ACCOUNT_COLUMNS, BILL_COLUMNS
from counter_app.domain.rates_csv import COLUMNS as RATE_COLUMNS
from counter_app.services.load_accounts import load
from db.verify import verify
from tests.fakes.counter import Counter, copy_city, make_city

ACCOUNTS = (
    ",".join(ACCOUNT_COLUMNS),
    "90000100,C1,Ann Lee,1 Elm St,,,,en,residential,open,5000,0,2026-12-15",
    "90000101,C2,Bo Lee,2 Elm St,,,,en,residential,open,-700,0,2026-12-15",
)
BILLS = (",".join(BILL_COLUMNS), "90000100,W-1,water,bill,,2026-12-15,5000,5000,no,no")
RATES = (",".join(RATE_COLUMNS), "Elmwood,2026-07-01,residential,fixed,5/8 inch,,,21.50,month,monthly,council,")

FEES = Path(__file__).parents[1] / "domain" / "fee_schedule.csv"


@pytest.fixture(scope="module")
def counter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counter]:
    """A city that every kind of reference data was loaded into."""
    folder = tmp_path_factory.mktemp("reference")
    make_city(folder / "city")
    counter = copy_city(folder / "city", folder / "own")
    for kind, lines in (("accounts", ACCOUNTS), ("bills", BILLS), ("rates", RATES)):
        assert load(counter.station, "ana", kind, "\n".join((*lines, "")).encode()).errors == ()
    for text in ("# adopted\n" + resources.read_text("fees.toml"), FEES.read_text()):
        assert load(counter.station, "ana", "fees", text.encode()).errors == ()
    yield counter
    counter.close()


def problems(counter: Counter, *changes: str) -> list[str]:
    """What verify finds after these changes, which are undone."""
    with counter.station.books.storage.writer.connect() as connection:
        transaction = connection.begin()
        for change in changes:
            assert connection.exec_driver_sql(change).rowcount > 0, change
        found = [problem.sentence for problem in verify(connection, "A1", full=True).problems]
        transaction.rollback()
    return found


def test_what_was_loaded_is_proved_as_it_is(counter: Counter) -> None:
    assert problems(counter) == []
    counter.prove()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("UPDATE ref_text SET text = replace(text, 'cents', 'cent5') WHERE kind = 'fees' AND load = 2", "fees"),
        ("UPDATE ref_text SET text = text || ' ' WHERE kind = 'fees' AND load = (SELECT max(load) FROM ref_text)",
         "the fees that it made current were altered since"),
        ("UPDATE ref_text SET text = text || '# ' WHERE kind = 'settings'",
         "the settings that it made current were altered since"),
        ("UPDATE ref_text SET text = text || '# ' WHERE kind = 'rates'", "the rates that it made current were altered"),
        ("DELETE FROM ref_text WHERE kind = 'settings'", "the settings that it made current are missing"),
        ("UPDATE ref_text SET text = x'00ff' WHERE kind = 'settings'", "the settings that it made current are missing"),
        ("UPDATE ref_person SET role = 'supervisor' WHERE person = 'maria'", "the staff that it made current was"),
        ("UPDATE ref_person SET role = 'king' WHERE person = 'maria'", "the staff that it made current was altered"),
        ("UPDATE ref_person SET name = 'M.' WHERE person = 'maria'", "the staff that it made current was altered"),
        ("UPDATE ref_person SET pin_hash = password_hash WHERE person = 'lee'", "the staff that it made current was"),
        (("INSERT INTO ref_person SELECT load, 'eve', name, role, password_hash, pin_hash FROM ref_person"
         " WHERE person = 'lee'"), "the staff that it made current was altered"),
        ("UPDATE ref_item SET open_cents = 1 WHERE account = '90000100'", "add up to 1 cents, not 5000"),
        ("DELETE FROM ref_item WHERE account = '90000100'", "it made 1 rows of bills current, and 0 are there"),
        ("UPDATE ref_item SET open_cents = 1 WHERE account = '90000001'", "the accounts that it made current add up"),
    ],
)  # fmt: skip
def test_what_was_altered_beside_the_journal_is_named_at_its_entry(counter: Counter, change: str, says: str) -> None:
    found = problems(counter, change)
    assert len(found) == 1, found
    assert found[0].startswith("A1 entry ")
    assert says in found[0]
