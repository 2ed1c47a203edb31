"""Draws what is held against the golden pictures: every screen in English, and the sheet of widgets in every dress.

All that could differ elsewhere is ruled out: no system's fonts (ours, unhinted), no blinking cursor, a clock that
stands still, one pixel a pixel. Paper is covered: its codes and marks come of keys that are new in every city, and what
is on it is tested byte by byte where it is made.
"""

import re
from collections.abc import Iterator
from itertools import product

from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from counter_app.domain.language import ENGLISH, language
from tests.fakes.counter import Counter
from tests.fakes.sheet import draw_sheet
from tests.fakes.walk import walk_desks
from tests.fakes.window import till
from ui.look import Look
from ui.running import Running
from ui.spoken import Voice
from ui.theme import LIGHT, PALETTES, Palette, Theme
from ui.widgets.paper_preview import PaperPreview

SHEETS = tuple(product(PALETTES, (100, 175), ("en", "es")))
_ROUNDS, _TWO_LINES = 10, 72
"""A layout within a layout asks for another round; a mark may need two lines."""
_BOOKS, _MARK = "Books", re.compile(r"\b[0-9a-f]{12}\b")
_COVER = QColor("#9a9a9a")


def slug(state: str) -> str:
    """`void-reason` of a state's name."""
    return re.sub(r"[^a-z0-9]+", "-", state.casefold()).strip("-")


def sheet_name(palette: Palette, zoom: int, code: str) -> str:
    """`sheet-high-contrast-175-es`."""
    return f"sheet-{slug(palette.name)}-{zoom}-{code}"


def screens(app: QApplication, look: Look, counter: Counter) -> Iterator[tuple[str, QImage]]:
    """Every screen, light, at 100 %, in English, in the order of the walk."""
    _still(app)
    look.wear(Theme(LIGHT, 100))
    pictures: list[tuple[str, QImage]] = []
    with till(counter.station, look, app) as window:
        walk_desks(window, counter, lambda state: pictures.append((slug(state), photograph(window.running))))
    yield from pictures


def sheet(app: QApplication, look: Look, palette: Palette, zoom: int, code: str) -> QImage:
    """The sheet of widgets in one dress."""
    _still(app)
    look.wear(Theme(palette, zoom))
    voice = Voice(app)
    voice.wear(language(code))
    try:
        return draw_sheet(look)
    finally:
        voice.wear(ENGLISH)
        voice.deleteLater()


def photograph(running: Running) -> QImage:
    """The window as it is, with the newest of its status line but the state of the books (they are proved when there is
    time), and what is of chance covered."""
    window = running.window
    running.pages.drawn.emit()
    for pill in window.status.pills:
        pill.setVisible(pill.status.name != _BOOKS)
    for _ in range(_ROUNDS):
        QApplication.processEvents()
    picture = window.grab().toImage()
    painter = QPainter(picture)
    for widget in window.findChildren(QWidget):
        if widget.isVisible() and _is_of_chance(widget):
            corner = widget.mapTo(window, QPoint(0, 0))
            wide = widget.width() if isinstance(widget, PaperPreview) else window.width() - corner.x()
            painter.fillRect(corner.x(), corner.y(), wide, max(widget.height(), _TWO_LINES), _COVER)
    painter.end()
    return picture


def _is_of_chance(widget: QWidget) -> bool:
    """Paper, and a label with the mark of an entry."""
    return isinstance(widget, PaperPreview) or (isinstance(widget, QLabel) and bool(_MARK.search(widget.text())))


def _still(app: QApplication) -> None:
    app.setCursorFlashTime(0)
