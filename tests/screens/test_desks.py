"""Desks by role, and the list of commands with its reasons."""

import pytest

from counter_app.domain.language import language
from counter_app.screens.counter import Counter as CounterScreen
from counter_app.screens.desks import desks_of
from counter_app.screens.keys import KEYS, Intent
from counter_app.screens.palette import Palette
from tests.fakes.counter import WATER, Counter
from tests.screens.conftest import person
from tests.screens.hands import Hands


@pytest.mark.parametrize(
    ("who", "desks"),
    [
        ("maria", ["counter", "drawer", "register", "accounts"]),
        ("lee", ["counter", "drawer", "drawers", "register", "accounts", "settings"]),
        ("ana", ["drawers", "deposits", "register", "accounts", "settings"]),
        ("fay", ["drawers", "register", "accounts", "settings"]),
        ("ruth", ["drawers", "register", "accounts", "settings"]),
        ("adam", ["people"]),
    ],
)
def test_a_person_sees_only_what_is_theirs(counter: Counter, who: str, desks: list[str]) -> None:
    assert [desk.name for desk in desks_of(person(counter, who))] == desks


def rows(palette: Palette) -> dict[str, str]:
    return {row.title: row.note for row in palette.view.rows}


def test_every_key_is_listed_with_its_act(hands: Hands) -> None:
    listed = {row.amount for row in Palette(hands.screen.person, hands.screen).view.rows}
    assert {key.label for key in KEYS if key.intent is not Intent.COMMANDS} <= listed


def test_what_is_off_says_why_and_who_may(hands: Hands, counter: Counter) -> None:
    palette = Palette(hands.screen.person, hands.screen)
    assert rows(palette)["Finish"] == "There is nothing on the ticket."
    assert rows(palette)["Recall a parked ticket"] == "No ticket is parked."
    assert rows(palette)["Go to Deposits"] == "Not yours; a supervisor may."
    assert rows(palette)["Open the drawer, no sale"] == ""
    hands.scan(WATER)
    assert rows(palette)["Finish"] == "$120.00 is still due."
    ana = Palette(person(counter, "ana"), None)
    assert rows(ana)["Cash"] == "Not yours; a cashier or a lead may."
    assert rows(ana)["Go to Deposits"] == ""


def test_without_a_drawer_money_acts_are_off(counter: Counter) -> None:
    maria = person(counter, "maria")
    palette = Palette(maria, CounterScreen(counter.station, maria))
    assert rows(palette)["Drop cash to the safe"] == "You have no open drawer; open one first."


def test_letters_find_an_act_and_enter_does_it(hands: Hands) -> None:
    palette = Palette(hands.screen.person, hands.screen)
    palette.filter("no sale")
    assert list(rows(palette)) == ["Open the drawer, no sale"]
    assert palette.choose() == "no_sale"
    palette.filter("deposits")
    assert palette.choose() == ""
    assert palette.view.message.words == "Not yours; a supervisor may."
    palette.filter("my drawer")
    assert palette.choose() == "desk:drawer"


def test_what_is_done_at_the_register_is_found_and_leads_there(hands: Hands, counter: Counter) -> None:
    palette = Palette(hands.screen.person, hands.screen)
    palette.filter("refund")
    assert rows(palette) == {"Refund a receipt": ""}
    assert palette.choose() == "desk:register"
    palette.filter("find receipt")
    assert palette.choose() == "desk:register"
    palette.filter("customers")
    assert palette.choose() == "desk:accounts"
    ruth = rows(Palette(person(counter, "ruth"), None))
    assert (ruth["Refund a receipt"], ruth["Find a receipt"]) == ("Not yours; a cashier or a lead may.", "")
    adam = rows(Palette(person(counter, "adam"), None))
    assert adam["Find a receipt"].startswith("Not yours;")


def test_an_act_is_found_by_its_spanish_words_too(hands: Hands) -> None:
    palette = Palette(hands.screen.person, hands.screen, language("es").of)
    palette.filter("CAJA fuerte")
    assert list(rows(palette)) == ["Drop cash to the safe"]
    palette.filter("anulacion")
    assert [row.amount for row in palette.view.rows] == ["F11"]
    palette.filter("void")
    assert [row.amount for row in palette.view.rows] == ["F11"]


def test_a_word_that_no_command_has_is_answered(hands: Hands) -> None:
    palette = Palette(hands.screen.person, hands.screen)
    palette.filter("void")
    assert [row.amount for row in palette.view.rows] == ["F11"]
    palette.filter("xyz")
    assert palette.view.message.words == "No command is called that."
