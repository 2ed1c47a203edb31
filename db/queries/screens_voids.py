"""Why a void is asked for: what the one who decides it must read."""

import msgspec
from sqlalchemy import Connection


class AskedVoid(msgspec.Struct, frozen=True, kw_only=True):
    """A void that waits: of which receipt, asked by whom, and why (empty once the reason was purged)."""

    number: str
    asked_by: str
    reason: str
    total_cents: int


def asked_void(connection: Connection, number: str) -> AskedVoid | None:
    """The void of a receipt that was asked for last, or None where none ever was."""
    row = connection.exec_driver_sql(
        "SELECT s.actor, s.reason, r.total_cents FROM receipt_step s JOIN receipt r ON r.number = s.number"
        " WHERE s.number = ? AND s.step = 'asked' ORDER BY s.seq DESC LIMIT 1",
        (number,),
    ).first()
    if row is None:
        return None
    return AskedVoid(number=number, asked_by=row[0], reason=row[1] or "", total_cents=row[2])
