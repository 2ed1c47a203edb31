"""Who may do what at the counter, and who may be the second person.

Roles cannot be combined: a person has one.
"""

from collections.abc import Mapping
from enum import StrEnum

import msgspec

from counter_app.domain.refused import Refused
from counter_app.domain.said import Said, say


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
    LOOK_UP = "look up receipts and accounts"


_ALLOWED: dict[Role, frozenset[Right]] = {
    Role.CASHIER: frozenset({Right.TAKE_MONEY, Right.LOOK_UP}),
    Role.LEAD: frozenset(
        {Right.TAKE_MONEY, Right.VERIFY, Right.APPROVE, Right.ASK_MOVE, Right.SEE_MONEY, Right.LOOK_UP}
    ),
    Role.SUPERVISOR: frozenset(
        {
            Right.VERIFY,
            Right.APPROVE,
            Right.DEPOSIT,
            Right.ASK_MOVE,
            Right.APPROVE_MOVE,
            Right.LOAD,
            Right.SEE_MONEY,
            Right.LOOK_UP,
        }
    ),
    Role.FINANCE: frozenset(
        {Right.BANK, Right.ASK_MOVE, Right.APPROVE_MOVE, Right.LOAD, Right.SEE_MONEY, Right.LOOK_UP}
    ),
    Role.ADMINISTRATOR: frozenset({Right.PEOPLE}),
    Role.AUDITOR: frozenset({Right.SEE_MONEY, Right.LOOK_UP}),
    Role.FORMER: frozenset(),
}


_RIGHTS: Mapping[Right, Said] = {
    Right.TAKE_MONEY: say("take money"),
    Right.VERIFY: say("verify drawers"),
    Right.APPROVE: say("approve voids, tenders and drops"),
    Right.DEPOSIT: say("prepare and send deposits"),
    Right.BANK: say("confirm bank deposits and export books"),
    Right.ASK_MOVE: say("ask to move a payment"),
    Right.APPROVE_MOVE: say("approve a moved payment"),
    Right.LOAD: say("load accounts and fees"),
    Right.PEOPLE: say("manage people"),
    Right.SEE_MONEY: say("see what drawers should hold"),
    Right.LOOK_UP: say("look up receipts and accounts"),
}
_ARTICLES: Mapping[Role, Said] = {
    Role.CASHIER: say("a cashier"),
    Role.LEAD: say("a lead"),
    Role.SUPERVISOR: say("a supervisor"),
    Role.FINANCE: say("in finance"),
    Role.ADMINISTRATOR: say("an administrator"),
    Role.AUDITOR: say("an auditor"),
    Role.FORMER: say("no longer here"),
}
_ROLES: Mapping[Role, Said] = {
    Role.CASHIER: say("Cashier"),
    Role.LEAD: say("Lead"),
    Role.SUPERVISOR: say("Supervisor"),
    Role.FINANCE: say("Finance"),
    Role.ADMINISTRATOR: say("Administrator"),
    Role.AUDITOR: say("Auditor"),
    Role.FORMER: say("No longer works here"),
}


class Person(msgspec.Struct, frozen=True):
    """Somebody of the staff."""

    person: str
    name: str
    role: Role

    def may(self, right: Right) -> bool:
        """Whether the role allows it."""
        return right in _ALLOWED[self.role]


def who_may(right: Right) -> Said:
    """`a lead or a supervisor`: the roles that have a right, for explanations."""
    first, *others = [
        say("finance") if role is Role.FINANCE else article(role) for role in Role if right in _ALLOWED[role]
    ]
    for other in others:
        first = say("{one} or {other}", one=first, other=other)
    return first


def right_words(right: Right) -> Said:
    """`take money`: completes “may …”."""
    return _RIGHTS[right]


def role_words(role: Role) -> Said:
    """`Cashier`, as a list shows it."""
    return _ROLES[role]


def demand(person: Person, right: Right) -> None:
    """Refuse unless the person's role allows it."""
    if not person.may(right):
        raise Refused(
            say(
                "{name} is {role} and may not {right}; {who} may.",
                name=person.name,
                role=article(person.role),
                right=_RIGHTS[right],
                who=who_may(right),
            )
        )


def article(role: Role) -> Said:
    """`a cashier`, `an auditor`."""
    return _ARTICLES[role]


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
        raise Refused(say("{what} needs a second person: {who}.", what=what, who=who_may(right)))
    if second.person == actor.person:
        raise Refused(
            say("{what} needs a second person; {name} cannot approve an act of one's own.", what=what, name=actor.name)
        )
    if second.person == owner:
        raise Refused(
            say(
                "{what} needs a second person; {name} owns this drawer and cannot approve it.",
                what=what,
                name=second.name,
            )
        )
    demand(second, right)
    return second
