"""What goes wrong around the counter is one sentence: wrong commands, full disks, read-only folders, nobody's name."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from counter_app.bootstrap import DATABASE, open_station, wedge_of
from counter_app.cli import main
from counter_app.devices.wedge import Wedge
from db.keys import find_key
from db.storage import open_storage
from tests.cli.conftest import Command, Play
from tests.cli.test_command_line import COPIES, OPEN

PROGRAM = (sys.executable, "-m", "counter_app")
NO_OVERRIDE = "-dac_override,-dac_read_search"


def sentence(done: subprocess.CompletedProcess[str], code: int = 1) -> str:
    """The one sentence on standard error."""
    assert done.returncode == code, done.stdout + done.stderr
    [line] = done.stderr.splitlines()
    assert line.endswith(".")
    return line


def bound(*words: object, before: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """The program as somebody whom permissions bind, root or not, after shell words like `ulimit`."""
    drop = ("setpriv", f"--bounding-set={NO_OVERRIDE}", f"--inh-caps={NO_OVERRIDE}") if os.geteuid() == 0 else ()
    return subprocess.run(
        ["sh", "-c", f'{before} exec "$@"', "sh", *drop, *PROGRAM, *map(str, words)],
        capture_output=True, text=True, timeout=60, check=False, env={**os.environ, **environment},
    )  # fmt: skip


@pytest.fixture
def read_only(demo: Path) -> Iterator[Path]:
    """An auditor's copy of a demo."""
    for file in demo.iterdir():
        if file.name not in (DATABASE, "demo.key"):
            file.unlink()
    (demo / DATABASE).chmod(0o444)
    demo.chmod(0o555)
    yield demo
    demo.chmod(0o755)


@pytest.mark.parametrize(
    "words",
    [
        ("no-such-command",), ("init",), ("verify", "--ful"), ("import", "cats"), ("rebuild",), ("verify", "\udc80"),
        ("export", "payments", "--batch", "x"), ("demo", "--accounts", "many"), ("--dir",), ("central", "add"),
    ],
)  # fmt: skip
def test_a_wrong_command_is_one_sentence_and_under_json_a_value(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--json", *words]) == 2
    printed = capsys.readouterr()
    [line] = printed.err.splitlines()
    assert line.endswith(".")
    assert json.loads(printed.out) == {"ok": False, "error": line}


def test_a_wrong_command_prints_nothing_else(command: Command) -> None:
    done = command("rebuild")
    assert "required" in sentence(done, 2)
    assert done.stdout == ""


def test_help_is_still_given(command: Command) -> None:
    helped = command("import", "--help")
    assert helped.returncode == 0
    assert "--skip-bad" in helped.stdout


def test_a_demos_station_has_an_id_like_any_other(tmp_path: Path, command: Command) -> None:
    done = command("demo", "--no-window", "--station", "bad station", "--dir", tmp_path / "city")
    assert "capital letters" in sentence(done, 2)
    assert not (tmp_path / "city").exists()


@pytest.mark.parametrize("by", ["nobody", "maria", "ruth"])
def test_devices_are_attached_by_those_who_may(by: str, demo: Path, command: Command) -> None:
    before = json.loads(command("verify", "--dir", demo, "--json").stdout)["entries"]
    assert by in sentence(command("devices", "--set", "printer=screen", "--by", by, "--dir", demo)).lower()
    assert json.loads(command("verify", "--dir", demo, "--json").stdout)["entries"] == before
    for one in ("lee", "ana", "adam"):
        assert command("devices", "--set", "printer=screen", "--by", one, "--dir", demo).returncode == 0


def test_a_scanner_is_written_down_as_it_frames_its_lines(demo: Path, command: Command) -> None:
    done = command("devices", "--set", "scanner=keyboard:~", "--by", "lee", "--dir", demo)
    assert done.returncode == 0, done.stderr
    assert "is no scanner" in command("devices", "--set", "scanner=usb", "--by", "lee", "--dir", demo).stderr
    station = open_station(demo, "a look", writes=False)
    try:
        assert wedge_of(station) == Wedge("~")
    finally:
        station.close()


def test_a_batch_is_written_again_beside_an_open_window(
    demo: Path, command: Command, play: Play, tmp_path: Path
) -> None:
    payment: dict[str, Any] = {"fee": "UB-PMT", "account": "10000017", "amount_cents": 500}
    play(OPEN, {**COPIES, "lines": [payment]})
    first, again = tmp_path / "first.csv", tmp_path / "again.csv"
    assert command("export", "payments", "-o", first, "--dir", demo).returncode == 0
    window = open_station(demo, "the counter's window")
    try:
        done = command("export", "payments", "--batch", 1, "-o", again, "--dir", demo)
        new = command("export", "payments", "-o", again, "--dir", demo)
    finally:
        window.close()
    assert done.returncode == 0, done.stderr
    assert again.read_bytes() == first.read_bytes()
    assert "the counter's window" in sentence(new)


def test_an_auditors_read_only_copy_is_proved_and_exported(read_only: Path, tmp_path: Path) -> None:
    for words in (("verify", "--full"), ("rebuild", "--check"), ("export", "books", "-o", tmp_path / "books")):
        done = bound(*words, "--dir", read_only)
        assert done.returncode == 0, done.stdout + done.stderr
    assert {path.name for path in read_only.iterdir()} == {DATABASE, "demo.key"}


def test_a_read_only_folder_is_a_sentence_for_whoever_writes(read_only: Path) -> None:
    assert "written" in sentence(bound("play", "-", "--dir", read_only))
    assert "Permission denied" in sentence(bound("demo", "--no-window", "--dir", read_only / "city"))
    assert "Permission denied" in sentence(bound("export", "books", "-o", read_only / "books", "--dir", read_only))


def test_a_key_that_may_not_be_read_is_a_sentence(demo: Path) -> None:
    (demo / "demo.key").chmod(0)
    assert "Permission denied" in sentence(bound("verify", "--dir", demo))


def test_an_empty_database_is_a_sentence(demo: Path, command: Command) -> None:
    for name in (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm"):
        (demo / name).unlink(missing_ok=True)
    (demo / DATABASE).touch()
    for words in (("verify",), ("play", "-"), ("demo", "--no-window"), ("rebuild", "--apply")):
        assert "is empty" in sentence(command(*words, "--dir", demo))


@pytest.mark.parametrize("blocks", [10, 600, 1_500])
def test_a_disk_that_is_full_while_a_demo_is_made_leaves_nothing(blocks: int, tmp_path: Path) -> None:
    folder = tmp_path / "city"
    done = bound("demo", "--no-window", "--accounts", 3_000, "--dir", folder, before=f"ulimit -f {blocks};")
    assert sentence(done)
    assert not folder.exists()


def test_a_folder_that_is_a_file_is_a_sentence(tmp_path: Path, command: Command) -> None:
    (tmp_path / "file").write_text("x")
    for words in (("demo", "--no-window"), ("verify",), ("play", "-")):
        assert sentence(command(*words, "--dir", tmp_path / "file"))


ODD = {
    "a nest of lists": b"[" * 200_000,
    "no text": b'{"actor":"\xff\xfe"}',
    "nothing": b"",
    "a nest in the event": b'{"actor":"a","approver":null,"at":"2026-11-23T17:15:00.000Z","business_date":null,"event":'
    + b'{"a":' * 100_000 + b"1" + b"}" * 100_000
    + b',"kind":"Odd","numbers":{},"seq":2,"session":null,"station":"A1","version":1,"zone":"UTC"}',
    "a huge number": b'{"seq":' + b"9" * 10_000 + b"}",
}  # fmt: skip


@pytest.mark.parametrize("body", ODD.values(), ids=ODD)
@pytest.mark.parametrize("seq", [1, 2])
def test_odd_bytes_in_a_body_are_named_and_stop_no_proof(
    demo: Path, capsys: pytest.CaptureFixture[str], body: bytes, seq: int
) -> None:
    store = open_storage(demo / DATABASE, find_key(demo))
    with store.writer.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER entry_no_update")
        connection.exec_driver_sql("UPDATE entry SET body = ? WHERE seq = ?", (body, seq))
    store.close()
    for words in (("verify", "--full"), ("rebuild", "--check"), ("verify",)):
        assert main([*words, "--dir", str(demo)]) == 1
        printed = capsys.readouterr()
        assert f"A1 entry {seq}" in printed.out + printed.err


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE ref_text SET text = 'x = [' WHERE kind = 'settings'",
        "DELETE FROM ref_text",
        "UPDATE ref_text SET text = CAST(x'fffe' AS TEXT)",
        "DELETE FROM setting",
        "UPDATE secret SET value = x'00' WHERE name = 'signing key'",
        "UPDATE private SET value = CAST(x'fffe' AS TEXT) WHERE rowid = (SELECT min(rowid) FROM private)",
        "DROP TABLE reference_load",
        "DROP TABLE entry",
    ],
)
def test_a_database_somebody_was_at_is_a_sentence(demo: Path, change: str) -> None:
    store = open_storage(demo / DATABASE, find_key(demo))
    with store.writer.begin() as connection:
        connection.exec_driver_sql(change)
    store.close()
    (demo / "acts").write_text(json.dumps(OPEN))
    assert main(["verify", "--full", "--dir", str(demo)]) == 1
    for words in (("rebuild", "--check"), ("play", str(demo / "acts")), ("export", "books", "-o", str(demo / "b"))):
        assert main([*words, "--dir", str(demo)]) in (0, 1)
