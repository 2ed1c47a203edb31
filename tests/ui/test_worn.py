"""What a person chose to see at this station: worn at once, remembered, and worn again at the next sign-in."""

from PySide6.QtWidgets import QApplication, QLineEdit

from db import reference
from tests.fakes.counter import Counter
from tests.fakes.window import PINS, Till, till
from ui.look import Look
from ui.theme import DARK, HIGH_CONTRAST, LIGHT

SPANISH = "Ctrl+I"


def test_a_change_of_language_in_the_middle_of_a_tender_keeps_everything(at_till: Till) -> None:
    at_till.open_d1()
    at_till.keys("90000001", "Enter", "Enter", "50", "F6")
    before = at_till.says()
    focus = QApplication.focusWidget()
    at_till.keys(SPANISH)
    assert "Rosa Bell" in at_till.says()
    assert at_till.says() != before
    assert QApplication.focusWidget() is focus
    at_till.keys("1042", "Enter", SPANISH)
    assert "Check 1042, $50.00" in at_till.says()
    at_till.keys(SPANISH, "70", "F8", "F9", SPANISH)
    assert "A1-000001" in at_till.says()


def test_english_comes_back_word_for_word(at_till: Till) -> None:
    at_till.open_d1()
    for strokes in (("90000001", "Enter"), ("Enter",), ("Ctrl+2",), ("Ctrl+K",)):
        at_till.keys(*strokes)
        before = at_till.says()
        at_till.keys(SPANISH, SPANISH)
        assert at_till.says() == before


def test_a_count_under_way_survives_a_change_of_language(at_till: Till) -> None:
    at_till.open_d1()
    at_till.keys("Ctrl+2", "3", "Enter", "7", SPANISH)
    assert "$300.00" in at_till.says()
    fields = [f.text() for f in at_till.running.window.findChildren(QLineEdit) if f.isVisible() and f.text()]
    assert fields == ["3", "7"]
    at_till.keys("Enter")
    assert "$650.00" in at_till.says()


def test_what_somebody_chose_is_theirs_alone(at_till: Till, look: Look) -> None:
    at_till.sign_in("maria")
    at_till.keys(SPANISH, "Ctrl+T", "Ctrl++")
    at_till.change_person("ben")
    at_till.keys(SPANISH, "Ctrl+T")
    assert _worn(at_till, look) == ("en", HIGH_CONTRAST, 125)
    at_till.change_person("maria")
    assert _worn(at_till, look) == ("es", DARK, 125)
    at_till.change_person("ben")
    assert _worn(at_till, look) == ("en", HIGH_CONTRAST, 125)


def test_the_next_day_begins_as_the_last_one_ended(counter: Counter, look: Look, qapp: QApplication) -> None:
    with till(counter.station, look, qapp) as yesterday:
        yesterday.sign_in("maria")
        yesterday.keys(SPANISH, "Ctrl+T")
    with till(counter.station, look, qapp) as today:
        assert _worn(today, look) == ("es", DARK, 100)
        today.sign_in("lee")
        assert _worn(today, look) == ("es", DARK, 100)


def test_who_chooses_on_the_sign_in_page_keeps_it(at_till: Till, look: Look) -> None:
    at_till.keys(SPANISH)
    at_till.sign_in("maria")
    at_till.keys("F12", SPANISH, PINS["maria"], "Enter")
    assert _worn(at_till, look)[0] == "en"
    at_till.keys("F12")
    at_till.keys(PINS["maria"], "Enter")
    assert _worn(at_till, look)[0] == "en"


def test_the_sign_in_page_offers_the_other_language_in_its_own_word(at_till: Till) -> None:
    at_till.tab_to("Español")
    at_till.keys("Space")
    assert "Contraseña o PIN" in at_till.says()
    at_till.tab_to("English")
    at_till.keys("Enter")
    assert "Password or PIN" in at_till.says()


def test_a_choice_of_another_version_is_forgotten(counter: Counter, look: Look, qapp: QApplication) -> None:
    with counter.station.books.change_state() as connection:
        reference.put_setting(connection, "choices", '{"language":"tlh"}')
        reference.put_setting(connection, "choices:maria", '{"language":"tlh","palette":"plaid","zoom":7}')
    with till(counter.station, look, qapp) as window:
        window.sign_in("maria")
        assert _worn(window, look)[1:] == (LIGHT, 100)


def test_the_commands_know_the_language_and_the_colors(at_till: Till, look: Look) -> None:
    at_till.sign_in("maria")
    at_till.keys("Ctrl+K", "language", "Enter")
    assert _worn(at_till, look)[0] == "es"
    at_till.keys("Ctrl+K", "oscuro", "Enter")
    assert _worn(at_till, look)[1] == DARK


def _worn(window: Till, look: Look) -> tuple[str, object, int]:
    return window.running.worn.language, look.palette, look.theme.zoom
