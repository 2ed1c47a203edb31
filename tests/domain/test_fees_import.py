"""A fee list of a city as CSV: what its words mean, and every mistake by its line."""

import csv
import io
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest

import resources
from counter_app.domain.fees import (
    BasePlusEmployees,
    Fee,
    Flat,
    GreaterOf,
    PercentMonth,
    ProratedFlat,
    RateGross,
    load_schedule,
)
from counter_app.domain.fees_import import COLUMNS, DATE_COLUMNS, SPANISH_COLUMN, FeesRead, fees_from_csv

ROW = {
    "code": "CK-CERT",
    "name": "Certified copy",
    "category": "clerk",
    "basis": "flat",
    "amount": "25.00",
    "unit": "document",
    "gl_account": "101-1010-47111",
    "fund": "101",
    "refundable": "N",
}
CASP = ROW | {"code": "BL-CASP", "name": "State access fee", "amount": "4.00", "gl_account": "101-0000-21510"}


def read(*rows: dict[str, str], columns: tuple[str, ...] = COLUMNS) -> FeesRead:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns)
    writer.writeheader()
    writer.writerows(rows)
    return fees_from_csv(out.getvalue())


def one(**changes: str) -> Fee:
    result = read(ROW | changes, CASP)
    assert result.errors == ()
    return result.fees[0]


def test_the_list_that_the_shipped_schedule_was_made_from() -> None:
    result = fees_from_csv(Path(__file__).with_name("fee_schedule.csv").read_text(encoding="utf-8"))
    shipped = load_schedule(resources.read_text("fees.toml"))
    assert result.errors == ()
    assert len(result.fees) == 82
    for fee in result.fees:
        in_force = shipped.fee(fee.code, date(2026, 11, 23))
        assert fee == msgspec.structs.replace(in_force, first_day=None)


def test_a_plain_row() -> None:
    fee = one()
    assert (fee.code, fee.price, fee.posting, fee.status) == (
        "CK-CERT",
        Flat(amount_cents=2500),
        "handed_over",
        "offered",
    )
    assert (fee.min_cents, fee.max_cents, fee.licence, fee.asks, fee.requires) == (None, None, None, (), ())


@pytest.mark.parametrize(
    ("changes", "price"),
    [
        (
            {"basis": "rate_gross", "amount": "0.16", "unit": "per $1,000 gross receipts"},
            RateGross(rate_cents=16, per_cents=100_000),
        ),
        (
            {"basis": "greater_of", "amount": "15.00", "note": "Greater of $15 or 1.5% of past-due"},
            GreaterOf(amount_cents=1500, share_basis_points=150),
        ),
        (
            {"basis": "base_plus_employees", "unit": "year + $46.80 per employee (first 25), $40.10 above"},
            BasePlusEmployees(base_cents=2500, first_employees=25, first_cents=4680, above_cents=4010),
        ),
        (
            {"basis": "prorated_flat", "unit": "year; 1/12 per month, plus $100 deposit"},
            ProratedFlat(amount_cents=2500, year_starts_month=7, deposit_cents=10000),
        ),
        (
            {"basis": "percent_month", "amount": "10%", "max_amount": "50% of tax"},
            PercentMonth(month_basis_points=1000, most_basis_points=5000),
        ),
        ({"note": "Published 25.00 includes the state 4.00"}, Flat(amount_cents=2100)),
    ],
)
def test_prices(changes: dict[str, str], price: Any) -> None:
    assert one(**changes).price == price


def test_a_business_licence_brings_the_state_fee() -> None:
    fee = one(code="BL-NEW", issues="business licence certificate", term="12 months")
    assert fee.adds == ("BL-CASP",)
    assert fee.licence is not None
    assert (fee.licence.kind, fee.licence.type, fee.licence.term_months) == ("business", "Business license", 12)
    alone = read(ROW | {"issues": "business licence certificate"})
    assert [(error.line, error.sentence) for error in alone.errors] == [
        (1, "The list needs the row BL-CASP, which others add.")
    ]


def test_dated_rows() -> None:
    rows = (ROW | {"to": "2026-12-31"}, ROW | {"amount": "26.00", "from": "2027-01-01"})
    result = read(*rows, columns=COLUMNS + DATE_COLUMNS)
    assert [(fee.first_day, fee.last_day) for fee in result.fees] == [
        (None, date(2026, 12, 31)),
        (date(2027, 1, 1), None),
    ]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"code": "ck cert"}, "“ck cert” is no fee code: capitals, digits and hyphens."),
        ({"name": ""}, "CK-CERT: name is empty."),
        ({"amount": "25,1"}, "CK-CERT: amount is not an amount in dollars."),
        ({"amount": ""}, "CK-CERT: amount is not an amount in dollars."),
        ({"min_amount": "x"}, "CK-CERT: min_amount is not an amount in dollars."),
        ({"basis": "guess"}, "CK-CERT: “guess” is no basis of a fee."),
        ({"basis": "rate_gross"}, "CK-CERT: the figures of rate_gross are not in its unit."),
        ({"gl_account": "1010"}, "CK-CERT: gl_account must be like 101-2020-41510."),
        ({"fund": "501"}, "CK-CERT: fund 501 is not the fund of 101-1010-47111."),
        ({"issues": "permit", "term": "a while"}, "CK-CERT: the term “a while” is not understood."),
        ({"min_amount": "2.00", "max_amount": "1.00"}, "CK-CERT has a minimum above its maximum."),
        ({"from": "1/1/2027"}, "CK-CERT: from must be a day like 2027-07-01."),
    ],
)
def test_mistakes_by_line(changes: dict[str, str], sentence: str) -> None:
    result = read(CASP, ROW | changes, columns=COLUMNS + DATE_COLUMNS)
    assert [fee.code for fee in result.fees] == ["BL-CASP"]
    assert [(error.line, error.sentence) for error in result.errors] == [(3, sentence)]


def test_a_row_twice() -> None:
    result = read(ROW, ROW)
    assert [(error.line, error.sentence) for error in result.errors] == [(3, "CK-CERT has two rows for the same day.")]


def test_columns_by_name() -> None:
    result = read(columns=(*COLUMNS[1:], "colour"))
    assert [(error.line, error.sentence) for error in result.errors] == [
        (1, "The column code is missing."),
        (1, "There is no column “colour” in a fee list."),
    ]
    assert fees_from_csv("").errors[0].sentence == "The column code is missing."


def test_a_short_and_a_long_line() -> None:
    short = fees_from_csv(",".join(COLUMNS) + "\nCK-CERT,Copy\n")
    assert short.errors[0].sentence == "CK-CERT: gl_account must be like 101-2020-41510." or short.errors[0].line == 2
    long = fees_from_csv(",".join(COLUMNS) + "\n" + "x," * 25 + "\n")
    assert long.errors[0].line == 2


def test_a_list_may_name_its_fees_in_spanish_too() -> None:
    result = read(
        ROW | {"name": "Certificate", "name_es": "Constancia"},
        CASP | {"name_es": ""},
        columns=(*COLUMNS, SPANISH_COLUMN),
    )
    assert result.errors == ()
    assert result.spanish == {"Certificate": "Constancia"}
