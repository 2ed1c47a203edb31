"""A day's papers, filled in, and how to read a PDF back."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pypdfium2

from counter_app.domain.count import total
from counter_app.domain.paper import (
    DailyAmount,
    DailyDeposit,
    DailyException,
    DailyPaper,
    DailySession,
    HeldCheck,
    LicencePaper,
    ReceiptLine,
    ReceiptPaper,
    ReceiptTender,
    SlipCheck,
    SlipPaper,
    SlipSession,
)

ZONE = ZoneInfo("America/Los_Angeles")

RECEIPT = ReceiptPaper(
    city="City of Cypress Bay",
    site="City Hall, 595 Harbor Street",
    station="A1",
    number="A1-000123",
    received=datetime(2026, 11, 23, 9, 15, tzinfo=ZONE),
    business_date=date(2026, 11, 23),
    cashier="Maria Lopez",
    drawer="D1",
    payer="Rosa Méndez",
    lines=(
        ReceiptLine(
            text="Utility bill payment",
            amount_cents=120_000,
            account="90000017",
            fund="501",
            pays="Oct bill in full, 12.40 of Nov",
            balance_left_cents=2_350,
        ),
        ReceiptLine(
            text="Dog license, altered, one year",
            amount_cents=1_300,
            fund="101",
            licence="A1-L000004",
            expires=date(2027, 11, 23),
        ),
    ),
    tenders=(
        ReceiptTender(kind="cash", amount_cents=6_000),
        ReceiptTender(kind="check", amount_cents=120_000, reference="1234"),
    ),
    total_cents=121_300,
    change_cents=4_700,
    seq=412,
    mark="9f3c2ab41d0e",
)

PIECES = {"2000": 41, "1000": 12, "500": 9, "100": 33, "25": 17, "10": 8, "5": 3, "1": 12}
HELD = HeldCheck(receipt="A1-000119", number="2211", amount_cents=4_500, reason="Figures and words differ")


def slip(sessions: int = 2, checks: int = 14, held: int = 1) -> SlipPaper:
    """A deposit that is intact: net cash 5.00 more than the pieces, and 5.00 short."""
    items = tuple(
        SlipCheck(
            receipt=f"A1-{n:06d}",
            number=str(1000 + n),
            amount_cents=1_000 + 7 * n,
            kind="check" if n % 9 else "money_order",
        )
        for n in range(1, checks + 1)
    )
    net, rest = divmod(total(PIECES) + 500, sessions)
    return SlipPaper(
        city="City of Cypress Bay",
        site="City Hall",
        bank="First Coast Bank",
        account="•••• 4417",
        deposit="A1-D000007",
        made=datetime(2026, 11, 23, 17, 22, tzinfo=ZONE),
        sessions=tuple(
            SlipSession(
                session=f"A1-S{n + 1:06d}",
                business_date=date(2026, 11, 23),
                drawer=f"D{n + 1}",
                cashier="Maria Lopez",
                verified_by="Lee Tran",
                net_cash_cents=net if n else net + rest,
                over_short_cents=0 if n else -500,
                checks_cents=sum(check.amount_cents for check in items[n::sessions]),
                check_count=len(items[n::sessions]),
            )
            for n in range(sessions)
        ),
        pieces=PIECES,
        checks=items,
        held=(HELD,) * held,
        bag="T00418822",
        prepared_by="Ana Ruiz",
        verified_by="Lee Tran",
        seq=500,
        mark="0123456789ab",
    )


LICENCE = LicencePaper(
    city="City of Cypress Bay",
    site="City Hall",
    title="Business License",
    licence="A1-L000031",
    holder="Rosa Méndez-Nguyễn",
    address="1120 Main Street",
    issued=date(2026, 11, 23),
    expires=date(2027, 11, 23),
    fee_cents=4_900,
    receipt="A1-000123",
    details=(("Business name", "Rosa’s Bakery & Café"), ("Employees", "4")),
    conditions="Not transferable.\nPost where the public can see it.",
    seq=412,
    mark="9f3c2ab41d0e",
)

DAILY = DailyPaper(
    city="City of Cypress Bay",
    site="City Hall",
    station="A1",
    business_date=date(2026, 11, 23),
    printed=datetime(2026, 11, 23, 17, 40, tzinfo=ZONE),
    first_receipt="A1-000101",
    last_receipt="A1-000172",
    receipts=72,
    tenders=(
        DailyAmount(name="Cash", count=20, amount_cents=137_832),
        DailyAmount(name="Check", count=31, amount_cents=1_494_171),
    ),
    fees=(DailyAmount(code="UB-PMT", name="Utility bill payment", count=72, amount_cents=1_632_003),),
    accounts=(DailyAmount(code="501-0000-11210", name="501", count=72, amount_cents=1_632_003),),
    exceptions=(
        DailyException(
            kind="Void",
            number="A1-V000003",
            at=datetime(2026, 11, 23, 10, 5, tzinfo=ZONE),
            by="Maria Lopez",
            approver="Lee Tran",
            reason="Wrong account",
            amount_cents=-8_317,
        ),
    ),
    sessions=(
        DailySession(
            session="A1-S000011",
            drawer="D1",
            cashier="Maria Lopez",
            state="verified",
            float_cents=20_000,
            net_cash_cents=137_832,
            drops_cents=50_000,
            brought_cents=0,
            counted_cents=107_332,
            over_short_cents=-500,
            receipts=40,
            verified_by="Lee Tran",
            explanation="Two recounts agree.",
        ),
        DailySession(
            session="A1-S000012",
            drawer="D2",
            cashier="Ben Ito",
            state="closed",
            float_cents=20_000,
            net_cash_cents=0,
            drops_cents=0,
            brought_cents=0,
            counted_cents=None,
            over_short_cents=None,
            receipts=32,
        ),
    ),
    deposits=(
        DailyDeposit(
            deposit="A1-D000007",
            bag="T00418822",
            bank="OPERATING",
            state="made",
            cash_cents=137_332,
            checks_cents=1_494_171,
            check_count=31,
        ),
    ),
    total_cents=1_632_003,
    state_money_cents=800,
    seq=990,
    mark="ba9876543210",
)


def pdf_text(pdf: bytes) -> list[str]:
    """The text of each page, as a person would select it."""
    document = pypdfium2.PdfDocument(pdf)
    pages = []
    for page in document:
        text = page.get_textpage()
        pages.append(str(text.get_text_range()))
        text.close()
        page.close()
    document.close()
    return pages
