"""Reads ESC/POS bytes back: the paper on the screen, and the proof that a printer is sent what the receipt says."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from msgspec import Struct

from counter_app.documents.letters import ROLL_CODEC
from counter_app.documents.roll import ROLL_COLUMNS, RollLine, plain_text

CODE_PAGES = {0: "cp437", 2: "cp850", 16: "cp1252", 19: "cp858"}
"""ESC t's numbers on Epson printers."""
_PARAMETERS = {
    b"\x1b!": 1, b"\x1bE": 1, b"\x1bG": 1, b"\x1ba": 1, b"\x1bd": 1, b"\x1bt": 1, b"\x1bM": 1, b"\x1b-": 1, b"\x1bR": 1,
    b"\x1b3": 1, b"\x1b{": 1, b"\x1bJ": 1, b"\x1bp": 3, b"\x1b2": 0, b"\x1b@": 0, b"\x1d!": 1, b"\x1dB": 1, b"\x1da": 1,
    b"\x1dr": 1, b"\x1dI": 1, b"\x1db": 1, b"\x10\x04": 1, b"\x10\x05": 1, b"\x10\x14": 3,
}  # fmt: skip


UNKNOWN = b"?"


class ReadJob(Struct, frozen=True):
    """One job as it would lie in the tray."""

    lines: tuple[RollLine, ...]
    columns: int
    cut: bool
    """False when the bytes ended before the cut: a torn job."""

    @property
    def text(self) -> str:
        """The job as plain text."""
        return plain_text(self.lines, self.columns)

    @property
    def codes(self) -> tuple[str, ...]:
        """What its codes to scan say."""
        return tuple(line.code for line in self.lines if line.code)


class PrinterReading(Struct, frozen=True):
    """All that a run of bytes would do to a printer."""

    jobs: tuple[ReadJob, ...]
    kicks: tuple[bytes, ...]
    """Drawer commands outside any job, five bytes each."""
    problems: tuple[str, ...]
    """Unknown or cut-off commands, a drawer command inside a job, text outside one."""


@dataclass
class _Roll:
    """The printer's state while bytes pass."""

    columns: int
    codec: str = "cp437"
    lines: list[RollLine] = field(default_factory=list)
    cells: bytearray = field(default_factory=bytearray)
    size: int = 1
    bold: bool = False
    centred: bool = False
    inverted: bool = False
    stored_code: str = ""

    def feed(self) -> None:
        """End the line that stands in the buffer."""
        text = self.cells.decode(self.codec, "replace").rstrip()
        self.cells.clear()
        left, _, right = text.strip().rpartition("  ") if self.size > 1 and not self.centred else ("", "", "")
        if self.centred:
            text = text.strip()
        left, right = (left.rstrip(), right) if left else (text, "")
        self.lines.append(RollLine(left, right, self.size, self.bold, self.centred, self.inverted))


def read_escpos(data: bytes, columns: int = ROLL_COLUMNS) -> PrinterReading:
    """What `data` prints and does; never raises, whatever the bytes."""
    jobs: list[ReadJob] = []
    kicks: list[bytes] = []
    problems: list[str] = []
    roll: _Roll | None = None
    for command, given in _commands(data):
        if command == b"\x1b@":
            if roll:
                jobs.append(ReadJob(tuple(roll.lines), columns, False))
            roll = _Roll(columns)
        elif command == b"\x1bp":
            kicks.append(command + given)
            if roll:
                problems.append("the drawer is opened inside a job")
        elif command == b"\x1dV" and roll:
            jobs.append(ReadJob(tuple(roll.lines), columns, True))
            roll = None
        elif command == b"\x10\x04":
            continue
        elif roll is None or not _obey(roll, command, given):
            problems.append(f"{'unknown' if roll else 'outside a job'}: {_seen(command, given)}")
    if roll:
        jobs.append(ReadJob(tuple(roll.lines), columns, False))
    return PrinterReading(tuple(jobs), tuple(kicks), tuple(problems))


def _seen(command: bytes, given: bytes) -> str:
    return (given if command == UNKNOWN else command + given)[:12].hex(" ")


def _commands(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """(command, parameters) in turn; text is (b"", bytes); what is cut off or unknown is (UNKNOWN, bytes)."""
    at = 0
    while at < len(data):
        if data[at] >= 0x20 or data[at] == 0x0A:
            end = at + 1
            while data[at] != 0x0A and end < len(data) and data[end] >= 0x20:
                end += 1
            yield b"", data[at:end]
        else:
            command, size = data[at : at + 2], _parameters_size(data, at)
            end = at + len(command) + size if size is not None else at + 1
            known = size is not None and end <= len(data)
            yield (command, data[at + 2 : end]) if known else (UNKNOWN, data[at:end])
        at = end


def _parameters_size(data: bytes, at: int) -> int | None:
    """How many bytes follow the two of a command; None when it is not known."""
    command, rest = data[at : at + 2], data[at + 2 : at + 8]
    if command == b"\x1dV":
        return 2 if rest[:1] in (b"A", b"B") else 1
    if command == b"\x1d(" and len(rest) >= 3:
        return 3 + rest[1] + 256 * rest[2]
    if command == b"\x1dv" and len(rest) >= 6:
        return 6 + (rest[2] + 256 * rest[3]) * (rest[4] + 256 * rest[5])
    return _PARAMETERS.get(command)


def _obey(roll: _Roll, command: bytes, given: bytes) -> bool:
    """Change the roll as the command says; False when this printer does not know it."""
    if not command:
        return _print(roll, given)
    if command == b"\x1d!":
        roll.size = (given[0] & 0x07) + 1
    elif command == b"\x1bE":
        roll.bold = bool(given[0] & 1)
    elif command == b"\x1ba":
        roll.centred = given in (b"\x01", b"1")
    elif command == b"\x1dB":
        roll.inverted = bool(given[0] & 1)
    elif command == b"\x1bt":
        roll.codec = CODE_PAGES.get(given[0], ROLL_CODEC)
    elif command == b"\x1d(" and given[:1] == b"k":
        _code(roll, given[3:])
    else:
        return command in (b"\x1bd", b"\x1bM", b"\x1b3", b"\x1b2", b"\x1dv", b"\x1dr")
    return True


def _print(roll: _Roll, text: bytes) -> bool:
    if text == b"\n":
        roll.feed()
    else:
        roll.cells += text
    return True


def _code(roll: _Roll, given: bytes) -> None:
    """GS ( k: store a code's content (function 80), print it (81)."""
    if given[:2] == b"1P":
        roll.stored_code = given[3:].decode("utf-8", "replace")
    elif given[:2] == b"1Q":
        roll.lines.append(RollLine(centred=roll.centred, code=roll.stored_code))
