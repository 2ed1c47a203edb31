"""Paper over a real socket: what comes out, what is refused, what is in doubt, and how long it may take."""

import socket
import time
from collections.abc import Callable

import pytest

from counter_app.devices.network_printer import JOB_S, NetworkPrinter
from counter_app.devices.printer import KICK, Doubtful, NotBegun, Printed
from counter_app.devices.status import PrinterStatus
from tests.fakes.printer import FakePrinter

JOB = b"\x1b@A1-000123 1,234.56\n\x1bd\x06\x1dV\x01"
BIG = b"\x1b@" + b"x" * 8_000_000 + b"\x1dV\x01"


@pytest.fixture
def printer(tcp_printer: FakePrinter) -> NetworkPrinter:
    return NetworkPrinter(tcp_printer.host, tcp_printer.port)


def test_a_healthy_printer_prints_and_says_so(tcp_printer: FakePrinter, printer: NetworkPrinter) -> None:
    assert printer.print(JOB) == Printed(confirmed=True)
    assert tcp_printer.jobs() == [JOB]
    assert printer.status() == PrinterStatus("online", "ok", "closed", drawer_pin=False)


def test_each_job_is_a_connection_of_its_own(tcp_printer: FakePrinter, printer: NetworkPrinter) -> None:
    for _ in range(3):
        printer.print(JOB)
    assert tcp_printer.jobs() == [JOB, JOB, JOB]
    assert tcp_printer.connections == 3


def test_ipv6() -> None:
    try:
        fake = FakePrinter(host="::1")
    except OSError:
        pytest.skip("this machine has no IPv6")
    with fake:
        assert NetworkPrinter("::1", fake.port).print(JOB) == Printed(confirmed=True)


def test_low_paper_still_prints(tcp_printer: FakePrinter, printer: NetworkPrinter) -> None:
    tcp_printer.paper_low = True
    assert printer.print(JOB) == Printed(confirmed=True)
    assert printer.status().paper == "low"


@pytest.mark.parametrize(
    ("trouble", "reason"),
    [
        ("paper_out", "The printer is out of paper."),
        ("cover_open", "The printer's cover is open."),
        ("offline", "The printer is offline."),
        ("error", "The printer reports an error; turn it off and on."),
    ],
)
def test_known_trouble_is_refused_before_the_first_byte(
    tcp_printer: FakePrinter, printer: NetworkPrinter, trouble: str, reason: str
) -> None:
    setattr(tcp_printer, trouble, True)
    assert printer.print(JOB) == NotBegun(reason)
    assert tcp_printer.received == b""
    setattr(tcp_printer, trouble, False)
    assert printer.print(JOB) == Printed(confirmed=True)


def _silent(fake: FakePrinter) -> None:
    fake.silent = True


def _garbage(fake: FakePrinter) -> None:
    fake.garbage = b"\xff\x00\x80"


def _holds(fake: FakePrinter) -> None:
    fake.holds = True


def _half_closes(fake: FakePrinter) -> None:
    fake.half_closes = True


@pytest.mark.parametrize("spoil", [_silent, _garbage, _holds, _half_closes])
def test_unknown_status_prints_all_the_same_and_claims_nothing(
    tcp_printer: FakePrinter, printer: NetworkPrinter, spoil: Callable[[FakePrinter], None]
) -> None:
    spoil(tcp_printer)
    began = time.monotonic()
    assert printer.print(JOB) == Printed(confirmed=False)
    assert time.monotonic() - began < JOB_S
    assert not printer.status().is_known
    tcp_printer.holds = False
    assert tcp_printer.wait_for(1) == [JOB]


def test_automatic_status_bytes_are_not_taken_for_answers(tcp_printer: FakePrinter, printer: NetworkPrinter) -> None:
    tcp_printer.noise = b"\x14\x00\x0c\x0f"  # an Epson's automatic status: paper end
    assert printer.print(JOB) == Printed(confirmed=True)
    assert printer.status().paper == "ok"


def test_paper_that_runs_out_inside_a_job_is_a_doubt(tcp_printer: FakePrinter, printer: NetworkPrinter) -> None:
    tcp_printer.paper_out_after = 10
    assert printer.print(JOB) == Doubtful("The printer is out of paper.")


def test_a_connection_lost_inside_a_job_is_a_doubt(tcp_printer: FakePrinter, printer: NetworkPrinter) -> None:
    tcp_printer.drop_after = 1
    assert isinstance(printer.print(JOB), Doubtful)


@pytest.mark.parametrize("mode", ["holds", "slow"])
def test_a_printer_that_stops_taking_data_costs_two_seconds(
    tcp_printer: FakePrinter, printer: NetworkPrinter, mode: str
) -> None:
    tcp_printer.holds, tcp_printer.bytes_per_second = mode == "holds", 100 if mode == "slow" else None
    began = time.monotonic()
    assert isinstance(printer.print(BIG), Doubtful)
    assert time.monotonic() - began < JOB_S + 0.5


def test_a_printer_that_hangs_up_is_never_said_to_have_printed(
    tcp_printer: FakePrinter, printer: NetworkPrinter
) -> None:
    tcp_printer.hangs_up = True
    for _ in range(5):
        assert isinstance(printer.print(JOB), Doubtful | NotBegun)


def test_a_printer_reset_at_the_first_question_is_never_said_to_have_printed(
    tcp_printer: FakePrinter, printer: NetworkPrinter
) -> None:
    tcp_printer.drop_after = 0
    assert isinstance(printer.print(JOB), Doubtful | NotBegun)
    assert not printer.status().is_known


def test_a_part_has_left_and_a_part_has_not_when_midway_is_called(tcp_printer: FakePrinter) -> None:
    job = b"\x1b@" + b"0123456789\n" * 200 + b"\x1dV\x01"
    seen: list[bytes] = []

    def look() -> None:
        time.sleep(0.05)
        seen.append(tcp_printer.received)

    assert NetworkPrinter(tcp_printer.host, tcp_printer.port, look).print(job) == Printed(confirmed=True)
    assert len(seen) == 1
    assert 0 < len(seen[0]) < len(job)
    assert job.startswith(seen[0])


def test_nobody_at_the_address_is_not_begun() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    printer = NetworkPrinter("127.0.0.1", port)
    answer = printer.print(JOB)
    assert isinstance(answer, NotBegun)
    assert "cannot be reached" in answer.reason
    assert printer.status() == PrinterStatus(line="offline")


def test_an_unknown_host_is_not_begun() -> None:
    assert isinstance(NetworkPrinter("printer.invalid", 9100).print(JOB), NotBegun)


def test_a_receipt_too_long_for_one_packet_arrives_whole(tcp_printer: FakePrinter, printer: NetworkPrinter) -> None:
    long = b"\x1b@" + b"0123456789\n" * 20_000 + b"\x1dV\x01"
    assert printer.print(long) == Printed(confirmed=True)
    assert tcp_printer.wait_for(1) == [long]


def test_the_drawer_opens_by_itself(tcp_printer: FakePrinter, printer: NetworkPrinter) -> None:
    assert printer.kick() == Printed(confirmed=True)
    assert tcp_printer.received == KICK
    assert (tcp_printer.jobs(), tcp_printer.kicks()) == ([], [KICK])


def test_an_offline_printer_must_not_open_the_drawer_later(tcp_printer: FakePrinter, printer: NetworkPrinter) -> None:
    tcp_printer.paper_out = True
    assert isinstance(printer.kick(), NotBegun)
    assert tcp_printer.received == b""
