"""The business dates of the books."""

from sqlalchemy import Connection


def newest_business_date(connection: Connection) -> str | None:
    """The latest date that a drawer was opened on, at any station; None before the first."""
    found = connection.exec_driver_sql("SELECT max(business_date) FROM session").scalar()
    return None if found is None else str(found)
