"""One question answered in the box: a name, an amount, a choice; what follows is the caller's."""

from collections.abc import Callable

from counter_app.domain.refused import Refused
from counter_app.domain.said import say
from counter_app.screens.keys import Intent
from counter_app.screens.panel import Panel
from counter_app.screens.views import FieldView, FormView


class Answers(Panel):
    """Fields filled one after the other, the last `optional` of them only if wanted; `done` gets them in their order
    and may refuse, which keeps the form; `checks` refuse an answer at its own field."""

    def __init__(
        self,
        title: str,
        fields: tuple[tuple[str, str], ...],
        done: Callable[[tuple[str, ...]], None],
        hint: str = "",
        optional: int = 0,
        checks: tuple[Callable[[str], None], ...] = (),
    ) -> None:
        self._title, self._fields, self._done, self._hint = title, fields, done, hint
        self._musts, self._checks = len(fields) - optional, checks
        self._values, self._at = [""] * len(fields), 0

    @property
    def asks_box(self) -> str:  # type: ignore[override]
        """The field that the box fills."""
        return self._fields[self._at][0]

    def view(self) -> FormView:
        """The form."""
        fields = tuple(
            FieldView(label, value, "must" if place < self._musts else "may", hint)
            for place, ((label, hint), value) in enumerate(zip(self._fields, self._values, strict=True))
        )
        return FormView(self._title, fields, self._at, self._hint)

    def press(self, intent: Intent, typed: str) -> bool:
        """Enter goes on, and after the last field is done."""
        if intent is Intent.LEAVE:
            return False
        if intent not in (Intent.SEARCH, Intent.PROCEED):
            raise Refused(say("Answer this first, or leave it with Esc."))
        if typed:
            self._values[self._at] = typed
        if not self._values[self._at] and self._at < self._musts:
            raise Refused(say("Type it first, or leave it with Esc."))
        if self._at < len(self._checks):
            self._checks[self._at](self._values[self._at])
        if self._at + 1 < len(self._fields):
            self._at += 1
        else:
            self._done(tuple(self._values))
        return True

    def step(self, by: int) -> bool:
        """Walk the fields."""
        self._at = max(0, min(self._at + by, len(self._fields) - 1))
        return True

    def choose(self, place: int) -> None:
        """A field by a click."""
        self._at = place
