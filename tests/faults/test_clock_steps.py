"""Somebody sets the clock, or the calendar does: what was meant goes to the right day, in order, and a step is said."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from counter_app.domain.clock import STEP_TOLERANCE, Clock
from counter_app.screens.status import StatusLine
from tests.fakes.counter import Counter, fit
from tests.faults.invariants import prove_all
from tests.faults.workday import ACTS, FRIDAY, MONDAY, PAYMENT, make_workday


class Step(msgspec.Struct, frozen=True):
    """From one instant, where the work of the day stands, to another; `runs` when the time between really passed."""

    before: datetime
    after: datetime
    runs: bool = False

    @property
    def by(self) -> timedelta:
        """How far the clock was set."""
        return timedelta() if self.runs else self.after - self.before


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)


STEPS = {
    "-1 s": Step(MONDAY, MONDAY - timedelta(seconds=1)),
    "-1 h": Step(MONDAY, MONDAY - timedelta(hours=1)),
    "-1 d": Step(MONDAY, MONDAY - timedelta(days=1)),
    "1970": Step(MONDAY, _at("1970-01-01T00:00:10+00:00")),
    "+10 y": Step(MONDAY, MONDAY + timedelta(days=3_652)),
    "summer time begins": Step(_at("2027-03-14T01:50:00-08:00"), _at("2027-03-14T03:10:00-07:00"), runs=True),
    "summer time ends": Step(_at("2027-11-07T01:50:00-07:00"), _at("2027-11-07T01:10:00-08:00"), runs=True),
    "another zone": Step(MONDAY, MONDAY.astimezone(_at("2026-11-23T00:00:00+09:00").tzinfo), runs=True),
    "midnight": Step(_at("2026-11-23T23:50:00-08:00"), _at("2026-11-24T00:10:00-08:00"), runs=True),
}
WAYS = ("running", "shut")
MOMENTS = [(act, way) for act in ACTS for way in WAYS] + [(act, "running twice") for act in list(ACTS)[:5]]
ON_A_PUSH = (("pay", "running"), ("close", "running"), ("pay", "shut"))


class Machine:
    """A computer whose clock can be set."""

    def __init__(self, at: datetime) -> None:
        self.wall, self.steady = at.timestamp(), 1_000.0

    def clock(self) -> Clock:
        """As the program finds it when it starts."""
        return Clock(lambda: self.wall, lambda: self.steady)

    def go(self, step: Step) -> None:
        """Set it, or let the time pass."""
        self.wall += (step.after - step.before).total_seconds()
        self.steady += (step.after - step.before).total_seconds() if step.runs else 0


@pytest.fixture(scope="module")
def days(city: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[datetime, Path]:
    """The same day's work on each of the dates, by its instant."""
    made = {}
    for before in {step.before for step in STEPS.values()}:
        made[before] = tmp_path_factory.mktemp("days") / "day"
        make_workday(city, made[before], FRIDAY if before.year == 2026 else before - timedelta(days=3), before)
    return made


def is_journalled(step: Step) -> bool:
    """What a time server corrects, and time that passes, is no step."""
    return abs(step.by) > STEP_TOLERANCE


@pytest.mark.parametrize(
    ("name", "act", "way"),
    [
        pytest.param(name, act, way, marks=() if (act, way) in ON_A_PUSH else pytest.mark.nightly)
        for name in STEPS
        for act, way in MOMENTS
    ],
)
def test_a_step_of_the_clock(name: str, act: str, way: str, days: dict[datetime, Path], tmp_path: Path) -> None:
    step = STEPS[name]
    counter = Counter(Path(shutil.copytree(days[step.before], tmp_path / "city")), step.before)
    before = counter.station.books.head().seq
    machine = Machine(step.before)
    if way == "shut":
        machine.go(step)
    counter.station.books.clock = machine.clock()
    if way != "shut":
        machine.go(step)
    kind, by, fields = ACTS[act]
    confirmed = [tried for tried in (_tried(counter, kind, by, fields), _tried(counter)) if tried]
    if confirmed:
        _prove_said(counter, step, before)
    if way == "running twice" or not step.runs:
        machine.go(Step(step.after, step.before))
    confirmed += [tried for tried in (_tried(counter),) if tried]
    _prove_days(counter, before)
    prove_all(counter, confirmed)
    counter.close()


def _tried(counter: Counter, act: str = "take_payment", by: str = "maria", fields: object = PAYMENT) -> int | None:
    """Its entry; or it was refused in words."""
    assert isinstance(fields, dict)
    answer = counter.answer(act, by, **fields)
    if not answer["ok"]:
        assert fit(answer["refused"]), answer
        return None
    seq: int = answer["seq"]
    return seq


def _prove_said(counter: Counter, step: Step, before: int) -> None:
    """The step is an entry of its own, before the act, and stands in the status line."""
    steps = [body for body in counter.bodies(after=before) if body.kind == "ClockStepped"]
    clocks = [status for status in StatusLine(counter.station).statuses if status.name == "Clock"]
    assert len(steps) == len(clocks) == int(is_journalled(step))
    if steps:
        assert steps[0].seq == before + 1
        assert msgspec.json.decode(bytes(steps[0].event))["milliseconds"] == pytest.approx(
            step.by.total_seconds() * 1_000, abs=1
        )
        assert ("set back" if step.by < timedelta() else "set ahead") in clocks[0].explains


def _prove_days(counter: Counter, before: int) -> None:
    """Whatever the clock says, money of a drawer is of that drawer's date."""
    dates = dict(counter.rows("SELECT session, business_date FROM act WHERE kind = 'DrawerOpened'"))
    for body in counter.bodies(after=before):
        if body.session is not None and body.kind != "DrawerVerified":
            assert body.business_date == dates[body.session], body


@pytest.mark.parametrize(
    ("instant", "opens"),
    [
        ("2026-11-22T10:00:00-08:00", False),
        ("1990-01-01T10:00:00-08:00", False),
        ("2026-11-24T08:00:00-08:00", True),
    ],
)
def test_no_drawer_is_opened_on_a_day_that_is_over(
    instant: str, opens: bool, days: dict[datetime, Path], tmp_path: Path
) -> None:
    counter = Counter(Path(shutil.copytree(days[MONDAY], tmp_path / "city")), MONDAY)
    counter.do("close_drawer", "maria", drawer="D1", count={"2000": 10}, checks=[])
    if opens:
        counter.do("open_drawer", "maria", drawer="D1", count={"2000": 10}, at=instant)
    else:
        words = counter.refuse("open_drawer", "maria", drawer="D1", count={"2000": 10}, at=instant)
        assert "Set the clock" in words
    counter.close()
