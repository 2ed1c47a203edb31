"""The window's tests run offscreen, with one look for the session that every test finds light and at 100 %."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes.counter import Counter
from tests.fakes.window import Till, till
from ui.look import Look
from ui.theme import LIGHT, Theme
from ui.widgets.act_button import ActButton

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform warns that it has no window manager to size or raise windows; nobody else may warn."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support"))


@pytest.fixture(scope="session")
def one_look(qapp: QApplication) -> Look:
    """Fonts are loaded once."""
    return Look(qapp, Theme())


@pytest.fixture
def look(one_look: Look) -> Iterator[Look]:
    """The look, put back to light and 100 % when a test changed it."""
    yield one_look
    if one_look.theme != Theme(LIGHT, 100):
        one_look.wear(Theme(LIGHT, 100))


@pytest.fixture
def shown(qtbot: QtBot, qapp: QApplication) -> Callable[[QWidget], QWidget]:
    """Show a widget in the window's base size, laid out and with the focus to give."""

    def show(widget: QWidget) -> QWidget:
        qtbot.addWidget(widget)
        widget.resize(1280, 800)
        with qtbot.waitExposed(widget):
            widget.show()
        widget.activateWindow()
        for _ in range(3):
            qapp.processEvents()
        return widget

    return show


@pytest.fixture
def clipped() -> Callable[[QWidget], list[str]]:
    """What is cut off: words without the room they need, and widgets that reach out of their parent."""
    return lambda root: [fault for widget in _visible(root) for fault in _faults(widget)]


def _visible(root: QWidget) -> list[QWidget]:
    return [widget for widget in root.findChildren(QWidget) if widget.isVisibleTo(root) and widget.isVisible()]


def _faults(widget: QWidget) -> list[str]:
    name = f"{type(widget).__name__} {widget.accessibleName() or getattr(widget, 'text', str)()!r}"
    faults = []
    if isinstance(widget, QLabel) and widget.text():
        needed = widget.heightForWidth(widget.width()) if widget.wordWrap() else widget.sizeHint().height()
        if needed > widget.height() + 1 or widget.minimumSizeHint().width() > widget.width() + 1:
            faults.append(f"{name}: words need more than {widget.size().toTuple()}")
    if isinstance(widget, ActButton) and (
        widget.heightForWidth(widget.width()) > widget.height() or widget.minimumSizeHint().width() > widget.width()
    ):
        faults.append(f"{name}: words need more than {widget.size().toTuple()}")
    parent = widget.parentWidget()
    if parent is not None and not widget.isWindow():
        scrolls = isinstance(parent.parentWidget(), QScrollArea)
        place, room = widget.geometry(), parent.rect()
        if place.left() < 0 or place.right() > room.right() + 1 or (not scrolls and place.bottom() > room.bottom() + 1):
            faults.append(
                f"{name}: reaches out of {type(parent).__name__}, {place.getRect()} in {room.size().toTuple()}"
            )
    return faults


@pytest.fixture
def at_till(counter: Counter, look: Look, qapp: QApplication) -> Iterator[Till]:
    """The window of that counter, asking who is there."""
    with till(counter.station, look, qapp) as made:
        yield made
