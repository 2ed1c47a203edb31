"""Taking money: what is due, what was handed over, quick cash in fixed places, a check's number, a card's slip.

The amount of cash is always keyed or chosen; a check offers what is due, because that is what its writer was told.
"""

from collections.abc import Sequence

import msgspec

from counter_app.domain.money import Cents, parse_dollars, usd
from counter_app.domain.refused import Refused
from counter_app.domain.said import Said, say, together
from counter_app.domain.sale import CardGiven, TenderAsked, TenderKind
from counter_app.screens.keys import TENDER_KEYS, Intent
from counter_app.screens.panel import Front, Panel
from counter_app.screens.ticket import Sale
from counter_app.screens.views import QuickCash, Row, TenderView, Tone

KINDS: dict[Intent, TenderKind] = {
    Intent.CASH: "cash",
    Intent.CHECK: "check",
    Intent.CARD: "card",
    Intent.MONEY_ORDER: "money_order",
}
NAMES: dict[str, Said] = {
    "cash": say("Cash"),
    "check": say("Check"),
    "card": say("Card"),
    "money_order": say("Money order"),
}
_TYPE_NUMBER = {
    "check": say("Type the number of the check."),
    "money_order": say("Type the number of the money order."),
}
_TYPE_NUMBER_FIRST = {
    "check": say("Type the number of the check first."),
    "money_order": say("Type the number of the money order first."),
}
_FIRST_NUMBER = {
    "check": say("The number of the check comes first: type it and press Enter, then type this amount again."),
    "card": say("The slip of the card comes first: type it or press Enter, then type this amount again."),
    "money_order": say("The number of the money order comes first: type it and press Enter, then this amount again."),
}
_STAYS_BARE = {
    "check": say("The check has no number yet. Enter asks for it again, Ctrl+Z takes the check back."),
    "money_order": say("The money order has no number yet. Enter asks for it again, Ctrl+Z takes it back."),
}
_ASK_NUMBER = {
    "check": say("Type the number of the check; Enter or F9."),
    "card": say("Last 4 digits and approval code, like 4242 012345; Enter leaves them out."),
    "money_order": say("Type the number of the money order; Enter or F9."),
}
_NOTHING_DUE = say("Nothing is due any more.")
_FINISHES = say("F9 finishes.")
_NO_LINES = say("There is nothing on the ticket.")
NEXT = (100, 500, 1000, 2000, 5000, 10000)
"""Cents of the notes whose next multiple is offered, each always in its place."""


def quick_cash(due: Cents) -> tuple[QuickCash, ...]:
    """Exact, then the next $1, $5, $10, $20, $50 and $100; nothing while nothing is due.

    An amount stands once, in the place of its largest note; the other places stay empty, so that none ever moves.
    """
    if due <= 0:
        return ()
    nexts = [-(-due // step) * step for step in NEXT]
    shown = (cents not in (due, *nexts[place:]) for place, cents in enumerate(nexts, 1))
    words = (usd(cents).removesuffix(".00") if once else "" for cents, once in zip(nexts, shown, strict=True))
    return (QuickCash(say("Exact"), due, "."), *(QuickCash(*choice) for choice in zip(words, nexts, strict=True)))


def tender_rows(tenders: Sequence[TenderAsked]) -> tuple[Row, ...]:
    """What was handed over, as rows."""
    return tuple(Row(tender_name(t), usd(t.amount_cents), icon=t.kind) for t in tenders)


def tender_name(tender: TenderAsked) -> str:
    """Check 1042, Card ending 4242, Cash."""
    if tender.check is not None:
        return together((NAMES[tender.kind], tender.check.number))
    if tender.card is not None:
        return say("Card ending {last4}", last4=tender.card.last4)
    return NAMES[tender.kind]


_FEWEST_SEARCHED = 6
"""Digits; a shorter number is searched for only where no money is asked."""
_LEAST_ACCOUNT = 7
"""Digits; shorter numbers are checks and amounts before they are accounts."""


class Tendering(Panel):
    """The payment so far. `offers` is a tender whose amount is asked; its number or slip is asked after it."""

    def __init__(self, front: Front, offers: TenderKind | None = None, *, asks: bool = False) -> None:
        self._front, self._offers, self._asks = front, offers, asks
        self.asks_box = self._hint() if asks or offers else ""

    def view(self) -> TenderView:
        """Due, tenders, quick cash, and why it cannot be finished yet."""
        sale = self._front.sale
        due, credit = sale.due_cents, sale.credit_cents
        change = sale.over_cents - credit
        name = say("Still due") if due else say("Kept as credit") if credit else say("Change")
        return TenderView(
            usd(due or credit or change),
            name,
            Tone.PLAIN if due else Tone.GOOD,
            tender_rows(sale.ticket.tenders),
            quick_cash(due),
            cannot_finish(sale),
            self._off(),
            self._hint(),
        )

    def press(self, intent: Intent, typed: str) -> bool:
        """Answers to what is asked; everything else is the counter's, and so is a bill whatever is asked."""
        if intent is Intent.SEARCH and self._is_bill(typed):
            return False
        if self._asks and self._answers(intent, typed):
            return True
        if self._offers is not None and intent in (Intent.SEARCH, Intent.PROCEED):
            self._accept(self._offers, typed)
            return True
        if intent is Intent.LEAVE and (self._asks or self._offers or self._front.sale.bare_tender()):
            self._leave()
            return True
        if intent is Intent.PROCEED:
            self._front.say(cannot_finish(self._front.sale) or _FINISHES)
            self._front.tendering()
            return True
        return intent is Intent.SEARCH and self._is_money(typed)

    def _leave(self) -> None:
        """Nothing is asked any more; a check without its number stays, and says so."""
        self._front.show(Tendering(self._front))
        bare = self._front.sale.bare_tender()
        if bare is not None:
            self._front.say(_STAYS_BARE[bare.kind], Tone.WARN)

    def _is_money(self, typed: str) -> bool:
        """Enter on what reads as an amount takes no account for it: it asks what was meant."""
        sale = self._front.sale
        if not _reads_as_money(typed):
            return False
        bare = sale.bare_tender()
        if bare is not None and typed.isdecimal():
            self._front.tendering()
            self._front.keep(typed)
            self._front.say(say("Is {typed} its number? Enter takes it.", typed=typed), Tone.WARN)
            return True
        if not sale.due_cents:
            raise Refused(say("Nothing is due any more; F9 finishes."))
        raise Refused(say("Is {typed} money? F8 takes it as cash, F6 as a check, F7 as a card.", typed=typed))

    def _is_bill(self, typed: str) -> bool:
        """Whether an answer is an account: a scanner that types looks like a person who typed a number or amount."""
        return len(typed) >= _LEAST_ACCOUNT and typed.isdecimal() and self._front.look.account(typed) is not None

    def _answers(self, intent: Intent, typed: str) -> bool:
        """A check's number or a card's slip, by Enter, or by F9 which then finishes."""
        if intent is Intent.SEARCH or (intent is Intent.FINISH and typed):
            describe(self._front.sale, typed)
            self._front.tendering()
            if intent is Intent.FINISH and self._front.sale.due_cents:
                self._front.say(cannot_finish(self._front.sale), Tone.WARN)
                return True
            return intent is Intent.SEARCH
        if intent is Intent.PROCEED:
            bare = self._front.sale.bare_tender()
            if bare is not None:
                raise Refused(_TYPE_NUMBER[bare.kind])
            self._front.tendering()
            return True
        if intent in TENDER_KEYS and typed:
            raise Refused(_FIRST_NUMBER[self._front.sale.ticket.tenders[-1].kind])
        return False

    def _accept(self, kind: TenderKind, typed: str) -> None:
        if not typed and kind == "cash":
            raise Refused(say("Type what was handed over, or choose a quick amount."))
        cents = parse_dollars(typed) if typed else self._front.sale.due_cents
        take(self._front, kind, cents)

    def _off(self) -> tuple[tuple[Intent, str], ...]:
        if self._front.sale.due_cents:
            return ()
        return tuple((intent, _NOTHING_DUE) for intent in TENDER_KEYS)

    def _hint(self) -> str:
        due = usd(self._front.sale.due_cents)
        tenders = self._front.sale.ticket.tenders
        if self._asks and tenders:
            return _ASK_NUMBER.get(tenders[-1].kind, _FINISHES)
        match self._offers:
            case "cash":
                return say("Type what was handed over, then Enter; or choose a quick amount.")
            case "check":
                return say("The check reads {amount}? Enter accepts, or type what it is.", amount=due)
            case "card":
                return say("The terminal says {amount}? Enter accepts, or type what it is.", amount=due)
            case "money_order":
                return say("The money order reads {amount}? Enter accepts, or type what it is.", amount=due)
        if self._front.sale.bare_tender():
            return say("Enter asks for its number.")
        return say("Type what was handed over, then its key.") if self._front.sale.due_cents else _FINISHES


def _reads_as_money(typed: str) -> bool:
    try:
        parse_dollars(typed)
    except Refused:
        return False
    return len(typed) < _FEWEST_SEARCHED or not typed.isdecimal()


def press_tender(front: Front, intent: Intent, typed: str) -> None:
    """A tender key: with an amount it is taken, alone it asks for one."""
    kind = KINDS[intent]
    if not front.sale.ticket.lines:
        raise Refused(say("There is nothing on the ticket to pay."))
    if typed or front.sale.bare_tender():
        take(front, kind, parse_dollars(typed) if typed else 0)
    elif not front.sale.due_cents:
        raise Refused(say("Nothing is due any more; F9 finishes."))
    else:
        front.show(Tendering(front, kind))


def take(front: Front, kind: TenderKind, cents: Cents) -> None:
    """Take a tender, then ask what it still has to say; the one before it must have said it."""
    bare = front.sale.bare_tender()
    if bare is not None:
        front.show(Tendering(front, asks=True))
        raise Refused(_TYPE_NUMBER_FIRST[bare.kind])
    front.sale.tender(TenderAsked(kind=kind, amount_cents=cents))
    front.show(Tendering(front, asks=kind != "cash"))


def describe(sale: Sale, typed: str) -> None:
    """The number of the check or money order, or the card's last 4 digits and approval code, taken last."""
    last = sale.ticket.tenders[-1]
    if last.kind in ("check", "money_order"):
        sale.number_last(typed)
        return
    last4, _, approval = typed.partition(" ")
    card = CardGiven(brand="", last4=last4, auth=approval.strip(), reference="")
    sale.describe_last(msgspec.structs.replace(last, card=card))


def cannot_finish(sale: Sale) -> str:
    """Why F9 is off; empty when it is not."""
    if not sale.ticket.lines:
        return _NO_LINES
    if sale.due_cents:
        return say("{amount} is still due.", amount=usd(sale.due_cents))
    bare = sale.bare_tender()
    return _TYPE_NUMBER_FIRST[bare.kind] if bare else ""
