"""From verified drawers to the bank: make up the bag, send it, and let finance confirm what the bank credited."""

from typing import Literal

from counter_app.domain import count as counts
from counter_app.domain import deposit as deposits
from counter_app.domain import events
from counter_app.domain.days import parse_day
from counter_app.domain.deposit import Deposit, VerifiedSession
from counter_app.domain.drawer import RecordedCheck, SessionState, state_in_words
from counter_app.domain.events import DepositCheck, DepositPart, HeldCheck
from counter_app.domain.ledger import post
from counter_app.domain.money import MOST_CENTS, Cents
from counter_app.domain.refused import Refused, WrongAct
from counter_app.domain.rights import Right
from counter_app.domain.said import say
from counter_app.domain.sale import Given
from counter_app.services.acting import Act, Desk, Done, acting
from counter_app.services.station import Station
from db.queries import deposits as register
from db.queries import drawers


class Hold(Given, frozen=True, kw_only=True):
    """A check that does not go, named by its receipt, and why."""

    number: str
    reason: str


class HeldItem(Given, frozen=True, kw_only=True):
    """A check that an earlier deposit held, named by its receipt."""

    number: str


class MakeDeposit(Act, frozen=True, kw_only=True):
    """Verified sessions into one bag; `items` are checks held earlier, by receipt, that go now; `hold` stay behind."""

    sessions: tuple[str, ...]
    items: tuple[HeldItem | str, ...] = ()
    hold: tuple[Hold, ...] = ()
    bag: str
    bank: str


class DepositMade(Done, frozen=True, kw_only=True):
    """The slip's figures."""

    deposit: str
    cash_cents: Cents
    checks_cents: Cents
    check_count: int
    total_cents: Cents
    pieces: dict[str, int]


class SendDeposit(Act, frozen=True, kw_only=True):
    """The bag goes with a courier."""

    deposit: str
    courier: str


class PartGiven(Given, frozen=True, kw_only=True):
    """What the bank credited for a part."""

    part: Literal["cash", "coin", "checks", "scanned"]
    cents: Cents
    bank_date: str
    reference: str


class ConfirmDeposit(Act, frozen=True, kw_only=True):
    """Finance saw the bank's credit."""

    deposit: str
    parts: tuple[PartGiven, ...]


class DepositConfirmed(Done, frozen=True, kw_only=True):
    """Bank less slip."""

    difference_cents: Cents


class CorrectDeposit(Act, frozen=True, kw_only=True):
    """A linked record that explains a difference; slip and drawers stay as they were."""

    deposit: str
    reason: str
    kind: Literal["count", "counterfeit", "missing check", "encoding", "damaged note", "other"] = "other"
    cents: Cents = 0
    reference: str | None = None


def make_deposit(station: Station, act: MakeDeposit) -> DepositMade:
    """Make up a deposit: every check intact or held with a reason, cash as the verified pieces."""
    with acting(station, act) as desk:
        desk.demand(Right.DEPOSIT)
        _refuse_bag(desk, act)
        sessions = [_verified(desk, name) for name in act.sessions]
        held = {hold.number: hold.reason for hold in act.hold}
        going = deposits.gather_checks(sessions, held) + _earlier(desk, act)
        pieces = deposits.gather_pieces(sessions)
        cash, checks = counts.total(pieces), sum(check.cents for check in going)
        if not going and not cash:
            raise Refused(say("There is nothing to deposit."))
        number = desk.unit.number("deposit")
        moves = deposits.bagged(number, cash, checks)
        entry = desk.unit.record(
            events.DepositMade(
                deposit=number,
                bank=act.bank,
                bag=act.bag.strip(),
                sessions=act.sessions,
                pieces=pieces,
                cash_cents=cash,
                checks=tuple(DepositCheck(c.number, c.tender, c.kind, c.reference, c.cents) for c in going),
                held=_held(desk, sessions, held),
                checks_cents=checks,
                total_cents=cash + checks,
                movements=moves,
                postings=post(moves),
            ),
            business_date=desk.today.isoformat(),
            sealing=desk.seal,
        )
    return DepositMade(
        seq=entry.seq,
        deposit=number,
        cash_cents=cash,
        checks_cents=checks,
        check_count=len(going),
        total_cents=cash + checks,
        pieces=pieces,
    )


def _refuse_bag(desk: Desk, act: MakeDeposit) -> None:
    if not act.sessions and not act.items:
        raise Refused(say("A deposit needs at least one verified drawer, or a check that was held."))
    if len(set(act.sessions)) != len(act.sessions):
        raise Refused(say("A drawer is named twice."))
    if desk.city.bank(act.bank) is None:
        raise Refused(
            say(
                "There is no bank account {bank}; the city has {names}.",
                bank=act.bank[:20],
                names=", ".join(b.code for b in desk.city.banks),
            )
        )
    if not act.bag.strip():
        raise Refused(say("Scan or type the serial of the bag."))
    if register.is_bag_used(desk.connection, act.bag.strip()):
        raise Refused(say("Bag {bag} was used before; a serial is never used twice.", bag=act.bag.strip()[:30]))


def _verified(desk: Desk, name: str) -> VerifiedSession:
    session = desk.session(name)
    if session.state == SessionState.DEPOSITED:
        raise Refused(say("Drawer session {name} is in deposit {deposit} already.", name=name, deposit=session.deposit))
    if session.state != SessionState.VERIFIED:
        raise Refused(
            say(
                "Drawer session {name} is {state}; only verified drawers are deposited.",
                name=name,
                state=state_in_words(session.state),
            )
        )
    pieces, pile = drawers.verified_pile(desk.connection, name)
    recorded = drawers.recorded_checks(desk.connection, name)
    return VerifiedSession(session=name, pieces=pieces, recorded=recorded, counted=pile)


def _earlier(desk: Desk, act: MakeDeposit) -> list[RecordedCheck]:
    found: list[RecordedCheck] = []
    numbers = [item if isinstance(item, str) else item.number for item in act.items]
    if len(set(numbers)) != len(numbers):
        raise Refused(say("A held check is named twice."))
    for number in numbers:
        checks = register.held_check(desk.connection, number)
        if not checks:
            raise Refused(say("No check of receipt {number} is held.", number=number[:20]))
        found.extend(checks)
    return found


def _held(desk: Desk, sessions: list[VerifiedSession], held: dict[str, str]) -> tuple[HeldCheck, ...]:
    kept = [check for session in sessions for check in session.recorded if check.number in held]
    return tuple(
        HeldCheck(check.number, check.tender, check.cents, desk.reason(held[check.number], f"held.{index}.reason"))
        for index, check in enumerate(kept)
    )


def send_deposit(station: Station, act: SendDeposit) -> Done:
    """Hand the bag to its courier."""
    with acting(station, act) as desk:
        desk.demand(Right.DEPOSIT)
        deposit = _deposit(desk, act.deposit)
        if deposit.state != "made":
            raise Refused(
                say(
                    "Deposit {deposit} is {state} already.",
                    deposit=deposit.deposit,
                    state=deposits.state_in_words(deposit.state),
                )
            )
        moves = deposits.sent(deposit)
        entry = desk.unit.record(
            events.DepositSent(
                deposit=deposit.deposit,
                courier=desk.reason(act.courier, "courier"),
                movements=moves,
                postings=post(moves),
            ),
            business_date=desk.today.isoformat(),
            sealing=desk.seal,
        )
    return Done(seq=entry.seq)


def confirm_deposit(station: Station, act: ConfirmDeposit) -> DepositConfirmed:
    """Record the bank's credit; a difference goes to its own account and waits for its correction."""
    with acting(station, act) as desk:
        desk.demand(Right.BANK)
        deposit = _deposit(desk, act.deposit)
        if deposit.prepared_by == desk.actor.person:
            raise Refused(say("Who prepared a deposit does not confirm it."))
        if deposit.state != "sent":
            raise Refused(
                say(
                    "Deposit {deposit} is {state}; only a sent deposit is confirmed.",
                    deposit=deposit.deposit,
                    state=deposits.state_in_words(deposit.state),
                )
            )
        parts = tuple(_part(part) for part in act.parts)
        if not parts:
            raise Refused(say("Say what the bank credited."))
        credited = sum(part.cents for part in parts)
        moves = deposits.confirmed(deposit, parts)
        entry = desk.unit.record(
            events.DepositConfirmed(
                deposit=deposit.deposit,
                parts=parts,
                credited_cents=credited,
                difference_cents=credited - deposit.total_cents,
                movements=moves,
                postings=post(moves),
            ),
            business_date=desk.today.isoformat(),
        )
    return DepositConfirmed(seq=entry.seq, difference_cents=credited - deposit.total_cents)


def _part(given: PartGiven) -> DepositPart:
    if parse_day(given.bank_date) is None:
        raise WrongAct(say("A bank date is a day like 2026-11-23."))
    if not 0 <= given.cents <= MOST_CENTS:
        raise Refused(say("A bank credits nothing or more, and no absurd amount."))
    return DepositPart(given.part, given.cents, given.bank_date, given.reference)


def correct_deposit(station: Station, act: CorrectDeposit) -> Done:
    """Explain a deposit that differs."""
    with acting(station, act) as desk:
        desk.demand(Right.BANK)
        deposit = _deposit(desk, act.deposit)
        if abs(act.cents) > MOST_CENTS:
            raise Refused(say("No correction of a deposit is that large."))
        if deposit.state != "differs":
            raise Refused(
                say(
                    "Deposit {deposit} is {state}; there is no difference to correct.",
                    deposit=deposit.deposit,
                    state=deposits.state_in_words(deposit.state),
                )
            )
        entry = desk.unit.record(
            events.DepositCorrected(
                deposit=deposit.deposit,
                reason=desk.reason(act.reason),
                kind=act.kind,
                cents=act.cents,
                reference=desk.seal("reference", act.reference),
            ),
            business_date=desk.today.isoformat(),
            sealing=desk.seal,
        )
    return Done(seq=entry.seq)


def _deposit(desk: Desk, number: str) -> Deposit:
    found = register.deposit(desk.connection, number)
    if found is None:
        raise Refused(say("There is no deposit {number}.", number=number[:20]))
    return found
