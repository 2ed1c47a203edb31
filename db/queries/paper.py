"""The spool: paper that waits, leaves, came out, or that nobody is sure of.

queued → sending (committed with its bytes before the first one leaves) → printed; sending that was never answered is
doubt.
"""

import msgspec
from sqlalchemy import Connection


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """A paper; `document` is receipt, void, refund or licence; copy 0 is the original."""

    job: int
    seq: int
    document: str
    number: str
    copy: int
    state: str


_JOB = "SELECT job, seq, document, number, copy, state FROM spool"


def _job(row: tuple[int, int, str, str, int, str]) -> Job:
    return Job(job=row[0], seq=row[1], document=row[2], number=row[3], copy=row[4], state=row[5])


def in_state(connection: Connection, *states: str) -> tuple[Job, ...]:
    """Jobs of some states, oldest first."""
    marks = ", ".join("?" for _ in states)
    rows = connection.exec_driver_sql(f"{_JOB} WHERE state IN ({marks}) ORDER BY job", states)
    return tuple(_job((r[0], r[1], r[2], r[3], r[4], r[5])) for r in rows)


def doubtful(connection: Connection, number: str) -> Job | None:
    """The oldest paper of that number which nobody is sure of."""
    return next((job for job in in_state(connection, "doubt") if job.number == number), None)


def set_state(connection: Connection, job: int, state: str, data: bytes | None = None) -> None:
    """Move a job on; its bytes are kept only while they are leaving or in doubt."""
    connection.exec_driver_sql("UPDATE spool SET state = ?, bytes = ? WHERE job = ?", (state, data, job))
