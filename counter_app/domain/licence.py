"""What a fee row hands over with its receipt: how long it is good, who may have it, what a renewal keeps."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

from msgspec import Struct

from counter_app.domain.days import add_days, add_months, us_date
from counter_app.domain.details import Details, day, missing, text
from counter_app.domain.fees import Fee, LicenceRule, fee_details
from counter_app.domain.refused import Refused
from counter_app.domain.said import Said, counted, say

State = Literal["active", "expired", "suspended", "revoked", "replaced", "voided"]
Event = Literal["issued", "renewed", "suspended", "reinstated", "revoked", "replaced", "voided"]

_STATES: Mapping[State, Said] = {
    "active": say("active"),
    "expired": say("expired"),
    "suspended": say("suspended"),
    "revoked": say("revoked"),
    "replaced": say("replaced"),
    "voided": say("voided"),
}
_STREET_WORDS: Mapping[str, str] = {
    "street": "st",
    "avenue": "ave",
    "av": "ave",
    "road": "rd",
    "drive": "dr",
    "boulevard": "blvd",
    "lane": "ln",
    "court": "ct",
    "place": "pl",
    "apartment": "apt",
    "unit": "apt",
    "north": "n",
    "south": "s",
    "east": "e",
    "west": "w",
}


class OldLicence(Struct, frozen=True, kw_only=True):
    """The licence that a renewal continues, as the register has it."""

    licence: str
    kind: str
    holder: str
    expires: date | None
    state: State


class Issue(Struct, frozen=True, kw_only=True):
    """What a line hands over; `expires` is the last good day, `renews` the number it keeps (None: a new one)."""

    kind: str
    type: str
    holder: str
    issued: date
    starts: date
    expires: date | None
    term: str
    details: Details
    renews: str | None = None
    numbered_tag: bool = False
    address_key: str = ""
    notes: tuple[str, ...] = ()


def issue(
    fee: Fee,
    details: Mapping[str, object],
    *,
    received: date,
    holder: str | None,
    renews: OldLicence | None = None,
    sales_this_year: int = 0,
) -> Issue:
    """What a line of a row that issues hands over on the day its money was received; raises Refused.

    `holder` is the line's customer, else the account's. `renews` is the licence of `renewed_number`, None where the
    register has none.
    `sales_this_year`: good permits for the same `sale_key` already given, this one not counted.
    """
    rule, kept = fee.licence, fee_details(fee, details)
    assert rule is not None, f"{fee.code} issues nothing"
    if not holder:
        raise Refused(say("{code} needs a customer, who is given this: {type}.", code=fee.code, type=rule.type))
    _check_dog(fee, rule, kept, received)
    _check_sale(rule, kept, sales_this_year)
    number = renewed_number(fee, kept)
    if number and (renews is None or renews.licence != number):
        raise Refused(say("There is no license {number} to renew.", number=number))
    if renews is not None:
        _check_renewal(rule, renews, holder)
    starts = received if renews is None or renews.expires is None else renews.expires
    full = _full_term(rule, starts)
    expires = _capped(rule, kept, full)
    return Issue(
        kind=rule.kind,
        type=rule.type,
        holder=holder,
        issued=received,
        starts=starts,
        expires=expires,
        term=_term_words(rule),
        details=kept,
        renews=renews.licence if renews else None,
        numbered_tag=rule.numbered_tag,
        address_key=address_key(text(kept, "address")) if rule.sale_days else "",
        notes=_notes(received, full, expires),
    )


def renewed_number(fee: Fee, details: Mapping[str, object]) -> str | None:
    """The number of the licence that a line renews, for the caller to look up; None for a new one."""
    number = details.get("licence")
    return number if fee.licence is not None and fee.licence.renewable and isinstance(number, str) else None


def reminders(fee: Fee, details: Mapping[str, object]) -> tuple[str, ...]:
    """What the row requires and the details do not carry, each in words for the cashier; they refuse nothing."""
    return missing(fee.asks, fee.requires, fee_details(fee, details))


def sale_key(details: Mapping[str, object]) -> tuple[str, int] | None:
    """(address, calendar year) in which the yard sales of an address are counted; None where there is no sale."""
    first, address = details.get("from"), details.get("address")
    if not isinstance(first, str) or not isinstance(address, str):
        return None
    return address_key(address), int(first[:4])


def address_key(address: str) -> str:
    """One spelling of an address, so that `12 Oak Street` and `12 OAK ST.` are the same place."""
    words = re.sub(r"[^a-z0-9# ]+", " ", address.lower().replace(".", "")).split()
    return " ".join(_STREET_WORDS.get(word, word) for word in words)


def state_on(expires: date | None, events: Sequence[Event], on: date) -> State:
    """What a licence is on a day: the last thing that happened to it, and expired the day after its last good day."""
    match events[-1] if events else "issued":
        case "suspended" | "revoked" | "replaced" | "voided" as last:
            return last
        case _:
            return "expired" if expires is not None and on > expires else "active"


def state_in_words(state: State) -> Said:
    """The state as screen and paper say it, in small letters."""
    return _STATES[state]


def _check_dog(fee: Fee, rule: LicenceRule, kept: Details, received: date) -> None:
    """Government Code 38792: rabies vaccination good, altered price for altered dogs, three years from 12 months on."""
    rabies, born = day(kept, "rabies_expires"), day(kept, "born")
    if rule.altered is not None and kept.get("altered", rule.altered) != rule.altered:
        if rule.altered:
            raise Refused(say("{code} is for a dog that is spayed or neutered.", code=fee.code))
        raise Refused(say("{code} is for a dog that is not spayed or neutered.", code=fee.code))
    if rule.capped_by_rabies and rabies is not None and rabies < received:
        raise Refused(say("The rabies vaccination expired on {rabies}; vaccinate first.", rabies=us_date(rabies)))
    if born is not None and born > received:
        raise Refused(say("A dog cannot be born on {born}, after today.", born=us_date(born)))
    if rule.youngest_months and born is not None and add_months(born, rule.youngest_months) > received:
        raise Refused(
            say(
                "{code} is for dogs of {months} months or more; this one was born {born}.",
                code=fee.code,
                months=rule.youngest_months,
                born=us_date(born),
            )
        )


def _check_sale(rule: LicenceRule, kept: Details, sales_this_year: int) -> None:
    """A yard sale is a few days long, and an address has only so many in a calendar year."""
    first, last = day(kept, "from"), day(kept, "to")
    if not rule.sale_days or first is None or last is None:
        return
    if last < first:
        raise Refused(
            say("The sale ends on {last}, before it begins on {first}.", last=us_date(last), first=us_date(first))
        )
    if (last - first).days >= rule.sale_days:
        raise Refused(
            say(
                "A yard sale is at most {sale_days} days in a row; this one has {days}.",
                sale_days=rule.sale_days,
                days=(last - first).days + 1,
            )
        )
    if sales_this_year >= rule.sales_per_year:
        raise Refused(
            say(
                "This address has had its {sales} yard sales of {year}.",
                sales=rule.sales_per_year,
                year=first.year,
            )
        )


def _check_renewal(rule: LicenceRule, old: OldLicence, holder: str) -> None:
    """A renewal continues a licence of the same kind and holder that still has a right to go on."""
    if old.kind != rule.kind:
        raise Refused(say("License {licence} is of another kind, not {type}.", licence=old.licence, type=rule.type))
    if old.state not in ("active", "expired"):
        raise Refused(
            say(
                "License {licence} is {state} and cannot be renewed.",
                licence=old.licence,
                state=state_in_words(old.state),
            )
        )
    if old.holder != holder:
        raise Refused(say("License {licence} belongs to another customer.", licence=old.licence))


def _full_term(rule: LicenceRule, starts: date) -> date | None:
    """The last good day of the row's own term: the same calendar day after it."""
    if rule.term_months:
        return add_months(starts, rule.term_months)
    if rule.term_days:
        return add_days(starts, rule.term_days)
    if rule.until:
        month, of_month = (int(part) for part in rule.until.split("-"))
        this_year = date(starts.year, month, of_month)
        return this_year if starts < this_year else date(starts.year + 1, month, of_month)
    return None


def _capped(rule: LicenceRule, kept: Details, full: date | None) -> date | None:
    """The full term, cut at the dog's rabies date; a sale's permit ends with its last day."""
    if rule.sale_days:
        return day(kept, "to")
    rabies = day(kept, "rabies_expires") if rule.capped_by_rabies else None
    return min(full, rabies) if full and rabies else full


def _notes(received: date, full: date | None, expires: date | None) -> tuple[str, ...]:
    """What the cashier should say before taking the money."""
    notes = []
    if full and expires and expires < full:
        ends, term = us_date(expires), us_date(full)
        notes.append(
            say("The license ends with the rabies vaccination on {ends}, not on {term}.", ends=ends, term=term)
        )
    if expires and expires < received:
        notes.append(say("The last good day, {expires}, is already past.", expires=us_date(expires)))
    return tuple(notes)


def _term_words(rule: LicenceRule) -> str:
    """`1 year`, `20 days`, `until 6/30`; nothing for what has no last day."""
    if rule.term_months:
        years, months = divmod(rule.term_months, 12)
        return (
            counted(rule.term_months, "{n} month", "{n} months") if months else counted(years, "{n} year", "{n} years")
        )
    if rule.term_days:
        return counted(rule.term_days, "{n} day", "{n} days")
    if rule.until:
        month, of_month = (int(part) for part in rule.until.split("-"))
        return say("until {month}/{day}", month=month, day=of_month)
    days = counted(rule.sale_days, "{n} day", "{n} days")
    return say("up to {days}", days=days) if rule.sale_days else ""
