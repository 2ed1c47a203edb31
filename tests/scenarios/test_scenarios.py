"""The scenarios of this folder, each at a counter of its own."""

from pathlib import Path

import pytest

from tests.fakes.counter import Counter
from tests.scenarios.player import play, steps

HERE = Path(__file__).parent
SCRIPTS = sorted(HERE.glob("*.txt"))


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_scenario(counter: Counter, script: Path) -> None:
    play(counter, script)


def test_every_scenario_plays_something() -> None:
    assert len(SCRIPTS) >= 20
    assert all(len(steps(script.read_text())) >= 4 for script in SCRIPTS)


def test_a_difference_is_noticed(counter: Counter, tmp_path: Path) -> None:
    script = tmp_path / "wrong.txt"
    script.write_text(
        'Maria opens.\n  {"act": "open_drawer", "by": "maria", "drawer": "D1", "count": {"2000": 10}}\n'
        '  => {"float_cents": 19999}\n'
    )
    with pytest.raises(AssertionError, match="float_cents is 20000, not 19999"):
        play(counter, script)
