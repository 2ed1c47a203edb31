"""A whole day in the real window by keys alone: opened, paid, licensed, voided, closed blind, verified, deposited."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes.counter import Counter, copy_city, make_city
from tests.fakes.keyboard import Keyboard, StrayWindows
from ui.look import Look
from ui.reading import snapshot
from ui.running import Running

PINS = {"maria": "4171", "lee": "9054", "ana": "6318"}


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that counters are copied from."""
    folder = tmp_path_factory.mktemp("city") / "city"
    make_city(folder)
    return folder


@pytest.fixture
def counter(city: Path, tmp_path: Path) -> Iterator[Counter]:
    """Monday morning; proven at the end."""
    made = copy_city(city, tmp_path / "counter")
    yield made
    made.prove()
    made.close()


@pytest.fixture
def running(counter: Counter, look: Look, qapp: QApplication, qtbot: QtBot) -> Iterator[Running]:
    """The window, asking who is there."""
    strays = StrayWindows(qapp)
    made = Running(counter.station, look)
    strays.meant = made.window
    qtbot.addWidget(made.window)
    made.start()
    made.window.activateWindow()
    qtbot.waitUntil(lambda: qapp.focusWidget() is not None)
    yield made
    made.stop()
    strays.stop()
    assert not strays.seen


@pytest.fixture
def keys(running: Running, qapp: QApplication) -> Keyboard:
    """Hands that have a keyboard and no mouse."""
    return Keyboard(qapp)


def sign_in(keys: Keyboard, person: str) -> None:
    keys(person, "Enter", PINS[person], "Enter")


def change_person(keys: Keyboard, running: Running, person: str) -> None:
    """Lock, and somebody else signs in."""
    keys("F12", "Shift+Tab")
    focus = QApplication.focusWidget()
    assert focus is not None
    keys("Ctrl+A")
    sign_in(keys, person)
    assert running.person is not None
    assert running.person.person == person


def says(running: Running) -> str:
    page = running.window.page_in_front()
    assert page is not None
    return snapshot(page)


def open_d1(keys: Keyboard) -> None:
    """Maria signs in and opens D1 with $200.00."""
    sign_in(keys, "maria")
    keys("Ctrl+2", "Enter")
    keys.count(n20=10)


def pay_water_and_dog(keys: Keyboard) -> None:
    """$120.00 of water and a $9.00 license: a check of $100.00, $40.00 of cash, $11.00 back."""
    keys("90000001", "Enter", "DL-A1", "Enter", "Rex", "Enter", "Enter", "053127", "F9")
    keys("Enter", "100", "F6", "1042", "Enter", "40", "F8", "F9")


def test_a_day_by_keyboard_alone(running: Running, keys: Keyboard, counter: Counter, qtbot: QtBot) -> None:
    open_d1(keys)
    assert "Drawer D1 is open with $200.00." in says(running)
    pay_water_and_dog(keys)
    shown = says(running)
    assert "Change due: $11.00" in shown
    assert "Receipt A1-000001" in shown
    assert "License A1-L000001" in shown
    receipt = counter.show("receipt", "A1-000001")
    assert receipt["total_cents"] == 12_900
    assert [(t["kind"], t["amount_cents"]) for t in receipt["tenders"]] == [("check", 10_000), ("cash", 4_000)]
    assert counter.show("licence", "A1-L000001")["state"] == "active"

    keys("10000017", "Enter", "Enter", "F8", ".", "F9")
    assert counter.show("receipt", "A1-000002")["state"] == "taken"
    keys("F11", "V", "1", "1", PINS["lee"], "Enter")
    assert "Receipt A1-000002 is void" in says(running)
    assert counter.show("receipt", "A1-000002")["state"] == "voided"

    keys("Ctrl+2")
    keys.count(n20=10, n10=2, n5=1, n1=4)
    keys("100", "Enter", "Enter", "Enter")
    blind = says(running)
    assert "$220" not in blind
    keys("Enter")
    assert "Drawer D1 is closed. The lead counts it next." in says(running)
    assert counter.show("drawer", "D1")["state"] == "closed"

    change_person(keys, running, "lee")
    keys("Ctrl+3", "Enter")
    keys.count(n20=10, n10=2, n5=1, n1=4)
    keys("100", "Enter", "Enter", "Enter", "Enter")
    assert "Even: $0.00" in says(running)
    keys("F9")
    assert counter.show("drawer", "D1")["state"] == "verified"

    change_person(keys, running, "ana")
    keys("Ctrl+2", "B-77", "F9")
    qtbot.waitUntil(lambda: "1 page(s): Slip of deposit A1-D000001" in says(running), timeout=5000)
    deposit = counter.show("deposit", "A1-D000001", by="ana")
    assert (deposit["cash_cents"], deposit["checks_cents"]) == (2_900, 10_000)
    keys("Carl", "F9")
    assert counter.show("deposit", "A1-D000001", by="ana")["state"] == "sent"
