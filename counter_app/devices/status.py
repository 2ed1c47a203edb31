"""What a receipt printer says of itself, and what is not known when it says nothing.

DLE EOT answers are one byte each with fixed bits (b & 0x93 == 0x12); automatic status and noise are no answer.
Silence is never read as good or bad: many printers print well and cannot answer.
"""

from typing import Literal

from msgspec import Struct

from counter_app.domain.said import say

Paper = Literal["ok", "low", "out", "unknown"]
Cover = Literal["closed", "open", "unknown"]
Line = Literal["online", "offline", "unknown"]

QUERIES = (b"\x10\x04\x01", b"\x10\x04\x02", b"\x10\x04\x04")
"""DLE EOT 1 (printer), 2 (why offline), 4 (paper roll)."""


class PrinterStatus(Struct, frozen=True):
    """A printer's condition at one moment."""

    line: Line = "unknown"
    paper: Paper = "unknown"
    cover: Cover = "unknown"
    error: bool = False
    drawer_pin: bool | None = None
    """Pin 3 of the drawer's plug; which level means open depends on the drawer's wiring."""

    @property
    def is_known(self) -> bool:
        """Did it answer at all?"""
        return (self.line, self.paper, self.cover) != ("unknown", "unknown", "unknown")

    @property
    def why_not(self) -> str:
        """Why it is known not to print, in one sentence for the cashier; empty when it may."""
        if self.cover == "open":
            return say("The printer's cover is open.")
        if self.paper == "out":
            return say("The printer is out of paper.")
        if self.error:
            return say("The printer reports an error; turn it off and on.")
        return say("The printer is offline.") if self.line == "offline" else ""


READY = PrinterStatus("online", "ok", "closed")
"""The condition of what can neither run out nor be switched off: a file, a screen."""


def is_answer(byte: int) -> bool:
    """Is this byte an answer to DLE EOT?"""
    return byte & 0x93 == 0x12


def decode(printer: int | None, cause: int | None, roll: int | None) -> PrinterStatus:
    """The condition that the answers to DLE EOT 1, 2 and 4 tell; None, or a byte that is no answer, tells nothing."""
    printer, cause, roll = (b if b is not None and is_answer(b) else None for b in (printer, cause, roll))
    paper: Paper = "unknown"
    if roll is not None:
        paper = "out" if roll & 0x60 else "low" if roll & 0x0C else "ok"
    if cause is not None and cause & 0x20:
        paper = "out"
    return PrinterStatus(
        line="unknown" if printer is None else "offline" if printer & 0x08 else "online",
        paper=paper,
        cover="unknown" if cause is None else "open" if cause & 0x04 else "closed",
        error=cause is not None and bool(cause & 0x40),
        drawer_pin=None if printer is None else bool(printer & 0x04),
    )
