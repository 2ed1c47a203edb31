"""The bank deposit slip: what is in the bag, to the piece and the check, and that it is all that was taken.

Depositor, bank account, dates, currency, coin, each check, item count, total, bag, two names: what a bank's own slip
asks. Where there are many, the checks flow on following pages in columns.
"""

from collections.abc import Sequence

from counter_app.documents.dates import moment
from counter_app.documents.fonts import STRONG
from counter_app.documents.sheet import (
    ACCENT,
    BAND,
    BODY,
    HAIRLINE,
    LABEL,
    MUTED,
    STRONG_BODY,
    Column,
    Sheet,
    SheetAbout,
    Style,
    amount,
)  # fmt: skip
from counter_app.domain.count import COINS, PIECES, piece_cents, piece_name
from counter_app.domain.days import us_date
from counter_app.domain.money import usd
from counter_app.domain.paper import SlipCheck, SlipPaper

CHECK_COLUMNS = 3
CHECK_ROW = 11.5
_CHECK, _CHECK_SUM, _CHECK_COUNT = Style(size=8), Style(STRONG, 8), Style(size=6, colour=MUTED)


def slip_pdf(paper: SlipPaper) -> bytes:
    """The slip on US Letter; one page where it fits."""
    about = SheetAbout(
        city=paper.city,
        site=paper.site,
        title="Deposit slip",
        number=paper.deposit,
        practice=paper.practice,
        seq=paper.seq,
        mark=paper.mark,
        checkpoint=paper.checkpoint,
    )
    sheet = Sheet(about)
    _facts(sheet, paper)
    _money(sheet, paper)
    _sessions(sheet, paper)
    _held(sheet, paper)
    _checks(sheet, paper.checks)
    return sheet.finish()


def _facts(sheet: Sheet, paper: SlipPaper) -> None:
    dates = sorted({session.business_date for session in paper.sessions})
    covered = us_date(dates[0]) if len(dates) == 1 else f"{us_date(dates[0])} to {us_date(dates[-1])}" if dates else ""
    sheet.facts(
        [
            ("Depositor", paper.city),
            ("Bank", paper.bank),
            ("Account", paper.account),
            ("Bag", paper.bag),
            ("Prepared", moment(paper.made)),
            ("Business date", covered),
            ("Drawer sessions", str(len(paper.sessions))),
            ("Checks and money orders", f"{len(paper.checks):,}"),
        ]
    )


def _money(sheet: Sheet, paper: SlipPaper) -> None:
    """Pieces at the left, the totals that the bank's teller looks for at the right."""
    top, middle = sheet.y - 6, sheet.left + sheet.width * 0.54
    coin = sum(piece_cents(p) * n for p, n in paper.pieces.items() if p in COINS)
    currency = sum(piece_cents(p) * n for p, n in paper.pieces.items() if p not in COINS)
    notes = [p for p in reversed(PIECES) if p not in COINS]
    y = _pieces(sheet, paper, "Currency", notes, currency, top, middle - 22)
    y = _pieces(sheet, paper, "Coin", list(reversed(COINS)), coin, y - 6, middle - 22)
    _totals(sheet, paper, currency, coin, top, middle)
    sheet.y = y


def _pieces(
    sheet: Sheet, paper: SlipPaper, title: str, pieces: Sequence[str], cents: int, top: float, right: float
) -> float:
    """One heap by piece; returns where it ends."""
    y = top - 15
    sheet.band(sheet.left, y - 1, right - sheet.left, 15)
    sheet.write(sheet.left + 4, y + 3.5, title, LABEL)
    sheet.write(right - 110, y + 3.5, "Pieces", LABEL, "right")
    sheet.write(right - 4, y + 3.5, "Amount", LABEL, "right")
    for piece in pieces:
        y -= 13.5
        number = paper.pieces.get(piece, 0)
        sheet.write(sheet.left + 4, y, piece_name(piece))
        sheet.write(right - 110, y, f"{number:,}" if number else "–", BODY, "right")
        sheet.write(right - 4, y, amount(piece_cents(piece) * number) if number else "–", BODY, "right")
        sheet.line(y - 3.5, HAIRLINE, 0.5, sheet.left, right)
    y -= 14.5
    sheet.write(sheet.left + 4, y, f"Total {title.lower()}", STRONG_BODY)
    sheet.write(right - 4, y, amount(cents), STRONG_BODY, "right")
    return y - 4


def _totals(sheet: Sheet, paper: SlipPaper, currency: int, coin: int, top: float, left: float) -> None:
    """The deposit in four figures, the last one large."""
    net = sum(session.net_cash_cents for session in paper.sessions)
    over = sum(session.over_short_cents for session in paper.sessions)
    cash = currency + coin
    y = top - 132
    sheet.band(left, y, sheet.right - left, 132, BAND)
    rows = [("Currency", currency), ("Coin", coin), ("Cash", cash)]
    rows.append((f"Checks and money orders ({len(paper.checks):,})", paper.checks_cents))
    for n, (label, cents) in enumerate(rows):
        at = top - 20 - n * 18
        sheet.write(left + 12, at, label, STRONG_BODY if label == "Cash" else BODY)
        sheet.write(sheet.right - 12, at, amount(cents), STRONG_BODY if label == "Cash" else BODY, "right")
    sheet.line(top - 86, ACCENT, 0.8, left + 12, sheet.right - 12)
    sheet.write(left + 12, top - 112, "Total deposit", Style(STRONG, 11, ACCENT))
    sheet.write(sheet.right - 12, top - 114, usd(cash + paper.checks_cents), Style(STRONG, 20, ACCENT), "right")
    sheet.write(left + 12, y - 18, "Intact", LABEL)
    sheet.write(left + 12, y - 31, f"Net cash receipts {amount(net)}  {_signed(over)} over/short")
    tie = "= cash deposited" if net + over == cash else "DOES NOT EQUAL cash deposited"
    sheet.write(left + 12, y - 44, f"{amount(net + over)} {tie} {amount(cash)}", STRONG_BODY)
    half = (sheet.right - left) / 2
    sheet.signature(left, y - 78, half - 10, "Prepared by", paper.prepared_by)
    sheet.signature(left + half + 10, y - 78, half - 10, "Verified by", paper.verified_by)
    sheet.signature(left, y - 114, half - 10, "Carried by", "")
    sheet.signature(left + half + 10, y - 114, half - 10, "Received by the bank", "")


def _signed(cents: int) -> str:
    return f"{'−' if cents < 0 else '+'} {amount(abs(cents))}"


def _sessions(sheet: Sheet, paper: SlipPaper) -> None:
    sheet.heading("Drawer sessions")
    columns = [
        Column("Session", 62), Column("Date", 66), Column("Drawer", 38), Column("Cashier and verifier", 0),
        Column("Net cash", 62, "right"), Column("Over/short", 56, "right"), Column("Checks", 38, "right"),
        Column("Amount", 66, "right"),
    ]  # fmt: skip
    rows = [
        (
            s.session, us_date(s.business_date), s.drawer, f"{s.cashier} / {s.verified_by}", amount(s.net_cash_cents),
            amount(s.over_short_cents), f"{s.check_count:,}", amount(s.checks_cents),
        )
        for s in paper.sessions
    ]  # fmt: skip
    net, over = sum(s.net_cash_cents for s in paper.sessions), sum(s.over_short_cents for s in paper.sessions)
    count, checks = sum(s.check_count for s in paper.sessions), sum(s.checks_cents for s in paper.sessions)
    sheet.table(columns, rows, ("Total", "", "", "", amount(net), amount(over), f"{count:,}", amount(checks)))


def _held(sheet: Sheet, paper: SlipPaper) -> None:
    if not paper.held:
        return
    sheet.heading("Checks held back")
    columns = [Column("Receipt", 80), Column("Check", 90), Column("Reason", 0), Column("Amount", 70, "right")]
    rows = [(held.receipt, held.number, held.reason, amount(held.amount_cents)) for held in paper.held]
    sheet.table(columns, rows, ("Not in this deposit", "", "", amount(sum(held.amount_cents for held in paper.held))))


def _checks(sheet: Sheet, checks: Sequence[SlipCheck]) -> None:
    """Every check in three columns, read down; each column ends with its own sum, the last with the sum of all."""
    if not checks:
        return
    sheet.heading("Checks and money orders", keep=90)
    numbered = list(enumerate(checks, 1))
    while numbered:
        rows = min(int((sheet.y - sheet.bottom - 48) // CHECK_ROW), -(-len(numbered) // CHECK_COLUMNS))
        here, numbered = numbered[: rows * CHECK_COLUMNS], numbered[rows * CHECK_COLUMNS :]
        for place in range(CHECK_COLUMNS):
            _check_column(sheet, here[place * rows : (place + 1) * rows], place)
        sheet.y -= 15 + rows * CHECK_ROW + 28
        if numbered:
            sheet.new_page()
    total = f"{len(checks):,} items, {amount(sum(check.amount_cents for check in checks))}"
    sheet.write(sheet.right - 4, sheet.y - 4, f"All checks and money orders: {total}", STRONG_BODY, "right")
    sheet.y -= 14


def _check_column(sheet: Sheet, checks: Sequence[tuple[int, SlipCheck]], place: int) -> None:
    if not checks:
        return
    width = (sheet.width - 2 * 12) / CHECK_COLUMNS
    x = sheet.left + place * (width + 12)
    y = sheet.y - 15
    sheet.band(x, y - 1, width, 15)
    for at, title, right in ((x + 22, "Receipt", False), (x + 76, "Number", False), (x + width - 4, "Amount", True)):
        sheet.write(at, y + 3.5, title, LABEL, "right" if right else "left")
    for n, check in checks:
        y -= CHECK_ROW
        sheet.write(x + 18, y, str(n), _CHECK_COUNT, "right")
        sheet.write(x + 22, y, check.receipt, _CHECK)
        number = f"MO {check.number}" if check.kind == "money_order" else check.number
        sheet.write(x + 76, y, number, _CHECK)
        sheet.write(x + width - 4, y, amount(check.amount_cents), _CHECK, "right")
    sheet.line(y - 4, HAIRLINE, 0.5, x, x + width)
    sheet.write(x + width - 4, y - 13, amount(sum(check.amount_cents for _, check in checks)), _CHECK_SUM, "right")
