"""Brings in what other offices decide: accounts and bills of the billing system, the fee list, the water rates.

All rows are checked first; nothing is loaded unless every one is good, or whoever loads it said to skip the bad ones.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from hashlib import sha256
from typing import TypeVar
from zoneinfo import ZoneInfo

import msgspec

from counter_app.domain import accounts_csv, fees_import, rates_csv
from counter_app.domain.accounts_csv import AccountRow, BillRow
from counter_app.domain.card_guard import refuse_card_numbers
from counter_app.domain.clock import local_date, to_text
from counter_app.domain.events import ReferenceLoaded
from counter_app.domain.fees import load_schedule
from counter_app.domain.fees_import import LineError
from counter_app.domain.fees_text import schedule_text
from counter_app.domain.money import Cents
from counter_app.domain.refused import Refused, WrongAct
from counter_app.domain.rights import Right, demand
from counter_app.domain.said import say
from counter_app.services.station import Station
from db import accounts_load, reference
from db.accounts_load import CHUNK, ItemValues
from db.books import Connection
from db.queries.batches import last_batch, newest_instant

_Part = TypeVar("_Part")

KINDS = ("accounts", "bills", "fees", "rates")


class Loaded(msgspec.Struct, frozen=True):
    """What was loaded, as load number, rows and Σ balances; load is 0 when the errors kept everything out."""

    load: int
    rows: int
    total_cents: Cents
    errors: tuple[LineError, ...]


class _File(msgspec.Struct, frozen=True):
    """Who brings which file, and what of our own payments it knows of."""

    by: str
    kind: str
    data: bytes
    as_of: str
    last_batch: int | None

    @property
    def sha256(self) -> str:
        return sha256(self.data).hexdigest()

    def event(self, load: int, rows: int, total_cents: Cents = 0) -> ReferenceLoaded:
        return ReferenceLoaded(
            kind=self.kind,
            load=load,
            sha256=self.sha256,
            rows=rows,
            total_cents=total_cents,
            as_of=self.as_of,
            last_batch=self.last_batch,
        )


def header(kind: str) -> str:
    """The header line of a file of that kind."""
    columns = {
        "accounts": accounts_csv.ACCOUNT_COLUMNS,
        "bills": accounts_csv.BILL_COLUMNS,
        "fees": fees_import.COLUMNS,
        "rates": rates_csv.COLUMNS,
    }
    return ",".join(columns[kind])


def load(
    station: Station,
    by: str,
    kind: str,
    data: bytes,
    *,
    as_of: datetime | None = None,
    last_batch: int | None = None,
    skip_bad: bool = False,
) -> Loaded:
    """Check and load one file.

    `as_of` is the instant up to which its maker knew our payments (absent: now),
    `last_batch` the last payments batch it
    had. Raises Refused for a person without the right, a repeated or older file; WrongAct for what is no text.
    """
    with station.books.read() as connection:
        demand(station.person(connection, by), Right.LOAD)
    return bring_in(station, by, kind, data, as_of=as_of, last_batch=last_batch, skip_bad=skip_bad)


def bring_in(
    station: Station,
    by: str,
    kind: str,
    data: bytes,
    *,
    as_of: datetime | None = None,
    last_batch: int | None = None,
    skip_bad: bool = False,
) -> Loaded:
    """`load` without the question of rights: what city hall published needs nobody's here."""
    file = _File(by, kind, data, to_text(as_of or station.clock.now()), last_batch)
    with station.books.read() as connection:
        if kind in ("accounts", "bills"):
            _refuse_old(station, connection, file)
    text = _text(data)
    match kind:
        case "accounts":
            return _load_accounts(station, file, text, skip_bad=skip_bad)
        case "bills":
            return _load_bills(station, file, text, skip_bad=skip_bad)
        case "fees":
            return _load_fees(station, file, text, skip_bad=skip_bad)
        case "rates":
            return _load_rates(station, file, text, skip_bad=skip_bad)
        case _:
            raise WrongAct(f"“{kind[:20]}” is nothing to import; these are: {', '.join(KINDS)}.")


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise WrongAct(f"The file is no UTF-8 text (byte {error.start}); save it as CSV UTF-8.") from error


def _refuse_old(station: Station, connection: Connection, file: _File) -> None:
    """Each file once, and none that knows less than what is loaded."""
    if file.as_of > max(to_text(station.clock.now()), newest_instant(connection, station.name)):
        raise Refused(say("The file says it is of {as_of}, which is still to come.", as_of=file.as_of))
    made = accounts_load.loads_made(connection)
    if any(before.sha256 == file.sha256 for kind, before in made if kind == file.kind):
        raise Refused(say("This very file was loaded before; each file is loaded once."))
    newest = max((before.as_of for _, before in made), default="")
    if file.as_of < newest:
        raise Refused(
            say("The file is of {as_of}, older than what is loaded ({newest}).", as_of=file.as_of, newest=newest)
        )
    known = last_batch(connection, "payments")
    if file.last_batch is not None and not 0 <= file.last_batch <= known:
        raise Refused(
            say(
                "There is no payments batch {batch}; the last one is {last_batch}.",
                batch=file.last_batch,
                last_batch=known,
            )
        )


def _load_accounts(station: Station, file: _File, text: str, *, skip_bad: bool) -> Loaded:
    read = accounts_csv.accounts_from_csv(text)
    if not read.rows or (read.errors and not skip_bad):
        return Loaded(0, 0, 0, read.errors)
    as_of_day = local_date(datetime.fromisoformat(file.as_of), ZoneInfo(station.books.zone))
    with station.books.change_state() as connection:
        load = accounts_load.begin(connection)
    for part in _chunks(read.rows):
        items = [
            (row.account, i.item, i.bill, i.component, "balance", "", i.due, i.original_cents, i.open_cents, 0, 0)
            for row in part
            for i in row.items(as_of_day)
        ]
        with station.books.change_state() as connection:
            accounts_load.put_accounts(connection, load, map(_account_values, part))
            accounts_load.put_items(connection, load, items)
    total_cents = sum(row.open_cents - row.credit_cents for row in read.rows)
    with station.books.write(file.by) as unit:
        accounts_load.make_current(unit, file.event(load, len(read.rows), total_cents))
    return Loaded(load, len(read.rows), total_cents, read.errors)


def _account_values(row: AccountRow) -> accounts_load.AccountValues:
    return (
        row.account, row.customer, row.name, row.service_address, row.mailing_address, row.phone, row.email,
        row.language,
        row.class_, row.status, row.credit_cents,
    )  # fmt: skip


def _load_bills(station: Station, file: _File, text: str, *, skip_bad: bool) -> Loaded:
    read = accounts_csv.bills_from_csv(text)
    by_account: dict[str, list[BillRow]] = {}
    for row in read.rows:
        by_account.setdefault(row.account, []).append(row)
    with station.books.read() as connection:
        wrong = [fault for rows in by_account.values() if (fault := _sum_fault(connection, rows))]
    errors = tuple(sorted((*read.errors, *(error for _, error in wrong)), key=lambda error: error.line))
    for account, _ in wrong:
        del by_account[account]
    if not by_account or (errors and not skip_bad):
        return Loaded(0, 0, 0, errors)
    with station.books.change_state() as connection:
        load = accounts_load.begin(connection)
    for part in _chunks(tuple(by_account)):
        with station.books.change_state() as connection:
            accounts_load.copy_accounts(connection, load, part)
            accounts_load.put_items(connection, load, (_bill_values(row) for a in part for row in by_account[a]))
    rows = [row for of_account in by_account.values() for row in of_account]
    total_cents = sum(row.item.open_cents for row in rows)
    with station.books.write(file.by) as unit:
        accounts_load.make_current(unit, file.event(load, len(rows), total_cents))
    return Loaded(load, len(rows), total_cents, errors)


def _sum_fault(connection: Connection, rows: Sequence[BillRow]) -> tuple[str, LineError] | None:
    """Why the bills of an account cannot be its open items: no such account, or another balance."""
    account, line = rows[0].account, rows[0].line
    in_force = accounts_load.balance_in_force(connection, account)
    if in_force is None:
        return account, LineError(line, f"There is no account {account}.")
    balance_cents, credit_cents = in_force
    open_cents = sum(row.item.open_cents for row in rows)
    if open_cents - credit_cents == balance_cents:
        return None
    sentence = (
        f"The bills of account {account} add up to {open_cents} cents; less its credit of {credit_cents} that is"
        f" {open_cents - credit_cents}, but its balance is {balance_cents}."
    )
    return account, LineError(line, sentence)


def _bill_values(row: BillRow) -> ItemValues:
    i = row.item
    return (
        row.account, i.item, i.bill, i.component, row.kind, row.issued, i.due, i.original_cents, i.open_cents,
        int(i.liened), int(i.disputed),
    )  # fmt: skip


def _load_fees(station: Station, file: _File, text: str, *, skip_bad: bool) -> Loaded:
    """A fee list as CSV, or the whole schedule in the form it ships in."""
    if text.lstrip().startswith(("#", "[")):
        schedule = load_schedule(text)
        refuse_card_numbers([schedule, [line for line in text.splitlines() if "#" in line]])
        return _make_text_current(station, file, text, len(schedule.rows), ())
    read, cards = fees_import.fees_from_csv(text), _card_errors(text)
    if cards or not read.fees or (read.errors and not skip_bad):
        return Loaded(0, 0, 0, (*cards, *read.errors))
    with station.books.read() as connection:
        known = station.reference(connection).fees.spanish
    kept = schedule_text(read.fees, {**known, **read.spanish})
    load_schedule(kept)
    return _make_text_current(station, file, kept, len(read.fees), read.errors)


def _load_rates(station: Station, file: _File, text: str, *, skip_bad: bool) -> Loaded:
    read, cards = rates_csv.rates_from_csv(text), _card_errors(text)
    if cards or not read.rows or (read.errors and not skip_bad):
        return Loaded(0, 0, 0, (*cards, *read.errors))
    return _make_text_current(station, file, rates_csv.rates_text(read.rows), len(read.rows), read.errors)


def _card_errors(text: str) -> tuple[LineError, ...]:
    """The lines with a card number in a cell; what is no CSV is for the reader of its kind to say."""
    found = []
    reader = csv.reader(io.StringIO(text, newline=""))
    with suppress(csv.Error):
        for cells in reader:
            try:
                refuse_card_numbers(cells)
            except Refused as no:
                found.append(LineError(reader.line_num, str(no)))
    return tuple(found)


def _make_text_current(station: Station, file: _File, text: str, rows: int, errors: tuple[LineError, ...]) -> Loaded:
    """The entry has the digest of the text as it is kept, so that it can be proved."""
    with station.books.write(file.by) as unit:
        load = reference.next_load(unit.connection)
        reference.put_text(unit.connection, load, file.kind, text)
        kept = sha256(text.encode()).hexdigest()
        unit.record(msgspec.structs.replace(file.event(load, rows), sha256=kept))
    return Loaded(load, rows, 0, errors)


def _chunks(rows: Sequence[_Part]) -> Iterator[Sequence[_Part]]:
    return (rows[start : start + CHUNK] for start in range(0, len(rows), CHUNK))
