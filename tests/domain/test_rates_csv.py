"""Water rates: the shipped list is good, and a wrong line is named."""

import pytest

import resources
from counter_app.domain.rates_csv import COLUMNS, rates_from_csv, rates_text

GOOD = "Alder Creek,2026-07-01,single_family,volume,tier1,0,5,6.22,per HCF,monthly,,"


def test_the_shipped_rates_are_good_and_come_out_as_they_went_in() -> None:
    read = rates_from_csv(resources.read_text("water_rates.csv"))
    assert len(read.rows) > 70
    assert read.errors == ()
    assert rates_from_csv(rates_text(read.rows)) == read


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("2026-07-01", "7/1/2026", "effective_date is “7/1/2026”; it must be a day like 2026-07-01."),
        ("6.22", "$6.22", "rate_usd is “$6.22”; it must be a number."),
        (",0,5,", ",5,5,", "A tier from 5 to 5 holds nothing."),
        (",0,5,", ",0,V,", "A tier ends at “V”; it must be a number or a name like sewer_cap."),
        ("single_family", "", "The customer_class is empty."),
    ],
)
def test_a_wrong_line_is_named(old: str, new: str, words: str) -> None:
    (error,) = rates_from_csv(",".join(COLUMNS) + "\n" + GOOD.replace(old, new, 1) + "\n").errors
    assert (error.line, error.sentence) == (2, words)
