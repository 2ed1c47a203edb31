"""A whole day at the drawer as events, recorded through the one write path: a journal for tests that need no acts."""

from datetime import UTC, datetime
from pathlib import Path

from counter_app.domain import events as ev
from counter_app.domain.clock import SetClock
from counter_app.domain.entry import Entry, Sealing
from counter_app.domain.fault import Faults
from counter_app.domain.ledger import (
    CARD_RECEIVABLE,
    CUSTOMERS,
    OVER_SHORT,
    TREASURY,
    UNDEPOSITED,
    Movement,
    Posting,
    bag_place,
    bank_place,
    drawer_place,
    float_place,
    post,
    transit_place,
)
from db import reference, storage
from db.books import Books, Unit
from db.keys import Signer, new_file_key, new_signing_key

DAY = "2026-11-23"
MORNING = datetime(2026, 11, 23, 17, 15, tzinfo=UTC)
ZONE = "America/Los_Angeles"
WATER = ("UB-PMT", "Utility bill payment", "utility", "501-0000-11210")
DOG = ("DL-A1", "Dog license, altered", "animal", "101-2020-41520")
PIECES = {"2000": 1, "1000": 1}


def new_books(folder: Path, station: str = "A1") -> tuple[Books, str]:
    """An empty station with entry 1, and the key of its file (64 hex digits)."""
    key = new_file_key()
    store = storage.create(folder / "counter.db", key)
    private = new_signing_key()
    books = Books(store, station, Signer(private), SetClock(MORNING), ZONE, Faults())
    with books.write("system") as unit:
        reference.put_secret(unit.connection, "signing key", private)
        reference.put_setting(unit.connection, "station", station)
        unit.record(
            ev.StationOpened(
                city="Alder Creek",
                site="City Hall",
                station=station,
                public_key=books.signer.public.hex(),
                purpose="demo",
                program="0",
            )
        )
    return books, key


def played_day(folder: Path, station: str = "A1") -> tuple[Books, str]:
    """Seventeen entries: float, payments, a void, a drop, a short drawer verified, its deposit sent and confirmed."""
    books, key = new_books(folder, station)
    session, deposit = f"{station}-S000001", f"{station}-D000001"
    _record(books, "maria", ev.SignedIn(person="maria"))
    register(books, "Dana Ortiz")
    open_drawer(books)
    pay(books, session, 5_000, tendered=6_000)
    pay(books, session, 1_300, kind="check", fee=DOG, payer="Dana Ortiz", licence=True)
    pay(books, session, 4_500, kind="card")
    void(books, session, pay(books, session, 700))
    _record(books, "maria", ev.NoSale(session=session, drawer="D1", reason="0" * 64), session)
    _record(books, "maria", ev.ReceiptCopied(number=f"{station}-000001", copy=1), session)
    drop(books, session, 2_000)
    close(books, session)
    verify_drawer(books, session)
    make_deposit(books, session, deposit)
    move = (
        Movement(bag_place(deposit), transit_place("OPERATING"), "cash", 4_500),
        Movement(bag_place(deposit), transit_place("OPERATING"), "check", 1_300),
    )
    _record(books, "ana", ev.DepositSent(deposit=deposit, courier="1" * 64, movements=move, postings=post(move)))
    move = (
        Movement(transit_place("OPERATING"), bank_place("OPERATING"), "cash", 4_500),
        Movement(transit_place("OPERATING"), bank_place("OPERATING"), "check", 1_300),
    )
    parts = (ev.DepositPart("cash", 4_500, "2026-11-24", "77"), ev.DepositPart("checks", 1_300, "2026-11-24", "78"))
    _record(
        books,
        "fay",
        ev.DepositConfirmed(
            deposit=deposit, parts=parts, credited_cents=5_800, difference_cents=0, movements=move, postings=post(move)
        ),
    )
    return books, key


def _record(
    books: Books, actor: str, event: ev.Event, session: str | None = None, *, approver: str | None = None
) -> Entry:
    with books.write(actor, approver) as unit:
        return unit.record(event, session=session, business_date=DAY)


def register(books: Books, name: str) -> Entry:
    """A customer with a name and an address, both private."""
    with books.write("maria") as unit:
        seal = Sealing()
        event = ev.CustomerRegistered(
            customer=unit.number("customer"),
            name=seal.need("name", name),
            address=seal("address", "7 Elm Street"),
            phone=None,
            email=None,
            language="en",
        )
        return unit.record(event, sealing=seal)


def open_drawer(books: Books, float_cents: int = 20_000) -> Entry:
    """Maria opens D1 with a float of $20 notes that was issued this morning."""
    with books.write("maria") as unit:
        session = unit.number("session")
        moves = (
            Movement(TREASURY, float_place("A1-S000001", "D1"), "cash", float_cents),
            Movement(float_place("A1-S000001", "D1"), drawer_place(session), "cash", float_cents),
        )
        event = ev.DrawerOpened(
            session=session,
            drawer="D1",
            cashier="maria",
            count={"2000": float_cents // 2_000},
            float_cents=float_cents,
            issued_cents=float_cents,
            movements=moves,
            postings=post(moves),
        )
        return unit.record(event, session=session, business_date=DAY)


def pay(
    books: Books,
    session: str,
    cents: int,
    *,
    kind: str = "cash",
    tendered: int | None = None,
    fee: tuple[str, str, str, str] = WATER,
    payer: str | None = None,
    licence: bool = False,
) -> str:
    """A receipt of one line and one tender; its number."""
    with books.write("maria") as unit:
        seal = Sealing()
        number = unit.number("receipt")
        event = payment(
            unit,
            number,
            session,
            cents,
            kind=kind,
            tendered=tendered or cents,
            fee=fee,
            seal=seal,
            payer=payer,
            licence=licence,
        )
        unit.record(event, session=session, business_date=DAY, sealing=seal)
        unit.queue_paper("receipt", number)
        return number


def payment(
    unit: Unit,
    number: str,
    session: str,
    cents: int,
    *,
    kind: str,
    tendered: int,
    fee: tuple[str, str, str, str],
    seal: Sealing,
    payer: str | None = None,
    licence: bool = False,
) -> ev.PaymentTaken:
    """The event of such a receipt."""
    code, text, category, account = fee
    share = (Posting(account, account[:3], -cents),)
    target = CARD_RECEIVABLE if kind == "card" else drawer_place(session)
    moves = (Movement(CUSTOMERS, target, kind, cents),)
    tag = unit.number("licence") if licence else None
    name = None if code != WATER[0] else "90000001"
    line = ev.SoldLine(
        line=1,
        fee=code,
        text=text,
        category=category,
        account=name,
        customer=None,
        quantity=1,
        amount_cents=cents,
        added=False,
        pays="",
        formula="",
        details=seal("lines.0.details", "a dog called Rex" if licence else None),
        licence=tag,
        distribution=share,
    )
    tender = ev.Tendered(
        tender=1,
        kind=kind,
        amount_cents=tendered,
        change_cents=tendered - cents,
        credit_cents=0,
        reference="1042" if kind == "check" else "",
        check_date=DAY if kind == "check" else None,
        authorization="",
        endorsed=True,
    )
    issued = ev.LicenceIssued(
        licence=tag or "",
        line=1,
        fee=code,
        type="dog",
        customer=None,
        account=None,
        holder=seal("licences.0.holder", payer if licence else None),
        details=None,
        address=None,
        issued=DAY,
        expires="2027-11-23",
        renewed=False,
    )
    return ev.PaymentTaken(
        number=number,
        session=session,
        drawer="D1",
        cashier="maria",
        received=f"{DAY}T17:15:00.000Z",
        customer=None,
        payer=seal("payer", payer),
        email=None,
        total_cents=cents,
        change_cents=tendered - cents,
        credit_cents=0,
        rounding_cents=0,
        lines=(line,),
        tenders=(tender,),
        allocations=(ev.Allocation(1, 1, name, "W-1" if name else "", cents),),
        credits=(),
        licences=(issued,) if licence else (),
        known=None,
        movements=moves,
        postings=post(moves, share),
    )


def void(books: Books, session: str, number: str, cents: int = 700) -> Entry:
    """The whole receipt undone, approved by the lead."""
    with books.write("maria", "lee") as unit:
        seal = Sealing()
        moves = (Movement(drawer_place(session), CUSTOMERS, "cash", cents),)
        event = ev.ReceiptVoided(
            void=unit.number("void"),
            number=number,
            session=session,
            asked=False,
            reason=seal.need("reason", "wrong account"),
            total_cents=cents,
            allocations=(ev.Allocation(1, 1, "90000001", "W-1", -cents),),
            credits=(),
            licences=(),
            movements=moves,
            postings=post(moves, (Posting(WATER[3], "501", cents),)),
        )
        return unit.record(event, session=session, business_date=DAY, sealing=seal)


def drop(books: Books, session: str, cents: int) -> Entry:
    """Notes to the safe."""
    moves = (Movement(drawer_place(session), UNDEPOSITED, "cash", cents),)
    event = ev.CashDropped(
        drop="1",
        session=session,
        drawer="D1",
        count={"2000": cents // 2_000},
        cents=cents,
        bag="B1",
        movements=moves,
        postings=post(moves),
    )
    return _record(books, "maria", event, session, approver="lee")


def close(books: Books, session: str) -> Entry:
    """The blind count, $5.00 short."""
    event = ev.DrawerClosed(
        session=session,
        drawer="D1",
        count={"2000": 11, "500": 1},
        counted_cents=22_500,
        keep={"2000": 10},
        checks=(1_300,),
        check_count=1,
        checks_cents=1_300,
        cards_cents=4_500,
        forced=False,
        reason=None,
    )
    return _record(books, "maria", event, session)


def verify_drawer(books: Books, session: str) -> Entry:
    """The lead's count: expected 230.00 after the drop, 225.00 there, the float of 200.00 stays."""
    drawer = drawer_place(session)
    moves = (
        Movement(drawer, OVER_SHORT, "cash", 500),
        Movement(drawer, float_place("A1-S000001", "D1"), "cash", 20_000),
        Movement(drawer, UNDEPOSITED, "cash", 2_500),
        Movement(drawer, UNDEPOSITED, "check", 1_300),
    )
    event = ev.DrawerVerified(
        session=session,
        drawer="D1",
        count={"2000": 11, "500": 1},
        keep={"2000": 10},
        pieces={"2000": 2, "500": 1},
        expected=ev.ByTender(23_000, 1_300, 4_500, 0),
        counted=ev.ByTender(22_500, 1_300, 4_500, 0),
        checks=(1_300,),
        check_count=1,
        checks_cents=1_300,
        over_short_cents=-500,
        float_short_cents=0,
        mix_differs=False,
        explanation=None,
        movements=moves,
        postings=post(moves),
    )
    return _record(books, "lee", event, session)


def make_deposit(books: Books, session: str, deposit: str) -> Entry:
    """Receipts of 50.00 in cash less the shortage, and one check."""
    with books.write("ana") as unit:
        assert unit.number("deposit") == deposit
        moves = (
            Movement(UNDEPOSITED, bag_place(deposit), "cash", 4_500),
            Movement(UNDEPOSITED, bag_place(deposit), "check", 1_300),
        )
        check = ev.DepositCheck(f"{books.station}-000002", 1, "check", "1042", 1_300)
        event = ev.DepositMade(
            deposit=deposit,
            bank="OPERATING",
            bag="BAG-1",
            sessions=(session,),
            pieces={"2000": 2, "500": 1},
            cash_cents=4_500,
            checks=(check,),
            held=(),
            checks_cents=1_300,
            total_cents=5_800,
            movements=moves,
            postings=post(moves),
        )
        return unit.record(event, business_date=DAY)
