"""A window that nobody touches."""

from pathlib import Path

import msgspec
import pytest

from counter_app.domain.city import City, read_city
from counter_app.screens.idle import Idle, Rest

CITY = read_city((Path(__file__).parents[2] / "resources" / "city.toml").read_text(encoding="utf-8"))


def rest_after(seconds: float, city: City = CITY, *, busy: bool) -> Rest:
    now = [100.0]
    idle = Idle(lambda: now[0])
    now[0] += seconds
    return idle.rest(city, busy=busy)


@pytest.mark.parametrize(
    ("seconds", "busy", "rest"),
    [
        (179, False, Rest.AWAKE), (180, False, Rest.LOCKED),
        (179, True, Rest.AWAKE), (180, True, Rest.HIDDEN), (599, True, Rest.HIDDEN), (600, True, Rest.LOCKED),
    ],
)  # fmt: skip
def test_three_minutes_and_ten(seconds: float, busy: bool, rest: Rest) -> None:
    assert rest_after(seconds, busy=busy) is rest


def test_a_touch_begins_anew() -> None:
    now = [0.0]
    idle = Idle(lambda: now[0])
    now[0] = 170
    idle.touched()
    now[0] = 340
    assert idle.rest(CITY, busy=False) is Rest.AWAKE


def test_a_city_may_do_without() -> None:
    never = msgspec.structs.replace(CITY, idle_after_seconds=0, idle_lock_after_seconds=0)
    assert rest_after(10**6, never, busy=True) is Rest.AWAKE
