"""A city's fee list (CSV, as finance keeps it) read into fee rows, with every mistake named by its line.

The list is written for people: terms, units and what is handed out stand in words, and here their meaning is settled.
"""

import csv
import io
import re
from collections.abc import Mapping
from datetime import date

import msgspec
from msgspec import Struct

from counter_app.domain.days import parse_day
from counter_app.domain.details import Field, Need, Requirement
from counter_app.domain.fees import (
    BasePlusEmployees,
    Basis,
    Fee,
    FeeSchedule,
    Flat,
    FlatCap,
    FlatPlusPass,
    GreaterOf,
    LicenceRule,
    Open,
    PercentMonth,
    PerUnit,
    PostingClass,
    ProratedFlat,
    RateGross,
    RateValuation,
    Share,
    Status,
    StepValuation,
    SystemPosted,
    schedule_problems,
)
from counter_app.domain.money import Cents, parse_dollars
from counter_app.domain.refused import Refused

COLUMNS = (
    "code", "name", "category", "basis", "amount", "unit", "min_amount", "max_amount", "gl_account", "fund", "taxable",
    "refundable", "requires", "issues", "term", "source", "source_year", "confidence", "note",
)  # fmt: skip
DATE_COLUMNS = ("from", "to")
"""May stand in a list beside COLUMNS: the first and last day a row is in force."""
SPANISH_COLUMN = "name_es"
"""May stand in a list: the fee's name for customers who read Spanish."""

_STATE_ACCESS_FEE = "BL-CASP"
_STATE_ACCESS_SHARES = (
    Share(account="101-0000-21510", fund="101", parts=1),
    Share(account="101-0000-21511", fund="101", parts=9),
)
"""Government Code 4467: a tenth of the state's $4 goes to the State, nine tenths stay in a restricted account."""

_KEPT_BY: Mapping[str, str] = {
    "rabies certificate": "rabies_expires",
    "spay/neuter certificate": "altered",
    "dog >=12 months": "born",
    "gross receipts statement": "gross_receipts_cents",
    "existing licence": "licence",
    "SIC code": "sic",
    "dates": "from",
    "average employee count": "employees",
    "residential address": "address",
}
"""The detail of a line that settles what a row requires."""

Row = Mapping[str, str]


class LineError(Struct, frozen=True):
    """What is wrong in one line of the file, counted from 1 with the header."""

    line: int
    sentence: str


class FeesRead(Struct, frozen=True):
    """The good rows and the mistakes; load nothing unless `errors` is empty or the person said to skip bad rows."""

    fees: tuple[Fee, ...]
    errors: tuple[LineError, ...]
    spanish: dict[str, str] = {}


class _Unreadable(Exception):
    """A cell does not hold what its column says; str() is the sentence."""


def fees_from_csv(text: str) -> FeesRead:
    """Rows of a CSV with the header COLUMNS, and DATE_COLUMNS and SPANISH_COLUMN where a city has them."""
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), restkey="more cells than the header")
    header = reader.fieldnames or ()
    allowed = (*COLUMNS, *DATE_COLUMNS, SPANISH_COLUMN)
    faults = [f"The column {name} is missing." for name in COLUMNS if name not in header]
    faults += [f"There is no column “{name}” in a fee list." for name in header if name not in allowed]
    if faults:
        return FeesRead((), tuple(LineError(1, fault) for fault in faults))
    fees: list[Fee] = []
    errors: list[LineError] = []
    spanish: dict[str, str] = {}
    for cells in reader:
        try:
            fee = _fee({name: _text(cells.get(name)) for name in header})
            if problems := schedule_problems(FeeSchedule(rows=(*map(_alone, fees), _alone(fee)))):
                raise _Unreadable(problems[0])
        except (_Unreadable, Refused) as error:
            errors.append(LineError(reader.line_num, str(error)))
        else:
            fees.append(fee)
            if other := _text(cells.get(SPANISH_COLUMN)):
                spanish[fee.name] = other
    return FeesRead(tuple(fees), tuple(errors) + _unknown_added(fees), spanish)


def _alone(fee: Fee) -> Fee:
    """The row without what it adds, which may stand further down the list."""
    return msgspec.structs.replace(fee, adds=())


def _text(cell: object) -> str:
    """A cell without the blanks around it; a short line has no cell at all."""
    return cell.strip() if isinstance(cell, str) else ""


def _unknown_added(fees: list[Fee]) -> tuple[LineError, ...]:
    """A row may add a state fee that stands anywhere in the list, so this is looked at last."""
    lost = sorted({code for fee in fees for code in fee.adds} - {fee.code for fee in fees})
    return tuple(LineError(1, f"The list needs the row {code}, which others add.") for code in lost)


def _fee(row: Row) -> Fee:
    """One row, all its words read."""
    if not re.fullmatch(r"[A-Z0-9][A-Z0-9-]{1,19}", row["code"]):
        raise _Unreadable(f"“{row['code']}” is no fee code: capitals, digits and hyphens.")
    price = _price(row)
    licence = _licence(row)
    return Fee(
        code=row["code"],
        name=_us(_given(row, "name")),
        category=_given(row, "category"),
        price=price,
        unit=_us(row["unit"]),
        shares=_shares(row),
        posting=_posting(row),
        first_day=_day(row, "from"),
        last_day=_day(row, "to"),
        status=_status(row),
        min_cents=_cents(row, "min_amount") if row["min_amount"] else None,
        max_cents=_cents(row, "max_amount") if row["max_amount"] and "%" not in row["max_amount"] else None,
        licence=licence,
        asks=_asks(row, price, licence),
        requires=_requires(row),
        adds=(_STATE_ACCESS_FEE,) if licence and licence.kind == "business" else (),
        needs_account="account no." in _listed(row["requires"]),
        refundable=row["refundable"] == "Y",
    )


def _given(row: Row, column: str) -> str:
    """A cell that may not be empty."""
    if not row[column]:
        raise _Unreadable(f"{row['code']}: {column} is empty.")
    return row[column]


def _cents(row: Row, column: str) -> Cents:
    """Dollars of a cell in cents."""
    try:
        return parse_dollars(row[column])
    except Refused as error:
        raise _Unreadable(f"{row['code']}: {column} is not an amount in dollars.") from error


def _day(row: Row, column: str) -> date | None:
    """A day of a column that a list may have."""
    if not row.get(column):
        return None
    day = parse_day(row[column])
    if day is None:
        raise _Unreadable(f"{row['code']}: {column} must be a day like 2027-07-01.")
    return day


def _us(words: str) -> str:
    """The list's words as American readers see them."""
    for listed, shown in (("icence", "icense"), ("storeys", "stories"), ("<=", "up to "), (">=", "at least ")):
        words = words.replace(listed, shown)
    return words


def _listed(cell: str) -> list[str]:
    """The parts between semicolons."""
    return [part.strip() for part in cell.split(";") if part.strip()]


def _price(row: Row) -> Basis:
    """The basis with its parameters; a published price that includes the state's part says so in its note."""
    if row["category"] == "system":
        return SystemPosted()
    match row["basis"]:
        case "flat":
            return Flat(amount_cents=_cents(row, "amount") - _state_part(row))
        case "flat_cap":
            return FlatCap(amount_cents=_cents(row, "amount"))
        case "per_unit":
            return PerUnit(amount_cents=_cents(row, "amount"))
        case "open":
            return Open()
        case "rate_gross" | "rate_valuation" | "step_valuation" as basis:
            return _rate(basis, _cents(row, "amount"), _per_cents(row))
        case _:
            return _uncomputed(row)


def _rate(basis: str, rate_cents: Cents, per_cents: Cents) -> Basis:
    """The three that are a rate of something."""
    match basis:
        case "rate_gross":
            return RateGross(rate_cents=rate_cents, per_cents=per_cents)
        case "rate_valuation":
            return RateValuation(rate_cents=rate_cents, per_cents=per_cents)
        case _:
            return StepValuation(rate_cents=rate_cents, per_cents=per_cents)


def _uncomputed(row: Row) -> Basis:
    """The bases whose figures are kept for later."""
    amount, words = row["amount"], f"{row['unit']} {row['note']}"
    match row["basis"]:
        case "greater_of":
            return GreaterOf(amount_cents=_cents(row, "amount"), share_basis_points=_basis_points(row, words))
        case "base_plus_employees":
            found = _found(
                row, r"\$(?P<first>[\d.]+) per employee \(first (?P<number>\d+)\), \$(?P<above>[\d.]+)", words
            )
            return BasePlusEmployees(
                base_cents=_cents(row, "amount"),
                first_employees=int(found["number"]),
                first_cents=parse_dollars(found["first"]),
                above_cents=parse_dollars(found["above"]),
            )
        case "prorated_flat":
            deposit = _found(row, r"\$(?P<deposit>\d+) deposit", words)["deposit"]
            return ProratedFlat(
                amount_cents=_cents(row, "amount"), year_starts_month=7, deposit_cents=parse_dollars(deposit)
            )
        case "percent_month":
            most = _basis_points(row, row["max_amount"])
            return PercentMonth(month_basis_points=_basis_points(row, amount), most_basis_points=most)
        case "flat_plus_pass":
            return FlatPlusPass(amount_cents=_cents(row, "amount"))
        case basis:
            raise _Unreadable(f"{row['code']}: “{basis}” is no basis of a fee.")


def _found(row: Row, pattern: str, words: str) -> re.Match[str]:
    """The figures that a basis needs from the words of its row."""
    found = re.search(pattern, words)
    if not found:
        raise _Unreadable(f"{row['code']}: the figures of {row['basis']} are not in its unit.")
    return found


def _per_cents(row: Row) -> Cents:
    """`per $1,000 gross receipts` is 100000."""
    return parse_dollars(_found(row, r"per \$(?P<per>[\d,]+)", row["unit"])["per"])


def _basis_points(row: Row, words: str) -> int:
    """`1.5%` is 150."""
    return parse_dollars(_found(row, r"(?P<share>\d+(?:\.\d{1,2})?)%", words)["share"])


def _state_part(row: Row) -> Cents:
    """What of a published price is the state's fee, which the program adds by itself and never twice."""
    found = re.search(r"includes the state (\d+\.\d\d)", row["note"])
    return parse_dollars(found[1]) if found else 0


def _shares(row: Row) -> tuple[Share, ...]:
    """Where the money goes: one account, but for the state access fee."""
    if row["code"] == _STATE_ACCESS_FEE:
        return _STATE_ACCESS_SHARES
    if not re.fullmatch(r"\d{3}-\d{4}-\d{5}", row["gl_account"]):
        raise _Unreadable(f"{row['code']}: gl_account must be like 101-2020-41510.")
    if row["fund"] != row["gl_account"][:3]:
        raise _Unreadable(f"{row['code']}: fund {row['fund']} is not the fund of {row['gl_account']}.")
    return (Share(account=row["gl_account"], fund=row["fund"]),)


def _status(row: Row) -> Status:
    """Whether the counter sells it."""
    if row["category"] == "system":
        return "system"
    if row["code"] == _STATE_ACCESS_FEE:
        return "added"
    return "disabled" if "keep disabled" in row["note"] else "offered"


def _posting(row: Row) -> PostingClass:
    """Its place in the order of tenders: object codes 215xx are owed to the State, 22xxx held for somebody."""
    account_object = row["gl_account"][-5:]
    if row["basis"] == "open" and row["category"] == "utility":
        return "account"
    if account_object.startswith("215"):
        return "state"
    if account_object.startswith("22") and row["refundable"] == "Y":
        return "deposit_held"
    is_paper = re.search(r"\bcopy\b|photocopy|abstract|\blist\b", row["name"], re.IGNORECASE)
    return "handed_over" if row["issues"] or is_paper else "other"


def _requires(row: Row) -> tuple[Requirement, ...]:
    """Reminders; the account is no reminder but asked by the line itself."""
    listed = [part for part in _listed(row["requires"]) if part != "account no."]
    return tuple(Requirement(text=_us(part), key=_KEPT_BY.get(part, "")) for part in listed)


def _licence(row: Row) -> LicenceRule | None:
    """What a row hands out, from its words `issues` and `term`."""
    words = row["issues"]
    if not words:
        return None
    shown = _us(re.sub(r" \+ tag no\.$| no\.$| certificate$", "", words)) if words != "certificate" else "certificate"
    kind = {
        "dog licence + tag no.": "dog",
        "business licence certificate": "business",
        "yard sale permit": "yard_sale",
    }.get(words)
    rule = LicenceRule(kind=kind or re.sub(r"\W+", "_", shown.lower()), type=shown[0].upper() + shown[1:])
    rule = _with_term(row, rule)
    if kind == "dog":
        rule = msgspec.structs.replace(
            rule,
            numbered_tag=True,
            capped_by_rabies=True,
            altered="unaltered" not in row["name"],
            youngest_months=12 if "dog >=12 months" in _listed(row["requires"]) else 0,
        )
    return rule


def _with_term(row: Row, rule: LicenceRule) -> LicenceRule:
    """How long it is good: `12 months`, `<=3 yr and …`, `20 days`, `to 30 June`, `<=3 consecutive days`, or nothing."""
    found = re.fullmatch(
        r"(?:<=)?(?P<number>\d+) (?P<unit>yr|months|days|consecutive days)(?: and .*)?|to 30 June", row["term"]
    )
    if not found:
        if row["term"]:
            raise _Unreadable(f"{row['code']}: the term “{row['term']}” is not understood.")
        return rule
    is_new = re.search(r"first year|^New ", row["name"]) is not None
    number = int(found["number"] or 0)
    match found["unit"]:
        case "consecutive days":
            return msgspec.structs.replace(rule, sale_days=number, sales_per_year=2)
        case "days":
            return msgspec.structs.replace(rule, term_days=number, renewable=not is_new)
        case "months" | "yr":
            months = number * 12 if found["unit"] == "yr" else number
            return msgspec.structs.replace(rule, term_months=months, renewable=not is_new)
        case _:
            return msgspec.structs.replace(rule, until="06-30", renewable=not is_new)


def _asks(row: Row, price: Basis, licence: LicenceRule | None) -> tuple[Field, ...]:
    """The facts a line of this row carries: what the price needs, then what the licence is about."""
    asked = list(_price_asks(price))
    match licence.kind if licence else row["category"]:
        case "dog":
            asked += _dog_asks(row)
        case "business":
            asked += _BUSINESS_ASKS
        case "yard_sale":
            asked += _SALE_ASKS
        case "animal" | "replacement_tag":
            asked += _TAG_ASKS
    if row["unit"].startswith(("vehicle", "permit (max 2")):
        asked.append(Field(key="plate", kind="text", label="license plate", need="should"))
    if row["category"] == "parking" or row["code"] in ("BL-HOP", "BL-STR"):
        asked.append(Field(key="address", kind="text", label="address"))
    if licence and licence.renewable:
        need: Need = "should" if "renewal" in row["name"] else "may"
        asked.append(Field(key="licence", kind="text", label="number of the license it renews", need=need))
    return tuple(asked)


def _price_asks(price: Basis) -> tuple[Field, ...]:
    """What a computed price is computed from."""
    match price:
        case RateGross():
            return (Field(key="gross_receipts_cents", kind="cents", label="gross receipts", need="must"),)
        case RateValuation() | StepValuation():
            return (Field(key="valuation_cents", kind="cents", label="valuation", need="must"),)
        case BasePlusEmployees():
            return (Field(key="employees", kind="whole", label="employees", need="must"),)
        case _:
            return ()


def _dog_asks(row: Row) -> tuple[Field, ...]:
    """A dog's facts; the two prices, altered and unaltered, must hear which it is."""
    need: Need = "must" if row["code"].startswith(("DL-A", "DL-U")) else "should"
    return (
        Field(key="name", kind="text", label="dog's name", need="should"),
        Field(key="altered", kind="yes_no", label="spayed or neutered", need=need),
        Field(key="rabies_expires", kind="day", label="rabies vaccination expires", need="must"),
        Field(key="born", kind="day", label="born"),
        Field(key="tag", kind="text", label="tag"),
    )


_BUSINESS_ASKS = (
    Field(key="business_name", kind="text", label="business name", need="should"),
    Field(key="sic", kind="text", label="SIC code"),
    Field(key="start", kind="day", label="first day of business"),
)
_SALE_ASKS = (
    Field(key="address", kind="text", label="address of the sale", need="must"),
    Field(key="from", kind="day", label="first day of the sale", need="must"),
    Field(key="to", kind="day", label="last day of the sale", need="must"),
)
_TAG_ASKS = (
    Field(key="licence", kind="text", label="license"),
    Field(key="name", kind="text", label="dog's name"),
    Field(key="tag", kind="text", label="tag"),
)
