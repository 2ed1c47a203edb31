"""How far the centre has our entries: taken here, copied to the second file, or at city hall."""

from sqlalchemy import Connection

CITY_HALL, COPIED, TAKEN = "at city hall", "copied", "taken"


def sent_state(connection: Connection, here: str, number: str, seq: int) -> str:
    """The plain state of what `number` names: only the centre's own acknowledgement makes it `at city hall`.

    What another station numbered came here from city hall.
    """
    station = number.partition("-")[0]
    if station != here:
        return CITY_HALL
    rows = connection.exec_driver_sql("SELECT centre, seq FROM cursor WHERE station = ?", (station,))
    reached = {centre for centre, acknowledged in rows if acknowledged >= seq}
    if "city hall" in reached:
        return CITY_HALL
    return COPIED if reached else TAKEN
