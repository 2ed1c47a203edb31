"""A drawer's session: what should be in it, how it is counted twice, what stays and what goes to the bank."""

from collections import Counter
from collections.abc import Mapping, Sequence
from enum import StrEnum

import msgspec

from counter_app.domain import count as counts
from counter_app.domain.count import Count
from counter_app.domain.events import ByTender
from counter_app.domain.ledger import (
    CHANGE_FUND,
    OVER_SHORT,
    UNDEPOSITED,
    Movement,
    drawer_place,
    float_place,
)
from counter_app.domain.money import MOST_CENTS, Cents, usd
from counter_app.domain.refused import Refused
from counter_app.domain.said import Said, say

MOST_CHECKS = 10_000
"""A drawer with more checks is no drawer."""


class SessionState(StrEnum):
    """How far a session is."""

    OPEN = "open"
    CLOSED = "closed"
    RECOUNT = "recount"
    VERIFIED = "verified"
    DEPOSITED = "deposited"


_STATES: Mapping[SessionState, Said] = {
    SessionState.OPEN: say("open"),
    SessionState.CLOSED: say("closed"),
    SessionState.RECOUNT: say("being counted again"),
    SessionState.VERIFIED: say("verified"),
    SessionState.DEPOSITED: say("deposited"),
}


def state_in_words(state: SessionState) -> Said:
    """How far a session is, within a sentence."""
    return _STATES[state]


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """A drawer in one person's hands for one business date; `keep` and `recounts` tell of counts already made."""

    session: str
    drawer: str
    cashier: str
    business_date: str
    opened: str
    float_cents: Cents
    state: SessionState
    keep: dict[str, int] | None = None
    recounts: int = 0
    forced: bool = False
    over_short_cents: Cents | None = None
    deposit: str | None = None


class RecordedCheck(msgspec.Struct, frozen=True, kw_only=True):
    """A check or money order that the session's receipts say is in the drawer."""

    number: str
    tender: int
    kind: str
    reference: str
    cents: Cents
    endorsed: bool


class Till(msgspec.Struct, frozen=True, kw_only=True):
    """What the books say of a session's money; never shown to its cashier before the verifier's count is locked."""

    expected: ByTender
    checks: tuple[RecordedCheck, ...]
    cards: int
    brought_cents: Cents
    dropped: dict[str, int]
    dropped_cents: Cents
    asked_voids: tuple[str, ...]


class ChecksCounted(msgspec.Struct, frozen=True):
    """A pile of checks: each amount, or only their number and sum."""

    amounts: tuple[Cents, ...] | None
    count: int
    total_cents: Cents


class CountAndTotal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A pile of checks of which only number and sum are known."""

    count: int
    total_cents: Cents


def read_checks(given: "tuple[Cents, ...] | CountAndTotal") -> ChecksCounted:
    """The pile as an act gives it; Refused for amounts that no pile has."""
    if isinstance(given, CountAndTotal):
        if not (0 <= given.count <= MOST_CHECKS and 0 <= given.total_cents <= MOST_CENTS):
            raise Refused(say("That is no pile of checks; count them again."))
        return ChecksCounted(None, given.count, given.total_cents)
    if len(given) > MOST_CHECKS or not all(0 < cents <= MOST_CENTS for cents in given):
        raise Refused(say("A check in a count is more than nothing, and an amount that a check can have."))
    return ChecksCounted(tuple(sorted(given)), len(given), sum(given))


def check_keep(keep: Count | None, heap: Count) -> dict[str, int] | None:
    """What is kept must be among what was counted."""
    if keep is None:
        return None
    kept = counts.check_count(keep)
    if counts.take(heap, kept) is None:
        raise Refused(say("What is kept must be among the pieces that were counted."))
    return kept


def propose_keep(heap: Count, float_cents: Cents, brought_cents: Cents) -> dict[str, int] | None:
    """The smallest useful pieces that make the float and the cash brought; all there is when it is less; None if no
    choice does."""
    target = float_cents + brought_cents
    if counts.total(heap) <= target:
        return counts.check_count(heap)
    return counts.smallest_pieces(heap, target)


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """The verifier's figures."""

    count: dict[str, int]
    keep: dict[str, int]
    pieces: dict[str, int]
    counted: ByTender
    over_short_cents: Cents
    float_short_cents: Cents
    mix_differs: bool


def judge(
    session: Session, till: Till, *, count: Count, keep: Count | None, checks: ChecksCounted, cards_cents: Cents | None
) -> Verdict:
    """Compare the verifier's count with the books; decides nothing about acceptance. Raises Refused when the keep is
    impossible."""
    heap = counts.check_count(count)
    cash = counts.total(heap)
    kept = _keep(session, till, heap, keep)
    rest = counts.take(heap, kept)
    assert rest is not None
    recorded = sorted(check.cents for check in till.checks)
    same_checks = (
        list(checks.amounts) == recorded
        if checks.amounts is not None
        else (checks.count, checks.total_cents) == (len(recorded), sum(recorded))
    )
    orders = _counted_orders(till.checks, checks)
    card = till.expected.card if cards_cents is None else cards_cents
    target = session.float_cents + till.brought_cents
    return Verdict(
        count=heap,
        keep=kept,
        pieces=counts.add(rest, till.dropped),
        counted=ByTender(cash, checks.total_cents - orders, card, orders),
        over_short_cents=cash - till.expected.cash,
        float_short_cents=max(0, target - counts.total(kept)),
        mix_differs=not same_checks or card != till.expected.card,
    )


def _keep(session: Session, till: Till, heap: dict[str, int], keep: Count | None) -> dict[str, int]:
    """The pieces that stay: float and cash brought, or all there is when it is less."""
    target = session.float_cents + till.brought_cents
    chosen = check_keep(keep, heap) if keep is not None else None
    if chosen is None and session.keep is not None and counts.take(heap, session.keep) is not None:
        chosen = session.keep
    if chosen is None or (keep is None and counts.total(chosen) != min(target, counts.total(heap))):
        chosen = propose_keep(heap, session.float_cents, till.brought_cents)
    if chosen is None:
        raise Refused(
            say(
                "No choice of these pieces leaves exactly {target} in the drawer; exchange notes with the safe first.",
                target=usd(target),
            )
        )
    if counts.total(chosen) != min(target, counts.total(heap)):
        raise Refused(
            say(
                "{amount} must stay in the drawer, the float and the cash brought; this is {total}.",
                amount=usd(min(target, counts.total(heap))),
                total=usd(counts.total(chosen)),
            )
        )
    return chosen


def _counted_orders(recorded: Sequence[RecordedCheck], checks: ChecksCounted) -> Cents:
    """How much of the pile is money orders: those recorded that are in it."""
    orders = [check.cents for check in recorded if check.kind == "money_order"]
    if checks.amounts is None:
        return min(sum(orders), checks.total_cents)
    pile = Counter(checks.amounts)
    found = 0
    for cents in orders:
        if pile[cents]:
            pile[cents] -= 1
            found += cents
    return found


def verification_movements(session: Session, till: Till, verdict: Verdict) -> tuple[Movement, ...]:
    """Over/short, the float back to its place, cash brought back to the change fund, the rest to the safe."""
    drawer = drawer_place(session.session)
    kept = counts.total(verdict.keep)
    to_fund = min(till.brought_cents, max(0, kept - session.float_cents))
    over = verdict.over_short_cents
    safe = verdict.counted.cash - kept
    checks = till.expected.check + till.expected.money_order
    moves = [
        Movement(OVER_SHORT, drawer, "cash", over) if over > 0 else Movement(drawer, OVER_SHORT, "cash", -over),
        Movement(drawer, float_place(session.session, session.drawer), "cash", kept - to_fund),
        Movement(drawer, CHANGE_FUND, "cash", to_fund),
        Movement(drawer, UNDEPOSITED, "cash", safe),
        Movement(drawer, UNDEPOSITED, "check", checks),
    ]
    return tuple(move for move in moves if move.cents)
