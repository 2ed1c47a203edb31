"""A blind count step by step, the cashier's as the lead's: cash by pieces, checks one by one, card slips."""

from counter_app.domain import count as counts
from counter_app.domain.money import Cents, parse_dollars, usd
from counter_app.domain.refused import Refused
from counter_app.domain.said import say
from counter_app.screens.views import CountingView, Message, Row

_HINTS = {
    "cash": say("Count every piece, the float included."),
    "checks": say("Type each check and money order and Enter; Enter alone goes on."),
    "cards": say("The sum of the card slips, then Enter; Enter alone when there are none."),
    "ready": say("Enter locks the count; Esc goes back."),
}
COUNTED_SO_FAR = say("You were counting here; what you counted is still there.")
STEPS = ("cash", "checks", "cards", "ready")


class Counting:
    """The count in the making; it knows nothing of what is expected."""

    def __init__(self, title: str) -> None:
        self._title, self.step = title, "cash"
        self.count: dict[str, int] = {}
        self.checks: tuple[Cents, ...] = ()
        self.cards_cents: Cents | None = None

    def view(self, message: Message) -> CountingView:
        """What was counted so far."""
        rows = tuple(
            Row(say("Check {number}", number=n), usd(cents), icon="check", key=str(n))
            for n, cents in enumerate(self.checks, 1)
        )
        return CountingView(
            title=self._title,
            step=self.step,
            count=dict(self.count),
            cash=usd(counts.total(self.count)),
            checks=rows,
            checks_total=usd(sum(self.checks)),
            cards="" if self.cards_cents is None else usd(self.cards_cents),
            hint=_HINTS[self.step],
            message=message,
        )

    @property
    def is_begun(self) -> bool:
        """Whether there is anything to lose."""
        return bool(self.count or self.checks) or self.step != "cash"

    def so_far(self, count: dict[str, int]) -> None:
        """The pieces typed until now; the grid goes on."""
        if self.step == "cash":
            self.count = dict(count)

    def cash(self, count: dict[str, int]) -> None:
        """The grid is finished."""
        self._demand("cash")
        self.count = counts.check_count(count)
        self.step = "checks"

    def check(self, typed: str) -> None:
        """One more check, or with nothing typed the next step."""
        self._demand("checks")
        if not typed.strip():
            self.step = "cards"
            return
        cents = parse_dollars(typed)
        if not cents:
            raise Refused(say("A check is more than nothing."))
        self.checks = (*self.checks, cents)

    def remove_check(self, place: int) -> None:
        """A check typed wrongly."""
        self._demand("checks")
        self.checks = self.checks[:place] + self.checks[place + 1 :]

    def cards(self, typed: str) -> None:
        """The sum of the card slips; nothing typed is no slips."""
        self._demand("cards")
        self.cards_cents = parse_dollars(typed) if typed.strip() else 0
        self.step = "ready"

    def back(self) -> None:
        """The step before; what was counted stays."""
        self.step = STEPS[max(0, STEPS.index(self.step) - 1)]

    def _demand(self, step: str) -> None:
        if self.step != step:
            raise Refused(say("Now: {what}", what=_HINTS[self.step]))
