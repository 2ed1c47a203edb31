"""Every page as the accessibility tree has it: what can have the focus has a name, a role and a ring, in reading order.

The pages are walked once, by real keys; each test then looks at what was found on the way.
"""

import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cmp_to_key
from pathlib import Path

import pytest

from tests.accessibility.desktop import Desktop, Pixels
from tests.accessibility.screen_reader import Node, ScreenReader, State, Thing, Where
from tests.fakes.window import PINS

_ROLES_OF_NOTHING = ("unknown", "invalid", "filler", "panel", "")
_INNER = ("list item", "cell", "row header", "column header", "frame")
"""What the focus comes to within a control, by arrows, or around all of them."""
_RING_WITHIN_S, _RING = 3.0, 0.5
"""A ring may be painted a moment after its event; it is at least half the outline of what it is around."""
_MOST_TABS = 60
_TO_THE_END = ["Enter"] * 13
"""Through the grid of pieces."""
_PEOPLE = ("maria", "lee", "ana", "adam")
"""Who have all desks between them."""
_FACES: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("results", ("ve",), "found for"),
    ("an account", ("Esc", "90000002", "Enter"), "Omar Haddad"),
    ("tender", ("Enter",), "Still due"),
    ("a second tender", ("50", "F8"), "Cash, $50.00"),
    ("change", ("200", "F8", "F9"), "Change due"),
    ("the last receipt", ("F11",), "A1-000001"),
    ("approval", ("V", "1"), "Wrong amount. "),
    ("no sale", ("Esc", "Esc", "Ctrl+O"), "no sale"),
    ("drop", ("Esc", "Ctrl+D"), "pieces"),
    ("commands", ("Esc", "Ctrl+K"), "Every command"),
)


@dataclass(frozen=True, slots=True)
class Page:
    """A page in front: its tree, where Tab led from control to control until it came round, and what had no ring."""

    name: str
    tree: Node
    stops: tuple[Thing, ...]
    without_ring: tuple[str, ...]


@pytest.fixture(scope="module")
def pages(screen: Desktop, city: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Page]:
    """All of them."""
    folder = Path(shutil.copytree(city, tmp_path_factory.mktemp("pages") / "counter"))
    with ScreenReader(screen.bus) as ear, screen.program(folder):
        return list(_walk(ear, screen))


def _walk(ear: ScreenReader, screen: Desktop) -> Iterator[Page]:
    eye = _Eye(ear, screen)
    ear.hears("Your name")
    yield eye.page("sign in")
    for person in _PEOPLE:
        if person != _PEOPLE[0]:
            ear.press("F12")
            ear.hears("Password or PIN")
            ear.press("Shift+Tab")
            ear.hears("Your name")
        ear.press("Ctrl+A", person, "Enter", PINS[person], "Enter")
        ear.finds("Status line")
        for desk in [thing for thing in ear.things() if thing.name.endswith(" desk") and thing.name not in eye.seen]:
            _go_to(ear, desk.name)
            yield eye.page(desk.name)
        yield from _WORK.get(person, _none)(ear, eye)


def _taking_money(ear: ScreenReader, eye: "_Eye") -> Iterator[Page]:
    """The faces of the counter, with a drawer open: each is there when its words are read."""
    ear.press(ear.finds("My drawer desk").key, "Enter")
    ear.hears("$100, pieces")
    ear.press("10", *_TO_THE_END)
    ear.hears("is open with")
    for name, keys, words in _FACES:
        ear.press(*keys)
        ear.hears(words)
        if name == "change":
            ear.finds("Receipt paper")  # which comes out a moment later
        yield eye.page(name)
    ear.press(ear.finds("My drawer desk").key)
    ear.hears("$100, pieces")
    yield eye.page("close a drawer")
    _count(ear)
    ear.hears("is closed")


def _verifying(ear: ScreenReader, eye: "_Eye") -> Iterator[Page]:
    """It is short, which is to be explained."""
    _go_to(ear, "Drawers desk")
    ear.press("Enter")
    ear.hears("$100, pieces")
    _count(ear)
    ear.hears("What explains it")
    yield eye.page("what the count came to")
    ear.press("miscounted", "F9")
    ear.hears("verified")


def _depositing(ear: ScreenReader, eye: "_Eye") -> Iterator[Page]:
    _go_to(ear, "Deposits desk")
    ear.press("B-77", "F9")
    ear.hears("Who takes the bag")
    ear.finds("Deposit slip", tells="Slip of deposit")
    yield eye.page("a deposit slip")


def _go_to(ear: ScreenReader, desk: str) -> None:
    ear.press(ear.finds(desk).key)
    ear.finds(desk, tells="in front")
    ear.quiet()


def _none(_ear: ScreenReader, _eye: "_Eye") -> Iterator[Page]:
    yield from ()


def _count(ear: ScreenReader) -> None:
    """$1,100.00 of cash, no check, no card slips, and the lock."""
    ear.press("11", *_TO_THE_END)
    ear.hears("Check or money order")
    ear.press("Enter")
    ear.hears("Sum of the card slips")
    ear.press("Enter")
    ear.hears("Lock the count")
    ear.press("Enter")


_WORK: Mapping[str, Callable[[ScreenReader, "_Eye"], Iterator[Page]]] = {
    "maria": _taking_money, "lee": _verifying, "ana": _depositing,
}  # fmt: skip


class _Eye:
    """Goes round each page by Tab, and looks whether what has the focus shows it."""

    def __init__(self, ear: ScreenReader, screen: Desktop) -> None:
        self._ear, self._screen = ear, screen
        self._ringed: set[Where] = set()
        self.seen: set[str] = set()

    def page(self, name: str) -> Page:
        """The page in front, with its focus where it was before."""
        self.seen.add(name)
        first = self._ear.focus()
        stops, without = [first], []
        for _ in range(_MOST_TABS):
            before = self._screen.pixels()
            stop = self._ear.tab()
            if stop.where not in self._ringed and not self._has_ring(before, stop):
                without.append(stop.aloud())
            self._ringed.add(stop.where)
            if stop.where == first.where:
                break
            stops.append(stop)
        tree = self._ear.tree()[0]
        self._ear.quiet()
        return Page(name, tree, tuple(stops), tuple(without))

    def _has_ring(self, before: Pixels, stop: Thing) -> bool:
        left, top, width, height = stop.box
        box, least = (left - 3, top - 3, width + 6, height + 6), (width + height) * _RING
        until = time.monotonic() + _RING_WITHIN_S
        while self._screen.pixels().differ(before, box) < least:
            if time.monotonic() > until:
                return False
            time.sleep(0.01)
        return True


def test_what_can_have_the_focus_has_a_name_and_a_role(pages: list[Page]) -> None:
    nameless = [
        f"{page.name}: {thing.name[:40]}, {thing.role}, at {thing.box}"
        for page in pages
        for thing in page.tree.all()
        if thing.has(State.FOCUSABLE) and (not thing.name or thing.role in _ROLES_OF_NOTHING)
    ]
    assert not nameless, "\n".join(nameless)
    assert len(pages) > len(_PEOPLE) + len(_FACES), "every person has a desk"


def test_tab_reaches_every_control(pages: list[Page]) -> None:
    missed = [
        f"{page.name}: {thing.aloud()[:80]}"
        for page in pages
        for thing in page.tree.all()
        if thing.has(State.FOCUSABLE) and thing.has(State.ENABLED) and thing.role not in _INNER
        if thing.where not in {stop.where for stop in page.stops}
    ]
    assert not missed, "\n".join(missed)


def test_tab_goes_in_reading_order(pages: list[Page]) -> None:
    for page in pages:
        walked = [stop.where for stop in page.stops]
        names = {stop.where: stop.name for stop in page.stops}
        read = [thing.where for thing in _read(page.tree) if thing.where in names]
        assert set(read) == set(walked), page.name
        turn = read.index(walked[0])
        read = read[turn:] + read[:turn]
        assert [names[where] for where in walked] == [names[where] for where in read], page.name


def test_the_focus_is_seen(pages: list[Page]) -> None:
    unseen = [f"{page.name}: {stop[:80]}" for page in pages for stop in page.without_ring]
    assert not unseen, "\n".join(unseen)


def _read(node: Node) -> Iterator[Thing]:
    """In the order of the eye: what lies in one box before what lies in the next, boxes row by row."""
    yield node.thing
    for inner in sorted(node.inside, key=cmp_to_key(_before)):
        yield from _read(inner)


def _before(one: Node, other: Node) -> int:
    """Side by side when they share more than half of the lower one's height."""
    (left, top, _, height), (other_left, other_top, _, other_height) = one.thing.box, other.thing.box
    shared = min(top + height, other_top + other_height) - max(top, other_top)
    return left - other_left if 2 * shared > min(height, other_height) else top - other_top
