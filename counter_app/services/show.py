"""What screens and scripts look at: a drawer, a receipt, an account …; looking writes nothing."""

from collections.abc import Callable
from typing import Any, Literal

import msgspec

from counter_app.domain.card_guard import refuse_card_numbers
from counter_app.domain.clock import local_date
from counter_app.domain.correction import standing_distribution
from counter_app.domain.drawer import Session, SessionState
from counter_app.domain.refused import Refused, WrongAct
from counter_app.domain.rights import Person, Right, demand
from counter_app.domain.said import say
from counter_app.services.acting import Act
from counter_app.services.station import Station
from db.books import Connection
from db.queries import accounts, acknowledged, deposits, drawers, licences, paper, places, receipts

What = Literal[
    "drawer", "receipt", "account", "customer", "licence", "deposit", "undeposited", "till_board", "paper", "places"
]
Shown = dict[str, Any]


class Show(Act, frozen=True, kw_only=True):
    """Look at something; `of` is its number."""

    what: What
    of: str | None = None


def show(station: Station, act: Show) -> Shown:
    """The data of one thing; what is not there, or not for this person, is refused."""
    refuse_card_numbers(act)
    with station.books.read() as connection:
        person = station.person(connection, act.by)
        if act.what in _LEAD_ONLY:
            demand(person, Right.SEE_MONEY)
        if act.what in _NAMELESS:
            return _NAMELESS[act.what](station, connection)
        if act.of is None:
            raise WrongAct(f"“of” says which {act.what} to show.")
        return _NAMED[act.what](station, connection, person, act.of)


def _drawer(station: Station, connection: Connection, person: Person, of: str) -> Shown:
    session = drawers.last_session(connection, of)
    if session is None:
        raise Refused(say("Drawer {of} was never opened.", of=of[:20]))
    shown = drawer_row(station, connection, session)
    if session.forced:
        shown["forced"] = True
    uncounted = session.state in (SessionState.OPEN, SessionState.CLOSED, SessionState.RECOUNT)
    if person.may(Right.SEE_MONEY) and not (uncounted and person.person == session.cashier):
        shown["float_cents"] = session.float_cents
        if uncounted:
            shown["expected_cents"] = msgspec.to_builtins(drawers.till(connection, session.session).expected)
        else:
            shown["over_short_cents"] = session.over_short_cents
            shown["expected_cents"] = msgspec.to_builtins(drawers.expected_when_verified(connection, session.session))
    return shown


def drawer_row(station: Station, connection: Connection, session: Session) -> Shown:
    """A drawer as the board lists it; forgotten when its day is over and nobody closed it."""
    today = local_date(station.clock.now(), station.reference(connection).city.tz).isoformat()
    unfinished = session.state in (SessionState.OPEN, SessionState.RECOUNT)
    return {
        "drawer": session.drawer,
        "session": session.session,
        "cashier": session.cashier,
        "state": session.state.value,
        "business_date": session.business_date,
        "forgotten": unfinished and session.business_date < today,
    }


def _receipt(station: Station, connection: Connection, _person: Person, of: str) -> Shown:
    found = receipts.receipt(connection, of)
    if found is None:
        raise Refused(say("There is no receipt {number}.", number=of[:20]))
    shown: Shown = msgspec.to_builtins(found)
    shown["entry"] = shown.pop("seq")
    for row in shown["lines"]:
        row["details"] = _details(row["details"])
    sums: dict[tuple[str, str], int] = {}
    city = station.reference(connection).city
    for line in found.lines:
        for p in line.distribution if line.refunded else standing_distribution(line, found.allocations, city):
            sums[p.account, p.fund] = sums.get((p.account, p.fund), 0) + p.cents
    shown["distribution"] = [
        {"account": a, "fund": f, "amount_cents": cents} for (a, f), cents in sums.items() if cents
    ]
    shown["sent"] = acknowledged.sent_state(connection, station.name, of, found.seq)
    return shown


def _account(_station: Station, connection: Connection, _person: Person, of: str) -> Shown:
    found = accounts.account(connection, of)
    if found is None:
        raise Refused(say("There is no account {account}.", account=of[:20]))
    shown: Shown = msgspec.to_builtins(found)
    shown["balance_cents"] = found.balance_cents
    return shown


def _customer(_station: Station, connection: Connection, _person: Person, of: str) -> Shown:
    found = accounts.customer(connection, of)
    if found is None:
        raise Refused(say("There is no customer {customer}.", customer=of[:20]))
    shown: Shown = msgspec.to_builtins(found)
    return shown


def _licence(station: Station, connection: Connection, _person: Person, of: str) -> Shown:
    today = local_date(station.clock.now(), station.reference(connection).city.tz)
    found = licences.licence(connection, of, today)
    if found is None:
        raise Refused(say("There is no license {number}.", number=of[:20]))
    shown: Shown = msgspec.to_builtins(found)
    shown["details"] = _details(found.details)
    return shown


def _details(text: str | None) -> dict[str, Any] | None:
    """The private facts of a line or licence; None when there are none, or they were purged."""
    return None if text is None else msgspec.json.decode(text, type=dict[str, Any])


def _deposit(station: Station, connection: Connection, _person: Person, of: str) -> Shown:
    found = deposits.deposit(connection, of)
    if found is None:
        raise Refused(say("There is no deposit {number}.", number=of[:20]))
    shown: Shown = msgspec.to_builtins(found)
    shown["entry"] = shown.pop("seq")
    shown["check_count"] = len(found.checks)
    shown["sent"] = acknowledged.sent_state(connection, station.name, of, found.seq)
    return shown


def _undeposited(_station: Station, connection: Connection) -> Shown:
    cash, checks, oldest = places.undeposited(connection)
    return {"cash_cents": cash, "checks_cents": checks, "oldest": oldest}


def _till_board(station: Station, connection: Connection) -> Shown:
    return {"drawers": [drawer_row(station, connection, session) for session in drawers.unfinished(connection)]}


def _paper(_station: Station, connection: Connection) -> Shown:
    jobs = paper.in_state(connection, "queued", "sending", "doubt")
    return {"jobs": [{"number": j.number, "document": j.document, "copy": j.copy, "state": j.state} for j in jobs]}


def _places(_station: Station, connection: Connection) -> Shown:
    return dict(places.balances(connection))


_LEAD_ONLY = ("undeposited", "places")
_NAMED: dict[str, Callable[[Station, Connection, Person, str], Shown]] = {
    "drawer": _drawer,
    "receipt": _receipt,
    "account": _account,
    "customer": _customer,
    "licence": _licence,
    "deposit": _deposit,
}
_NAMELESS: dict[str, Callable[[Station, Connection], Shown]] = {
    "undeposited": _undeposited,
    "till_board": _till_board,
    "paper": _paper,
    "places": _places,
}
