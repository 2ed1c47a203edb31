"""A schedule written and read again is the same schedule."""

import msgspec
from hypothesis import given
from hypothesis import strategies as st

import resources
from counter_app.domain.fees import load_schedule
from counter_app.domain.fees_text import schedule_text

SHIPPED = load_schedule(resources.read_text("fees.toml"))


def test_the_shipped_schedule() -> None:
    assert load_schedule(schedule_text(SHIPPED.rows, SHIPPED.spanish)) == SHIPPED


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_words(words: str) -> None:
    row = msgspec.structs.replace(SHIPPED.rows[0], name=words, note=words)
    assert load_schedule(schedule_text([row], {words: words})).rows == (row,)
