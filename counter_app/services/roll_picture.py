"""What a printer was sent, drawn by our own ESC/POS interpreter: the paper on the screen of practice and of tests."""

from msgspec import Struct

from counter_app.documents.escpos_job import warm_up
from counter_app.documents.escpos_reader import read_escpos
from counter_app.documents.picture import pdf_pages, pdf_png
from counter_app.documents.receipt_picture import roll_pdf

SCALE = 2.0
"""Dots for each 1/72 inch."""


class RollPicture(Struct, frozen=True):
    """One piece of paper as PNG, and its words for who cannot see it."""

    png: bytes
    words: str


def roll_picture(sent: bytes) -> RollPicture | None:
    """The first piece of paper in these bytes; None for a drawer command alone. Any thread may call it."""
    jobs = read_escpos(sent).jobs
    if not jobs:
        return None
    return RollPicture(pdf_png(roll_pdf(jobs[0].lines, jobs[0].columns, "Receipt", ""), scale=SCALE), jobs[0].text)


def page_pictures(pdf: bytes) -> tuple[bytes, ...]:
    """Every page of a document as PNG. Any thread may call it."""
    return tuple(pdf_png(pdf, page) for page in range(pdf_pages(pdf)))


def prepare() -> None:
    """Load what the first paper needs and the first paint does not; for a thread of its own."""
    warm_up()
    roll_picture(b"\x1b@ \n\x1dV\x00")
