"""A refund, prepared: which lines, which way the money goes back, why, and who approves."""

from collections.abc import Mapping

from counter_app.domain.correction import How
from counter_app.domain.money import usd
from counter_app.domain.receipt import Receipt
from counter_app.domain.refused import Refused
from counter_app.domain.rights import Right
from counter_app.domain.said import Said, say
from counter_app.screens.approval import Asking, Second
from counter_app.screens.hand_out import pieces_rows
from counter_app.screens.panel import Acting, Choice, Done
from counter_app.screens.views import Change, Row, Tone
from counter_app.services.correct_receipt import RefundDone, RefundReceipt
from counter_app.services.refund_ways import RefundWay

REFUND_REASONS = (
    say("Paid twice"),
    say("Wrong amount"),
    say("Wrong account"),
    say("Service not given"),
    say("Application withdrawn"),
)
_WAYS: Mapping[How, Said] = {
    "cash": say("Cash from the drawer"),
    "request": say("Check from finance"),
    "card": say("Back to the card"),
    "credit": say("Credit on the account"),
}
_ICONS: Mapping[How, str] = {"cash": "cash", "request": "check", "card": "card", "credit": "account"}
_HAND: Mapping[How, Said] = {
    "cash": say("Give back in cash"),
    "request": say("Finance sends a check"),
    "card": say("Refund the card on the terminal"),
    "credit": say("Kept as credit"),
}


def ask_refund(front: Acting, receipt: Receipt) -> None:
    """Which lines go back, where there is more than one."""
    left = [line for line in receipt.lines if not line.refunded and line.amount_cents]
    if len(left) < 2:
        _ask_way(front, receipt, None)
        return
    whole = Row(say("All of it"), usd(sum(line.amount_cents for line in left)), key="A")
    rows = [
        Row(front.look.word(line.text), usd(line.amount_cents), line.account or line.licence or "", key=str(n))
        for n, line in enumerate(left, 1)
    ]

    def chosen(place: int) -> None:
        _ask_way(front, receipt, None if place == 0 else (left[place - 1].line,))

    front.show(Choice(say("What is refunded?"), (whole, *rows), chosen))


def _ask_way(front: Acting, receipt: Receipt, lines: tuple[int, ...] | None) -> None:
    """How the money goes back; a closed way says why."""
    ways = front.look.refund_ways(front.person.person, receipt, lines)
    rows = tuple(_way_row(n, way) for n, way in enumerate(ways, 1))

    def chosen(place: int) -> None:
        if ways[place].why_not:
            raise Refused(ways[place].why_not)
        _approve(front, receipt, lines, ways[place])

    front.show(Choice(say("How does the money go back?"), rows, chosen))


def _way_row(n: int, way: RefundWay) -> Row:
    amount = "" if way.why_not else usd(way.cents)
    return Row(_WAYS[way.how], amount, note=way.why_not, tone=Tone.WARN, icon=_ICONS[way.how], key=str(n))


def _approve(front: Acting, receipt: Receipt, lines: tuple[int, ...] | None, way: RefundWay) -> None:
    def refund(reason: str, approver: str | None) -> None:
        act = RefundReceipt(
            by=front.person.person,
            approver=approver,
            number=receipt.number,
            reason=reason,
            how=way.how,
            lines=lines,
        )
        _done(front, receipt, way.how, front.perform(act))

    what = say("Refund receipt {number}: {way}", number=receipt.number, way=_WAYS[way.how])
    second = Second(Right.APPROVE, (receipt.cashier,))
    front.show(Asking(front, what, usd(way.cents), REFUND_REASONS, refund, second))


def _done(front: Acting, receipt: Receipt, how: How, done: RefundDone) -> None:
    words = say("Receipt {number} is refunded ({refund})", number=receipt.number, refund=done.number)
    front.show(Done(Change(usd(done.amount_cents), _HAND[how], words, _next(how, done.request), _pieces(front, how))))


def _next(how: How, request: str | None) -> str:
    if how == "request":
        return say("The request is {request}; its warrant number is keyed back later.", request=request or "")
    return say("The refund slip is printing; the customer signs it.") if how == "cash" else ""


def _pieces(front: Acting, how: How) -> tuple[Row, ...]:
    session = front.look.open_session(front.person.person) if how == "cash" else None
    return pieces_rows(front, session.session) if session else ()
