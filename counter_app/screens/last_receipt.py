"""A receipt and what can still be done with it: a copy, another tender, another account, a void."""

from collections.abc import Callable

from counter_app.domain.clock import from_text
from counter_app.domain.days import us_date
from counter_app.domain.drawer import SessionState
from counter_app.domain.money import Cents, parse_dollars, usd
from counter_app.domain.receipt import Receipt, ReceiptTender
from counter_app.domain.refused import Refused
from counter_app.domain.rights import Right
from counter_app.domain.said import say, together
from counter_app.domain.sale import CheckGiven, TenderAsked
from counter_app.screens.approval import Asking, Second, shown_reason
from counter_app.screens.find import Found, Who
from counter_app.screens.hand_out import pieces_rows
from counter_app.screens.keys import TENDER_KEYS, Intent
from counter_app.screens.panel import Acting, Choice, Done, Panel
from counter_app.screens.refund import ask_refund
from counter_app.screens.tenders import KINDS, NAMES
from counter_app.screens.us_words import clock_time
from counter_app.screens.views import Change, ItemView, Row, Tone
from counter_app.services.correct_receipt import CorrectTender, DecideVoid, MovePayment, VoidReceipt, WrongTender
from counter_app.services.small_acts import CopyReceipt

VOID_REASONS = (
    say("Wrong amount"),
    say("Wrong account"),
    say("Wrong item"),
    say("Customer changed their mind"),
    say("Entered twice"),
)
WRONG_TENDER = "Wrong tender entered"
WRONG_ACCOUNT = "Paid on the wrong account"
"""Reasons that the journal keeps; nobody is asked for them."""
_GONE = {
    "voided": say("This receipt is voided."),
    "refunded": say("This receipt is refunded."),
    "returned": say("The check of this receipt came back."),
}
_HAND_BACK = {"check": say("Hand back the check"), "money_order": say("Hand back the money order")}


def open_receipt(front: Acting, receipt: Receipt) -> None:
    """Show a receipt with its one-key acts."""
    front.show(receipt_panel(front, receipt, _facts(front, receipt)))


def receipt_panel(
    front: Acting, receipt: Receipt, facts: tuple[tuple[str, str], ...], *, dense: bool = False
) -> Choice:
    """A receipt with what the desk tells of it, and what this person may still do with it."""
    acts = _acts(front, receipt)
    rows = tuple(row for row, _ in acts)
    title = say("Receipt {number}", number=receipt.number)
    hint = say("One key, or Enter.") if rows else ""
    return Choice(title, rows, lambda place: acts[place][1](), facts, _warnings(front, receipt), hint, dense=dense)


def _facts(front: Acting, receipt: Receipt) -> tuple[tuple[str, str], ...]:
    local = from_text(receipt.received).astimezone(front.look.city().tz)
    return (
        (say("Received"), together((us_date(local.date()), clock_time(local)), ", ")),
        (say("Total"), usd(receipt.total_cents)),
        *((NAMES[t.kind], f"{usd(t.kept_cents)} {t.reference}".strip()) for t in receipt.tenders),
        *(
            (front.look.word(line.text), f"{usd(line.amount_cents)} {line.account or line.licence or ''}".strip())
            for line in receipt.lines
        ),
        (say("Cashier"), front.look.name_of(receipt.cashier)),
    )


def _acts(front: Acting, receipt: Receipt) -> tuple[tuple[Row, Callable[[], None]], ...]:
    """What can still be done with it by this person: each act's row, and the act."""
    if not any(front.person.may(right) for right in (Right.TAKE_MONEY, Right.APPROVE, Right.ASK_MOVE)):
        return ()
    copy = (Row(say("Print a copy"), key="C"), lambda: _copy(front, receipt))
    if receipt.void_asked and front.person.may(Right.APPROVE):
        return (
            copy,
            (Row(say("Accept the void"), key="A"), lambda: _decide(front, receipt, accept=True)),
            (Row(say("Reject the void"), key="R"), lambda: _decide(front, receipt, accept=False)),
        )
    gone = _gone(receipt)
    putting_right = (
        copy,
        (Row(say("Wrong tender"), note=gone, tone=Tone.WARN, key="T"), lambda: _wrong_tender(front, receipt)),
        (Row(say("Wrong account"), note=gone, tone=Tone.WARN, key="M"), lambda: _wrong_account(front, receipt)),
    )
    session = front.look.session(receipt.session)
    if session is None or session.state == SessionState.OPEN:
        return *putting_right, (Row(say("Void"), note=gone, tone=Tone.WARN, key="V"), lambda: _void(front, receipt))
    counted = gone or say("Drawer {drawer} is counted already: refund it.", drawer=session.drawer)
    return (
        *putting_right,
        (Row(say("Refund"), note=gone, tone=Tone.WARN, key="R"), lambda: _refund(front, receipt)),
        (Row(say("Void"), note=counted, tone=Tone.WARN, key="V"), lambda: _void(front, receipt)),
    )


def _refund(front: Acting, receipt: Receipt) -> None:
    _refuse_gone(receipt)
    ask_refund(front, receipt)


def _warnings(front: Acting, receipt: Receipt) -> tuple[str, ...]:
    asked = front.look.asked_void(receipt.number) if receipt.void_asked else None
    if asked is not None:
        reason = shown_reason(asked.reason, VOID_REASONS) if asked.reason else say("no reason is kept")
        return (say("{name} asks for a void: {reason}.", name=front.look.name_of(asked.asked_by), reason=reason),)
    return (_GONE[receipt.state],) if receipt.state in _GONE else ()


def _gone(receipt: Receipt) -> str:
    if receipt.void_asked:
        return say("A void is asked for.")
    return _GONE.get(receipt.state, "")


def _decide(front: Acting, receipt: Receipt, *, accept: bool) -> None:
    done = front.perform(DecideVoid(by=front.person.person, number=receipt.number, accept=accept))
    if accept:
        front.show(Done(_give_back(front, receipt, done.number)))
        return
    front.quiet()
    front.say(say("The void of receipt {number} is rejected; the receipt stands.", number=receipt.number), Tone.GOOD)


def _copy(front: Acting, receipt: Receipt) -> None:
    done = front.perform(CopyReceipt(by=front.person.person, number=receipt.number))
    front.quiet()
    front.say(say("Copy {n} of receipt {number} is printing.", n=done.copy, number=receipt.number), Tone.GOOD)


def _void(front: Acting, receipt: Receipt) -> None:
    _refuse_gone(receipt)
    session = front.look.session(receipt.session)
    if session is not None and session.state != SessionState.OPEN:
        raise Refused(say("Drawer {drawer} is counted already; refund the receipt instead.", drawer=session.drawer))

    def void(reason: str, approver: str | None) -> None:
        act = VoidReceipt(by=front.person.person, approver=approver, number=receipt.number, reason=reason)
        done = front.perform(act)
        front.show(Done(_give_back(front, receipt, done.number)))

    def ask(reason: str) -> None:
        front.perform(VoidReceipt(by=front.person.person, number=receipt.number, reason=reason, asked=True))
        front.quiet()
        words = say(
            "The void of {number} is asked for. It counts as not done until it is approved.", number=receipt.number
        )
        front.say(words, Tone.WARN)

    front.show(
        Asking(
            front,
            say("Void receipt {number}", number=receipt.number),
            usd(receipt.total_cents),
            VOID_REASONS,
            void,
            Second(Right.APPROVE, (receipt.cashier,), say("Nobody is here: ask for the void"), ask),
        )
    )


def _give_back(front: Acting, receipt: Receipt, void: str) -> Change:
    """What the customer gets back, tender by tender."""
    cash = sum(t.kept_cents for t in receipt.tenders if t.kind == "cash")
    rows = tuple(
        Row(together((_HAND_BACK[t.kind], t.reference)), usd(t.kept_cents), icon=t.kind)
        if t.kind != "card"
        else Row(say("Void the card on the terminal"), usd(t.kept_cents), t.reference, icon="card")
        for t in receipt.tenders
        if t.kind != "cash" and t.kept_cents
    )
    pieces = pieces_rows(front, receipt.session) if cash else ()
    words = say("Receipt {number} is void ({void})", number=receipt.number, void=void)
    return Change(usd(cash), say("Give back in cash"), words, say("Take the voided receipt back."), (*pieces, *rows))


def _wrong_tender(front: Acting, receipt: Receipt) -> None:
    _refuse_gone(receipt)
    tenders = [t for t in receipt.tenders if t.applied_cents]
    if len(tenders) == 1:
        front.show(RightTender(front, receipt, tenders[0]))
        return
    rows = tuple(
        Row(together((NAMES[t.kind], t.reference)), usd(t.applied_cents), icon=t.kind, key=str(n))
        for n, t in enumerate(tenders, 1)
    )
    front.show(
        Choice(
            say("Which tender is wrong?"), rows, lambda place: front.show(RightTender(front, receipt, tenders[place]))
        )
    )


class RightTender(Panel):
    """What the wrong tender really was: its key, with an amount when only part was wrong; then a check's number."""

    def __init__(self, front: Acting, receipt: Receipt, wrong: ReceiptTender) -> None:
        self._front, self._receipt, self._wrong = front, receipt, wrong
        self._right: TenderAsked | None = None
        self.asks_box = say("The right tender")

    def view(self) -> ItemView:
        """What is being put right."""
        was = together((NAMES[self._wrong.kind], self._wrong.reference))
        title, hint = say("What was it really?"), say("F6 check, F7 card, F8 cash, Shift+F6 money order.")
        facts: tuple[tuple[str, str], ...] = (
            (say("Receipt"), self._receipt.number),
            (say("It says"), together((was, usd(self._wrong.applied_cents)), ", ")),
        )
        if self._right is not None:
            hint = say("Type its number, then Enter.")
            really = together((NAMES[self._right.kind], usd(self._right.amount_cents)), ", ")
            facts = (*facts, (say("It was"), really))
        return ItemView(title, facts, hint=hint)

    def press(self, intent: Intent, typed: str) -> bool:
        """A tender key, then Enter."""
        if intent in TENDER_KEYS and self._right is None:
            cents = parse_dollars(typed) if typed else self._wrong.applied_cents
            self._right = TenderAsked(kind=KINDS[intent], amount_cents=cents)
            if self._right.kind in ("cash", "card"):
                self._correct(self._right)
            return True
        if intent is Intent.SEARCH and self._right is not None:
            self._correct(_numbered(self._right, typed))
            return True
        if intent is Intent.PROCEED:
            number, key = say("Type the number first."), say("Press the key of the right tender.")
            raise Refused(number if self._right else key)
        return False

    def _correct(self, right: TenderAsked) -> None:
        session = self._front.look.session(self._receipt.session)
        if session is not None and session.state != SessionState.OPEN:
            what = say("Correct the tender of {number}", number=self._receipt.number)
            amount = usd(right.amount_cents)
            second = Second(Right.APPROVE, (self._receipt.cashier,))
            self._front.show(Asking(self._front, what, amount, (), lambda _, who: self._record(right, who), second))
        else:
            self._record(right, None)

    def _record(self, right: TenderAsked, approver: str | None) -> None:
        act = CorrectTender(
            by=self._front.person.person,
            approver=approver,
            number=self._receipt.number,
            wrong=WrongTender(tender=self._wrong.tender, amount_cents=right.amount_cents),
            right=(right,),
            reason=WRONG_TENDER,
        )
        self._front.perform(act)
        self._front.quiet()
        amount, number = usd(right.amount_cents), self._receipt.number
        words = say(
            "{amount} of receipt {number} is now: {tender}.", amount=amount, number=number, tender=NAMES[right.kind]
        )
        self._front.say(words, Tone.GOOD)


def _numbered(tender: TenderAsked, typed: str) -> TenderAsked:
    return TenderAsked(kind=tender.kind, amount_cents=tender.amount_cents, check=CheckGiven(number=typed))


def _wrong_account(front: Acting, receipt: Receipt) -> None:
    _refuse_gone(receipt)
    if not front.person.may(Right.ASK_MOVE):
        raise Refused(
            say("Ask the lead: only a lead, a supervisor or finance moves a payment. Or void the receipt (V).")
        )
    lines = [line for line in receipt.lines if line.account and line.pays]
    if not lines:
        raise Refused(say("Receipt {number} has no payment on an account.", number=receipt.number))
    rows = tuple(
        Row(
            front.look.word(line.text),
            usd(line.amount_cents),
            say("Account {account}", account=line.account),
            key=str(n),
        )
        for n, line in enumerate(lines, 1)
    )

    def chosen(place: int) -> None:
        _to_account(front, receipt, lines[place].line, lines[place].amount_cents)

    if len(lines) == 1:
        chosen(0)
    else:
        front.show(Choice(say("Which payment is on the wrong account?"), rows, chosen))


def _to_account(front: Acting, receipt: Receipt, line: int, cents: Cents) -> None:
    def move(account: str, approver: str | None) -> None:
        act = MovePayment(
            by=front.person.person,
            approver=approver,
            number=receipt.number,
            line=line,
            to_account=account,
            reason=WRONG_ACCOUNT,
        )
        front.perform(act)
        front.quiet()
        words = say(
            "Line {n} of receipt {number} is on account {account} now.", n=line, number=receipt.number, account=account
        )
        front.say(words, Tone.GOOD)

    def approve(found: Found) -> None:
        what = say("Move a payment to account {account}", account=found.key)
        second = Second(Right.APPROVE_MOVE, (receipt.cashier,))
        front.show(Asking(front, what, usd(cents), (), lambda _, who: move(found.key, who), second))

    front.show(Who(front, say("Which account was meant?"), approve, ("account",)))


def _refuse_gone(receipt: Receipt) -> None:
    if _gone(receipt):
        raise Refused(_gone(receipt))
