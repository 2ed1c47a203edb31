"""The daily cash receipts report: one station's business date on paper, for the treasurer's file and the auditor's.

By tender, fee and ledger account, with every void, refund and no-sale, over/short, deposits, state money, signatures;
each drawer's proof is float + net cash − drops + brought = expected, and counted − expected = over/short.
"""

from collections.abc import Sequence

from counter_app.documents.dates import clock_time, moment
from counter_app.documents.sheet import BODY, STRONG_BODY, Column, Sheet, SheetAbout, amount
from counter_app.domain.days import us_date
from counter_app.domain.money import Cents, usd
from counter_app.domain.paper import DailyAmount, DailyPaper, DailySession


def daily_pdf(paper: DailyPaper) -> bytes:
    """The report on US Letter; an ordinary day is one or two pages."""
    about = SheetAbout(
        city=paper.city, site=paper.site, title="Daily cash receipts",
        number=f"{paper.station}, {us_date(paper.business_date)}", practice=paper.practice,
        seq=paper.seq, mark=paper.mark, checkpoint=paper.checkpoint,
    )  # fmt: skip
    sheet = Sheet(about)
    _facts(sheet, paper)
    _sums(sheet, "By tender", "Tender", paper.tenders)
    _sums(sheet, "By fee", "Fee", paper.fees)
    _sums(sheet, "By ledger account", "Fund", paper.accounts)
    _sessions(sheet, paper)
    _exceptions(sheet, paper)
    _deposits(sheet, paper)
    sheet.signatures([("Prepared by", ""), ("Verified by", ""), ("Treasurer", "")])
    return sheet.finish()


def _facts(sheet: Sheet, paper: DailyPaper) -> None:
    span = f"{paper.first_receipt} to {paper.last_receipt}" if paper.receipts else "none"
    over = [s.over_short_cents for s in paper.sessions if s.over_short_cents is not None]
    sheet.facts(
        [
            ("Business date", us_date(paper.business_date)),
            ("Receipts", f"{paper.receipts:,}"),
            ("First and last", span),
            ("Missing numbers", ", ".join(paper.gaps) or "none"),
            ("Total received", usd(paper.total_cents)),
            ("Over/short", amount(sum(over)) if len(over) == len(paper.sessions) else f"{amount(sum(over))} so far"),
            ("State money", usd(paper.state_money_cents)),
            ("Printed", moment(paper.printed)),
        ]
    )
    if paper.rounding_cents:
        sheet.paragraph(f"Cash rounding of the day: {amount(paper.rounding_cents)}", BODY)


def _sums(sheet: Sheet, title: str, name: str, rows: Sequence[DailyAmount]) -> None:
    """How many and how much, by one heading."""
    if not rows:
        return
    sheet.heading(title)
    columns = [Column(name, 0), Column("Count", 60, "right"), Column("Amount", 90, "right")]
    coded = any(row.code for row in rows)
    if coded:
        columns.insert(0, Column("Code", 120))
    cells = [(*((row.code,) if coded else ()), row.name, f"{row.count:,}", amount(row.amount_cents)) for row in rows]
    total = ("Total", *(("",) if coded else ()), f"{sum(row.count for row in rows):,}", _sum(rows))
    sheet.table(columns, cells, total)


def _sum(rows: Sequence[DailyAmount]) -> str:
    return amount(sum(row.amount_cents for row in rows))


def _sessions(sheet: Sheet, paper: DailyPaper) -> None:
    if not paper.sessions:
        return
    sheet.heading("Drawers")
    columns = [
        Column("Session", 58), Column("Drawer", 36), Column("Cashier, verifier", 0), Column("Receipts", 42, "right"),
        Column("Float", 48, "right"), Column("Net cash", 56, "right"), Column("Drops", 50, "right"),
        Column("Brought", 44, "right"), Column("Counted", 54, "right"), Column("Over/short", 50, "right"),
    ]  # fmt: skip
    sheet.table(columns, [_session(session) for session in paper.sessions])
    for session in paper.sessions:
        if session.explanation:
            sheet.paragraph(f"{session.session}: {session.explanation}", BODY)


def _session(session: DailySession) -> tuple[str, ...]:
    people = f"{session.cashier}, {session.verified_by or session.state}"
    return (
        session.session, session.drawer, people, f"{session.receipts:,}", amount(session.float_cents),
        amount(session.net_cash_cents), amount(session.drops_cents), amount(session.brought_cents),
        _if_known(session.counted_cents), _if_known(session.over_short_cents),
    )  # fmt: skip


def _if_known(cents: Cents | None) -> str:
    return "–" if cents is None else amount(cents)


def _exceptions(sheet: Sheet, paper: DailyPaper) -> None:
    sheet.heading("Voids, refunds, no-sales and corrections")
    if not paper.exceptions:
        sheet.paragraph("None.", BODY)
        return
    columns = [
        Column("What", 56), Column("Number", 62), Column("Time", 52), Column("By", 72), Column("Approved by", 72),
        Column("Reason", 0), Column("Amount", 64, "right"),
    ]  # fmt: skip
    rows = [
        (e.kind, e.number, clock_time(e.at), e.by, e.approver or "–", e.reason, amount(e.amount_cents))
        for e in paper.exceptions
    ]
    sheet.table(columns, rows)


def _deposits(sheet: Sheet, paper: DailyPaper) -> None:
    sheet.heading("Deposits")
    if not paper.deposits:
        sheet.paragraph("None made yet.", STRONG_BODY)
        return
    columns = [
        Column("Deposit", 66), Column("Bag", 70), Column("Bank", 0), Column("State", 52), Column("Cash", 62, "right"),
        Column("Checks", 42, "right"), Column("Amount", 64, "right"), Column("Total", 66, "right"),
    ]  # fmt: skip
    rows = [
        (
            d.deposit, d.bag, d.bank, d.state, amount(d.cash_cents), f"{d.check_count:,}", amount(d.checks_cents),
            amount(d.cash_cents + d.checks_cents),
        )
        for d in paper.deposits
    ]  # fmt: skip
    sheet.table(columns, rows)
