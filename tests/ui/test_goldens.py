"""Every screen and every widget looks as it did, to the pixel; one command draws anew what was meant to change."""

from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage, QRawFont
from PySide6.QtWidgets import QApplication

from tests.fakes.counter import Counter
from tests.goldens.compare import FOLDER, difference, keep
from tests.goldens.drawing import SHEETS, screens, sheet, sheet_name
from ui.look import Look
from ui.theme import Palette, Size


def test_every_screen_looks_as_it_did(qapp: QApplication, look: Look, counter: Counter, tmp_path: Path) -> None:
    drawn = dict(screens(qapp, look, counter))
    differ = [words for name, picture in drawn.items() if (words := difference(name, picture, tmp_path / "differ"))]
    assert not differ, "\n".join(differ)
    kept = {path.stem for path in FOLDER.glob("*.png")}
    assert kept - drawn.keys() == {sheet_name(*dress) for dress in SHEETS}, "pictures of screens that are no more"


@pytest.mark.parametrize(("palette", "zoom", "code"), SHEETS, ids=[sheet_name(*dress) for dress in SHEETS])
def test_every_widget_looks_as_it_did(
    qapp: QApplication, look: Look, tmp_path: Path, palette: Palette, zoom: int, code: str
) -> None:
    picture = sheet(qapp, look, palette, zoom, code)
    assert not (words := difference(sheet_name(palette, zoom, code), picture, tmp_path / "differ")), words


def test_one_pixel_is_noticed_and_shown(tmp_path: Path) -> None:
    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    picture.fill(QColor("#ffffff"))
    keep("page", picture, tmp_path / "golden")
    assert difference("page", picture, tmp_path / "differ", tmp_path / "golden") == ""
    picture.setPixelColor(7, 9, QColor("#eeeeff"))  # a shade
    assert difference("page", picture, tmp_path / "differ", tmp_path / "golden") == ""
    picture.setPixelColor(7, 9, QColor("#d0ffff"))
    words = difference("page", picture, tmp_path / "differ", tmp_path / "golden")
    assert "within 1 × 1 pixels at (7, 9)" in words
    shown = QImage(str(tmp_path / "differ" / "page.png"))
    assert shown.size().toTuple() == (120, 30)
    assert shown.pixelColor(80 + 7, 9).name() == "#ff0000"


def test_our_font_has_every_letter_that_the_window_shows(look: Look) -> None:
    """Else the letter would come from whatever fonts a machine has."""
    font = QRawFont.fromFont(look.font(Size.BODY))
    words = (Path(__file__).parents[2] / "resources" / "languages" / "es.ts").read_text(encoding="utf-8")
    assert sorted({sign for sign in words if sign.isprintable() and not font.supportsCharacter(ord(sign))}) == []
