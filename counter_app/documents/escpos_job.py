"""Roll lines into one print job of ESC/POS bytes, composed by python-escpos into memory.

A job runs from ESC @ to its one GS V and never moves the drawer. Each is composed afresh: ESC @ resets a printer, not
what the library believes of it.
"""

import contextlib
import logging
import os
import sys
import tempfile
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from msgspec import Struct

from counter_app.documents.letters import ROLL_CODEC
from counter_app.documents.roll import ROLL_COLUMNS, RollLine

if TYPE_CHECKING:
    from escpos.printer import Dummy

FEED_TO_CUTTER = b"\x1bd\x06"
CUT = b"\x1dV\x01"
REAL_TIME = (b"\x10\x04", b"\x10\x05", b"\x10\x14")
"""Obeyed at once wherever they stand, even inside a picture: status, recovery, drawer pulse. None may be in a job."""


class PrinterProfile(Struct, frozen=True):
    """What a make of printer can do."""

    name: str
    escpos: str
    """The profile's name in python-escpos."""
    columns: int = ROLL_COLUMNS
    codec: str = ROLL_CODEC
    prints_codes: bool = True


EPSON = PrinterProfile("epson", "TM-T88V")
EPSON_48 = PrinterProfile("epson48", "TM-T20II", columns=48)
SIMPLE = PrinterProfile("simple", "simple", codec="cp437", prints_codes=False)
PROFILES = (EPSON, EPSON_48, SIMPLE)


def compose(lines: Iterable[RollLine], profile: PrinterProfile) -> bytes:
    """The bytes of one job that prints `lines` and cuts."""
    roll = _dummy(profile)
    roll.hw("INIT")
    roll.charcode(profile.codec.upper())
    style: RollLine | None = None
    for line in lines:
        if style is None or _style(line) != _style(style):
            _switch(roll, line)
            style = line
        if line.code and profile.prints_codes:
            roll.qr(line.code, ec=1, size=4, native=True)
        elif not line.code:
            _send(roll, line.cells(profile.columns).encode(profile.codec) + b"\n")
    _send(roll, FEED_TO_CUTTER + CUT)
    job = bytes(roll.output)
    assert job.count(b"\x1dV") == 1, "a job cuts once"
    assert not any(command in job for command in REAL_TIME), "a job prints and does nothing else"
    return job


def _send(roll: "Dummy", data: bytes) -> None:
    """The library's own text() would write `?` for what it cannot encode, and its cut() ignores what it is asked."""
    roll._raw(data)  # noqa: SLF001, a driver's one method


def _style(line: RollLine) -> tuple[int, bool, bool, bool]:
    return line.size, line.bold, line.centred, line.inverted


def _switch(roll: "Dummy", line: RollLine) -> None:
    """Size before bold: the library's size command forgets the rest on some printers."""
    roll.set(custom_size=True, width=line.size, height=line.size)
    roll.set(bold=line.bold, align="center" if line.centred else "left", invert=line.inverted)


def warm_up() -> None:
    """Import the library before the first receipt needs it (0.3 s); called once the window is painted."""
    _dummy(EPSON)


def _dummy(profile: PrinterProfile) -> "Dummy":
    with contextlib.nullcontext() if "escpos.printer" in sys.modules else _quiet_import():
        from escpos.printer import Dummy  # noqa: PLC0415, 0.3 s that the first paint does not need
    return Dummy(profile=profile.escpos)


_IMPORTING = threading.Lock()


@contextmanager
def _quiet_import() -> Iterator[None]:
    """The library's import leaves temp folders, a pickle to trust next time and a root log handler; here it cannot."""
    with _IMPORTING, tempfile.TemporaryDirectory(prefix="counter-app-") as folder:
        before = tempfile.tempdir, os.environ.get("ESCPOS_CAPABILITIES_PICKLE_DIR")
        root, silent = logging.getLogger(), logging.NullHandler()
        root.addHandler(silent)
        tempfile.tempdir, os.environ["ESCPOS_CAPABILITIES_PICKLE_DIR"] = folder, folder
        try:
            yield
        finally:
            tempfile.tempdir = before[0]
            if before[1] is None:
                del os.environ["ESCPOS_CAPABILITIES_PICKLE_DIR"]
            else:
                os.environ["ESCPOS_CAPABILITIES_PICKLE_DIR"] = before[1]
            root.removeHandler(silent)
