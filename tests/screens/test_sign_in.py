"""Signing in and locking, as the person at the window sees it."""

import pytest

from counter_app.screens.sign_in import SignIn
from tests.fakes.counter import Counter


@pytest.mark.parametrize(("name", "secret"), [("maria", "4171"), ("Maria Santos", "maria-alder"), (" MARIA ", "4171")])
def test_a_name_with_password_or_pin(counter: Counter, name: str, secret: str) -> None:
    signed = SignIn(counter.station).sign(name, secret)
    assert signed is not None
    assert signed.person == "maria"
    assert counter.bodies()[-1].kind == "SignedIn"


@pytest.mark.parametrize(("name", "secret"), [("maria", "2836"), ("nobody", "4171")])
def test_a_wrong_pair_is_one_sentence_and_journalled(counter: Counter, name: str, secret: str) -> None:
    screen = SignIn(counter.station)
    assert screen.sign(name, secret) is None
    assert screen.view.complaint == "That name and PIN do not belong together."
    assert screen.view.person == name
    assert counter.bodies()[-1].kind == "SignInFailed"
    assert name not in bytes(counter.bodies()[-1].event).decode()


def test_without_a_name_nothing_is_tried(counter: Counter) -> None:
    screen, before = SignIn(counter.station), counter.traces()
    assert screen.sign(" ", "4171") is None
    assert screen.view.complaint == "Type your name first."
    assert counter.traces() == before


def test_without_a_pin_nothing_is_tried(counter: Counter) -> None:
    screen, before = SignIn(counter.station), counter.traces()
    assert screen.sign("maria", "") is None
    assert (screen.view.complaint, screen.view.person) == ("Type your PIN.", "maria")
    assert counter.traces() == before


def test_a_lock_keeps_the_name_so_that_a_pin_is_enough(counter: Counter) -> None:
    screen = SignIn(counter.station, hint="maria 4171")
    maria = screen.sign("maria", "4171")
    assert maria is not None
    screen.lock(maria)
    assert counter.bodies()[-1].kind == "Locked"
    assert screen.view.locked.startswith("Locked by Maria Santos.\nMaria Santos: type your PIN")
    assert (screen.view.person, screen.view.hint) == ("maria", "maria 4171")
    assert 1 + len("4171") + 1 <= 6  # F12, the PIN, Enter
    assert screen.sign(screen.view.person, "4171") == maria
    assert screen.view.locked == ""


def test_a_colleague_may_unlock(counter: Counter) -> None:
    screen = SignIn(counter.station)
    maria = screen.sign("maria", "4171")
    assert maria is not None
    screen.lock(maria)
    ben = screen.sign("ben", "2836")
    assert ben is not None
    assert ben.name == "Ben Carter"
