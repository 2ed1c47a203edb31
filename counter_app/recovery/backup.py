"""Takes a backup of a station's file and puts one back; neither is called done before it was proven and balanced.

A backup is the encrypted database itself under the station's own key; beside a backup of practice money lies its key.
"""

import shutil
from pathlib import Path

import msgspec

from counter_app.bootstrap import centre_of, open_station
from counter_app.domain.entry import Head
from counter_app.domain.refused import Refused, StationFault, WrongAct
from counter_app.domain.said import english, say
from counter_app.new_station import DATABASE
from counter_app.services.station import Station
from db import keys, witness
from db.backup import Proof, clear, copy_file, demand_proven, force_to_disk, opened_as, prove_file, totals_of
from db.books import head_of
from db.centre import CentreUnreachable
from db.forward import fast_forward
from db.lock import FolderLock
from db.queries import paper
from db.rekey import opening_key
from db.storage import open_storage, world

KEY_SUFFIX = ".key"
NO_RECEIPT = "none"
"""What is said of a station that has given no receipt yet."""
_RESTORING = "counter.db.restoring"
_REPLACED = "counter.db.replaced"


class Restored(msgspec.Struct, frozen=True, kw_only=True):
    """A station put back: what its books come to now, how many newer entries the centre gave, and why it gave none."""

    proof: Proof
    brought_back: int
    centre_fault: str


def take_backup(folder: Path, target: Path) -> Proof:
    """Copy the station in `folder` to the file `target`, beside an open window; raises StationFault when the copy is
    not proven, and leaves an older backup as it was."""
    station = open_station(folder, "backup", writes=False)
    part = target.with_name(f"{target.name}.part")
    try:
        key = opening_key(folder, folder / DATABASE)
        clear(part)
        with station.books.read() as connection:
            copy_file(connection, part, key)
            wanted = totals_of(connection)
        proof = prove_file(part, key, station.name)
        if proof.totals != wanted:
            raise StationFault(say("The copy does not come to the same cents as the books; it is no backup."))
        demand_proven(proof, target)
        with world(lambda error: say("The backup cannot be written to {path} ({error}).", path=target, error=error)):
            part.replace(target)
            if station.is_practice:
                keys.write_practice_key(target.with_name(f"{target.name}{KEY_SUFFIX}"), key)
            force_to_disk(target)
        return proof
    finally:
        clear(part)
        station.close()


def restore_backup(source: Path, folder: Path, *, last_receipt: str | None = None) -> Restored:
    """Put a backup into `folder`, which may hold a damaged or older file: that is kept beside it.

    Newer entries come back from the station's centre. `last_receipt` is the number on the last receipt that anybody
    has on paper: without the old folder's own witness only paper tells that no number would be given twice. Raises
    StationFault or Refused in one sentence; until the backup was proven nothing in the folder is touched.
    """
    if not source.is_file():
        raise StationFault(say("There is no backup at {source}.", source=source))
    with world(lambda error: say("Nothing can be restored in {path} ({error}).", path=folder, error=error)):
        folder.mkdir(parents=True, exist_ok=True)
    part = folder / _RESTORING
    lock = FolderLock(folder, "restore")
    try:
        with world(lambda error: say("{path} cannot be read ({error}).", path=source, error=error)):
            clear(part)
            shutil.copyfile(source, part)
        key = _key_of(source, folder)
        station, purpose = opened_as(part, key)
        proof = prove_file(part, key, station)
        demand_proven(proof, source)
        _demand_replaceable(folder, key, proof)
        if purpose == "real":
            _demand_paper(folder, last_receipt)
        _put(part, folder)
        _keep_key(folder, key, purpose)
    finally:
        clear(part)
        lock.release()
    return _settled(folder, proof, last_receipt)


def bring_back(folder: Path) -> Restored:
    """The newer entries of a station whose file is an old one, from its centre; then the whole is proven."""
    station = open_station(folder, "restore", mends=True)
    name = station.name
    station.close()
    return _settled(folder, prove_file(folder / DATABASE, keys.find_key(folder), name), None)


def _key_of(source: Path, folder: Path) -> str:
    """The key that lies beside a backup of practice money, else the one that opens the folder."""
    beside = source.with_name(f"{source.name}{KEY_SUFFIX}")
    return keys.read_practice_key(beside) if beside.exists() else keys.find_key(folder)


def _demand_replaceable(folder: Path, key: str, proof: Proof) -> None:
    """A file that opens and goes as far as the backup or further is never replaced."""
    if not (folder / DATABASE).exists():
        return
    try:
        there = open_storage(folder / DATABASE, key)
    except StationFault:
        return
    try:
        with there.readers.connect() as connection:
            head = head_of(connection, proof.station)
    finally:
        there.close()
    if head.seq >= proof.head.seq:
        raise Refused(
            say(
                "The counter in {folder} goes to entry {here} and the backup to entry {there}; nothing was replaced.",
                folder=folder,
                here=head.seq,
                there=proof.head.seq,
            )
        )


def _demand_paper(folder: Path, last_receipt: str | None) -> None:
    if last_receipt is None and not witness.noted(folder / DATABASE).seq:
        raise WrongAct(
            "Say with --last-receipt which number the last receipt on paper has, or none: no number may be given twice."
        )


def _put(part: Path, folder: Path) -> None:
    """The proven file takes the place of what was there, which stays beside it."""
    database = folder / DATABASE
    for beside in ("", "-wal", "-shm"):
        old = database.with_name(f"{database.name}{beside}")
        if old.exists():
            old.replace(folder / f"{_REPLACED}{beside}")
    part.replace(database)
    force_to_disk(database)


def _keep_key(folder: Path, key: str, purpose: str) -> None:
    if purpose == "real":
        keys.keep_key(folder, key)
    else:
        keys.keep_practice_key(folder, key)


def _settled(folder: Path, proof: Proof, last_receipt: str | None) -> Restored:
    """Paper that waited is asked about, newer entries come back, and the numbers given are the last ones."""
    station = open_station(folder, "restore", mends=True)
    try:
        with station.books.change_state() as connection:
            for job in paper.in_state(connection, "queued", "sending"):
                paper.set_state(connection, job.job, "doubt")
        brought_back, fault = _brought_back(station)
        _demand_last(station, last_receipt)
        with station.books.read() as connection:
            witness.demand_newest(connection, station.name, witness.noted(folder / DATABASE))
    finally:
        station.close()
    if brought_back:
        proof = prove_file(folder / DATABASE, keys.find_key(folder), proof.station)
        demand_proven(proof, folder)
    return Restored(proof=proof, brought_back=brought_back, centre_fault=fault)


def _brought_back(station: Station) -> tuple[int, str]:
    """Entries that the centre gave, and the sentence when it was not reached; what it refuses ends the restore."""
    centre = centre_of(station)
    try:
        return fast_forward(station.books, centre), ""
    except CentreUnreachable as unreachable:
        return 0, english(unreachable)
    finally:
        centre.close()


def _demand_last(station: Station, last_receipt: str | None) -> None:
    """Without the last receipt's entry the station stays shut: its next number would be given twice."""
    if last_receipt is None:
        return
    with station.books.read() as connection:
        given = totals_of(connection, station.name).last_numbers.get(f"{station.name} receipt", NO_RECEIPT)
    if given != last_receipt:
        head = station.books.head()
        witness.note(station.books.storage.path, Head(head.seq + 1, bytes(32)))
        raise Refused(
            say(
                "The last receipt in these books is {given} and the one on paper {paper}: take over the work under a"
                " new name with “counter-app adopt”.",
                given=given,
                paper=last_receipt[:20],
            )
        )
