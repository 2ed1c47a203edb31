"""A TCP proxy before PostgreSQL that does to a chosen request what networks and servers do to requests.

It knows of the protocol only where an answer ends (ReadyForQuery), so that it can lose exactly the answer to a commit.
What goes on until the first such end (TLS or not, who are you) counts as a request too.
"""

import asyncio
import contextlib
import socket
import struct
import threading
from collections.abc import Callable
from enum import Enum, auto
from types import TracebackType
from typing import Self

import msgspec


class Mishap(Enum):
    """What happens to one request."""

    CUT_BEFORE = auto()
    """The line breaks before the server sees it."""
    CUT_WITHIN = auto()
    """The server sees half of it."""
    DELAY = auto()
    """It takes its time."""
    SWALLOWED = auto()
    """Half-open: nothing arrives, nothing comes back, nothing is closed."""
    REPLY_LOST = auto()
    """The server commits, and the line breaks before the answer comes."""
    REPLY_SWALLOWED = auto()
    """The server commits, and the answer goes nowhere, and nothing is closed."""
    REPLY_TORN = auto()
    """Half of the answer comes."""
    TO_THE_SERVER = auto()
    """It arrives, and then something happens to the server: `strike` of the proxy."""


class Due(msgspec.Struct, frozen=True):
    """A mishap that waits for its request: the number of requests since the last one happened."""

    request: int
    mishap: Mishap


DELAY_S = 0.2
_READY = b"Z\x00\x00\x00\x05"
_RESET = struct.pack("ii", 1, 0)
"""SO_LINGER of no time: closing sends RST, not FIN."""


class ChaosProxy:
    """Listens on a port of its own; mishaps happen in order, each once. `strike` runs on a thread of its own."""

    def __init__(self, port: int, schedule: list[Due], strike: Callable[[], None] = lambda: None) -> None:
        self._server_port, self._strike = port, strike
        self.left = list(schedule)
        self.happened: list[Mishap] = []
        self.striking = False
        self._requests = 0
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="chaos proxy")
        self._ready = threading.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self.port = 0

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._ready.wait(10)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(30)

    def release(self) -> None:
        """Reset the lines that swallow, now and from now on."""
        self._loop.call_soon_threadsafe(self._released.set)

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._serve())

    async def _serve(self) -> None:
        self._stop, self._released = asyncio.Event(), asyncio.Event()
        server = await asyncio.start_server(self._accepted, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stop.wait()
        server.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _accepted(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            await self._conversation(reader, writer)
        except (OSError, asyncio.CancelledError, asyncio.IncompleteReadError):
            pass
        finally:
            _reset(writer)
            self._tasks.discard(task)

    async def _conversation(self, client: asyncio.StreamReader, to_client: asyncio.StreamWriter) -> None:
        server, to_server = await asyncio.open_connection("127.0.0.1", self._server_port)
        line = _Line(client, to_client, server, to_server)
        try:
            while await line.next_request():
                mishap = self._due()
                if mishap is None:
                    await line.pass_on()
                elif not await self._happens(mishap, line):
                    return
        finally:
            _reset(to_server)

    def _due(self) -> Mishap | None:
        """What is to happen to this request."""
        self._requests += 1
        if not self.left or self._requests < self.left[0].request:
            return None
        mishap = self.left.pop(0).mishap
        self._requests = 0
        self.happened.append(mishap)
        return mishap

    async def _happens(self, mishap: Mishap, line: "_Line") -> bool:
        """Do it; whether the line goes on."""
        match mishap:
            case Mishap.CUT_BEFORE:
                return False
            case Mishap.CUT_WITHIN:
                line.request = line.request[: len(line.request) // 2]
                await line.send_request()
                return False
            case Mishap.DELAY:
                await asyncio.sleep(DELAY_S)
                await line.pass_on()
                return True
            case Mishap.SWALLOWED:
                await line.until_client_leaves(self._released)
                return False
            case Mishap.REPLY_LOST:
                await line.pass_on(answer=False)
                return False
            case Mishap.REPLY_SWALLOWED:
                await line.pass_on(answer=False)
                await line.until_client_leaves(self._released)
                return False
            case Mishap.REPLY_TORN:
                await line.tear_answer()
                return False
            case Mishap.TO_THE_SERVER:
                await line.send_request()
                self.striking = True
                try:
                    await asyncio.to_thread(self._strike)
                finally:
                    self.striking = False
                return False


class _Line:
    """One connection, request by request."""

    def __init__(
        self,
        client: asyncio.StreamReader,
        to_client: asyncio.StreamWriter,
        server: asyncio.StreamReader,
        to_server: asyncio.StreamWriter,
    ) -> None:
        self._client, self._to_client = client, to_client
        self._server, self._to_server = server, to_server
        self.request = b""

    async def next_request(self) -> bool:
        """Whether the client asks again."""
        self.request = await self._client.read(65_536)
        return bool(self.request)

    async def send_request(self) -> None:
        self._to_server.write(self.request)
        await self._to_server.drain()

    async def pass_on(self, *, answer: bool = True) -> None:
        """The request, what follows of it, and the answer to its end."""
        await self.send_request()
        more = asyncio.create_task(self._rest_of_request())
        try:
            last = b""
            while part := await self._server.read(65_536):
                if answer:
                    self._to_client.write(part)
                    await self._to_client.drain()
                last = (last + part)[-6:]
                if last[:5] == _READY:
                    return
            raise ConnectionResetError("the server left")
        finally:
            more.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await more

    async def tear_answer(self) -> None:
        """Half of the first part of the answer."""
        await self.send_request()
        part = await self._server.read(65_536)
        self._to_client.write(part[: len(part) // 2])
        await self._to_client.drain()
        await asyncio.sleep(0.01)

    async def until_client_leaves(self, released: asyncio.Event) -> None:
        """Take what comes, give nothing."""
        ends = {asyncio.create_task(self._swallow()), asyncio.create_task(released.wait())}
        _, others = await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        for other in others:
            other.cancel()

    async def _swallow(self) -> bool:
        while await self._client.read(65_536):
            pass
        return True

    async def _rest_of_request(self) -> None:
        """What a client sends before it has its answer: a long request, or the steps of signing in."""
        while part := await self._client.read(65_536):
            self._to_server.write(part)
            await self._to_server.drain()
        self._to_server.close()


def _reset(writer: asyncio.StreamWriter) -> None:
    """Close with RST, as a machine that forgot the connection."""
    with contextlib.suppress(OSError):
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
    writer.transport.abort()
