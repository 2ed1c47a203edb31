"""Water rates as a CSV file, checked line by line; kept as they come, for the rules that will compute from them."""

import csv
import io
import re
from decimal import Decimal

import msgspec

from counter_app.domain.days import parse_day
from counter_app.domain.fees_import import LineError

COLUMNS = (
    "agency", "effective_date", "customer_class", "component", "key", "from_exclusive", "to_inclusive", "rate_usd",
    "unit", "billing_period", "source", "note",
)  # fmt: skip
_NAMED = re.compile(r"[a-z_]{1,40}")
"""A bound that is worked out for each account, like sewer_cap."""

_NUMBER = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,6})?")


class RatesRead(msgspec.Struct, frozen=True):
    """The good rows, their cells in the order of COLUMNS, and the mistakes."""

    rows: tuple[tuple[str, ...], ...]
    errors: tuple[LineError, ...]


def rates_from_csv(text: str) -> RatesRead:
    """Rows of a file with the header COLUMNS."""
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), restkey="more cells than the header")
    header = reader.fieldnames or ()
    faults = [f"The column {name} is missing." for name in COLUMNS if name not in header]
    faults += [f"There is no column “{name}” in a list of rates." for name in header if name not in COLUMNS]
    if faults:
        return RatesRead((), tuple(LineError(1, fault) for fault in faults))
    rows, errors = [], []
    for cells in reader:
        values = tuple(cells[name].strip() if isinstance(cells[name], str) else "" for name in COLUMNS)
        fault = _fault(dict(zip(COLUMNS, values, strict=True))) or (
            "" if len(cells) == len(COLUMNS) else "Too many cells."
        )
        if fault:
            errors.append(LineError(reader.line_num, fault))
        else:
            rows.append(values)
    return RatesRead(tuple(rows), tuple(errors))


def rates_text(rows: tuple[tuple[str, ...], ...]) -> str:
    """The good rows as CSV again."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows((COLUMNS, *rows))
    return out.getvalue()


def _fault(row: dict[str, str]) -> str:
    """What is wrong with a row, or nothing."""
    for name in ("customer_class", "component", "key", "unit"):
        if not row[name]:
            return f"The {name} is empty."
    if parse_day(row["effective_date"]) is None:
        return f"effective_date is “{row['effective_date'][:40]}”; it must be a day like 2026-07-01."
    if not _NUMBER.fullmatch(row["rate_usd"]):
        return f"rate_usd is “{row['rate_usd'][:40]}”; it must be a number."
    bounds = row["from_exclusive"], row["to_inclusive"]
    for bound in bounds:
        if bound and not _NUMBER.fullmatch(bound) and not _NAMED.fullmatch(bound):
            return f"A tier ends at “{bound[:40]}”; it must be a number or a name like sewer_cap."
    if all(_NUMBER.fullmatch(bound) for bound in bounds) and Decimal(bounds[0]) >= Decimal(bounds[1]):
        return f"A tier from {bounds[0]} to {bounds[1]} holds nothing."
    return ""
