"""A receipt printer on the network (port 9100), by sockets of our own.

One connection a job, since such printers serve one station at a time; two seconds for everything, so that a dead
printer costs a receipt's paper and never the next customer's time.
"""

import socket
import time
from collections.abc import Callable

from counter_app.devices.printer import KICK, Doubtful, NotBegun, Outcome, Printed, nothing
from counter_app.devices.status import QUERIES, PrinterStatus, decode, is_answer
from counter_app.domain.said import say

CONNECT_S = 1.5
JOB_S = 2.0
STATUS_S = 0.3
DRAIN_S = 0.1
CHUNK = 512
PORT = 9100


class NetworkPrinter:
    """An ESC/POS printer at a host and port, IPv4 or IPv6."""

    def __init__(self, host: str, port: int = PORT, midway: Callable[[], object] = nothing) -> None:
        self.host, self.port, self._midway = host, port, midway
        self.address = f"tcp://[{host}]:{port}" if ":" in host else f"tcp://{host}:{port}"

    def status(self) -> PrinterStatus:
        """Its condition; offline when nobody answers at the address."""
        deadline = time.monotonic() + JOB_S
        try:
            wire = _connect(self.host, self.port, deadline)
        except OSError:
            return PrinterStatus(line="offline")
        with wire:
            return _ask(wire, time.monotonic() + STATUS_S)

    def print(self, job: bytes) -> Outcome:
        """Send one job unless the printer says that it cannot print; a printer that says nothing is sent it too."""
        return self._send(job, lambda status: status.why_not, self._midway)

    def kick(self, pulse: bytes = KICK) -> Outcome:
        """Open the drawer now or not at all: an offline printer would keep the command and open it later, unwatched."""
        return self._send(pulse, lambda status: status.why_not if status.line == "offline" else "", nothing)

    def _send(self, job: bytes, refusal: Callable[[PrinterStatus], str], midway: Callable[[], object]) -> Outcome:
        deadline = time.monotonic() + JOB_S
        try:
            wire = _connect(self.host, self.port, deadline)
        except OSError as fault:
            return NotBegun(say("The printer at {host} cannot be reached ({why}).", host=self.host, why=_words(fault)))
        with wire:
            before = _ask(wire, min(time.monotonic() + STATUS_S, deadline))
            if reason := refusal(before):
                return NotBegun(reason)
            if broken := _deliver(wire, job, deadline, midway):
                return broken
            return _confirm(wire, deadline) if before.is_known else _hang_up_unanswered(wire)


def _deliver(wire: socket.socket, job: bytes, deadline: float, midway: Callable[[], object]) -> Outcome | None:
    """Send all bytes before the deadline; None when all were taken."""
    sent = 0
    try:
        while sent < len(job):
            wire.settimeout(max(deadline - time.monotonic(), 0.001))
            sent += wire.send(job[sent : sent + CHUNK])
            if sent <= CHUNK:
                midway()
    except OSError as fault:
        reason = say("The printer stopped taking data ({why}).", why=_words(fault))
        return Doubtful(reason) if sent else NotBegun(reason)
    return None


def _connect(host: str, port: int, deadline: float) -> socket.socket:
    """A connection to the first address of the host that answers, all of them within CONNECT_S."""
    until = min(time.monotonic() + CONNECT_S, deadline)
    fault: OSError = TimeoutError("timed out")
    for family, kind, protocol, _, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        wire = socket.socket(family, kind, protocol)
        wire.settimeout(max(until - time.monotonic(), 0.01))
        try:
            wire.connect(address)
        except OSError as problem:
            wire.close()
            fault = problem
        else:
            wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return wire
    raise fault


def _ask(wire: socket.socket, until: float) -> PrinterStatus:
    """Ask for the condition, one question after the other; what is not answered by `until` stays unknown."""
    answers: list[int | None] = [None, None, None]
    for index, query in enumerate(QUERIES):
        try:
            wire.settimeout(max(until - time.monotonic(), 0.001))
            wire.sendall(query)
            answers[index] = _answer(wire, until)
        except OSError:
            break
        if answers[index] is None:
            break
    return decode(*answers)


def _answer(wire: socket.socket, until: float) -> int | None:
    """The first byte that is an answer; None when the printer hangs up. Raises TimeoutError at `until`."""
    while True:
        wire.settimeout(max(until - time.monotonic(), 0.001))
        byte = wire.recv(1)
        if not byte:
            return None
        if is_answer(byte[0]):
            return byte[0]


def _confirm(wire: socket.socket, deadline: float) -> Outcome:
    """A printer that answered before must be well afterwards too; one that answers in turn may first have to print."""
    after = _ask(wire, deadline)
    _finish(wire)
    if not after.is_known or after.why_not:
        return Doubtful(after.why_not or say("The printer stopped answering while it printed."))
    return Printed(confirmed=True)


def _hang_up_unanswered(wire: socket.socket) -> Outcome:
    """Nothing is known but that the bytes were taken, unless they are thrown back meanwhile."""
    until = time.monotonic() + DRAIN_S
    intact = _finish(wire)
    time.sleep(max(until - time.monotonic(), 0))
    if not intact or wire.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
        return Doubtful(say("The printer hung up while it was sent to."))
    return Printed(confirmed=False)


def _finish(wire: socket.socket) -> bool:
    """Say that no more comes and read what is left, since closing over unread answers resets the wire and loses paper.

    False when the wire is broken already.
    """
    try:
        wire.shutdown(socket.SHUT_WR)
        wire.settimeout(DRAIN_S)
        until = time.monotonic() + DRAIN_S
        while time.monotonic() < until and wire.recv(CHUNK):
            continue
    except TimeoutError:
        return True
    except OSError:
        return False
    return True


def _words(fault: OSError) -> str:
    if isinstance(fault, TimeoutError):
        return say("no answer")
    return (fault.strerror or str(fault)).lower()
