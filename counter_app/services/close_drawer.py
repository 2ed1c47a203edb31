"""The blind count: the cashier closes, the lead verifies, and only then does anybody learn what the books expected."""

from counter_app.domain import count as counts
from counter_app.domain import events
from counter_app.domain.drawer import (
    ChecksCounted,
    CountAndTotal,
    Session,
    SessionState,
    Till,
    Verdict,
    check_keep,
    judge,
    read_checks,
    state_in_words,
    verification_movements,
)
from counter_app.domain.events import ByTender
from counter_app.domain.ledger import post
from counter_app.domain.money import MOST_CENTS, Cents
from counter_app.domain.refused import Refused
from counter_app.domain.rights import Right
from counter_app.domain.said import say
from counter_app.services.acting import Act, Desk, Done, acting
from counter_app.services.station import Station
from db.queries import drawers

Checks = tuple[int, ...] | CountAndTotal


class CloseDrawer(Act, frozen=True, kw_only=True):
    """The cashier's count; `checks` are their amounts, or their number and sum."""

    drawer: str
    count: dict[str, int]
    keep: dict[str, int] | None = None
    checks: Checks
    cards_cents: Cents | None = None


class ForceClose(Act, frozen=True, kw_only=True):
    """A count by two people, neither of them the drawer's cashier."""

    drawer: str
    count: dict[str, int]
    checks: Checks
    reason: str


class AdoptDrawer(Act, frozen=True, kw_only=True):
    """A count by two people of what a dead station left in a drawer, once its work was taken over here."""

    session: str
    count: dict[str, int]
    checks: Checks
    cards_cents: Cents | None = None
    reason: str


class DrawerClosed(Done, frozen=True, kw_only=True):
    """The session, closed."""

    session: str
    state: SessionState


class VerifyDrawer(Act, frozen=True, kw_only=True):
    """The verifier's count of a closed session; `explanation` is needed when anything differs."""

    session: str
    count: dict[str, int]
    keep: dict[str, int] | None = None
    checks: Checks
    cards_cents: Cents | None = None
    accept: bool
    explanation: str | None = None


class DrawerVerified(Done, frozen=True, kw_only=True):
    """What was expected, what was counted, and over/short of cash alone."""

    session: str
    expected_cents: ByTender
    counted_cents: ByTender
    over_short_cents: Cents
    mix_differs: bool
    state: SessionState


def close_drawer(station: Station, act: CloseDrawer) -> DrawerClosed:
    """Close an own drawer, also one of an earlier day or one to be counted again."""
    heap, checks = counts.check_count(act.count), _read(act.checks, act.cards_cents)
    with acting(station, act) as desk:
        desk.demand(Right.TAKE_MONEY)
        waiting = _uncounted(desk, act.drawer)
        session = next((s for s in waiting if s.cashier == desk.actor.person), None)
        if session is None:
            raise Refused(
                say(
                    "Drawer {drawer} is {name}'s; only its cashier closes it.",
                    drawer=act.drawer,
                    name=desk.name_of(waiting[0].cashier),
                )
            )
        keep = check_keep(act.keep, heap)
        entry = _record_close(desk, session, heap, checks, keep=keep, cards_cents=act.cards_cents, reason=None)
    return DrawerClosed(seq=entry, session=session.session, state=SessionState.CLOSED)


def force_close(station: Station, act: ForceClose) -> DrawerClosed:
    """Close a drawer whose cashier is not there; the count is marked as not the cashier's."""
    heap, checks = counts.check_count(act.count), _read(act.checks, None)
    with acting(station, act) as desk:
        desk.demand(Right.VERIFY)
        session = _uncounted(desk, act.drawer)[0]
        if session.cashier == desk.actor.person:
            raise Refused(say("A drawer's own cashier closes it without force."))
        desk.second_person(
            Right.APPROVE, owner=session.cashier, what=say("A forced close"), business_date=session.business_date
        )
        reason = desk.reason(act.reason)
        entry = _record_close(desk, session, heap, checks, keep=None, cards_cents=None, reason=reason)
    return DrawerClosed(seq=entry, session=session.session, state=SessionState.CLOSED)


def adopt_drawer(station: Station, act: AdoptDrawer) -> DrawerClosed:
    """Close a drawer that was open when its station died; it is verified and deposited here like an own one."""
    heap, checks = counts.check_count(act.count), _read(act.checks, act.cards_cents)
    with acting(station, act) as desk:
        desk.demand(Right.VERIFY)
        session = desk.session(act.session)
        if session.session.partition("-")[0] == station.name:
            raise Refused(say("Drawer {drawer} is of this station; close it here.", drawer=session.drawer))
        if session.state not in (SessionState.OPEN, SessionState.RECOUNT):
            raise Refused(
                say(
                    "Drawer session {session} is {state} already.",
                    session=session.session,
                    state=state_in_words(session.state),
                )
            )
        if session.cashier == desk.actor.person:
            raise Refused(say("Two others count a drawer whose station is gone, not its own cashier."))
        desk.second_person(
            Right.APPROVE, owner=session.cashier, what=say("An adopted drawer"), business_date=session.business_date
        )
        reason = desk.reason(act.reason)
        entry = _record_close(desk, session, heap, checks, keep=None, cards_cents=act.cards_cents, reason=reason)
    return DrawerClosed(seq=entry, session=session.session, state=SessionState.CLOSED)


def _read(checks: Checks, cards_cents: Cents | None) -> ChecksCounted:
    if cards_cents is not None and not 0 <= cards_cents <= MOST_CENTS:
        raise Refused(say("Card slips add up to nothing or more; add them again."))
    return read_checks(checks)


def _uncounted(desk: Desk, drawer: str) -> tuple[Session, ...]:
    """What waits for a count on a drawer, oldest first: a session sent back may wait beside the next one."""
    if drawer not in desk.city.drawers:
        raise Refused(say("There is no drawer {drawer}.", drawer=drawer[:10]))
    waiting = drawers.all_uncounted_on_drawer(desk.connection, desk.station.name, drawer)
    if not waiting:
        raise Refused(say("Drawer {drawer} is not open.", drawer=drawer))
    return waiting


def _record_close(
    desk: Desk,
    session: Session,
    heap: dict[str, int],
    checks: ChecksCounted,
    *,
    keep: dict[str, int] | None,
    cards_cents: Cents | None,
    reason: str | None,
) -> int:
    desk.opens_drawer = True
    entry = desk.unit.record(
        events.DrawerClosed(
            session=session.session,
            drawer=session.drawer,
            count=heap,
            counted_cents=counts.total(heap),
            keep=keep,
            checks=checks.amounts,
            check_count=checks.count,
            checks_cents=checks.total_cents,
            cards_cents=cards_cents,
            forced=reason is not None,
            reason=reason,
        ),
        session=session.session,
        business_date=session.business_date,
        sealing=desk.seal,
    )
    return entry.seq


def verify_drawer(station: Station, act: VerifyDrawer) -> DrawerVerified:
    """Count a closed drawer a second time and accept it, or send it back for its one recount."""
    checks = _read(act.checks, act.cards_cents)
    with acting(station, act) as desk:
        desk.demand(Right.VERIFY)
        session = desk.session(act.session)
        till = drawers.till(desk.connection, session.session)
        _refuse_verifier(desk, session)
        _refuse_unready(session, till)
        verdict = judge(session, till, count=act.count, keep=act.keep, checks=checks, cards_cents=act.cards_cents)
        if not act.accept:
            seq = _ask_recount(desk, session, verdict, act.explanation)
            return _result(seq, session, till, verdict, SessionState.RECOUNT)
        if (verdict.over_short_cents or verdict.mix_differs) and not (act.explanation or "").strip():
            raise Refused(say("The count differs from the books: write what explains it, or send the drawer back."))
        seq = _record_verified(desk, session, till, verdict, checks, act.explanation)
    return _result(seq, session, till, verdict, SessionState.VERIFIED)


def _refuse_verifier(desk: Desk, session: Session) -> None:
    """Neither its cashier, nor somebody who paid in it, nor somebody whose own takings of that date are unverified."""
    if desk.actor.person == session.cashier:
        raise Refused(say("Nobody verifies an own drawer."))
    if desk.actor.name.casefold() in drawers.payers(desk.connection, session.session):
        raise Refused(say("{name} paid in this drawer and cannot verify it.", name=desk.actor.name))
    desk.refuse_unverified(desk.actor, session.business_date)


def _refuse_unready(session: Session, till: Till) -> None:
    if session.state == SessionState.OPEN:
        raise Refused(say("Drawer {drawer} is still open; its cashier closes it first.", drawer=session.drawer))
    if session.state == SessionState.RECOUNT:
        raise Refused(say("Drawer {drawer} is being counted again by its cashier.", drawer=session.drawer))
    if session.state != SessionState.CLOSED:
        raise Refused(
            say(
                "Drawer session {session} is {state} already.",
                session=session.session,
                state=state_in_words(session.state),
            )
        )
    if till.asked_voids:
        raise Refused(
            say(
                "A void of receipt {number} is asked for; accept or reject it first.",
                number=till.asked_voids[0],
            )
        )
    bare = [check for check in till.checks if not check.endorsed]
    if bare:
        raise Refused(say("The check of receipt {number} is not endorsed yet.", number=bare[0].number))


def _ask_recount(desk: Desk, session: Session, verdict: Verdict, explanation: str | None) -> int:
    if session.recounts:
        raise Refused(say("This drawer was counted again already; accept it with an explanation."))
    entry = desk.unit.record(
        events.RecountAsked(
            session=session.session,
            counted_cents=verdict.counted.cash,
            explanation=desk.seal("explanation", explanation),
        ),
        session=session.session,
        business_date=session.business_date,
        sealing=desk.seal,
    )
    return entry.seq


def _record_verified(
    desk: Desk, session: Session, till: Till, verdict: Verdict, checks: ChecksCounted, explanation: str | None
) -> int:
    moves = verification_movements(session, till, verdict)
    entry = desk.unit.record(
        events.DrawerVerified(
            session=session.session,
            drawer=session.drawer,
            count=verdict.count,
            keep=verdict.keep,
            pieces=verdict.pieces,
            expected=till.expected,
            counted=verdict.counted,
            checks=checks.amounts,
            check_count=checks.count,
            checks_cents=checks.total_cents,
            over_short_cents=verdict.over_short_cents,
            float_short_cents=verdict.float_short_cents,
            mix_differs=verdict.mix_differs,
            explanation=desk.seal("explanation", explanation),
            movements=moves,
            postings=post(moves),
        ),
        session=session.session,
        business_date=session.business_date,
        sealing=desk.seal,
    )
    return entry.seq


def _result(seq: int, session: Session, till: Till, verdict: Verdict, state: SessionState) -> DrawerVerified:
    return DrawerVerified(
        seq=seq,
        session=session.session,
        expected_cents=till.expected,
        counted_cents=verdict.counted,
        over_short_cents=verdict.over_short_cents,
        mix_differs=verdict.mix_differs,
        state=state,
    )
