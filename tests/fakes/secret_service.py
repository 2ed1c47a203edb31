"""A desktop's own key store on a private session bus: gnome-keyring, which the test unlocks with a password, or not."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

BACKEND = {"PYTHON_KEYRING_BACKEND": "keyring.backends.SecretService.Keyring"}
PASSWORD = "a desktop's password"


class SecretService:
    """The bus, and the daemon that keeps secrets on it; `environment` leads a program there."""

    def __init__(self, home: Path) -> None:
        run = home / "run"
        run.mkdir(parents=True, mode=0o700, exist_ok=True)
        run.chmod(0o700)
        started = subprocess.run(
            ["dbus-daemon", "--session", "--fork", "--print-address=1", "--print-pid=1"],
            capture_output=True, text=True, check=True, timeout=20,
            env={**os.environ, "HOME": str(home), "XDG_RUNTIME_DIR": str(run)},
        )  # fmt: skip
        address, pid = started.stdout.split()
        self._bus = int(pid)
        self._daemon: subprocess.Popen[bytes] | None = None
        self.environment = {
            **BACKEND,
            "HOME": str(home),
            "XDG_RUNTIME_DIR": str(run),
            "XDG_DATA_HOME": str(home / "data"),
            "DBUS_SESSION_BUS_ADDRESS": address,
        }

    def unlock(self, password: str = PASSWORD) -> None:
        """The daemon, unlocked as by a person who signs in to the desktop; the first password is the store's."""
        self._start(["--unlock"], given=password)

    def lock(self) -> None:
        """The daemon as it is when nobody has unlocked it yet."""
        self._start([], given="")

    def stop(self) -> None:
        """Ends the daemon: nothing answers on the bus then."""
        if self._daemon is not None:
            self._daemon.terminate()
            self._daemon.wait(10)
            self._daemon = None

    def close(self) -> None:
        """Ends both."""
        self.stop()
        with suppress(ProcessLookupError):
            os.kill(self._bus, signal.SIGTERM)

    def ask(self, code: str, *words: str) -> str:
        """What a Python program prints that talks to the key store."""
        done = subprocess.run(
            [sys.executable, "-c", code, *words],
            capture_output=True, text=True, check=True, timeout=30, env={**os.environ, **self.environment},
        )  # fmt: skip
        return done.stdout.strip()

    def _start(self, how: list[str], given: str) -> None:
        self.stop()
        self._daemon = subprocess.Popen(
            ["gnome-keyring-daemon", "--replace", "--foreground", "--components=secrets", *how],
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env={**os.environ, **self.environment},
        )  # fmt: skip
        assert self._daemon.stdin is not None
        self._daemon.stdin.write(given.encode())
        self._daemon.stdin.close()
        self.ask(_WAIT)


_WAIT = """
import time, secretstorage
for _ in range(200):
    try:
        bus = secretstorage.dbus_init()
        if secretstorage.check_service_availability(bus):
            break
    except Exception:
        pass
    time.sleep(0.05)
"""


@contextmanager
def secret_service(home: Path) -> Iterator[SecretService]:
    """An unlocked key store of its own, gone afterwards."""
    assert shutil.which("gnome-keyring-daemon"), "gnome-keyring is not installed; `sh installer/test` installs it"
    service = SecretService(home)
    try:
        service.unlock()
        yield service
    finally:
        service.close()
