"""A receipt as text, printer bytes, PDF and picture: four forms of one layout."""

from counter_app.documents.escpos_job import EPSON, PrinterProfile, compose
from counter_app.documents.picture import pdf_png
from counter_app.documents.receipt_layout import receipt_lines
from counter_app.documents.receipt_picture import roll_pdf
from counter_app.documents.roll import ROLL_COLUMNS, plain_text
from counter_app.documents.sheet import PRACTICE_WORDS
from counter_app.domain.language import language
from counter_app.domain.paper import ReceiptPaper


def receipt_text(paper: ReceiptPaper, width: int = ROLL_COLUMNS) -> str:
    """The receipt in `width` columns, each line ended by a newline."""
    return plain_text(receipt_lines(paper, width), width)


def receipt_escpos(paper: ReceiptPaper, profile: PrinterProfile = EPSON) -> bytes:
    """One print job, from ESC @ to its one GS V; it never opens the drawer."""
    return compose(receipt_lines(paper, profile.columns, profile.codec), profile)


def receipt_pdf(paper: ReceiptPaper) -> bytes:
    """The receipt as one narrow page, 80 mm wide and as long as its paper."""
    word = language(paper.language).of(PRACTICE_WORDS[paper.practice])
    return roll_pdf(receipt_lines(paper, ROLL_COLUMNS), ROLL_COLUMNS, paper.number or paper.kind, word)


def receipt_png(paper: ReceiptPaper, scale: float = 2.5) -> bytes:
    """The same page as a picture."""
    return pdf_png(receipt_pdf(paper), scale=scale)
