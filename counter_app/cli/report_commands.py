"""Reports of the command line: printed for people, or written as a table."""

import csv
import io
from argparse import Namespace
from collections.abc import Sequence
from datetime import date

from counter_app.bootstrap import open_station
from counter_app.cli.answers import say, shown
from counter_app.cli.files import write_file
from counter_app.domain.pace import LEAST
from counter_app.domain.refused import WrongAct
from counter_app.services.counter_speed import WeekOfPace, weeks_of_pace

REPORTS = {"speed": "median seconds of each kind of payment, by site and week; of no person"}
_HEADER = ("site", "week", "kind", "payments", "median_s")
_Line = tuple[str, str, str, int, int | None]


def report(args: Namespace) -> int:
    """The report, which only reads and runs beside an open window."""
    if args.name is None:
        value = {"reports": [{"name": name, "does": does} for name, does in REPORTS.items()]}
        say(args, value, "\n".join(f"{name:<8}{does}" for name, does in REPORTS.items()))
        return 0
    if args.name not in REPORTS:
        raise WrongAct(f"There is no report “{args.name[:20]}”; there is {', '.join(REPORTS)}.")
    if args.output is not None and args.output.suffix.lower() != ".csv":
        raise WrongAct("This report is written as .csv.")
    first, last = _day(args.first), _day(args.last)
    station = open_station(args.dir, "report", writes=False)
    try:
        lines = _lines(weeks_of_pace(station, first, last))
    finally:
        station.close()
    if args.output is None:
        say(args, {"rows": [dict(zip(_HEADER, line, strict=True)) for line in lines]}, _words(lines))
    else:
        write_file(args.output, _table(lines))
        say(args, {"file": shown(args.output)}, f"Written to {shown(args.output)}.")
    return 0


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise WrongAct("--from and --to are dates like 2026-11-23.") from None


def _lines(weeks: Sequence[WeekOfPace]) -> list[_Line]:
    return [
        (week.site, week.monday.isoformat(), pace.kind, pace.payments, pace.median_s)
        for week in weeks
        for pace in week.paces
    ]


def _words(lines: Sequence[_Line]) -> str:
    if not lines:
        return "No payment was timed in that time."
    return "\n".join(
        f"{site}, week of {week}  {kind:<12}{_figure(payments, median)}" for site, week, kind, payments, median in lines
    )


def _figure(payments: int, median: int | None) -> str:
    if median is None:
        return f"{payments} payments; a figure from {LEAST} on"
    return f"{median} s  ({payments} payments)"


def _table(lines: Sequence[_Line]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([_HEADER, *lines])
    return text.getvalue().encode()
