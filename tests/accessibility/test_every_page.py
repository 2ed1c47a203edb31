"""Every page as the accessibility tree has it: what can have the focus has a name, a role and a ring, in reading order.

The pages are walked by real keys, and looked at in the picture that the screen shows.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cmp_to_key
from pathlib import Path

from tests.accessibility.desktop import Desktop, Pixels
from tests.accessibility.screen_reader import Node, ScreenReader, State, Thing, Where
from tests.fakes.window import PINS

_ROLES_OF_NOTHING = ("unknown", "invalid", "filler", "panel", "")
_INNER = ("list item", "cell", "row header", "column header", "frame")
"""What the focus comes to within a control, by arrows, or around all of them."""
_RING_WITHIN_S, _RING = 3.0, 0.5
"""A ring may be painted a moment after its event; it is at least half the outline of what it is around."""
_MOST_TABS, _SHORT = 60, 80
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
    """A page in front: its tree, where Tab led from control to control until it came round, and what shows no focus."""

    name: str
    tree: Node
    stops: tuple[Thing, ...]
    unseen: tuple[str, ...]


def test_every_page_is_walked_by_tab_as_the_eye_reads_it(screen: Desktop, folder: Path) -> None:
    with ScreenReader(screen.bus) as ear, screen.program(folder):
        pages = list(_walk(ear, screen))
    assert len(pages) > len(_PEOPLE) + len(_FACES), "every person has a desk"
    faults = [
        f"{page.name}: {fault}"
        for page in pages
        for fault in (*_nameless(page), *_missed(page), *_out_of_order(page), *page.unseen)
    ]
    assert not faults, "\n".join(faults)


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
        stops, unseen = [first], []
        for _ in range(_MOST_TABS):
            before = self._screen.pixels()
            stop = self._ear.tab()
            if stop.where not in self._ringed and not self._has_ring(before, stop):
                unseen.append(f"the focus is not seen on {stop.aloud()[:_SHORT]} at {stop.box}")
            self._ringed.add(stop.where)
            if stop.where == first.where:
                break
            stops.append(stop)
        tree = self._ear.tree()[0]
        self._ear.quiet()
        return Page(name, tree, tuple(stops), tuple(unseen))

    def _has_ring(self, before: Pixels, stop: Thing) -> bool:
        left, top, width, height = stop.box
        box, least = (left - 3, top - 3, width + 6, height + 6), (width + height) * _RING
        until = time.monotonic() + _RING_WITHIN_S
        while not self._screen.pixels().differ(before, box, least):
            if time.monotonic() > until:
                return False
            time.sleep(0.01)
        return True


def _nameless(page: Page) -> list[str]:
    """What can have the focus and has no name or no role."""
    return [
        f"{thing.name[:_SHORT]}, {thing.role} at {thing.box} has no name or role"
        for thing in page.tree.all()
        if thing.has(State.FOCUSABLE) and (not thing.name or thing.role in _ROLES_OF_NOTHING)
    ]


def _missed(page: Page) -> list[str]:
    """Controls that Tab does not lead to."""
    reached = {stop.where for stop in page.stops}
    return [
        f"Tab misses {thing.aloud()[:_SHORT]}"
        for thing in page.tree.all()
        if thing.has(State.FOCUSABLE) and thing.has(State.ENABLED) and thing.role not in _INNER
        if thing.where not in reached
    ]


def _out_of_order(page: Page) -> list[str]:
    """Where Tab leads elsewhere than the eye; either may begin anywhere, because Tab goes round."""
    names = {stop.where: stop.name for stop in page.stops}
    read = [thing.where for thing in _read(page.tree) if thing.where in names]
    turn = read.index(page.stops[0].where)
    pairs = zip(page.stops, [*read[turn:], *read[:turn]], strict=True)
    return [f"Tab leads to {stop.name}, the eye to {names[where]}" for stop, where in pairs if stop.where != where]


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
