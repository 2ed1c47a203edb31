"""Rows by the driver's own cursor, for the few questions asked at every key stroke and payment.

Describing the columns of a result costs SQLAlchemy several times what finding it costs the database.
"""

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
