"""Makes the published archives anew: `python -m tests.archives`. Fixed keys, fixed salts, a clock that stands.

Each is a morning at the counter, as `export journal` writes it, to which one thing was done; expected.txt tells what
counter_app/archive_check.py answers to each.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from counter_app.archive_check import FORMAT
from counter_app.domain import events as ev
from counter_app.domain.entry import EMPTY, canonical, chain_hash, checkpoint_bytes, checkpoint_text
from counter_app.services.export_journal import SEAL_MARK, export_journal
from counter_app.services.station import Station
from db.keys import Signer
from tests.fakes.day import close, new_books, open_drawer, pay, register, void
from tests.fakes.forger import admit_other_station

HERE = Path(__file__).parent
CHECK = HERE.parent.parent / "counter_app" / "archive_check.py"
Records = list[dict[str, Any]]


def signer(name: str) -> Signer:
    """A key that everybody may know: the archives are published."""
    return Signer(sha256(f"published archive, {name}".encode()).digest())


def morning(station: str, purpose: str = "real", *, other: bool = False) -> Records:
    """Nine entries and their private values: a customer, a drawer, three payments, one of them voided, the count."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        books, _key = new_books(folder, station)
        register(books, "Dana Ortiz")
        open_drawer(books)
        session = f"{station}-S000001"
        pay(books, session, 5_000, tendered=6_000)
        pay(books, session, 1_300, kind="check", payer="Dana Ortiz")
        void(books, session, pay(books, session, 700))
        with books.write("ana") as unit:
            unit.record(ev.SignedIn(person="ana"))
        close(books, session)
        if other:
            (folder / "other").mkdir()
            admit_other_station(books, folder / "other")
        path = folder / "journal.jsonl"
        opened = Station(folder, "demo", "Alder Creek", "City Hall", books, books.faults, None)
        with books.read() as connection:
            export_journal(opened, connection, path, with_private=True)
        books.storage.close()
        records = [json.loads(line) for line in path.read_bytes().splitlines()]
    return with_purpose(with_fixed_salts(records), purpose)


def with_fixed_salts(records: Records) -> Records:
    """The salts are random in life; here each is made of the field's name."""
    bodies = {(r["station"], r["seq"]): r for r in records if r.get("type") == "entry"}
    for value in (r for r in records if r.get("type") == "private"):
        entry, salt = bodies[value["station"], value["seq"]], sha256(value["field"].encode()).digest()[:16]
        old = sha256(bytes.fromhex(value["salt"]) + value["value"].encode()).hexdigest()
        entry["body"] = entry["body"].replace(old, sha256(salt + value["value"].encode()).hexdigest())
        value["salt"] = salt.hex()
    return records


def with_purpose(records: Records, purpose: str) -> Records:
    """For real money, or training: the first entry says so."""
    for record in records:
        if record.get("type") == "entry" and record["seq"] == 1:
            record["body"] = record["body"].replace('"purpose":"demo"', f'"purpose":"{purpose}"')
    return records


def sealed(records: Records, keys: dict[str, Signer], exporter: str) -> Records:
    """Chained and signed anew from end to end, with checkpoints and the seal: what the holder of the keys can do."""
    with_private = any(record.get("type") == "private" for record in records)
    made: Records = [
        {**records[0], "keys": {name: key.public.hex() for name, key in keys.items()}, "with_private": with_private}
    ]
    heads, first, seqs = dict.fromkeys(keys, EMPTY.hash), dict(keys), dict.fromkeys(keys, 0)
    signing = dict(keys)
    for record in records[1:]:
        if record["type"] == "private":
            made.append(record)
        if record["type"] != "entry":
            continue
        name = record["station"]
        body = record["body"]
        if record["seq"] == 1:
            opened = json.loads(body)
            opened["event"]["public_key"] = first[name].public.hex()
            body = canonical(opened).decode()
        hash_ = chain_hash(heads[name], body.encode())
        made.append({
            **record, "body": body, "prev": heads[name].hex(), "hash": hash_.hex(),
            "sig": signing[name].sign(hash_).hex(),
        })  # fmt: skip
        heads[name], seqs[name] = hash_, record["seq"]
        if '"kind":"SigningKeyChanged"' in body:
            signing[name] = signer(f"{name}, second")
    for name in keys:
        sig = signing[exporter].sign(checkpoint_bytes(name, seqs[name], heads[name])).hex()
        head = heads[name].hex()
        made.append({"type": "checkpoint", "station": name, "seq": seqs[name], "hash": head, "sig": sig})
    return with_seal(made, signing[exporter], exporter)


def with_seal(records: Records, key: Signer, exporter: str) -> Records:
    """The seal over all lines before."""
    lines = b"".join(canonical(record) + b"\n" for record in records)
    return [*records, {"type": "seal", "station": exporter, "sig": key.sign(SEAL_MARK + sha256(lines).digest()).hex()}]


def key_changed(records: Records) -> Records:
    """The fifth entry names a new key; those after it move on by one."""
    new = signer("A1, second").public.hex()
    made: Records = []
    for record in records:
        if record.get("seq", 0) < 5:
            made.append(record)
            continue
        if record["type"] == "entry" and record["seq"] == 5:
            body = json.loads(record["body"])
            body.update(
                kind="SigningKeyChanged", actor="system", numbers={}, session=None, business_date=None,
                event={"public_key": new},
            )  # fmt: skip
            made.append({**record, "body": canonical(body).decode()})
        later = {**record, "seq": record["seq"] + 1}
        if record["type"] == "entry":
            later["body"] = record["body"].replace(f'"seq":{record["seq"]},', f'"seq":{later["seq"]},')
        made.append(later)
    return made


def at(records: Records, seq: int, kind: str = "entry") -> int:
    """The place of a line of A1."""
    return next(
        n for n, r in enumerate(records) if (r.get("type"), r.get("station"), r.get("seq")) == (kind, "A1", seq)
    )


def only(records: Records, keep: Callable[[dict[str, Any]], bool]) -> Records:
    """The header, and of the rest what is kept."""
    return [records[0], *(record for record in records[1:] if keep(record))]


def changed(records: Records, seq: int, kind: str, **values: Any) -> Records:
    """Other values in one line."""
    place = at(records, seq, kind)
    return [*records[:place], {**records[place], **values}, *records[place + 1 :]]


def paper(records: Records, seq: int, key: Signer) -> str:
    """What the code on paper said when the entry was the newest."""
    hash_ = bytes.fromhex(records[at(records, seq)]["hash"])
    return checkpoint_text("A1", seq, hash_, key.sign(checkpoint_bytes("A1", seq, hash_)))


def archives() -> tuple[dict[str, Records], list[tuple[str, str]]]:
    """Each archive by its name; and the commands to try: name and options."""
    a1, b2, thief = signer("A1"), signer("B2"), signer("somebody else")
    whole = sealed(morning("A1"), {"A1": a1}, "A1")
    bare = sealed(only(whole, lambda r: r["type"] != "private"), {"A1": a1}, "A1")
    two = sealed(morning("A1", other=True), {"A1": a1, "B2": b2}, "A1")
    rotated = sealed(key_changed(whole), {"A1": a1}, "A1")
    stranger = [
        {**r, "sig": thief.sign(bytes.fromhex(r["hash"])).hex()} if r is rotated[at(rotated, 5)] else r for r in rotated
    ]
    body = whole[at(whole, 4)]["body"]
    less = body.replace('"amount_cents":5000', '"amount_cents":4000')
    place = at(whole, 6)
    other = whole[place]["body"].replace('"amount_cents":700', '"amount_cents":900')
    hash_ = chain_hash(bytes.fromhex(whole[place]["prev"]), other.encode())
    second = {**whole[place], "body": other, "hash": hash_.hex(), "sig": a1.sign(hash_).hex()}
    fork = [*whole[: place + 1], second, *whole[place + 1 :]]
    made: dict[str, Records] = {
        "sound": bare,
        "with-private-values": whole,
        "private-values-purged": sealed(
            only(whole, lambda r: r["type"] != "private" or r["seq"] != 2), {"A1": a1}, "A1"
        ),
        "key-changed": rotated,
        "two-stations": two,
        "training": sealed(morning("A1T", "training"), {"A1T": signer("A1T")}, "A1T"),
        "amount-altered": changed(whole, 4, "entry", body=less),
        "entry-removed": only(whole, lambda r: (r["type"], r.get("seq")) != ("entry", 5)),
        "entries-swapped": [
            {whole[at(whole, 3)]["hash"]: whole[at(whole, 4)], whole[at(whole, 4)]["hash"]: whole[at(whole, 3)]}.get(
                r.get("hash", ""), r
            )
            for r in whole
        ],
        "tail-cut": whole[: at(whole, 7)],
        "tail-cut-and-sealed-anew": sealed(only(whole, lambda r: r.get("seq", 0) <= 6), {"A1": a1}, "A1"),
        "signed-with-another-key": changed(
            whole, 6, "entry", sig=thief.sign(bytes.fromhex(whole[at(whole, 6)]["hash"])).hex()
        ),
        "made-up-under-another-key": sealed(whole, {"A1": thief}, "A1"),
        "key-changed-by-a-stranger": stranger,
        "private-value-altered": changed(whole, 2, "private", value="Dan"),
        "private-value-left-out": only(whole, lambda r: (r["type"], r.get("seq")) != ("private", 5)),
        "fork": fork,
        "other-station-left-out": only(two, lambda r: r["station"] != "B2"),
    }
    tries = [(name, "") for name in made]
    tries += [
        ("sound", f"--key A1={a1.public.hex()}"),
        ("sound", f"--checkpoint {paper(whole, 8, a1)}"),
        ("key-changed", f"--checkpoint {paper(rotated, 4, a1)}"),
        ("key-changed", f"--checkpoint {paper(rotated, 4, signer('A1, second'))}"),
        ("key-changed", f"--checkpoint {paper(rotated, 7, a1)}"),
        ("made-up-under-another-key", f"--key A1={a1.public.hex()}"),
        ("tail-cut-and-sealed-anew", f"--checkpoint {paper(whole, 8, a1)}"),
        ("made-up-under-another-key", f"--checkpoint {paper(whole, 5, a1)}"),
        ("other-station-left-out", f"--key B2={b2.public.hex()}"),
    ]
    return made, tries


def write(folder: Path) -> list[tuple[str, str]]:
    """All archives as files; gives the commands to try."""
    made, tries = archives()
    for name, records in made.items():
        assert records[0]["archive"] == FORMAT
        (folder / f"{name}.jsonl").write_bytes(b"".join(canonical(record) + b"\n" for record in records))
    return tries


def expected(tries: list[tuple[str, str]]) -> str:
    """What the file that proves them answers today, a line each; whoever publishes reads it before."""
    said = []
    for name, options in tries:
        command = [sys.executable, str(CHECK), f"{name}.jsonl", *options.split()]
        done = subprocess.run(command, cwd=HERE, capture_output=True, text=True, check=False)
        said.append(f"{f'{name}.jsonl {options}'.strip()} -> {done.returncode} {done.stdout.splitlines()[-1]}\n")
    return "".join(said)


if __name__ == "__main__":
    (HERE / "expected.txt").write_text(expected(write(HERE)), encoding="utf-8")
