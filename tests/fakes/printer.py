"""A receipt printer on a real TCP socket: answers status like an Epson, keeps what it is sent, and breaks on demand.

with FakePrinter() as printer:
    printer.paper_out = True
    NetworkPrinter("127.0.0.1", printer.port).print(job)
    printer.jobs()
"""

import contextlib
import socket
import struct
import threading
import time
from types import TracebackType
from typing import Self

DLE_EOT = b"\x10\x04"
TICK_S = 0.02


class FakePrinter:
    """Serves one connection after the other until closed. Every attribute below may be changed while it runs."""

    def __init__(self, host: str = "127.0.0.1", port: int = 0) -> None:
        self.paper_low = False
        self.paper_out = False
        self.cover_open = False
        self.offline = False
        self.error = False
        self.silent = False
        """Takes bytes, answers nothing."""
        self.holds = False
        """Accepts the connection and reads nothing, with little room in its buffer."""
        self.hangs_up = False
        """Accepts the connection and closes it at once."""
        self.half_closes = False
        """Says at once that it will never answer (end of file), and takes what comes."""
        self.garbage = b""
        """Answers every status question with these bytes instead."""
        self.noise = b""
        """Sends these bytes before every answer (automatic status of another setting)."""
        self.drop_after: int | None = None
        """Resets the connection after this many bytes of paper data of it."""
        self.paper_out_after: int | None = None
        """Runs out of paper after this many bytes of paper data in all."""
        self.bytes_per_second: int | None = None
        """Drains slowly, with little room in its buffer."""
        self.connections = 0
        self._received = bytearray()
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._server = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
        self._server.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self._server.settimeout(TICK_S)
        self.host, self.port = host, int(self._server.getsockname()[1])
        self._thread = threading.Thread(target=self._serve, name="fake printer", daemon=True)
        self._thread.start()

    @property
    def address(self) -> str:
        """What `printer_at` takes."""
        return f"tcp://[{self.host}]:{self.port}" if ":" in self.host else f"tcp://{self.host}:{self.port}"

    @property
    def received(self) -> bytes:
        """All paper data and drawer commands so far, without the status questions."""
        with self._lock:
            return bytes(self._received)

    def jobs(self) -> list[bytes]:
        """What was sent from each ESC @ to its GS V, or to the next ESC @ or the end where a job was torn."""
        found = []
        for part in self.received.split(b"\x1b@")[1:]:
            end = part.find(b"\x1dV")
            found.append(b"\x1b@" + (part if end < 0 else part[: end + 3]))
        return found

    def kicks(self) -> list[bytes]:
        """The drawer commands, five bytes each, wherever they came."""
        data, found = self.received, []
        at = data.find(b"\x1bp")
        while at >= 0:
            found.append(data[at : at + 5])
            at = data.find(b"\x1bp", at + 5)
        return found

    def wait_for(self, jobs: int, timeout_s: float = 5.0) -> list[bytes]:
        """The jobs, as soon as there are so many whole ones; raises TimeoutError."""
        until = time.monotonic() + timeout_s
        while sum(b"\x1dV" in job for job in self.jobs()) < jobs:
            if time.monotonic() > until:
                raise TimeoutError(f"{len(self.jobs())} jobs came, not {jobs}")
            time.sleep(0.005)
        return self.jobs()

    def close(self) -> None:
        """Hang up and free the port."""
        self._closing.set()
        self._thread.join(5)
        self._server.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _serve(self) -> None:
        while not self._closing.is_set():
            try:
                wire, _ = self._server.accept()
            except TimeoutError:
                continue
            self.connections += 1
            with wire, contextlib.suppress(OSError):
                if self.half_closes:
                    wire.shutdown(socket.SHUT_WR)
                if not self.hangs_up:
                    self._talk(wire)

    def _talk(self, wire: socket.socket) -> None:
        """One connection to its end."""
        wire.settimeout(TICK_S)
        pending, taken = b"", 0
        while not self._closing.is_set():
            if self.holds:
                time.sleep(TICK_S)
                if _hung_up(wire):
                    return
                continue
            pace = self.bytes_per_second
            try:
                data = wire.recv(max(pace // 50, 1) if pace else 4096)
            except TimeoutError:
                continue
            if not data:
                return
            if pace:
                time.sleep(len(data) / pace)
            paper, pending, asked = _questions(pending + data)
            taken += len(paper)
            with self._lock:
                self._received += paper
            self._wear_out()
            if self.drop_after is not None and taken >= self.drop_after:
                wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                return
            for question in asked:
                self._answer(wire, question)

    def _wear_out(self) -> None:
        if self.paper_out_after is not None and len(self._received) >= self.paper_out_after:
            self.paper_out = True

    def _answer(self, wire: socket.socket, question: int) -> None:
        if self.silent or self.half_closes:
            return
        wire.sendall(self.noise + (self.garbage or bytes([self._status(question)])))

    def _status(self, question: int) -> int:
        """The byte an Epson answers to DLE EOT `question`."""
        offline = self.offline or self.cover_open or self.paper_out or self.error
        bits = {
            1: 0x08 * offline,
            2: 0x04 * self.cover_open | 0x20 * self.paper_out | 0x40 * self.error,
            3: 0x20 * self.error,
            4: 0x0C * (self.paper_low or self.paper_out) | 0x60 * self.paper_out,
        }
        return 0x12 | bits.get(question, 0)


def _questions(data: bytes) -> tuple[bytes, bytes, list[int]]:
    """Paper data, a question cut off at the end, and the questions asked."""
    paper, asked = bytearray(), []
    while (at := data.find(DLE_EOT)) >= 0 and at + 2 < len(data):
        paper += data[:at]
        asked.append(data[at + 2])
        data = data[at + 3 :]
    cut = next((n for n in (2, 1) if data.endswith(DLE_EOT[:n])), 0)
    return bytes(paper + data[: len(data) - cut]), data[len(data) - cut :], asked


def _hung_up(wire: socket.socket) -> bool:
    """Has the other side closed, with nothing left unread before it?"""
    try:
        return wire.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True
