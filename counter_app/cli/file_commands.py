"""Commands that write or read files: exports, imports, documents."""

import sys
from argparse import Namespace
from datetime import datetime

from counter_app.bootstrap import open_station
from counter_app.cli.answers import acting_person, say, shown
from counter_app.cli.files import read_file, write_file
from counter_app.domain.money import usd
from counter_app.domain.refused import WrongAct
from counter_app.services import load_accounts
from counter_app.services.export_books import export_books
from counter_app.services.export_journal import export_journal
from counter_app.services.export_payments import export_payments
from counter_app.services.print_document import print_document


def export_command(args: Namespace) -> int:
    """`export payments` makes a batch; a batch again, books and journal only read, beside an open window."""
    station = open_station(args.dir, "export", writes=args.what == "payments" and args.batch is None)
    try:
        if args.what == "payments":
            batch, data = export_payments(station, acting_person(args, station), args.batch)
            write_file(args.output, data)
            file = shown(args.output)
            say(args, {"batch": batch, "file": file}, f"Batch {batch} is written to {file}.")
            return 0
        with station.books.read() as connection:
            if args.what == "books":
                write_file(args.output, export_books(connection, args.format))
            else:
                export_journal(station, connection, args.output, with_private=args.with_private)
    finally:
        station.close()
    say(args, {"file": shown(args.output)}, f"Written to {shown(args.output)}.")
    return 0


def import_command(args: Namespace) -> int:
    """All rows are checked first; nothing is loaded unless all are good or --skip-bad."""
    if args.header:
        print(load_accounts.header(args.kind))
        return 0
    if args.file is None:
        raise WrongAct("Name the file to import.")
    data = read_file(args.file)
    station = open_station(args.dir, f"import {args.kind}")
    try:
        result = load_accounts.load(
            station,
            acting_person(args, station),
            args.kind,
            data,
            as_of=_instant(args.as_of),
            last_batch=args.last_batch,
            skip_bad=args.skip_bad,
        )
    finally:
        station.close()
    for error in result.errors:
        print(f"{args.file}, line {error.line}: {error.sentence}", file=sys.stderr)
    loaded = not result.errors or args.skip_bad
    value = {
        "ok": loaded,
        "load": result.load,
        "rows": result.rows,
        "total_cents": result.total_cents,
        "errors": [{"line": e.line, "sentence": e.sentence} for e in result.errors],
    }
    words = f"{result.rows} rows, {usd(result.total_cents)}." if loaded else "Nothing was loaded."
    say(args, value, words)
    return 0 if loaded else 1


def _instant(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise WrongAct("--as-of is an instant like 2026-11-23T06:00:00-08:00.") from None
    if instant.tzinfo is None:
        raise WrongAct("--as-of needs its offset, like 2026-11-23T06:00:00-08:00.")
    return instant


def document_command(args: Namespace) -> int:
    """A receipt is a COPY and is journalled, so it needs the folder; the others are made beside an open window."""
    station = open_station(args.dir, "document", writes=args.document == "receipt")
    try:
        by = acting_person(args, station) if args.document == "receipt" else ""
        made = print_document(station, by, args.document, args.number, args.output.suffix.lower())
        write_file(args.output, made.data)
    finally:
        station.close()
    copy = {"copy": made.copy} if made.copy else {}
    say(args, {"file": shown(args.output), **copy}, f"Written to {shown(args.output)}.")
    return 0
