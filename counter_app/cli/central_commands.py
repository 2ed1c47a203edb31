"""Commands about the central store: setting it up, letting stations in, shipping, and its tables for finance."""

import signal
from argparse import Namespace
from collections.abc import Sequence
from datetime import datetime
from threading import Event

import msgspec

from counter_app.bootstrap import CENTRAL_URL, centre_of, open_station
from counter_app.cli.answers import say
from counter_app.domain.money import usd
from counter_app.domain.refused import WrongAct
from counter_app.domain.said import together
from counter_app.services.from_city_hall import take_in
from counter_app.services.station import Station
from db import adoption, central_project, central_publish, central_setup, keys, reference
from db.centre import Centre
from db.queries import entries
from db.reference_published import CITY_KEY
from db.sync import SyncState, sync_once, sync_watch


def sync(args: Namespace) -> int:
    """Exit 0 when the centre has all, else 1 and a sentence."""
    station = open_station(args.dir, "sync", mends=True)
    try:
        centre = centre_of(station)
        try:
            if args.watch:
                ended = _until_ended()
                sync_watch(
                    station.books,
                    centre,
                    ended,
                    lambda state: _tell(args, state, station.clock.now()),
                    then=lambda: take_in(station),
                )
                return 0
            state = _synced(station, centre)
        finally:
            centre.close()
        with station.books.read() as connection:
            late = adoption.late_tails(connection, station.name)
        _tell(args, state, station.clock.now(), late)
    finally:
        station.close()
    return 0 if state.fault is None and not state.waiting else 1


def _synced(station: Station, centre: Centre) -> SyncState:
    """All sent, all brought here, and what city hall published in force; the entries of that are sent too."""
    state, head = sync_once(station.books, centre), station.books.head()
    problems = take_in(station)
    if station.books.head() != head:
        state = sync_once(station.books, centre)
    if problems and state.fault is None:
        return msgspec.structs.replace(state, fault=together(problems))
    return state


def _tell(args: Namespace, state: SyncState, now: datetime, late: Sequence[adoption.LateTail] = ()) -> None:
    good = state.fault is None and not state.waiting
    value: dict[str, object] = {"ok": good, "centre": state.centre, "waiting": state.waiting}
    if state.fault:
        value["error"] = state.fault
    if late:
        value["late"] = msgspec.to_builtins(late)
    words = [state.words(now)]
    words += [
        f"Entries {one.first} to {one.last} of {one.station}, {usd(one.cents)}, came after it was taken over:"
        " look at its drawer again."
        for one in late
    ]
    say(args, value, "\n".join(words))


def _until_ended() -> Event:
    """Set by SIGTERM or Ctrl+C."""
    ended = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    return ended


def usage(_args: Namespace) -> int:
    """`central` without a verb."""
    raise WrongAct("Say what: central init, add, join, publish, project or status.")


def init(args: Namespace) -> int:
    """Roles, tables and functions."""
    private_hex = central_setup.init(args.url)
    if private_hex is None:
        say(args, {}, "The central store is ready.")
        return 0
    code = keys.recovery_code(private_hex)
    words = f"The central store is ready. The city's key, printed once, signs what the city publishes:\n{code}"
    say(args, {"city_key": code}, words)
    return 0


def add(args: Namespace) -> int:
    """A login, a head row and a public key."""
    url = central_setup.add(args.url, args.station, args.site, args.key)
    say(args, {"url": url}, url)
    return 0


def join(args: Namespace) -> int:
    """`add` for the station in DIR, its URL kept in its secrets."""
    station = open_station(args.dir, "central join")
    try:
        with station.books.read() as connection:
            key = entries.opening_key(connection, station.name)
        url = central_setup.add(args.url, station.name, station.site, key)
        city_key = central_publish.city_key(args.url)
        with station.books.change_state() as connection:
            reference.put_secret(connection, CENTRAL_URL, url.encode())
            if city_key is not None:
                reference.put_setting(connection, CITY_KEY, city_key)
    finally:
        station.close()
    say(args, {"station": station.name}, f"Station {station.name} ships to city hall from now on.")
    return 0


def project(args: Namespace) -> int:
    """The projector, once or until it is ended; exit 1 when an entry of some station cannot be laid out."""
    if args.watch:
        central_project.project(
            args.url, watch=True, stop=_until_ended(), tell=lambda done: _tell_projected(args, done)
        )
        return 0
    done = central_project.project(args.url)
    _tell_projected(args, done)
    return 1 if done.faults else 0


def _tell_projected(args: Namespace, done: central_project.Projected) -> None:
    value = {"ok": not done.faults, **msgspec.to_builtins(done)}
    say(args, value, "\n".join([f"{done.entries} entries were laid out.", *done.faults]))


def status(args: Namespace) -> int:
    """Every station at the centre."""
    stations = central_setup.status(args.url)
    lines = [f"{s.station}  {s.site}  entry {s.seq}  {s.deposits} deposits, {usd(s.total_cents)}" for s in stations]
    say(args, {"stations": msgspec.to_builtins(stations)}, "\n".join(lines) or "No station was let in yet.")
    return 0
