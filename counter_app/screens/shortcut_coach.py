"""The shortcut coach: when somebody does by a button or a long way what one key does, it says so once, quietly.

It is private and counts nobody's faults: a tip is shown three times at most, once a sign-in, and never again after its
key was used. What it remembers is the person's own, and the list of commands turns it off.
"""

from contextlib import suppress

import msgspec

from counter_app.domain.refused import StationFault
from counter_app.domain.said import say
from counter_app.screens.keys import KEYS, Intent, key_of
from counter_app.services.habits import Habits, habits_of, keep_habits
from counter_app.services.station import Station

MOST_SHOWN, BY_COMMANDS, FAR = 3, 3, 4
"""Times a tip is shown at all; times the list of commands may do an act before its key is told; rows that are far."""
LONGER = "longer"
_TIPS = {
    Intent.EXACT.value: say("Next time: . is exact cash."),
    Intent.CASH.value: say("Next time: type what was handed over, then F8."),
    LONGER: say("Next time: a longer word, or the number, finds it at once."),
}
_WITH_A_KEY = frozenset(key.intent for key in KEYS)


class ShortcutCoach:
    """Told what was done and how; `tip` is what it has to say about the last act, mostly nothing."""

    def __init__(self, station: Station, person: str) -> None:
        self._station = station
        self.belong_to(person)

    def belong_to(self, person: str) -> None:
        """From now on it is this person's."""
        self._person, self._habits = person, habits_of(self._station, person)
        self._kept = self._habits
        self._by_commands: dict[Intent, int] = {}
        self._told: set[str] = set()
        self._walked, self._pending = 0, ""
        self._long_way: Intent | None = None

    @property
    def is_off(self) -> bool:
        """Whether the person wants no tips."""
        return self._habits.off

    def switch(self) -> None:
        """Tips off, or on again from the start."""
        self._habits = Habits(known=self._habits.known, off=not self._habits.off)
        self._told.clear()

    # What was done ---------------------------------------------------------------------------------------------------

    def clicked(self, intent: Intent) -> None:
        """A button does what a key does; the same act follows."""
        self._long_way, self._pending = intent, intent.value

    def chose_quick(self, *, exact: bool) -> None:
        """A quick-cash button."""
        self._pending = (Intent.EXACT if exact else Intent.CASH).value

    def typed_exact(self) -> None:
        """The amount of exact cash was typed."""
        self._pending = Intent.EXACT.value

    def by_commands(self, intent: Intent) -> None:
        """The list of commands does an act; the same act follows."""
        self._long_way = intent
        self._by_commands[intent] = self._by_commands.get(intent, 0) + 1
        if self._by_commands[intent] >= BY_COMMANDS and intent in _WITH_A_KEY:
            self._pending = intent.value

    def walked(self, by: int) -> None:
        """Arrows among results."""
        self._walked += abs(by)

    def typed(self) -> None:
        """Another letter: the results are others."""
        self._walked = 0

    def took_result(self) -> None:
        """A result was taken where the arrows had gone."""
        if self._walked >= FAR:
            self._pending = LONGER
        self._walked = 0

    def used(self, intent: Intent) -> None:
        """An act by its key: it is known, unless a button or the list of commands stood for the key."""
        if self._long_way is intent:
            self._long_way = None
            return
        self._long_way = None
        if intent.value in self._habits.shown and intent.value not in self._habits.known:
            self._habits = msgspec.structs.replace(self._habits, known=(*self._habits.known, intent.value))

    # What it says ----------------------------------------------------------------------------------------------------

    def tip(self) -> str:
        """One line about the last act, or nothing; it counts as shown."""
        habit, self._pending = self._pending, ""
        shown = self._habits.shown.get(habit, 0)
        if not habit or self.is_off or habit in self._told or habit in self._habits.known or shown >= MOST_SHOWN:
            return ""
        self._told.add(habit)
        self._habits = msgspec.structs.replace(self._habits, shown={**self._habits.shown, habit: shown + 1})
        return _TIPS.get(habit) or _words(Intent(habit))

    def keep(self) -> None:
        """Write down what is new, when there is time; a disk that takes no more is told by what matters more."""
        if self._habits != self._kept:
            self._kept = self._habits
            with suppress(StationFault):
                keep_habits(self._station, self._person, self._habits)


def _words(intent: Intent) -> str:
    key = key_of(intent)
    return say("Next time: {key} ({act}).", key=key.label, act=key.words)
