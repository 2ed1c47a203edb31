"""Which desks a person sees: by role, and nobody sees what is not theirs."""

from counter_app.domain.rights import Person, Right
from counter_app.domain.said import say
from counter_app.screens.views import Desk

COUNTER = Desk("counter", say("Counter"), "counter")
DRAWER = Desk("drawer", say("My drawer"), "drawer")
DRAWERS = Desk("drawers", say("Drawers"), "review")
DEPOSITS = Desk("deposits", say("Deposits"), "deposit")
SETTINGS = Desk("settings", say("Settings"), "settings")
PEOPLE = Desk("people", say("People"), "people")
DESKS: tuple[tuple[Desk, Right], ...] = (
    (COUNTER, Right.TAKE_MONEY),
    (DRAWER, Right.TAKE_MONEY),
    (DRAWERS, Right.SEE_MONEY),
    (DEPOSITS, Right.DEPOSIT),
    (SETTINGS, Right.SEE_MONEY),
    (PEOPLE, Right.PEOPLE),
)


def desks_of(person: Person) -> tuple[Desk, ...]:
    """The desks on the rail, the first of them in front after signing in."""
    return tuple(desk for desk, right in DESKS if person.may(right))
