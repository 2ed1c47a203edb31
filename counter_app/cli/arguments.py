"""What may be typed after `counter-app`, and which function does it.

`--dir DIR` and `--json` stand anywhere: they are taken out first, the rest is argparse's. Functions are named here by
module and name, and loaded by `command_of` alone: a window needs none of the other commands.
"""

import argparse
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

from platformdirs import user_data_path

from counter_app.domain.refused import WrongAct

Run = Callable[[argparse.Namespace], int]


class _Parser(argparse.ArgumentParser):
    """Says in one sentence what is wrong with a command."""

    def error(self, message: str) -> NoReturn:
        """A wrong command is answered like every other wrong thing that comes in."""
        words = " ".join(message.split()).rstrip(".")
        raise WrongAct(f"{words[:1].upper()}{words[1:]}; “{self.prog} --help” says what there is.")


def default_folder() -> Path:
    """Where the station of this computer lives unless `--dir` says otherwise."""
    return user_data_path("counter-app", appauthor=False)


def parse(words: Sequence[str]) -> argparse.Namespace:
    """The namespace with `run`, `dir`, `json` and the command's own words; raises WrongAct on a wrong command."""
    anywhere = _Parser(prog="counter-app", add_help=False, allow_abbrev=False)
    anywhere.add_argument("--dir", type=Path, default=None)
    anywhere.add_argument("--json", action="store_true")
    common, rest = anywhere.parse_known_args(list(words))
    args = _parser().parse_args(rest)
    args.dir = common.dir or default_folder()
    args.json = common.json
    return args


def command_of(args: argparse.Namespace) -> Run:
    """The function that does what was asked."""
    module, _, name = args.run.partition(".")
    run: Run = getattr(import_module(f"counter_app.cli.{module}"), name)
    return run


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="counter-app",
        allow_abbrev=False,
        description="The counter of a city hall. Without a command: its window.",
        epilog="--dir DIR names the station's folder, --json answers for programs; both stand anywhere.",
    )
    parser.add_argument("--as", dest="person", metavar="NAME", help="sign in (demo and training)")
    parser.add_argument("--at", metavar="TIME", help="stop the clock (demo and training)")
    parser.set_defaults(run="station_commands.window")
    commands = parser.add_subparsers(metavar="COMMAND")
    _station(commands)
    _proof(commands)
    _recovery(commands)
    _keys(commands)
    _files(commands)
    _central(commands)
    return parser


def _add(commands: "argparse._SubParsersAction[Any]", name: str, run: str, does: str) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(name, help=does, description=does, allow_abbrev=False)
    command.set_defaults(run=run)
    return command


def _by(command: argparse.ArgumentParser) -> None:
    command.add_argument("--by", metavar="PERSON", help="who does it (a demo: ana)")


def _station(commands: "argparse._SubParsersAction[Any]") -> None:
    demo = _add(commands, "demo", "station_commands.demo", "make the demo city unless it is there, and open its window")
    demo.add_argument("--accounts", type=int, default=5_000)
    demo.add_argument("--station", default="A1")
    demo.add_argument("--no-window", action="store_true")
    demo.add_argument("--as", dest="person", metavar="NAME")
    demo.add_argument("--at", metavar="TIME")
    init = _add(commands, "init", "station_commands.init", "make a real station; prints its recovery code once")
    for name in ("--city", "--site", "--station"):
        init.add_argument(name, required=True)
    init.add_argument("--central", metavar="URL")
    init.add_argument("--people", type=Path, metavar="CSV", help="person,name,role,password,pin")
    play = _add(commands, "play", "station_commands.play", "play acts, one JSON object a line")
    play.add_argument("script", nargs="?", help="a file, or - for standard input")
    play.add_argument("--acts", action="store_true", help="print the whole vocabulary")
    simulate = _add(commands, "simulate", "station_commands.simulate", "whole counter days, reproducible by seed")
    simulate.add_argument("--days", type=int, required=True)
    simulate.add_argument("--payments", type=int, required=True, help="payments a day")
    simulate.add_argument("--seed", type=int, default=1)
    devices = _add(commands, "devices", "station_commands.devices", "what is attached and how it answers")
    devices.add_argument("--test", action="store_true")
    devices.add_argument("--set", metavar="printer=ADDRESS", help="printer=tcp://HOST:PORT, file:PATH or screen")
    _by(devices)
    _add(commands, "names", "station_commands.names", "page, name, role and key of every control")


def _proof(commands: "argparse._SubParsersAction[Any]") -> None:
    verify = _add(commands, "verify", "proof_commands.verify_command", "prove the journal")
    verify.add_argument("--full", action="store_true", help="signatures, private values and the rules between rows too")
    rebuild = _add(commands, "rebuild", "proof_commands.rebuild_command", "replay the journal beside the projections")
    which = rebuild.add_mutually_exclusive_group(required=True)
    which.add_argument("--check", action="store_true")
    which.add_argument("--apply", action="store_true")


def _recovery(commands: "argparse._SubParsersAction[Any]") -> None:
    backup = _add(commands, "backup", "recovery_commands.backup", "write a backup, proven to open and to balance")
    backup.add_argument("file", type=Path)
    restore = _add(commands, "restore", "recovery_commands.restore", "put a backup in place; newer entries come back")
    restore.add_argument("file", type=Path, nargs="?", help="without it: what an old file lacks, from the centre")
    restore.add_argument("--last-receipt", metavar="NUMBER", help="the number on the last receipt on paper, or none")


def _keys(commands: "argparse._SubParsersAction[Any]") -> None:
    adopt = _add(commands, "adopt", "recovery_commands.adopt", "take a dead station's work over under a new name")
    adopt.add_argument("--central", required=True, metavar="URL", help="an administrator's URL, or a copy.db")
    adopt.add_argument("--from", dest="dead", required=True, metavar="STATION")
    adopt.add_argument("--station", required=True, help="the new name")
    adopt.add_argument("--people", type=Path, metavar="CSV", help="person,name,role,password,pin")
    _add(commands, "drill", "recovery_commands.drill", "bring the station back beside itself; minutes and cents")
    key = _add(commands, "key", "recovery_commands.key_usage", "the keys of the station")
    verbs = key.add_subparsers(metavar="VERB")
    _add(verbs, "check", "recovery_commands.key_check", "prove a recovery code by its use")
    rotate = _add(verbs, "rotate", "recovery_commands.key_rotate", "a new key of the file, or of the signature")
    rotate.add_argument("what", choices=("file", "signing"))
    _by(rotate)


def _files(commands: "argparse._SubParsersAction[Any]") -> None:
    export = _add(commands, "export", "file_commands.export_command", "write books, journal or payments to a file")
    export.add_argument("what", choices=("journal", "books", "payments"))
    export.add_argument("-o", dest="output", type=Path, required=True)
    export.add_argument("--format", choices=("hledger", "beancount", "csv"), default="hledger")
    export.add_argument("--batch", type=int)
    export.add_argument("--with-private", action="store_true")
    _by(export)
    load = _add(commands, "import", "file_commands.import_command", "load accounts, bills, fees or rates from CSV")
    load.add_argument("kind", choices=("accounts", "bills", "fees", "rates"))
    load.add_argument("file", nargs="?", type=Path)
    load.add_argument("--header", action="store_true", help="print the header of such a file")
    load.add_argument("--as-of", metavar="TIME")
    load.add_argument("--last-batch", type=int, metavar="N")
    load.add_argument("--skip-bad", action="store_true")
    _by(load)
    report = _add(commands, "report", "report_commands.report", "a report by its name; without one, which there are")
    report.add_argument("name", nargs="?", metavar="NAME")
    report.add_argument("--from", dest="first", metavar="DATE")
    report.add_argument("--to", dest="last", metavar="DATE")
    report.add_argument("-o", dest="output", type=Path, help="a .csv; without it the report is printed")
    document = _add(commands, "document", "file_commands.document_command", "a committed document again")
    document.add_argument("document", choices=("receipt", "slip", "licence", "daily"))
    document.add_argument("number", help="its number; a daily report takes a date")
    document.add_argument("-o", dest="output", type=Path, required=True)
    _by(document)


def _central(commands: "argparse._SubParsersAction[Any]") -> None:
    sync = _add(commands, "sync", "central_commands.sync", "ship to the centre and pull from it")
    which = sync.add_mutually_exclusive_group(required=True)
    which.add_argument("--once", action="store_true")
    which.add_argument("--watch", action="store_true")
    central = _add(commands, "central", "central_commands.usage", "the central store")
    verbs = central.add_subparsers(metavar="VERB")
    for name, run, does in (
        ("init", "central_commands.init", "make roles, tables and functions; again is harmless"),
        ("join", "central_commands.join", "let the station in DIR in, and keep its URL"),
        ("status", "central_commands.status", "every station, its head and its deposits"),
    ):
        _add(verbs, name, run, does).add_argument("url")
    add = _add(verbs, "add", "central_commands.add", "let a station in; prints its URL once")
    add.add_argument("url")
    for option in ("--station", "--site", "--key"):
        add.add_argument(option, required=True)
    publish = _add(verbs, "publish", "publish_commands.publish", "sign a file with the city's key, for every station")
    publish.add_argument("url")
    publish.add_argument("kind", choices=("accounts", "bills", "fees", "rates", "settings", "staff"))
    publish.add_argument("file", type=Path)
    publish.add_argument("--as-of", metavar="TIME")
    publish.add_argument("--last-batch", type=int, metavar="N")
    _add(commands, "versions", "publish_commands.versions", "which reference data is in force here, and as of when")
    project = _add(verbs, "project", "central_commands.project", "lay the entries out in tables for finance")
    project.add_argument("url")
    project.add_argument("--watch", action="store_true")
