"""What a city has decided: names, zone, limits, periods, banks. Dated configuration, never code."""

import json
import re
from zoneinfo import ZoneInfo

import msgspec

from counter_app.domain.money import Cents
from counter_app.domain.refused import WrongAct


class Bank(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A bank account that deposits go to; only the end of its number is known here."""

    code: str
    name: str
    last4: str


class City(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The settings of one city, read from the `settings` reference text in force."""

    name: str
    address: str = ""
    phone: str = ""
    zone: str = "America/Los_Angeles"
    receipt_footer: str = ""
    receipt_footer_es: str = ""
    drawers: tuple[str, ...]
    banks: tuple[Bank, ...]
    cut_off: str | None = None
    overpay_limit_cents: Cents = 5000
    cash_refund_limit_cents: Cents = 5000
    drawer_cash_limit_cents: Cents = 200_000
    check_refund_wait_days: int = 10
    undeposited_cash_limit_cents: Cents = 100_000
    undeposited_total_limit_cents: Cents = 1_000_000
    large_line_cents: Cents = 100_000_000
    idle_after_seconds: int = 180
    idle_lock_after_seconds: int = 600
    disk_low_mb: int = 1_000
    disk_reserve_mb: int = 32
    credit_account: str = "501-0000-22050"
    unapplied_fee: str = "SY-UNAPPL"

    @property
    def tz(self) -> ZoneInfo:
        """The zone that business dates are local to."""
        return ZoneInfo(self.zone)

    def bank(self, code: str) -> Bank | None:
        """The bank of that code."""
        return next((bank for bank in self.banks if bank.code == code), None)


def read_city(toml_text: str) -> City:
    """The settings of a file of the form of resources/city.toml; WrongAct names what is wrong in it."""
    try:
        return msgspec.toml.decode(toml_text, type=City)
    except msgspec.DecodeError as error:
        raise WrongAct(f"The city's settings cannot be read: {error}") from error


def with_setting(toml_text: str, name: str, value: int | str) -> str:
    """The text with one top-level setting at another value, its comments and order as they were."""
    line = f"{name} = {value if isinstance(value, int) else json.dumps(value, ensure_ascii=False)}"
    first_table = re.search(r"^\[", toml_text, re.MULTILINE)
    cut = first_table.start() if first_table else len(toml_text)
    top, tables = toml_text[:cut], toml_text[cut:]
    found = re.compile(rf"^{re.escape(name)}[ \t]*=.*$", re.MULTILINE)
    if found.search(top):
        return found.sub(lambda _: line, top, count=1) + tables
    return f"{top.rstrip()}\n{line}\n\n{tables}"
