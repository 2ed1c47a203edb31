"""A demo city made once, copied for each test, and the real command line as a subprocess."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from counter_app.bootstrap import make_demo

Command = Callable[..., subprocess.CompletedProcess[str]]
Play = Callable[..., list[dict[str, Any]]]


@pytest.fixture(scope="session")
def demo_master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "city"
    make_demo(folder, accounts=60)
    return folder


@pytest.fixture
def demo(demo_master: Path, tmp_path: Path) -> Path:
    """A folder of a demo may be copied."""
    return Path(shutil.copytree(demo_master, tmp_path / "city"))


@pytest.fixture
def command() -> Command:
    """Run `counter-app WORDS…`; keyword arguments go into its environment."""

    def run(*words: object, given: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "counter_app", *(str(word) for word in words)],
            input=given,
            capture_output=True,
            text=True,
            timeout=60,
            env={**os.environ, **environment},
            check=False,
        )

    return run


@pytest.fixture
def play(demo: Path, command: Command) -> Play:
    """Play acts on the demo by the command line; gives the results it printed."""

    def run(*acts: dict[str, Any], **environment: str) -> list[dict[str, Any]]:
        script = "\n".join(json.dumps(act) for act in acts)
        done = command("play", "-", "--dir", demo, given=script, **environment)
        assert "Traceback" not in done.stderr, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]

    return run
