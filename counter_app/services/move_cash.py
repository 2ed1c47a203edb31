"""Cash in and out of an open drawer beside sales: a drop to the safe, change brought from it, a no-sale."""

from counter_app.domain import count as counts
from counter_app.domain import events
from counter_app.domain.drawer import Session
from counter_app.domain.ledger import CHANGE_FUND, TREASURY, UNDEPOSITED, Movement, drawer_place, post
from counter_app.domain.refused import Refused
from counter_app.domain.rights import Right
from counter_app.domain.said import Said, say
from counter_app.services.acting import Act, Desk, Done, acting
from counter_app.services.station import Station
from db.queries import deposits as register
from db.queries import drawers, places


class DropCash(Act, frozen=True, kw_only=True):
    """Pieces from an own drawer to the safe; the approver counts and receives them."""

    drawer: str
    count: dict[str, int]
    bag: str | None = None


class BringCash(Act, frozen=True, kw_only=True):
    """Pieces from the safe to an own drawer, handed over by the approver."""

    drawer: str
    count: dict[str, int]
    bag: str | None = None


class CashMoved(Done, frozen=True, kw_only=True):
    """The drop's number within its session."""

    drop: str
    cents: int


class NoSale(Act, frozen=True, kw_only=True):
    """Open the drawer without a sale."""

    reason: str


def drop_cash(station: Station, act: DropCash) -> CashMoved:
    """Take notes out of the drawer; they go to the deposit with its session."""
    heap = counts.check_count(act.count)
    with acting(station, act) as desk:
        session = _counted_hand_over(desk, act.drawer, heap, say("A drop"))
        cents = counts.total(heap)
        desk.refuse_empty_drawer(session, cents)
        bag = act.bag.strip() if act.bag else None
        if bag and register.is_bag_used(desk.connection, bag):
            raise Refused(say("Bag {bag} was used before; a serial is never used twice.", bag=bag[:30]))
        moves = (Movement(drawer_place(session.session), UNDEPOSITED, "cash", cents),)
        drop = _number(desk, session)
        entry = desk.unit.record(
            events.CashDropped(
                drop=drop,
                session=session.session,
                drawer=session.drawer,
                count=heap,
                cents=cents,
                bag=bag or None,
                movements=moves,
                postings=post(moves),
            ),
            session=session.session,
            business_date=session.business_date,
        )
    return CashMoved(seq=entry.seq, drop=drop, cents=cents)


def bring_cash(station: Station, act: BringCash) -> CashMoved:
    """Bring change to the drawer; it goes back to the change fund at verification."""
    heap = counts.check_count(act.count)
    with acting(station, act) as desk:
        session = _counted_hand_over(desk, act.drawer, heap, say("Bringing change"))
        cents = counts.total(heap)
        issued = max(0, cents - max(0, places.balance(desk.connection, CHANGE_FUND)))
        both = (
            Movement(TREASURY, CHANGE_FUND, "cash", issued),
            Movement(CHANGE_FUND, drawer_place(session.session), "cash", cents),
        )
        moves = tuple(move for move in both if move.cents)
        drop = _number(desk, session)
        entry = desk.unit.record(
            events.CashBrought(
                drop=drop,
                session=session.session,
                drawer=session.drawer,
                count=heap,
                cents=cents,
                issued_cents=issued,
                movements=moves,
                postings=post(moves),
            ),
            session=session.session,
            business_date=session.business_date,
        )
    return CashMoved(seq=entry.seq, drop=drop, cents=cents)


def _counted_hand_over(desk: Desk, drawer: str, heap: dict[str, int], what: Said) -> Session:
    desk.demand(Right.TAKE_MONEY)
    session = desk.own_drawer(drawer)
    desk.second_person(Right.APPROVE, owner=session.cashier, what=what)
    if not heap:
        raise Refused(say("There is nothing counted."))
    desk.opens_drawer = True
    return session


def _number(desk: Desk, session: Session) -> str:
    return f"{session.session}-{drawers.cash_moves(desk.connection, session.session) + 1}"


def no_sale(station: Station, act: NoSale) -> Done:
    """Open the own drawer with a reason that is journalled."""
    with acting(station, act) as desk:
        desk.demand(Right.TAKE_MONEY)
        session = desk.own_session()
        desk.opens_drawer = True
        entry = desk.unit.record(
            events.NoSale(session=session.session, drawer=session.drawer, reason=desk.reason(act.reason)),
            session=session.session,
            business_date=session.business_date,
            sealing=desk.seal,
        )
    return Done(seq=entry.seq)
