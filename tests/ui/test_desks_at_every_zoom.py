"""Nothing on any desk is cut in any language, however large the letters are, and the window never grows."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from counter_app.domain.language import ENGLISH, Language, language
from tests.fakes.counter import Counter
from tests.fakes.pseudo import LONGER
from tests.fakes.walk import walk_desks
from tests.fakes.window import till
from ui.look import Look
from ui.theme import DARK, HIGH_CONTRAST, LIGHT, Palette, Theme

LAYOUT_ROUNDS = 10
"""A layout within a layout asks for another round."""


@pytest.mark.parametrize(
    ("zoom", "palette", "languages"),
    [
        (100, LIGHT, (ENGLISH, language("es"))),
        (125, DARK, (language("es"), LONGER)),
        (150, LIGHT, (language("es"), LONGER)),
        (175, HIGH_CONTRAST, (language("es"), LONGER)),
    ],
    ids=lambda value: str(value) if isinstance(value, int) else "",
)
def test_nothing_of_a_desk_is_cut(
    counter: Counter,
    look: Look,
    qapp: QApplication,
    clipped: Callable[[QWidget], list[str]],
    zoom: int,
    palette: Palette,
    languages: tuple[Language, ...],
) -> None:
    look.wear(Theme(palette, zoom))
    with till(counter.station, look, qapp) as window:
        faults: list[str] = []

        def see(what: str) -> None:
            for spoken_here in languages:
                window.running.worn.speak(spoken_here)
                for _ in range(LAYOUT_ROUNDS):
                    qapp.processEvents()
                faults.extend(f"{spoken_here.code}, {what}: {fault}" for fault in clipped(window.running.window))

        walk_desks(window, counter, see)
        assert "\n".join(faults) == ""
        assert window.running.window.size().toTuple() == (1280, 800)
