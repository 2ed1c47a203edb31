"""A committed document again, as a file: receipt, slip, licence or daily report.

A receipt so made is a COPY and is journalled; the others are looked at as often as one likes.
"""

from collections.abc import Callable
from datetime import date
from typing import Literal

import msgspec

from counter_app.documents.daily import daily_pdf
from counter_app.documents.licence import licence_pdf
from counter_app.documents.picture import pdf_png
from counter_app.documents.receipt import receipt_escpos, receipt_pdf, receipt_png, receipt_text
from counter_app.documents.slip import slip_pdf
from counter_app.domain.days import parse_day
from counter_app.domain.paper import ReceiptPaper
from counter_app.domain.refused import WrongAct
from counter_app.services.acting import acting
from counter_app.services.office_papers import daily_paper, licence_paper, slip_paper
from counter_app.services.receipt_paper import receipt_paper
from counter_app.services.small_acts import CopyReceipt, record_copy
from counter_app.services.station import Station

Document = Literal["receipt", "slip", "licence", "daily"]
_ROLL: dict[str, Callable[[ReceiptPaper], bytes]] = {
    ".pdf": receipt_pdf,
    ".png": receipt_png,
    ".txt": lambda paper: receipt_text(paper).encode(),
    ".escpos": receipt_escpos,
}


class Made(msgspec.Struct, frozen=True):
    """A document's bytes and, for a receipt, which copy it is."""

    data: bytes
    copy: int = 0


def print_document(station: Station, by: str, document: Document, number: str, suffix: str) -> Made:
    """The document's bytes in the form of the suffix: `.pdf`, `.png`, and for a receipt `.txt` and `.escpos`.

    Raises Refused for a number that is not there, WrongAct for a form that the document does not have.
    """
    if document == "receipt":
        return _receipt(station, by, number, suffix)
    if suffix not in (".pdf", ".png"):
        raise WrongAct(f"A {document} is written as .pdf or .png.")
    pdf = office_pdf(station, document, number)
    return Made(pdf if suffix == ".pdf" else pdf_png(pdf))


def office_pdf(station: Station, document: Document, number: str) -> bytes:
    """The PDF of a slip, a licence or a day."""
    with station.books.read() as connection:
        if document == "slip":
            return slip_pdf(slip_paper(station, connection, number))
        if document == "licence":
            return licence_pdf(licence_paper(station, connection, number))
        return daily_pdf(daily_paper(station, connection, _day(number)))


def _day(text: str) -> date:
    day = parse_day(text)
    if day is None:
        raise WrongAct("A daily report is of a day like 2026-11-23.")
    return day


def _receipt(station: Station, by: str, number: str, suffix: str) -> Made:
    make = _ROLL.get(suffix)
    if make is None:
        raise WrongAct("A receipt is written as .pdf, .png, .txt or .escpos.")
    with acting(station, CopyReceipt(by=by, number=number)) as desk:
        copy = record_copy(desk, number).copy
        name = desk.actor.name
    with station.books.read() as connection:
        return Made(make(receipt_paper(station, connection, number, copy, name)), copy)
