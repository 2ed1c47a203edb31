"""The database itself refuses an entry of this station whose approver is its actor, whatever program writes it.

Other stations' entries are facts: one of them that breaks the rule is taken in and named by verify.
"""

from sqlalchemy import Connection

NAME = "entry_two_people"
_MAKE = f"""CREATE TRIGGER IF NOT EXISTS {NAME} BEFORE INSERT ON entry
    WHEN NEW.station = (SELECT value FROM setting WHERE name = 'station')
        AND json_extract(CAST(NEW.body AS TEXT), '$.approver') = json_extract(CAST(NEW.body AS TEXT), '$.actor')
    BEGIN SELECT RAISE(ABORT, 'nobody approves an act of their own'); END"""


def is_guarded(connection: Connection) -> bool:
    """Whether the file refuses; one of an earlier version does not yet."""
    found = connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE type = 'trigger' AND name = ?", (NAME,))
    return found.first() is not None


def guard(connection: Connection) -> None:
    """Make it refuse."""
    connection.exec_driver_sql(_MAKE)
