"""The register of licences: facts of the journal, each with what happened to it."""

from datetime import date
from typing import cast

import msgspec
from sqlalchemy import Connection

from counter_app.domain.licence import Event, State, address_key, state_on

MOST_HELD = 12


class RegisteredLicence(msgspec.Struct, frozen=True, kw_only=True):
    """A licence with its latest term; holder is a customer's (or account's) number, name the holder's name if it is
    known."""

    licence: str
    number: str
    fee: str
    type: str
    holder: str
    name: str | None
    details: str | None
    issued: str
    expires: str | None
    state: State


def licence(connection: Connection, number: str, today: date) -> RegisteredLicence | None:
    """The licence of that number as it is today; a renewal whose receipt was undone leaves the term before it, and
    without its first receipt there is no licence."""
    grants = connection.exec_driver_sql(
        "SELECT number, fee, type, COALESCE(customer, account, ''), holder, details, issued, expires, renewed"
        " FROM licence WHERE licence = ? ORDER BY seq, n",
        (number,),
    ).all()
    if not grants:
        return None
    steps = connection.exec_driver_sql(
        "SELECT step, ref FROM licence_step WHERE licence = ? ORDER BY seq, n", (number,)
    ).all()
    undone = {ref for step, ref in steps if step == "voided"}
    first_undone = grants[0][0] in undone and not grants[0][8]
    good = [] if first_undone else [grant for grant in grants if grant[0] not in undone]
    row = (good or grants)[-1]
    events = [cast(Event, step) for step, _ in steps if not good or step != "voided"]
    expires = None if row[7] is None else date.fromisoformat(row[7])
    return RegisteredLicence(
        licence=number,
        number=row[0],
        fee=row[1],
        type=row[2],
        holder=row[3],
        name=row[4],
        details=row[5],
        issued=row[6],
        expires=row[7],
        state=state_on(expires, ("issued", *events), today),
    )


def held_by(connection: Connection, customer: str, *accounts: str) -> tuple[str, ...]:
    """Numbers of the licences of a customer, or of the accounts, newest first; at most some."""
    marks = ", ".join("?" for _ in (customer, *accounts))
    found = connection.exec_driver_sql(
        f"SELECT licence, max(seq) FROM licence WHERE customer IN ({marks}) GROUP BY licence ORDER BY 2 DESC LIMIT ?",
        (customer, *accounts, MOST_HELD),
    )
    return tuple(row[0] for row in found)


def sales_at(connection: Connection, address: str, year: int) -> int:
    """Good yard sale permits of an address in a calendar year."""
    rows = connection.exec_driver_sql(
        "SELECT l.address, l.details FROM licence l WHERE l.address IS NOT NULL AND NOT EXISTS"
        " (SELECT 1 FROM licence_step s WHERE s.licence = l.licence AND s.step = 'voided')"
    )
    first = f'"from":"{year}'
    return sum(1 for kept, details in rows if address_key(kept) == address and first in (details or ""))
