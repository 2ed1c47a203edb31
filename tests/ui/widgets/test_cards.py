"""Labelled fields and paper on the screen."""

from collections.abc import Callable

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from ui.look import Look
from ui.reading import controls, snapshot
from ui.widgets.card import Card, Labelled
from ui.widgets.paper_preview import PaperPreview


def _png(width: int, height: int) -> bytes:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFF)
    kept = QByteArray()
    buffer = QBuffer(kept)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(kept.data())


def test_an_error_stands_beneath_its_field_until_it_is_mended(look: Look, shown: Callable[[QWidget], QWidget]) -> None:
    card, bag = Card("Deposit"), QLineEdit()
    field = Labelled(look, "Bag number", bag, "The serial on the bag.")
    card.column.addWidget(field)
    shown(card)
    field.complain("That bag was used before.")
    assert snapshot(card) == "“Deposit”\n“Bag number”\nfield Bag number: …\n“That bag was used before.”\n"
    assert bag.property("wrong") == "true"
    QTest.keyClicks(bag, "7")
    assert not field.message.isVisible()
    assert bag.property("wrong") == "false"
    assert [control.name for control in controls(card)] == ["Bag number"]


def test_paper_keeps_to_the_width_and_can_be_read(shown: Callable[[QWidget], QWidget]) -> None:
    preview = PaperPreview("Deposit slip")
    shown(preview)
    preview.resize(400, 300)
    preview.show_pages((_png(1200, 1600), _png(200, 100)), "Deposit A1-D000001, $1,234.50")
    widths = [label.pixmap().width() for label in preview.findChildren(QLabel) if not label.pixmap().isNull()]
    assert widths[0] <= 400
    assert widths[1] == 200
    assert snapshot(preview) == "paper Deposit slip, 2 page(s): Deposit A1-D000001, $1,234.50\n"
    preview.show_pages(())
    assert snapshot(preview) == "paper Deposit slip, 0 page(s): …\n"
