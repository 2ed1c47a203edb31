"""The ticket as rows to read: what each line is, for whom, what it pays, and what the cashier must still have seen."""

from datetime import date

from counter_app.domain.days import us_date
from counter_app.domain.licence import reminders
from counter_app.domain.money import usd
from counter_app.domain.refused import Refused
from counter_app.domain.said import counted, say, together
from counter_app.domain.sale import PricedLine
from counter_app.screens.details import preview
from counter_app.screens.find import fee_icon
from counter_app.screens.look_up import LookUp
from counter_app.screens.ticket import Sale
from counter_app.screens.views import Row, TicketView, Tone


def ticket_view(sale: Sale, look: LookUp) -> TicketView:
    """The left half for this ticket."""
    rows = tuple(_row(line, look) for line in sale.priced)
    subtotals: tuple[tuple[str, str], ...] = ()
    if sale.ticket.tenders:
        subtotals = ((say("Handed over"), usd(sale.given_cents)),)
        if sale.due_cents:
            subtotals = (*subtotals, (say("Still due"), usd(sale.due_cents)))
    parked = len(sale.parked)
    note = counted(parked, "{n} ticket is parked (F5).", "{n} tickets are parked (F5).") if parked else ""
    return TicketView(
        payer=sale.name(),
        lines=rows,
        total=usd(sale.total_cents),
        subtotals=subtotals,
        note=note,
        marked=_marked_row(sale),
    )


def _marked_row(sale: Sale) -> int | None:
    """The place of the marked line among the rows, where state fees stand after the lines that carry them."""
    asked = -1
    for place, line in enumerate(sale.priced):
        asked += not line.added
        if asked == sale.ticket.marked:
            return place
    return None


def _row(line: PricedLine, look: LookUp) -> Row:
    if line.added:
        added = say("added by the program")
        return Row(line.fee.name, usd(line.amount_cents), added, icon=fee_icon(line.fee), key=line.fee.code)
    note, tone = _note(line, look)
    return Row(
        line.fee.name, usd(line.amount_cents), _detail(line, look), note, tone, fee_icon(line.fee), line.fee.code
    )


def _detail(line: PricedLine, look: LookUp) -> str:
    parts: list[str] = []
    if line.account is not None:
        parts += [line.account.account, line.account.name]
    if line.asked.customer is not None:
        found = look.customer(line.asked.customer)
        parts.append(say("for {name}", name=found.name if found else line.asked.customer))
    if line.pays:
        parts.append(say("pays: {what}", what=line.pays))
    elif line.asked.quantity > 1 or line.asked.details:
        parts.append(line.formula)
    expires = _expires(line, look)
    if expires is not None:
        parts.append(say("good until {day}", day=us_date(expires)))
    return together(parts, " · ")


def _expires(line: PricedLine, look: LookUp) -> date | None:
    try:
        issue = preview(look, line.asked, line.fee)
    except Refused:
        return None
    return issue.expires if issue else None


def _note(line: PricedLine, look: LookUp) -> tuple[str, Tone]:
    """What must be seen or said before the money is taken."""
    try:
        issue = preview(look, line.asked, line.fee)
    except Refused as no:
        return str(no), Tone.BAD
    words: list[str] = list(issue.notes) if issue else []
    asks = reminders(line.fee, line.asked.details)
    if asks:
        words.append(say("Have you seen: {what}?", what=together(asks, ", ")))
    if line.account is not None:
        words += account_warnings(line)
    return together(words), Tone.WARN if words else Tone.PLAIN


def account_warnings(line: PricedLine) -> list[str]:
    """A closed account, liened or disputed items, money kept as credit."""
    assert line.account is not None
    words: list[str] = [say("The account is closed.")] if line.account.status == "closed" else []
    if any(item.liened for item in line.items):
        words.append(say("Part of it is a lien."))
    if any(item.disputed for item in line.items):
        words.append(say("Part of it is disputed."))
    return words
