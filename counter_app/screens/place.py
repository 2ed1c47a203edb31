"""Where was I: the tickets of this counter, kept while they are in the making and found again after any interruption.

What is kept is what was asked and handed over, never a price: that is worked out anew, and what changed is said. Paid
or abandoned tickets go out in the act's own transaction (TakePayment.draft).
"""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta

import msgspec

from counter_app.domain.card_guard import refuse_card_numbers
from counter_app.domain.clock import from_text, to_text
from counter_app.domain.money import Cents, usd
from counter_app.domain.refused import Refused, StationFault
from counter_app.domain.said import Said, counted, plain, say, together
from counter_app.domain.sale import LineAsked, TenderAsked
from counter_app.screens.look_up import LookUp
from counter_app.screens.ticket import Parked, Sale, Ticket
from counter_app.services.station import Station
from db import drafts
from db.drafts import Draft

KIND = "ticket"
A_MOMENT = timedelta(minutes=10)
"""A payment so recent may have been under way when the program ended."""
MOST_DIGITS = 8
"""Digits of a text that is kept as it stands in the box: an amount, an account; never the most of a card's number."""


class Held(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One ticket as it is kept; `amounts` are what its lines cost then, `box` what was being typed."""

    ticket: Ticket
    owner: str
    name: str = ""
    total_cents: Cents = 0
    amounts: tuple[Cents, ...] = ()
    parked: bool = False
    tendering: bool = False
    box: str = ""


def held_now(sale: Sale, box: str, *, tendering: bool) -> dict[str, Held]:
    """Everything on this counter that must not be lost, by the tickets' ids."""
    held = {parked.draft: _held(parked, is_parked=True) for parked in sale.parked}
    if not sale.ticket.is_empty:
        text = box if sum(sign.isdecimal() for sign in box) <= MOST_DIGITS else ""
        now = _held(sale.as_parked(), is_parked=False)
        held[sale.draft] = msgspec.structs.replace(now, tendering=tendering, box=text)
    return held


def _held(parked: Parked, *, is_parked: bool) -> Held:
    return Held(
        ticket=parked.ticket,
        owner=parked.owner,
        name=parked.name,
        total_cents=parked.total_cents,
        amounts=parked.amounts,
        parked=is_parked,
    )


def _waiting(draft: str, held: Held) -> Parked:
    """A kept ticket as one that is parked."""
    return Parked(
        draft=draft,
        ticket=held.ticket,
        owner=held.owner,
        name=held.name,
        total_cents=held.total_cents,
        amounts=held.amounts,
    )


class Place:
    """Keeps and finds them; `keep` writes only what changed, and nothing while nothing does."""

    def __init__(self, station: Station) -> None:
        self._station = station
        self._kept: dict[str, bytes] = {}

    def bring_to(self, sale: Sale, person: str) -> tuple[Said, Held | None]:
        """After a start: the person's own ticket is back on an empty counter, every other one waits parked.

        Gives what changed meanwhile, and how the ticket was kept; None when the person had none.
        """
        back, words = None, together(())
        for draft, held in self._found().items():
            parked = _waiting(draft, held)
            if back is None and not held.parked and held.owner == person:
                back, words = held, bring_back(sale, parked, person)
            else:
                sale.parked = (*sale.parked, parked)
        return words, back

    def _found(self) -> dict[str, Held]:
        """What was kept, oldest change first; what another version wrote and this one cannot read is passed over."""
        held: dict[str, Held] = {}
        with self._station.books.read() as connection:
            kept = drafts.kept(connection, KIND)
        for draft in kept:
            with suppress(msgspec.MsgspecError):
                held[draft.draft] = msgspec.json.decode(draft.state, type=Held)
                self._kept[draft.draft] = draft.state
        return held

    def keep(self, held: Mapping[str, Held]) -> None:
        """Have the file say the same as `held`; a disk that cannot is told by the next act, not at every key."""
        now = {draft: state for draft, one in held.items() if (state := _encoded(one)) is not None}
        changed = [draft for draft, state in now.items() if self._kept.get(draft) != state]
        gone = [draft for draft in self._kept if draft not in now]
        if not changed and not gone:
            return
        at = to_text(self._station.clock.now())
        with suppress(StationFault):
            with self._station.books.change_state() as connection:
                drafts.keep(connection, [Draft(draft, KIND, held[draft].owner, at, now[draft]) for draft in changed])
                drafts.drop(connection, *gone)
            self._kept = now

    def ended(self, draft: str | None) -> None:
        """An act took it out of the file."""
        self._kept.pop(draft or "", None)


def _encoded(held: Held) -> bytes | None:
    """Its bytes; None where a card's number is in it, which is kept nowhere."""
    try:
        refuse_card_numbers(held)
    except Refused:
        return _encoded(msgspec.structs.replace(held, box="")) if held.box else None
    return msgspec.json.encode(held, enc_hook=plain)


def where(sale: Sale) -> Said:
    """You were here: 2 lines, $100.00 cash tendered. Nothing was paid yet."""
    lines = counted(len(sale.ticket.lines), "{n} line", "{n} lines")
    return say("You were here: {lines}, {money}. Nothing was paid yet.", lines=lines, money=_money(sale))


def _money(sale: Sale) -> Said:
    amount = usd(sale.given_cents)
    kinds = {tender.kind for tender in sale.ticket.tenders}
    if not kinds:
        return say("{amount} to pay", amount=usd(sale.total_cents))
    match kinds.pop() if len(kinds) == 1 else "":
        case "cash":
            return say("{amount} cash tendered", amount=amount)
        case "check":
            return say("{amount} check tendered", amount=amount)
        case "card":
            return say("{amount} card tendered", amount=amount)
        case "money_order":
            return say("{amount} money order tendered", amount=amount)
        case _:
            return say("{amount} tendered", amount=amount)


def bring_back(sale: Sale, parked: Parked, owner: str) -> Said:
    """Put a ticket back as it was, at today's prices; says what changed, empty when nothing did."""
    lost: list[str] = []
    ticket = parked.ticket
    lines: list[LineAsked] = []
    amounts: list[Cents] = []
    for place, line in enumerate(ticket.lines):
        try:
            sale.price((*lines, line))
        except Refused as no:
            lost.append(say("A line is off the ticket: {why}", why=str(no)))
            continue
        lines.append(line)
        amounts.append(parked.amounts[place] if place < len(parked.amounts) else 0)
    tenders = ticket.tenders if lines else ()
    if ticket.tenders and not tenders:
        lost.append(say("Hand back {amount}.", amount=usd(_given(ticket.tenders))))
    marked = max(0, min(ticket.marked, len(lines) - 1))
    ticket = msgspec.structs.replace(ticket, lines=tuple(lines), tenders=tenders, marked=marked)
    sale.put_back(parked.draft, ticket, owner)
    return together([*lost, _changes(sale, tuple(amounts))])


def look_again(sale: Sale) -> Said:
    """The ticket at the prices and balances of now; says what changed, empty when nothing did."""
    before = sale.amounts
    try:
        sale.price_again()
    except Refused:
        return bring_back(sale, sale.as_parked(), sale.owner)
    return _changes(sale, before)


def _changes(sale: Sale, before: tuple[Cents, ...]) -> Said:
    """Which lines cost another amount than they did; empty when none does."""
    named = [line.fee.name for line in sale.priced if not line.added]
    return together(
        say("{line} was {before} and is {now} now.", line=name, before=usd(was), now=usd(now))
        for name, was, now in zip(named, before, sale.amounts, strict=False)
        if was != now
    )


def _given(tenders: tuple[TenderAsked, ...]) -> Cents:
    return sum(tender.amount_cents for tender in tenders)


def last_payment(look: LookUp, person: str, now: datetime) -> Said:
    """The payment of a moment ago: whether it went through, and the change; empty when the last one is older."""
    for session in look.own_sessions(person):
        receipt = look.last_receipt(session.session)
        if receipt is None or receipt.state != "taken" or now - from_text(receipt.received) > A_MOMENT:
            continue
        change = usd(receipt.change_cents)
        return say(
            "The last payment is recorded: receipt {number}, change {change}.", number=receipt.number, change=change
        )
    return together(())
