"""What a person is told about the balances of the billing system: as of when they are."""

from datetime import datetime

from counter_app.domain.clock import from_text
from counter_app.services.station import Station
from db.queries.reference_in_force import in_force


def as_of(station: Station) -> datetime | None:
    """The local time that the accounts in force are as of; None before the first file."""
    with station.books.read() as connection:
        found = next((one.as_of for one in in_force(connection) if one.kind == "accounts"), None)
        return from_text(found).astimezone(station.reference(connection).city.tz) if found else None
