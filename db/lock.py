"""One writer a folder: a lock that the system drops when its holder dies, and that says who holds it."""

import os
import sys
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path

from counter_app.domain.refused import StationFault
from counter_app.domain.said import say

if sys.platform == "win32":
    import msvcrt

    def _try_lock(descriptor: int) -> None:
        os.lseek(descriptor, 4096, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _try_lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


NAME = "counter.lock"


class FolderLock:
    """Held from construction until `release`; raises StationFault that names the holder when another process has it."""

    def __init__(self, folder: Path, what: str) -> None:
        try:
            self._file: TextIOWrapper = (folder / NAME).open("a+", encoding="utf-8", errors="replace")
        except OSError as error:
            raise StationFault(
                say("Nothing can be written in {folder}: {strerror}.", folder=folder, strerror=error.strerror)
            ) from error
        try:
            _try_lock(self._file.fileno())
        except OSError:
            self._file.seek(0)
            holder = " ".join(self._file.read(200).split()) or say("another program")
            self._file.close()
            raise StationFault(
                say("The counter in {folder} is in use by {holder}; close it first.", folder=folder, holder=holder)
            ) from None
        with suppress(OSError):  # on a full disk the lock holds all the same, without a name in it
            self._file.seek(0)
            self._file.truncate()
            self._file.write(f"{what}, process {os.getpid()}")
            self._file.flush()

    def release(self) -> None:
        """Let another process write."""
        with suppress(OSError):
            self._file.close()
