"""One simulated day at two drawers, from the float to the courier, with the exceptions that a real week brings.

Everything is done by the acts of the counter. What should be in a drawer is reckoned here as well, and a verification
that comes to another over/short is our own fault.
"""

import random
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from counter_app.domain.clock import SetClock
from counter_app.domain.correction import How
from counter_app.domain.money import Cents
from counter_app.domain.sale import LineAsked, TenderAsked
from counter_app.practice.simulated_drawer import FLOAT, QUARTERS, Money, SimulatedDrawer, Taken, taken
from counter_app.practice.simulated_sale import Street, Ticket
from counter_app.services.acting import Act
from counter_app.services.acts import perform
from counter_app.services.close_drawer import CloseDrawer, VerifyDrawer
from counter_app.services.correct_receipt import (
    ClearUnapplied,
    CorrectTender,
    DecideVoid,
    MovePayment,
    RefundReceipt,
    VoidReceipt,
    WrongTender,
)
from counter_app.services.make_deposit import HeldItem, Hold, MakeDeposit, SendDeposit
from counter_app.services.move_cash import BringCash, DropCash, NoSale
from counter_app.services.open_drawer import OpenDrawer
from counter_app.services.small_acts import AbandonSale, CopyReceipt
from counter_app.services.station import Station
from counter_app.services.take_payment import TakePayment, TakeUnapplied

LEAD, SUPERVISOR, COURIER = "lee", "ana", "Valley Armored"
SHORTAGE_CENTS = 500
OVER_SHORT_SHARE = 0.06
"""How often a drawer is a little over or short without a story."""

_RUSH = ((8, 9, 3.0), (9, 11.5, 1.4), (11.5, 13.5, 2.6), (13.5, 16, 1.2), (16, 16.75, 2.8))
"""From hour to hour, and how many customers come then beside other hours."""


class DayDone(msgspec.Struct, frozen=True):
    """A deposit of a day, as its slip says."""

    deposit: str
    cash_cents: Cents
    checks_cents: Cents
    total_cents: Cents


class Sums(msgspec.Struct):
    """What a simulation comes to, after voids and refunds; `held` are receipts whose check waits for a deposit."""

    payments: int = 0
    voids: int = 0
    total_cents: Cents = 0
    cash_cents: Cents = 0
    checks_cents: Cents = 0
    cards_cents: Cents = 0
    over_short_cents: Cents = 0
    deposits: list[DayDone] = []
    held: list[str] = []

    def add(self, money: Money, sign: int = 1) -> None:
        """Money of a receipt, or with sign −1 of its undoing."""
        self.total_cents += sign * money.total_cents
        self.cash_cents += sign * money.cash_cents
        self.checks_cents += sign * sum(money.checks)
        self.cards_cents += sign * money.cards_cents


class SimulatedDay:
    """A day with its date, its exceptions by name, and the sums it adds to; `last` when no day follows."""

    def __init__(
        self,
        station: Station,
        clock: SetClock,
        street: Street,
        rng: random.Random,
        sums: Sums,
        day: date,
        *,
        last: bool,
    ) -> None:
        self._station, self._clock, self._street, self._rng = station, clock, street, rng
        self._sums, self._day, self._last = sums, day, last
        self._zone = ZoneInfo(station.books.zone)
        self._drawers = (SimulatedDrawer("D1", "maria"), SimulatedDrawer("D2", "ben"))
        self._refunds: list[Taken] = []
        self._requests: list[Taken] = []
        self._hold: list[Taken] = []

    def run(self, payments: int, exceptions: tuple[str, ...]) -> None:
        """The whole day; `exceptions` are names of EXCEPTIONS, each in place of one payment or beside them."""
        for drawer in self._drawers:
            self._stand(time(7, 40))
            drawer.session = self._do(OpenDrawer(by=drawer.cashier, drawer=drawer.drawer, count=FLOAT)).session
        special = [partial(_WITH_A_PAYMENT[name], self) for name in exceptions if name in _WITH_A_PAYMENT][:payments]
        selling: list[Callable[[SimulatedDrawer], object]] = [*special, *[self._sell] * (payments - len(special))]
        self._rng.shuffle(selling)
        beside = [partial(_BESIDE[name], self) for name in exceptions if name in _BESIDE]
        for index, (instant, sell) in enumerate(zip(self._instants(payments), selling, strict=True)):
            self._stand(instant)
            sell(self._drawers[index % 2])
            if index >= payments // 2 and beside:
                beside.pop()(self._drawers[index % 2])
        for act in beside:
            act(self._drawers[0])
        self._finish(shortage="shortage" in exceptions, recount="recount" in exceptions)

    def _finish(self, *, shortage: bool, recount: bool) -> None:
        """Close, refund what came back, verify, deposit and send."""
        first, second = self._drawers
        self._stand(time(16, 50))
        self._close(first, wrong_cents=2_000 if recount else 0)
        self._pay_back(second)
        self._stand(time(17, 0))
        self._close(second, missing := SHORTAGE_CENTS if shortage else 0)
        self._stand(time(17, 5))
        if recount:
            self._verify(first, 0, accept=False, words="a twenty is not where it should be")
            self._close(first)
        self._verify(first, self._small_difference(first))
        self._verify(second, missing or self._small_difference(second), words="a five stuck to another in the morning")
        self._stand(time(17, 20))
        self._deposit()

    def _stand(self, instant: time) -> None:
        """Put the clock on, never back."""
        wanted = datetime.combine(self._day, instant, self._zone)
        if self._clock.now().astimezone(self._zone).date() == self._day:
            wanted = max(wanted, self._clock.now() + timedelta(seconds=20))
        self._clock.set(wanted)

    def _do(self, act: Act) -> Any:
        """An act, half a minute after the one before it."""
        self._clock.set(self._clock.now() + timedelta(seconds=self._rng.randrange(15, 45)))
        return perform(self._station, act)

    def _instants(self, payments: int) -> list[time]:
        """When customers come: crowds at eight, at noon and before the close."""
        spans = self._rng.choices(_RUSH, [(end - begin) * weight for begin, end, weight in _RUSH], k=payments)
        hours = sorted(self._rng.uniform(begin, end) for begin, end, _ in spans)
        return [time(int(hour), int(hour * 60) % 60, int(hour * 3600) % 60) for hour in hours]

    # What customers bring

    def _sell(self, drawer: SimulatedDrawer) -> Taken:
        ticket = self._street.ticket()
        return self._take(drawer, ticket, self._street.tenders(ticket.total_cents))

    def _take(self, drawer: SimulatedDrawer, ticket: Ticket, tenders: tuple[TenderAsked, ...]) -> Taken:
        done = self._do(TakePayment(by=drawer.cashier, lines=ticket.lines, tenders=tenders))
        return self._book(drawer, taken(ticket, tenders, done))

    def _book(self, drawer: SimulatedDrawer, receipt: Taken) -> Taken:
        drawer.put(receipt.money)
        drawer.last = receipt
        self._sums.add(receipt.money)
        self._sums.payments += 1
        return receipt

    def _water(self, drawer: SimulatedDrawer, kind: str = "") -> Taken:
        """A water bill paid whole, in one kind or as it comes."""
        ticket = self._street.water()
        cents = ticket.total_cents
        match kind:
            case "cash" | "check":
                tenders: tuple[TenderAsked, ...] = (self._street.tender(kind, cents),)
            case _:
                tenders = self._street.tenders(cents)
        return self._take(drawer, ticket, tenders)

    # Exceptions with a payment of their own

    def void(self, drawer: SimulatedDrawer) -> None:
        """A receipt undone at once, with the lead beside."""
        receipt = self._water(drawer)
        reason = "the customer has two houses and named the other one"
        self._do(VoidReceipt(by=drawer.cashier, approver=LEAD, number=receipt.number, reason=reason))
        self._undo(drawer, receipt)

    def asked_void(self, drawer: SimulatedDrawer, *, accept: bool = True) -> None:
        """The lead is at lunch: asked for, decided afterwards."""
        receipt = self._water(drawer)
        self._do(VoidReceipt(by=drawer.cashier, number=receipt.number, reason="wrong bill scanned", asked=True))
        self._do(DecideVoid(by=LEAD, number=receipt.number, accept=accept))
        if accept:
            self._undo(drawer, receipt)

    def rejected_void(self, drawer: SimulatedDrawer) -> None:
        """Asked for, and the lead finds that the receipt was right."""
        self.asked_void(drawer, accept=False)

    def _undo(self, drawer: SimulatedDrawer, receipt: Taken) -> None:
        drawer.take(receipt.money)
        self._sums.add(receipt.money, -1)
        self._sums.voids += 1

    def wrong_tender(self, drawer: SimulatedDrawer) -> None:
        """A check that was keyed as cash."""
        receipt = self._water(drawer, "cash")
        cents = receipt.money.cash_cents
        right = (self._street.tender("check", cents),)
        wrong = WrongTender(tender=1, amount_cents=cents)
        self._do(
            CorrectTender(by=drawer.cashier, number=receipt.number, wrong=wrong, right=right, reason="it was a check")
        )
        for money, put, sign in (
            (Money(0, cash_cents=cents), drawer.take, -1),
            (Money(0, checks=(cents,)), drawer.put, 1),
        ):
            put(money)
            self._sums.add(money, sign)

    def moved(self, drawer: SimulatedDrawer) -> None:
        """Paid on the neighbor's account, moved by lead and supervisor."""
        receipt = self._water(drawer)
        assert receipt.ticket.account is not None
        target = self._street.other_account(receipt.ticket.account)
        reason = "paid on the neighbor's account"
        self._do(
            MovePayment(by=LEAD, approver=SUPERVISOR, number=receipt.number, line=1, to_account=target, reason=reason)
        )

    def unapplied(self, drawer: SimulatedDrawer) -> None:
        """A check in the drop box without a stub; the account is found within the hour."""
        ticket = self._street.water()
        tenders = (self._street.tender("check", ticket.total_cents),)
        done = self._do(
            TakeUnapplied(by=drawer.cashier, tenders=tenders, known="a check in the drop box without a stub")
        )
        self._book(drawer, taken(ticket, tenders, done))
        line = LineAsked(fee="UB-PMT", account=ticket.account, amount_cents=ticket.total_cents)
        reason = "the payor called"
        self._do(ClearUnapplied(by=drawer.cashier, approver=LEAD, number=done.number, lines=(line,), reason=reason))

    def overpaid(self, drawer: SimulatedDrawer) -> None:
        """A check over the ticket becomes a credit of the account."""
        ticket = self._street.water()
        over = self._rng.randrange(1, 40) * 100
        self._take(drawer, ticket, (self._street.tender("check", ticket.total_cents + over),))

    def copied(self, drawer: SimulatedDrawer) -> None:
        """The customer wants the receipt once more."""
        self._do(CopyReceipt(by=drawer.cashier, number=self._sell(drawer).number))

    def cash_refund(self, _drawer: SimulatedDrawer) -> None:
        """Paid at the first drawer; the second gives it back once that is closed."""
        ticket = self._street.court()
        tenders = (self._street.tender("cash", ticket.total_cents),)
        self._refunds.append(self._take(self._drawers[0], ticket, tenders))

    def refund_request(self, _drawer: SimulatedDrawer) -> None:
        """Cash that was paid twice; accounts payable sends a warrant."""
        self._requests.append(self._water(self._drawers[0], "cash"))

    def held_check(self, drawer: SimulatedDrawer) -> None:
        """A check that the bank shall see a day later."""
        receipt = self._water(drawer, "check")
        if not self._last:
            self._hold.append(receipt)

    def drop(self, drawer: SimulatedDrawer) -> None:
        """Twenties go to the safe."""
        receipt = self._water(drawer, "cash")
        twenties = receipt.money.cash_cents // 2_000
        if twenties:
            count, bag = {"2000": twenties}, f"DROP-{receipt.number}"
            self._do(DropCash(by=drawer.cashier, approver=LEAD, drawer=drawer.drawer, count=count, bag=bag))
            drawer.cash_cents -= 2_000 * twenties

    # Exceptions beside the payments

    def bring(self, drawer: SimulatedDrawer) -> None:
        """Rolls of quarters come from the safe."""
        self._do(BringCash(by=drawer.cashier, approver=LEAD, drawer=drawer.drawer, count=QUARTERS))
        drawer.bring(QUARTERS)

    def no_sale(self, drawer: SimulatedDrawer) -> None:
        """Change for a parking meter."""
        self._do(NoSale(by=drawer.cashier, reason="change for the parking meter"))

    def abandoned(self, drawer: SimulatedDrawer) -> None:
        """A ticket without payment."""
        lines = self._street.ticket().lines
        self._do(AbandonSale(by=drawer.cashier, lines=lines, reason="the customer left for the checkbook"))

    # The evening

    def _close(self, drawer: SimulatedDrawer, missing_cents: Cents = 0, *, wrong_cents: Cents = 0) -> None:
        self._do(
            CloseDrawer(
                by=drawer.cashier,
                drawer=drawer.drawer,
                count=drawer.pieces(missing_cents + wrong_cents),
                checks=tuple(drawer.checks),
                cards_cents=drawer.cards_cents,
            )
        )

    def _pay_back(self, drawer: SimulatedDrawer) -> None:
        """Refunds of receipts of the drawer that was just closed: small cash at once, the rest by request."""
        for receipt in self._refunds:
            cents = receipt.money.cash_cents
            if drawer.surplus_cents >= cents:
                self._do(self._refund(drawer.cashier, LEAD, receipt, "it rained"))
                drawer.cash_cents -= cents
                self._sums.add(Money(cents, cash_cents=cents), -1)
        for receipt in self._requests:
            self._do(self._refund(LEAD, SUPERVISOR, receipt, "paid by the bank as well"))
            self._sums.total_cents -= receipt.money.total_cents

    def _refund(self, by: str, approver: str, receipt: Taken, reason: str) -> RefundReceipt:
        how: How = "cash" if receipt in self._refunds else "request"
        return RefundReceipt(by=by, approver=approver, number=receipt.number, reason=reason, how=how)

    def _small_difference(self, drawer: SimulatedDrawer) -> Cents:
        """Now and then a drawer is some cents over or short."""
        if self._rng.random() >= OVER_SHORT_SHARE:
            return 0
        return min(self._rng.choice((-100, -25, -1, 1, 10, 25, 100, 1_000)), drawer.surplus_cents)

    def _verify(
        self,
        drawer: SimulatedDrawer,
        missing_cents: Cents,
        *,
        accept: bool = True,
        words: str = "counted twice by both; nothing found",
    ) -> None:
        """The lead counts what is there; cents that are missing (below 0: too much) are over/short."""
        if missing_cents > drawer.surplus_cents:
            missing_cents = 0
        verdict = self._do(
            VerifyDrawer(
                by=LEAD,
                session=drawer.session,
                count=drawer.pieces(missing_cents),
                checks=tuple(drawer.checks),
                cards_cents=drawer.cards_cents,
                accept=accept,
                explanation=words if missing_cents or not accept else None,
            )
        )
        assert verdict.over_short_cents == -missing_cents, (drawer.drawer, verdict)
        assert not verdict.mix_differs, (drawer.drawer, verdict)
        if accept:
            self._sums.over_short_cents -= missing_cents

    def _deposit(self) -> None:
        """Both drawers in one bag, with the check that was held yesterday, without the one held today."""
        act = MakeDeposit(
            by=SUPERVISOR,
            sessions=tuple(drawer.session for drawer in self._drawers),
            items=tuple(HeldItem(number=number) for number in self._sums.held),
            hold=tuple(Hold(number=receipt.number, reason="the bank's copy is unreadable") for receipt in self._hold),
            bag=f"BAG-{self._drawers[0].session}",
            bank="OPERATING",
        )
        self._sums.held = [receipt.number for receipt in self._hold]
        if all(not drawer.surplus_cents and not drawer.checks for drawer in self._drawers) and not act.items:
            return
        made = self._do(act)
        self._do(SendDeposit(by=SUPERVISOR, deposit=made.deposit, courier=COURIER))
        self._sums.deposits.append(DayDone(made.deposit, made.cash_cents, made.checks_cents, made.total_cents))


_WITH_A_PAYMENT: dict[str, Callable[[SimulatedDay, SimulatedDrawer], None]] = {
    "void": SimulatedDay.void,
    "asked void": SimulatedDay.asked_void,
    "rejected void": SimulatedDay.rejected_void,
    "wrong tender": SimulatedDay.wrong_tender,
    "moved payment": SimulatedDay.moved,
    "unapplied": SimulatedDay.unapplied,
    "overpaid check": SimulatedDay.overpaid,
    "copy": SimulatedDay.copied,
    "cash refund": SimulatedDay.cash_refund,
    "refund request": SimulatedDay.refund_request,
    "held check": SimulatedDay.held_check,
    "drop": SimulatedDay.drop,
}
_BESIDE: dict[str, Callable[[SimulatedDay, SimulatedDrawer], None]] = {
    "bring": SimulatedDay.bring,
    "no sale": SimulatedDay.no_sale,
    "abandoned sale": SimulatedDay.abandoned,
}
EXCEPTIONS = (*_WITH_A_PAYMENT, *_BESIDE, "shortage", "recount")
"""What happens beside the plain payment; a week has each of them."""
