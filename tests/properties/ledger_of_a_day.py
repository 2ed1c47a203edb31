"""What a counter's money should be, kept on the back of an envelope: plain sums, and no code of the counter's own."""

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("America/Los_Angeles")
CASH_REFUND_LIMIT = 5_000


@dataclass
class Tender:
    """What was handed over, less change."""

    kind: str
    kept: int
    credit: int = 0

    @property
    def applied(self) -> int:
        return self.kept - self.credit


@dataclass
class Receipt:
    """Lines as (account or nothing, cents)."""

    number: str
    session: "Session"
    lines: list[tuple[str | None, int]]
    tenders: dict[int, Tender]
    credit_account: str | None
    state: str = "taken"
    asked: bool = False

    @property
    def total(self) -> int:
        return sum(cents for _, cents in self.lines)

    def of_kind(self, *kinds: str) -> int:
        return sum(tender.kept for tender in self.tenders.values() if tender.kind in kinds)

    def kinds(self) -> set[str]:
        return {tender.kind for tender in self.tenders.values() if tender.applied}


@dataclass
class Session:
    """A drawer in somebody's hands."""

    name: str
    drawer: str
    cashier: str
    date: str
    float_cents: int
    cash: int
    state: str = "open"
    brought: int = 0
    dropped: int = 0
    recounts: int = 0
    bag_cash: int = 0
    over_short: int = 0
    pile: list[int] = field(default_factory=list)
    receipts: list[Receipt] = field(default_factory=list)

    def checks(self) -> list[int]:
        """The checks and money orders that its receipts say there are."""
        return sorted(
            tender.kept
            for receipt in self.receipts
            if receipt.state != "voided"
            for tender in receipt.tenders.values()
            if tender.kind in ("check", "money_order") and tender.kept
        )

    def takes_money(self, today: str) -> bool:
        return self.state == "open" and self.date >= today


@dataclass
class Deposit:
    """A bag."""

    number: str
    cash: int
    checks: int
    state: str = "made"


@dataclass
class Envelope:
    """All of it."""

    now: datetime
    balances: dict[str, int]
    sessions: list[Session] = field(default_factory=list)
    receipts: list[Receipt] = field(default_factory=list)
    deposits: list[Deposit] = field(default_factory=list)
    floats: dict[str, int] = field(default_factory=lambda: {"D1": 0, "D2": 0})
    change_fund: int = 0
    safe: int = 0
    card: int = 0
    transit: int = 0
    bank: int = 0
    issued: int = 0
    """What the treasury gave for floats and change."""

    @property
    def today(self) -> str:
        return self.now.astimezone(ZONE).date().isoformat()

    def open_session(self, cashier: str) -> Session | None:
        """The session that a person may take money in."""
        return next((s for s in reversed(self.sessions) if s.cashier == cashier and s.takes_money(self.today)), None)

    def uncounted(self, drawer: str) -> Session | None:
        """The session that is open, or to be counted again, on a drawer."""
        return next((s for s in reversed(self.sessions) if s.drawer == drawer and s.state in ("open", "recount")), None)

    def put(self, session: Session, tender: Tender, cents: int) -> None:
        """Money of a tender comes (below 0: goes), to where such money of that session now lies."""
        if tender.kind == "card":
            self.card += cents
        elif session.state in ("open", "closed", "recount"):
            session.cash += cents if tender.kind == "cash" else 0
        elif tender.kind != "cash":
            self.safe += cents

    def places(self) -> dict[str, int]:
        """Where the money is, in the counter's own names."""
        found = {f"float A1 {drawer}": cents for drawer, cents in self.floats.items()}
        found |= {"safe: change fund": self.change_fund, "safe: undeposited": self.safe, "card receivable": self.card}
        for session in self.sessions:
            inside = session.state in ("open", "closed", "recount")
            found[f"drawer {session.name}"] = session.cash + sum(session.checks()) if inside else 0
        for deposit in self.deposits:
            found[f"bag {deposit.number}"] = deposit.cash + deposit.checks if deposit.state == "made" else 0
        found |= {"deposit in transit OPERATING": self.transit, "bank OPERATING": self.bank}
        return {place: cents for place, cents in found.items() if cents}
