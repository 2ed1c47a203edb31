"""A screen reader and a keyboard: all that a blind cashier has of the window, over AT-SPI and nothing else.

The registry of AT-SPI types the keys (through XTEST), the window's tree tells what is there, and its events tell what
has the focus and what was announced. Nothing here knows Qt or the program.
"""

import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Self, TypeVar

from jeepney import DBusAddress, HeaderFields, MatchRule, Message, MessageType, new_method_call
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import DBusConnection, open_dbus_connection

_A11Y = "org.a11y.atspi."
_REGISTRY = f"{_A11Y}Registry"
_DESKTOP = (_REGISTRY, "/org/a11y/atspi/accessible/root")
_KEYBOARD = (_REGISTRY, "/org/a11y/atspi/registry/deviceeventcontroller")
_EVENTS = ("object:announcement", "object:state-changed:focused")
_PRESS, _RELEASE, _STROKE = 0, 1, 3
"""AtspiKeySynthType: a key code down, a key code up, a key symbol struck."""
_HELD = {"Ctrl+": 37, "Shift+": 50}
"""Key codes of X11's keyboards since evdev."""
_SYMBOLS = {
    "Backspace": 0xFF08, "Tab": 0xFF09, "Enter": 0xFF0D, "Esc": 0xFF1B, "Home": 0xFF50, "Left": 0xFF51, "Up": 0xFF52,
    "Right": 0xFF53, "Down": 0xFF54, "End": 0xFF57, "Delete": 0xFFFF, **{f"F{n}": 0xFFBD + n for n in range(1, 13)},
}  # fmt: skip
"""Key symbols by X11/keysymdef.h; a sign of Latin-1 is its own."""
PATIENCE_S = 15.0
"""How long a person waits for what must come, on a machine that is busy with other tests."""
_FINGERS_S, _LONG = 0.04, 6
"""Between two keys of a long word: a burst without it is a scanner's."""
_CALL_S, _PAUSE_S, _LAST = 10.0, 0.005, 30

T = TypeVar("T")
Where = tuple[str, str]
"""Whose object it is on the bus, and its path there."""
Question = tuple[Where, str, str, str, tuple[Any, ...]]
"""A call: of whom, interface, method, signature, arguments."""


class State(IntEnum):
    """Bits of AtspiStateType that are asked about."""

    ENABLED = 8
    FOCUSABLE = 11
    FOCUSED = 12
    SELECTED = 23
    SHOWING = 25


@dataclass(frozen=True, slots=True)
class Thing:
    """One object of the tree, as it was when it was looked at; `box` is left, top, width, height in the window."""

    where: Where
    name: str
    role: str
    tells: str
    states: int
    box: tuple[int, int, int, int]

    def has(self, state: State) -> bool:
        """Whether it was in that state."""
        return bool(self.states >> state & 1)

    @property
    def key(self) -> str:
        """The key in its description, empty when there is none."""
        _, found, key = self.tells.rpartition("Key: ")
        return key.removesuffix(".") if found else ""

    def aloud(self) -> str:
        """As it is read when the focus comes to it."""
        return ", ".join(part for part in (self.name, self.role, self.tells) if part)


@dataclass(frozen=True, slots=True)
class Node:
    """A thing and what is in it, in the order of the tree."""

    thing: Thing
    inside: list["Node"]

    def all(self) -> Iterator[Thing]:
        """It and all within."""
        yield self.thing
        for node in self.inside:
            yield from node.all()


class ScreenReader:
    """Reads and types until it is closed. `said` is all that it has read out, in order."""

    def __init__(self, bus: str) -> None:
        self._bus: DBusConnection = open_dbus_connection(bus)
        self._events: deque[Message] = deque()
        self._focus: Where | None = None
        self._waited_for = self._focused_times = 0
        self.said: list[str] = []
        rule = MatchRule(type="signal", interface=f"{_A11Y}Event.Object")
        self._bus.send_and_get_reply(message_bus.AddMatch(rule), timeout=_CALL_S)
        self._bus.filter(rule, queue=self._events)
        registry = (_REGISTRY, "/org/a11y/atspi/registry")
        wanted: list[Question] = [(registry, "Registry", "RegisterEvent", "sass", (event, [], "")) for event in _EVENTS]
        # The registry is started by the first question, and may have its name a moment before it has its objects.
        until = time.monotonic() + _CALL_S
        while None in self._ask(wanted):
            assert time.monotonic() < until, "the registry of AT-SPI does not answer"
            time.sleep(_PAUSE_S)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._bus.close()

    # The keyboard -----------------------------------------------------------------------------------------------------

    def press(self, *strokes: str) -> None:
        """Keys (`Ctrl+2`, `Enter`) and words in turn."""
        for stroke in strokes:
            held: list[int] = []
            name = stroke
            for prefix, code in _HELD.items():
                if name.startswith(prefix) and name != prefix:
                    held, name = [*held, code], name.removeprefix(prefix)
            name = name.lower() if held and len(name) == 1 else name  # the key, not the capital, which holds Shift too
            symbols = [_SYMBOLS[name]] if name in _SYMBOLS else [ord(sign) for sign in name]
            keys = [(_PRESS, code) for code in held] + [(_STROKE, symbol) for symbol in symbols]
            for kind, code in keys + [(_RELEASE, code) for code in held]:
                time.sleep(_FINGERS_S if len(keys) >= _LONG else 0)
                self._call(_KEYBOARD, "DeviceEventController", "GenerateKeyboardEvent", "isu", (code, "", kind))

    # What is read out -------------------------------------------------------------------------------------------------

    def hears(self, words: str) -> str:
        """Wait until something with these words is read out, after what was waited for before; the whole of it."""

        def heard() -> str | None:
            self._listen()
            for place in range(self._waited_for, len(self.said)):
                if words in self.said[place]:
                    self._waited_for = place + 1
                    return self.said[place]
            return None

        return self._wait(heard, f"“{words}” is not read out")

    def focus(self) -> Thing:
        """What has the focus now."""

        def focused() -> Thing | None:
            self._listen()
            thing = self._look(self._focus) if self._focus else None
            return thing if thing and thing.has(State.FOCUSED) else None

        return self._wait(focused, "nothing has the focus")

    def tab(self) -> Thing:
        """What Tab leads to."""
        before = self._focused_times

        def moved() -> bool | None:
            self._listen()
            return self._focused_times > before or None

        self.press("Tab")
        self._wait(moved, "Tab leads nowhere")
        return self.focus()

    def quiet(self) -> None:
        """Let all that was read out so far be known, and wait for none of it any more."""
        self._listen()
        self._waited_for = len(self.said)

    def _listen(self) -> None:
        """Take in what the window told since: its answer to a question comes after all that it told before."""
        if self._focus:
            self._ask([(self._focus, "Accessible", "GetState", "", ())])
        with suppress(TimeoutError):
            self._bus.recv_messages(timeout=_PAUSE_S)
        while self._events:
            event = self._events.popleft()
            fields = event.header.fields
            if fields[HeaderFields.member] == "Announcement":
                self.said.append(event.body[3][1])
            elif event.body[:2] == ("focused", 1):
                self._focused_times += 1
                self._focus = (fields[HeaderFields.sender], fields[HeaderFields.path])
                self.said += [thing.aloud() for thing in self._focused(self._focus)]

    def _focused(self, where: Where) -> list[Thing]:
        """What is read when the focus comes to something: it, and the marked row of a list."""
        thing = self._look(where)
        if thing is None or thing.role != "list":
            return [thing] if thing else []
        row = self._ask([(where, "Selection", "GetSelectedChild", "i", (0,))])[0]
        marked = self._look(tuple(row[0])) if row else None
        return [thing, marked] if marked else [thing]

    def _wait(self, look: Callable[[], T | None], otherwise: str) -> T:
        until = time.monotonic() + PATIENCE_S
        while (found := look()) is None:
            if time.monotonic() > until:
                tree = "\n".join(thing.aloud() for thing in self.things() if thing.name)
                said = "\n".join(self.said[-_LAST:])
                raise AssertionError(f"{otherwise}; last read out:\n{said}\n\nin the window:\n{tree}")
        return found

    # The tree ---------------------------------------------------------------------------------------------------------

    def finds(self, name: str, role: str = "", tells: str = "") -> Thing:
        """Wait until something whose name begins so is there, of that role if one is said, and telling so."""

        def there() -> Thing | None:
            named = (thing for thing in self.things() if thing.name.startswith(name) and role in ("", thing.role))
            return next((thing for thing in named if tells in thing.tells), None)

        return self._wait(there, f"{role} “{name}” is not in the window")

    def things(self) -> list[Thing]:
        """All that shows in the window, each before what is in it."""
        return [thing for window in self.tree() for thing in window.all()]

    def tree(self) -> list[Node]:
        """The windows, with what shows in them."""
        found: dict[Where, Thing] = {}
        children: dict[Where, list[Where]] = {}
        level = self._windows()
        roots = list(level)
        while level:
            seen = [thing for thing in self._look_at(level) if thing and thing.has(State.SHOWING)]
            found.update({thing.where: thing for thing in seen})
            inside = self._ask([(thing.where, "Accessible", "GetChildren", "", ()) for thing in seen])
            children.update(
                {t.where: [tuple(c) for c in body[0]] for t, body in zip(seen, inside, strict=True) if body}
            )
            level = [child for thing in seen for child in children.get(thing.where, [])]
        return [_node(root, found, children) for root in roots if root in found]

    def text(self, thing: Thing) -> str:
        """What a field holds, as far as it may be read."""
        return str(self._call(thing.where, "Text", "GetText", "ii", (0, -1))[0])

    def _windows(self) -> list[Where]:
        programs = self._call(_DESKTOP, "Accessible", "GetChildren")[0]
        answers = self._ask([(tuple(program), "Accessible", "GetChildren", "", ()) for program in programs])
        return [tuple(window) for body in answers if body for window in body[0]]

    def _look(self, where: Where) -> Thing | None:
        return self._look_at([where])[0]

    def _look_at(self, places: Sequence[Where]) -> list[Thing | None]:
        """The objects, None for one that has gone."""
        questions = [question for where in places for question in _questions(where)]
        bodies = self._ask(questions)
        return [_thing(where, bodies[5 * n : 5 * n + 5]) for n, where in enumerate(places)]

    # The bus ----------------------------------------------------------------------------------------------------------

    def _call(self, where: Where, interface: str, method: str, signature: str = "", body: Sequence[Any] = ()) -> Any:
        (answer,) = self._ask([(where, interface, method, signature, tuple(body))])
        assert answer is not None, f"{method} of {where} is refused"
        return answer

    def _ask(self, questions: Sequence[Question]) -> list[Any]:
        """The answers to many calls, all sent before the first is waited for; None for one that is refused."""
        waiting: dict[int, int] = {}
        answers: list[Any] = [None] * len(questions)
        for place, (where, interface, method, signature, body) in enumerate(questions):
            address = DBusAddress(where[1], bus_name=where[0], interface=_full(interface))
            serial = next(self._bus.outgoing_serial)
            waiting[serial] = place
            self._bus.send(new_method_call(address, method, signature or None, body), serial=serial)
        while waiting:
            message = self._bus.receive(timeout=_CALL_S)
            place_of = waiting.pop(message.header.fields.get(HeaderFields.reply_serial, 0), None)
            if place_of is not None and message.header.message_type is MessageType.method_return:
                answers[place_of] = message.body
            elif message.header.message_type is MessageType.signal:
                self._events.append(message)
        return answers


def _full(interface: str) -> str:
    return interface if "." in interface else _A11Y + interface


def _questions(where: Where) -> tuple[Question, ...]:
    properties = "org.freedesktop.DBus.Properties"
    return (
        (where, properties, "Get", "ss", (f"{_A11Y}Accessible", "Name")),
        (where, properties, "Get", "ss", (f"{_A11Y}Accessible", "Description")),
        (where, "Accessible", "GetRoleName", "", ()),
        (where, "Accessible", "GetState", "", ()),
        (where, "Component", "GetExtents", "u", (1,)),
    )


def _thing(where: Where, bodies: Sequence[Any]) -> Thing | None:
    if not all(bodies[:4]):
        return None
    (name,), (tells,), (role,), (states,) = bodies[:4]
    box = tuple(bodies[4][0]) if bodies[4] else (0, 0, 0, 0)
    return Thing(where, name[1], role, tells[1], states[0] | states[1] << 32, box)


def _node(where: Where, found: Mapping[Where, Thing], children: Mapping[Where, Sequence[Where]]) -> Node:
    inside = [_node(child, found, children) for child in children.get(where, ()) if child in found]
    return Node(found[where], inside)
