"""The city's fee schedule: which row is in force, what it costs, where its money goes.

Every amount, period and limit is dated configuration (resources/fees.toml, or a file that finance imports); nothing here knows a price.
"""

from collections.abc import Mapping
from datetime import date
from typing import Literal

import msgspec
from msgspec import Struct

from counter_app.domain.days import us_date
from counter_app.domain.details import Details, Field, Requirement, check_details
from counter_app.domain.money import Cents, half_up, split, usd
from counter_app.domain.refused import Refused, WrongAct

MOST_LINE_CENTS = 1_000_000_00
"""No line at a counter is more than a million dollars; more is a slip of the finger."""

Posting = Literal["handed_over", "state", "deposit_held", "other", "account"]
POSTING_ORDER: tuple[Posting, ...] = ("handed_over", "state", "deposit_held", "other", "account")
"""In this order the safe tenders are used up: cash pays what is handed over at once, the check lands on the receivable."""

Status = Literal["offered", "added", "system", "disabled"]
"""offered: a line of a sale · added: by the program alone · system: posted by the program · disabled: not in this city."""


class Flat(Struct, frozen=True, kw_only=True, tag_field="basis", tag="flat", forbid_unknown_fields=True):
    """One price."""

    amount_cents: Cents


class FlatCap(Struct, frozen=True, kw_only=True, tag_field="basis", tag="flat_cap", forbid_unknown_fields=True):
    """One price under a ceiling of the law, which the row's `max_cents` holds."""

    amount_cents: Cents


class PerUnit(Struct, frozen=True, kw_only=True, tag_field="basis", tag="per_unit", forbid_unknown_fields=True):
    """A price for each unit: page, day, hour."""

    amount_cents: Cents


class Open(Struct, frozen=True, kw_only=True, tag_field="basis", tag="open", forbid_unknown_fields=True):
    """The amount is said at the counter."""


class RateGross(Struct, frozen=True, kw_only=True, tag_field="basis", tag="rate_gross", forbid_unknown_fields=True):
    """`rate_cents` for each `per_cents` of gross receipts, exactly and not by started unit."""

    rate_cents: Cents
    per_cents: Cents


class RateValuation(Struct, frozen=True, kw_only=True, tag_field="basis", tag="rate_valuation", forbid_unknown_fields=True):
    """`rate_cents` for each `per_cents` of a building's valuation, exactly and not by started unit."""

    rate_cents: Cents
    per_cents: Cents


class StepValuation(Struct, frozen=True, kw_only=True, tag_field="basis", tag="step_valuation", forbid_unknown_fields=True):
    """`rate_cents` for each started `per_cents` of a building's valuation ("or fraction thereof")."""

    rate_cents: Cents
    per_cents: Cents


class GreaterOf(Struct, frozen=True, kw_only=True, tag_field="basis", tag="greater_of", forbid_unknown_fields=True):
    """The larger of an amount and a share of what is past due; not computed yet."""

    amount_cents: Cents
    share_basis_points: int


class BasePlusEmployees(Struct, frozen=True, kw_only=True, tag_field="basis", tag="base_plus_employees", forbid_unknown_fields=True):
    """A base, a price for each of the first employees, another above; not computed yet."""

    base_cents: Cents
    first_employees: int
    first_cents: Cents
    above_cents: Cents


class ProratedFlat(Struct, frozen=True, kw_only=True, tag_field="basis", tag="prorated_flat", forbid_unknown_fields=True):
    """A year's price by the months left of it, and a deposit; not computed yet."""

    amount_cents: Cents
    year_starts_month: int
    deposit_cents: Cents


class PercentMonth(Struct, frozen=True, kw_only=True, tag_field="basis", tag="percent_month", forbid_unknown_fields=True):
    """A share of the tax for each month late, up to a share of the tax; not computed yet."""

    month_basis_points: int
    most_basis_points: int


class FlatPlusPass(Struct, frozen=True, kw_only=True, tag_field="basis", tag="flat_plus_pass", forbid_unknown_fields=True):
    """The city's price and amounts passed through to others; not computed yet."""

    amount_cents: Cents


class SystemPosted(Struct, frozen=True, kw_only=True, tag_field="basis", tag="system", forbid_unknown_fields=True):
    """No price: the program posts the amount itself."""


Flats = Flat | FlatCap | PerUnit
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

    kind names the register (dog, business, yard_sale, …), type is printed. The term is `term_months`, `term_days` or `until`
    (month and day, `06-30`). A dog: `altered` as the row wants it, the age it asks, capped by its rabies vaccination.
    A yard sale: at most `sale_days`, `sales_per_year` in a calendar year at an address.
    """

    kind: str
    type: str
    term_months: int = 0
    term_days: int = 0
    until: str = ""
    numbered_tag: bool = False
    capped_by_rabies: bool = False
    altered: bool | None = None
    youngest_months: int = 0
    sale_days: int = 0
    sales_per_year: int = 0


class Fee(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True, rename={"first_day": "from", "last_day": "to"}):
    """One row of the schedule, for the time it is in force (`from`–`to`, both good days; absent: without end)."""

    code: str
    name: str
    category: str
    price: Basis
    unit: str
    shares: tuple[Share, ...]
    posting: Posting
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


class FeeSchedule(Struct, frozen=True, kw_only=True):
    """Every row, of all times."""

    fee: tuple[Fee, ...]
