"""The typefaces of our papers: shipped with the program, so that a paper looks the same on every machine."""

from importlib.resources import files
from io import BytesIO

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from counter_app.documents.letters import fit_to

TEXT, STRONG = "OpenSans-Regular", "OpenSans-Semibold"
MONO, MONO_STRONG = "DejaVuSansMono", "DejaVuSansMono-Bold"


def load_fonts(*names: str) -> None:
    """Make the typefaces known to the PDF library; again is harmless."""
    for name in names:
        if name not in pdfmetrics.getRegisteredFontNames():
            data = (files("resources") / "fonts" / f"{name}.ttf").read_bytes()
            pdfmetrics.registerFont(TTFont(name, BytesIO(data)))


def in_font(text: str, name: str) -> str:
    """The text in letters that the typeface has, without control characters."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()  # nearly all there is, and 2,000 checks are many
    glyphs = pdfmetrics.getFont(name).face.charToGlyph
    return fit_to(text, lambda letter: ord(letter) in glyphs)


def text_width(text: str, name: str, size: float) -> float:
    """How wide the text is, in points."""
    return float(pdfmetrics.stringWidth(text, name, size))
