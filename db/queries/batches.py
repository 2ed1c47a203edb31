"""Numbered once-only batches for other systems, and which entries each of them holds."""

import msgspec
from sqlalchemy import Connection

from counter_app.domain.money import Cents


class PaymentRow(msgspec.Struct, frozen=True):
    """Cents that an entry put on an item of an account (below 0: took off), under our receipt and line."""

    station: str
    seq: int
    number: str
    line: int
    account: str
    item: str
    cents: Cents
    recorded: str
    received: str
    business_date: str
    kind: str


def last_batch(connection: Connection, kind: str) -> int:
    """The newest batch of a kind, 0 before the first."""
    found = connection.exec_driver_sql("SELECT max(batch) FROM exported_batch WHERE kind = ?", (kind,))
    return int(found.scalar() or 0)


def batch_through(connection: Connection, kind: str, batch: int) -> dict[str, int] | None:
    """Up to which entry of each station a batch goes; nothing before the first, None for no such batch."""
    if batch == 0:
        return {}
    text = connection.exec_driver_sql(
        "SELECT through FROM exported_batch WHERE kind = ? AND batch = ?", (kind, batch)
    ).scalar()
    return None if text is None else msgspec.json.decode(text, type=dict[str, int])


def batch_digest(connection: Connection, kind: str, batch: int) -> str:
    """SHA-256 of a batch's bytes."""
    return str(
        connection.exec_driver_sql(
            "SELECT sha256 FROM exported_batch WHERE kind = ? AND batch = ?", (kind, batch)
        ).scalar_one()
    )


def heads(connection: Connection) -> dict[str, int]:
    """The newest entry of every station whose journal is here."""
    return {
        row[0]: row[1] for row in connection.exec_driver_sql("SELECT station, max(seq) FROM entry GROUP BY station")
    }


def newest_instant(connection: Connection, station: str) -> str:
    """When the station's newest entry was made, "" before the first."""
    found = connection.exec_driver_sql(
        "SELECT at FROM act WHERE station = ? ORDER BY seq DESC LIMIT 1", (station,)
    ).scalar()
    return str(found or "")


def payments(connection: Connection, station: str, after: int, through: int) -> list[PaymentRow]:
    """What one station's entries after `after`, up to `through`, did to accounts, in the order of its journal.

    What only went from one tender to another is nothing to the account; a credit kept of a whole ticket is line 0.
    """
    found = connection.exec_driver_sql(
        "SELECT a.station, a.seq, a.number, a.line, a.account, a.item, SUM(a.cents), a.at,"
        " COALESCE(r.received, a.at), COALESCE(c.business_date, ''), c.kind FROM ("
        "SELECT station, seq, n, number, line, account, item, cents, at FROM allocation"
        " WHERE account IS NOT NULL AND item <> '' UNION ALL "
        "SELECT station, seq, n, number, 0, account, 'credit', cents, at FROM credit) a"
        " JOIN act c ON c.station = a.station AND c.seq = a.seq LEFT JOIN receipt r ON r.number = a.number"
        " WHERE a.station = ? AND a.seq > ? AND a.seq <= ?"
        " GROUP BY a.seq, a.number, a.line, a.account, a.item HAVING SUM(a.cents) <> 0 ORDER BY a.seq, min(a.n)",
        (station, after, through),
    )
    return [PaymentRow(*row) for row in found]
