"""The window's own keys work in every field, whatever the desktop would have the field do with them."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from ui.first_keys import FirstKeys
from ui.look import Look
from ui.reading import named
from ui.window import Window


def test_a_choice_does_not_keep_the_key_of_the_commands(look: Look, qtbot: QtBot, qapp: QApplication) -> None:
    window, choice = Window(look, "City of Alder, A1"), named(QComboBox(), "Bank account")
    heard: list[str] = []
    choice.addItems(["Kings Bank", "First Valley Bank"])
    qtbot.addWidget(window)
    window.add_page("counter", choice)
    window.show_page("counter")
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    choice.setFocus(Qt.FocusReason.OtherFocusReason)
    window.intent.connect(heard.append)
    FirstKeys(window)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qapp.processEvents()
    assert heard == ["commands"]
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_F)
    assert (heard, choice.currentText()) == (["commands"], "First Valley Bank")
