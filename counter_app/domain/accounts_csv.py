"""The billing system's files of accounts and bills (CSV), every row checked and every mistake named by its line.

Money is whole cents, days are YYYY-MM-DD; columns may stand in any order, and one that is not known here is an error.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import TypeVar

import msgspec

from counter_app.domain.account import OpenItem
from counter_app.domain.card_guard import may_hold_card_number, refuse_card_numbers
from counter_app.domain.days import add_months, parse_day
from counter_app.domain.fees_import import LineError
from counter_app.domain.money import MOST_CENTS, Cents
from counter_app.domain.refused import Refused

ACCOUNT_COLUMNS = (
    "account", "customer", "name", "service_address", "mailing_address", "phone", "email", "language", "class",
    "status", "balance_cents", "past_due_cents", "due_date",
)  # fmt: skip
ACCOUNT_EXTRAS = ("credit_cents",)
"""May stand beside: a credit that is not the whole balance, which then is open items less it."""

BILL_COLUMNS = (
    "account", "bill", "component", "kind", "issued", "due", "original_cents", "open_cents", "liened", "disputed",
)  # fmt: skip
BILL_EXTRAS = ("note",)
COMPONENTS = (
    "water", "sewer", "tax", "penalty", "fee", "plan", "pass_through", "returned_check", "garbage", "stormwater",
    "other",
)  # fmt: skip
BALANCE, PAST_DUE = "BAL", "BAL-PAST"
"""The items of an account that comes with a balance and without bills."""

_NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,23}")
_CENTS = re.compile(r"-?[0-9]{1,11}")
_YES = {"1": True, "true": True, "yes": True, "y": True, "0": False, "false": False, "no": False, "n": False, "": False}


class AccountRow(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the accounts file; its balance is open_cents − credit_cents, past_due_cents is a part of open_cents."""

    line: int
    account: str
    customer: str
    name: str
    service_address: str
    mailing_address: str
    phone: str
    email: str
    language: str
    class_: str
    status: str
    open_cents: Cents
    credit_cents: Cents
    past_due_cents: Cents
    due: date | None

    def items(self, as_of: date) -> tuple[OpenItem, ...]:
        """The balance as open items, until bills come: what is past due is a month older."""
        due = self.due or as_of
        past, now = self.past_due_cents, self.open_cents - self.past_due_cents
        made = (
            OpenItem(PAST_DUE, "past due", "water", add_months(due, -1).isoformat(), past, past),
            OpenItem(BALANCE, "balance", "water", due.isoformat(), now, now),
        )
        return tuple(item for item in made if item.open_cents)


class BillRow(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the bills file: a component of a bill."""

    line: int
    account: str
    kind: str
    issued: str
    item: OpenItem


class AccountsRead(msgspec.Struct, frozen=True):
    """The good rows and the mistakes; load nothing unless `errors` is empty or the person said to skip bad rows."""

    rows: tuple[AccountRow, ...]
    errors: tuple[LineError, ...]


class BillsRead(msgspec.Struct, frozen=True):
    """The same of bills."""

    rows: tuple[BillRow, ...]
    errors: tuple[LineError, ...]


_Row = TypeVar("_Row")


class _Bad(Exception):
    """A row is wrong; str() is the sentence."""


def accounts_from_csv(text: str) -> AccountsRead:
    """Rows of a file with the header ACCOUNT_COLUMNS."""
    rows, errors = _read(text, ACCOUNT_COLUMNS, ACCOUNT_EXTRAS, "an accounts file", _account, lambda row: row.account)
    return AccountsRead(tuple(rows), tuple(errors))


def bills_from_csv(text: str) -> BillsRead:
    """Rows of a file with the header BILL_COLUMNS; whether they add up to a balance is for whoever knows the
    accounts."""
    rows, errors = _read(
        text, BILL_COLUMNS, BILL_EXTRAS, "a bills file", _bill, lambda row: f"{row.account} {row.item.item}"
    )
    return BillsRead(tuple(rows), tuple(errors))


def _read(
    text: str,
    columns: tuple[str, ...],
    extras: tuple[str, ...],
    what: str,
    parse: Callable[[int, Mapping[str, str]], _Row],
    key: Callable[[_Row], str],
) -> tuple[list[_Row], list[LineError]]:
    """Good rows and mistakes, each key once."""
    rows: list[_Row] = []
    errors: list[LineError] = []
    seen: dict[str, int] = {}
    header: list[str] = []
    for line, cells in _lines(text, errors):
        if not header:
            header = [cell.strip() for cell in cells]
            errors += [LineError(line, sentence) for sentence in _header_faults(header, columns, extras, what)]
            if errors:
                break
            continue
        try:
            row = parse(line, _cells(header, cells))
            if first := seen.get(key(row)):
                raise _Bad(f"{key(row)} stands in line {first} already.")
            seen[key(row)] = line
        except _Bad as error:
            errors.append(LineError(line, str(error)))
        else:
            rows.append(row)
    if not header and not errors:
        errors.append(LineError(1, "The file is empty."))
    return rows, errors


def _lines(text: str, errors: list[LineError]) -> Iterator[tuple[int, list[str]]]:
    """Line number and cells; lines without a cell are passed over, a broken quotation ends the file."""
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    try:
        for cells in reader:
            if cells:
                yield reader.line_num, cells
    except csv.Error as error:
        errors.append(LineError(reader.line_num, f"The line is no CSV: {error}."))


def _header_faults(header: list[str], columns: tuple[str, ...], extras: tuple[str, ...], what: str) -> Iterator[str]:
    for name in columns:
        if name not in header:
            yield f"The column {name} is missing."
    for name in header:
        if name not in columns + extras:
            yield f"There is no column “{name}” in {what}."
    for name in dict.fromkeys(name for name in header if header.count(name) > 1):
        yield f"The column {name} stands there twice."


def _cells(header: list[str], cells: list[str]) -> dict[str, str]:
    if len(cells) != len(header):
        raise _Bad(f"The line has {len(cells)} cells, the header has {len(header)}.")
    values = {name: cell.strip() for name, cell in zip(header, cells, strict=True)}
    for name, value in values.items():
        if len(value) > 200 or not value.isprintable():
            raise _Bad(f"The {name} is too long or has characters that are no text.")
        if may_hold_card_number(value):
            _refuse_card(name, value)
    return values


def _refuse_card(name: str, value: str) -> None:
    try:
        refuse_card_numbers(value)
    except Refused:
        raise _Bad(f"The {name} looks like a card number; card data is never kept here.") from None


def _account(line: int, row: Mapping[str, str]) -> AccountRow:
    balance_cents = _cents(row, "balance_cents", least=-MOST_CENTS)
    credit_cents = _cents(row, "credit_cents") if row.get("credit_cents") else max(0, -balance_cents)
    open_cents = balance_cents + credit_cents
    past_due_cents = _cents(row, "past_due_cents") if row["past_due_cents"] else 0
    if open_cents < 0:
        raise _Bad(f"credit_cents {credit_cents} is less than the credit in balance_cents {balance_cents}.")
    if past_due_cents > open_cents:
        raise _Bad(f"past_due_cents {past_due_cents} is more than what is open ({open_cents}).")
    if row["email"] and "@" not in row["email"]:
        raise _Bad(f"“{row['email']}” is no email address.")
    return AccountRow(
        line=line,
        account=_number(row, "account"),
        customer=_number(row, "customer"),
        name=_given(row, "name"),
        service_address=row["service_address"],
        mailing_address=row["mailing_address"],
        phone=row["phone"],
        email=row["email"],
        language=row["language"] or "en",
        class_=_one_of(row, "class", ("residential", "commercial", "irrigation")),
        status=_one_of(row, "status", ("open", "closed")),
        open_cents=open_cents,
        credit_cents=credit_cents,
        past_due_cents=past_due_cents,
        due=_day(row, "due_date") if row["due_date"] else None,
    )


def _bill(line: int, row: Mapping[str, str]) -> BillRow:
    bill, component = _number(row, "bill"), _one_of(row, "component", COMPONENTS)
    original_cents, open_cents = _cents(row, "original_cents"), _cents(row, "open_cents")
    issued = _day(row, "issued").isoformat() if row["issued"] else ""
    due = _day(row, "due").isoformat()
    if open_cents > original_cents:
        raise _Bad(f"open_cents {open_cents} is more than original_cents {original_cents}.")
    if issued > due:
        raise _Bad(f"The bill is due {due}, before it was issued {issued}.")
    return BillRow(
        line=line,
        account=_number(row, "account"),
        kind=row["kind"],
        issued=issued,
        item=OpenItem(
            item=f"{bill}/{component}",
            bill=bill,
            component=component,
            due=due,
            open_cents=open_cents,
            original_cents=original_cents,
            liened=_yes(row, "liened"),
            disputed=_yes(row, "disputed"),
        ),
    )


def _given(row: Mapping[str, str], name: str) -> str:
    if not row[name]:
        raise _Bad(f"The {name} is empty.")
    return row[name]


def _number(row: Mapping[str, str], name: str) -> str:
    if not _NUMBER.fullmatch(_given(row, name)):
        raise _Bad(f"“{row[name][:40]}” is no {name}: letters, digits and hyphens, at most 24.")
    return row[name]


def _cents(row: Mapping[str, str], name: str, least: Cents = 0) -> Cents:
    if not _CENTS.fullmatch(row[name]) or not least <= int(row[name]) <= MOST_CENTS:
        raise _Bad(f"{name} is “{row[name][:40]}”; it must be whole cents{'' if least else ', not below 0'}.")
    return int(row[name])


def _day(row: Mapping[str, str], name: str) -> date:
    day = parse_day(row[name])
    if day is None:
        raise _Bad(f"{name} is “{row[name][:40]}”; it must be a day like 2026-11-23.")
    return day


def _one_of(row: Mapping[str, str], name: str, words: tuple[str, ...]) -> str:
    if row[name] not in words:
        raise _Bad(f"{name} is “{row[name][:40]}”; it must be one of {', '.join(words)}.")
    return row[name]


def _yes(row: Mapping[str, str], name: str) -> bool:
    if row[name].lower() not in _YES:
        raise _Bad(f"{name} is “{row[name][:40]}”; it must be yes or no.")
    return _YES[row[name].lower()]
