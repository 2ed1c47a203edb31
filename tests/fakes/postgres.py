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
from collections.abc import Iterator, Sequence
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


class Cluster:
    """A server of one's own, in a folder of its own: `url` is its superuser's. It can be killed and started again.

    `settings` are more words of its command line.
    """

    def __init__(self, folder: Path, password: str, settings: Sequence[str] = ()) -> None:
        self.folder, self.data, self.port = folder, folder / "data", _free_port()
        self.owner = "postgres" if os.geteuid() == 0 else None
        self.settings = list(settings)
        self.password = password
        self._server: subprocess.Popen[bytes] | None = None
        self.give(folder)

    @property
    def url(self) -> str:
        """The superuser's."""
        return f"postgresql://postgres:{self.password}@127.0.0.1:{self.port}/postgres"

    def give(self, path: Path) -> None:
        """To the account that the server runs as."""
        if self.owner:
            account = pwd.getpwnam(self.owner)
            os.chown(path, account.pw_uid, account.pw_gid)

    def make(self) -> None:
        """A new data folder: passwords are checked (SCRAM), the superuser is `postgres`."""
        password_file = self.folder / "password"
        password_file.write_text(self.password)
        self.give(password_file)
        options = ["-A", "scram-sha-256", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions"]
        self._run("initdb", "-D", str(self.data), "-U", "postgres", f"--pwfile={password_file}", *options)

    def copy(self, primary: "Cluster", name: str) -> None:
        """Become a standby of `primary`, which knows it as `name`."""
        source = f"{primary.url}?application_name={name}"
        self._run("pg_basebackup", "-D", str(self.data), "-d", source, "-R", "-X", "stream", "-c", "fast", "--no-sync")

    def start(self) -> None:
        """Returns when it takes connections."""
        where = ["-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={self.folder}"]
        command = [str(_programs() / "postgres"), "-D", str(self.data), "-p", str(self.port), *where, *self.settings]
        log = self.folder / "log"
        with log.open("ab") as output:
            self._server = subprocess.Popen(
                [*_as_owner(self.owner), *command], stdout=output, stderr=subprocess.STDOUT, cwd=self.folder
            )
        _wait_for_answer(self.url, self._server, log)

    def kill(self) -> None:
        """SIGKILL to the server and everything it started, as a machine that dies; memory that it had not written is
        lost, what the operating system had of it is not."""
        server = self._running()
        children = _children(server.pid)
        for pid in (server.pid, *children):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        server.wait(timeout=30)
        until = time.monotonic() + 30
        while any(Path(f"/proc/{pid}").exists() for pid in children) and time.monotonic() < until:
            time.sleep(0.01)

    def stop(self, number: signal.Signals = signal.SIGINT) -> None:
        """End it: SIGINT rolls back what runs, SIGQUIT ends at once. What has ended already stays so; what does not end
        in time is ended as a service manager would."""
        server = self._running()
        if server.poll() is None:
            server.send_signal(number)
            try:
                server.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self.kill()

    def ask(self, statement: str, database: str = "postgres") -> list[tuple[object, ...]]:
        """As the superuser."""
        url = self.url.removesuffix("postgres") + database
        with psycopg.connect(url, autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def read_settings_again(self) -> None:
        """Returns when new connections are under the settings as the files have them now."""
        since = self.ask("SELECT pg_conf_load_time()")
        self.ask("SELECT pg_reload_conf()")
        while self.ask("SELECT pg_conf_load_time()") == since:
            time.sleep(0.01)

    def _running(self) -> "subprocess.Popen[bytes]":
        assert self._server is not None, "it was never started"
        return self._server

    def _run(self, program: str, *words: str) -> None:
        command = [*_as_owner(self.owner), str(_programs() / program), *words]
        subprocess.run(command, check=True, capture_output=True, cwd=self.folder)


def _children(pid: int) -> list[int]:
    """The processes that a process started."""
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(child) for child in listed.split()]


def _wait_for_answer(url: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    """Returns when the server takes connections; raises with its log when it ends or stays silent for 60 s."""
    until = time.monotonic() + 60
    while time.monotonic() < until and server.poll() is None:
        with suppress(psycopg.OperationalError), psycopg.connect(url, connect_timeout=2):
            return
        time.sleep(0.05)
    raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text()}")


@contextmanager
def cluster_folder() -> Iterator[Path]:
    """Where the account of a server may go; gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="counter-postgres-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


NOT_DURABLE = ("-c", "fsync=off", "-c", "full_page_writes=off")
"""For a server that only its own death threatens, never the machine's."""


@contextmanager
def running_cluster(settings: Sequence[str] = NOT_DURABLE) -> Iterator[Cluster]:
    """A new cluster that runs; gone afterwards."""
    with cluster_folder() as folder:
        cluster = Cluster(folder, secrets.token_hex(8), settings)
        cluster.make()
        cluster.start()
        try:
            yield cluster
        finally:
            cluster.stop(signal.SIGQUIT)


@contextmanager
def standby_of(primary: Cluster, name: str, settings: Sequence[str] = NOT_DURABLE) -> Iterator[Cluster]:
    """A streaming standby that runs; gone afterwards."""
    with cluster_folder() as folder:
        standby = Cluster(folder, primary.password, settings)
        standby.copy(primary, name)
        standby.start()
        try:
            yield standby
        finally:
            standby.stop(signal.SIGQUIT)


@contextmanager
def throw_away_cluster(*, durable: bool = False) -> Iterator[str]:
    """The superuser's URL of a new cluster, gone afterwards; `durable` syncs as a real one does, at its speed."""
    with running_cluster(() if durable else (*NOT_DURABLE, "-c", "synchronous_commit=off")) as cluster:
        yield cluster.url
