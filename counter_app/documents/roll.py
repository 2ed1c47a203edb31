"""Lines of roll paper: what a layout yields, and what text, printer bytes, picture and preview are all made from."""

from collections.abc import Iterable, Iterator
from textwrap import wrap

from msgspec import Struct

ROLL_COLUMNS = 42
"""Columns of an 80 mm Epson roll in its larger font."""


class RollLine(Struct, frozen=True):
    """One printed line: text at the left, perhaps an amount at the right; or a code to scan.

    At size 2 letters are twice as wide and high, so half as many fit.
    """

    left: str = ""
    right: str = ""
    size: int = 1
    bold: bool = False
    centred: bool = False
    inverted: bool = False
    code: str = ""
    """Content of a QR code; such a line has no text."""

    def cells(self, columns: int) -> str:
        """What the printer is sent at this line's size; a centred line is centred by the printer."""
        room = columns // self.size
        if self.centred or not self.right:
            return f" {self.left} " if self.inverted else self.left
        return self.left + self.right.rjust(room - len(self.left))

    def plain(self, columns: int) -> str:
        """The line as text of `columns`, the size left out of account."""
        if self.centred:
            return self.left.center(columns).rstrip()
        return (self.left + self.right.rjust(columns - len(self.left)) if self.right else self.left).rstrip()


def centred(
    text: str, columns: int, size: int = 1, *, bold: bool = False, inverted: bool = False
) -> Iterator[RollLine]:
    """Text in the middle, on as many lines as it needs."""
    for part in wrap(text, columns // size - (2 if inverted else 0)):
        yield RollLine(part, size=size, bold=bold, centred=True, inverted=inverted)


def pair(left: str, right: str, columns: int, size: int = 1, *, bold: bool = False) -> Iterator[RollLine]:
    """A label and its amount; a long label goes on below, out of the amount's way."""
    room = columns // size - len(right) - 1
    first, *rest = wrap(left, room, break_on_hyphens=False) or [""]
    yield RollLine(first, right, size=size, bold=bold)
    yield from (RollLine(part, size=size, bold=bold) for part in rest)


def indented(text: str, columns: int, indent: int = 2) -> Iterator[RollLine]:
    """Small print under a line."""
    for part in wrap(text, columns - indent, break_on_hyphens=False):
        yield RollLine(" " * indent + part)


def rule(columns: int) -> RollLine:
    """A line across the paper."""
    return RollLine("-" * columns)


def plain_text(lines: Iterable[RollLine], columns: int) -> str:
    """The lines as text, each ended by a newline; codes to scan are left out."""
    return "".join(line.plain(columns) + "\n" for line in lines if not line.code)
