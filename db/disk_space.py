"""How much room the disk has for the books, and a file that keeps some of it back.

When nothing else is left, the reserve is given up by itself, so that payments in progress, the close and the deposit
still find room; it is kept again once there is plenty.
"""

import errno
import shutil
from contextlib import suppress
from pathlib import Path

SUFFIX = ".reserve"
MEGABYTE = 1_000_000
LEAST_BYTES = 8 * MEGABYTE
"""With less the reserve is given up: the log beside the file may grow by half of it before it is folded in."""
PLENTY = 4
"""A reserve is kept only where so many times its size is free."""


def reserve_path(database: Path) -> Path:
    """`counter.reserve` beside `counter.db`."""
    return database.with_suffix(SUFFIX)


def free_bytes(database: Path) -> int:
    """What this program may still write on the disk of the database."""
    return shutil.disk_usage(database.parent).free


def keep_reserve(database: Path, size_bytes: int) -> None:
    """Keep so much back, unless it is kept already or the disk has no plenty of room."""
    path = reserve_path(database)
    with suppress(OSError):
        if size_bytes <= 0 or path.exists() or free_bytes(database) < PLENTY * size_bytes + LEAST_BYTES:
            return
        part = path.with_name(f"{path.name}.part")
        try:
            with part.open("wb") as file:  # written and not merely sized: a file with holes keeps nothing back
                for _ in range(0, size_bytes, MEGABYTE):
                    file.write(bytes(MEGABYTE))
            part.rename(path)
        finally:
            part.unlink(missing_ok=True)


def is_kept(database: Path) -> bool:
    """Whether there is a reserve to give up."""
    return reserve_path(database).exists()


def make_room(database: Path) -> None:
    """Give the reserve up when the disk is nearly full; costs a look at the disk."""
    with suppress(OSError):
        if free_bytes(database) < LEAST_BYTES:
            give_up(database)


def give_up(database: Path) -> None:
    """Give the reserve up now."""
    with suppress(OSError):
        reserve_path(database).unlink(missing_ok=True)


def is_full(error: BaseException) -> bool:
    """Whether a file or the database says that the disk is full."""
    inner = getattr(error, "orig", None) or error
    return (isinstance(inner, OSError) and inner.errno in (errno.ENOSPC, errno.EDQUOT)) or "is full" in str(inner)
