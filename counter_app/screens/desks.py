"""Which desks a person sees: by role, and nobody sees what is not theirs."""

from counter_app.domain.rights import Person, Right
from counter_app.domain.said import say
from counter_app.screens.views import Desk

COUNTER = Desk("counter", say("Counter"), "counter")
DRAWER = Desk("drawer", say("My drawer"), "drawer")
DRAWERS = Desk("drawers", say("Drawers"), "review")
DEPOSITS = Desk("deposits", say("Deposits"), "deposit")
REGISTER = Desk("register", say("Register"), "receipt")
ACCOUNTS = Desk("accounts", say("Accounts"), "account")
SETTINGS = Desk("settings", say("Settings"), "settings")
PEOPLE = Desk("people", say("People"), "people")
DESKS: tuple[tuple[Desk, Right], ...] = (
    (COUNTER, Right.TAKE_MONEY),
    (DRAWER, Right.TAKE_MONEY),
    (DRAWERS, Right.SEE_MONEY),
    (DEPOSITS, Right.DEPOSIT),
    (REGISTER, Right.LOOK_UP),
    (ACCOUNTS, Right.LOOK_UP),
    (SETTINGS, Right.SEE_MONEY),
    (PEOPLE, Right.PEOPLE),
)

SPEED = Desk("speed", say("Counter speed"), "report")
BESIDE: tuple[tuple[Desk, Right], ...] = ((SPEED, Right.VERIFY),)
"""Pages that are looked at now and then: the list of commands leads there, the rail does not."""


def desks_of(person: Person) -> tuple[Desk, ...]:
    """The desks on the rail, the first of them in front after signing in."""
    return tuple(desk for desk, right in DESKS if person.may(right))


def beside_of(person: Person) -> tuple[Desk, ...]:
    """The pages beside the rail that a person may see."""
    return tuple(desk for desk, right in BESIDE if person.may(right))
