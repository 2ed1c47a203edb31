"""Colours, type sizes and zoom as frozen values, so that every contrast can be computed and no widget invents its own.

Sizes are points at 100 %; a cashier stands 80 cm away, so body text is 18 pt and nothing is under 14.5 pt.
"""

from dataclasses import dataclass, fields
from enum import StrEnum
from string import Template

from counter_app.screens.views import Tone

ZOOMS = (100, 125, 150, 175)
"""Percent; how much larger than designed the letters and targets are."""
TEXT_RATIO = 4.5
EDGE_RATIO = 3.0
"""The least contrasts of WCAG 2.2 (1.4.3 for text, 1.4.11 for edges and focus)."""


class Size(StrEnum):
    """The type scale, by what the text is for."""

    SMALL = "small"
    BODY = "body"
    LEAD = "lead"
    TITLE = "title"
    FIGURE = "figure"
    TOTAL = "total"


POINTS = {Size.SMALL: 14.5, Size.BODY: 18.0, Size.LEAD: 20.0, Size.TITLE: 26.0, Size.FIGURE: 36.0, Size.TOTAL: 60.0}
RING = 3
TOTAL_LEAST, TOTAL_MOST = 48.0, 72.0
"""Points between which a total is drawn; it shrinks to its place before it is ever cut."""


class Space:
    """The spacing scale in pixels. Zoom enlarges letters and targets, not the white between them."""

    HAIR, TIGHT, SNUG, ROOM, WIDE, BROAD = 4, 8, 12, 16, 24, 40


@dataclass(frozen=True, slots=True)
class Palette:
    """One set of colours, each `#rrggbb`. `*_soft` is the ground on which the colour of that name is read."""

    name: str
    ground: str
    surface: str
    card_edge: str
    raised: str
    ink: str
    quiet: str
    edge: str
    focus: str
    accent: str
    on_accent: str
    accent_soft: str
    good: str
    good_soft: str
    warn: str
    warn_soft: str
    bad: str
    bad_soft: str
    line: int = 1
    """Pixels of a border at rest; a focus has RING, and what is missing to it lies around the control."""

    def tone(self, tone: Tone) -> tuple[str, str]:
        """The colour of a tone and the soft ground it stands on."""
        pairs = {
            Tone.PLAIN: (self.ink, self.raised),
            Tone.GOOD: (self.good, self.good_soft),
            Tone.WARN: (self.warn, self.warn_soft),
            Tone.BAD: (self.bad, self.bad_soft),
            Tone.ACCENT: (self.accent, self.accent_soft),
        }
        return pairs[tone]

    def text_pairs(self) -> tuple[tuple[str, str], ...]:
        """Every pair (text, ground) that the window draws."""
        grounds = (self.ground, self.surface, self.raised)
        plain = tuple((ink, ground) for ink in (self.ink, self.quiet, self.accent) for ground in grounds)
        tones = tuple(self.tone(tone) for tone in Tone)
        on_surface = tuple((self.tone(tone)[0], ground) for tone in Tone for ground in (self.surface, self.ground))
        soft = tuple((ink, self.tone(tone)[1]) for tone in Tone for ink in (self.ink, self.quiet))
        return plain + tones + on_surface + soft + ((self.on_accent, self.accent), (self.bad, self.warn_soft))

    def edge_pairs(self) -> tuple[tuple[str, str], ...]:
        """Every pair (border or focus ring, what lies beside it)."""
        grounds = (self.ground, self.surface, self.raised)
        return tuple((edge, ground) for edge in (self.edge, self.focus, self.accent) for ground in grounds)


LIGHT = Palette(
    name="light", ground="#f2f0ec", surface="#ffffff", card_edge="#ffffff", raised="#eeece6",
    ink="#1a1c20", quiet="#5a5853", edge="#86827a", focus="#1a56b0", accent="#1a56b0",
    on_accent="#ffffff", accent_soft="#e5edf9",
    good="#1b6640", good_soft="#e3f2e8", warn="#7a4a00", warn_soft="#fbf1dd", bad="#a9261f", bad_soft="#fce8e5",
)  # fmt: skip
DARK = Palette(
    name="dark", ground="#121317", surface="#1c1e23", card_edge="#1c1e23", raised="#272a31",
    ink="#eceef1", quiet="#b3b6bd", edge="#7e838d", focus="#92b8f7", accent="#92b8f7",
    on_accent="#0c1626", accent_soft="#20304b",
    good="#7fd6a0", good_soft="#15301f", warn="#f2bf6a", warn_soft="#372713", bad="#ff9d94", bad_soft="#3f1c1b",
)  # fmt: skip
HIGH_CONTRAST = Palette(
    name="high contrast", ground="#000000", surface="#000000", card_edge="#ffffff", raised="#1c1c1c",
    ink="#ffffff", quiet="#e6e6e6", edge="#ffffff", focus="#ffe100", accent="#ffe100",
    on_accent="#000000", accent_soft="#2b2600",
    good="#7dff9b", good_soft="#002b0c", warn="#ffc14d", warn_soft="#2e1d00", bad="#ff9e96", bad_soft="#380000",
    line=2,
)  # fmt: skip
PALETTES = (LIGHT, DARK, HIGH_CONTRAST)


@dataclass(frozen=True, slots=True)
class Theme:
    """A palette at a zoom (percent, one of ZOOMS): all that a look is made of."""

    palette: Palette = LIGHT
    zoom: int = 100

    def points(self, size: Size) -> float:
        """Points of a step of the scale; the large figures stop growing where they fill their place."""
        scaled = POINTS[size] * self.zoom / 100
        return min(scaled, TOTAL_MOST) if size is Size.TOTAL else scaled

    def pixels(self, pixels: int) -> int:
        """A length that grows with the letters: icons, targets, paddings."""
        return round(pixels * self.zoom / 100)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def style_sheet(template: str, theme: Theme) -> str:
    """The template with the colours (`$ink`), sizes (`$pt_body`), lengths (`$px_8`) and `$line` of the theme."""
    colours = {field.name: getattr(theme.palette, field.name) for field in fields(Palette)}
    points = {f"pt_{size.value}": f"{theme.points(size):.1f}pt" for size in Size}
    lengths = {f"px_{n}": f"{theme.pixels(n)}px" for n in range(2, 65, 2)}
    line = theme.palette.line
    lines = {"line": f"{line}px", "rest": f"{RING - line}px"}
    return Template(template).substitute(colours | points | lengths | lines)
