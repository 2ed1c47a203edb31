"""A receipt as text, printer bytes, PDF and picture: four forms of one layout."""

from counter_app.documents.escpos_job import EPSON, PrinterProfile, compose
from counter_app.documents.receipt_layout import receipt_lines
from counter_app.documents.roll import ROLL_COLUMNS, plain_text
from counter_app.domain.paper import ReceiptPaper


def receipt_text(paper: ReceiptPaper, width: int = ROLL_COLUMNS) -> str:
    """The receipt in `width` columns, each line ended by a newline."""
    return plain_text(receipt_lines(paper, width), width)


def receipt_escpos(paper: ReceiptPaper, profile: PrinterProfile = EPSON) -> bytes:
    """One print job, from ESC @ to its one GS V; it never opens the drawer."""
    return compose(receipt_lines(paper, profile.columns, profile.codec), profile)
