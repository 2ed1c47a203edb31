"""Reports by the command line: counter speed of a site by week, for nobody's ranking."""

import json
from pathlib import Path

import pytest

from counter_app.bootstrap import open_station
from counter_app.domain.clock import SetClock
from counter_app.services.counter_speed import note_pace
from tests.cli.conftest import Command
from tests.fakes.counter import MONDAY


@pytest.fixture
def timed(demo: Path) -> Path:
    """A demo where five cash payments and one check were timed this week."""
    station = open_station(demo, "a test", clock=SetClock(MONDAY))
    for seconds in (10, 14, 20, 12, 90):
        note_pace(station, "cash", seconds)
    note_pace(station, "check", 31)
    station.close()
    return demo


def test_the_reports_are_listed(demo: Path, command: Command) -> None:
    assert command("report", "--dir", demo).stdout.startswith("speed ")


def test_speed_is_printed_for_people_and_for_programs(timed: Path, command: Command) -> None:
    assert command("report", "speed", "--dir", timed).stdout.splitlines() == [
        "City Hall, week of 2026-11-23  cash        14 s  (5 payments)",
        "City Hall, week of 2026-11-23  check       1 payments; a figure from 5 on",
    ]
    rows = json.loads(command("report", "speed", "--dir", timed, "--json").stdout)["rows"]
    assert rows[0] == {"site": "City Hall", "week": "2026-11-23", "kind": "cash", "payments": 5, "median_s": 14}
    assert rows[1]["median_s"] is None


def test_speed_of_some_weeks_as_a_table(timed: Path, command: Command, tmp_path: Path) -> None:
    done = command("report", "speed", "--from", "2026-11-25", "-o", tmp_path / "speed.csv", "--dir", timed)
    assert done.returncode == 0
    table = (tmp_path / "speed.csv").read_text(encoding="utf-8")
    assert table.splitlines() == [
        "site,week,kind,payments,median_s",
        "City Hall,2026-11-23,cash,5,14",
        "City Hall,2026-11-23,check,1,",
    ]
    assert (
        command("report", "speed", "--to", "2026-11-22", "--dir", timed).stdout
        == "No payment was timed in that time.\n"
    )


@pytest.mark.parametrize("words", [["speeed"], ["speed", "--from", "Monday"], ["speed", "-o", "speed.doc"]])
def test_what_is_no_report_is_said_in_a_sentence(demo: Path, command: Command, words: list[str]) -> None:
    done = command("report", *words, "--dir", demo)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
