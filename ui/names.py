"""Every control of every page by name, role and key, as a screen reader or a driving program finds it."""

import os
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtWidgets import QApplication, QWidget

from counter_app.bootstrap import make_demo, open_station
from counter_app.domain.rights import Person
from counter_app.screens import desks
from counter_app.screens.desks import beside_of, desks_of
from counter_app.screens.open_drawer import OpenDrawer
from counter_app.services.station import Station
from ui.look import Look
from ui.reading import controls
from ui.running import Running
from ui.theme import Theme

_FEW = 20


def control_names() -> list[dict[str, str]]:
    """Page, name, role and key of every control, from a window that is built on a throw-away demo and never shown."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance()
    look = Look(app if isinstance(app, QApplication) else QApplication(["counter-app"]), Theme())
    with TemporaryDirectory(prefix="counter-app-") as folder:
        make_demo(Path(folder), _FEW)
        station = open_station(Path(folder), "a look at the window")
        try:
            return _walk(station, look)
        finally:
            station.close()


def _walk(station: Station, look: Look) -> list[dict[str, str]]:
    """Signing in, the desks of everybody, each once, the list of commands, and the window around them."""
    running = Running(station, look)
    found: list[dict[str, str]] = []
    try:
        running.ask_person()
        found += _told("sign in", running.window.page_in_front())
        for name in ("lee", "ana", "adam"):
            person = _person(station, name)
            running.enter(person)
            for desk in (*desks_of(person), *beside_of(person)):
                running.show_desk(desk.name)
                found += _told(desk.name, running.window.page_in_front())
            found += _told("window", running.window.rail)
            if desks.DRAWER in desks_of(person):
                found += _closing(station, running, person)
        running.show_commands()
        found += _told("commands", running.window.page_in_front())
        found += _told("window", running.window.status)
    finally:
        running.stop()
    return [row for place, row in enumerate(found) if row not in found[:place]]


def _closing(station: Station, running: Running, person: Person) -> list[dict[str, str]]:
    """The drawer's desk again, with a drawer open."""
    OpenDrawer(station, person).finish({"2000": 10})
    running.show_desk(desks.DRAWER.name)
    return _told(desks.DRAWER.name, running.window.page_in_front())


def _person(station: Station, name: str) -> Person:
    with station.books.read() as connection:
        return station.person(connection, name)


def _told(page: str, root: QWidget | None) -> list[dict[str, str]]:
    """The controls of a page in whatever state shows them; what has no name yet is a choice that has no words yet."""
    assert root is not None, "a page is in front"
    return [
        {"page": page, "name": control.name, "role": control.role, "key": control.key}
        for control in controls(root, hidden=True)
        if control.name
    ]
