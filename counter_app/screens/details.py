"""What a line still needs: for whom it is, the facts that its fee asks, its amount; each asked in the one box."""

from collections.abc import Callable
from datetime import date

import msgspec

from counter_app.domain.days import parse_day, us_date
from counter_app.domain.details import Field
from counter_app.domain.fees import Fee, Open
from counter_app.domain.licence import Issue, issue, renewed_number
from counter_app.domain.money import parse_dollars, usd
from counter_app.domain.refused import Refused
from counter_app.domain.said import say
from counter_app.domain.sale import LineAsked
from counter_app.screens.find import Found, Who
from counter_app.screens.keys import TENDER_KEYS, Intent
from counter_app.screens.look_up import LookUp
from counter_app.screens.panel import Front, Panel
from counter_app.screens.us_words import read_day
from counter_app.screens.views import FieldView, FormView, ItemView, Tone

_HINTS = {
    "day": say("Month, day, year: 112326."),
    "yes_no": say("Y or N."),
    "cents": say("Dollars, like 83.17."),
    "whole": say("A whole number."),
    "text": "",
}
Value = str | int | bool


class Adding:
    """One line on its way to the ticket; `go` asks the next thing that is missing, or adds it."""

    def __init__(self, front: Front, line: LineAsked, fee: Fee) -> None:
        self._front, self.line, self._fee = front, line, fee
        self._asked_details = not [field for field in fee.asks if field.need != "may"]

    def go(self) -> None:
        """Ask, or add."""
        if self._fee.needs_account and self.line.account is None:
            self._front.show(Who(self._front, say("Which account is it for?"), self._for_account, ("account",)))
        elif self._fee.licence is not None and not (self.line.customer or self.line.account):
            self._ask_holder()
        elif not self._asked_details:
            self._front.show(Form(self._front, self._fee, self.line.details, self._with_details))
        elif isinstance(self._fee.price, Open) and self.line.amount_cents is None and not self._pays_balance():
            self._front.show(AskAmount(self._front, self._fee, self._with_amount, self._why_amount()))
        else:
            self._front.sale.add(self.line)
            self._front.quiet()

    def _ask_holder(self) -> None:
        customer = self._front.sale.customer
        if customer is not None:
            self.line = msgspec.structs.replace(self.line, customer=customer)
            self.go()
            return
        assert self._fee.licence is not None
        question = say("{licence}: who is it for?", licence=self._fee.licence.type)
        self._front.show(Who(self._front, question, self._for_holder))

    def _for_holder(self, found: Found) -> None:
        account = self._front.look.account(found.key) if found.kind == "account" else None
        customer = account.customer if account else found.key
        self.line = msgspec.structs.replace(self.line, customer=customer)
        self.go()

    def _for_account(self, found: Found) -> None:
        self.line = msgspec.structs.replace(self.line, account=found.key)
        self.go()

    def _with_details(self, details: dict[str, Value]) -> None:
        line = msgspec.structs.replace(self.line, details=details)
        preview(self._front.look, line, self._fee)
        if not isinstance(self._fee.price, Open):
            self._front.sale.price((line,))
        self.line, self._asked_details = line, True
        self.go()

    def _with_amount(self, cents: int) -> None:
        self.line = msgspec.structs.replace(self.line, amount_cents=cents)
        self.go()

    def _pays_balance(self) -> bool:
        account = self._front.look.account(self.line.account) if self.line.account else None
        return self._fee.needs_account and account is not None and account.balance_cents > 0

    def _why_amount(self) -> str:
        account = self._front.look.account(self.line.account) if self.line.account else None
        if not self._fee.needs_account or account is None:
            return ""
        return say(
            "{name}, account {account}, owes nothing; type an amount to pay ahead.",
            name=account.name,
            account=account.account,
        )


def preview(look: LookUp, line: LineAsked, fee: Fee) -> Issue | None:
    """What a line would hand over if it were paid now; raises Refused for what may not be given."""
    if fee.licence is None:
        return None
    account = look.account(line.account) if line.account else None
    number = renewed_number(fee, line.details)
    return issue(
        fee,
        line.details,
        received=look.today(),
        holder=line.customer or (account.customer if account else None),
        renews=look.old_licence(number) if number else None,
    )


class Form(Panel):
    """The facts a fee asks, one after the other in the box; Enter goes on and after the last one adds the line."""

    def __init__(
        self, front: Front, fee: Fee, known: dict[str, Value], done: Callable[[dict[str, Value]], None]
    ) -> None:
        self._front, self._fee, self._done = front, fee, done
        self._fields: tuple[Field, ...] = fee.asks
        self._values: dict[str, Value] = dict(known)
        if fee.licence is not None and fee.licence.altered is not None:
            self._values.setdefault("altered", fee.licence.altered)
        self._wrong: dict[str, str] = {}
        self._at = next((i for i, field in enumerate(self._fields) if field.key not in self._values), 0)
        self.asks_box = say("The form")

    def view(self) -> FormView:
        """The fields with what is filled."""
        fields = tuple(
            FieldView(field.label, self._shown(field), field.need, _HINTS[field.kind], self._wrong.get(field.key, ""))
            for field in self._fields
        )
        return FormView(self._fee.name, fields, self._at, say("Enter goes on, arrows walk; F9 ends the form."))

    def press(self, intent: Intent, typed: str) -> bool:
        """Enter takes the field; the signs of amounts are letters here; money waits."""
        if intent in (Intent.SEARCH, Intent.PROCEED):
            self._enter(typed)
            return True
        if intent in (Intent.PAY_THIS, Intent.QUANTITY):
            self._front.keep(typed + ("/" if intent is Intent.PAY_THIS else "*"))
            return True
        if intent is Intent.FINISH:
            self._take(typed)
            self._finish()
            return True
        if intent in TENDER_KEYS or intent is Intent.EXACT:
            raise Refused(say("Finish the details first, or leave them with Esc."))
        return False

    def step(self, by: int) -> bool:
        """Walk the fields."""
        self._at = max(0, min(self._at + by, len(self._fields) - 1))
        return True

    def choose(self, place: int) -> None:
        """A click goes to a field."""
        self._at = place

    def _enter(self, typed: str) -> None:
        self._take(typed)
        if self._at + 1 < len(self._fields):
            self._at += 1
        else:
            self._finish()

    def _take(self, typed: str) -> None:
        field = self._fields[self._at]
        self._wrong.pop(field.key, None)
        try:
            if typed:
                self._values[field.key] = read_value(field, typed, self._front.look.today())
            elif field.need == "must" and field.key not in self._values:
                raise self._lacks(field)
        except Refused as no:
            self._wrong[field.key] = str(no)
            raise

    def _finish(self) -> None:
        for place, field in enumerate(self._fields):
            if field.need == "must" and field.key not in self._values:
                self._at = place
                raise self._lacks(field)
        self._done(self._values)

    def _lacks(self, field: Field) -> Refused:
        return Refused(say("{fee} needs: {field}.", fee=self._fee.name, field=field.label))

    def _shown(self, field: Field) -> str:
        value = self._values.get(field.key)
        match field.kind, value:
            case _, None:
                return ""
            case "yes_no", _:
                return say("Yes") if value else say("No")
            case "cents", int():
                return usd(value)
            case "day", str():
                day = parse_day(value)
                return us_date(day) if day else value
            case _:
                return str(value)


def read_value(field: Field, typed: str, today: date) -> Value:
    """What was typed into a field, as the details keep it; raises Refused in words."""
    match field.kind:
        case "day":
            return read_day(typed, today).isoformat()
        case "cents":
            return parse_dollars(typed)
        case "whole":
            if not typed.isdecimal():
                raise Refused(say("{field}: type a whole number.", field=field.label))
            return int(typed)
        case "yes_no":
            if typed[0].casefold() not in "yn10":
                raise Refused(say("{field}: type Y or N.", field=field.label))
            return typed[0].casefold() in "y1"
        case _:
            return typed


class AskAmount(Panel):
    """Asks the amount of an open fee."""

    def __init__(self, front: Front, fee: Fee, done: Callable[[int], None], why: str = "") -> None:
        self._front, self._fee, self._done, self._why = front, fee, done, why
        self.asks_box = say("An amount")

    def view(self) -> ItemView:
        """The question."""
        warnings = (self._why,) if self._why else ()
        facts = ((say("Code"), self._fee.code),)
        return ItemView(self._fee.name, facts, warnings, (), say("Type the amount, then Enter or /."))

    def press(self, intent: Intent, typed: str) -> bool:
        """An amount, by Enter or /."""
        if intent in (Intent.SEARCH, Intent.PAY_THIS):
            self._done(parse_dollars(typed))
            return True
        if intent is Intent.PROCEED:
            self._front.say(say("Type the amount of {fee}.", fee=self._fee.name), Tone.WARN)
            return True
        return False
