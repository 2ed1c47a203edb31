"""The receipt on paper: what it says, and that every form of it says the same."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from counter_app.documents.escpos_job import EPSON, EPSON_48, PROFILES, SIMPLE, PrinterProfile
from counter_app.documents.escpos_reader import read_escpos
from counter_app.documents.receipt import receipt_escpos, receipt_text
from counter_app.documents.receipt_layout import receipt_lines
from counter_app.domain.money import MOST_CENTS
from counter_app.domain.paper import ReceiptLine, ReceiptPaper, ReceiptTender
from tests.documents.papers import RECEIPT, ZONE

WHOLE = """\
           CITY OF CYPRESS BAY
       City Hall, 595 Harbor Street

Receipt                          A1-000123
Nov 23, 2026 9:15 AM             Drawer D1
Served by Maria Lopez                   A1
Received from Rosa Méndez
------------------------------------------
Utility bill payment              1,200.00
  Account 90000017, Fund 501
  Pays: Oct bill in full, 12.40 of Nov
  Balance left 23.50
Dog license, altered, one year       13.00
  Fund 101
  License A1-L000004
  Good through Nov 23, 2027
------------------------------------------
TOTAL                             1,213.00
Cash                                 60.00
Check 1234                        1,200.00
Change                               47.00
------------------------------------------
   Thank you. Please keep this receipt.
         Entry 412, 9f3c2ab41d0e
"""


def test_the_whole_receipt() -> None:
    assert receipt_text(RECEIPT) == WHOLE


def test_the_business_date_is_said_only_when_it_differs() -> None:
    late = replace(RECEIPT, business_date=date(2026, 11, 24))
    assert "Business date                 Nov 24, 2026\n" in receipt_text(late)
    assert "Business date" not in receipt_text(RECEIPT)


def test_a_copy_says_so_and_who_made_it() -> None:
    copy = replace(RECEIPT, copy=2, copied=datetime(2026, 11, 24, 14, 5, tzinfo=ZONE), copied_by="Lee Tran")
    text = receipt_text(copy)
    assert "COPY 2" in text
    assert "NOT THE ORIGINAL" in text
    assert "Copied Nov 24, 2026 2:05 PM, Lee Tran" in text
    assert "COPY" not in receipt_text(RECEIPT)


@pytest.mark.parametrize(("practice", "banner"), [("demo", "DEMO - NOT A"), ("training", "TRAINING - NOT A")])
def test_practice_paper_is_marked_at_head_and_foot(practice: str, banner: str) -> None:
    text = receipt_text(replace(RECEIPT, practice=practice))
    assert text.count(banner) == 2


def test_a_voided_receipt_copied_later_says_that_it_no_longer_stands() -> None:
    text = receipt_text(replace(RECEIPT, copy=1, voided_by="A1-V000003"))
    assert "VOIDED BY A1-V000003" in text
    assert "This receipt no longer stands." in text


def test_a_void() -> None:
    void = replace(
        RECEIPT,
        kind="void",
        number="A1-V000003",
        refers_to="A1-000123",
        reason="Wrong account",
        approver="Lee Tran",
        change_cents=0,
        tenders=(ReceiptTender(kind="cash", amount_cents=1_300), *RECEIPT.tenders[1:]),
    )
    text = receipt_text(void)
    assert "VOID                            A1-V000003\n" in text
    assert "Cancels receipt                  A1-000123\n" in text
    assert "Reason: Wrong account\nApproved by: Lee Tran\n" in text
    assert "VOIDED                            1,213.00\n" in text
    assert "Cash given back                      13.00\n" in text
    assert "Signature ________" in text
    assert "Thank you" not in text


def test_a_refund() -> None:
    refund = replace(RECEIPT, kind="refund", number="A1-R000001", refers_to="A1-000123", change_cents=0, tenders=())
    text = receipt_text(replace(refund, notice="A check will be mailed."))
    assert "         A check will be mailed.\n" in text
    assert "Refunds receipt                  A1-000123\n" in text
    assert "Given back to Rosa Méndez" in text
    assert "Change" not in text


def test_a_no_sale_has_no_number_and_no_money() -> None:
    slip = replace(RECEIPT, kind="no_sale", number="", lines=(), tenders=(), payer="", reason="Change for a meter")
    text = receipt_text(slip)
    assert "No sale\n" in text
    assert "Reason: Change for a meter" in text
    assert "TOTAL" not in text


def test_spanish() -> None:
    text = receipt_text(replace(RECEIPT, language="es", practice="training"))
    assert "Recibo                           A1-000123\n" in text
    assert "23 nov 2026 9:15 AM                Caja D1\n" in text
    assert "Efectivo                             60.00\n" in text
    assert "PRÁCTICA - NO ES UN RECIBO" in text


def test_credit_rounding_and_a_balance_below_zero() -> None:
    line = ReceiptLine(text="Water", amount_cents=5_003, account="90000001", balance_left_cents=-1_000)
    text = receipt_text(replace(RECEIPT, lines=(line,), credit_cents=1_000, rounding_cents=2))
    assert "Credit on the account 10.00" in text
    assert "Kept as credit                       10.00\n" in text
    assert "Rounding                              0.02\n" in text


def test_change_is_said_whenever_cash_was_given() -> None:
    exact = replace(RECEIPT, change_cents=0)
    check = replace(exact, tenders=(ReceiptTender(kind="check", amount_cents=121_300, reference="9"),))
    assert "Change                                0.00\n" in receipt_text(exact)
    assert "Change" not in receipt_text(check)


def test_the_job_runs_from_reset_to_one_cut_and_leaves_the_drawer_alone() -> None:
    job = receipt_escpos(RECEIPT)
    assert job.startswith(b"\x1b@\x1bt\x13"), "a code page set before the reset would be forgotten"
    assert job.endswith(b"\x1dV\x01")
    assert (job.count(b"\x1b@"), job.count(b"\x1dV"), job.count(b"\x1bp")) == (1, 1, 0)
    assert b"A1-000123" in job
    assert b"1,213.00" in job
    assert receipt_escpos(RECEIPT) == job


def test_a_payer_cannot_open_the_drawer_cut_or_reset() -> None:
    evil = "J. SMITH\x1bp\x00\x32\x32\x1dV\x00\x1b@\x10\x14\x01\x00\x05"
    line = ReceiptLine(text=evil, detail=evil, pays=evil, account=evil, amount_cents=100)
    paper = replace(RECEIPT, payer=evil, lines=(line,), cashier=evil, reason=evil, notice=evil, number=evil, mark=evil)
    job = receipt_escpos(paper)
    reading = read_escpos(job)
    assert (len(reading.jobs), reading.kicks, reading.problems) == (1, (), ())
    assert (job.count(b"\x1b@"), job.count(b"\x1dV"), job.count(b"\x10")) == (1, 1, 0)


def test_the_size_is_set_before_bold_and_never_by_the_command_that_clears_it() -> None:
    job = receipt_escpos(RECEIPT)
    assert b"\x1b!" not in job
    assert b"\x1d!\x11\x1bE\x01" in job


def test_the_total_is_large_and_the_code_leads_back_to_the_journal() -> None:
    (job,) = read_escpos(receipt_escpos(RECEIPT)).jobs
    assert next(line for line in job.lines if line.left == "TOTAL").size == 2
    assert job.codes == ("A1-000123/412/9f3c2ab41d0e",)
    assert job.cut


def test_a_simple_printer_gets_no_code_and_fewer_letters() -> None:
    reading = read_escpos(receipt_escpos(replace(RECEIPT, payer="Álvaro"), SIMPLE))
    assert reading.problems == ()
    assert reading.jobs[0].codes == ()
    assert "Received from Alvaro" in reading.jobs[0].text


TEXTS = st.text(max_size=60) | st.sampled_from(
    ["José Nguyễn", "Jose\u0301", "王小明", "Ñandú\x1b@", "  ", "a  b", "x" * 90]
)
AMOUNTS = st.integers(-MOST_CENTS, MOST_CENTS) | st.sampled_from([-MOST_CENTS, MOST_CENTS, -100_000_000])
LINES = st.builds(
    ReceiptLine,
    text=TEXTS,
    amount_cents=AMOUNTS,
    detail=TEXTS,
    account=TEXTS,
    fund=TEXTS,
    pays=TEXTS,
    licence=TEXTS,
    expires=st.none() | st.dates(),
    balance_left_cents=st.none() | AMOUNTS,
)
TENDERS = st.builds(
    ReceiptTender,
    kind=st.sampled_from(["cash", "check", "card", "money_order"]),
    amount_cents=AMOUNTS,
    reference=TEXTS,
)
PAPERS = st.builds(
    ReceiptPaper,
    city=TEXTS,
    site=TEXTS,
    station=st.just("A1"),
    number=st.just("A1-000001"),
    received=st.datetimes(),
    business_date=st.dates(),
    cashier=TEXTS,
    drawer=st.just("D1"),
    kind=st.sampled_from(["receipt", "void", "refund", "no_sale"]),
    practice=st.sampled_from(["real", "demo", "training"]),
    language=st.sampled_from(["en", "es"]),
    copy=st.integers(0, 3),
    payer=TEXTS,
    lines=st.lists(LINES, max_size=3).map(tuple),
    tenders=st.lists(TENDERS, max_size=3).map(tuple),
    total_cents=AMOUNTS,
    reason=TEXTS,
    approver=TEXTS,
    notice=TEXTS,
    mark=st.just("9f3c2ab41d0e"),
)


@given(PAPERS, st.sampled_from([EPSON, EPSON_48]))
def test_what_the_printer_is_sent_reads_as_the_receipt(paper: ReceiptPaper, profile: PrinterProfile) -> None:
    reading = read_escpos(receipt_escpos(paper, profile), profile.columns)
    assert reading.problems == ()
    assert [job.text for job in reading.jobs] == [receipt_text(paper, profile.columns)]
    assert "?" not in reading.jobs[0].text or "?" in repr(paper) or "？" in repr(paper)


@given(PAPERS, st.sampled_from(PROFILES))
def test_no_line_is_wider_than_the_paper(paper: ReceiptPaper, profile: PrinterProfile) -> None:
    for line in receipt_lines(paper, profile.columns, profile.codec):
        assert len(line.cells(profile.columns)) * line.size <= profile.columns
