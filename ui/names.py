"""Every control of every page by name, role and key, as a screen reader or a driving program finds it."""

import os
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtWidgets import QApplication

from counter_app.bootstrap import make_demo, open_station
from counter_app.practice.demo import PEOPLE
from counter_app.screens.desks import desks_of
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
    """The desks of everybody, each once."""
    running = Running(station, look)
    found: list[dict[str, str]] = []
    try:
        running.ask_person()
        found += _controls(running, "sign in")
        for one in PEOPLE:
            with station.books.read() as connection:
                person = station.person(connection, one.name)
            if desks_of(person):
                running.enter(person)
            for desk in desks_of(person):
                if desk.name not in {row["page"] for row in found}:
                    running.show_desk(desk.name)
                    found += _controls(running, desk.name)
    finally:
        running.stop()
    return found


def _controls(running: Running, page: str) -> list[dict[str, str]]:
    return [
        {"page": page, "name": control.name, "role": control.role, "key": control.key}
        for control in controls(running.window)
    ]
