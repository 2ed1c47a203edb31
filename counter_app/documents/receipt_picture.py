"""The receipt's roll as a PDF: a narrow page as long as the paper, from the same lines the printer is sent."""

from collections.abc import Sequence
from io import BytesIO

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from counter_app.documents.fonts import MONO, MONO_STRONG, STRONG, load_fonts, text_width
from counter_app.documents.qr import draw_qr
from counter_app.documents.roll import RollLine
from counter_app.documents.sheet import INK, across

PAPER: float = 80 * mm
EDGE: float = 5 * mm
CODE: float = 22 * mm
LEADING = 1.32


def roll_pdf(lines: Sequence[RollLine], columns: int, title: str, across_it: str) -> bytes:
    """The lines on 80 mm paper, `across_it` pale over them; the same lines give the same bytes."""
    load_fonts(MONO, MONO_STRONG, STRONG)
    size = (PAPER - 2 * EDGE) / columns / text_width("0", MONO, 1)
    height = 2 * EDGE + sum(_height(line, size) for line in lines)
    file = BytesIO()
    canvas = Canvas(file, pagesize=(PAPER, height), invariant=1, pageCompression=1)
    canvas.setTitle(title)
    y = height - EDGE
    for line in lines:
        y -= _height(line, size)
        if line.code:
            draw_qr(canvas, line.code, (PAPER - CODE) / 2, y, CODE)
        else:
            _draw(canvas, line, y, size, columns)
    if across_it:
        across(canvas, across_it.upper(), PAPER, height)
    canvas.save()
    return file.getvalue()


def _height(line: RollLine, size: float) -> float:
    return CODE if line.code else size * LEADING * line.size


def _draw(canvas: Canvas, line: RollLine, y: float, size: float, columns: int) -> None:
    """One line of text above y."""
    font, points, text = MONO_STRONG if line.bold else MONO, size * line.size, line.cells(columns)
    wide = text_width(text, font, points)
    x = (PAPER - wide) / 2 if line.centred else EDGE
    canvas.setFillColor(INK)
    if line.inverted:
        canvas.rect(x, y, wide, points * LEADING, stroke=0, fill=1)
        canvas.setFillGray(1)
    canvas.setFont(font, points)
    canvas.drawString(x, y + points * 0.34, text)
