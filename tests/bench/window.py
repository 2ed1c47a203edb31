"""The window: from a key to the painted result list, from its start to ready, and its memory over a day of payments.

Each is measured in a process of its own, offscreen, so that nothing else is in its memory and no other work in its way.
"""

import os
import subprocess
import sys
from collections.abc import Sequence
from compileall import compile_dir
from pathlib import Path
from time import perf_counter

import msgspec

from counter_app.bootstrap import DATABASE
from db.keys import find_key
from tests.bench.counter_day import a_counter, open_drawer
from tests.bench.measured import Row, lasting, p95

STARTS = 7
PACKAGES = ("counter_app", "db", "resources", "ui")
MOST_MB, MOST_GROWTH = 250, 1.05
TIMES_BARE = 2

_MODULES = """
import json, os, sys
import counter_app.cli, counter_app.cli.station_commands, ui.start
own = ("counter_app", "ui", "db", "resources", "__main__")
specs = [(name, getattr(module, "__spec__", None)) for name, module in list(sys.modules.items())]
names = [name for name, spec in specs if spec and os.path.exists(spec.origin or "")]
print(json.dumps([name for name in names if name.split(".")[0] not in own]))
"""
_BARE = """
import importlib, sys
from pathlib import Path
from time import perf_counter
for name in {modules!r}:
    importlib.import_module(name)
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
from sqlcipher3 import dbapi2
app = QApplication(["bare"])
window = QMainWindow()
window.resize(1280, 800)
file = dbapi2.connect({path!r})
file.execute("PRAGMA key = \\"x'{key}'\\"")
file.execute("SELECT count(*) FROM sqlite_master").fetchone()
window.show()
QTimer.singleShot(0, lambda: print("ready", flush=True))
app.exec()
"""


def window_rows(folder: Path, count: int, payments: int) -> list[Row]:
    """Three rows about a city of so many accounts."""
    compile_packages()
    city = folder / "city"
    with a_counter(city, count) as station:
        open_drawer(station)
    starts, bare = _starts(city)
    painted = msgspec.json.decode(alone("painted", city, count), type=list[float])
    memory = msgspec.json.decode(alone("memory", city, payments), type=list[float])
    return [
        lasting(f"key stroke → result list painted, {count:,} accounts", painted, at_most_ms=33, judge=p95),
        lasting(
            f"start → ready for a scan, {count:,} accounts", starts, bare, at_most_ms=float("inf"), times=TIMES_BARE
        ),
        _memory_row(memory, payments),
    ]


def _memory_row(megabytes: Sequence[float], payments: int) -> Row:
    """`megabytes` at a quarter of the day, at half of it and so on."""
    growth = megabytes[-1] / megabytes[1]
    return Row(
        what=f"memory of the window after {payments:,} payments",
        measured=f"{megabytes[-1]:,.0f} MB",
        reference=f"{megabytes[1]:,.0f} MB",
        ratio=f"{growth:.2f} ×",
        must=f"≤ {MOST_MB} MB, ≤ {MOST_GROWTH:g} × half way",
        holds=megabytes[-1] <= MOST_MB and growth <= MOST_GROWTH,
    )


def compile_packages() -> None:
    """As on a station that was installed, whatever this run may write beside its sources."""
    for package in PACKAGES:
        compile_dir(package, quiet=1)


def _starts(city: Path) -> tuple[list[float], list[float]]:
    """Seconds from a process's start to its word `ready`: the program's, and a bare window's that imports the same
    packages and opens the same file, in turn."""
    modules = msgspec.json.decode(_answer(["-c", _MODULES]), type=list[str])
    bare = _BARE.format(modules=modules, path=str(city / DATABASE), key=find_key(city))
    ours = ["-m", "counter_app", "--dir", str(city), "--as", "maria"]
    pairs = [(_until_ready(ours), _until_ready(["-c", bare])) for _ in range(STARTS + 1)][1:]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


def _until_ready(arguments: Sequence[str]) -> float:
    begun = perf_counter()
    with subprocess.Popen(
        [sys.executable, *arguments], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=_offscreen()
    ) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "ready\n"
        seconds = perf_counter() - begun
        program.terminate()
    return seconds


def alone(what: str, city: Path, number: int) -> str:
    """What tests.bench.window_alone measures in its own process, as JSON."""
    return _answer(["-m", "tests.bench.window_alone", what, str(city), str(number)])


def _answer(arguments: Sequence[str]) -> str:
    made = subprocess.run([sys.executable, *arguments], stdout=subprocess.PIPE, text=True, check=True, env=_offscreen())
    return made.stdout.splitlines()[-1]


def _offscreen() -> dict[str, str]:
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
