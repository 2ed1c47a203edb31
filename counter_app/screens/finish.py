"""F9: the payment becomes a receipt, or a sentence says why not; what it shows stays until the next scan."""

from counter_app.domain.money import usd
from counter_app.domain.pace import kind_of
from counter_app.domain.refused import Refused
from counter_app.domain.rights import Right
from counter_app.domain.said import say, together
from counter_app.screens.approval import Asking, Second
from counter_app.screens.hand_out import pieces_rows
from counter_app.screens.panel import Done, Front
from counter_app.screens.tenders import NAMES, Tendering, cannot_finish
from counter_app.screens.us_words import long_day
from counter_app.screens.views import Change, Row, Sound, Tone
from counter_app.services.take_payment import Payer, PaymentDone, TakePayment

OOPS = say("Oops (F11)")


def finish(front: Front, typed: str) -> None:
    """Take the payment; it never fills in an amount."""
    if typed and front.sale.due_cents:
        raise Refused(
            say("“{typed}” is not taken yet: press its tender key first (F8 cash, F6 check, F7 card).", typed=typed)
        )
    why = cannot_finish(front.sale)
    if why:
        if front.sale.bare_tender() and not front.sale.due_cents:
            front.show(Tendering(front, asks=True))
        raise Refused(why)
    over = front.sale.credit_cents
    if over > front.look.city().overpay_limit_cents:
        bare = front.sale.ticket.tenders[-1]
        what = say("{tender} over the ticket, kept as credit", tender=NAMES[bare.kind])

        def approved(_reason: str, approver: str | None) -> None:
            _pay(front, approver)

        front.show(Asking(front, what, usd(over), (), approved, Second(Right.APPROVE)))
        return
    _pay(front, None)


def _pay(front: Front, approver: str | None) -> None:
    ticket = front.sale.ticket
    payer = ticket.payer if ticket.payer != Payer() else None
    done: PaymentDone = front.perform(
        TakePayment(
            by=front.person.person,
            approver=approver,
            lines=ticket.lines,
            tenders=ticket.tenders,
            payer=payer,
            draft=front.sale.draft,
        )
    )
    front.watch.taken(kind_of(front.sale.priced, ticket.tenders))
    front.sale.clear()
    front.sound(Sound.DONE)
    front.show(Done(_change(front, done)))


def _change(front: Front, done: PaymentDone) -> Change:
    if done.change_cents or not done.credit_cents:
        title = say("Change due") if done.change_cents else say("Paid, no change")
        amount = done.change_cents
    else:
        title, amount = say("Kept as credit"), done.credit_cents
    return Change(
        usd(amount),
        title,
        say("Receipt {number}", number=done.number),
        OOPS,
        (*(_pieces(front) if done.change_cents else ()), *_licences(front, done), *_reminders(done)),
    )


def _pieces(front: Front) -> tuple[Row, ...]:
    session = front.look.open_session(front.person.person)
    return pieces_rows(front, session.session) if session else ()


def _licences(front: Front, done: PaymentDone) -> tuple[Row, ...]:
    rows = []
    for number in done.licences:
        found = front.look.licence(number)
        if found is not None:
            until = say("good until {day}", day=long_day(found.expires)) if found.expires else ""
            title, detail = say("License {number}", number=number), together((front.look.word(found.type), until), ", ")
            rows.append(Row(title, "", detail, icon="license", key=number))
    return tuple(rows)


def _reminders(done: PaymentDone) -> tuple[Row, ...]:
    return tuple(
        Row(say("Have you seen"), "", together(line.reminders, ", "), tone=Tone.WARN, icon="warn")
        for line in done.lines
        if line.reminders
    ) + tuple(Row(words, tone=Tone.WARN, icon="warn") for words in done.warnings)
