"""An exported journal is proved anywhere, and whatever was done to the file is found and named."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.archive_check import main
from counter_app.domain.entry import EMPTY, chain_hash, checkpoint_bytes
from counter_app.services.export_journal import export_journal
from counter_app.services.station import Station
from db.keys import Signer, new_signing_key
from tests.fakes.forger import LAST, two_stations

Lines = list[bytes]


class Exported:
    """An archive with private values, and the key that signed it."""

    def __init__(self, folder: Path) -> None:
        books = two_stations(folder)
        self.path = folder / "journal.jsonl"
        station = Station(folder, "demo", "Alder Creek", "City Hall", books, books.faults, None)
        with books.read() as connection:
            self.heads = export_journal(station, connection, self.path, with_private=True)
        self.bare = folder / "bare.jsonl"
        with books.read() as connection:
            export_journal(station, connection, self.bare)
        books.storage.close()
        self.signer = books.signer
        self.lines = self.path.read_bytes().splitlines(keepends=True)

    def at(self, seq: int, kind: str = "entry", station: str = "A1") -> int:
        """The line of an entry."""
        found = (
            n
            for n, line in enumerate(self.lines)
            if {"type": kind, "station": station, "seq": seq}.items() <= json.loads(line).items()
        )
        return next(found)


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Exported:
    """The played day and a second station's journal, exported."""
    return Exported(tmp_path_factory.mktemp("archive"))


def check(path: Path, capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, list[str]]:
    """Exit code and printed lines."""
    code = main([str(path), *options])
    return code, capsys.readouterr().out.splitlines()


def line(record: dict[str, Any]) -> bytes:
    return json.dumps(record, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode() + b"\n"


def change(number: int, kind: str = "entry", /, **changed: Any) -> Callable[[Exported], Lines]:
    """Other values in the line of an entry."""

    def forge(exported: Exported) -> Lines:
        lines, at = list(exported.lines), exported.at(number, kind)
        lines[at] = line({**json.loads(lines[at]), **changed})
        return lines

    return forge


def replace(seq: int, old: str, new: str) -> Callable[[Exported], Lines]:
    """Another word in the body of an entry."""

    def forge(exported: Exported) -> Lines:
        body = json.loads(exported.lines[exported.at(seq)])["body"]
        assert old in body
        return change(seq, body=body.replace(old, new, 1))(exported)

    return forge


def without(*seqs: int, kind: str = "entry") -> Callable[[Exported], Lines]:
    """Some lines left out."""
    return lambda e: [line for n, line in enumerate(e.lines) if n not in {e.at(seq, kind) for seq in seqs}]


def swapped(exported: Exported) -> Lines:
    lines, one, other = list(exported.lines), exported.at(7), exported.at(8)
    lines[one], lines[other] = lines[other], lines[one]
    return lines


def signed_anew(exported: Exported, signer: Signer, *, header: bool) -> Lines:
    """The journal of A1 changed and signed with another key from end to end."""
    lines, prev = list(exported.lines), EMPTY.hash
    old, new = exported.signer.public.hex(), signer.public.hex()
    for seq in range(1, LAST + 1):
        record = json.loads(lines[exported.at(seq)])
        body = record["body"].replace('"amount_cents":5000', '"amount_cents":4000')
        body = body.replace(old, new) if header else body
        hash_ = chain_hash(prev, body.encode())
        lines[exported.at(seq)] = line(
            {**record, "body": body, "prev": prev.hex(), "hash": hash_.hex(), "sig": signer.sign(hash_).hex()}
        )
        prev = hash_
    if header:
        lines[0] = lines[0].replace(old.encode(), new.encode())
    mark = signer.sign(checkpoint_bytes("A1", LAST, prev)).hex()
    at = exported.at(LAST, "checkpoint")
    lines[at] = line({**json.loads(lines[at]), "hash": prev.hex(), "sig": mark})
    return lines


FORGERIES: dict[str, tuple[Callable[[Exported], Lines], str]] = {
    "amount changed": (replace(5, '"amount_cents":5000', '"amount_cents":4000'), "A1 entry 5: its hash is not"),
    "actor changed": (replace(9, '"actor":"maria"', '"actor":"ben"'), "A1 entry 9: its hash is not"),
    "hash changed": (change(5, hash="00" * 32), "A1 entry 5: its hash is not"),
    "hash cut": (change(5, hash="00"), "A1 entry 4: what follows it cannot be read"),
    "hash no hex": (change(5, hash="zz"), "A1 entry 4: what follows it cannot be read"),
    "prev changed": (change(5, prev="00" * 32), "A1 entry 5: it does not follow"),
    "signature changed": (change(5, sig="00" * 64), "A1 entry 5: it is not signed"),
    "seq changed": (change(5, seq=6), "A1 entry 5: it is missing; entry 6"),
    "seq as text": (change(5, seq="5"), "A1 entry 5: it is missing; entry 5"),
    "seq as truth": (change(1, seq=True), "A1 entry 1: it is missing; entry True"),
    "station changed": (change(5, station="B2"), "B2 entry 1: it is missing; entry 5"),
    "station unknown": (change(5, station="Z9"), "A1 entry 4: after it comes Z9"),
    "type unknown": (change(5, type="note"), "A1 entry 4: what follows it is no part"),
    "body no text": (change(5, body=5), "A1 entry 4: what follows it cannot be read"),
    "first left out": (without(1), "A1 entry 1: it is missing; entry 2"),
    "one in the middle left out": (without(9), "A1 entry 9: it is missing; its private value"),
    "last left out": (without(17), "A1 entry 17: it is missing; the checkpoint names entry 17"),
    "reordered": (swapped, "A1 entry 7: it is missing; entry 8"),
    "duplicated": (lambda e: e.lines[: e.at(9)] + e.lines[e.at(9) - 1 :], "A1 entry 9: it is missing; entry 8"),
    "truncated after an entry": (lambda e: e.lines[: e.at(10)], "A1 entry 9: the archive ends before the checkpoint"),
    "truncated in a line": (
        lambda e: [*e.lines[: e.at(10)], e.lines[e.at(10)][:50]],
        "A1 entry 9: what follows it cannot be read",
    ),
    "truncated before the seal": (lambda e: e.lines[:-1], "A1 entry 17: the archive ends before its seal"),
    "only a header": (lambda e: e.lines[:1], "A1 entry 0: the archive ends before the checkpoint"),
    "extended by an entry": (lambda e: [*e.lines, e.lines[e.at(17)]], "A1 entry 17: something follows the seal"),
    "extended before the seal": (
        lambda e: [*e.lines[:-1], e.lines[e.at(17)], e.lines[-1]],
        "A1 entry 18: an entry follows",
    ),
    "extended by a line": (lambda e: [*e.lines, b"\n"], "A1 entry 17: something follows the seal"),
    "checkpoint left out": (without(17, kind="checkpoint"), "A1 entry 17: the archive is sealed before"),
    "checkpoint twice": (
        lambda e: e.lines[: e.at(17, "checkpoint") + 1] + e.lines[e.at(17, "checkpoint") :],
        "A1 entry 17: there is a second",
    ),
    "checkpoint of fewer entries": (change(17, "checkpoint", seq=16), "A1 entry 17: the checkpoint names another"),
    "checkpoint of another hash": (
        change(17, "checkpoint", hash="00" * 32),
        "A1 entry 17: the checkpoint names another",
    ),
    "checkpoint unsigned": (change(17, "checkpoint", sig="00" * 64), "A1 entry 17: the checkpoint is not signed"),
    "seal changed": (
        lambda e: [*e.lines[:-1], line({**json.loads(e.lines[-1]), "sig": "00" * 64})],
        "A1 entry 17: the seal",
    ),
    "private value changed": (change(3, "private", value="Dan"), "A1 entry 3: the private value"),
    "private field changed": (change(3, "private", field="phone"), "A1 entry 3: the private value phone"),
    "private value moved": (change(3, "private", seq=2), "A1 entry 3: a private value stands at another entry"),
    "private value left out": (without(3, kind="private"), "A1 entry 17: the seal"),
    "line endings changed": (lambda e: [one.replace(b"\n", b"\r\n") for one in e.lines], "A1 entry 17: the seal"),
    "another station left out": (
        lambda e: [one for one in e.lines if json.loads(one).get("station") != "B2"],
        "B2 entry 0: the archive is sealed",
    ),
    "signed anew with another key": (
        lambda e: signed_anew(e, Signer(new_signing_key()), header=False),
        "A1 entry 1: it is not signed",
    ),
    "signed anew, key in the header too": (
        lambda e: signed_anew(e, Signer(new_signing_key()), header=True),
        "B2 entry 4: the checkpoint is not signed",
    ),
    "key of the header changed": (
        lambda e: [
            e.lines[0].replace(e.signer.public.hex().encode(), Signer(new_signing_key()).public.hex().encode()),
            *e.lines[1:],
        ],
        "A1 entry 1: it is not signed",
    ),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_a_changed_archive_is_not_proven(
    exported: Exported, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    forge, says = FORGERIES[name]
    path = tmp_path / "forged.jsonl"
    path.write_bytes(b"".join(forge(exported)))
    code, printed = check(path, capsys)
    assert code == 1
    assert printed[-1].startswith(f"NOT PROVEN: {says}"), printed


def test_an_archive_is_proven(exported: Exported, capsys: pytest.CaptureFixture[str]) -> None:
    for path in (exported.path, exported.bare):
        code, printed = check(path, capsys)
        assert (code, printed[-1]) == (0, "PROVEN")
        newest = exported.heads["A1"].hash.hex()
        assert printed[0].startswith(f"A1 (demo, no real money): entries 1 to {LAST}, newest {newest}")


def test_private_values_leave_only_when_asked_for(exported: Exported) -> None:
    assert b"Dana Ortiz" in exported.path.read_bytes()
    assert b"Dana Ortiz" not in exported.bare.read_bytes()


def test_a_key_known_from_elsewhere_tells_a_journal_from_one_made_up(
    exported: Exported, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check(exported.path, capsys, "--key", f"A1={exported.signer.public.hex()}")[0] == 0
    other = Signer(new_signing_key()).public.hex()
    code, printed = check(exported.path, capsys, "--key", f"A1={other}")
    assert (code, printed[-1]) == (1, "NOT PROVEN: A1 entry 1: the archive has another key of this station, or none.")


UNREADABLE = {
    "empty": b"",
    "no JSON": b"\0\1\2\n",
    "a list": b"[]\n",
    "another file": b'{"archive": "something"}\n',
    "keys a list": b'{"archive":"counter journal archive","keys":["A1"],"station":"A1","version":1}\n',
    "no key": b'{"archive":"counter journal archive","keys":{"A1":"zz"},"station":"A1","version":1}\n',
    "key a number": b'{"archive":"counter journal archive","keys":{"A1":1},"station":"A1","version":1}\n',
    "newer": b'{"archive":"counter journal archive","keys":{"A1":"00"},"station":"A1","version":2}\n',
    "deep": b"[" * 100_000,
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_is_no_archive_is_unreadable(tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    path = tmp_path / "archive"
    path.write_bytes(UNREADABLE[name])
    code, printed = check(path, capsys)
    assert code == 2
    assert printed[-1].startswith("UNREADABLE: ")


def test_what_is_not_there_is_unreadable(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(tmp_path / "nothing", capsys)[0] == 2
    assert check(tmp_path, capsys)[0] == 2


@pytest.mark.parametrize("words", [[], ["f", "--key"], ["f", "--key", "A1"], ["f", "--other", "A1=00"]])
def test_a_wrong_command_says_how(capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    assert main(words) == 2
    assert "python -m counter_app.archive_check ARCHIVE" in capsys.readouterr().out


@given(st.data())
def test_any_flipped_bit_is_found(
    exported: Exported, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    image = bytearray(b"".join(exported.lines))
    bit = data.draw(st.integers(0, len(image) * 8 - 1))
    image[bit // 8] ^= 1 << bit % 8
    path = tmp_path_factory.getbasetemp() / "flipped.jsonl"
    path.write_bytes(image)
    assert main([str(path)]) in (1, 2), bit


@given(st.integers(0, 40), st.binary(max_size=60))
def test_garbage_anywhere_is_answered(
    exported: Exported, tmp_path_factory: pytest.TempPathFactory, at: int, garbage: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "garbage.jsonl"
    path.write_bytes(b"".join([*exported.lines[:at], garbage + b"\n", *exported.lines[at:]]))
    assert main([str(path)]) in (1, 2)


def test_it_runs_as_a_single_file_of_its_own(exported: Exported, tmp_path: Path) -> None:
    alone = tmp_path / "check.py"
    alone.write_bytes((Path(__file__).parent.parent / "counter_app" / "archive_check.py").read_bytes())
    done = subprocess.run(
        [sys.executable, "-I", str(alone), str(exported.path)],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert (done.returncode, done.stdout.splitlines()[-1], done.stderr) == (0, "PROVEN", "")
