"""A bank deposit: every check of its sessions intact, cash as the verified pieces, and custody until the bank
confirms."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import msgspec

from counter_app.domain import count as counts
from counter_app.domain.drawer import ChecksCounted, RecordedCheck
from counter_app.domain.events import DepositCheck, DepositPart
from counter_app.domain.ledger import (
    BANK_DIFFERENCE,
    UNDEPOSITED,
    Movement,
    bag_place,
    bank_place,
    transit_place,
)
from counter_app.domain.money import Cents, usd
from counter_app.domain.refused import Refused
from counter_app.domain.said import Said, say, together

DepositState = Literal["made", "sent", "confirmed", "differs", "corrected"]


_STATES: Mapping[DepositState, Said] = {
    "made": say("made up"),
    "sent": say("sent"),
    "confirmed": say("confirmed by the bank"),
    "differs": say("different at the bank"),
    "corrected": say("corrected"),
}


def state_in_words(state: DepositState) -> Said:
    """How far a deposit is, within a sentence."""
    return _STATES[state]


class VerifiedSession(msgspec.Struct, frozen=True, kw_only=True):
    """What a deposit gathers of one session: verified pieces, the checks the books know, the checks the verifier
    counted."""

    session: str
    pieces: dict[str, int]
    recorded: tuple[RecordedCheck, ...]
    counted: ChecksCounted


class CustodyStep(msgspec.Struct, frozen=True, kw_only=True):
    """Who had the money when."""

    step: str
    at: str
    by: str
    detail: str


class Deposit(msgspec.Struct, frozen=True, kw_only=True):
    """A deposit as the books know it."""

    seq: int
    deposit: str
    business_date: str
    state: DepositState
    bank: str
    bag: str
    prepared_by: str
    pieces: dict[str, int]
    cash_cents: Cents
    checks_cents: Cents
    total_cents: Cents
    checks: tuple[DepositCheck, ...]
    sessions: tuple[str, ...]
    custody: tuple[CustodyStep, ...]


def gather_checks(sessions: Sequence[VerifiedSession], held: Mapping[str, str]) -> list[RecordedCheck]:
    """The checks that go into the bag: all but the held. Raises Refused when the verifier's pile differs, naming the
    receipt."""
    known = {check.number for session in sessions for check in session.recorded}
    for number in held:
        if number not in known:
            raise Refused(say("Receipt {number} has no check in these drawers that could be held.", number=number))
    going: list[RecordedCheck] = []
    for session in sessions:
        kept_back = [check for check in session.recorded if check.number in held]
        goes = [check for check in session.recorded if check.number not in held]
        _intact(session, goes, kept_back)
        going.extend(goes)
    return going


def _intact(session: VerifiedSession, goes: list[RecordedCheck], held: list[RecordedCheck]) -> None:
    """The pile counted is the checks that go, with or without those that are held."""
    pile = session.counted
    if pile.amounts is None:
        sums = {(len(goes), sum(c.cents for c in goes)), (len(goes) + len(held), sum(c.cents for c in (*goes, *held)))}
        if (pile.count, pile.total_cents) not in sums:
            names = ", ".join(f"{c.number} {usd(c.cents)}" for c in goes[:8])
            raise Refused(
                say(
                    "Drawer {session}: {count} checks of {total} were counted, the receipts say {booked} of {sum}"
                    " ({names})."
                    " Correct, void or hold the one that is wrong.",
                    session=session.session,
                    count=pile.count,
                    total=usd(pile.total_cents),
                    booked=len(goes),
                    sum=usd(sum(c.cents for c in goes)),
                    names=names,
                )
            )
        return
    rest = Counter(pile.amounts)
    missing = [check for check in goes if not _take(rest, check.cents)]
    for check in held:
        _take(rest, check.cents)
    if missing:
        names = together(
            (say("receipt {number} ({amount})", number=c.number, amount=usd(c.cents)) for c in missing), ", "
        )
        raise Refused(
            say(
                "Drawer {session}: the check of {names} was not counted. Correct, void or hold it.",
                session=session.session,
                names=names,
            )
        )
    extra = sorted(rest.elements())
    if extra:
        names = ", ".join(usd(cents) for cents in extra)
        near = ", ".join(sorted({c.number for c in session.recorded})) or say("none")
        raise Refused(
            say(
                "Drawer {session}: a check of {names} was counted that no receipt has (receipts with checks: {near}).",
                session=session.session,
                names=names,
                near=near,
            )
        )


def _take(pile: "Counter[int]", cents: Cents) -> bool:
    if not pile[cents]:
        return False
    pile[cents] -= 1
    return True


def gather_pieces(sessions: Iterable[VerifiedSession]) -> dict[str, int]:
    """All pieces that go to the bank."""
    pieces: dict[str, int] = {}
    for session in sessions:
        pieces = counts.add(pieces, session.pieces)
    return pieces


def bagged(deposit: str, cash: Cents, checks: Cents) -> tuple[Movement, ...]:
    """From the safe into the bag."""
    moves = (
        Movement(UNDEPOSITED, bag_place(deposit), "cash", cash),
        Movement(UNDEPOSITED, bag_place(deposit), "check", checks),
    )
    return tuple(move for move in moves if move.cents)


def sent(deposit: Deposit) -> tuple[Movement, ...]:
    """The bag leaves with its courier."""
    return _through(deposit, bag_place(deposit.deposit), transit_place(deposit.bank))


def confirmed(deposit: Deposit, parts: Sequence[DepositPart]) -> tuple[Movement, ...]:
    """The bank credited; what it differs by has its own account: missing money is missing cash first."""
    difference = sum(part.cents for part in parts) - deposit.total_cents
    bank = bank_place(deposit.bank)
    moves = list(_through(deposit, transit_place(deposit.bank), bank))
    if difference > 0:
        moves.append(Movement(BANK_DIFFERENCE, bank, "cash", difference))
    elif difference < 0:
        cash = min(-difference, deposit.cash_cents)
        moves.append(Movement(bank, BANK_DIFFERENCE, "cash", cash))
        moves.append(Movement(bank, BANK_DIFFERENCE, "check", -difference - cash))
    return tuple(move for move in moves if move.cents)


def _through(deposit: Deposit, source: str, target: str) -> tuple[Movement, ...]:
    moves = (
        Movement(source, target, "cash", deposit.cash_cents),
        Movement(source, target, "check", deposit.checks_cents),
    )
    return tuple(move for move in moves if move.cents)
