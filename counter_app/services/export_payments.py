"""What the billing system must learn: each cent put on an account here, once, in numbered batches.

Voids, refunds and payments moved away are negative; the external id is our receipt number and line.
"""

import csv
import io
from hashlib import sha256

from counter_app.domain.events import BatchExported
from counter_app.domain.refused import Refused, StationFault
from counter_app.domain.rights import Right, demand
from counter_app.domain.said import say
from counter_app.services.station import Station
from db.books import Connection
from db.queries import batches
from db.queries.batches import PaymentRow

KIND = "payments"
COLUMNS = ("external_id", "why", "account", "item", "cents", "received", "recorded", "business_date")
_WHY = {
    "PaymentTaken": "payment",
    "ReceiptVoided": "void",
    "ReceiptRefunded": "refund",
    "PaymentMoved": "move",
    "UnappliedCleared": "payment",
}


def export_payments(station: Station, by: str, batch: int | None = None) -> tuple[int, bytes]:
    """A new batch of all that no batch holds yet, or batch N again byte for byte: (its number, CSV).

    Raises Refused when there is nothing new, no such batch, or the person may not.
    """
    with station.books.read() as connection:
        demand(station.person(connection, by), Right.LOAD)
        if batch is not None:
            return batch, _again(connection, batch)
    with station.books.write(by) as unit:
        last = batches.last_batch(unit.connection, KIND)
        through = batches.heads(unit.connection)
        rows = _rows(unit.connection, last, through)
        if not rows:
            raise Refused(f"Nothing was paid on an account since batch {last}." if last else "Nothing was paid yet.")
        data = _csv(rows)
        digest = sha256(data).hexdigest()
        unit.record(BatchExported(kind=KIND, batch=last + 1, through=through, rows=len(rows), sha256=digest))
    return last + 1, data


def _again(connection: Connection, batch: int) -> bytes:
    through = batches.batch_through(connection, KIND, batch) if batch > 0 else None
    if through is None:
        raise Refused(
            say(
                "There is no payments batch {batch}; the last one is {last_batch}.",
                batch=batch,
                last_batch=batches.last_batch(connection, KIND),
            )
        )
    data = _csv(_rows(connection, batch - 1, through))
    if sha256(data).hexdigest() != batches.batch_digest(connection, KIND, batch):
        raise StationFault(
            say("Batch {batch} no longer comes out as it was sent; have the journal verified.", batch=batch)
        )
    return data


def _rows(connection: Connection, before: int, through: dict[str, int]) -> list[PaymentRow]:
    """All stations' rows after batch `before`, station by station."""
    after = batches.batch_through(connection, KIND, before) or {}
    return [
        row
        for station in sorted(through)
        for row in batches.payments(connection, station, after.get(station, 0), through[station])
    ]


def _csv(rows: list[PaymentRow]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        why = _WHY.get(row.kind, "correction")
        external_id = f"{row.number}-{row.line}"
        writer.writerow(
            (external_id, why, row.account, row.item, row.cents, row.received, row.recorded, row.business_date)
        )
    return out.getvalue().encode()
