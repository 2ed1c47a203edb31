"""Commands that bring a counter back: backup, restore, a dead station's work, keys, and the drill."""

from argparse import Namespace

from counter_app.cli.answers import say, shown
from counter_app.domain.money import usd
from counter_app.recovery.backup import bring_back, restore_backup, take_backup
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
