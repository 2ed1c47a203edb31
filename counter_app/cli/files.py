"""Files that commands read and write, each fault said in one sentence."""

from pathlib import Path

from counter_app.domain.refused import StationFault


def write_file(path: Path, data: bytes) -> None:
    """Write a whole file, or say in one sentence why not."""
    try:
        path.write_bytes(data)
    except OSError as error:
        raise StationFault(f"{path} cannot be written: {error.strerror}.") from error


def read_file(path: Path) -> bytes:
    """The bytes of a file, or one sentence why not."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise StationFault(f"{path} cannot be read: {error.strerror}.") from error
