"""Contrast is computed, not hoped for: every pair that the window draws, in every palette."""

import re
from collections.abc import Callable
from dataclasses import fields
from importlib.resources import files

import pytest
from PySide6.QtGui import QColor, QFontMetrics, QPalette
from PySide6.QtWidgets import QWidget

from counter_app.screens.views import Tone
from ui.look import FONT_FILES, Look, qt_palette
from ui.theme import (  # fmt: skip
    DARK,
    EDGE_RATIO,
    HIGH_CONTRAST,
    LIGHT,
    PALETTES,
    POINTS,
    TEXT_RATIO,
    TOTAL_MOST,
    ZOOMS,
    Palette,
    Size,
    Theme,
    contrast,
    style_sheet,
)

every_palette = pytest.mark.parametrize("palette", PALETTES, ids=lambda palette: palette.name)


def test_contrast_of_known_pairs() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#ffffff", "#ffffff") == pytest.approx(1.0)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@every_palette
def test_text_can_be_read(palette: Palette) -> None:
    faint = {pair: round(contrast(*pair), 2) for pair in palette.text_pairs() if contrast(*pair) < TEXT_RATIO}
    assert not faint


@every_palette
def test_borders_and_focus_can_be_seen(palette: Palette) -> None:
    faint = {pair: round(contrast(*pair), 2) for pair in palette.edge_pairs() if contrast(*pair) < EDGE_RATIO}
    assert not faint


@every_palette
def test_a_warning_strip_has_a_border_that_can_be_seen(palette: Palette) -> None:
    assert contrast(palette.warn, palette.surface) >= EDGE_RATIO
    assert contrast(palette.edge, palette.warn_soft) >= EDGE_RATIO - 0.35


@every_palette
def test_what_qt_paints_by_itself_can_be_read(palette: Palette) -> None:
    worn, role, group = qt_palette(palette), QPalette.ColorRole, QPalette.ColorGroup
    for ink, ground in (
        (role.WindowText, role.Window), (role.Text, role.Base), (role.ButtonText, role.Button),
        (role.HighlightedText, role.Highlight), (role.PlaceholderText, role.Base), (role.ToolTipText, role.ToolTipBase),
    ):  # fmt: skip
        for state in (group.Active, group.Inactive, group.Disabled):
            assert contrast(worn.color(state, ink).name(), worn.color(state, ground).name()) >= TEXT_RATIO, (ink, state)


@every_palette
def test_every_colour_is_written_in_full(palette: Palette) -> None:
    colours = [getattr(palette, field.name) for field in fields(Palette) if field.name not in ("name", "line")]
    assert all(re.fullmatch("#[0-9a-f]{6}", colour) for colour in colours)


def test_nothing_is_smaller_than_the_eye_at_80_cm_needs() -> None:
    assert min(POINTS.values()) >= 14.5
    assert 18 <= POINTS[Size.BODY] <= 20
    assert all(48 <= Theme(zoom=zoom).points(Size.TOTAL) <= TOTAL_MOST for zoom in ZOOMS)


def test_zoom_enlarges_letters_and_targets() -> None:
    assert Theme(zoom=175).points(Size.BODY) == pytest.approx(31.5)
    assert Theme(zoom=125).pixels(24) == 30


@pytest.mark.parametrize("zoom", ZOOMS)
def test_the_sheet_has_a_value_for_every_name(zoom: int) -> None:
    template = (files("resources") / "style.qss").read_text(encoding="utf-8")
    assert "$" not in style_sheet(template, Theme(DARK, zoom))
    assert len(template) < 6000


def test_wearing_changes_the_open_window(look: Look, shown: Callable[[QWidget], QWidget]) -> None:
    widget = shown(QWidget())
    told: list[bool] = []
    look.changed.connect(lambda: told.append(True))
    look.wear(Theme(HIGH_CONTRAST, 150))
    assert widget.palette().color(QPalette.ColorRole.Window) == QColor(HIGH_CONTRAST.ground)
    assert widget.font().pointSizeF() == pytest.approx(27.0)
    assert told == [True]


def test_figures_are_all_of_one_width(look: Look) -> None:
    for size in Size:
        metrics = QFontMetrics(look.font(size))
        assert metrics.horizontalAdvance("11111") == metrics.horizontalAdvance("88888")


def test_fonts_and_icons_ship_with_their_licences() -> None:
    assert all((files("resources") / "fonts" / name).is_file() for name in FONT_FILES)
    assert (files("resources") / "fonts" / "Inter-LICENSE.txt").is_file()
    assert (files("resources") / "icons" / "LICENSE.txt").is_file()


def test_icons_take_the_colour_they_are_given(look: Look) -> None:
    picture = look.picture("good", "#17663a", 24).toImage()
    inks = {
        picture.pixelColor(x, y).name() for x in range(24) for y in range(24) if picture.pixelColor(x, y).alpha() > 250
    }
    assert inks == {"#17663a"}
    assert look.picture("good", "#17663a", 24) is look.picture("good", "#17663a", 24)
    assert look.colour(Tone.BAD) == QColor(LIGHT.bad)
