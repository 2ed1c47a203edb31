"""Commands that prove: the journal by its chain and signatures, the projections by a replay."""

from argparse import Namespace

import msgspec

from counter_app.bootstrap import open_station
from counter_app.cli.answers import say
from counter_app.services.prove_books import prove
from db import rebuild


def verify_command(args: Namespace) -> int:
    """Exit 1 when anything is wrong; every problem names its entry."""
    station = open_station(args.dir, "verify", writes=False)
    try:
        result = prove(station, "all" if args.full else "chain")
    finally:
        station.close()
    good = not result.problems
    value = {**msgspec.to_builtins(result), "ok": good}
    proven = "chain, signatures and books hold" if args.full else "chain holds"
    words = f"{result.entries} entries: the {proven}." if good else "\n".join(p.sentence for p in result.problems)
    say(args, value, words)
    return 0 if good else 1


def rebuild_command(args: Namespace) -> int:
    """--check compares and changes nothing; --apply makes the projections anew."""
    station = open_station(args.dir, "rebuild", writes=args.apply)
    try:
        if args.apply:
            with station.books.change_state() as connection:
                entries = rebuild.apply(connection)
            say(args, {"entries": entries}, f"The projections were made anew from {entries} entries.")
            return 0
        with station.books.read() as connection:
            differences = rebuild.check(connection)
    finally:
        station.close()
    value = {"ok": not differences, "differences": [d.sentence for d in differences]}
    say(args, value, "\n".join(d.sentence for d in differences) or "The projections are what the journal says.")
    return 1 if differences else 0
