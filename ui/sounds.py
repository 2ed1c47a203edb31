"""The four sounds of the counter, played beside the window: a sound that hangs or fails is a sound that is missing.

Qt's own player is not in the part of PySide6 that we ship; what the system plays a small file with is. One thread, one
sound at a time; one that comes while another plays is dropped, because the screen shows the same.
"""

import queue
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from counter_app.screens.views import Sound

FOLDER = Path(__file__).parents[1] / "resources" / "sounds"
FILES = {
    Sound.GOOD: "scan-good.wav",
    Sound.UNKNOWN: "scan-unknown.wav",
    Sound.DONE: "money-done.wav",
    Sound.ATTENTION: "attention.wav",
}
PLAYERS = (("pw-play",), ("paplay",), ("aplay", "-q"))
LONGEST_S = 2.0

Player = Callable[[Path], None]


def player_here(platform: str) -> Player | None:
    """How this computer plays a file; None on a screen that nobody sits at, and where nothing can."""
    if platform == "offscreen":
        return None
    if sys.platform == "win32":
        import winsound  # noqa: PLC0415 of Windows alone

        return lambda file: winsound.PlaySound(str(file), winsound.SND_FILENAME)
    for command, *options in PLAYERS:
        found = shutil.which(command)
        if found:
            return lambda file: _run([found, *options, str(file)])
    return None


def _run(command: list[str]) -> None:
    subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        timeout=LONGEST_S, check=False,
    )  # fmt: skip


class Sounds:
    """`play` returns at once; without a player, or muted, it does nothing."""

    def __init__(self, player: Player | None, *, on: bool = True) -> None:
        self._player, self.on = player, on
        self._waiting: queue.Queue[Path | None] = queue.Queue(maxsize=1)
        self._thread: threading.Thread | None = None

    def play(self, sound: str) -> None:
        """One sound of `Sound`."""
        name = FILES.get(Sound(sound))
        if not self.on or self._player is None or name is None:
            return
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="sounds", daemon=True)
            self._thread.start()
        try:
            self._waiting.put_nowait(FOLDER / name)
        except queue.Full:
            return

    def stop(self) -> None:
        """No more sounds; one that hangs ends with the program."""
        self.on = False
        if self._thread is not None:
            try:
                self._waiting.put_nowait(None)
            except queue.Full:
                return
            self._thread.join(LONGEST_S / 4)

    def _work(self) -> None:
        """On the thread of the sounds."""
        while (file := self._waiting.get()) is not None:
            try:
                assert self._player is not None
                self._player(file)
            except (OSError, RuntimeError, subprocess.SubprocessError):
                continue
