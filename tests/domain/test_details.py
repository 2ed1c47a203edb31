"""Details by name and type: a wrong one is no act, a missing one is said or refused."""

from typing import Any

import pytest

from counter_app.domain.days import parse_day, us_date
from counter_app.domain.details import Field, check_details, day, text, whole
from counter_app.domain.refused import Refused, WrongAct

ASKS = (
    Field(key="name", kind="text", label="dog's name", need="should"),
    Field(key="altered", kind="yes_no", label="altered"),
    Field(key="rabies_expires", kind="day", label="rabies vaccination expires", need="must"),
    Field(key="gross_receipts_cents", kind="cents", label="gross receipts"),
    Field(key="employees", kind="whole", label="employees"),
)
GOOD = {"rabies_expires": "2027-05-31"}


def test_kept_as_they_came() -> None:
    details = {"name": "  Rex  the\tdog ", "altered": False, "gross_receipts_cents": 0, "employees": 3} | GOOD
    kept = check_details("DL-A1", ASKS, details)
    assert kept == {"name": "Rex the dog", "altered": False, "gross_receipts_cents": 0, "employees": 3} | GOOD
    assert check_details("DL-A1", ASKS, kept) == kept
    assert day(kept, "rabies_expires") == parse_day("2027-05-31")
    assert day(kept, "born") is None
    assert whole(kept, "employees") == 3
    assert (text(kept, "name"), text(kept, "tag")) == ("Rex the dog", "")


@pytest.mark.parametrize(
    ("details", "words"),
    [
        ({"nam": "Rex"}, "DL-A1 takes no detail “nam”"),
        ({"name": 5}, "“name” of DL-A1 must be text"),
        ({"name": "x" * 201}, "must be text"),
        ({"altered": "yes"}, "must be true or false"),
        ({"altered": 1}, "must be true or false"),
        ({"gross_receipts_cents": 1.5}, "must be whole cents"),
        ({"gross_receipts_cents": True}, "must be whole cents"),
        ({"gross_receipts_cents": -1}, "must be whole cents"),
        ({"gross_receipts_cents": 10**16}, "must be whole cents"),
        ({"employees": "3"}, "must be a whole number"),
        ({"rabies_expires": "5/31/2027"}, "must be a day like"),
        ({"rabies_expires": "20270531"}, "must be a day like"),
        ({"rabies_expires": "2027-02-30"}, "must be a day like"),
        ({"rabies_expires": None}, "must be a day like"),
    ],
)
def test_wrong_act(details: dict[str, Any], words: str) -> None:
    with pytest.raises(WrongAct, match=words):
        check_details("DL-A1", ASKS, GOOD | details)


def test_a_fee_that_asks_nothing_takes_nothing() -> None:
    assert check_details("CK-COPY", (), {}) == {}
    with pytest.raises(WrongAct, match="takes: none"):
        check_details("CK-COPY", (), {"name": "x"})


def test_a_must_is_refused_in_words() -> None:
    with pytest.raises(Refused, match="DL-A1 needs: rabies vaccination expires"):
        check_details("DL-A1", ASKS, {"name": "Rex"})


def test_days_in_words() -> None:
    found = parse_day("2027-05-03")
    assert found is not None
    assert us_date(found) == "May 3, 2027"
    assert parse_day("next week") is None
