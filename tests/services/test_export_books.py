"""The books leave in the notation of hledger and beancount, and both programs accept them."""

import csv
import io
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.domain import events as ev
from counter_app.domain.entry import Entry
from counter_app.domain.ledger import BANK_DIFFERENCE, Movement, Posting, account_of, bank_place, post
from counter_app.domain.refused import WrongAct
from counter_app.services.export_books import account_class, export_books
from db.books import Books
from tests.fakes.day import DAY, played_day


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Books]:
    """A played day, and an entry with an odd account."""
    books, _key = played_day(tmp_path_factory.mktemp("day"))
    post_oddly(books)
    yield books
    books.storage.close()


def post_oddly(books: Books) -> Entry:
    """An account and a number with characters that no notation takes, and a sum beyond any float."""
    odd = (Posting('10;1 "x"\nA', "101", 123_456_789_01), Posting("101-0000-10100", "101", -123_456_789_01))
    with books.write("fay") as unit:
        event = ev.DepositSent(deposit='A1 "D;1"\n', courier="0" * 64, movements=(), postings=odd)
        return unit.record(event, business_date=DAY)


def exported(books: Books, form: str) -> bytes:
    with books.read() as connection:
        return export_books(connection, form)


def test_hledger_accepts_the_books(books: Books, tmp_path: Path) -> None:
    path = tmp_path / "books.journal"
    path.write_bytes(exported(books, "hledger"))
    done = subprocess.run(["hledger", "-f", str(path), "check", "-s"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_hledger_finds_the_balances_of_the_day(books: Books, tmp_path: Path) -> None:
    path = tmp_path / "books.journal"
    path.write_bytes(exported(books, "hledger"))
    command = ["hledger", "-f", str(path), "balance", "--output-format", "csv", "--no-total", "999"]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    balances = {row["account"]: row["balance"] for row in csv.DictReader(io.StringIO(printed))}
    assert balances == {
        "assets:999-0000-10100 bank": "58.00 USD",
        "assets:999-0000-10120 floats": "200.00 USD",
        "assets:999-0000-10170 card receivable": "45.00 USD",
        "assets:999-0000-10190 treasury": "-200.00 USD",
        "liabilities:999-0000-20100 owed to the funds": "-103.00 USD",
    }


def test_beancount_accepts_the_books(books: Books, tmp_path: Path) -> None:
    path = tmp_path / "books.beancount"
    path.write_bytes(exported(books, "beancount"))
    done = subprocess.run(
        [str(Path(sys.executable).with_name("bean-check")), str(path)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


@pytest.mark.parametrize(("form", "program"), [("hledger", ["hledger", "check", "-f"]), ("beancount", ["bean-check"])])
def test_the_programs_would_refuse_a_cent_too_many(books: Books, tmp_path: Path, form: str, program: list[str]) -> None:
    path = tmp_path / f"books.{form}"
    path.write_bytes(exported(books, form).replace(b"45.00 USD", b"45.01 USD", 1))
    name = program[0] if form == "hledger" else str(Path(sys.executable).with_name(program[0]))
    assert subprocess.run([name, *program[1:], str(path)], capture_output=True, check=False).returncode == 1


def test_a_receipt_is_a_transaction_with_its_number(books: Books) -> None:
    assert (
        f"\n{DAY} * (A1-000003) Payment taken  ; A1 entry 7\n"
        "    assets:999-0000-10170 card receivable  45.00 USD\n"
        "    assets:501-0000-11210  -45.00 USD\n"
        "    assets:501-0000-10100  45.00 USD\n"
        "    liabilities:999-0000-20100 owed to the funds  -45.00 USD\n"
    ) in exported(books, "hledger").decode()
    assert (f'\n{DAY} * "Payment taken" ^A1-000003\n  entry: "A1 7"\n  Assets:999-0000-10170  45.00 USD\n') in exported(
        books, "beancount"
    ).decode()


def test_csv_holds_every_posting_in_cents(books: Books) -> None:
    rows = list(csv.DictReader(io.StringIO(exported(books, "csv").decode())))
    with books.read() as connection:
        stored = connection.exec_driver_sql("SELECT COUNT(*), SUM(max(amount_cents, 0)) FROM posting").one()
    assert (len(rows), sum(int(row["debit_cents"]) for row in rows)) == tuple(stored)
    assert sum(int(row["debit_cents"]) - int(row["credit_cents"]) for row in rows) == 0
    assert rows[0]["date"] == DAY


def test_no_private_text_is_in_the_books(books: Books) -> None:
    for form in ("hledger", "beancount", "csv"):
        assert b"Ortiz" not in exported(books, form)
        assert b"maria" not in exported(books, form)


@pytest.mark.parametrize(
    ("account", "class_"),
    [
        ("501-0000-11210", "Assets"),
        ("999-0000-20100", "Liabilities"),
        ("101-0000-30100", "Equity"),
        ("101-2020-41520", "Income"),
        ("101-5030-51408", "Income"),
        ("101-5030-61408", "Expenses"),
        ("odd", "Expenses"),
    ],
)
def test_the_first_digit_of_the_object_is_the_class(account: str, class_: str) -> None:
    assert account_class(account) == class_


def test_another_format_is_refused_in_words(books: Books) -> None:
    with pytest.raises(WrongAct, match="“qif” is none of them"):
        exported(books, "qif")


def test_books_without_a_posting_are_accepted_too(tmp_path: Path) -> None:
    books, _key = played_day(tmp_path)
    with books.change_state() as connection:
        connection.exec_driver_sql("DELETE FROM posting")
    path = tmp_path / "empty.beancount"
    path.write_bytes(exported(books, "beancount"))
    assert subprocess.run([str(Path(sys.executable).with_name("bean-check")), str(path)], check=False).returncode == 0
    assert len(exported(books, "csv").splitlines()) == 1
    books.storage.close()


def test_the_same_books_give_the_same_bytes(books: Books) -> None:
    for form in ("hledger", "beancount", "csv"):
        assert exported(books, form) == exported(books, form)


def test_a_bank_difference_is_an_account_of_its_own() -> None:
    assert account_of(BANK_DIFFERENCE) != account_of(bank_place("OPERATING"))
    moves = (Movement(BANK_DIFFERENCE, bank_place("OPERATING"), "cash", 500),)
    assert Posting(account_of(BANK_DIFFERENCE), "101", -500) in post(moves)
