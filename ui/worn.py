"""What the window wears for the person in front of it: language, colors and letters, put on again at each sign-in.

The sign-in page wears what the station wore last; what is chosen on it belongs to the one who signs in next.
"""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from counter_app.domain.language import ENGLISH, Language, language
from counter_app.domain.refused import Refused, StationFault
from counter_app.domain.rights import Person
from counter_app.domain.said import say
from counter_app.services.choices import Choices, choices_of, keep_choices, last_choices
from counter_app.services.station import Station
from ui.look import Look
from ui.reading import announce, say_again
from ui.spoken import Voice
from ui.theme import LIGHT, PALETTES, ZOOMS, Theme

_COLORS = (say("Light colors"), say("Dark colors"), say("High contrast"))
_LANGUAGES = {"en": "English", "es": "Español"}


class Worn(QObject):
    """`belong_to` at a sign-in and `belong_to_nobody` at a lock; `next_language`, `next_colors`; zoom is the look's."""

    def __init__(self, station: Station, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self._station, self._look, self._window, self._voice = station, look, window, Voice(window)
        self._person, self._chosen = "", False
        self._put_on(last_choices(station))
        look.changed.connect(self._remember)

    @property
    def language(self) -> str:
        """The code of the language worn now."""
        return self._voice.code

    def belong_to(self, person: Person) -> None:
        """Put on what the person chose here before; what was just chosen on the sign-in page goes before that."""
        self._person = person.person
        if self._chosen:
            self._keep()
        else:
            self._put_on(choices_of(self._station, person.person))

    def belong_to_nobody(self) -> None:
        """The window is locked: it stays as it is."""
        self._person, self._chosen = "", False

    def next_language(self) -> None:
        """English and Spanish in turn; nothing that was typed is lost."""
        codes = list(_LANGUAGES)
        code = codes[(codes.index(self._voice.code) + 1) % len(codes)]
        self.speak(language(code))
        self._remember()
        announce(self._window, _LANGUAGES[code])

    def next_colors(self) -> None:
        """Light, dark, high contrast in turn."""
        place = (PALETTES.index(self._look.palette) + 1) % len(PALETTES)
        self._look.wear(Theme(PALETTES[place], self._look.theme.zoom))
        announce(self._window, _COLORS[place])

    def stop(self) -> None:
        """The application speaks English again."""
        self._look.changed.disconnect(self._remember)
        self._voice.wear(ENGLISH)

    def speak(self, spoken_here: Language) -> None:
        """Have everything said in a language, and what is said from now on."""
        if spoken_here.code != self._voice.code:
            self._voice.wear(spoken_here)
            say_again(self._window)

    def _put_on(self, choices: Choices | None) -> None:
        self._kept = choices or self._now()
        if choices is not None:
            palette = next((palette for palette in PALETTES if palette.name == choices.palette), LIGHT)
            theme = Theme(palette, choices.zoom if choices.zoom in ZOOMS else ZOOMS[0])
            if self._look.theme != theme:
                self._look.wear(theme)
            self.speak(language(choices.language))

    def _now(self) -> Choices:
        theme = self._look.theme
        return Choices(self._voice.code, theme.palette.name, theme.zoom)

    def _remember(self) -> None:
        if self._now() != self._kept:
            self._chosen = True
            self._keep()

    def _keep(self) -> None:
        self._kept = self._now()
        try:
            keep_choices(self._station, self._person, self._kept)
        except (Refused, StationFault):
            return  # it is worn now; a disk that takes no more is told by what matters more
