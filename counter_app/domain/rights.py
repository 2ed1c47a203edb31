"""Who may do what at the counter, and who may be the second person.

Roles cannot be combined: a person has one.
"""

from enum import StrEnum

import msgspec

from counter_app.domain.refused import Refused
from counter_app.domain.said import say


class Role(StrEnum):
    """What a person is at the counter."""

    CASHIER = "cashier"
    LEAD = "lead"
    SUPERVISOR = "supervisor"
    FINANCE = "finance"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"
    FORMER = "former"
    """Somebody who left: the name stays on old receipts, and nothing is allowed."""


class Right(StrEnum):
    """What a role allows; the words complete “… may not …”."""

    TAKE_MONEY = "take money"
    VERIFY = "verify drawers"
    APPROVE = "approve voids, tenders and drops"
    DEPOSIT = "prepare and send deposits"
    BANK = "confirm bank deposits and export books"
    ASK_MOVE = "ask to move a payment"
    APPROVE_MOVE = "approve a moved payment"
    LOAD = "load accounts and fees"
    PEOPLE = "manage people"
    SEE_MONEY = "see what drawers should hold"


_ALLOWED: dict[Role, frozenset[Right]] = {
    Role.CASHIER: frozenset({Right.TAKE_MONEY}),
    Role.LEAD: frozenset({Right.TAKE_MONEY, Right.VERIFY, Right.APPROVE, Right.ASK_MOVE, Right.SEE_MONEY}),
    Role.SUPERVISOR: frozenset(
        {Right.VERIFY, Right.APPROVE, Right.DEPOSIT, Right.ASK_MOVE, Right.APPROVE_MOVE, Right.LOAD, Right.SEE_MONEY}
    ),
    Role.FINANCE: frozenset({Right.BANK, Right.ASK_MOVE, Right.APPROVE_MOVE, Right.LOAD, Right.SEE_MONEY}),
    Role.ADMINISTRATOR: frozenset({Right.PEOPLE}),
    Role.AUDITOR: frozenset({Right.SEE_MONEY}),
    Role.FORMER: frozenset(),
}


class Person(msgspec.Struct, frozen=True):
    """Somebody of the staff."""

    person: str
    name: str
    role: Role

    def may(self, right: Right) -> bool:
        """Whether the role allows it."""
        return right in _ALLOWED[self.role]


def who_may(right: Right) -> str:
    """`a lead or a supervisor`: the roles that have a right, for explanations."""
    holders = [role for role in Role if right in _ALLOWED[role]]
    return " or ".join("finance" if role is Role.FINANCE else article(role) for role in holders)


def demand(person: Person, right: Right) -> None:
    """Refuse unless the person's role allows it."""
    if not person.may(right):
        raise Refused(
            say(
                "{name} is {article} and may not {right}; {who_may} may.",
                name=person.name,
                article=article(person.role),
                right=right,
                who_may=who_may(right),
            )
        )


def article(role: Role) -> str:
    """`a cashier`, `an auditor`."""
    if role is Role.FINANCE:
        return "in finance"
    return f"an {role}" if role[0] in "aeiou" else f"a {role}"


def refuse_approver(actor: Person, second: Person) -> None:
    """Refuse a second person who is the first, or whose role approves nothing at all."""
    if second.person == actor.person:
        raise Refused(say("{name} cannot be the second person of an act of one's own.", name=actor.name))
    if not second.may(Right.APPROVE_MOVE):
        demand(second, Right.APPROVE)


def demand_second(actor: Person, second: Person | None, right: Right, *, owner: str | None, what: str) -> Person:
    """The second person of an act: somebody else than its actor and the drawer's owner, with the right.

    Raises Refused in words; returns the second person.
    """
    if second is None:
        raise Refused(say("{what} needs a second person: {who_may}.", what=what, who_may=who_may(right)))
    if second.person == actor.person:
        raise Refused(
            say("{what} needs a second person; {name} cannot approve an act of one's own.", what=what, name=actor.name)
        )
    if second.person == owner:
        raise Refused(
            say(
                "{name} owns this drawer and cannot approve {what}{what2}.",
                name=second.name,
                what=what[0].lower(),
                what2=what[1:],
            )
        )
    demand(second, right)
    return second
