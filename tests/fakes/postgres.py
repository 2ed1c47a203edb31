"""A PostgreSQL cluster of one's own that is thrown away: for tests, and for measuring."""

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
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg


def _programs() -> Path:
    """The folder of the newest PostgreSQL's programs."""
    installed = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    if newest := max(installed, key=lambda path: int(path.parts[-3]), default=None):
        return newest.parent
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    raise RuntimeError("PostgreSQL is not installed; `sh installer/test` installs it.")


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
    """Returns when the server takes connections; raises with its log when it ends or stays silent for 30 s."""
    until = time.monotonic() + 30
    while time.monotonic() < until and server.poll() is None:
        with suppress(psycopg.OperationalError), psycopg.connect(url, connect_timeout=2):
            return
        time.sleep(0.05)
    raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text()}")


@contextmanager
def throw_away_cluster(*, durable: bool = False) -> Iterator[str]:
    """The superuser's URL of a new cluster, gone afterwards; `durable` syncs as a real one does, at its speed."""
    programs, password, port = _programs(), secrets.token_hex(8), _free_port()
    owner = "postgres" if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="counter-postgres-"))
    data = _make_cluster(folder, programs, owner, password)
    speed = [] if durable else ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]
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
