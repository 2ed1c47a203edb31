"""A day at the drawer, in any order: the counter and an envelope with plain sums agree after every step.

After each step the places agree with the envelope (I5) and no act that was refused has left a trace; at the end the
journal, its numbers and its projections are proven (I3, I6), every receipt is there once with its state (I1, I2), and
every allocation ties (I4, I10 and I9's papers by their entries).
"""

import tempfile
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import assume, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.fakes.counter import ARREARS, IN_CREDIT, MONDAY, PAID_UP, WATER, Answer, copy_city, heap, make_city
from tests.properties.ledger_of_a_day import CASH_REFUND_LIMIT, Deposit, Envelope, Receipt, Session, Tender

T = TypeVar("T")
ACCOUNTS = {WATER: 12_000, ARREARS: 18_240, PAID_UP: 0, IN_CREDIT: 4_500}
CASHIERS = st.sampled_from(("maria", "ben"))
DRAWERS = st.sampled_from(("D1", "D2"))
KINDS = ("cash", "check", "card", "money_order")
LINE = st.one_of(
    st.tuples(st.sampled_from(sorted(ACCOUNTS)), st.integers(1, 15_000)),
    st.tuples(st.none(), st.integers(1, 50).map(lambda pages: 40 * pages)),
    st.just((None, 2_500)),
)
MORE = st.sampled_from((0, 0, 0, 1, 1_250, 5_000))
"""Handed over beyond what is due."""
COMES_BACK = {"check", "money_order"}


@cache
def _city() -> Path:
    """Made once for all days."""
    folder = Path(tempfile.mkdtemp(prefix="counter-city-")) / "city"
    make_city(folder)
    return folder


class DayAtTheDrawer(RuleBasedStateMachine):
    """Two cashiers, a lead, a supervisor and finance; a clock that jumps; a station that is closed and opened again."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory(prefix="counter-day-")
        self.counter = copy_city(_city(), Path(self.folder.name) / "counter")
        self.money = Envelope(now=MONDAY, balances=dict(ACCOUNTS))

    def teardown(self) -> None:
        """Whatever was played, it can be proven."""
        try:
            self.counter.prove()
            self._agree_on_receipts()
            self._allocations_tie()
            self._cash_of_all_places()
        finally:
            self.counter.close()
            self.folder.cleanup()

    @initialize(float_cents=st.sampled_from((10_000, 20_000)))
    def morning(self, float_cents: int) -> None:
        self.open("D1", "maria", float_cents)

    @precondition(lambda self: self._somebody_may_open())
    @rule(drawer=DRAWERS, cashier=CASHIERS, float_cents=st.sampled_from((0, 5_025, 20_000)))
    def open(self, drawer: str, cashier: str, float_cents: int) -> None:
        m = self.money
        may = m.uncounted(drawer) is None and m.open_session(cashier) is None
        done = self._ask(may, "open_drawer", cashier, drawer=drawer, count=heap(float_cents))
        if done:
            m.issued += max(0, float_cents - m.floats[drawer])
            m.floats[drawer] = max(0, m.floats[drawer] - float_cents)
            m.sessions.append(Session(done["session"], drawer, cashier, m.today, float_cents, float_cents))

    @precondition(lambda self: self._somebody_takes_money())
    @rule(
        data=st.data(),
        lines=st.lists(LINE, min_size=2, max_size=4),
        kinds=st.lists(st.sampled_from(KINDS), min_size=2, max_size=3),
        cut=st.integers(1, 99),
        more=MORE,
    )
    def pay(
        self, data: st.DataObject, lines: list[tuple[str | None, int]], kinds: list[str], cut: int, more: int
    ) -> None:
        self._pay(self._cashier(data), lines, kinds, cut, more)

    @precondition(lambda self: self._somebody_takes_money())
    @rule(data=st.data(), line=LINE, kind=st.sampled_from(KINDS), more=MORE)
    def pay_one(self, data: st.DataObject, line: tuple[str | None, int], kind: str, more: int) -> None:
        self._pay(self._cashier(data), [line], [kind], 100, more)

    def _pay(self, cashier: str, lines: list[tuple[str | None, int]], kinds: list[str], cut: int, more: int) -> None:
        m = self.money
        total = sum(cents for _, cents in lines)
        amounts = _split(total, len(kinds), cut)
        assume(all(cents > 0 for cents in amounts))
        account = next((a for a, _ in reversed(lines) if a), None)
        over = next((i for i in reversed(range(len(kinds))) if kinds[i] == "cash"), None)
        if over is None and account:
            over = next((i for i in reversed(range(len(kinds))) if kinds[i] in COMES_BACK), None)
        if over is None:
            more = 0
        handed = [amount + (more if i == over else 0) for i, amount in enumerate(amounts)]
        session = m.open_session(cashier)
        done = self._ask(
            session is not None,
            "take_payment",
            cashier,
            lines=[_line(a, cents) for a, cents in lines],
            tenders=[{"kind": kind, "amount_cents": cents} for kind, cents in zip(kinds, handed, strict=True)],
        )
        if not done:
            return
        assert session is not None
        credit = more if over is not None and kinds[over] != "cash" else 0
        assert (done["total_cents"], done["change_cents"], done["credit_cents"]) == (total, more - credit, credit)
        tenders = {i + 1: Tender(kind, amounts[i]) for i, kind in enumerate(kinds)}
        if credit and over is not None:
            tenders[over + 1] = Tender(kinds[over], amounts[over] + credit, credit)
        receipt = Receipt(done["number"], session, lines, tenders, account if credit else None)
        for tender in tenders.values():
            m.put(session, tender, tender.kept)
        self._owe(receipt, -1)
        session.receipts.append(receipt)
        m.receipts.append(receipt)

    @precondition(lambda self: self.money.receipts)
    @rule(data=st.data(), asked=st.booleans())
    def void(self, data: st.DataObject, asked: bool) -> None:
        receipt = self._some(data, self.money.receipts)
        session = receipt.session
        may = receipt.state == "taken" and not receipt.asked and session.takes_money(self.money.today)
        if not asked:
            may = may and session.cash >= receipt.of_kind("cash")
        second = {"asked": True} if asked else {"approver": "lee"}
        if self._ask(may, "void_receipt", session.cashier, number=receipt.number, reason="wrong", **second):
            if asked:
                receipt.asked = True
            else:
                self._undo(receipt)

    @precondition(lambda self: any(r.asked for r in self.money.receipts))
    @rule(data=st.data(), accept=st.booleans())
    def decide(self, data: st.DataObject, accept: bool) -> None:
        receipt = self._some(data, [r for r in self.money.receipts if r.asked])
        may = not accept or receipt.session.cash >= receipt.of_kind("cash")
        if self._ask(may, "decide_void", "lee", number=receipt.number, accept=accept):
            receipt.asked = False
            if accept:
                self._undo(receipt)

    @precondition(lambda self: self.money.receipts)
    @rule(data=st.data(), kind=st.sampled_from(KINDS), part=st.integers(1, 4))
    def correct(self, data: st.DataObject, kind: str, part: int) -> None:
        m = self.money
        receipt = self._some(data, m.receipts)
        session = receipt.session
        number = data.draw(st.sampled_from(sorted(receipt.tenders)))
        tender = receipt.tenders[number]
        cents = tender.applied // part
        assume(cents)
        may = receipt.state == "taken" and not receipt.asked and session.state != "deposited"
        may = may and (session.state != "open" or session.date >= m.today)
        if tender.kind == "cash" and session.state != "verified":
            may = may and session.cash >= cents
        done = self._ask(
            may, "correct_tender", session.cashier, approver="lee", number=receipt.number, reason="miskeyed",
            to=[{"kind": kind, "amount_cents": cents}], **{"from": {"tender": number, "amount_cents": cents}},
        )  # fmt: skip
        if done:
            m.put(session, tender, -cents)
            tender.kept -= cents
            new = Tender(kind, cents)
            receipt.tenders[max(receipt.tenders) + 1] = new
            m.put(session, new, cents)

    @precondition(lambda self: any(a for r in self.money.receipts for a, _ in r.lines))
    @rule(data=st.data(), to_account=st.sampled_from(sorted(ACCOUNTS)))
    def move(self, data: st.DataObject, to_account: str) -> None:
        receipt = self._some(data, [r for r in self.money.receipts if any(a for a, _ in r.lines)])
        line = data.draw(st.sampled_from([i for i, (account, _) in enumerate(receipt.lines) if account]))
        account, cents = receipt.lines[line]
        may = receipt.state == "taken" and not receipt.asked and account != to_account
        if self._ask(
            may, "move_payment", "lee", approver="ana", number=receipt.number, line=line + 1, to_account=to_account,
            reason="misread",
        ):  # fmt: skip
            assert account is not None
            receipt.lines = [*receipt.lines[:line], (to_account, cents), *receipt.lines[line + 1 :]]
            self.money.balances[account] += cents
            self.money.balances[to_account] -= cents
            if receipt.credit_account == account and account not in [a for a, _ in receipt.lines]:
                credit = sum(tender.credit for tender in receipt.tenders.values())
                self.money.balances[account] += credit
                self.money.balances[to_account] -= credit
                receipt.credit_account = to_account

    @precondition(lambda self: any(r.session.state != "open" for r in self.money.receipts))
    @rule(data=st.data(), how=st.sampled_from(("cash", "card", "request", "credit")))
    def refund(self, data: st.DataObject, how: str) -> None:
        m = self.money
        cashier = self._cashier(data)
        receipt = self._some(data, [r for r in m.receipts if r.session.state != "open"])
        kinds, own = receipt.kinds(), m.open_session(cashier)
        may = receipt.state == "taken" and not receipt.asked
        if how == "cash":
            may = may and own is not None and own.cash >= receipt.total and kinds == {"cash"}
            may = may and receipt.session.date == m.today and receipt.total <= CASH_REFUND_LIMIT
        may = may and (how != "card" or kinds == {"card"})
        may = may and (how != "credit" or all(account for account, _ in receipt.lines))
        may = may and (how != "request" or not kinds & COMES_BACK)
        by = cashier if cashier != receipt.session.cashier or how == "cash" else "lee"
        second = "ana" if by == "lee" else "lee"
        if self._ask(may, "refund_receipt", by, approver=second, number=receipt.number, how=how, reason="not needed"):
            receipt.state = "refunded"
            for account, cents in receipt.lines:
                if account and how != "credit":
                    m.balances[account] += cents
            m.card -= receipt.total if how == "card" else 0
            if how == "cash" and own is not None:
                own.cash -= receipt.total

    @precondition(lambda self: self._somebody_takes_money())
    @rule(data=st.data(), cents=st.sampled_from((2_000, 10_000)), drops=st.booleans())
    def carry(self, data: st.DataObject, cents: int, drops: bool) -> None:
        m = self.money
        cashier = self._cashier(data)
        session = m.open_session(cashier)
        drawer = session.drawer if session else "D1"
        uncounted = m.uncounted(drawer)
        may = session is not None and session.drawer == drawer and uncounted is session
        may = may and session is not None and (not drops or session.cash >= cents)
        act = "drop_cash" if drops else "bring_cash"
        if self._ask(may, act, cashier, approver="lee", drawer=drawer, count=heap(cents)):
            assert session is not None
            session.cash += -cents if drops else cents
            if drops:
                session.dropped += cents
                m.safe += cents
            else:
                session.brought += cents
                m.issued += max(0, cents - m.change_fund)
                m.change_fund = max(0, m.change_fund - cents)

    @precondition(lambda self: any(s.state in ("open", "recount") for s in self.money.sessions))
    @rule(data=st.data(), counted=st.integers(0, 40_000), again=st.integers(0, 9), busy=st.integers(0, 2))
    def close(self, data: st.DataObject, counted: int, again: int, busy: int) -> None:
        session = self._some(data, [s for s in self.money.sessions if s.state in ("open", "recount")])
        if len(session.receipts) < busy and session.takes_money(self.money.today):
            return
        cashier, drawer = ("ben" if again == 9 else session.cashier), session.drawer
        own = [s for s in self.money.sessions if s.drawer == drawer and s.cashier == cashier]
        waiting = [s for s in own if s.state in ("open", "recount")]
        may = bool(waiting)
        done = self._ask(may, "close_drawer", cashier, drawer=drawer, count=heap(counted), checks=[])
        if done:
            assert done["session"] == waiting[0].name
            waiting[0].state = "closed"

    @precondition(lambda self: any(s.state == "closed" for s in self.money.sessions))
    @rule(data=st.data(), wrong=st.sampled_from((0, 0, 0, -500, 100)), accept=st.sampled_from((True, True, False)))
    def verify(self, data: st.DataObject, wrong: int, accept: bool) -> None:
        m = self.money
        session = self._some(data, [s for s in m.sessions if s.state == "closed"])
        cash = max(0, session.cash + wrong)
        keep = min(cash, session.float_cents + session.brought)
        may = not any(r.asked for r in session.receipts) and (accept or not session.recounts)
        done = self._ask(
            may, "verify_drawer", "lee", session=session.name, count=_heaps(keep, cash - keep),
            checks=session.checks(), accept=accept, explanation="as counted",
        )  # fmt: skip
        if not done:
            return
        assert done["over_short_cents"] == cash - session.cash
        assert done["expected_cents"]["cash"] == session.cash
        assert done["mix_differs"] is False
        if not accept:
            session.state, session.recounts = "recount", 1
            return
        to_fund = min(session.brought, max(0, keep - session.float_cents))
        session.over_short = cash - session.cash
        session.pile, session.bag_cash = session.checks(), cash - keep + session.dropped
        session.cash, session.state = 0, "verified"
        m.floats[session.drawer] += keep - to_fund
        m.change_fund += to_fund
        m.safe += cash - keep + sum(session.pile)

    @precondition(lambda self: any(s.state == "verified" for s in self.money.sessions))
    @rule()
    def deposit(self) -> None:
        m = self.money
        ready = [s for s in m.sessions if s.state == "verified"]
        cash, checks = sum(s.bag_cash for s in ready), sum(sum(s.pile) for s in ready)
        may = cash + checks > 0 and all(s.pile == s.checks() for s in ready)
        done = self._ask(
            may, "make_deposit", "ana", sessions=[s.name for s in ready], bag=f"B-{len(m.deposits)}", bank="OPERATING"
        )
        if done:
            assert (done["cash_cents"], done["checks_cents"]) == (cash, checks)
            assert done["check_count"] == sum(len(s.pile) for s in ready)
            m.deposits.append(Deposit(done["deposit"], cash, checks))
            m.safe -= cash + checks
            for session in ready:
                session.state = "deposited"

    @precondition(lambda self: any(d.state in ("made", "sent") for d in self.money.deposits))
    @rule(data=st.data(), differs=st.sampled_from((0, 0, -100, 100)))
    def to_the_bank(self, data: st.DataObject, differs: int) -> None:
        m = self.money
        bag = self._some(data, [d for d in m.deposits if d.state in ("made", "sent")])
        total = bag.cash + bag.checks
        if bag.state == "made":
            self._ask(True, "send_deposit", "ana", deposit=bag.number, courier="Valley")
            bag.state, m.transit = "sent", m.transit + total
            return
        credited = max(0, total + differs)
        part = {"part": "cash", "cents": credited, "bank_date": "2026-11-24", "reference": "1"}
        done = self._ask(True, "confirm_deposit", "fay", deposit=bag.number, parts=[part])
        assert done is not None
        assert done["difference_cents"] == credited - total
        bag.state, m.transit, m.bank = "confirmed", m.transit - total, m.bank + credited

    @rule(hours=st.sampled_from((-3, 1, 1, 1, 1, 1, 5, 24)))
    def clock(self, hours: int) -> None:
        self.money.now += timedelta(hours=hours)

    @rule()
    def night(self) -> None:
        """The station is closed and opened again."""
        self.counter.reopen()

    @invariant()
    def money_is_where_it_should_be(self) -> None:
        found = {place: cents for place, cents in self.counter.places().items() if cents}
        assert found == self.money.places()

    def _ask(self, may: bool, act: str, by: str, **fields: Any) -> Answer | None:
        """Done when it may be, refused with nothing changed when it may not."""
        fields["at"] = self.money.now.isoformat()
        if may:
            return self.counter.do(act, by, **fields)
        self.counter.refuse(act, by, **fields)
        return None

    def _somebody_takes_money(self) -> bool:
        return any(self.money.open_session(who) for who in ("maria", "ben"))

    def _somebody_may_open(self) -> bool:
        free = [drawer for drawer in ("D1", "D2") if self.money.uncounted(drawer) is None]
        return bool(free) and any(self.money.open_session(who) is None for who in ("maria", "ben"))

    def _cashier(self, data: st.DataObject) -> str:
        """Mostly somebody with an open drawer."""
        ready = [who for who in ("maria", "ben") if self.money.open_session(who)]
        return data.draw(st.sampled_from([*ready * 4, "maria", "ben"]))

    @staticmethod
    def _some(data: st.DataObject, things: list[T]) -> T:
        return data.draw(st.sampled_from(things))

    def _owe(self, receipt: Receipt, sign: int) -> None:
        """A receipt pays (−1) its accounts, or its void (1) makes them owe again."""
        for account, cents in receipt.lines:
            if account:
                self.money.balances[account] += sign * cents
        if receipt.credit_account:
            credit = sum(tender.credit for tender in receipt.tenders.values())
            self.money.balances[receipt.credit_account] += sign * credit

    def _undo(self, receipt: Receipt) -> None:
        for tender in receipt.tenders.values():
            self.money.put(receipt.session, tender, -tender.kept)
        receipt.state = "voided"
        self._owe(receipt, 1)

    def _agree_on_receipts(self) -> None:
        told = self.counter.rows("SELECT number, state, total_cents FROM receipts ORDER BY number")
        assert told == [(r.number, r.state, r.total) for r in self.money.receipts]
        assert [r.number for r in self.money.receipts] == [f"A1-{i + 1:06d}" for i in range(len(told))]
        for account, balance in self.money.balances.items():
            assert self.counter.show("account", account)["balance_cents"] == balance
        papers = self.counter.rows("SELECT number, count(*) FROM spool WHERE document = 'receipt' GROUP BY number")
        assert papers == [(r.number, 1) for r in self.money.receipts]

    def _allocations_tie(self) -> None:
        """Σ allocations of a tender = what it pays, of a line = its amount, while the receipt stands."""
        for receipt in self.money.receipts:
            shown = self.counter.show("receipt", receipt.number)
            paid = shown["allocations"]
            if receipt.state != "taken":
                assert paid == []
                continue
            by_tender = {n: sum(a["cents"] for a in paid if a["tender"] == n) for n in receipt.tenders}
            assert by_tender == {n: tender.applied for n, tender in receipt.tenders.items()}
            by_line = [sum(a["cents"] for a in paid if a["line"] == n + 1) for n in range(len(receipt.lines))]
            assert by_line == [cents for _, cents in receipt.lines]
            assert sum(share["amount_cents"] for share in shown["distribution"]) == receipt.total

    def _cash_of_all_places(self) -> None:
        """Σ cash places = floats and change issued + cash taken − refunds ± over/short ± bank differences."""
        inside = self._sum("target NOT IN ({0})") - self._sum("source NOT IN ({0})")
        taken = self._sum("source = 'customers'") - self._sum("target = 'customers'")
        over_short = self._sum("source = 'over/short'") - self._sum("target = 'over/short'")
        bank = self._sum("source = 'bank difference'") - self._sum("target = 'bank difference'")
        assert inside == self.money.issued + taken + over_short + bank

    def _sum(self, where: str) -> int:
        outside = "'customers', 'treasury', 'over/short', 'bank difference', 'refund requests'"
        sql = f"SELECT COALESCE(SUM(cents), 0) FROM movement WHERE kind = 'cash' AND {where.format(outside)}"
        return int(self.counter.rows(sql)[0][0])


def _split(total: int, parts: int, cut: int) -> list[int]:
    """`total` in so many parts."""
    amounts = [max(1, total * cut // 100 // parts) for _ in range(parts - 1)]
    return [*amounts, total - sum(amounts)]


def _line(account: str | None, cents: int) -> Answer:
    if account:
        return {"fee": "UB-PMT", "account": account, "amount_cents": cents}
    return {"fee": "PD-RPT"} if cents == 2_500 else {"fee": "CK-COPY", "quantity": cents // 40}


def _heaps(keep: int, rest: int) -> dict[str, int]:
    """Pieces of which some make exactly what is kept."""
    one, other = heap(keep), heap(rest)
    return {piece: one.get(piece, 0) + other.get(piece, 0) for piece in one | other}


class ManyDays(DayAtTheDrawer):
    """As many steps as a night has room for."""


TestDay = DayAtTheDrawer.TestCase
TestDay.settings = settings(max_examples=25, stateful_step_count=50)
TestManyDays = pytest.mark.nightly(ManyDays.TestCase)
TestManyDays.settings = settings(max_examples=1_000, stateful_step_count=100)
