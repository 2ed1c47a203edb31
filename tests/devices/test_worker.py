"""The device's thread: in order, never in the way, and gone when told."""

import logging
import threading
import time

import pytest

from counter_app.devices.network_printer import NetworkPrinter
from counter_app.devices.printer import KICK, NotBegun, Outcome, Printed, ScreenPrinter
from counter_app.devices.status import READY, PrinterStatus
from counter_app.devices.worker import KICK_LIVES_S, DeviceThread, KickJob
from tests.fakes.printer import FakePrinter


class _Answers:
    """Collects what the thread answers and waits for it."""

    def __init__(self) -> None:
        self.outcomes: list[tuple[str, Outcome]] = []
        self._came = threading.Condition()

    def paper(self, number: str, outcome: Outcome) -> None:
        with self._came:
            self.outcomes.append((number, outcome))
            self._came.notify_all()

    def kick(self, outcome: Outcome) -> None:
        self.paper("kick", outcome)

    def wait(self, count: int) -> list[tuple[str, Outcome]]:
        with self._came:
            assert self._came.wait_for(lambda: len(self.outcomes) >= count, 5)
        return self.outcomes


class _SlowScreen(ScreenPrinter):
    """Prints only when it may."""

    def __init__(self) -> None:
        super().__init__()
        self.may = threading.Event()
        self.began = threading.Event()

    def print(self, job: bytes) -> Outcome:
        self.began.set()
        self.may.wait(5)
        return super().print(job)


def test_jobs_come_out_in_the_order_they_were_given() -> None:
    printer, answers = ScreenPrinter(), _Answers()
    thread = DeviceThread(printer)
    thread.kick(answers.kick)
    for n in range(50):
        thread.print(f"A1-{n:06d}", b"%d" % n, answers.paper)
    assert [number for number, _ in answers.wait(51)] == ["kick", *(f"A1-{n:06d}" for n in range(50))]
    assert printer.sent == (KICK, *(b"%d" % n for n in range(50)))
    assert thread.stop()


def test_asking_costs_the_caller_nothing_while_the_printer_holds_a_job(tcp_printer: FakePrinter) -> None:
    tcp_printer.holds = True
    thread, answers = DeviceThread(NetworkPrinter(tcp_printer.host, tcp_printer.port)), _Answers()
    began = time.monotonic()
    thread.print("A1-000001", b"\x1b@hello\x1dV\x01", answers.paper)
    assert time.monotonic() - began < 0.05
    assert answers.wait(1) == [("A1-000001", Printed(confirmed=False))]
    assert thread.stop()


def test_stopping_ends_the_job_under_way_and_leaves_the_rest_unbegun() -> None:
    printer, answers = _SlowScreen(), _Answers()
    thread = DeviceThread(printer)
    for number in ("A1-000001", "A1-000002"):
        thread.print(number, number.encode(), answers.paper)
    assert printer.began.wait(5)
    threading.Timer(0.05, printer.may.set).start()
    assert thread.stop()
    assert answers.outcomes == [
        ("A1-000001", Printed(confirmed=True)),
        ("A1-000002", NotBegun("The program is closing.")),
    ]
    assert printer.sent == (b"A1-000001",)


def test_a_drawer_is_not_opened_long_after_it_was_asked_for() -> None:
    printer, answers = ScreenPrinter(), _Answers()
    thread = DeviceThread(printer)
    thread._do(KickJob(answers.kick, time.monotonic() - KICK_LIVES_S - 0.1))
    assert isinstance(answers.outcomes[0][1], NotBegun)
    assert printer.sent == ()
    thread.stop()


def test_status_is_answered() -> None:
    answers: list[PrinterStatus] = []
    thread = DeviceThread(ScreenPrinter())
    thread.ask_status(answers.append)
    thread.stop()
    assert answers in ([READY], [PrinterStatus()])


def test_a_listener_that_fails_does_not_end_the_printing(caplog: pytest.LogCaptureFixture) -> None:
    answers = _Answers()

    def fail(number: str, outcome: Outcome) -> None:
        raise RuntimeError("a mistake of ours")

    with caplog.at_level(logging.ERROR):
        thread = DeviceThread(ScreenPrinter())
        thread.print("A1-000001", b"1", fail)
        thread.print("A1-000002", b"2", answers.paper)
        assert answers.wait(1) == [("A1-000002", Printed(confirmed=True))]
        assert thread.stop()
    assert "a device job failed" in caplog.text
