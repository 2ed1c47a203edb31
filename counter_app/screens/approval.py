"""An override in place, never a dialog: what, how much, why by one key, and the second person's badge or PIN."""

from collections.abc import Callable
from dataclasses import dataclass

from counter_app.domain.refused import Refused
from counter_app.domain.rights import Person, Right, who_may
from counter_app.domain.said import Said, say
from counter_app.screens.keys import Intent
from counter_app.screens.panel import Panel, Stand
from counter_app.screens.views import Approval

Approved = Callable[[str, str | None], None]
"""Called with the reason in English, as it is journalled, and the second person's id (None where none is needed)."""


@dataclass(frozen=True, slots=True)
class Second:
    """The second person of an act: with which right, who cannot be it, and the way without anybody, if there is one."""

    right: Right
    not_by: tuple[str, ...] = ()
    alone: str = ""
    ask_alone: Callable[[str], None] | None = None


def told_in_strip(panel: Panel, words: str) -> bool:
    """Whether an approval's strip says this already."""
    return isinstance(panel, Asking) and panel.complaint == words


class Asking(Panel):
    """Asks a reason, and a second person where `second` says which; what follows is the caller's."""

    chooses = True

    def __init__(
        self,
        front: Stand,
        what: str,
        amount: str,
        reasons: tuple[Said, ...],
        done: Approved,
        second: Second | None = None,
    ) -> None:
        self._front, self._what, self._amount, self._reasons, self._done = front, what, amount, reasons, done
        self._second = second
        self._people: tuple[Person, ...] = ()
        if second is not None:
            self._people = front.look.approvers(second.right, front.person.person, *second.not_by)
        self.complaint = ""
        """Why the second person was not accepted, said in the strip and nowhere else."""
        self.asks_box = what

    def view(self) -> Approval:
        """The strip."""
        return Approval(
            self._what,
            self._amount,
            self._reasons,
            self._second is not None,
            who_may(self._second.right) if self._second else "",
            tuple(person.name for person in self._people),
            self._second.alone if self._second else "",
            self.complaint,
        )

    def press(self, intent: Intent, typed: str) -> bool:
        """A digit typed into the box chooses too; everything but leaving waits."""
        if intent is Intent.SEARCH and self.letter(typed):
            return True
        if intent in (Intent.LEAVE, Intent.LOCK, Intent.EXPLAIN, Intent.ABANDON):
            return False
        raise Refused(say("Answer this first, or leave it with Esc."))

    def letter(self, sign: str) -> bool:
        """A digit is a reason; without a second person it completes the strip."""
        if self._second is None and sign.isdecimal() and 0 < int(sign) <= len(self._reasons):
            self._done(self._reason(sign), None)
            return True
        return False

    def choose(self, place: int) -> None:
        """A reason by a click."""
        self.letter(str(place + 1))

    def approve(self, reason: str, person: str, secret: str) -> None:
        """Complete it; a wrong PIN, or somebody without the right, is said in the strip and asked again."""
        if self._reasons and not reason.strip():
            raise Refused(say("Say why; a reason is not blank."))
        reason = self._reason(reason)
        if self._second is None:
            self._done(reason, None)
            return
        try:
            found = self._front.confirmed(self._named(person), secret, self._second.right)
            self._done(reason, found.person)
        except Refused as no:
            self.complaint = str(no)
            raise

    def ask_alone(self, reason: str) -> None:
        """Go on without the second person: it is asked for and waits."""
        if self._second is None or self._second.ask_alone is None:
            raise Refused(say("This is not done without a second person."))
        self._second.ask_alone(self._reason(reason))

    def _reason(self, reason: str) -> str:
        """A digit stands for its reason; the journal keeps it in one language."""
        if reason.isdecimal() and 0 < int(reason) <= len(self._reasons):
            return self._reasons[int(reason) - 1].english
        return reason

    def _named(self, person: str) -> str:
        """A digit stands for its place in the list of those who may."""
        if person.isdecimal() and 0 < int(person) <= len(self._people):
            return self._people[int(person) - 1].person
        return person


def shown_reason(reason: str, chosen_from: tuple[Said, ...]) -> str:
    """A journalled reason as it was shown when it was chosen by one key; another one as it was typed."""
    return next((known for known in chosen_from if known == reason), reason)
