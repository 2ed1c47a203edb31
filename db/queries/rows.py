"""Rows by the driver's own cursor, for what is asked and written at every key stroke and payment.

Describing the columns of a result costs SQLAlchemy several times what finding it costs the database.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection


def rows(connection: Connection, statement: str, *values: str | int) -> list[Any]:
    """All rows of a statement, inside the connection's transaction; no cursor outlives the call."""
    if not connection.in_transaction():
        connection.begin()
    cursor = connection.connection.cursor()
    try:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
    finally:
        cursor.close()


def put(connection: Connection, insert: str, added: Sequence[Sequence[Any]]) -> None:
    """Whole rows into a table, inside the connection's transaction."""
    assert connection.in_transaction(), "rows are written in a transaction"
    cursor = connection.connection.cursor()
    try:
        cursor.executemany(insert, added)
    finally:
        cursor.close()
