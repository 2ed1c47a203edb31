"""Puts a theme on the running application: font, palette, style sheet, tinted icons; one of it, handed to every widget.

Widgets ask it for colours when they paint; a change of palette or zoom reaches them as `changed`.
"""

from importlib.resources import files

from PySide6.QtCore import QByteArray, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QStyleFactory

from counter_app.screens.views import Tone
from ui.theme import Palette, Size, Theme, style_sheet

FAMILY = "Inter"
FONT_FILES = ("Inter-Regular.otf", "Inter-Medium.otf", "Inter-SemiBold.otf")
_TABULAR, _LARGE_SPACING = "tnum", 95.0


class Look(QObject):
    """The look of one application; `wear` changes it while the window is open."""

    changed = Signal()

    def __init__(self, app: QApplication, theme: Theme) -> None:
        super().__init__(app)
        self._app = app
        self._template = (files("resources") / "style.qss").read_text(encoding="utf-8")
        self._pictures: dict[tuple[str, str, int], QPixmap] = {}
        for name in FONT_FILES:
            QFontDatabase.addApplicationFontFromData(QByteArray((files("resources") / "fonts" / name).read_bytes()))
        app.setStyle(QStyleFactory.create("Fusion"))
        self.theme = theme
        self.wear(theme)

    @property
    def palette(self) -> Palette:
        """The colours worn now."""
        return self.theme.palette

    def wear(self, theme: Theme) -> None:
        """Put on another palette or zoom, at once and everywhere."""
        self.theme = theme
        self._app.setPalette(qt_palette(theme.palette))
        self._app.setFont(self.font(Size.BODY))
        self._app.setStyleSheet(style_sheet(self._template, theme))
        self.changed.emit()

    def font(self, size: Size, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        """The text font at a step of the scale, its figures all of one width."""
        font = QFont(FAMILY)
        font.setPointSizeF(self.theme.points(size))
        font.setWeight(weight)
        font.setFeature(QFont.Tag(_TABULAR), 1)
        if size in (Size.FIGURE, Size.TOTAL):
            font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, _LARGE_SPACING)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        return font

    def colour(self, tone: Tone) -> QColor:
        """The colour of a tone on the palette worn now."""
        return QColor(self.palette.tone(tone)[0])

    def picture(self, name: str, colour: str, pixels: int) -> QPixmap:
        """An icon of ours (`resources/icons/NAME.svg`) in a colour, `pixels` square before zoom."""
        side = self.theme.pixels(pixels)
        found = self._pictures.get((name, colour, side))
        if found is None:
            found = self._pictures[name, colour, side] = _draw(name, colour, side, self._app.devicePixelRatio())
        return found

    def icon(self, name: str, colour: str, pixels: int = 24) -> QIcon:
        """The same as an icon for a button."""
        return QIcon(self.picture(name, colour, pixels))


def qt_palette(colours: Palette) -> QPalette:
    """Our colours in the roles that Fusion paints with."""
    role = QPalette.ColorRole
    palette = QPalette()
    for roles, colour in (
        ((role.Window,), colours.ground),
        ((role.Base, role.Light, role.Midlight, role.ToolTipBase), colours.surface),
        ((role.AlternateBase, role.Button), colours.raised),
        ((role.WindowText, role.Text, role.ButtonText, role.BrightText, role.ToolTipText), colours.ink),
        ((role.PlaceholderText,), colours.quiet),
        ((role.Mid, role.Dark, role.Shadow), colours.edge),
        ((role.Highlight, role.Accent, role.Link, role.LinkVisited), colours.accent),
        ((role.HighlightedText,), colours.on_accent),
    ):
        for each in roles:
            palette.setColor(each, QColor(colour))
    for text in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, text, QColor(colours.quiet))
    return palette


def _draw(name: str, colour: str, side: int, ratio: float) -> QPixmap:
    drawing = (files("resources") / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    picture = QPixmap(round(side * ratio), round(side * ratio))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer = QSvgRenderer(QByteArray(drawing.replace("currentColor", colour).encode()))
    renderer.render(painter, QRectF(0, 0, side * ratio, side * ratio))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture
