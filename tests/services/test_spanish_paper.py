"""A customer who reads Spanish gets paper without English: receipt, copy, void, refund, slip, certificate."""

import re
from collections.abc import Callable

import pypdfium2
import pytest
from msgspec.structs import replace

from counter_app.documents.licence import licence_pdf
from counter_app.documents.receipt import receipt_text
from counter_app.domain.paper import ReceiptPaper
from counter_app.services.office_papers import licence_paper
from counter_app.services.receipt_paper import receipt_paper, undone_paper
from db.books import Connection
from tests.fakes.counter import (
    ARREARS,
    Answer,
    Counter,
    card,
    cash,
    check,
    close_d1,
    copies,
    dog,
    open_d1,
    pay,
    verified,
    water,
)

SAME_IN_BOTH = {
    "TOTAL", "DEMO", "ORIGINAL", "No", "no", "AM", "VISA", "Rex", "CITY", "OF", "ALDER", "CREEK", "City", "of",
    "Alder", "Creek", "Hall", "Maria", "Santos", "Lee", "Tran", "Park", "Ana", "Delgado", "Rosa", "Díaz",
}  # fmt: skip
"""Names, codes, and words that both languages write alike."""
WORD = re.compile(r"[^\W\d_]{2,}")


@pytest.fixture
def spanish(counter: Counter) -> str:
    """Rosa Díaz, who reads Spanish; D1 is open."""
    open_d1(counter)
    return str(counter.do("register_customer", "maria", name="Rosa Díaz", language="es")["customer"])


@pytest.fixture
def receipt(counter: Counter, spanish: str) -> Answer:
    """A bill in part, twelve copies, a dog."""
    lines = [water(ARREARS, 8_240), copies(12), dog(customer=spanish)]
    payer = {"name": "Rosa Díaz", "customer": spanish}
    return pay(counter, lines, [check(8_000), card(240), cash(5_000)], payer=payer)


def in_both(counter: Counter, make: Callable[[Connection], ReceiptPaper]) -> tuple[str, set[str]]:
    """The Spanish text, and the words of it that its English has too and that are no names."""
    with counter.station.books.read() as connection:
        paper = make(connection)
    assert paper.language == "es"
    text, english = receipt_text(paper), receipt_text(replace(paper, language="en"))
    shared = set(WORD.findall(text)) & set(WORD.findall(english))
    return text, shared - SAME_IN_BOTH - set(WORD.findall(paper.mark))


def test_a_receipt(counter: Counter, receipt: Answer) -> None:
    text, english = in_both(counter, lambda c: receipt_paper(counter.station, c, receipt["number"]))
    assert english == set()
    assert "Pago de factura de servicios" in text
    assert "Fotocopia" in text
    assert "Paga: W-2610 completa, $12.40 de W-2611" in text
    assert "Vigente hasta el 23 nov 2028" in text
    assert "Gracias. ¿Preguntas?" in text


def test_a_copy(counter: Counter, receipt: Answer) -> None:
    text, english = in_both(counter, lambda c: receipt_paper(counter.station, c, receipt["number"], 1, "Lee Tran"))
    assert english == set()
    assert "COPIA 1" in text


def test_a_void_and_the_receipt_that_no_longer_stands(counter: Counter, receipt: Answer) -> None:
    counter.do("void_receipt", "maria", approver="lee", number=receipt["number"], reason="Wrong amount")
    text, english = in_both(counter, lambda c: undone_paper(counter.station, c, receipt["number"], "void"))
    assert english == set()
    assert "Motivo: Importe equivocado" in text
    text, english = in_both(counter, lambda c: receipt_paper(counter.station, c, receipt["number"], 1))
    assert english == set()
    assert "Este recibo ya no es válido." in text


def test_a_refund_that_comes_by_mail(counter: Counter, spanish: str) -> None:
    payer = {"name": "Rosa Díaz", "customer": spanish}
    number = pay(counter, [copies(12)], [cash(480)], payer=payer)["number"]
    verified(counter, close_d1(counter, 20_480), 20_480)
    done = counter.do("refund_receipt", "ana", approver="lee", number=number, how="request", reason="Entered twice")
    text, english = in_both(counter, lambda c: undone_paper(counter.station, c, done["number"], "refund"))
    assert english == set()
    assert "La ciudad le enviará un pago por correo." in text


def test_a_certificate(counter: Counter, receipt: Answer) -> None:
    [number] = receipt["licences"]
    with counter.station.books.read() as connection:
        paper = licence_paper(counter.station, connection, number)
    text, english = page(licence_pdf(paper)), page(licence_pdf(replace(paper, language="en")))
    shared = set(WORD.findall(text)) & set(WORD.findall(english))
    assert shared - SAME_IN_BOTH - set(WORD.findall(paper.mark)) == set()
    assert "Licencia de perro" in text
    assert "23 nov 2028" in text
    assert "1 jun 2029" in text


def page(pdf: bytes) -> str:
    """The words of the first page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return str(document[0].get_textpage().get_text_bounded())
    finally:
        document.close()
