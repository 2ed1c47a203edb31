"""Keys of a real station: kept by a real key store, proven on paper, changed, lost; each trouble is one sentence."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from counter_app import archive_check
from counter_app.bootstrap import make_demo
from db import keys
from tests.cli.conftest import Command, Play
from tests.fakes.secret_service import PASSWORD, SecretService, secret_service

WORDS = ("init", "--city", "Elmwood", "--site", "City Hall", "--station", "A1", "--json", "--dir")
NO_STORE = {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
PUT = "import sys, keyring; keyring.set_password('counter-app', sys.argv[1], sys.argv[2])"
DROP = "import sys, keyring; keyring.delete_password('counter-app', sys.argv[1])"
FIND = "import sys, keyring; print(keyring.get_password('counter-app', sys.argv[1]))"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SecretService]:
    with secret_service(tmp_path_factory.mktemp("desktop")) as service:
        yield service


@pytest.fixture(scope="module")
def hall(store: SecretService, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """A real station whose key is in the store, and what its making printed once."""
    folder = tmp_path_factory.mktemp("hall") / "station"
    done = subprocess.run(
        [sys.executable, "-m", "counter_app", *WORDS, str(folder)],
        capture_output=True, text=True, check=True, timeout=60, env={**os.environ, **store.environment},
    )  # fmt: skip
    return folder, json.loads(done.stdout)


@pytest.fixture
def opened(hall: tuple[Path, dict[str, Any]], store: SecretService, command: Command) -> Any:
    """Start the station's program as the person at the desktop; exit code and its one sentence."""

    def run(**environment: str) -> tuple[int, str]:
        done = command("verify", "--dir", hall[0], **{**store.environment, **environment})
        assert "Traceback" not in done.stderr
        if done.returncode:
            assert len(done.stderr.splitlines()) == 1, done.stderr
        return done.returncode, done.stderr

    return run


@pytest.fixture
def kept(hall: tuple[Path, dict[str, Any]], store: SecretService) -> Iterator[Any]:
    """Puts another key into the store for a while; the right one is back afterwards."""
    folder, made = hall
    right = keys.from_recovery_code(made["recovery_code"])
    yield lambda key: store.ask(PUT, str(folder), key)
    store.unlock()
    store.ask(PUT, str(folder), right)


def test_the_store_has_the_key_and_no_file_has_it(
    hall: tuple[Path, dict[str, Any]], store: SecretService, opened: Any
) -> None:
    folder, made = hall
    key = keys.from_recovery_code(made["recovery_code"])
    assert store.ask(FIND, str(folder)) == key
    assert opened() == (0, "")
    for file in folder.rglob("*"):
        data = file.read_bytes()
        for secret in (key.encode(), bytes.fromhex(key), made["recovery_code"].encode()):
            assert secret not in data, file


def test_a_locked_store_is_said_and_the_code_opens(hall: tuple[Path, Any], store: SecretService, opened: Any) -> None:
    store.lock()
    try:
        code, words = opened()
        assert code == 1
        assert "locked and was not unlocked" in words
        assert opened(COUNTER_APP_RECOVERY_CODE=hall[1]["recovery_code"]) == (0, "")
    finally:
        store.unlock()
    assert opened() == (0, "")


def test_a_wrong_password_leaves_the_store_locked(store: SecretService, opened: Any) -> None:
    store.unlock(f"{PASSWORD} no longer")
    try:
        code, words = opened()
    finally:
        store.unlock()
    assert code == 1
    assert "locked and was not unlocked" in words


@pytest.mark.parametrize(
    ("backend", "says"),
    [
        ({"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}, "no key store that answers"),
        ({"PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"}, "holds no key"),
        ({"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere/bus"}, "no key store that answers"),
    ],
)
def test_a_store_that_is_not_there_is_said(backend: dict[str, str], says: str, opened: Any) -> None:
    code, words = opened(**backend)
    assert code == 1
    assert says in words
    assert "COUNTER_APP_RECOVERY_CODE" in words


@pytest.mark.parametrize(
    ("key", "says"),
    [
        ("0" * 63, "damaged; use the recovery code"),
        ("", "damaged; use the recovery code"),
        ("z" * 64, "damaged; use the recovery code"),
        ("0" * 64, "does not open with its key"),
    ],
)
def test_a_key_in_the_store_that_is_none_or_anothers(key: str, says: str, kept: Any, opened: Any) -> None:
    kept(key)
    code, words = opened()
    assert code == 1
    assert says in words


def test_a_key_that_was_taken_out_of_the_store(
    hall: tuple[Path, dict[str, Any]], store: SecretService, kept: Any, opened: Any
) -> None:
    store.ask(DROP, str(hall[0]))
    code, words = opened()
    assert code == 1
    assert "holds no key for" in words


def _slip(code: str) -> str:
    return ("A" if code[0] != "A" else "B") + code[1:]


@pytest.mark.parametrize(
    ("written", "code", "says"),
    [
        (lambda code: code, 0, ""),
        (lambda code: code.lower().replace("-", " "), 0, ""),
        (lambda code: code.replace("O", "0").replace("I", "1"), 0, ""),
        (_slip, 1, "wrong character"),
        (lambda code: code[:-3], 1, "wrong character"),
        (lambda _: "", 1, "wrong character"),
        (lambda _: keys.recovery_code("0" * 64), 1, "it is another's"),
    ],
)
def test_the_recovery_code_is_proven_by_its_use(
    written: Any, code: int, says: str, hall: tuple[Path, dict[str, Any]], command: Command
) -> None:
    given = written(hall[1]["recovery_code"])
    done = command("key", "check", "--dir", hall[0], given=f"{given}\n", **NO_STORE)
    assert (done.returncode, len(done.stderr.splitlines())) == (code, code), done.stderr
    assert says in done.stderr


def rotate(folder: Path, answer: str | None, person: str = "admin", **environment: str) -> tuple[int, str, str]:
    """Change the key of the file and read the new code back, or `answer` in its place: exit code, code, words."""
    program = subprocess.Popen(
        [sys.executable, "-m", "counter_app", "key", "rotate", "file", "--by", person, "--json", "--dir", str(folder)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, **environment},
    )  # fmt: skip
    assert program.stdin is not None
    assert program.stdout is not None
    if password := environment.get("PASSWORD"):
        program.stdin.write(f"{password}\n")
        program.stdin.flush()
    code: str = json.loads(program.stdout.readline())["recovery_code"]
    _, words = program.communicate(f"{answer if answer is not None else code}\n", timeout=60)
    return program.returncode, code, words


def test_a_new_key_of_the_file_replaces_the_old_one_in_the_store(
    store: SecretService, tmp_path: Path, command: Command
) -> None:
    folder = tmp_path / "hall"
    made = json.loads(command(*WORDS, folder, **store.environment).stdout)
    there = {**store.environment, "PASSWORD": made["password"]}
    assert command("sync", "--once", "--dir", folder, **store.environment).returncode == 0
    done, _, words = rotate(folder, keys.recovery_code("0" * 64), **there)
    assert (done, words) == (1, "That is another recovery code; the key was not changed.\n")
    assert command("verify", "--dir", folder, **store.environment).returncode == 0
    done, code, words = rotate(folder, None, **there)
    assert done == 0, words
    assert store.ask(FIND, str(folder)) == keys.from_recovery_code(code)
    assert store.ask(FIND, f"{folder} next") == "None"
    assert command("verify", "--full", "--dir", folder, **store.environment).returncode == 0
    assert command("sync", "--once", "--dir", folder, **store.environment).returncode == 0, "the copy has it too"
    given = made["recovery_code"]
    assert "another's" in command("key", "check", "--dir", folder, given=given, **NO_STORE).stderr
    assert command("key", "check", "--dir", folder, given=code, **NO_STORE).returncode == 0


def test_without_a_key_store_the_new_code_alone_opens(tmp_path: Path, command: Command) -> None:
    folder = tmp_path / "hall"
    made = json.loads(command(*WORDS, folder, **NO_STORE).stdout)
    old = {**NO_STORE, "COUNTER_APP_RECOVERY_CODE": made["recovery_code"]}
    assert command("sync", "--once", "--dir", folder, **old).returncode == 0
    done, code, words = rotate(folder, None, **old, PASSWORD=made["password"])
    assert done == 0, words
    assert command("verify", "--dir", folder, **old).returncode == 1
    new = {**NO_STORE, "COUNTER_APP_RECOVERY_CODE": code}
    assert command("verify", "--full", "--dir", folder, **new).returncode == 0
    assert command("sync", "--once", "--dir", folder, **new).returncode == 0


@pytest.mark.parametrize("point", ["before_swap", "after_swap"])
def test_killed_while_the_key_changes_a_kept_key_opens_the_file(
    point: str, demo: Path, command: Command, play: Play
) -> None:
    assert command("sync", "--once", "--dir", demo).returncode == 0
    done, code, _ = rotate(demo, None, person="adam", COUNTER_APP_FAULT=point)
    assert done == -signal.SIGKILL
    before = (demo / "demo.key").read_text().strip()
    assert before != keys.from_recovery_code(code)
    assert command("verify", "--full", "--dir", demo).returncode == 0
    [sold] = play({"act": "no_sale", "by": "lee", "reason": "change"})
    assert sold["ok"] or "drawer" in sold["refused"]
    after = (demo / "demo.key").read_text().strip()
    assert (after == keys.from_recovery_code(code)) == (point == "after_swap")
    assert command("sync", "--once", "--dir", demo).returncode == 0, "the copy opens as well"
    assert command("verify", "--full", "--dir", demo).returncode == 0


def test_a_new_signing_key_is_announced_by_the_old_one_and_every_proof_follows_it(
    demo: Path, command: Command, play: Play, tmp_path: Path, database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other"
    make_demo(other, accounts=5, station="A2")
    assert command("central", "init", database_url).returncode == 0
    for folder in (demo, other):
        assert command("central", "join", database_url, "--dir", folder).returncode == 0
        assert command("sync", "--once", "--dir", folder).returncode == 0
    refused = command("key", "rotate", "signing", "--by", "maria", "--dir", demo)
    assert "may not change keys" in refused.stderr
    assert command("key", "rotate", "signing", "--by", "adam", "--dir", demo).returncode == 0
    play({"act": "copy_receipt", "by": "lee", "number": "A1-000001"})
    opened = {"act": "open_drawer", "by": "maria", "at": "2026-11-23T08:00:00-08:00", "drawer": "D1", "count": {"5": 1}}
    assert play(opened)[0]["ok"]
    for folder in (demo, other):
        assert command("sync", "--once", "--dir", folder).returncode == 0
        assert command("verify", "--full", "--dir", folder).returncode == 0
        assert command("verify", "--dir", folder).returncode == 0
    assert play({**opened, "by": "ben", "drawer": "D2"})[0]["ok"]
    for folder in (demo, other):  # the new key is known already when these come
        assert command("sync", "--once", "--dir", folder).returncode == 0
    archive = tmp_path / "journal.jsonl"
    assert command("export", "journal", "-o", archive, "--dir", other).returncode == 0
    assert archive_check.main([str(archive)]) == 0
    assert "changed in entry" in capsys.readouterr().out
    assert command("central", "join", database_url, "--dir", demo).returncode == 0, (
        "city hall knows it by its first key"
    )


def test_a_lost_key_is_answered_by_a_new_station_that_takes_the_work_over(
    demo: Path, command: Command, play: Play, tmp_path: Path, database_url: str
) -> None:
    assert command("central", "init", database_url).returncode == 0
    assert command("central", "join", database_url, "--dir", demo).returncode == 0
    assert command("sync", "--once", "--dir", demo).returncode == 0
    (demo / "demo.key").unlink()
    lost = command("play", "-", "--dir", demo, **NO_STORE)
    assert lost.returncode == 1
    assert "COUNTER_APP_RECOVERY_CODE" in lost.stderr
    words = ("--central", database_url, "--from", "A1", "--station", "A7", "--json", "--dir", tmp_path / "new")
    taken = command("adopt", *words)
    assert taken.returncode == 0, taken.stderr
    assert json.loads(taken.stdout)["adopted"] == "A1"
    assert command("verify", "--full", "--dir", tmp_path / "new").returncode == 0
