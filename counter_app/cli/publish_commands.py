"""Publishing what holds for the whole city: a file is signed with the city's key and comes down to every station."""

import getpass
import os
import sys
from argparse import Namespace
from datetime import datetime

import msgspec

from counter_app.bootstrap import open_station
from counter_app.cli.answers import say
from counter_app.cli.files import read_file
from counter_app.domain.clock import Clock, to_text
from counter_app.domain.refused import WrongAct
from counter_app.new_station import read_people
from db import central_publish, keys
from db.queries.reference_in_force import in_force

CITY_KEY_VARIABLE = "COUNTER_APP_CITY_KEY"


def publish(args: Namespace) -> int:
    """A file as the newest version of its kind. A list of people is sent with hashes, never with a password."""
    data = read_file(args.file)
    if args.kind == "staff":
        data = msgspec.json.encode(read_people(data), order="sorted")
    private_hex = keys.from_recovery_code(_city_key())
    version = central_publish.publish(args.url, private_hex, args.kind, data, _as_of(args.as_of), args.last_batch)
    words = f"Version {version.version} of the {version.kind} is published; stations take it in when they next sync."
    say(args, {"kind": version.kind, "version": version.version, "as_of": version.as_of}, words)
    return 0


def versions(args: Namespace) -> int:
    """What is in force at the station in DIR, and as of when."""
    station = open_station(args.dir, "a look", writes=False)
    try:
        with station.books.read() as connection:
            found = in_force(connection)
    finally:
        station.close()
    lines = [f"{one.kind:<10}as of {one.as_of[:16].replace('T', ' ')} UTC, {_origin(one.version)}" for one in found]
    say(args, {"versions": msgspec.to_builtins(found)}, "\n".join(lines))
    return 0


def _origin(version: int | None) -> str:
    return "loaded here" if version is None else f"version {version} of city hall"


def _city_key() -> str:
    """From the paper: the environment, a prompt, or standard input."""
    if given := os.environ.get(CITY_KEY_VARIABLE):
        return given
    return getpass.getpass("City key: ") if sys.stdin.isatty() else sys.stdin.readline().strip()


def _as_of(text: str | None) -> str:
    """Now, unless the file's maker says up to when it knew our payments."""
    if text is None:
        return to_text(Clock().now())
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise WrongAct("--as-of is an instant like 2026-11-23T09:15:00-08:00.") from None
    if instant.tzinfo is None:
        raise WrongAct("--as-of needs its offset, like 2026-11-23T09:15:00-08:00.")
    return to_text(instant)
