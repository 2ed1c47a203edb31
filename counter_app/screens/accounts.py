"""Customers and accounts: found by anything, shown whole, their balances oldest first, and put on the counter's ticket.

Looking changes nothing; a new customer is registered here, and everything that was paid is the register's to show.
"""

from collections.abc import Callable
from functools import partial

from counter_app.domain.account import Account
from counter_app.domain.customer import Customer
from counter_app.domain.days import us_date
from counter_app.domain.licence import state_in_words
from counter_app.domain.money import usd
from counter_app.domain.refused import Refused
from counter_app.domain.rights import Person, Right, demand
from counter_app.domain.said import Said, say, together
from counter_app.domain.search_hit import Hit
from counter_app.screens.answers import Answers
from counter_app.screens.keys import Intent
from counter_app.screens.paged_desk import PagedDesk, TableColumn, TableRow
from counter_app.screens.panel import Choice, Panel, Quiet
from counter_app.screens.us_words import clock_time, long_day
from counter_app.screens.views import Row, Tone
from counter_app.services import balances
from counter_app.services.small_acts import RegisterCustomer
from counter_app.services.station import Station
from db.queries import licences, register
from db.queries.register import Asked

LANGUAGES = (
    ("en", say("English")),
    ("es", say("Spanish")),
    ("zh", say("Chinese")),
    ("tl", say("Tagalog")),
    ("vi", say("Vietnamese")),
    ("ko", say("Korean")),
)
_LATEST = 3
_MOST_SHOWN = 24
"""Letters of what was typed that the heading repeats."""
_BEGIN = say("Type a name, an address, an account, a phone or a license.\n+ registers a new customer.")
_READ_ONLY = say("Type a name, an address, an account, a phone or a license.")

Pay = Callable[[tuple[str, ...]], None]
"""Puts the balances of some accounts on the counter's ticket and goes there."""
History = Callable[[str, tuple[str, ...], tuple[str, ...]], None]
"""Goes to the register with what was paid by or for somebody: a name, customers, accounts."""


class Accounts(PagedDesk):
    """Rows are what the search finds; `pay` and `history` lead on to other desks."""

    title = say("Customers and accounts")
    hint = say("Name, address, account, phone, license or plate")
    columns = (
        TableColumn(say("Name"), wide=True),
        TableColumn(say("Number"), spare=True),
        TableColumn(say("Owes"), figures=True),
    )

    def __init__(
        self,
        station: Station,
        person: Person,
        committed: Callable[[], object] = lambda: None,
        pay: Pay = lambda _: None,
        history: History = lambda *_: None,
    ) -> None:
        self._text, self._pay, self._history = "", pay, history
        self._may_register = person.may(Right.TAKE_MONEY) or person.may(Right.LOAD)
        super().__init__(station, person, committed)

    # The list --------------------------------------------------------------------------------------------------------

    def search(self, typed: str) -> None:
        """Find somebody."""
        self._text = typed
        self.ask_anew()
        self.quiet()
        if not self.rows()[0].key:
            raise Refused(say("Nothing found for “{text}”.", text=typed[:40]))

    @property
    def heading(self) -> str:
        """What was asked."""
        return say("Found for “{text}”", text=self._text[:_MOST_SHOWN]) if self._text else self.title

    def page_after(self, row: TableRow | None) -> tuple[TableRow, ...]:
        """What the search finds; it gives no second page."""
        if row is not None or not self._text:
            return ()
        found = (self._found(hit) for hit in self.look.find(self._text))
        return tuple({line.key: line for line in found if line is not None}.values())

    def _found(self, hit: Hit) -> TableRow | None:
        """An account with what it owes, a customer, or who holds a license."""
        if hit.kind == "account":
            account = self.look.account(hit.key)
            assert account is not None, "the search finds accounts of the books"
            tone = Tone.WARN if _late(account, self.look.today().isoformat()) else Tone.PLAIN
            name = together((account.name, account.service_address), " · ")
            return TableRow((name, account.account, usd(account.balance_cents)), f"account|{hit.key}", tone)
        if hit.kind == "licence":
            licence = self.look.licence(hit.key)
            holder = self.look.customer(licence.holder) if licence else None
            return self._person(holder) if holder else None
        customer = self.look.customer(hit.key) if hit.kind == "customer" else None
        return self._person(customer) if customer else None

    @staticmethod
    def _person(customer: Customer) -> TableRow:
        name = together([part for part in (customer.name, customer.address) if part], " · ")
        return TableRow((name, customer.customer, ""), f"customer|{customer.customer}")

    # The marked one --------------------------------------------------------------------------------------------------

    def panel_of(self, row: Row) -> Panel:
        """The customer with all accounts."""
        kind, _, key = row.key.partition("|")
        account = self.look.account(key) if kind == "account" else None
        customer = self.look.customer(account.customer if account else key) if key else None
        if customer is None:
            return Quiet(_BEGIN if self._may_register else _READ_ONLY)
        found = [one for number in customer.accounts if (one := self.look.account(number)) is not None]
        found.sort(key=lambda one: (one is not account, _oldest(one), one.account))
        return self._shown(customer, tuple(found))

    def _shown(self, customer: Customer, accounts: tuple[Account, ...]) -> Choice:
        rows = tuple(self._account_row(n, account) for n, account in enumerate(accounts, 1))
        numbers = tuple(account.account for account in accounts)
        owing = tuple(account.account for account in accounts if account.balance_cents > 0)
        acts: list[tuple[Row, Callable[[], None]]] = [
            (row, partial(self._to_counter, (number,))) for row, number in zip(rows, numbers, strict=True)
        ]
        if len(owing) > 1:
            total = sum(account.balance_cents for account in accounts if account.balance_cents > 0)
            acts.append((Row(say("Pay all of it"), usd(total), key="A"), lambda: self._to_counter(owing)))
        payments = Row(say("What was paid"), detail=say("In the register, newest first."), icon="receipt", key="H")
        acts.append((payments, lambda: self._history(customer.name, (customer.customer,), numbers)))
        hint = say("Enter pays the marked balance at the counter.") if rows and self._takes_money else ""
        facts = self._facts(customer, numbers)
        shown = tuple(row for row, _ in acts)
        return Choice(
            customer.name, shown, lambda place: acts[place][1](), facts, self._warnings(accounts), hint, dense=True
        )

    @property
    def _takes_money(self) -> bool:
        return self.person.may(Right.TAKE_MONEY)

    def _to_counter(self, numbers: tuple[str, ...]) -> None:
        demand(self.person, Right.TAKE_MONEY)
        self._pay(numbers)

    def _account_row(self, n: int, account: Account) -> Row:
        bills = together(
            [say("{amount} due {day}", amount=usd(sum(cents)), day=long_day(due)) for due, cents in _by_due(account)],
            ", ",
        )
        credit = say("credit {amount}", amount=usd(account.credit_cents)) if account.credit_cents else ""
        detail = together([part for part in (account.account, bills, credit) if part], " · ")
        key = str(n) if n < 10 else ""
        return Row(
            account.service_address, usd(account.balance_cents), detail, self._note(account), Tone.WARN, "account", key
        )

    def _note(self, account: Account) -> str:
        if account.status == "closed":
            return say("This account is closed.")
        if _late(account, self.look.today().isoformat()):
            return say("Past due since {day}.", day=long_day(_oldest(account)))
        return ""

    def _warnings(self, accounts: tuple[Account, ...]) -> tuple[str, ...]:
        late = [account for account in accounts if _late(account, self.look.today().isoformat())]
        if not late:
            return ()
        cents = sum(
            item.open_cents for account in late for item in account.items if item.due < self.look.today().isoformat()
        )
        return (say("{amount} is past due.", amount=usd(cents)),)

    def _facts(self, customer: Customer, accounts: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
        pairs = (
            (say("Customer"), customer.customer),
            (say("Address"), customer.address),
            (say("Phone"), customer.phone),
            (say("E-mail"), customer.email),
            (say("Language"), dict(LANGUAGES).get(customer.language, customer.language)),
            *(self._as_of() if accounts else ()),
            *self._licences(customer, accounts),
            *self._latest(customer, accounts),
        )
        return tuple(pair for pair in pairs if pair[1])

    def _as_of(self) -> tuple[tuple[str, str], ...]:
        """Since when the billing system's balances are; what was paid here since is taken off already."""
        at = balances.as_of(self.station)
        if at is None:
            return ()
        return ((say("Balances as of"), say("{day}, {time}", day=us_date(at.date()), time=clock_time(at))),)

    def _licences(self, customer: Customer, accounts: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
        """Each with its state and its term."""
        today = self.look.today()
        with self.station.books.read() as connection:
            held = licences.held_by(connection, customer.customer, *accounts)
            found = [licences.licence(connection, number, today) for number in held]
        return tuple((say("License {number}", number=one.licence), self._term(one)) for one in found if one is not None)

    def _term(self, one: licences.RegisteredLicence) -> Said:
        until = say("until {day}", day=long_day(one.expires)) if one.expires else say("no last day")
        return together((self.look.word(one.type), state_in_words(one.state), until), ", ")

    def _latest(self, customer: Customer, accounts: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
        """The newest receipts."""
        asked = Asked(customers=(customer.customer,), accounts=accounts)
        with self.station.books.read() as connection:
            found = register.page(connection, asked, limit=_LATEST)
        return tuple(
            (
                say("Paid {day}", day=long_day(one.place.business_date)),
                together((one.number, usd(one.cents or 0)), ", "),
            )
            for one in found
        )

    # A new customer --------------------------------------------------------------------------------------------------

    def more(self, intent: Intent) -> bool:
        """+ registers somebody; Esc on what was found begins anew."""
        if intent is Intent.NEXT_BALANCE:
            self._ask_new()
            return True
        if intent is Intent.LEAVE and self._text and not self._is_asking:
            self._text = ""
            self.ask_anew()
            self.quiet()
            return True
        return False

    def _ask_new(self) -> None:
        if not self._may_register:
            demand(self.person, Right.TAKE_MONEY)
        fields = (
            (say("Name"), say("Of the person or the business.")),
            (say("Address"), say("Street, city and ZIP; Enter leaves it out.")),
            (say("Phone"), say("Enter leaves it out.")),
            (say("E-mail"), say("Enter leaves it out.")),
        )
        self.show(Answers(say("A new customer"), fields, self._ask_language, optional=3))

    def _ask_language(self, answers: tuple[str, ...]) -> None:
        rows = tuple(Row(words, key=str(n)) for n, (_, words) in enumerate(LANGUAGES, 1))

        def chosen(place: int) -> None:
            self._register(answers, LANGUAGES[place][0])

        self.show(Choice(say("Which language do they read?"), rows, chosen))

    def _register(self, answers: tuple[str, ...], language: str) -> None:
        name, address, phone, email = answers
        act = RegisterCustomer(
            by=self.person.person,
            name=name,
            address=address or None,
            phone=phone or None,
            email=email or None,
            language=language,  # type: ignore[arg-type]
        )
        done = self.perform(act)
        self._text = done.customer
        self.ask_anew()
        self.quiet(say("{name} is customer {number}.", name=name, number=done.customer))


def _by_due(account: Account) -> list[tuple[str, list[int]]]:
    """What is open, day by day, oldest first."""
    found: dict[str, list[int]] = {}
    for item in account.items:
        if item.open_cents:
            found.setdefault(item.due, []).append(item.open_cents)
    return sorted(found.items())


def _oldest(account: Account) -> str:
    """When the oldest open item was due; what owes nothing comes last."""
    return min((item.due for item in account.items if item.open_cents), default="9999")


def _late(account: Account, today: str) -> bool:
    return account.balance_cents > 0 and _oldest(account) < today
