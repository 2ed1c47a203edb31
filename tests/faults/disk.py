"""What a disk may hold after the power went: the writes and syncs of the real program, and the images they allow.

A program is run under `strace`; what it did to the files of a folder, what it told its caller and what it put on paper
is kept in order. At any step the disk holds whatever was synced, and any part of what was not: whole writes, sectors of
them, in any order between files, with or without the new length of a file, with or without a new name in the folder.
"""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

import msgspec

SECTOR = 512
_CALLS = "trace=openat,close,write,pwrite64,ftruncate,fsync,fdatasync,unlink,rename"
_LONGEST = 1 << 20


class Written(msgspec.Struct, frozen=True):
    """Bytes that were handed to the system for a file."""

    file: int
    offset: int
    data: bytes


class Resized(msgspec.Struct, frozen=True):
    """A file was given a length."""

    file: int
    size: int


class Synced(msgspec.Struct, frozen=True):
    """All that was written to a file before is on the disk; without a file, all names of the folder."""

    file: int | None


class Named(msgspec.Struct, frozen=True):
    """A name of the folder leads to a file, or is gone."""

    name: str
    file: int | None


class Told(msgspec.Struct, frozen=True):
    """The program told its caller."""

    line: bytes


class OnPaper(msgspec.Struct, frozen=True):
    """Bytes left for the printer; no power cut takes them back."""

    data: bytes


Step = Written | Resized | Synced | Named | Told | OnPaper


class Recording:
    """What a program does to a folder from here on, run after run; `start` is what lay there, all of it synced."""

    def __init__(self, folder: Path, paper: Path, aside: Sequence[str]) -> None:
        self.folder, self.paper = folder.resolve(), paper.resolve()
        self.steps: list[Step] = []
        self._aside = aside
        """Files that hold nothing to lose: the lock, the key, the index of the log that each opening makes anew."""
        self.names: dict[str, int] = {}
        self.start: dict[str, bytes] = {}
        for path in sorted(self.folder.iterdir()):
            if path.name not in aside:
                self.names[path.name] = len(self.names)
                self.start[path.name] = path.read_bytes()
        self._files = len(self.names)

    def run(self, *words: str, given: str = "", fault: str = "") -> None:
        """Run the program's command under the eye of strace, to its end, or to its kill at a fault point."""
        log = self.paper.with_name("trace")
        watched = ["strace", "-f", "--seccomp-bpf", "-qq", "-xx", "-s", str(_LONGEST), "-e", _CALLS, "-o", str(log)]
        done = subprocess.run(
            [*watched, sys.executable, "-m", "counter_app", *words],
            input=given, capture_output=True, text=True, timeout=100, check=False,
            env={**os.environ, "COUNTER_APP_FAULT": fault},
        )  # fmt: skip
        assert done.returncode == (-signal.SIGKILL if fault else 0), done.stderr
        self.steps.extend(_Reader(self).steps(log))
        log.unlink()

    def file_of(self, path: str) -> str | None:
        """The name, when the path is of a file that counts."""
        where = Path(path)
        return where.name if where.parent == self.folder and where.name not in self._aside else None

    def new_file(self, name: str) -> int:
        """Another file under a name."""
        self.names[name] = self._files
        self._files += 1
        return self.names[name]


_FOLDER, _PAPER, _TOLD = -1, -2, -3
_CALL = re.compile(rb"^\d+ +(\w+)\((.*)\) += (-?\d+)(?: .*)?$")
_UNFINISHED = re.compile(rb"^(\d+) +(.*) <unfinished \.\.\.>$")
_RESUMED = re.compile(rb"^(\d+) +<\.\.\. \w+ resumed>(.*)$")


class _Reader:
    """Reads one run's log; descriptors are those of that process."""

    def __init__(self, recording: Recording) -> None:
        self._recording = recording
        self._open = {1: _TOLD}
        self._at: dict[int, int] = {}
        """Where the next write without a place goes, by descriptor."""

    def steps(self, log: Path) -> Iterator[Step]:
        """What happened to the folder, in order."""
        begun: dict[bytes, bytes] = {}
        for line in log.read_bytes().splitlines():
            whole = line
            if half := _UNFINISHED.match(line):
                begun[half[1]] = half[2]
                continue
            if half := _RESUMED.match(line):
                whole = half[1] + b" " + begun.pop(half[1]) + half[2]
            found = _CALL.match(whole)
            if found is not None and int(found[3]) >= 0:
                yield from self._step(found[1].decode(), found[2], int(found[3]))

    def _step(self, call: str, words: bytes, result: int) -> Iterator[Step]:
        if call == "openat":
            yield from self._opened(words, result)
            return
        if call == "unlink":
            name = self._recording.file_of(_text(words).decode(errors="replace"))
            if name is not None:
                self._recording.names.pop(name)
                yield Named(name, None)
            return
        if call == "rename":
            assert self._recording.file_of(_text(words).decode(errors="replace")) is None, "a rename is not understood"
            return
        file = self._open.get(int(words.split(b",")[0]))
        if file is None:
            return
        if call == "close":
            self._open.pop(int(words))
        elif call in ("fsync", "fdatasync"):
            yield Synced(None if file == _FOLDER else file)
        elif call == "ftruncate":
            yield Resized(file, int(words.split(b",")[1]))
        elif (step := self._written(call, file, words, result)) is not None:
            yield step

    def _opened(self, words: bytes, descriptor: int) -> Iterator[Step]:
        recording = self._recording
        path = _text(words).decode(errors="replace")
        self._open.pop(descriptor, None)
        self._at[descriptor] = 0
        if path == str(recording.folder):
            self._open[descriptor] = _FOLDER
        elif path == str(recording.paper):
            self._open[descriptor] = _PAPER
        elif (name := recording.file_of(path)) is not None:
            if name not in recording.names:
                yield Named(name, recording.new_file(name))
            self._open[descriptor] = recording.names[name]
            assert b"O_TRUNC" not in words, f"{name} is emptied, which is not understood by this reader"

    def _written(self, call: str, file: int, words: bytes, result: int) -> Step | None:
        data = _text(words)
        assert len(data) == result, "strace kept less than was written"
        if file == _TOLD:
            return Told(data) if data.strip() else None
        if file == _PAPER:
            return OnPaper(data)
        if call == "pwrite64":
            return Written(file, int(words.rpartition(b",")[2]), data)
        descriptor = int(words.split(b",")[0])
        offset = self._at[descriptor]
        self._at[descriptor] += result
        return Written(file, offset, data)


def _text(words: bytes) -> bytes:
    """The string among the words of a call, which strace writes as \\x41\\x42."""
    return bytes.fromhex(words.split(b'"')[1].replace(b"\\x", b"").decode())


class Disk:
    """Follows a recording step by step, and gives images of what a power cut would leave."""

    def __init__(self, recording: Recording) -> None:
        self._settled = {n: bytearray(data) for n, data in enumerate(recording.start.values())}
        self._folders: list[dict[str, int]] = [dict(zip(recording.start, self._settled, strict=True))]
        """The synced names, and each state of them since."""
        self._pending: list[Written | Resized] = []

    def follow(self, step: Step) -> None:
        """The step was done."""
        if isinstance(step, Written | Resized):
            self._pending.append(step)
        elif isinstance(step, Named):
            names = dict(self._folders[-1])
            if step.file is None:
                names.pop(step.name)
            else:
                names[step.name] = step.file
                self._settled.setdefault(step.file, bytearray())
            self._folders.append(names)
        elif isinstance(step, Synced):
            self._sync(step.file)

    def _sync(self, file: int | None) -> None:
        if file is None:
            del self._folders[:-1]
            return
        left: list[Written | Resized] = []
        for step in self._pending:
            if step.file == file:
                _apply(self._settled[file], step)
            else:
                left.append(step)
        self._pending = left

    @property
    def is_calm(self) -> bool:
        """Whether all is synced: then there is one image."""
        return not self._pending and len(self._folders) == 1

    def pending_names(self) -> set[str]:
        """The names of the files that were written to and not synced."""
        files = {step.file for step in self._pending}
        return {name for name, file in self._folders[-1].items() if file in files}

    def image(self, dice: Random) -> dict[str, bytes]:
        """One of the images that are legal now, by name."""
        contents: dict[int, bytearray] = {}
        for step in self._survivors(dice):
            _apply(self._copy(contents, step.file), step)
        for file in dict.fromkeys(step.file for step in self._pending):
            if dice.random() < 0.5:
                self._lengthen(self._copy(contents, file), file, dice)
        names: dict[str, bytes] = {}
        for name in dict.fromkeys(name for folder in self._folders for name in folder):
            file_now = dice.choice(self._folders).get(name)
            if file_now is not None:
                names[name] = bytes(contents.get(file_now, self._settled[file_now]))
        return names

    def _copy(self, contents: dict[int, bytearray], file: int) -> bytearray:
        if file not in contents:
            contents[file] = bytearray(self._settled[file])
        return contents[file]

    def _lengthen(self, content: bytearray, file: int, dice: Random) -> None:
        """The file system kept a new length and not what was written there: zeros, or what lay there before."""
        ends = [_end(step) for step in self._pending if step.file == file]
        more = dice.choice(ends) - len(content)
        if more > 0:
            content.extend(dice.randbytes(more) if dice.random() < 0.25 else bytes(more))

    def _survivors(self, dice: Random) -> Iterator[Written | Resized]:
        """Which of the unsynced writes reached the disk: none, all, the first of them, some, some sectors of them."""
        way, chance = dice.randrange(5), dice.random()
        cut = dice.randint(0, len(self._pending))
        for number, step in enumerate(self._pending):
            if way == 1 or (way == 2 and number < cut) or (way == 3 and dice.random() < chance):
                yield step
            elif way == 2 and number == cut and isinstance(step, Written):
                yield Written(step.file, step.offset, step.data[: SECTOR * dice.randint(0, len(step.data) // SECTOR)])
            elif way == 4 and isinstance(step, Written):
                yield from (sector for sector in _sectors(step) if dice.random() < chance)
            elif way == 4 and dice.random() < chance:
                yield step


def _sectors(step: Written) -> Iterator[Written]:
    """The parts of a write by the sectors of the disk that they fall into."""
    at = step.offset
    while at < _end(step):
        until = min(at - at % SECTOR + SECTOR, _end(step))
        yield Written(step.file, at, step.data[at - step.offset : until - step.offset])
        at = until


def _end(step: Written | Resized) -> int:
    return step.offset + len(step.data) if isinstance(step, Written) else step.size


def _apply(content: bytearray, step: Written | Resized) -> None:
    if isinstance(step, Resized):
        if step.size <= len(content):
            del content[step.size :]
        else:
            content.extend(bytes(step.size - len(content)))
        return
    if step.offset > len(content):
        content.extend(bytes(step.offset - len(content)))
    content[step.offset : step.offset + len(step.data)] = step.data
