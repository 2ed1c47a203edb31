"""Signing in by keyboard alone."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from counter_app.screens.views import SignInView
from ui.look import Look
from ui.pages.sign_in import SignInPage
from ui.reading import snapshot

_VIEW = SignInView("City of Alder", "Front counter · window A1", "Demo: maria, password demo")


@pytest.fixture
def page(look: Look, shown: Callable[[QWidget], QWidget]) -> SignInPage:
    made = SignInPage(look)
    made.show_sign_in(_VIEW)
    shown(made)
    return made


@pytest.fixture
def signed(page: SignInPage) -> list[tuple[str, str]]:
    heard: list[tuple[str, str]] = []
    page.signed.connect(lambda person, secret: heard.append((person, secret)))
    return heard


def _keys(text: str) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, text)
    QTest.keyClick(focus, Qt.Key.Key_Return)


def test_name_enter_secret_enter(page: SignInPage, signed: list[tuple[str, str]]) -> None:
    _keys("maria")
    _keys("demo")
    assert signed == [("maria", "demo")]


def test_a_wrong_secret_is_said_beside_it_and_asked_again(page: SignInPage, signed: list[tuple[str, str]]) -> None:
    _keys("maria")
    _keys("wrong")
    page.complain("That is not Maria's password.")
    assert "“That is not Maria's password.”" in snapshot(page)
    _keys("demo")
    assert [secret for _, secret in signed] == ["wrong", "demo"]


def test_a_locked_window_asks_only_for_the_secret(page: SignInPage, signed: list[tuple[str, str]]) -> None:
    page.show_sign_in(SignInView("City of Alder", person="maria", locked="Locked by Maria"))
    page.setFocus()
    _keys("4321")
    assert signed == [("maria", "4321")]


def test_without_a_name_nobody_signs_in(page: SignInPage, signed: list[tuple[str, str]]) -> None:
    _keys("")
    assert not signed


def test_it_reads_as_text(page: SignInPage) -> None:
    assert snapshot(page) == SNAPSHOT


SNAPSHOT = """\
Sign in
  “City of Alder”
  “Front counter · window A1”
  “Your name”
  field Your name: …
  “Password or PIN”
  field Password or PIN: …
  button Sign in [Enter]
  button Español [Ctrl+I]
  “Demo: maria, password demo”
"""
