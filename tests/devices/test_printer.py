"""Printers without a network: a file, the screen, and addresses as people type them; status bytes."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.devices.attach import printer_at
from counter_app.devices.network_printer import NetworkPrinter
from counter_app.devices.printer import (
    KICK,
    Doubtful,
    FilePrinter,
    NotBegun,
    Printed,
    Printer,
    ScreenPrinter,
)
from counter_app.devices.status import READY, PrinterStatus, decode
from counter_app.domain.refused import WrongAct
from tests.fakes.printer import FakePrinter

JOB = b"\x1b@hello\n\x1dV\x01"


@pytest.fixture(params=["tcp", "file", "screen"])
def any_printer(request: pytest.FixtureRequest, tmp_path: Path, tcp_printer: FakePrinter) -> Printer:
    return printer_at(
        {"tcp": tcp_printer.address, "file": f"file:{tmp_path / 'paper'}", "screen": "screen"}[request.param]
    )


def test_every_printer_prints_kicks_and_tells_how_it_is(any_printer: Printer) -> None:
    assert any_printer.print(JOB) == Printed(confirmed=True)
    assert any_printer.kick() == Printed(confirmed=True)
    assert any_printer.status().why_not == ""
    assert printer_at(any_printer.address).address == any_printer.address


def test_a_file_grows(tmp_path: Path) -> None:
    printer = FilePrinter(tmp_path / "paper")
    printer.print(JOB)
    printer.kick()
    printer.print(JOB)
    assert (tmp_path / "paper").read_bytes() == JOB + KICK + JOB


def test_half_of_a_job_is_in_the_file_midway(tmp_path: Path) -> None:
    path = tmp_path / "paper"
    seen: list[bytes] = []
    FilePrinter(path, lambda: seen.append(path.read_bytes())).print(JOB)
    assert seen == [JOB[: len(JOB) // 2]]
    assert path.read_bytes() == JOB


def test_opening_the_drawer_is_no_job_that_breaks_off_midway(tmp_path: Path) -> None:
    passed: list[str] = []
    for address in ("screen", f"file:{tmp_path / 'paper'}"):
        printer = printer_at(address, midway=lambda: passed.append("midway"))
        printer.kick()
        assert passed == []
        printer.print(JOB)
        assert passed.pop() == "midway"


def test_a_file_that_cannot_be_opened_is_not_begun(tmp_path: Path) -> None:
    answer = FilePrinter(tmp_path / "no such folder" / "paper").print(JOB)
    assert answer == NotBegun("The printer's file cannot be opened: No such file or directory.")


def test_a_full_disk_is_a_doubt() -> None:
    assert isinstance(FilePrinter(Path("/dev/full")).print(JOB), Doubtful)


def test_the_screen_keeps_and_tells() -> None:
    heard: list[bytes] = []
    printer = ScreenPrinter(heard.append)
    printer.print(JOB)
    printer.kick()
    assert heard == [JOB, KICK] == list(printer.sent)
    assert printer.status() == READY


@pytest.mark.parametrize(
    ("address", "host", "port"),
    [
        ("tcp://10.0.0.5:9100", "10.0.0.5", 9100),
        ("tcp://printer1", "printer1", 9100),
        ("tcp://[::1]:9101", "::1", 9101),
    ],
)
def test_addresses(address: str, host: str, port: int) -> None:
    printer = printer_at(address)
    assert isinstance(printer, NetworkPrinter)
    assert (printer.host, printer.port) == (host, port)


@pytest.mark.parametrize(
    "address", ["", "usb", "tcp://", "tcp://h:0", "tcp://h:x", "tcp://h:99999", "file:", "http://h"]
)
def test_what_is_no_address_is_said(address: str) -> None:
    with pytest.raises(WrongAct, match="is no printer"):
        printer_at(address)


def test_the_drawer_command_is_five_bytes() -> None:
    assert KICK == b"\x1bp\x00\x32\x32"


def test_silence_is_neither_good_nor_bad() -> None:
    assert decode(None, None, None) == PrinterStatus()
    assert not PrinterStatus().is_known
    assert PrinterStatus().why_not == ""


def test_the_status_bits_of_an_epson() -> None:
    assert decode(0x12, 0x12, 0x12) == PrinterStatus("online", "ok", "closed", drawer_pin=False)
    assert decode(0x16, 0x12, 0x1E) == PrinterStatus("online", "low", "closed", drawer_pin=True)
    assert decode(0x1A, 0x36, 0x7E) == PrinterStatus("offline", "out", "open", drawer_pin=False)
    assert decode(0x1A, 0x52, 0x12).why_not == "The printer reports an error; turn it off and on."


BYTES = st.none() | st.integers(0, 255)


@given(BYTES, BYTES, BYTES)
def test_noise_tells_nothing(printer: int | None, cause: int | None, roll: int | None) -> None:
    known = [b is not None and b & 0x93 == 0x12 for b in (printer, cause, roll)]
    assert decode(printer, cause, roll).is_known == any(known)
