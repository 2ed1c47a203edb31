"""What an undo brought back or took away, in one quiet line: the ticket itself is long, and the eye is elsewhere."""

from collections.abc import Sequence

from counter_app.domain.money import usd
from counter_app.domain.said import say
from counter_app.domain.sale import PricedLine
from counter_app.screens.tenders import tender_name
from counter_app.screens.ticket import Sale, Ticket


def undo(sale: Sale) -> str:
    """Undo the last change of the ticket and say it; raises Refused when there is none."""
    was, lines = sale.ticket, _own(sale.priced)
    sale.undo()
    now = _own(sale.priced)
    if len(now) != len(lines):
        return _moved(lines, now)
    if len(sale.ticket.tenders) != len(was.tenders):
        return _tendered(was, sale.ticket)
    changed = next((line for line, old in zip(now, lines, strict=True) if line.asked != old.asked), None)
    if changed is not None:
        return say("Undone: {line} is {amount} again.", line=changed.fee.name, amount=usd(changed.amount_cents))
    if sale.ticket.payer.name:
        return say("Undone: {name} pays again.", name=sale.ticket.payer.name)
    return say("Undone: nobody is named as payer.") if was.payer != sale.ticket.payer else say("Undone.")


def _own(priced: Sequence[PricedLine]) -> tuple[PricedLine, ...]:
    return tuple(line for line in priced if not line.added)


def _moved(before: tuple[PricedLine, ...], now: tuple[PricedLine, ...]) -> str:
    more, fewer = (now, before) if len(now) > len(before) else (before, now)
    rest = list(fewer)
    moved = [line for line in more if not _take(rest, line)]
    cents = usd(sum(line.amount_cents for line in moved))
    if len(moved) > 1:
        return say("Undone: {n} lines are off the ticket, {amount}.", n=len(moved), amount=cents)
    name = moved[0].fee.name
    if more is now:
        return say("Undone: {line}, {amount}, is back.", line=name, amount=cents)
    return say("Undone: {line}, {amount}, is off the ticket.", line=name, amount=cents)


def _take(lines: list[PricedLine], line: PricedLine) -> bool:
    """Whether the same was asked in these, which then lose it."""
    place = next((n for n, other in enumerate(lines) if other.asked == line.asked), None)
    if place is not None:
        del lines[place]
    return place is not None


def _tendered(was: Ticket, now: Ticket) -> str:
    last = max(was.tenders, now.tenders, key=len)[-1]
    return say("Undone: {tender}, {amount}, is not taken.", tender=tender_name(last), amount=usd(last.amount_cents))
