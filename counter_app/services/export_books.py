"""The books in the notation of accounting programs: one balanced transaction for each entry that posted to the ledger.

hledger and beancount read the whole of it and refuse what does not balance; CSV is for everything else. No private text
is in it: an account is its number, a transaction its kind and the number of its receipt, session or deposit.
"""

import csv
import io
import re
from collections.abc import Iterator
from hashlib import sha256
from itertools import chain

from counter_app.domain.ledger import (
    BANK_DIFFERENCE,
    CARD_RECEIVABLE,
    CHANGE_FUND,
    OVER_SHORT,
    PAYABLE,
    POOL_OWES,
    TREASURY,
    UNDEPOSITED,
    account_of,
)
from counter_app.domain.money import Cents
from counter_app.domain.refused import WrongAct
from db.books import Connection
from db.queries.ledger_entries import LedgerEntry, accounts, first_date, ledger_entries

FORMATS = ("hledger", "beancount", "csv")
CSV_COLUMNS = ("date", "station", "entry", "kind", "number", "account", "fund", "debit_cents", "credit_cents")

_CLASSES = {"1": "Assets", "2": "Liabilities", "3": "Equity", "4": "Income", "5": "Income"}
_REST = "Expenses"
_PLACES = {
    "drawer": "cash in drawers",
    "float": "floats",
    CHANGE_FUND: "change fund",
    UNDEPOSITED: "undeposited in the safe",
    "bag": "deposit bags",
    "deposit in transit": "deposits in transit",
    "bank": "bank",
    CARD_RECEIVABLE: "card receivable",
    TREASURY: "treasury",
    OVER_SHORT: "over and short",
    BANK_DIFFERENCE: "bank differences",
    PAYABLE: "refund requests",
}
_LEGAL = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*")


def export_books(connection: Connection, form: str) -> bytes:
    """All entries in one of FORMATS, as UTF-8; raises WrongAct for another format."""
    writers = {"hledger": _hledger, "beancount": _beancount, "csv": _csv}
    if form not in writers:
        raise WrongAct(f"The books are written as {', '.join(FORMATS)}; “{form[:20]}” is none of them.")
    return "".join(writers[form](connection)).encode()


def account_class(account: str) -> str:
    """Assets, Liabilities, Equity, Income or Expenses, by the first digit of the object: 501-0000-11210 is an asset."""
    return _CLASSES.get(account.rpartition("-")[2][:1], _REST)


def _component(account: str) -> str:
    """The account as both programs take it in a name; one with other characters keeps apart by a digest."""
    if _LEGAL.fullmatch(account):
        return account
    return re.sub(r"[^A-Za-z0-9-]", "-", f"X{account}") + "-" + sha256(account.encode()).hexdigest()[:6]


def _names() -> dict[str, str]:
    """What the accounts of places are called."""
    names = {account_of(place): name for place, name in _PLACES.items()}
    return {**names, POOL_OWES: "owed to the funds"}


def _title(entry: LedgerEntry) -> str:
    """`Payment taken` of PaymentTaken."""
    words = re.sub(r"(?<!^)([A-Z])", r" \1", entry.kind)
    return words.capitalize()


def _code(entry: LedgerEntry) -> str:
    """The number a person looks for, else station and entry; letters, digits and dashes alone."""
    return re.sub(r"[^A-Za-z0-9-]", "-", entry.number) or f"{entry.station}-{entry.seq}"


def _dollars(cents: Cents) -> str:
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02d} USD"


def _hledger(connection: Connection) -> Iterator[str]:
    names = _names()

    def name(account: str) -> str:
        called = f" {names[account]}" if account in names else ""
        return f"{account_class(account).lower()}:{_component(account)}{called}"

    yield "; The books of the counter.\ncommodity 1000.00 USD\n"
    for account in accounts(connection):
        yield f"account {name(account)}\n"
    for entry in ledger_entries(connection):
        yield f"\n{entry.date} * ({_code(entry)}) {_title(entry)}  ; {entry.station} entry {entry.seq}\n"
        for posting in entry.postings:
            yield f"    {name(posting.account)}  {_dollars(posting.cents)}\n"


def _beancount(connection: Connection) -> Iterator[str]:
    names, opened = _names(), first_date(connection)

    def name(account: str) -> str:
        return f"{account_class(account)}:{_component(account)}"

    yield 'option "title" "The books of the counter"\noption "operating_currency" "USD"\n\n'
    for account in accounts(connection):
        called = f'  name: "{names[account]}"\n' if account in names else ""
        yield f"{opened} open {name(account)} USD\n{called}"
    for entry in ledger_entries(connection):
        yield f'\n{entry.date} * "{_title(entry)}" ^{_code(entry)}\n  entry: "{_quoted(entry)}"\n'
        for posting in entry.postings:
            yield f"  {name(posting.account)}  {_dollars(posting.cents)}\n"


def _quoted(entry: LedgerEntry) -> str:
    return re.sub(r'["\\\n]', "-", f"{entry.station} {entry.seq}")


def _csv(connection: Connection) -> Iterator[str]:
    for row in chain([CSV_COLUMNS], _csv_rows(connection)):
        line = io.StringIO()
        csv.writer(line, lineterminator="\n").writerow(row)
        yield line.getvalue()


def _csv_rows(connection: Connection) -> Iterator[tuple[str | int, ...]]:
    for entry in ledger_entries(connection):
        for p in entry.postings:
            about = (entry.date, entry.station, entry.seq, entry.kind, entry.number, p.account, p.fund)
            yield (*about, max(p.cents, 0), max(-p.cents, 0))
