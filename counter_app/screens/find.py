"""What the one box finds: accounts, people, receipts and licences of the books, and fees of the schedule."""

from collections.abc import Callable
from typing import Literal

import msgspec

from counter_app.domain.fees import Fee
from counter_app.domain.said import counted, say, together
from counter_app.domain.search_hit import Hit
from counter_app.screens.keys import Intent
from counter_app.screens.look_up import LookUp
from counter_app.screens.panel import Acting, Panel
from counter_app.screens.views import ResultsView, Row
from counter_app.services.small_acts import RegisterCustomer

Kind = Literal["account", "customer", "receipt", "licence", "fee", "new"]
ICONS = {"account": "account", "customer": "person", "receipt": "receipt", "licence": "license", "fee": "city"}
FEE_ICONS = {"utility": "water", "animal": "dog", "business_licence": "business"}


class Found(msgspec.Struct, frozen=True):
    """One result: what it is, its number or code, and its row."""

    kind: Kind
    key: str
    row: Row


def search(look: LookUp, text: str) -> tuple[Found, ...]:
    """Fees of exactly that code, then what the books know, then other fees."""
    fees = [_fee(fee) for fee in look.offered(text)]
    exact = [fee for fee in fees if fee.key.casefold() == text.strip().casefold()]
    hits = [_hit(hit) for hit in look.find(text)]
    return (*exact, *hits, *(fee for fee in fees if fee not in exact))


def is_exactly(found: Found, text: str) -> bool:
    """Whether somebody typed or scanned its very number, so that nothing is left to choose."""
    return found.key.casefold() == text.strip().casefold()


def fee_icon(fee: Fee) -> str:
    """The picture of a kind of fee."""
    return FEE_ICONS.get(fee.category, "license" if fee.licence else "city")


def _hit(hit: Hit) -> Found:
    detail = together((hit.key, hit.detail), " · ")
    return Found(hit.kind, hit.key, Row(hit.title, "", detail, icon=ICONS[hit.kind], key=hit.key))


def _fee(fee: Fee) -> Found:
    detail = together((fee.code, fee.unit), " · ")
    return Found("fee", fee.code, Row(fee.name, "", detail, icon=fee_icon(fee), key=fee.code))


class Results(Panel):
    """What a search found: Enter on the same text, or on the empty box, takes the marked row."""

    def __init__(self, text: str, found: tuple[Found, ...], chosen: Callable[[Found], None], title: str = "") -> None:
        self.text, self.found, self._chosen = text, found, chosen
        self._title = title or counted(len(found), "1 found for “{text}”", "{n} found for “{text}”", text=text)
        self._marked = 0

    def view(self) -> ResultsView:
        """The rows."""
        return ResultsView(self._title, tuple(f.row for f in self.found), marked=self._marked)

    def press(self, intent: Intent, typed: str) -> bool:
        """Enter takes the marked row."""
        if self.found and (intent is Intent.PROCEED or (intent is Intent.SEARCH and typed == self.text)):
            self._chosen(self.found[self._marked])
            return True
        return False

    def choose(self, place: int) -> None:
        """A click takes a row."""
        if 0 <= place < len(self.found):
            self._chosen(self.found[place])

    def step(self, by: int) -> bool:
        """Walk the rows."""
        if self.found:
            self._marked = max(0, min(self._marked + by, len(self.found) - 1))
        return bool(self.found)


class Who(Panel):
    """Asks for a person (or an account): found, or registered on the spot; with `name_only` a mere name will do."""

    def __init__(
        self,
        front: Acting,
        question: str,
        chosen: Callable[[Found], None],
        wants: tuple[Kind, ...] = ("customer", "account"),
        *,
        name_only: bool = False,
    ) -> None:
        self._front, self._question, self._chosen, self._wants = front, question, chosen, wants
        self._name_only = name_only
        self._results: Results | None = None
        self.asks_box = question

    def view(self) -> ResultsView:
        """The question, or who was found."""
        if self._results is None:
            return ResultsView(self._question, empty=say("Scan, or type a name, an address, a phone or an account."))
        return self._results.view()

    def press(self, intent: Intent, typed: str) -> bool:
        """Enter searches among people; Enter again takes the marked one."""
        if self._results and self._results.press(intent, typed):
            return True
        if intent is not Intent.SEARCH:
            return False
        found = [hit for hit in search(self._front.look, typed) if hit.kind in self._wants]
        if len(found) == 1 and is_exactly(found[0], typed):
            self._chosen(found[0])
            return True
        if "customer" in self._wants:
            found.append(self._new(typed))
        self._results = Results(typed, tuple(found), self._take, self._question)
        return True

    def choose(self, place: int) -> None:
        """A click takes a row."""
        if self._results:
            self._results.choose(place)

    def step(self, by: int) -> bool:
        """Walk the rows."""
        return self._results is not None and self._results.step(by)

    def _new(self, typed: str) -> Found:
        if self._name_only:
            words = say("Use the name “{name}”", name=typed)
        else:
            words = say("Register “{name}” as a new customer", name=typed)
        return Found("new", typed, Row(words, icon="person", key=typed))

    def _take(self, found: Found) -> None:
        if found.kind == "new" and not self._name_only:
            done = self._front.perform(RegisterCustomer(by=self._front.person.person, name=found.key))
            found = Found("customer", done.customer, Row(found.key))
        self._chosen(found)
