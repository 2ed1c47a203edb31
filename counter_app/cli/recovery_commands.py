"""Commands that bring a counter back: backup, restore, a dead station's work, keys, and the drill."""

import sys
from argparse import Namespace

import msgspec

from counter_app.bootstrap import open_station
from counter_app.cli.answers import acting_person, say, shown
from counter_app.cli.files import read_file
from counter_app.domain.money import usd
from counter_app.domain.refused import WrongAct
from counter_app.recovery.adopt import Adopted
from counter_app.recovery.adopt import adopt as take_over
from counter_app.recovery.backup import bring_back, restore_backup, take_backup
from counter_app.recovery.drill import Way
from counter_app.recovery.drill import drill as try_ways_back
from counter_app.recovery.key_change import change_file_key, change_signing_key, prove_code
from db.backup import Proof


def backup(args: Namespace) -> int:
    """Write a proven backup, also beside an open window."""
    proof = take_backup(args.dir, args.file)
    words = f"The backup {shown(args.file)} opens, is verified and balances: {_in_words(proof)}."
    say(args, {"file": shown(args.file), **_value(proof)}, words)
    return 0


def restore(args: Namespace) -> int:
    """Put a backup in place; without a file, bring the newer entries of an old file back from the centre."""
    if args.file is None:
        done = bring_back(args.dir)
    else:
        done = restore_backup(args.file, args.dir, last_receipt=args.last_receipt)
    value = {**_value(done.proof), "brought_back": done.brought_back, "centre_fault": done.centre_fault or None}
    words = [f"Station {done.proof.station} is in {shown(args.dir)}: {_in_words(done.proof)}."]
    if done.brought_back:
        words.append(f"{done.brought_back} newer entries came back from the center.")
    if done.centre_fault:
        words.append(f"Newer entries were not looked for: {done.centre_fault}")
    last = done.proof.totals.last_numbers.get(f"{done.proof.station} receipt", "none")
    words.append(f"The last receipt in it is {last}; if a later one is on paper, take no money here.")
    say(args, value, "\n".join(words))
    return 0


def adopt(args: Namespace) -> int:
    """A dead station's work under a new name, in DIR."""
    people = read_file(args.people) if args.people else None
    done = take_over(args.dir, args.central, args.dead, args.station, people=people)
    count, cents = done.totals.received
    value = {
        "dir": shown(args.dir),
        "station": done.station,
        "adopted": done.adopted,
        "entries": done.totals.entries,
        "head": {"seq": done.head.seq, "hash": done.head.hash.hex()},
        "receipts": count,
        "total_cents": cents,
        "drawers": done.drawers,
    }
    came = f"{done.totals.entries} entries, {count} receipts of {usd(cents)}"
    words = [f"Station {done.station} in {shown(args.dir)} answers for {done.adopted}: {came}."]
    if done.drawers:
        words.append(f"To be counted by two people and verified (unless counted already): {', '.join(done.drawers)}.")
    _show_made(done, value, words)
    say(args, value, "\n".join(words))
    return 0


def _show_made(done: Adopted, value: dict[str, object], words: list[str]) -> None:
    """What is printed once of a station of real money."""
    if done.made is None:
        return
    value |= {"recovery_code": done.made.recovery_code, "key_store": done.made.key_store}
    words.append(f"Recovery code, write it down and lock it away: {done.made.recovery_code}")
    if done.made.password:
        value["password"] = done.made.password
        words.append(f"The administrator is “admin”, with the password {done.made.password}")


def drill(args: Namespace) -> int:
    """Exit 1 when a way back does not bring the books back to the cent."""
    ways = try_ways_back(args.dir)
    good = all(not way.problem and not way.differs_cents for way in ways)
    value = {"ok": good, "ways": msgspec.to_builtins(ways)}
    say(args, value, "\n".join(_way_in_words(way) for way in ways))
    return 0 if good else 1


def _way_in_words(way: Way) -> str:
    if way.problem:
        return f"{way.way}: {way.problem}"
    lacking = f"; {way.lacking} newer entries are not there yet" if way.lacking else ""
    return (
        f"{way.way}: {way.entries} entries, {way.receipts} receipts of {usd(way.total_cents)} in"
        f" {way.seconds / 60:.1f} minutes, {usd(way.differs_cents)} apart{lacking}"
    )


def key_usage(_args: Namespace) -> int:
    """`key` without a verb."""
    raise WrongAct("Say what: key check or key rotate.")


def key_check(args: Namespace) -> int:
    """Prove a recovery code by opening the file with it."""
    prove_code(args.dir, _read_code("Recovery code: "))
    say(args, {}, "This recovery code opens the counter.")
    return 0


def key_rotate(args: Namespace) -> int:
    """New keys: of the file, whose code is asked back before anything changes, or of the signature."""
    station = open_station(args.dir, "a change of keys")
    try:
        by = acting_person(args, station)
        if args.what == "signing":
            seq = change_signing_key(station, by)
            say(args, {"seq": seq}, f"Entry {seq} names the new key; the entries after it are signed with it.")
            return 0
        is_kept = change_file_key(station, by, lambda code: _asked_back(args, code))
    finally:
        station.close()
    words = "The file has its new key." if is_kept else "The file has its new key; the recovery code alone opens it."
    say(args, {"key_store": is_kept}, words)
    return 0


def _asked_back(args: Namespace, code: str) -> str:
    say(args, {"recovery_code": code}, f"The new recovery code, write it down and lock it away: {code}")
    return _read_code("Read it back from the paper: ")


def _read_code(prompt: str) -> str:
    return input(prompt) if sys.stdin.isatty() else sys.stdin.readline()


def _value(proof: Proof) -> dict[str, object]:
    count, cents = proof.totals.received
    return {
        "station": proof.station,
        "entries": proof.totals.entries,
        "head": {"seq": proof.head.seq, "hash": proof.head.hash.hex()},
        "receipts": count,
        "total_cents": cents,
        "places": proof.totals.places,
        "last_numbers": proof.totals.last_numbers,
    }


def _in_words(proof: Proof) -> str:
    count, cents = proof.totals.received
    return f"{proof.totals.entries} entries, {count} receipts of {usd(cents)}"
