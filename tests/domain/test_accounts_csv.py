"""The billing system's files: what is taken, and which line is told to be wrong in which words."""

from datetime import date

import pytest

from counter_app.domain.accounts_csv import ACCOUNT_COLUMNS, BILL_COLUMNS, accounts_from_csv, bills_from_csv

GOOD = (
    "90000001,C9000001,Rosa Bell,1 Elm Street,,(555) 555-0101,rosa@example.org,en,residential,open,12000,0,2026-12-01"
)
BILL = "90000001,W-2611,water,bill,2026-11-10,2026-12-01,12000,12000,no,no"


def accounts(*lines: str, header: str = ",".join(ACCOUNT_COLUMNS)) -> str:
    return "\n".join((header, *lines)) + "\n"


def bills(*lines: str, header: str = ",".join(BILL_COLUMNS)) -> str:
    return "\n".join((header, *lines)) + "\n"


def errors(text: str) -> list[tuple[int, str]]:
    return [(error.line, error.sentence) for error in accounts_from_csv(text).errors]


def bill_errors(text: str) -> list[tuple[int, str]]:
    return [(error.line, error.sentence) for error in bills_from_csv(text).errors]


def test_a_good_line_is_an_account() -> None:
    read = accounts_from_csv(accounts(GOOD))
    (row,) = read.rows
    assert read.errors == ()
    assert (row.account, row.customer, row.name, row.class_, row.status) == (
        "90000001", "C9000001", "Rosa Bell", "residential", "open",
    )  # fmt: skip
    assert (row.open_cents, row.credit_cents, row.due) == (12_000, 0, date(2026, 12, 1))


def test_columns_stand_in_any_order_after_a_byte_order_mark_and_with_quotes() -> None:
    header = ",".join(reversed(ACCOUNT_COLUMNS))
    line = ",".join(reversed(GOOD.replace("Rosa Bell", "Bell").split(",")))
    read = accounts_from_csv(
        "\ufeff" + accounts(line.replace("Bell", '"Bell, Rosa"'), header=header).replace("\n", "\r\n")
    )
    assert [row.name for row in read.rows] == ["Bell, Rosa"]


def test_a_balance_is_one_item_and_what_is_past_due_an_older_one() -> None:
    (row,) = accounts_from_csv(accounts(GOOD.replace("12000,0,", "12000,4500,"))).rows
    assert [(i.item, i.due, i.open_cents, i.component) for i in row.items(date(2026, 11, 23))] == [
        ("BAL-PAST", "2026-11-01", 4_500, "water"),
        ("BAL", "2026-12-01", 7_500, "water"),
    ]


def test_without_a_due_date_a_balance_is_due_when_the_file_was_made() -> None:
    (row,) = accounts_from_csv(accounts(GOOD.replace("2026-12-01", ""))).rows
    assert [item.due for item in row.items(date(2026, 11, 23))] == ["2026-11-23"]


def test_a_balance_below_zero_is_a_credit() -> None:
    (row,) = accounts_from_csv(accounts(GOOD.replace("12000", "-2500"))).rows
    assert (row.open_cents, row.credit_cents, row.items(date(2026, 11, 23))) == (0, 2_500, ())


def test_a_credit_may_stand_beside_open_items() -> None:
    header = ",".join((*ACCOUNT_COLUMNS, "credit_cents"))
    (row,) = accounts_from_csv(accounts(GOOD + ",500", header=header)).rows
    assert (row.open_cents, row.credit_cents) == (12_500, 500)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("90000001,", ",", "The account is empty."),
        ("90000001,", "9 0,", "“9 0” is no account"),
        ("C9000001", "", "The customer is empty."),
        ("Rosa Bell", "", "The name is empty."),
        ("Rosa Bell", "Rosa\x1bBell", "characters that are no text"),
        (
            "residential",
            "Residential",
            "class is “Residential”; it must be one of residential, commercial, irrigation.",
        ),
        (",open,", ",shut,", "status is “shut”; it must be one of open, closed."),
        ("12000", "120.00", "balance_cents is “120.00”; it must be whole cents."),
        ("12000", "", "balance_cents is “”"),
        (",0,2026", ",-1,2026", "past_due_cents is “-1”; it must be whole cents, not below 0."),
        (",0,2026", ",12001,2026", "past_due_cents 12001 is more than what is open (12000)."),
        ("2026-12-01", "12/1/2026", "due_date is “12/1/2026”; it must be a day like 2026-11-23."),
        ("2026-12-01", "2026-02-30", "due_date is “2026-02-30”"),
        ("rosa@example.org", "rosa", "“rosa” is no email address."),
        (",2026-12-01", "", "The line has 12 cells, the header has 13."),
    ],
)
def test_a_wrong_cell_is_told_with_its_line(old: str, new: str, words: str) -> None:
    ((line, sentence),) = errors(accounts(GOOD.replace("90000001", "90000000"), GOOD.replace(old, new, 1)))
    assert line == 3
    assert words in sentence


def test_an_account_stands_once_in_a_file() -> None:
    assert errors(accounts(GOOD, GOOD)) == [(3, "90000001 stands in line 2 already.")]


def test_unknown_and_missing_columns_are_named() -> None:
    header = ",".join((*ACCOUNT_COLUMNS, "shoe_size")).replace("phone,", "")
    assert errors(accounts(GOOD, header=header)) == [
        (1, "The column phone is missing."),
        (1, "There is no column “shoe_size” in an accounts file."),
    ]


def test_an_empty_file_and_a_broken_quotation_are_errors() -> None:
    assert errors("") == [(1, "The file is empty.")]
    ((line, sentence),) = errors(accounts(GOOD, '"90000002'))
    assert (line, sentence[:23]) == (3, "The line is no CSV: une")


def test_a_bill_is_an_item_of_its_component() -> None:
    (row,) = bills_from_csv(bills(BILL.replace("no,no", "yes,1"))).rows
    item = row.item
    assert (row.account, row.kind, row.issued) == ("90000001", "bill", "2026-11-10")
    assert (item.item, item.bill, item.component, item.due) == ("W-2611/water", "W-2611", "water", "2026-12-01")
    assert (item.original_cents, item.open_cents, item.liened, item.disputed) == (12_000, 12_000, True, True)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (",water,", ",gas,", "component is “gas”; it must be one of water, sewer"),
        ("12000,12000", "12000,12001", "open_cents 12001 is more than original_cents 12000."),
        ("12000,12000", "12000,-1", "open_cents is “-1”"),
        ("2026-11-10", "2026-12-02", "The bill is due 2026-12-01, before it was issued 2026-12-02."),
        ("2026-12-01", "", "due is “”"),
        ("no,no", "no,maybe", "disputed is “maybe”; it must be yes or no."),
    ],
)
def test_a_wrong_bill_is_told_with_its_line(old: str, new: str, words: str) -> None:
    ((line, sentence),) = bill_errors(bills(BILL.replace(old, new)))
    assert line == 2
    assert words in sentence


def test_a_component_of_a_bill_stands_once_for_an_account() -> None:
    other = BILL.replace("90000001", "90000002")
    assert bill_errors(bills(BILL, other, BILL)) == [(4, "90000001 W-2611/water stands in line 2 already.")]
