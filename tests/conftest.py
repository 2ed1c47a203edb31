"""What every test runs under: no screen, seeded examples, no unannounced warning, a PostgreSQL that is thrown away."""

import contextlib
import logging
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from hypothesis import HealthCheck, settings
from psycopg import sql

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# A push plays the same examples each time, so that it fails for its own change only; the night looks for new ones
# (`--hypothesis-profile=nightly`). No deadline: two workers share the machine with a database.
_EITHER = settings(deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("push", _EITHER, derandomize=True, max_examples=100)
settings.register_profile("nightly", _EITHER, max_examples=2_000)
settings.load_profile("push")


class _Unannounced(logging.Handler):
    """Keeps the records at WARNING and above that no test announced with `caplog.at_level(<exactly that level>)`."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno not in (logging.getLogger().level, logging.getLogger(record.name).level):
            self.records.append(f"{record.levelname} {record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def no_unannounced_warning() -> Iterator[None]:
    """A line logged at WARNING or above fails the test, unless it runs inside `caplog.at_level(logging.WARNING)`."""
    root, handler = logging.getLogger(), _Unannounced()
    level = root.level
    if level == logging.WARNING:  # the default, which announces nothing
        root.setLevel(logging.INFO)
    root.addHandler(handler)
    yield
    root.removeHandler(handler)
    root.setLevel(level)
    assert not handler.records, "unannounced log lines:\n" + "\n".join(handler.records)


def _postgres_programs() -> Path:
    """The folder of the newest PostgreSQL's programs."""
    installed = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    if newest := max(installed, key=lambda path: int(path.parts[-3]), default=None):
        return newest.parent
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    pytest.fail("PostgreSQL is not installed; `sh installer/test` installs it.")


def _as_owner(owner: str | None) -> list[str]:
    """The words before a command that run it as `owner` (PostgreSQL refuses root) and end it with this process."""
    change = [] if owner is None else [f"--reuid={owner}", f"--regid={owner}", "--init-groups"]
    return ["setpriv", *change, "--pdeathsig", "QUIT", "--"]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _make_cluster(folder: Path, programs: Path, owner: str | None, password: str) -> Path:
    """A new cluster's data folder: passwords are checked (SCRAM), the superuser is `postgres`."""
    data, password_file = folder / "data", folder / "password"
    password_file.write_text(password)
    if owner:
        account = pwd.getpwnam(owner)
        os.chown(folder, account.pw_uid, account.pw_gid)
        os.chown(password_file, account.pw_uid, account.pw_gid)
    initdb = [str(programs / "initdb"), "-D", str(data), "-U", "postgres", f"--pwfile={password_file}"]
    options = ["-A", "scram-sha-256", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions"]
    subprocess.run([*_as_owner(owner), *initdb, *options], check=True, capture_output=True, cwd=folder)
    return data


def _wait_for_answer(url: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    """Returns when the server takes connections; fails with its log when it ends or stays silent for 30 s."""
    until = time.monotonic() + 30
    while time.monotonic() < until and server.poll() is None:
        with contextlib.suppress(psycopg.OperationalError), psycopg.connect(url, connect_timeout=2):
            return
        time.sleep(0.05)
    pytest.fail(f"PostgreSQL did not start:\n{log.read_text()}")


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The superuser's URL of a PostgreSQL cluster that lives as long as this worker."""
    programs, password, port = _postgres_programs(), secrets.token_hex(8), _free_port()
    owner = "postgres" if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="counter-postgres-"))
    data = _make_cluster(folder, programs, owner, password)
    speed = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]
    where = ["-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={folder}", "-p", str(port)]
    command = [*_as_owner(owner), str(programs / "postgres"), "-D", str(data), *where, *speed]
    url = f"postgresql://postgres:{password}@127.0.0.1:{port}/postgres"
    log = folder / "log"
    with log.open("wb") as output:
        server = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT, cwd=folder)
    try:
        _wait_for_answer(url, server, log)
        yield url
    finally:
        server.send_signal(signal.SIGQUIT)  # at once; nothing is kept
        server.wait(timeout=30)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def database_url(postgres_url: str) -> Iterator[str]:
    """The superuser's URL of an empty database; it and every role made meanwhile are gone after the test."""
    name = f"test_{secrets.token_hex(6)}"
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    yield postgres_url.removesuffix("postgres") + name
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
        made = connection.execute("SELECT rolname FROM pg_roles WHERE rolname <> 'postgres' AND rolname !~ '^pg_'")
        for (role,) in made.fetchall():
            connection.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(role)))
