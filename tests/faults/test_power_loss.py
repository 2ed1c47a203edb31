"""The plug is pulled at any instant of a whole day: whatever the disk then holds opens, is right, and lost nothing.

The day is done by the real program under `strace`. Each image of its disk is opened by the real database. Opening folds
the log into the file, so that images that came to the same state are the same bytes: each state is proven once, and
every image for what only it knows, which is what had been acknowledged and printed by then.
"""

import json
import logging
import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from random import Random

import msgspec
import pytest

from counter_app.bootstrap import COPY_FILE, DATABASE, SITE, centre_of
from counter_app.domain.refused import StationFault
from db import rebuild, storage, witness
from db.centre_embedded import EmbeddedCentre
from db.chain import Row, slices
from db.keys import PRACTICE_KEY_FILE, find_key
from db.lock import NAME as LOCK
from db.sync import sync_once
from db.verify import verify
from tests.fakes.counter import Counter, cash, copies, copy_city
from tests.faults.disk import Disk, Named, OnPaper, Recording, Resized, Step, Synced, Told, Written

log = logging.getLogger(__name__)

SEED = 4
IMAGES, IMAGES_OF_A_NIGHT = 2_000, 50_000
RECOVERIES_OF_A_NIGHT = 40
CUT_BETWEEN = (1_000, 4_000)
"""The steps of the day between which the drawer is open and the log is long."""
PROVEN_IN_FULL = 12
"""Of so many states one is proven in full: signatures, sums, a payment more and all of it copied."""
BOOKS = 0
"""The database itself among the recorded files, which begin with what was there."""
PAYMENTS, KILLED_AT = 60, 10
MORNING = datetime.fromisoformat("2026-11-23T08:30:00-08:00")
EVENING = datetime.fromisoformat("2026-11-23T17:30:00-08:00")
STATION = "A1"
LOG, INDEX = f"{DATABASE}-wal", f"{DATABASE}-shm"
ASIDE = (LOCK, PRACTICE_KEY_FILE, INDEX, f"{COPY_FILE}-shm")
_NUMBER = re.compile(rb"A1-[VR]?\d{6}")


Act = dict[str, object]


def acts_of_the_day() -> tuple[list[Act], list[Act]]:
    """What is played before the books are copied for the first time, and what after."""
    at = iter(MORNING + timedelta(minutes=n) for n in range(1_000))

    def act(name: str, by: str, **fields: object) -> Act:
        return {"act": name, "by": by, "at": next(at).isoformat(), **fields}

    morning = [act("open_drawer", "maria", drawer="D1", count={"2000": 10})]
    for n in range(PAYMENTS):
        check = {"kind": "check", "amount_cents": 100, "check": {"number": str(1000 + n)}}
        lines = [{"fee": "CK-COPY", "quantity": 5}] if n % 2 else [{"fee": "CK-CERT"}]
        tenders = [{"kind": "cash", "amount_cents": 500}, check] if n % 2 else [{"kind": "cash", "amount_cents": 3000}]
        morning.append(act("take_payment", "maria", lines=lines, tenders=tenders, payer={"name": "Rosa Bell"}))
    rest = [
        act("void_receipt", "maria", approver="lee", number="A1-000001", reason="keyed twice"),
        act("drop_cash", "maria", approver="lee", drawer="D1", count={"2000": 2}),
        act("take_payment", "maria", lines=[{"fee": "CK-CERT"}], tenders=[{"kind": "cash", "amount_cents": 3000}]),
        act("close_drawer", "maria", drawer="D1", count={"2000": 8, "500": 3}, checks=[], cards_cents=0),
    ]
    return morning, rest


class Day(msgspec.Struct):
    """A recorded day, the key of its file, and the journal that it ended with."""

    recording: Recording
    key: str
    journal: Sequence[Row]


class State(msgspec.Struct, frozen=True):
    """What a recovered file holds: the newest entry, how far it was copied, the receipts that would print by
    themselves."""

    head: int
    copied: int
    queued: frozenset[str]


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """A folder in memory, where there is one: thousands of images are written and never kept."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(prefix="power-", dir=memory if memory.is_dir() else None) as name:
        yield Path(name)


@pytest.fixture(scope="module")
def day(city: Path, tmp_path_factory: pytest.TempPathFactory) -> Day:
    """Morning with a kill in it, first copy, rest of the day, second copy: five runs of the program."""
    folder = tmp_path_factory.mktemp("power") / "city"
    counter = copy_city(city, folder)
    paper = folder.with_name("paper")
    with counter.station.books.change_state() as connection:
        connection.exec_driver_sql("INSERT INTO setting VALUES ('printer', ?)", (f"file:{paper.resolve()}",))
    counter.close()
    recording = Recording(folder, paper, ASIDE)
    assert recording.names[DATABASE] == BOOKS
    morning, rest = acts_of_the_day()
    where = ("--dir", str(recording.folder))
    recording.run("play", "-", *where, given=_script(morning), fault=f"after_commit:{KILLED_AT}")
    for acts in (morning[KILLED_AT:], rest):
        recording.run("play", "-", *where, given=_script(acts))
        recording.run("sync", "--once", "--json", *where)
    return _ended(recording)


def _ended(recording: Recording) -> Day:
    """The day as its folder has it in the end."""
    key = find_key(recording.folder)
    store = storage.open_storage(recording.folder / DATABASE, key)
    with store.readers.connect() as connection:
        journal = [tuple(row) for rows in slices(connection) for row in rows]
    store.close()
    return Day(recording, key, journal)


def _script(acts: list[Act]) -> str:
    return "\n".join(json.dumps(act) for act in acts)


class Search:
    """Pulls the plug of a recorded day, and proves what is left."""

    def __init__(self, day: Day, place: Path, *, thorough: bool) -> None:
        self._day, self._folder, self._thorough = day, place / "city", thorough
        self._key_file = (day.recording.folder / PRACTICE_KEY_FILE).read_bytes()
        self._states: dict[bytes, State] = {}
        self._copies: dict[bytes, int] = {}
        self._together: set[tuple[bytes, int]] = set()
        self.images = 0

    @property
    def states(self) -> int:
        """Different states of the books that were found."""
        return len(self._states)

    def pull(self, image: dict[str, bytes], dice: Random, told: int, on_paper: set[str]) -> None:
        """The power goes and comes; nothing told or printed before may be missing or be printed again."""
        self.images += 1
        self._lay_out(image, dice)
        books = self._recovered()
        state = self._states[books]
        assert told <= state.head, f"entry {told} was acknowledged, and the journal ends with {state.head}"
        again = on_paper & state.queued
        assert not again, f"{again} were begun on paper and would be printed as a second original"
        noted = witness.noted(self._folder / DATABASE)
        assert noted.seq <= state.head, f"the witness leads: {noted.seq} before {state.head}"
        copied = self._copied(image)
        assert state.copied <= copied, f"{state.copied} entries were acknowledged as copied, and {copied} are"
        if (books, copied) not in self._together:
            is_first = all(copied != other for _, other in self._together)
            self._together.add((books, copied))
            if self._thorough or is_first or len(self._together) % PROVEN_IN_FULL == 0:
                self._goes_on(state)

    def _lay_out(self, image: dict[str, bytes], dice: Random) -> None:
        """The files as the disk has them; the index of the log is whatever lay in its place."""
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir()
        for name, content in {**image, PRACTICE_KEY_FILE: self._key_file}.items():
            (self._folder / name).write_bytes(content)
        if junk := dice.choice((b"", bytes(32_768), dice.randbytes(32_768))):
            (self._folder / INDEX).write_bytes(junk)

    def _recovered(self) -> bytes:
        """Open the books as the program does; the digest of the file that comes of it, whose state is proven."""
        store = storage.open_storage(self._folder / DATABASE, self._day.key)
        with store.writer.connect() as connection:
            connection.exec_driver_sql("SELECT count(*) FROM entry").scalar_one()
        store.close()
        assert not (self._folder / LOG).exists(), "the log could not be folded into the file"
        digest = sha256((self._folder / DATABASE).read_bytes()).digest()
        if digest not in self._states:
            self._states[digest] = self._proven()
        return digest

    def _proven(self) -> State:
        """The whole file is sound, the journal is the beginning of what was recorded, and the projections are its."""
        store = storage.open_storage(self._folder / DATABASE, self._day.key)
        with store.readers.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA quick_check").all() == [("ok",)]
            journal = [tuple(row) for rows in slices(connection) for row in rows]
            assert journal == self._day.journal[: len(journal)], "an entry is doubled, missing or another one"
            proof = verify(connection, STATION, full=False)
            assert not proof.problems, proof.problems
            assert rebuild.check(connection) == ()
            queued = connection.exec_driver_sql(
                "SELECT number FROM spool WHERE state = 'queued' AND document = 'receipt'"
            )
            state = State(
                head=len(journal),
                copied=connection.exec_driver_sql("SELECT max(seq) FROM cursor").scalar() or 0,
                queued=frozenset(queued.scalars().all()),
            )
        store.close()
        return state

    def _copied(self, image: dict[str, bytes]) -> int:
        """How many entries the copy on the disk has; they are the beginning of the books."""
        files = [image.get(f"{COPY_FILE}{beside}") for beside in ("", "-wal", "-journal")]
        if files[0] is None:
            return 0
        digest = sha256(b"|".join(file or b"" for file in files)).digest()
        if digest not in self._copies:
            centre = EmbeddedCentre(self._folder / COPY_FILE, self._day.key, STATION, SITE)
            try:
                entries, _ = centre.since(STATION, 0, 10_000)
            finally:
                centre.close()
            copy = [(e.station, e.seq, e.body, e.prev, e.hash, e.sig) for e in entries]
            assert copy == self._day.journal[: len(copy)], "the copy is not the beginning of the books"
            self._copies[digest] = len(copy)
        return self._copies[digest]

    def _goes_on(self, state: State) -> None:
        """The counter opens, takes a payment within ten seconds, and all of it is copied; then everything is proven."""
        counter = Counter(self._folder, EVENING)
        counter.do("open_drawer", "ben", drawer="D2", count={"2000": 10})
        counter.do("take_payment", "ben", lines=[copies(5)], tenders=[cash(500)])
        centre = centre_of(counter.station)
        assert isinstance(centre, EmbeddedCentre)
        sync = sync_once(counter.station.books, centre)
        assert (sync.fault, sync.waiting) == (None, 0), sync
        assert centre.head(STATION) == counter.station.books.head()
        assert counter.station.books.head().seq >= state.head + 2
        centre.close()
        counter.prove()
        counter.close()


def instants(steps: Sequence[Step], images: int, dice: Random) -> list[int]:
    """How many steps were done when the plug is pulled, in order: a half anywhere, the rest where it matters most.

    That is just after something was told or printed, and while the log is folded into the file or names change.
    """
    promised, folding, others = list[int](), list[int](), list[int]()
    for number, step in enumerate(steps, 1):
        if isinstance(step, Told | OnPaper):
            promised.append(number)
        elif isinstance(step, Named | Resized) or (isinstance(step, Written) and step.file == BOOKS):
            folding.append(number)
        else:
            others.append(number)
    some = images // 4
    chosen = dice.choices(promised, k=some) + dice.choices(folding, k=some)
    return sorted(chosen + dice.choices(others, k=images - len(chosen)))


def searched(day: Day, search: Search, images: int, *, steps: Sequence[Step], seed: int = SEED, told: int = 0) -> None:
    """Pull the plug so many times; `told` is the newest entry that was acknowledged before."""
    dice = Random(seed)
    disk, on_paper, done = Disk(day.recording), set[str](), 0
    for instant in instants(steps, images, dice):
        for step in steps[done:instant]:
            disk.follow(step)
            if isinstance(step, Told):
                told = max(told, json.loads(step.line).get("seq", 0))
            elif isinstance(step, OnPaper):
                on_paper.update(number.decode() for number in _NUMBER.findall(step.data))
        done = instant
        search.pull(disk.image(dice), dice, told, on_paper)


def after_a_cut(day: Day, place: Path, dice: Random) -> tuple[Day, int]:
    """The power goes somewhere in the day, with a long log; the program then starts and goes on, and is recorded. With
    the newest entry that was acknowledged before."""
    disk, told = Disk(day.recording), 0
    for step in day.recording.steps[: dice.randint(*CUT_BETWEEN)]:
        disk.follow(step)
        if isinstance(step, Told):
            told = max(told, json.loads(step.line).get("seq", 0))
    folder = place / "city"
    folder.mkdir(parents=True)
    key = (day.recording.folder / PRACTICE_KEY_FILE).read_bytes()
    for name, content in {**disk.image(dice), PRACTICE_KEY_FILE: key}.items():
        (folder / name).write_bytes(content)
    recording = Recording(folder, day.recording.paper, ASIDE)
    payments = [act | {"at": EVENING.isoformat()} for act in acts_of_the_day()[0][1:4]]
    recording.run("play", "-", "--dir", str(recording.folder), given=_script(payments))
    return _ended(recording), told


@pytest.mark.timeout(7200)
def test_no_power_cut_loses_doubles_or_damages_anything(day: Day, place: Path, nightly: bool) -> None:
    search = Search(day, place, thorough=nightly)
    images = IMAGES_OF_A_NIGHT if nightly else IMAGES
    searched(day, search, images, steps=day.recording.steps)
    log.info("%d images, %d states, none lost, doubled or damaged", search.images, search.states)
    assert search.images == images
    assert search.states > 2 * PAYMENTS, "the images were all of a few states"


@pytest.mark.timeout(7200)
def test_a_power_cut_while_it_recovers_from_a_power_cut_loses_nothing(
    day: Day, place: Path, tmp_path: Path, nightly: bool
) -> None:
    for number in range(RECOVERIES_OF_A_NIGHT if nightly else 1):
        dice = Random(SEED + number)
        again, told = after_a_cut(day, tmp_path / str(number), dice)
        searched(again, Search(again, place, thorough=False), 200, steps=again.recording.steps, seed=number, told=told)


def test_the_search_finds_what_a_disk_that_forgets_loses(day: Day, place: Path) -> None:
    forgetful: list[Step] = [step for step in day.recording.steps[:500] if not isinstance(step, Synced)]
    with pytest.raises((AssertionError, StationFault)):
        searched(day, Search(day, place, thorough=False), 40, steps=forgetful)
