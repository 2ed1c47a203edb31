"""A station's signed journal in memory, made with a real key: for tests that need entries and no database."""

from collections.abc import Iterable

import msgspec

from counter_app.domain import events as ev
from counter_app.domain.entry import EMPTY, Body, Entry, Head, Private, Sealing, canonical, chain_hash
from counter_app.domain.ledger import Movement, Posting
from db.keys import Signer, new_signing_key

DAY = "2026-11-23"
AT = f"{DAY}T17:15:00.000Z"


class Chain:
    """Grows by `record`; `entries` and `private` are what a station would ship."""

    def __init__(self, station: str = "A1", site: str = "Elm Street") -> None:
        self.station, self.site = station, site
        self.signer = Signer(new_signing_key())
        self.entries: list[Entry] = []
        self.private: list[tuple[int, Private]] = []
        self.record(opened(station, site, self.signer.public))

    @property
    def head(self) -> Head:
        """The newest link."""
        return Head(self.entries[-1].seq, self.entries[-1].hash) if self.entries else EMPTY

    def record(self, event: ev.Event, values: Iterable[Private] = (), numbers: dict[str, str] | None = None) -> Entry:
        """Append an event with its private values."""
        head = self.head
        body = Body(
            station=self.station, seq=head.seq + 1, kind=type(event).__name__, version=event.VERSION, at=AT,
            zone="America/Los_Angeles", business_date=DAY, actor="maria", approver=None, session=None,
            numbers=numbers or {}, event=raw_of(event),
        )  # fmt: skip
        text = canonical(body)
        hash_ = chain_hash(head.hash, text)
        entry = Entry(self.station, body.seq, text, head.hash, hash_, self.signer.sign(hash_))
        self.entries.append(entry)
        self.private.extend((entry.seq, value) for value in values)
        return entry

    def pay(self, count: int = 1, cents: int = 4_500) -> None:
        """That many receipts for a named payer."""
        for _ in range(count):
            number = f"{self.station}-{len(self.entries):06d}"
            seal = Sealing()
            payment = paid(number, f"{self.station}-S000001", cents, seal("payer", "Jo O'Neil"))
            self.record(payment, seal.values, {"receipt": number})

    def values_of(self, entries: Iterable[Entry]) -> list[tuple[int, Private]]:
        """The private values that belong to `entries`."""
        seqs = {entry.seq for entry in entries}
        return [(seq, value) for seq, value in self.private if seq in seqs]


def raw_of(event: ev.Event) -> msgspec.Raw:
    """The event as it lies in a body."""
    return msgspec.Raw(canonical(event))


def opened(station: str, site: str, public: bytes) -> ev.StationOpened:
    """Entry 1 of a practice station."""
    return ev.StationOpened(
        city="Elmwood", site=site, station=station, public_key=public.hex(), purpose="demo", program="0"
    )


def paid(number: str, session: str, cents: int, payer: str | None) -> ev.PaymentTaken:
    """A receipt of one open item, paid with a note and with change."""
    line = ev.SoldLine(
        line=1, fee="UB-PMT", text="Utility payment", category="utility", account="90000001", customer=None, quantity=1,
        amount_cents=cents, added=False, pays="account", formula="", details=None, licence=None,
        distribution=(Posting("510-0000-12100", "510", -cents),),
    )  # fmt: skip
    tender = ev.Tendered(
        tender=1, kind="cash", amount_cents=cents + 500, change_cents=500, credit_cents=0, reference="",
        check_date=None, authorization="", endorsed=False,
    )  # fmt: skip
    return ev.PaymentTaken(
        number=number, session=session, drawer="D1", cashier="maria", received=DAY, customer=None, payer=payer,
        email=None, total_cents=cents, change_cents=500, credit_cents=0, rounding_cents=0, lines=(line,),
        tenders=(tender,),
        allocations=(ev.Allocation(1, 1, "90000001", "B1:water", cents),), credits=(), licences=(), known=None,
        movements=(Movement("customers", f"drawer {session}", "cash", cents),),
        postings=(Posting("999-0000-10110", "999", cents), Posting("510-0000-12100", "510", -cents)),
    )  # fmt: skip


def deposited(deposit: str, cents: int) -> ev.DepositMade:
    """A deposit of cash alone."""
    return ev.DepositMade(
        deposit=deposit, bank="OPERATING", bag=f"B{deposit}", sessions=("A1-S000001",), pieces={"100": cents // 100},
        cash_cents=cents, checks=(), held=(), checks_cents=0, total_cents=cents, movements=(), postings=(),
    )  # fmt: skip
