"""The office papers: what a person reads on them, page by page, and that the same value gives the same bytes."""

import shutil
import subprocess
from pathlib import Path

import pytest
from msgspec.structs import replace

from counter_app.documents.daily import daily_pdf
from counter_app.documents.licence import licence_pdf
from counter_app.documents.picture import pdf_pages, pdf_png
from counter_app.documents.receipt import receipt_pdf, receipt_png
from counter_app.documents.slip import slip_pdf
from counter_app.domain.entry import checkpoint_text
from tests.documents.papers import DAILY, LICENCE, RECEIPT, pdf_text, slip


def test_a_day_s_slip_is_one_page_with_everything_a_bank_asks() -> None:
    (page,) = pdf_text(slip_pdf(slip()))
    for said in (
        "City of Cypress Bay", "First Coast Bank", "•••• 4417", "A1-D000007", "T00418822", "Nov 23, 2026",
        "Total currency", "1,018.00", "Total coin", "5.32", "$20", "41", "820.00", "14,",
        "Prepared by, Ana Ruiz", "Verified by, Lee Tran", "A1-000119", "Figures and words differ", "MO 1009",
        "Entry 500, 0123456789ab",
    ):  # fmt: skip
        assert said.strip(",") in page


def test_the_slip_proves_that_the_cash_is_intact() -> None:
    (page,) = pdf_text(slip_pdf(slip()))
    assert "Net cash receipts 1,028.32 − 5.00 over/short" in page
    assert "1,023.32 = cash deposited 1,023.32" in page


def test_a_slip_whose_pieces_are_not_the_receipts_says_so() -> None:
    (page,) = pdf_text(slip_pdf(replace(slip(), pieces={"100": 3})))
    assert "1,023.32 DOES NOT EQUAL cash deposited 3.00" in page


def test_twenty_drawers_and_two_thousand_checks_flow_on() -> None:
    paper = slip(sessions=20, checks=2_000)
    pages = pdf_text(slip_pdf(paper))
    text = "\n".join(pages)
    assert 12 <= len(pages) <= 16
    assert all(f"A1-{n:06d}" in text for n in range(1, 2_001))
    assert "All checks and money orders: 2,000 items, 160,070.00" in text
    assert all(f"Page {n} of {len(pages)}" in page.replace("\r\n", " ") for n, page in enumerate(pages, 1))


def test_a_slip_without_checks() -> None:
    (page,) = pdf_text(slip_pdf(slip(checks=0, held=0)))
    assert "All checks" not in page
    assert "Checks held back" not in page


def test_the_certificate() -> None:
    (page,) = pdf_text(licence_pdf(LICENCE))
    for said in (
        "Business License", "No. A1-L000031", "Rosa Méndez-Nguyễn", "1120 Main Street", "Nov 23, 2027",
        "Rosa’s Bakery & Café", "$49.00", "A1-000123", "Not transferable.",
    ):  # fmt: skip
        assert said in page


def test_a_certificate_that_no_longer_holds_says_so_across() -> None:
    (page,) = pdf_text(licence_pdf(replace(LICENCE, state="voided", practice="demo")))
    assert "DEMO VOIDED" in page


def test_the_daily_report() -> None:
    text = "\n".join(pdf_text(daily_pdf(DAILY)))
    for said in (
        "Daily cash receipts", "A1, Nov 23, 2026", "A1-000101 to A1-000172", "$16,320.03", "UB-PMT", "501-0000-11210",
        "A1-V000003", "Lee Tran", "Wrong account", "−83.17", "−5.00 so far", "Two recounts agree.", "A1-D000007",
        "T00418822", "$8.00", "Verified by",
    ):  # fmt: skip
        assert said in text


def test_an_empty_day_is_a_report_too() -> None:
    empty = replace(
        DAILY,
        tenders=(),
        fees=(),
        accounts=(),
        exceptions=(),
        sessions=(),
        deposits=(),
        receipts=0,
        gaps=("A1-000105",),
    )
    (page,) = pdf_text(daily_pdf(empty))
    assert "None made yet." in page
    assert "A1-000105" in page


def test_a_receipt_is_one_narrow_page() -> None:
    (page,) = pdf_text(receipt_pdf(RECEIPT))
    assert "A1-000123" in page
    assert "1,213.00" in page


@pytest.mark.parametrize("practice", ["demo", "training"])
def test_practice_paper_is_marked_on_every_page(practice: str) -> None:
    papers = (
        slip_pdf(replace(slip(sessions=20, checks=300), practice=practice)),
        licence_pdf(replace(LICENCE, practice=practice)),
        daily_pdf(replace(DAILY, practice=practice)),
        receipt_pdf(replace(RECEIPT, practice=practice)),
    )
    for pdf in papers:
        assert all(practice.upper() in page for page in pdf_text(pdf))


def test_the_same_value_gives_the_same_bytes() -> None:
    assert slip_pdf(slip()) == slip_pdf(slip())
    assert licence_pdf(LICENCE) == licence_pdf(LICENCE)
    assert daily_pdf(DAILY) == daily_pdf(DAILY)
    assert receipt_pdf(RECEIPT) == receipt_pdf(RECEIPT)


@pytest.mark.parametrize("name", ["王小明\x1bp\x00", "Łódź " * 60, "x" * 400, "  ", "\u202eevil"])
def test_no_name_breaks_a_paper(name: str) -> None:
    assert pdf_pages(licence_pdf(replace(LICENCE, holder=name, title=name, city=name, details=((name, name),)))) >= 1
    assert pdf_pages(slip_pdf(replace(slip(), prepared_by=name, bank=name))) >= 1
    assert pdf_pages(receipt_pdf(replace(RECEIPT, payer=name))) == 1


def test_a_picture_of_a_page() -> None:
    pdf = slip_pdf(slip(sessions=20, checks=300))
    assert pdf_png(pdf, page=1, scale=0.5).startswith(b"\x89PNG")
    with pytest.raises(IndexError):
        pdf_png(pdf, page=99)


@pytest.mark.skipif(shutil.which("zbarimg") is None, reason="zbar-tools is not installed")
def test_the_codes_can_be_scanned(tmp_path: Path) -> None:
    (tmp_path / "receipt.png").write_bytes(receipt_png(RECEIPT))
    (tmp_path / "licence.png").write_bytes(pdf_png(licence_pdf(LICENCE)))
    read = subprocess.run(
        ["zbarimg", "-q", "--raw", "receipt.png", "licence.png"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert read.stdout.split() == ["A1-000123/412/9f3c2ab41d0e", "A1-L000031/412/9f3c2ab41d0e"]


@pytest.mark.skipif(shutil.which("zbarimg") is None, reason="zbar-tools is not installed")
@pytest.mark.parametrize("name", ["slip", "daily"])
def test_the_checkpoint_can_be_scanned_from_a_print_of_150_dots_an_inch(name: str, tmp_path: Path) -> None:
    text = checkpoint_text("A1", 1_234_567, bytes(range(32)), bytes(range(100, 164)))
    pdf = slip_pdf(replace(slip(), checkpoint=text)) if name == "slip" else daily_pdf(replace(DAILY, checkpoint=text))
    (tmp_path / "page.png").write_bytes(pdf_png(pdf, scale=150 / 72))
    done = subprocess.run(
        ["zbarimg", "-q", "--raw", "page.png"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == [text]


def test_a_day_s_slip_with_its_checkpoint_is_still_one_page() -> None:
    text = checkpoint_text("A1", 500, bytes(32), bytes(64))
    (page,) = pdf_text(slip_pdf(replace(slip(), checkpoint=text)))
    assert "Checkpoint at entry 500, 0123456789ab" in page
