"""Demo counters with a long day behind them: real acts first, then as many payments again, written quickly.

A payment that is written quickly is one that the services took, signed anew under numbers of its own: same rows, same
size, many of them in one transaction.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path

import msgspec
from sqlcipher3 import dbapi2 as sqlcipher

from counter_app.bootstrap import DATABASE, make_demo, open_station
from counter_app.domain.drawer import CountAndTotal
from counter_app.domain.entry import Body, Sealing, read_body
from counter_app.domain.events import PaymentTaken
from counter_app.domain.sale import CheckGiven, LineAsked, TenderAsked
from counter_app.practice.demo import FIRST_ACCOUNT, STEP
from counter_app.services.acts import perform
from counter_app.services.close_drawer import CloseDrawer, VerifyDrawer
from counter_app.services.open_drawer import OpenDrawer
from counter_app.services.station import Station
from counter_app.services.take_payment import Payer, TakePayment
from db.books import Books, Unit
from db.centre_embedded import entries_after
from db.keys import find_key
from db.queries import drawers
from db.storage import SETTINGS

AT_ONCE = 1_000
"""Payments written in one transaction."""
FLOAT = {"2000": 10}


@contextmanager
def a_counter(folder: Path, accounts: int = 5_000, station: str = "A1") -> Iterator[Station]:
    """The demo city in `folder`, made unless it is there."""
    make_demo(folder, accounts, station)
    opened = open_station(folder, "a benchmark")
    try:
        yield opened
    finally:
        opened.close()


@contextmanager
def a_bare_file(folder: Path) -> Iterator[sqlcipher.Connection]:
    """The same file by the driver alone, as durable as the program has it."""
    connection = sqlcipher.connect(str(folder / DATABASE), isolation_level=None)
    try:
        connection.execute(f"PRAGMA key = \"x'{find_key(folder)}'\"")
        connection.execute("PRAGMA journal_mode = WAL")
        for name, value in SETTINGS.items():
            connection.execute(f"PRAGMA {name} = {value}")
        yield connection
    finally:
        connection.close()


def sale(number: int, station: str = "A1", accounts: int = 5_000) -> TakePayment:
    """Three lines, two tenders: water, a dog's licence and a police report, by check and by cash with change."""
    dog = {"name": "Rex", "altered": True, "rabies_expires": "2031-01-15"}
    return TakePayment(
        by="maria",
        payer=Payer(name="Dana Ortiz"),
        lines=(
            LineAsked(fee="UB-PMT", account=str(FIRST_ACCOUNT + STEP * (number * 37 % accounts)), amount_cents=12_000),
            LineAsked(fee="DL-A1", customer=f"{station}-C000001", details=dog),
            LineAsked(fee="PD-RPT"),
        ),
        tenders=(
            TenderAsked(kind="check", amount_cents=8_300, check=CheckGiven(number=str(1_000 + number))),
            TenderAsked(kind="cash", amount_cents=8_000),
        ),
    )


def open_drawer(station: Station) -> str:
    """Maria opens D1; the session."""
    session: str = perform(station, OpenDrawer(by="maria", drawer="D1", count=FLOAT)).session
    return session


def write_payments(station: Station, count: int, session: str | None = None) -> None:
    """The payments of the journal, or of a session, over and over under new numbers until `count` are added."""
    taken = cycle(_taken(station.books, session))
    for first in range(0, count, AT_ONCE):
        with station.books.write("maria") as unit:
            for body, event, sealing in islice(taken, min(AT_ONCE, count - first)):
                again = _renumbered(unit, event)
                unit.record(again, session=body.session, business_date=body.business_date, sealing=sealing)


def _taken(books: Books, session: str | None) -> list[tuple[Body, PaymentTaken, Sealing]]:
    with books.read() as connection:
        entries, private = entries_after(connection, books.station, 0, books.head().seq)
    sealed: dict[int, Sealing] = {}
    for seq, value in private:
        sealed.setdefault(seq, Sealing()).values.append(value)
    bodies = [read_body(entry.body) for entry in entries]
    return [
        (body, msgspec.json.decode(body.event, type=PaymentTaken), sealed.get(body.seq, Sealing()))
        for body in bodies
        if body.kind == "PaymentTaken" and session in (None, body.session)
    ]


def _renumbered(unit: Unit, event: PaymentTaken) -> PaymentTaken:
    number = unit.number("receipt")
    licences = tuple(msgspec.structs.replace(one, licence=unit.number("licence")) for one in event.licences)
    by_line = {one.line: one.licence for one in licences}
    lines = tuple(msgspec.structs.replace(line, licence=by_line.get(line.line)) for line in event.lines)
    return msgspec.structs.replace(event, number=number, licences=licences, lines=lines)


def count_and_verify(station: Station, session: str) -> None:
    """Maria's blind close of D1 and the lead's verification, both with what the books expect."""
    close, verify = counts_of(station, session)
    perform(station, close)
    perform(station, verify)


def counts_of(station: Station, session: str) -> tuple[CloseDrawer, VerifyDrawer]:
    """The two counts of a session of D1, which agree with its books."""
    with station.books.read() as connection:
        till = drawers.till(connection, session)
    counted = till.expected.cash - 20_000
    heap = {**FLOAT, "100": counted // 100, "1": counted % 100}
    checks = CountAndTotal(count=len(till.checks), total_cents=sum(check.cents for check in till.checks))
    return (
        CloseDrawer(by="maria", drawer="D1", count=heap, keep=FLOAT, checks=checks),
        VerifyDrawer(by="lee", session=session, count=heap, keep=FLOAT, checks=checks, accept=True),
    )
