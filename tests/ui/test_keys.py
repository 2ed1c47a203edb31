"""One table of acts and keys: no key twice, every key of the counter there."""

import pytest
from PySide6.QtCore import QEvent, QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from counter_app.screens.keys import KEYS, Intent, key_of
from ui.keys import CODES, intent_of

_CTRL, _SHIFT, _NONE = (
    Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier,
)  # fmt: skip


def test_no_key_means_two_things() -> None:
    codes = [(code, held) for _, code, held in CODES]
    assert len(codes) == len(set(codes))


def test_a_label_names_the_key_that_is_pressed() -> None:
    for intent, code, held in CODES:
        label = key_of(intent).label
        pressed = QKeySequence(QKeyCombination(held, code)).toString()
        assert pressed == label or intent is Intent.LARGER, (pressed, label)


def test_every_act_has_a_key_and_words() -> None:
    assert {key.intent for key in KEYS} == set(Intent)
    assert all(key.label and key.words for key in KEYS)


def test_f10_and_alt_f4_are_left_to_the_desktop() -> None:
    assert not {"F10", "Alt+F4"} & {key.label for key in KEYS}


@pytest.mark.parametrize(
    ("code", "held", "intent"),
    [
        (Qt.Key.Key_F6, _NONE, Intent.CHECK),
        (Qt.Key.Key_F6, _SHIFT, Intent.MONEY_ORDER),
        (Qt.Key.Key_Escape, _SHIFT, Intent.ABANDON),
        (Qt.Key.Key_K, _CTRL, Intent.COMMANDS),
        (Qt.Key.Key_K, _NONE, None),
        (Qt.Key.Key_Equal, _CTRL, Intent.LARGER),
        (Qt.Key.Key_Plus, _CTRL | _SHIFT, Intent.LARGER),
        (Qt.Key.Key_Plus, _NONE, None),
    ],
)
def test_keys_are_told_apart_by_what_is_held(code: Qt.Key, held: Qt.KeyboardModifier, intent: Intent | None) -> None:
    assert intent_of(QKeyEvent(QEvent.Type.KeyPress, code, held)) == intent


def test_the_numeric_pad_is_as_good_as_the_row() -> None:
    pad = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Plus, _CTRL | Qt.KeyboardModifier.KeypadModifier)
    assert intent_of(pad) == Intent.LARGER
    assert key_of(Intent.FINISH).label == "F9"
