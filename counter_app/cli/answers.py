"""How commands answer: a sentence for people, or one JSON value for programs; and whom they act for."""

import getpass
import sys
from argparse import Namespace
from pathlib import Path
from typing import Any

import msgspec

from counter_app.domain.refused import WrongAct
from counter_app.domain.said import plain
from counter_app.services.sign_in import confirm
from counter_app.services.station import Station

DEMO_PERSON = "ana"


def say(args: Namespace, value: dict[str, Any], words: str) -> None:
    """Print `words`, or under --json the value with ok true (unless it says otherwise)."""
    if args.json:
        print(msgspec.json.encode({"ok": True, **value}, enc_hook=plain).decode(), flush=True)
    elif words:
        print(words, flush=True)


def shown(path: Path) -> str:
    """A path as text, whatever bytes it has."""
    return str(path).encode(errors="replace").decode()


def acting_person(args: Namespace, station: Station) -> str:
    """Who does it: --by with a password on a real station, in practice the supervisor unless --by says otherwise."""
    if station.is_practice:
        return args.by or DEMO_PERSON
    if not args.by:
        raise WrongAct("Say who does this with --by PERSON; it is written into the journal.")
    password = getpass.getpass(f"Password of {args.by}: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    return confirm(station, args.by, password, actor="system").person
