"""How every act runs: its fields, the people behind it, one transaction, and what it gives back.

def no_sale(station: Station, act: NoSaleAct) -> Done:
    with acting(station, act) as desk: ...
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import msgspec

from counter_app.domain.card_guard import refuse_card_numbers
from counter_app.domain.city import City
from counter_app.domain.clock import local_date
from counter_app.domain.drawer import Session, SessionState
from counter_app.domain.entry import Sealing
from counter_app.domain.fees import FeeSchedule
from counter_app.domain.refused import Refused
from counter_app.domain.rights import Person, Right, demand, demand_second, refuse_approver
from counter_app.domain.said import Said, plain, say
from counter_app.services.station import Station
from db import adoption, drafts
from db.books import Connection, Unit
from db.queries import drawers, people

MOST_REASON = 500
MOST_BYTES = 262_144
"""No act says more; what does is no person's work."""


def act_name(class_name: str) -> str:
    """TakePayment is written take_payment."""
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in class_name).lstrip("_")


class Act(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="act", tag=act_name):
    """What somebody wants done: `by` counts as signed in, `approver` as having agreed; `at` stands the clock of
    practice."""

    by: str
    approver: str | None = None
    at: str | None = None


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """The result of an act; `seq` is its own entry."""

    seq: int


class Desk:
    """Everything an act needs while its transaction is open."""

    def __init__(self, station: Station, unit: Unit, act: Act) -> None:
        self.station, self.unit = station, unit
        reference = station.reference(unit.connection)
        self.city: City = reference.city
        self.fees: FeeSchedule = reference.fees
        self.actor: Person = station.person(unit.connection, act.by)
        self.second: Person | None = None
        if act.approver is not None:
            self.second = station.person(unit.connection, act.approver)
            refuse_approver(self.actor, self.second)
            self._refuse_unowned(self.second)
        self.today: date = local_date(unit.now, self.city.tz)
        self.seal = Sealing()
        self.opens_drawer = False
        """Whether cash comes or goes: the drawer is opened once the entry has committed."""

    @property
    def connection(self) -> Connection:
        """The transaction's connection."""
        return self.unit.connection

    def demand(self, right: Right) -> None:
        """Refuse unless the actor may."""
        demand(self.actor, right)

    def second_person(self, right: Right, *, owner: str | None, what: Said, business_date: str | None = None) -> Person:
        """The approver, checked: another person, with the right, whose own takings of today, and of the date that is
        touched, were verified."""
        second = demand_second(self.actor, self.second, right, owner=owner, what=what)
        self.refuse_unverified(second)
        self.refuse_unverified(second, business_date)
        return second

    def _refuse_unowned(self, person: Person) -> None:
        """A PIN that another person made and saw approves nothing until its owner signed in with it."""
        if people.awaits_owner(self.connection, person.person):
            raise Refused(say("{name} has a new PIN and must sign in once before approving.", name=person.name))

    def refuse_unverified(self, person: Person, business_date: str | None = None) -> None:
        """Who took money of a date verifies and approves nothing of it until that drawer was verified by another."""
        on = business_date or self.today.isoformat()
        if drawers.unverified_taker(self.connection, person.person, on):
            raise Refused(say("{name} took money that day in a drawer that is not verified yet.", name=person.name))

    def own_session(self) -> Session:
        """The actor's open session of today; Refused in words when there is none."""
        uncounted = drawers.uncounted_of(self.connection, self.station.name, self.actor.person)
        for session in uncounted:
            if session.state == SessionState.OPEN and session.business_date >= self.today.isoformat():
                return session
        if any(session.state == SessionState.OPEN for session in uncounted):
            raise Refused(
                say(
                    "Drawer {drawer} is of an earlier day and takes its close and nothing else.",
                    drawer=uncounted[0].drawer,
                )
            )
        if uncounted:
            raise Refused(say("Drawer {drawer} is being counted again; it takes no money.", drawer=uncounted[0].drawer))
        raise Refused(say("{name} has no open drawer; open one first.", name=self.actor.name))

    def own_drawer(self, drawer: str) -> Session:
        """The same, and it must be that drawer."""
        if drawer not in self.city.drawers:
            raise Refused(say("There is no drawer {drawer}.", drawer=drawer[:10]))
        holder = drawers.uncounted_on_drawer(self.connection, self.station.name, drawer)
        if holder is not None and holder.cashier != self.actor.person:
            raise Refused(say("Drawer {drawer} is {name}'s.", drawer=drawer, name=self.name_of(holder.cashier)))
        session = self.own_session()
        if session.drawer != drawer:
            raise Refused(
                say(
                    "{name} has drawer {open} open, not {drawer}.",
                    name=self.actor.name,
                    open=session.drawer,
                    drawer=drawer,
                )
            )
        return session

    def own_or_approver(self, cashier: str, number: str) -> None:
        """A cashier corrects and copies within own sessions, who approves at any drawer."""
        if cashier == self.actor.person or self.actor.may(Right.APPROVE):
            return
        if self.actor.may(Right.TAKE_MONEY):
            raise Refused(say("Receipt {number} is {name}'s; ask the lead.", number=number, name=self.name_of(cashier)))
        self.demand(Right.APPROVE)

    def session(self, name: str) -> Session:
        """The session of that number, or Refused."""
        found = drawers.session(self.connection, name)
        if found is None:
            raise Refused(say("There is no drawer session {name}.", name=name[:20]))
        of = found.session.partition("-")[0]
        if of != self.station.name and of not in adoption.adopted_by(self.connection, self.station.name):
            raise Refused(say("Drawer session {name} is of another window; do this there.", name=name))
        return found

    def name_of(self, person: str) -> str:
        """How a person is called on screen."""
        found = self.station.reference(self.connection).people.get(person)
        return found.name if found else person

    def refuse_empty_drawer(self, session: Session, cents: int) -> None:
        """More cash than the drawer can hold is refused, without a figure: the count is blind."""
        if cents > 0 and cents > drawers.in_drawer_cents(self.connection, session.session):
            raise Refused(say("Drawer {drawer} cannot hold that much cash; check the amount.", drawer=session.drawer))

    def end_draft(self, draft: str | None) -> None:
        """What the window kept while it was in the making goes with this act, or stays with its refusal."""
        if draft is not None:
            drafts.drop(self.connection, draft)

    def reason(self, text: str, field: str = "reason") -> str:
        """A reason that is not blank, sealed."""
        if not any(sign.isprintable() and not sign.isspace() for sign in text):
            raise Refused(say("Say why; a reason is not blank."))
        if len(text) > MOST_REASON:
            raise Refused(say("A reason has at most {most} letters.", most=MOST_REASON))
        return self.seal.need(field, text.strip())


@contextmanager
def acting(station: Station, act: Act) -> Iterator[Desk]:
    """One transaction for one act; a card number in any field is refused before anything else."""
    refuse_card_numbers(act)
    if len(msgspec.json.encode(act, enc_hook=plain)) > MOST_BYTES:
        raise Refused(say("That is more than one act can hold."))
    with station.books.write(act.by, act.approver) as unit:
        desk = Desk(station, unit, act)
        yield desk
    if desk.opens_drawer:
        station.open_cash_drawer()
