"""Everything the books know of one receipt, as pairs to read: lines and what they paid, tenders, where its money lies,
its paper, its entry, and what happened to it afterwards."""

from collections.abc import Mapping
from datetime import date

from counter_app.domain.account import hear_words
from counter_app.domain.clock import from_text
from counter_app.domain.days import us_date
from counter_app.domain.drawer import SessionState, state_in_words
from counter_app.domain.money import usd
from counter_app.domain.receipt import Receipt, ReceiptLine
from counter_app.domain.said import Said, counted, say, together
from counter_app.screens.look_up import LookUp
from counter_app.screens.tenders import NAMES
from counter_app.screens.us_words import clock_time
from counter_app.services.station import Station
from db.queries import acknowledged, entries, register
from db.queries.register import Step

Facts = tuple[tuple[str, str], ...]

_STEPS: Mapping[str, Said] = {
    "asked": say("Void asked for"),
    "rejected": say("Void rejected"),
    "voided": say("Voided"),
    "refunded": say("Refunded"),
    "partly_refunded": say("Refunded in part"),
    "returned": say("Check returned"),
    "corrected": say("Tender corrected"),
    "moved": say("Payment moved"),
    "cleared": say("Given its purpose"),
    "copy": say("Copy"),
}
_PAPER: Mapping[str, Said] = {
    "queued": say("waiting for the printer"),
    "sending": say("sent to the printer"),
    "printed": say("on paper ✓"),
    "doubt": say("nobody knows whether it came out"),
    "lost": say("did not come out"),
}
_SENT: Mapping[str, Said] = {
    acknowledged.CITY_HALL: say("at city hall"),
    acknowledged.COPIED: say("copied"),
    acknowledged.TAKEN: say("taken here"),
}


def receipt_facts(station: Station, look: LookUp, receipt: Receipt) -> Facts:
    """The pairs, in the order somebody asks for them."""
    with station.books.read() as connection:
        steps = register.steps(connection, receipt.number)
        papers = register.paper_states(connection, receipt.number)
        sent = acknowledged.sent_state(connection, station.name, receipt.number, receipt.seq)
        mark = entries.mark(connection, receipt.number.partition("-")[0], receipt.seq)
    paper = _PAPER[papers[0]] if papers else say("no paper")
    pairs = (
        (say("Received"), _received(look, receipt)),
        (say("Payer"), receipt.payer or ""),
        *((say("For"), _line(look, line)) for line in receipt.lines),
        *_money(receipt),
        (say("Lies in"), _lies_in(look, receipt)),
        (say("Paper"), together((paper, _SENT[sent]), ", ")),
        *((_STEPS.get(step.step, say("Changed")), _step(look, step)) for step in steps),
        (say("Journal"), say("entry {n}, mark {mark}", n=receipt.seq, mark=mark)),
    )
    return tuple(pair for pair in pairs if pair[1])


def _received(look: LookUp, receipt: Receipt) -> Said:
    local = from_text(receipt.received).astimezone(look.city().tz)
    words = _by(look, receipt.received, receipt.cashier)
    if receipt.business_date == local.date().isoformat():
        return words
    of = say("business date {day}", day=us_date(date.fromisoformat(receipt.business_date)))
    return together((words, of), ", ")


def _line(look: LookUp, line: ReceiptLine) -> Said:
    given_back = say("refunded") if line.refunded else ""
    number = line.account or line.licence or ""
    parts = (look.word(line.text), usd(line.amount_cents), number, hear_words(line.pays), given_back)
    return together([part for part in parts if part], " · ")


def _money(receipt: Receipt) -> Facts:
    tenders = tuple((NAMES[t.kind], together((usd(t.amount_cents), t.reference), " · ")) for t in receipt.tenders)
    credit = sum(row.cents for row in receipt.credits)
    return (
        *tenders,
        (say("Change"), usd(receipt.change_cents) if receipt.change_cents else ""),
        (say("Kept as credit"), usd(credit) if credit else ""),
        (say("Total"), usd(receipt.total_cents)),
    )


def _lies_in(look: LookUp, receipt: Receipt) -> Said | str:
    session = look.session(receipt.session)
    if session is None:
        return receipt.drawer
    if session.state == SessionState.DEPOSITED and session.deposit:
        return say("drawer {drawer}, deposit {deposit}", drawer=session.drawer, deposit=session.deposit)
    return say("drawer {drawer}, {state}", drawer=session.drawer, state=state_in_words(session.state))


def _step(look: LookUp, step: Step) -> Said:
    """`Nov 23, 2026, 9:15 AM, Maria Santos; Lee Park approved; Wrong amount`."""
    when = _by(look, step.at, step.actor)
    approved = say("{name} approved", name=look.name_of(step.approver)) if step.approver else ""
    number = step.ref or (counted(step.cents, "copy {n}", "copy {n}") if step.step == "copy" else "")
    return together([part for part in (number, when, approved, step.reason) if part], "; ")


def _by(look: LookUp, at: str, person: str) -> Said:
    """`9:15 AM, Maria Santos` of today, with the day before it of another."""
    local = from_text(at).astimezone(look.city().tz)
    parts = (clock_time(local), look.name_of(person))
    return together(parts if local.date() == look.today() else (us_date(local.date()), *parts), ", ")
