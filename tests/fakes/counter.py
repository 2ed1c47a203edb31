"""A demo counter that tests talk to in acts: real file, real journal, a clock that stands where the test puts it.

The city is made once for a test run and copied; five accounts of it have sums that a test can do in its head.
"""

import json
import re
import shutil
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from counter_app.bootstrap import make_demo, open_station
from counter_app.domain.clock import SetClock, to_text
from counter_app.domain.entry import Body, Head, read_body
from counter_app.domain.events import ReferenceLoaded
from counter_app.services.acts import answer
from counter_app.services.station import Station
from db import accounts_load, rebuild
from db.accounts_load import AccountValues, ItemValues
from db.queries import places
from db.verify import verify

Answer = dict[str, Any]

MADE = datetime.fromisoformat("2026-11-20T09:00:00-08:00")
MONDAY = datetime.fromisoformat("2026-11-23T09:00:00-08:00")

WATER = "90000001"
"""One water bill of 120.00, due 12/1/2026; customer C90000001."""
ARREARS = "90000002"
"""October: sewer 30, water 40.00. November: tax 5.00, sewer 30.00, water 42.40, penalty 10.00, returned fee 25.00."""
PAID_UP = "90000003"
"""Owes nothing."""
IN_CREDIT = "90000004"
"""Owes 60.00 and has a credit of 15.00."""
CLOSED = "90000005"
"""A closed account that still owes 33.10."""

_ITEMS = (
    (WATER, "W-2611", "water", "2026-12-01", 12_000),
    (ARREARS, "W-2610", "sewer", "2026-10-20", 3_000),
    (ARREARS, "W-2610", "water", "2026-10-20", 4_000),
    (ARREARS, "W-2611", "tax", "2026-11-20", 500),
    (ARREARS, "W-2611", "sewer", "2026-11-20", 3_000),
    (ARREARS, "W-2611", "water", "2026-11-20", 4_240),
    (ARREARS, "W-2611", "penalty", "2026-11-20", 1_000),
    (ARREARS, "W-2611", "returned_check", "2026-11-20", 2_500),
    (IN_CREDIT, "W-2611", "water", "2026-12-01", 6_000),
    (CLOSED, "W-2611", "water", "2026-12-01", 3_310),
)
_CODE_WORDS = re.compile(r"[{}\[\]_`]|None|Traceback|Error|->|[a-z][A-Z]|\bSELECT\b")


class Counter:
    """Acts in, answers out."""

    def __init__(self, folder: Path, at: datetime = MONDAY) -> None:
        self.folder = folder
        self.station: Station = open_station(folder, "a test", clock=SetClock(at))

    def answer(self, act: str, by: str, **fields: Any) -> Answer:
        """What `play` would print for the act."""
        line = json.dumps({"act": act, "by": by, **fields})
        result: Answer = json.loads(json.dumps(answer(self.station, line)))
        return result

    def do(self, act: str, by: str, **fields: Any) -> Answer:
        """The act, which must be done; `ok` is left out of its result."""
        result = self.answer(act, by, **fields)
        assert result.pop("ok") is True, result
        return result

    def refuse(self, act: str, by: str, **fields: Any) -> str:
        """The act, which must be refused in words fit for a cashier, with nothing changed; returns the words."""
        return self._no("refused", act, by, fields)

    def wrong(self, act: str, by: str, **fields: Any) -> str:
        """The act, which must be told to be none, with nothing changed; returns the words."""
        return self._no("wrong", act, by, fields)

    def show(self, what: str, of: str | None = None, by: str = "lee") -> Answer:
        """What somebody sees; looking writes nothing."""
        before = self.traces()
        shown = self.do("show", by, what=what, **({"of": of} if of else {}))
        assert self.traces() == before
        return shown

    def reopen(self) -> None:
        """Close the station and open it again, as after a night."""
        clock = self.station.clock
        assert isinstance(clock, SetClock)
        self.station.close()
        self.station = open_station(self.folder, "a test", clock=SetClock(clock.now()))

    def wait(self, seconds: float) -> None:
        """Let the clock of the counter run on."""
        clock = self.station.clock
        assert isinstance(clock, SetClock)
        clock.set(clock.now() + timedelta(seconds=seconds))

    def close(self) -> None:
        """Give the folder back."""
        self.station.close()

    def traces(self) -> tuple[Head, int]:
        """The newest entry and how many papers were ever asked for."""
        with self.station.books.read() as connection:
            papers = connection.exec_driver_sql("SELECT count(*) FROM spool").scalar_one()
        return self.station.books.head(), papers

    def bodies(self, after: int = 0) -> list[Body]:
        """The journal's entries after a number."""
        with self.station.books.read() as connection:
            rows = connection.exec_driver_sql("SELECT body FROM entry WHERE seq > ? ORDER BY seq", (after,)).all()
        return [read_body(row[0]) for row in rows]

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """Rows that a statement finds, for what no act shows."""
        with self.station.books.read() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(sql, values).all()]

    def places(self) -> dict[str, int]:
        """Where the money is."""
        with self.station.books.read() as connection:
            return places.balances(connection)

    def prove(self) -> None:
        """The invariants that hold at the end of whatever was played: chain, numbers, sums, projections, places."""
        with self.station.books.read() as connection:
            proof = verify(connection, self.station.name, full=True)
            assert not proof.problems, proof.problems
            assert proof.head == self.station.books.head()
            assert rebuild.check(connection) == ()
        assert all(cents >= 0 for cents in self.places().values()), self.places()
        prove_postings(self)

    def _no(self, kind: str, act: str, by: str, fields: dict[str, Any]) -> str:
        before = self.traces()
        result = self.answer(act, by, **fields)
        assert result.keys() == {"ok", kind}, result
        assert result["ok"] is False
        assert self.traces() == before, "something was written"
        words: str = result[kind]
        if kind == "refused":
            assert fit(words), words
        return words


def fit(words: str) -> bool:
    """Whether a cashier can read it: a sentence or two, no names of code."""
    return bool(
        words and words[-1] == "." and len(words) <= 400 and "\n" not in words and not _CODE_WORDS.search(words)
    )


def prove_postings(counter: Counter) -> None:
    """Every entry balances in every fund, and no movement has one end only."""
    unbalanced = "SELECT station, seq, fund FROM posting GROUP BY station, seq, fund HAVING SUM(amount_cents) <> 0"
    assert counter.rows(unbalanced) == []
    assert (
        counter.rows("SELECT seq FROM movement WHERE source = target OR source = '' OR target = '' OR cents <= 0") == []
    )


def make_city(folder: Path, accounts: int = 60, station: str = "A1") -> None:
    """The demo city of so many accounts, with the accounts above."""
    clock = SetClock(MADE)
    make_demo(folder, accounts, station, clock=clock)
    opened = open_station(folder, "a test", clock=clock)
    names = ("Rosa Bell", "Omar Haddad", "Vera Lund", "Ivan Petrov", "Nora Quinn")
    numbers = (WATER, ARREARS, PAID_UP, IN_CREDIT, CLOSED)
    known = [_account(number, name) for number, name in zip(numbers, names, strict=True)]
    with opened.books.change_state() as connection:
        load = accounts_load.begin(connection)
        accounts_load.put_accounts(connection, load, known)
        accounts_load.put_items(connection, load, [_item(*item) for item in _ITEMS])
    total = sum(item[4] for item in _ITEMS) - 1_500
    with opened.books.write("system") as unit:
        loaded = ReferenceLoaded(
            kind="accounts", load=load, sha256="0" * 64, rows=len(known), total_cents=total, as_of=to_text(MADE),
            last_batch=None,
        )  # fmt: skip
        accounts_load.make_current(unit, loaded)
    opened.close()


def _account(number: str, name: str) -> AccountValues:
    customer, street = f"C{number}", f"{number[-1]} Elm Street"
    status, credit_cents = "closed" if number == CLOSED else "open", 1_500 if number == IN_CREDIT else 0
    return (number, customer, name, street, street, "", "", "en", "residential", status, credit_cents)


def _item(account: str, bill: str, component: str, due: str, cents: int) -> ItemValues:
    return account, f"{bill}/{component}", bill, component, "bill", due, due, cents, cents, 0, 0


def copy_city(city: Path, folder: Path) -> Counter:
    """A counter of its own, as the city was made."""
    shutil.copytree(city, folder)
    return Counter(folder)


def cash(cents: int, **more: Any) -> Answer:
    """A tender of cash."""
    return {"kind": "cash", "amount_cents": cents, **more}


def check(cents: int, number: str = "1042", **more: Any) -> Answer:
    """A tender of one check."""
    return {"kind": "check", "amount_cents": cents, "check": {"number": number}, **more}


def card(cents: int) -> Answer:
    """A tender by card, as the terminal answers."""
    answered = {"brand": "VISA", "last4": "4242", "auth": "061552", "reference": "77"}
    return {"kind": "card", "amount_cents": cents, "card": answered}


def money_order(cents: int, number: str = "880") -> Answer:
    """A tender of a money order."""
    return {"kind": "money_order", "amount_cents": cents, "check": {"number": number}}


def water(account: str, cents: int | None = None, **more: Any) -> Answer:
    """A payment on an account, of its balance unless said."""
    return {"fee": "UB-PMT", "account": account, **({} if cents is None else {"amount_cents": cents}), **more}


def dog(code: str = "DL-A2", customer: str = "C90000001", **details: Any) -> Answer:
    """A dog license with what it needs."""
    given = {"name": "Rex", "altered": code[3] != "U", "rabies_expires": "2029-06-01", **details}
    return {"fee": code, "customer": customer, "details": given}


def copies(pages: int) -> Answer:
    """Photocopies at 40 cents."""
    return {"fee": "CK-COPY", "quantity": pages}


def heap(cents: int) -> dict[str, int]:
    """Some pieces worth so much."""
    count: dict[str, int] = {}
    for piece in ("2000", "1000", "500", "100", "25", "10", "5", "1"):
        if cents >= int(piece):
            count[piece], cents = divmod(cents, int(piece))
    return count


def worth(count: dict[str, int]) -> int:
    """What pieces are worth."""
    return sum(int(piece.removesuffix("c")) * pieces for piece, pieces in count.items())


def open_d1(counter: Counter, by: str = "maria", float_cents: int = 20_000) -> str:
    """Open D1 with a float; its session."""
    session: str = counter.do("open_drawer", by, drawer="D1", count=heap(float_cents))["session"]
    return session


def pay(counter: Counter, lines: Sequence[Answer], tenders: Iterable[Answer], by: str = "maria", **more: Any) -> Answer:
    """A payment that must be taken."""
    return counter.do("take_payment", by, lines=list(lines), tenders=list(tenders), **more)


def close_d1(
    counter: Counter, counted_cents: int, checks: Sequence[int] = (), by: str = "maria", drawer: str = "D1", **more: Any
) -> str:
    """The cashier's blind count; the session."""
    closed = counter.do("close_drawer", by, drawer=drawer, count=heap(counted_cents), checks=list(checks), **more)
    session: str = closed["session"]
    return session


def verified(
    counter: Counter, session: str, counted_cents: int, checks: Sequence[int] = (), by: str = "lee", **more: Any
) -> Answer:
    """The lead's count, accepted."""
    return counter.do(
        "verify_drawer", by, session=session, count=heap(counted_cents), checks=list(checks), accept=True, **more
    )
