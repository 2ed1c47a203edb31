"""The ledger as balanced entries: what each journal entry posted, in the order of the journal."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import msgspec
from sqlalchemy import Connection

from counter_app.domain.ledger import Posting

SLICE = 5_000

_ROWS = (
    "SELECT p.station, p.seq, p.n, p.business_date, a.kind, a.subject, p.account, p.fund, p.amount_cents"
    " FROM posting p JOIN act a ON a.station = p.station AND a.seq = p.seq"
    " WHERE (p.station, p.seq, p.n) > (?, ?, ?) ORDER BY p.station, p.seq, p.n LIMIT ?"
)


class LedgerEntry(msgspec.Struct, frozen=True):
    """What an entry of the journal posted; `number` is the receipt, deposit or session it is about, "" without one."""

    station: str
    seq: int
    date: str
    kind: str
    number: str
    postings: tuple[Posting, ...]


def ledger_entries(connection: Connection) -> Iterator[LedgerEntry]:
    """Every entry with postings, of all stations; read in slices, so that its length does not matter."""
    for (station, seq), group in groupby(_postings(connection), key=lambda row: (row[0], row[1])):
        rows = list(group)
        business_date, kind, subject = rows[0][3:6]
        yield LedgerEntry(station, seq, business_date, kind, subject or "", tuple(Posting(*row[6:9]) for row in rows))


def accounts(connection: Connection) -> list[str]:
    """Every account that was posted to."""
    return [row[0] for row in connection.exec_driver_sql("SELECT DISTINCT account FROM posting ORDER BY account")]


def first_date(connection: Connection) -> str | None:
    """The earliest business date of an entry with postings."""
    found: str | None = connection.exec_driver_sql("SELECT min(business_date) FROM posting").scalar()
    return found


def _postings(connection: Connection) -> Iterator[Any]:
    after: tuple[Any, ...] = ("", 0, 0)
    while rows := connection.exec_driver_sql(_ROWS, (*after, SLICE)).all():
        yield from rows
        after = tuple(rows[-1][:3])
