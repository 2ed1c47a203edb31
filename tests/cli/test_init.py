"""A real station is made with whatever key store the computer has, opened again, and never left half made."""

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Command

WORDS = ("init", "--city", "Elmwood", "--site", "City Hall", "--station", "A1", "--dir")
NULL = {"PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"}
FAIL = {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}


@pytest.mark.parametrize("store", [NULL, FAIL])
def test_without_a_key_store_the_recovery_code_opens_the_station(
    store: dict[str, str], tmp_path: Path, command: Command
) -> None:
    folder = tmp_path / "hall"
    made = command(*WORDS, folder, "--json", **store)
    assert made.returncode == 0, made.stderr
    value = json.loads(made.stdout)
    assert value["key_store"] is False
    opened = command("verify", "--full", "--dir", folder, COUNTER_APP_RECOVERY_CODE=value["recovery_code"], **store)
    assert opened.returncode == 0, opened.stdout + opened.stderr
    closed = command("verify", "--dir", folder, **store)
    assert closed.returncode == 1
    assert len(closed.stderr.splitlines()) == 1
    assert "COUNTER_APP_RECOVERY_CODE" in closed.stderr
    assert "http" not in closed.stderr


def test_people_are_told_that_the_code_alone_opens_it(tmp_path: Path, command: Command) -> None:
    made = command(*WORDS, tmp_path / "hall", **NULL)
    assert "opens with the recovery code only (COUNTER_APP_RECOVERY_CODE)" in made.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="a pseudo-terminal")
def test_on_a_terminal_the_recovery_code_is_asked_for(tmp_path: Path, command: Command) -> None:
    code = json.loads(command(*WORDS, tmp_path, "--json", **NULL).stdout)["recovery_code"]
    ours, theirs = pty.openpty()
    try:
        with subprocess.Popen(
            [sys.executable, "-m", "counter_app", "verify", "--dir", str(tmp_path)],
            stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
            env={**os.environ, **NULL},
        ) as program:  # fmt: skip
            assert program.stderr is not None
            err = b""
            while not err.endswith(b"Recovery code: ") and (more := os.read(program.stderr.fileno(), 1_000)):
                err += more
            os.write(ours, f"{code}\n".encode())
            out, _ = program.communicate(timeout=30)
    finally:
        os.close(ours)
        os.close(theirs)
    assert program.returncode == 0, err
    assert b"the chain holds" in out
    assert b"holds no key" in err


_WITH_KEYRING = (
    'printf secret | gnome-keyring-daemon --unlock --components=secrets >/dev/null && "$@" init --city Elmwood'
    ' --site Hall --station A1 --dir "$0" --json && "$@" verify --full --dir "$0" --json'
)


def test_a_desktops_own_key_store_opens_the_station_without_the_code(tmp_path: Path) -> None:
    home = tmp_path / "home"
    (home / "run").mkdir(parents=True, mode=0o700)
    (home / "run").chmod(0o700)
    done = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", _WITH_KEYRING, str(tmp_path / "hall"),
         sys.executable, "-m", "counter_app"],
        capture_output=True, text=True, timeout=60, check=False,
        env={**os.environ, "HOME": str(home), "XDG_RUNTIME_DIR": str(home / "run"), "XDG_DATA_HOME": str(home),
             "PYTHON_KEYRING_BACKEND": "keyring.backends.SecretService.Keyring"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    made, proven = (json.loads(line) for line in done.stdout.splitlines() if line.startswith("{"))
    assert made["key_store"] is True
    assert proven["ok"] is True


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (("--station", "a 1"), 2),
        (("--city", "  "), 2),
        (("--city", "Elm\nwood"), 2),
        (("--central", "elsewhere"), 2),
        (("--people", "people.csv"), 2),
    ],
)
def test_what_cannot_be_made_leaves_nothing(
    wrong: tuple[str, str], code: int, tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = tmp_path / "people.csv"
    people.write_text("person,name,role,password,pin\nann,Ann,lead,long-enough,1234\nAnn,Ann,lead,long-enough,1234\n")
    folder = tmp_path / "hall"
    words = [*WORDS, folder, *(str(people) if word == "people.csv" else word for word in wrong)]
    done = command(*words, **FAIL)
    assert (done.returncode, folder.exists()) == (code, False)
    assert re.fullmatch(r"[^\n]+\n", done.stderr)


def test_a_full_disk_leaves_no_half_made_station(tmp_path: Path) -> None:
    done = subprocess.run(
        ["sh", "-c", 'ulimit -f 40; exec "$@"', "sh", sys.executable, "-m", "counter_app", *WORDS, str(tmp_path / "a")],
        capture_output=True, text=True, timeout=60, check=False, env={**os.environ, **NULL},
    )  # fmt: skip
    assert done.returncode == 1
    assert re.fullmatch(r"[^\n]+\n", done.stderr)
    assert not (tmp_path / "a").exists()


def test_a_name_with_quotes_and_slashes_is_kept_as_it_is(tmp_path: Path, command: Command) -> None:
    words = [word if word != "Elmwood" else r'El"m\1 wood' for word in WORDS]
    made = command(*words, tmp_path / "hall", "--json", **NULL)
    assert made.returncode == 0, made.stderr
    again = command(*WORDS, tmp_path / "hall", **NULL)
    assert again.returncode == 1
    assert "already" in again.stderr
    assert (tmp_path / "hall" / "counter.db").exists()
