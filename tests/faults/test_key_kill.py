"""SIGKILL while the key of the file changes: at any instant a kept key opens the books, and nothing is missing."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from counter_app.bootstrap import make_demo, open_station
from db.verify import verify

KILLS, KILLS_OF_A_NIGHT = 6, 100


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("key") / "city"
    make_demo(folder, accounts=200)
    done = subprocess.run(
        [sys.executable, "-m", "counter_app", "sync", "--once", "--dir", str(folder)],
        check=True, capture_output=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0
    return folder


def changing(folder: Path) -> subprocess.Popen[str]:
    """The program that changes the key, at the moment when its new code was read back to it."""
    program = subprocess.Popen(
        [sys.executable, "-m", "counter_app", "key", "rotate", "file", "--by", "adam", "--json", "--dir", str(folder)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=dict(os.environ),
    )  # fmt: skip
    assert program.stdin is not None
    assert program.stdout is not None
    code = json.loads(program.stdout.readline())["recovery_code"]
    program.stdin.write(f"{code}\n")
    program.stdin.flush()
    return program


def demand_whole(folder: Path, entries: int) -> None:
    """The station opens for writing, which ends what was begun; books and copy hold what they held."""
    station = open_station(folder, "a test")
    try:
        with station.books.read() as connection:
            proof = verify(connection, station.name, full=True)
        assert (proof.entries, proof.problems) == (entries, ())
    finally:
        station.close()
    again = open_station(folder, "a test", writes=False)
    again.close()
    sent = subprocess.run(
        [sys.executable, "-m", "counter_app", "sync", "--once", "--dir", str(folder)],
        check=False, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert sent.returncode == 0, sent.stdout + sent.stderr


def test_killed_at_any_instant_a_kept_key_opens_the_books(city: Path, tmp_path: Path, nightly: bool) -> None:
    station = open_station(city, "a test", writes=False)
    entries = station.books.head().seq
    station.close()
    whole = Path(shutil.copytree(city, tmp_path / "whole"))
    program = changing(whole)
    began = time.monotonic()
    program.communicate(timeout=60)
    seconds = time.monotonic() - began
    assert program.returncode == 0
    demand_whole(whole, entries)
    kills = KILLS_OF_A_NIGHT if nightly else KILLS
    killed = 0
    for n in range(kills):
        folder = Path(shutil.copytree(city, tmp_path / f"killed-{n}"))
        program = changing(folder)
        time.sleep(seconds * n / kills)
        program.send_signal(signal.SIGKILL)
        program.communicate(timeout=60)
        killed += program.returncode == -signal.SIGKILL
        demand_whole(folder, entries)
    assert killed >= kills // 2, "most kills came while the key was changing"
