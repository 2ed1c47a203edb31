"""Times as people in the United States read them; days are tested where they are typed."""

from datetime import datetime

import pytest

from counter_app.screens.us_words import clock_time


@pytest.mark.parametrize(
    ("at", "words"), [("00:05", "12:05 AM"), ("09:15", "9:15 AM"), ("12:00", "12:00 PM"), ("23:59", "11:59 PM")]
)
def test_a_time_is_told_in_halves_of_the_day(at: str, words: str) -> None:
    assert clock_time(datetime.fromisoformat(f"2026-11-23T{at}-08:00")) == words
