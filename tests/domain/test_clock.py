"""The only source of time, and how it notices that somebody set it."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from counter_app.domain.clock import Clock, SetClock, from_text, local_date, to_millisecond, to_text

NOON = datetime(2026, 11, 23, 20, 0, 0, 123_456, tzinfo=UTC)


class Machine:
    """A wall clock and a steady one, moved by hand."""

    def __init__(self) -> None:
        self.wall, self.steady = NOON.timestamp(), 100.0

    def clock(self) -> Clock:
        return Clock(lambda: self.wall, lambda: self.steady)

    def run(self, seconds: float, set_by: float = 0) -> None:
        self.wall += seconds + set_by
        self.steady += seconds


def test_a_clock_that_only_runs_has_not_stepped() -> None:
    machine = Machine()
    clock = machine.clock()
    machine.run(3_600)
    assert clock.step_since(NOON) is None
    machine.run(10, set_by=1.5)
    assert clock.step_since(NOON) is None, "within what a time server corrects"


@pytest.mark.parametrize("seconds", [-86_400, -3_600, -2.5, 2.5, 3_600, 315_360_000])
def test_a_clock_that_was_set_says_by_how_much_and_once(seconds: float) -> None:
    machine = Machine()
    clock = machine.clock()
    machine.run(60, set_by=seconds)
    step = clock.step_since(None)
    assert step is not None
    assert step.total_seconds() == pytest.approx(seconds)
    assert clock.step_since(None) is None


def test_a_start_before_the_newest_entry_is_a_step_back() -> None:
    clock = Machine().clock()
    assert clock.step_since(NOON + timedelta(hours=1)) == to_millisecond(NOON) - (NOON + timedelta(hours=1))
    assert clock.step_since(NOON + timedelta(seconds=1)) is None


def test_a_start_years_after_the_newest_entry_is_a_step_ahead_and_a_long_holiday_is_none() -> None:
    clock = Machine().clock()
    assert clock.step_since(NOON - timedelta(days=60)) is None
    step = clock.step_since(NOON - timedelta(days=3_652))
    assert step is not None
    assert step == to_millisecond(NOON) - (NOON - timedelta(days=3_652))


def test_a_clock_that_a_script_sets() -> None:
    clock = SetClock(NOON)
    assert clock.now() == to_millisecond(NOON)
    assert clock.step_since(None) is None
    assert clock.step_since(clock.now() - timedelta(hours=23)) is None
    assert clock.step_since(clock.now() - timedelta(hours=25)) == timedelta(hours=25)
    assert clock.step_since(clock.now() + timedelta(seconds=1)) == timedelta(seconds=-1)
    clock.set(datetime(2026, 11, 24, 9, tzinfo=timezone(timedelta(hours=-8))))
    assert to_text(clock.now()) == "2026-11-24T17:00:00.000Z"


def test_an_instant_is_kept_to_the_millisecond_and_sorts_as_text() -> None:
    assert to_text(NOON) == "2026-11-23T20:00:00.123Z"
    assert from_text(to_text(NOON)) == to_millisecond(NOON)
    assert to_text(NOON) < to_text(NOON + timedelta(milliseconds=1)) < to_text(NOON + timedelta(days=400))


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        ("2026-11-24T07:59:59+00:00", date(2026, 11, 23)),
        ("2026-11-24T08:00:00+00:00", date(2026, 11, 24)),
        ("2026-03-08T09:59:59+00:00", date(2026, 3, 8)),
        ("2026-07-01T06:59:59+00:00", date(2026, 6, 30)),
        ("2026-11-01T08:30:00+00:00", date(2026, 11, 1)),
    ],
)
def test_the_day_at_the_counter(instant: str, day: date) -> None:
    assert local_date(datetime.fromisoformat(instant), ZoneInfo("America/Los_Angeles")) == day
