"""What really lies in the drawers of a simulated day, kept apart from the books so that the two can be compared."""

import msgspec

from counter_app.domain import count as counts
from counter_app.domain.money import Cents
from counter_app.domain.sale import TenderAsked
from counter_app.practice.simulated_sale import Ticket
from counter_app.services.take_payment import PaymentDone

FLOAT = {"2000": 5, "1000": 5, "500": 6, "100": 15, "25": 16, "10": 5, "5": 8, "1": 10}
QUARTERS = {"25": 200}
"""What is brought when the change runs out: five rolls."""

_GREEDY = ("10000", "5000", "2000", "1000", "500", "100", "25", "10", "5", "1")


class Money(msgspec.Struct, frozen=True):
    """Of a receipt: what its lines came to and what lies in the drawer for it; money orders are among the checks."""

    total_cents: Cents
    cash_cents: Cents = 0
    checks: tuple[Cents, ...] = ()
    cards_cents: Cents = 0


class Taken(msgspec.Struct, frozen=True):
    """A receipt of the day."""

    number: str
    ticket: Ticket
    money: Money


def taken(ticket: Ticket, tenders: tuple[TenderAsked, ...], done: PaymentDone) -> Taken:
    """What a payment put where: all cash handed over less the change."""
    cash = sum(t.amount_cents for t in tenders if t.kind == "cash") - done.change_cents
    checks = tuple(t.amount_cents for t in tenders if t.kind in ("check", "money_order"))
    cards = sum(t.amount_cents for t in tenders if t.kind == "card")
    return Taken(done.number, ticket, Money(done.total_cents, cash, checks, cards))


class SimulatedDrawer:
    """One drawer of one day."""

    def __init__(self, drawer: str, cashier: str) -> None:
        self.drawer, self.cashier = drawer, cashier
        self.session = ""
        self.cash_cents = counts.total(FLOAT)
        self.kept = dict(FLOAT)
        self.checks: list[Cents] = []
        self.cards_cents = 0
        self.last: Taken | None = None

    @property
    def surplus_cents(self) -> Cents:
        """Cash beyond what stays in the drawer overnight or goes back to the safe."""
        return self.cash_cents - counts.total(self.kept)

    def put(self, money: Money) -> None:
        """Money comes in."""
        self.cash_cents += money.cash_cents
        self.checks.extend(money.checks)
        self.cards_cents += money.cards_cents

    def take(self, money: Money) -> None:
        """Money goes out."""
        self.cash_cents -= money.cash_cents
        for cents in money.checks:
            self.checks.remove(cents)
        self.cards_cents -= money.cards_cents

    def bring(self, pieces: dict[str, int]) -> None:
        """Change from the safe, which goes back there at night."""
        self.cash_cents += counts.total(pieces)
        self.kept = counts.add(self.kept, pieces)

    def pieces(self, missing_cents: Cents = 0) -> dict[str, int]:
        """The heap that is counted, without what is missing of it (below 0: with what is too much)."""
        rest = self.surplus_cents - missing_cents
        return counts.add(self.kept, _heap(rest)) if rest >= 0 else _heap(rest + counts.total(self.kept))


def _heap(cents: Cents) -> dict[str, int]:
    """Few pieces of that worth."""
    heap: dict[str, int] = {}
    for piece in _GREEDY:
        pieces, cents = divmod(cents, counts.piece_cents(piece))
        if pieces:
            heap[piece] = pieces
    return heap
