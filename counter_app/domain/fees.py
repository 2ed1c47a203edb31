"""The city's fee schedule: which row is in force, what it costs, where its money goes.

Every amount, period and limit is dated configuration (resources/fees.toml, or finance's own list); no price is here.
"""

from collections.abc import Mapping
from datetime import date
from typing import Literal

import msgspec
from msgspec import Struct

from counter_app.domain.days import us_date
from counter_app.domain.details import Details, Field, Requirement, check_details, whole
from counter_app.domain.language import both
from counter_app.domain.money import Cents, half_up, plain, split, usd
from counter_app.domain.refused import Refused, WrongAct
from counter_app.domain.said import Said, hear, say

MOST_LINE_CENTS = 1_000_000_00
"""No line at a counter is more than a million dollars; more is a slip of the finger."""

PostingClass = Literal["handed_over", "state", "deposit_held", "other", "account"]
POSTING_ORDER: tuple[PostingClass, ...] = ("handed_over", "state", "deposit_held", "other", "account")
"""In this order the safe tenders are used up: cash pays what is handed over, the check lands on the receivable."""

_LIMITS = ("{formula}; at most {amount}", "{formula}; at least {amount}")
_FORMULAS = (
    "{base}: {steps} × {rate} per {per} or fraction = {amount}",
    "{base} × {rate} per {per} = {amount}",
    "{quantity} × {each} = {amount}",
)

Status = Literal["offered", "added", "system", "disabled"]
"""offered: a line of a sale · added: by the program, to others · system: posted by it · disabled: not in this city."""


class Rule(Struct, frozen=True, kw_only=True, tag_field="basis", forbid_unknown_fields=True):
    """How a row is priced; the tag is the word of the schedule's `basis` column."""


class Flat(Rule, frozen=True, kw_only=True, tag="flat"):
    """One price."""

    amount_cents: Cents


class FlatCap(Rule, frozen=True, kw_only=True, tag="flat_cap"):
    """One price under a ceiling of the law, which the row's `max_cents` holds."""

    amount_cents: Cents


class PerUnit(Rule, frozen=True, kw_only=True, tag="per_unit"):
    """A price for each unit: page, day, hour."""

    amount_cents: Cents


class Open(Rule, frozen=True, kw_only=True, tag="open"):
    """The amount is said at the counter."""


class RateGross(Rule, frozen=True, kw_only=True, tag="rate_gross"):
    """`rate_cents` for each `per_cents` of gross receipts, exactly and not by started unit."""

    rate_cents: Cents
    per_cents: Cents


class RateValuation(Rule, frozen=True, kw_only=True, tag="rate_valuation"):
    """`rate_cents` for each `per_cents` of a building's valuation, exactly and not by started unit."""

    rate_cents: Cents
    per_cents: Cents


class StepValuation(Rule, frozen=True, kw_only=True, tag="step_valuation"):
    """`rate_cents` for each started `per_cents` of a building's valuation ("or fraction thereof")."""

    rate_cents: Cents
    per_cents: Cents


class GreaterOf(Rule, frozen=True, kw_only=True, tag="greater_of"):
    """The larger of an amount and a share of what is past due; not computed yet."""

    amount_cents: Cents
    share_basis_points: int


class BasePlusEmployees(Rule, frozen=True, kw_only=True, tag="base_plus_employees"):
    """A base, a price for each of the first employees, another above; not computed yet."""

    base_cents: Cents
    first_employees: int
    first_cents: Cents
    above_cents: Cents


class ProratedFlat(Rule, frozen=True, kw_only=True, tag="prorated_flat"):
    """A year's price by the months left of it, and a deposit; not computed yet."""

    amount_cents: Cents
    year_starts_month: int
    deposit_cents: Cents


class PercentMonth(Rule, frozen=True, kw_only=True, tag="percent_month"):
    """A share of the tax for each month late, up to a share of the tax; not computed yet."""

    month_basis_points: int
    most_basis_points: int


class FlatPlusPass(Rule, frozen=True, kw_only=True, tag="flat_plus_pass"):
    """The city's price and amounts passed through to others; not computed yet."""

    amount_cents: Cents


class SystemPosted(Rule, frozen=True, kw_only=True, tag="system"):
    """No price: the program posts the amount itself."""


Multiplied = Flat | PerUnit
Rates = RateGross | RateValuation | StepValuation
Uncomputed = GreaterOf | BasePlusEmployees | ProratedFlat | PercentMonth | FlatPlusPass | SystemPosted
Basis = (
    Flat
    | FlatCap
    | PerUnit
    | Open
    | RateGross
    | RateValuation
    | StepValuation
    | GreaterOf
    | BasePlusEmployees
    | ProratedFlat
    | PercentMonth
    | FlatPlusPass
    | SystemPosted
)


class Share(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`parts` of a line's amount go to this ledger account of this fund."""

    account: str
    fund: str
    parts: int = 1


class LicenceRule(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What a row hands over with its receipt, and how long that is good; without a term it has no last day.

    kind names the register (dog, business, yard_sale, …), type is printed. The term is `term_months`, `term_days` or
    `until` (month and day, `06-30`); a `renewable` row keeps the number that the detail `licence` names.
    A dog: `altered` as the row wants it, the age it asks, capped by its rabies vaccination.
    A yard sale: at most `sale_days`, `sales_per_year` in a calendar year at an address.
    """

    kind: str
    type: str
    term_months: int = 0
    term_days: int = 0
    until: str = ""
    renewable: bool = False
    numbered_tag: bool = False
    capped_by_rabies: bool = False
    altered: bool | None = None
    youngest_months: int = 0
    sale_days: int = 0
    sales_per_year: int = 0


class Fee(
    Struct,
    frozen=True,
    kw_only=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
    rename={"first_day": "from", "last_day": "to"},
):
    """One row of the schedule, for the time it is in force (`from`–`to`, both good days; absent: without end)."""

    code: str
    name: str
    category: str
    price: Basis
    unit: str
    shares: tuple[Share, ...]
    posting: PostingClass
    first_day: date | None = None
    last_day: date | None = None
    status: Status = "offered"
    min_cents: Cents | None = None
    max_cents: Cents | None = None
    licence: LicenceRule | None = None
    asks: tuple[Field, ...] = ()
    requires: tuple[Requirement, ...] = ()
    adds: tuple[str, ...] = ()
    needs_account: bool = False
    refundable: bool = False
    bank: str = "OPERATING"
    alone: bool = False
    note: str = ""

    @property
    def basis(self) -> str:
        """The name of how it is priced: flat, rate_gross, …"""
        return str(type(self.price).__struct_config__.tag)

    def in_force(self, on: date) -> bool:
        """Whether the row counts for money received on that day."""
        return (self.first_day is None or self.first_day <= on) and (self.last_day is None or on <= self.last_day)


class Priced(Struct, frozen=True, kw_only=True):
    """What a line costs, and the arithmetic in words for the screen."""

    amount_cents: Cents
    formula: str


class FeeSchedule(Struct, frozen=True, kw_only=True, rename={"rows": "fee"}):
    """Every row, of all times, and the city's Spanish for what their names, licenses and questions say in English."""

    rows: tuple[Fee, ...]
    spanish: dict[str, str] = {}

    def word(self, english: str) -> str:
        """A word of the schedule in both languages, where the city gives its Spanish."""
        return both(english, self.spanish.get(english))

    def fee(self, code: str, on: date) -> Fee:
        """The row in force for money received on that day; Refused when there is none."""
        dated = [row for row in self.rows if row.code == code]
        if not dated:
            raise Refused(say("There is no fee “{code}”.", code=code[:40]))
        for row in dated:
            if row.in_force(on):
                return row
        raise Refused(say("The fee {code} is not in force on {on}.", code=code, on=us_date(on)))

    def added(self, fee: Fee, on: date) -> tuple[tuple[Fee, Priced], ...]:
        """The state fees that the program adds to a line of `fee`, each with its price."""
        rows = [self.fee(code, on) for code in fee.adds]
        return tuple((row, _priced(row, quantity=1, details={}, amount_cents=None)) for row in rows)

    def offered(self, on: date) -> tuple[Fee, ...]:
        """What the counter sells on that day, in the order of the schedule."""
        return tuple(row for row in self.rows if row.status == "offered" and row.in_force(on))


def load_schedule(toml_text: str) -> FeeSchedule:
    """The schedule that a file of the form of resources/fees.toml holds; WrongAct names what is wrong in it."""
    try:
        schedule = msgspec.toml.decode(toml_text, type=FeeSchedule)
    except msgspec.DecodeError as error:
        raise WrongAct(f"The fee schedule cannot be read: {error}") from error
    problems = schedule_problems(schedule)
    if problems:
        raise WrongAct(f"The fee schedule is wrong: {problems[0]}")
    return msgspec.structs.replace(schedule, rows=tuple(_in_both(row, schedule) for row in schedule.rows))


def _in_both(row: Fee, schedule: FeeSchedule) -> Fee:
    """The row with what a person reads of it in both languages."""
    replace, word = msgspec.structs.replace, schedule.word
    return replace(
        row,
        name=word(row.name),
        unit=word(row.unit),
        licence=replace(row.licence, type=word(row.licence.type)) if row.licence else None,
        asks=tuple(replace(field, label=word(field.label)) for field in row.asks),
        requires=tuple(replace(requirement, text=word(requirement.text)) for requirement in row.requires),
    )


def schedule_problems(schedule: FeeSchedule) -> tuple[str, ...]:
    """What no single row shows: rows of one code in force together, unknown added fees, an altered dog above half."""
    found: list[str] = []
    by_code: dict[str, list[Fee]] = {}
    for row in schedule.rows:
        by_code.setdefault(row.code, []).append(row)
        found += _row_problems(row)
    for code, rows in by_code.items():
        for index, row in enumerate(rows):
            if any(_together(row, other) for other in rows[index + 1 :]):
                found.append(f"{code} has two rows for the same day.")
        unknown = {added for row in rows for added in row.adds} - by_code.keys()
        found += [f"{code} adds {added}, which is no fee." for added in sorted(unknown)]
    return tuple(found + _altered_problems(schedule))


def _row_problems(row: Fee) -> list[str]:
    """What is wrong within one row."""
    found = []
    if not row.shares or any(share.parts < 1 for share in row.shares):
        found.append(f"{row.code} has no account to post to.")
    if row.min_cents is not None and row.max_cents is not None and row.min_cents > row.max_cents:
        found.append(f"{row.code} has a minimum above its maximum.")
    if isinstance(row.price, Rates) and row.price.per_cents < 1:
        found.append(f"{row.code} has a rate per nothing.")
    if row.first_day and row.last_day and row.last_day < row.first_day:
        found.append(f"{row.code} ends before it begins.")
    return found


def _together(one: Fee, other: Fee) -> bool:
    """Whether some day belongs to both rows."""
    first = max(one.first_day or date.min, other.first_day or date.min)
    last = min(one.last_day or date.max, other.last_day or date.max)
    return first <= last


def _altered_problems(schedule: FeeSchedule) -> list[str]:
    """Government Code 38792: an altered dog's license costs at most half of the unaltered one (DL-A1 beside DL-U1)."""
    found = []
    for row in schedule.rows:
        if not row.code.startswith("DL-A") or not isinstance(row.price, Flat):
            continue
        for other in schedule.rows:
            same = other.code == "DL-U" + row.code.removeprefix("DL-A") and _together(row, other)
            if same and isinstance(other.price, Flat) and 2 * row.price.amount_cents > other.price.amount_cents:
                found.append(f"{row.code} is more than half of {other.code}.")
    return found


def price(fee: Fee, *, quantity: int, details: Mapping[str, object], amount_cents: Cents | None, on: date) -> Priced:
    """What one line of a sale costs.

    `quantity` multiplies flat and per-unit rows and is 1 elsewhere and on a row that issues; `details` as
    `check_details`. `amount_cents` is given for open fees (for UB-PMT without it the caller hands in the account's
    balance); elsewhere it is None or equal to the computed amount. `on` is the day the money was received, of which
    `fee` must be the row.
    Raises Refused, and WrongAct for details that are none.
    """
    if not fee.in_force(on):
        raise Refused(say("The fee {code} is not in force on {on}.", code=fee.code, on=us_date(on)))
    if fee.status != "offered":
        raise Refused(_not_offered(fee))
    if isinstance(fee.price, Uncomputed):
        raise Refused(_not_computed(fee))
    return _priced(fee, quantity=quantity, details=fee_details(fee, details), amount_cents=amount_cents)


def fee_details(fee: Fee, details: Mapping[str, object]) -> Details:
    """The details of a line of this fee as they are kept; raises as `check_details`."""
    return check_details(fee.code, fee.asks, details)


def distribute(fee: Fee, amount_cents: Cents) -> tuple[tuple[str, str, Cents], ...]:
    """(account, fund, cents) of a line, adding up to it exactly; an account that gets nothing is left out."""
    parts = split(amount_cents, [share.parts for share in fee.shares])
    return tuple((s.account, s.fund, cents) for s, cents in zip(fee.shares, parts, strict=True) if cents)


def _not_offered(fee: Fee) -> Said:
    """Why a row is no line of a sale."""
    match fee.status:
        case "added":
            return say(
                "{code} is added by the program to the fees that carry it; it is not sold by itself.", code=fee.code
            )
        case "system":
            return say(
                "{code} ({name}) is posted by the program, not taken at the counter.", code=fee.code, name=fee.name
            )
        case _:
            return say("{code} ({name}) is not offered in this city.", code=fee.code, name=fee.name)


def _not_computed(fee: Fee) -> Said:
    """Why a row of a basis that is not worked out here cannot be sold."""
    return say(
        "{code} ({name}) is priced by {basis}, which this counter does not compute yet.",
        code=fee.code,
        name=fee.name,
        basis=fee.basis,
    )


def _priced(fee: Fee, *, quantity: int, details: Details, amount_cents: Cents | None) -> Priced:
    """The price within the row's limits; the rules that every basis shares."""
    if quantity < 1:
        raise Refused(say("{code}: the quantity is a whole number, 1 or more.", code=fee.code))
    if quantity > 1 and fee.licence:
        raise Refused(
            say("{code} gives out one a line ({type}); add a line for each.", code=fee.code, type=fee.licence.type)
        )
    if quantity > 1 and not isinstance(fee.price, Multiplied):
        raise Refused(say("{code} has no quantity; add a line for each.", code=fee.code))
    if isinstance(fee.price, Open):
        return _open(fee, amount_cents)
    raw_cents, words = _computed(fee, quantity, details)
    computed = _limited(fee, raw_cents, words)
    if amount_cents is not None and amount_cents != computed.amount_cents:
        raise Refused(
            say(
                "{code} is {amount}, not {typed}; a price is never changed here.",
                code=fee.code,
                amount=usd(computed.amount_cents),
                typed=usd(amount_cents),
            )
        )
    _check_size(fee, computed.amount_cents)
    return computed


def _open(fee: Fee, amount_cents: Cents | None) -> Priced:
    """An amount said at the counter."""
    if amount_cents is None:
        raise Refused(say("Type the amount of {code} ({name}).", code=fee.code, name=fee.name))
    _check_size(fee, amount_cents)
    return Priced(amount_cents=amount_cents, formula=usd(amount_cents))


def _check_size(fee: Fee, amount_cents: Cents) -> None:
    """Nothing, less than nothing and more than a counter ever takes are refused."""
    if amount_cents <= 0:
        raise Refused(say("{code}: the amount must be more than zero.", code=fee.code))
    if amount_cents > MOST_LINE_CENTS:
        raise Refused(
            say(
                "{code}: {amount} is more than one line can be ({most}).",
                code=fee.code,
                amount=usd(amount_cents),
                most=usd(MOST_LINE_CENTS),
            )
        )


def _computed(fee: Fee, quantity: int, details: Details) -> tuple[Cents, str]:
    """The amount before the row's limits, and the arithmetic in words."""
    match fee.price:
        case Flat(amount_cents=each) | FlatCap(amount_cents=each) | PerUnit(amount_cents=each):
            return quantity * each, _times(quantity, each)
        case RateGross(rate_cents=rate, per_cents=per):
            return _rated(whole(details, "gross_receipts_cents"), rate, per)
        case RateValuation(rate_cents=rate, per_cents=per):
            return _rated(whole(details, "valuation_cents"), rate, per)
        case StepValuation(rate_cents=rate, per_cents=per):
            return _stepped(whole(details, "valuation_cents"), rate, per)
        case _:
            raise Refused(_not_computed(fee))


def _times(quantity: int, each: Cents) -> str:
    if quantity == 1:
        return usd(each)
    return say("{quantity} × {each} = {amount}", quantity=quantity, each=usd(each), amount=usd(quantity * each))


def _rated(base: Cents, rate: Cents, per: Cents) -> tuple[Cents, Said]:
    """Exactly in proportion."""
    cents = half_up(base * rate, per)
    return cents, say(
        "{base} × {rate} per {per} = {amount}", base=_short(base), rate=plain(rate), per=_short(per), amount=usd(cents)
    )


def _stepped(base: Cents, rate: Cents, per: Cents) -> tuple[Cents, Said]:
    """By started unit."""
    steps = -(-base // per)
    return steps * rate, say(
        "{base}: {steps} × {rate} per {per} or fraction = {amount}",
        base=_short(base),
        steps=steps,
        rate=usd(rate),
        per=_short(per),
        amount=usd(steps * rate),
    )


def hear_formula(formula: str) -> str:
    """The arithmetic as a journal kept it, sayable in another language again."""
    limited = hear(formula, *_LIMITS)
    if isinstance(limited, Said):
        return Said(limited.template, {**limited.values, "formula": hear_formula(limited.values["formula"])})
    return hear(formula, *_FORMULAS)


def _limited(fee: Fee, cents: Cents, words: str) -> Priced:
    """Minimum and maximum come after the rounding."""
    amount = cents
    if fee.min_cents is not None:
        amount, words = (
            max(amount, fee.min_cents),
            say("{formula}; at least {amount}", formula=words, amount=usd(fee.min_cents)),
        )
    if fee.max_cents is not None:
        amount, words = (
            min(amount, fee.max_cents),
            say("{formula}; at most {amount}", formula=words, amount=usd(fee.max_cents)),
        )
    return Priced(amount_cents=amount, formula=words)


def _short(cents: Cents) -> str:
    """$1,200,000 rather than $1,200,000.00, as people say a turnover."""
    return usd(cents).removesuffix(".00")
