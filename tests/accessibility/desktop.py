"""A desktop of a test's own: a screen that nobody sees, the buses that screen readers live on, and programs on it.

Everything is the real thing: X11, D-Bus, AT-SPI and Qt's xcb platform. Nothing of it is shared with the machine's own
desktop, and all of it is gone at the end.
"""

import os
import signal
import struct
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from jeepney import DBusAddress, new_method_call
from jeepney.io.blocking import open_dbus_connection

SCREEN = "1280x800x24"
_PIPE = "{pipe}"
_ENDED_WITHIN_S = 10


class Pixels:
    """The whole screen at one instant, from the file that Xvfb draws into: a header by X11/XWDFile.h, then rows."""

    def __init__(self, dump: bytes) -> None:
        head = struct.unpack(">25I", dump[:100])
        self._start, self._line = head[0] + 12 * head[19], head[12]
        self._dump = dump

    def row(self, y: int, left: int, width: int) -> bytes:
        """Some pixels of a row, 4 bytes each."""
        start = self._start + y * self._line + left * 4
        return self._dump[start : start + width * 4]

    def differ(self, other: "Pixels", box: tuple[int, int, int, int], least: float) -> bool:
        """Whether so many pixels of a box (left, top, width, height) are not as they are in the other."""
        left, top, width, height = box
        found = 0
        for y in range(max(top, 0), top + height):
            ours, theirs = (pixels.row(y, max(left, 0), width) for pixels in (self, other))
            if ours != theirs:
                found += sum(ours[x : x + 4] != theirs[x : x + 4] for x in range(0, len(ours), 4))
            if found >= least:
                return True
        return False


@dataclass(frozen=True, slots=True)
class Desktop:
    """Where programs find it (`environment`), where screen readers do (`bus`), what its programs complained (`log`),
    and what its screen shows (`picture`).
    """

    environment: dict[str, str]
    bus: str
    log: Path
    picture: Path

    def pixels(self) -> Pixels:
        """What the screen shows now."""
        return Pixels(self.picture.read_bytes())

    @contextmanager
    def program(self, folder: Path, *more: str) -> Iterator[subprocess.Popen[str]]:
        """The counter of a station's folder in its window, ready for keys; it must end well."""
        with self.log.open("a") as log:
            started = subprocess.Popen(
                [sys.executable, "-m", "counter_app", "--dir", str(folder), *more],
                stdout=subprocess.PIPE, stderr=log, text=True, env=self.environment,
            )  # fmt: skip
        with started as program:
            try:
                assert program.stdout is not None
                assert program.stdout.readline() == "ready\n", self.log.read_text()
                yield program
            finally:
                program.send_signal(signal.SIGTERM)
                ended = program.wait(_ENDED_WITHIN_S)
        assert ended == 0, self.log.read_text()


@contextmanager
def desktop() -> Iterator[Desktop]:
    """A screen and its buses; what they need is in installer/packages-test.txt."""
    # A short path: the name of a socket in it may have 107 bytes.
    with TemporaryDirectory(prefix="desktop-", ignore_cleanup_errors=True) as folder:
        log = Path(folder) / "log"
        environment = _environment(Path(folder))
        xvfb = ["Xvfb", "-screen", "0", SCREEN, "-nolisten", "tcp", "-fbdir", folder, "-displayfd", _PIPE]
        bus = ["dbus-daemon", "--session", "--nofork", "--nopidfile", f"--print-address={_PIPE}"]
        with _serving(xvfb, environment, log) as screen:
            environment["DISPLAY"] = f":{screen}"
            with _serving(bus, environment, log) as address:
                environment["DBUS_SESSION_BUS_ADDRESS"] = address
                yield Desktop(environment, _accessibility_bus(address), log, Path(folder) / "Xvfb_screen0")


def _environment(folder: Path) -> dict[str, str]:
    """Ours, without what belongs to the machine's own desktop; Qt is told that somebody has the screen read."""
    machines = ("QT_", "XDG_", "DBUS_", "AT_SPI_", "WAYLAND_")
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith(machines)},
        "HOME": str(folder),
        "XDG_RUNTIME_DIR": str(folder),
        "QT_QPA_PLATFORM": "xcb",
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        "LC_ALL": "C.UTF-8",
    }


@contextmanager
def _serving(command: Sequence[str], environment: dict[str, str], log: Path) -> Iterator[str]:
    """A server, and where it is, which it writes into the pipe."""
    reading, writing = os.pipe()
    with log.open("a") as errors:
        server = subprocess.Popen(
            [word.replace(_PIPE, str(writing)) for word in command],
            stdout=subprocess.DEVNULL, stderr=errors, env=environment, pass_fds=[writing],
        )  # fmt: skip
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            where = told.readline().strip()
        assert where, log.read_text()
        yield where
    finally:
        server.terminate()
        server.wait(_ENDED_WITHIN_S)


def _accessibility_bus(session_bus: str) -> str:
    """The bus of screen readers, which the session's bus starts when somebody asks for it."""
    with open_dbus_connection(session_bus) as session:
        asked = new_method_call(DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus"), "GetAddress")
        (address,) = session.send_and_get_reply(asked, timeout=_ENDED_WITHIN_S).body
        return str(address)
