"""The administrator's desk: who works here and as what, somebody new, a lost PIN, somebody who left."""

from collections.abc import Callable, Mapping
from functools import partial

from counter_app.domain.clock import from_text
from counter_app.domain.days import us_date
from counter_app.domain.rights import Person, Right, Role, right_words, role_words
from counter_app.domain.said import say, together
from counter_app.screens.answers import Answers
from counter_app.screens.keys import Intent
from counter_app.screens.list_desk import ListDesk
from counter_app.screens.panel import Choice, Panel
from counter_app.screens.us_words import clock_time
from counter_app.screens.views import Row, Tone
from counter_app.services.badges import BadgeDone, GiveBadge, TakeBadge, has_badge
from counter_app.services.people import (
    AddPerson,
    ChangePerson,
    EndPerson,
    ResetSecrets,
    SecretsDone,
    refuse_new_id,
    refuse_new_name,
)
from counter_app.services.sign_in import last_signed_in, people

ROLES = tuple(role for role in Role if role is not Role.FORMER)
_DOES: Mapping[Role, str] = {
    Role.CASHIER: say("Takes money in an own drawer"),
    Role.LEAD: say("Verifies drawers, approves, takes money as cover"),
    Role.SUPERVISOR: say("Makes deposits, verifies, approves, decides on settings"),
    Role.FINANCE: say("Confirms at the bank, exports, decides on settings"),
    Role.ADMINISTRATOR: say("Manages people and nothing else"),
    Role.AUDITOR: say("Sees everything, changes nothing"),
}


class People(ListDesk):
    """Rows are the staff, those who left last."""

    title = say("People")
    hint = say("+ adds somebody, arrows walk.")

    def rows(self) -> tuple[Row, ...]:
        """Everybody, by name."""
        staff = sorted(people(self.station), key=lambda one: (one.role is Role.FORMER, one.name.casefold()))
        return tuple(self._row(one) for one in staff)

    def panel_of(self, row: Row) -> Panel:
        """A person with what can be done, each by one key."""
        one = self._person(row.key)
        facts = (
            (say("Signs in as"), one.person),
            (say("Role"), role_words(one.role)),
            (say("May"), together((right_words(right) for right in Right if one.may(right)), ", ") or say("nothing")),
            (say("Last signed in"), self._last(one)),
        )
        acts = () if one.role is Role.FORMER else self._acts(one)
        rows = tuple(row for row, _ in acts)
        return Choice(one.name, rows, lambda place: acts[place][1](), facts)

    def more(self, _intent: Intent) -> bool:
        """+ takes in somebody new."""
        if _intent is Intent.NEXT_BALANCE:
            self._ask_new()
            return True
        return False

    def _row(self, one: Person) -> Row:
        return Row(one.name, detail=role_words(one.role), icon="person", key=one.person)

    def _person(self, person: str) -> Person:
        return next(one for one in people(self.station) if one.person == person)

    def _last(self, one: Person) -> str:
        at = last_signed_in(self.station, one.person)
        if not at:
            return say("never")
        local = from_text(at).astimezone(self.look.city().tz)
        return together((us_date(local.date()), clock_time(local)), ", ")

    def _acts(self, one: Person) -> tuple[tuple[Row, Callable[[], None]], ...]:
        return (
            (Row(say("Another name"), icon="person", key="N"), lambda: self._ask_name(one)),
            (Row(say("Another role"), icon="people", key="R"), lambda: self._ask_role(one)),
            (Row(say("New password and PIN"), icon="lock", key="P"), lambda: self._reset(one)),
            self._badge_act(one),
            (Row(say("No longer works here"), icon="undo", key="L"), lambda: self._ask_end(one)),
        )

    def _badge_act(self, one: Person) -> tuple[Row, Callable[[], None]]:
        with self.station.books.read() as connection:
            had = has_badge(connection, one.person)
        if had:
            return Row(say("Take the badge back"), icon="person", key="B"), lambda: self._take_badge(one)
        return Row(say("Give a badge"), icon="person", key="B"), lambda: self._give_badge(one)

    def _give_badge(self, one: Person) -> None:
        done: BadgeDone = self.perform(GiveBadge(by=self.person.person, person=one.person))
        facts = ((say("What the badge's code says"), done.line),)
        warnings = (
            say("Shown this once: write it into the badge. It approves after {name} signed in.", name=one.name),
        )
        self.show(Choice(say("The badge of {name}", name=one.name), (), lambda _: None, facts, warnings, hint=""))

    def _take_badge(self, one: Person) -> None:
        self.perform(TakeBadge(by=self.person.person, person=one.person))
        self.quiet(say("The badge opens nothing any more."))

    def _ask_new(self) -> None:
        fields = (
            (say("Name"), say("As screens and receipts show it.")),
            (say("Signs in as"), say("Small letters, like maria.")),
        )
        checks = (partial(refuse_new_name, self.station), partial(refuse_new_id, self.station))
        self.show(Answers(say("Somebody new"), fields, self._ask_new_role, checks=checks))

    def _ask_new_role(self, answers: tuple[str, ...]) -> None:
        name, person = answers
        self.show(_RoleChoice(say("What is {name} here?", name=name), lambda role: self._add(person, name, role)))

    def _add(self, person: str, name: str, role: Role) -> None:
        done = self.perform(AddPerson(by=self.person.person, person=person, name=name, role=role))
        self.stand_at(person.strip().lower())
        self._show_secrets(self._person(person.strip().lower()), done)

    def _ask_name(self, one: Person) -> None:
        def rename(answers: tuple[str, ...]) -> None:
            self.perform(ChangePerson(by=self.person.person, person=one.person, name=answers[0]))
            self.stand_at(one.person)
            self.quiet(say("The name is changed."))

        self.show(Answers(one.name, ((say("Name"), say("As screens and receipts show it.")),), rename))

    def _ask_role(self, one: Person) -> None:
        def give(role: Role) -> None:
            self.perform(ChangePerson(by=self.person.person, person=one.person, role=role))
            self.quiet(say("The role is changed."))

        self.show(_RoleChoice(say("What is {name} here?", name=one.name), give))

    def _reset(self, one: Person) -> None:
        self._show_secrets(one, self.perform(ResetSecrets(by=self.person.person, person=one.person)))

    def _show_secrets(self, one: Person, done: SecretsDone) -> None:
        facts = ((say("Signs in as"), one.person), (say("Password"), done.password), (say("PIN"), done.pin))
        warnings = (
            say("Shown this once. Hand it over on paper; {name} signs in with it and then takes an own PIN.",
                name=one.name),
        )  # fmt: skip
        self.show(Choice(say("{name} signs in with", name=one.name), (), lambda _: None, facts, warnings, hint=""))

    def _ask_end(self, one: Person) -> None:
        def end(_place: int) -> None:
            self.perform(EndPerson(by=self.person.person, person=one.person))
            self.stand_at(one.person)
            self.quiet(say("{name} can no longer sign in.", name=one.name), Tone.GOOD)

        row = Row(say("Yes, {name} no longer works here", name=one.name), icon="undo", key="Y")
        why = (say("The name stays on old receipts. Esc leaves everything as it is."),)
        self.show(Choice(one.name, (row,), end, warnings=why))


class _RoleChoice(Choice):
    """One of the roles, by its number."""

    asks_box = say("Role")

    def __init__(self, title: str, done: Callable[[Role], None]) -> None:
        rows = tuple(
            Row(role_words(role), detail=_DOES[role], icon="person", key=str(place))
            for place, role in enumerate(ROLES, 1)
        )
        super().__init__(title, rows, lambda place: done(ROLES[place]))
