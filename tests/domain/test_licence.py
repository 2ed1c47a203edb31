"""What a license lasts, who may have it, and what a renewal keeps."""

from datetime import date
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from counter_app.domain.days import add_months
from counter_app.domain.fees import FeeSchedule, load_schedule
from counter_app.domain.licence import (
    Event,
    Issue,
    OldLicence,
    State,
    address_key,
    issue,
    reminders,
    renewed_number,
    sale_key,
    state_on,
)
from counter_app.domain.refused import Refused, WrongAct

TODAY = date(2026, 11, 23)
SHIPPED = load_schedule(resources.read_text("fees.toml"))
ALTERED = {"name": "Rex", "altered": True, "rabies_expires": "2031-01-01"}
UNALTERED = ALTERED | {"altered": False}
SALE = {"address": "12 Oak Street", "from": "2026-12-05", "to": "2026-12-07"}
SHOP = {"business_name": "Oak Bakery", "gross_receipts_cents": 100_000_00}


@pytest.fixture(scope="module")
def schedule() -> FeeSchedule:
    return SHIPPED


def give(schedule: FeeSchedule, code: str, details: dict[str, Any] | None = None, **more: Any) -> Issue:
    received = more.pop("received", TODAY)
    more.setdefault("holder", "C1")
    return issue(schedule.fee(code, received), details or {}, received=received, **more)


def old(**changes: Any) -> OldLicence:
    licence = OldLicence(licence="A1-L000001", kind="business", holder="C1", expires=date(2026, 12, 31), state="active")
    return msgspec.structs.replace(licence, **changes)


@pytest.mark.parametrize(
    ("code", "details", "received", "expires", "term"),
    [
        ("DL-A1", ALTERED, TODAY, date(2027, 11, 23), "1 year"),
        ("DL-A2", ALTERED, TODAY, date(2028, 11, 23), "2 years"),
        ("DL-A3", ALTERED, TODAY, date(2029, 11, 23), "3 years"),
        ("DL-U3", UNALTERED, TODAY, date(2029, 11, 23), "3 years"),
        ("DL-SR", ALTERED, TODAY, date(2027, 11, 23), "1 year"),
        ("DL-A1", ALTERED | {"rabies_expires": "2027-05-31"}, TODAY, date(2027, 5, 31), "1 year"),
        ("DL-A1", ALTERED | {"rabies_expires": "2026-11-23"}, TODAY, TODAY, "1 year"),
        ("DL-A1", ALTERED, date(2028, 2, 29), date(2029, 2, 28), "1 year"),
        ("BL-NEW", {}, TODAY, date(2027, 11, 23), "1 year"),
        ("BL-PED", {}, TODAY, date(2026, 12, 13), "20 days"),
        ("BL-PRORATE", {}, TODAY, date(2027, 6, 30), "until 6/30"),
        ("BL-PRORATE", {}, date(2027, 6, 29), date(2027, 6, 30), "until 6/30"),
        ("BL-PRORATE", {}, date(2027, 6, 30), date(2028, 6, 30), "until 6/30"),
        ("YS-PERMIT", SALE, TODAY, date(2026, 12, 7), "up to 3 days"),
        ("BL-HOP", {}, TODAY, None, ""),
        ("DL-TAG", {}, TODAY, None, ""),
    ],
)
def test_last_good_day(
    schedule: FeeSchedule, code: str, details: dict[str, Any], received: date, expires: date | None, term: str
) -> None:
    given_out = give(schedule, code, details, received=received)
    assert (given_out.expires, given_out.term, given_out.issued) == (expires, term, received)
    assert given_out.renews is None


def test_terms_of_odd_months(schedule: FeeSchedule) -> None:
    fee = schedule.fee("BL-NEW", TODAY)
    assert fee.licence is not None
    half_year = msgspec.structs.replace(fee, licence=msgspec.structs.replace(fee.licence, term_months=6))
    assert issue(half_year, {}, received=date(2026, 8, 31), holder="C1").expires == date(2027, 2, 28)
    assert issue(half_year, {}, received=TODAY, holder="C1").term == "6 months"


@pytest.mark.parametrize(
    ("code", "details", "words"),
    [
        ("DL-A1", {"altered": True}, "DL-A1 needs: rabies vaccination expires"),
        ("DL-A1", ALTERED | {"rabies_expires": "2026-11-22"}, "expired on Nov 22, 2026"),
        ("DL-A1", {"rabies_expires": "2031-01-01"}, "DL-A1 needs: spayed or neutered"),
        ("DL-A1", UNALTERED, "for a dog that is spayed or neutered"),
        ("DL-U1", {"rabies_expires": "2031-01-01"}, "DL-U1 needs: spayed or neutered"),
        ("DL-U1", ALTERED, "for a dog that is not spayed or neutered"),
        ("DL-SR", UNALTERED, "for a dog that is spayed or neutered"),
        ("DL-A3", ALTERED | {"born": "2025-11-24"}, "12 months or more; this one was born Nov 24, 2025"),
        ("DL-U3", UNALTERED | {"born": "2026-06-01"}, "12 months or more"),
        ("DL-A1", ALTERED | {"born": "2026-11-24"}, "cannot be born on Nov 24, 2026"),
        ("YS-PERMIT", SALE | {"to": "2026-12-08"}, "at most 3 days in a row; this one has 4"),
        ("YS-PERMIT", SALE | {"to": "2026-12-04"}, "before it begins"),
        ("YS-PERMIT", {"from": "2026-12-05", "to": "2026-12-05"}, "needs: address of the sale"),
        ("YS-PERMIT", SALE | {"address": "  "}, "needs: address of the sale"),
    ],
)
def test_refused_in_words(schedule: FeeSchedule, code: str, details: dict[str, Any], words: str) -> None:
    with pytest.raises(Refused, match=words):
        give(schedule, code, details)


def test_a_young_dog_may_have_one_year_and_a_grown_one_three(schedule: FeeSchedule) -> None:
    assert give(schedule, "DL-A1", ALTERED | {"born": "2026-07-01"}).expires == date(2027, 11, 23)
    assert give(schedule, "DL-A3", ALTERED | {"born": "2025-11-23"}).expires == date(2029, 11, 23)
    assert give(schedule, "DL-A3", ALTERED).numbered_tag


def test_the_third_sale_of_a_year_at_an_address(schedule: FeeSchedule) -> None:
    assert give(schedule, "YS-PERMIT", SALE, sales_this_year=1).address_key == "12 oak st"
    with pytest.raises(Refused, match="has had its 2 yard sales of 2026"):
        give(schedule, "YS-PERMIT", SALE, sales_this_year=2)
    assert sale_key(SALE) == ("12 oak st", 2026)
    assert sale_key(SALE | {"address": "12 OAK ST.", "from": "2027-01-02"}) == ("12 oak st", 2027)
    assert sale_key({"address": "12 Oak St"}) is None
    assert sale_key({"from": "2026-12-05"}) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("12 Oak Street", "12 OAK ST."),
        ("7  North Main Avenue, Apartment 3", "7 n main ave apt 3"),
        ("1 P.O. Road", "1 PO Rd"),
    ],
)
def test_one_place_spelled_twice(one: str, other: str) -> None:
    assert address_key(one) == address_key(other)


def test_two_places() -> None:
    assert address_key("12 Oak St") != address_key("12 Oak Ave")


def test_nobody_to_give_it_to(schedule: FeeSchedule) -> None:
    for nobody in (None, ""):
        with pytest.raises(Refused, match="DL-A1 needs a customer"):
            give(schedule, "DL-A1", ALTERED, holder=nobody)


@pytest.mark.parametrize(
    ("ended", "expires"),
    [
        (date(2026, 12, 31), date(2027, 12, 31)),  # early
        (date(2026, 3, 1), date(2027, 3, 1)),  # late
        (date(2020, 2, 29), date(2021, 2, 28)),  # very late
        (None, date(2027, 11, 23)),
    ],
)
def test_a_renewal_keeps_the_number_and_runs_from_the_old_end(
    schedule: FeeSchedule, ended: date | None, expires: date
) -> None:
    details = SHOP | {"licence": "A1-L000001"}
    renewed = give(schedule, "BL-REN-RET", details, renews=old(expires=ended))
    assert (renewed.renews, renewed.expires) == ("A1-L000001", expires)


def test_a_dog_is_renewed_no_longer_than_its_rabies_date(schedule: FeeSchedule) -> None:
    details = ALTERED | {"rabies_expires": "2027-06-01", "licence": "A1-L000001"}
    renewed = give(schedule, "DL-A1", details, renews=old(kind="dog"))
    assert renewed.expires == date(2027, 6, 1)
    assert renewed.notes == ("The license ends with the rabies vaccination on Jun 1, 2027, not on Dec 31, 2027.",)


def test_what_is_over_already_is_said(schedule: FeeSchedule) -> None:
    past = give(schedule, "YS-PERMIT", SALE | {"from": "2026-11-20", "to": "2026-11-21"})
    assert past.notes == ("The last good day, Nov 21, 2026, is already past.",)


@pytest.mark.parametrize(
    ("licence", "words"),
    [
        (None, "There is no license A1-L000001 to renew"),
        (old(licence="A1-L000002"), "There is no license A1-L000001 to renew"),
        (old(kind="dog"), "A1-L000001 is of another kind, not Business license"),
        (old(state="voided"), "is voided and cannot be renewed"),
        (old(state="revoked"), "is revoked and cannot be renewed"),
        (old(state="suspended"), "is suspended and cannot be renewed"),
        (old(holder="C2"), "belongs to another customer"),
    ],
)
def test_no_renewal(schedule: FeeSchedule, licence: OldLicence | None, words: str) -> None:
    with pytest.raises(Refused, match=words):
        give(schedule, "BL-REN-RET", SHOP | {"licence": "A1-L000001"}, renews=licence)


def test_which_licence_is_renewed(schedule: FeeSchedule) -> None:
    named = {"licence": "A1-L000001"}
    assert renewed_number(schedule.fee("BL-REN-RET", TODAY), named) == "A1-L000001"
    assert renewed_number(schedule.fee("BL-REN-RET", TODAY), {}) is None
    assert renewed_number(schedule.fee("DL-TAG", TODAY), named) is None  # the tag's dog, not a renewal
    assert renewed_number(schedule.fee("CK-COPY", TODAY), named) is None
    with pytest.raises(WrongAct, match="BL-NEW takes no detail “licence”"):
        give(schedule, "BL-NEW", named)


@pytest.mark.parametrize(
    ("events", "on", "state"),
    [
        (("issued",), date(2026, 12, 31), "active"),
        (("issued",), date(2027, 1, 1), "expired"),
        (("issued", "renewed"), date(2026, 12, 31), "active"),
        (("issued", "suspended"), date(2027, 1, 1), "suspended"),
        (("issued", "suspended", "reinstated"), date(2026, 12, 1), "active"),
        (("issued", "revoked"), date(2026, 12, 1), "revoked"),
        (("issued", "replaced"), date(2026, 12, 1), "replaced"),
        (("issued", "voided"), date(2027, 12, 1), "voided"),
    ],
)
def test_state_on_a_day(events: tuple[Event, ...], on: date, state: State) -> None:
    assert state_on(date(2026, 12, 31), events, on) == state


def test_what_has_no_last_day_never_expires() -> None:
    assert state_on(None, ("issued",), date(2099, 1, 1)) == "active"


def test_reminders_refuse_nothing(schedule: FeeSchedule) -> None:
    shop = schedule.fee("BL-NEW", TODAY)
    assert reminders(shop, {}) == ("zoning clearance", "seller permit", "SIC code", "ID no.", "business name")
    assert reminders(shop, {"sic": "5461", "business_name": "Oak Bakery"}) == (
        "zoning clearance",
        "seller permit",
        "ID no.",
    )
    assert reminders(schedule.fee("DL-A3", TODAY), ALTERED) == ("dog at least 12 months",)
    assert reminders(schedule.fee("BL-REN-RET", TODAY), SHOP) == ("number of the license it renews",)
    assert reminders(schedule.fee("UB-PMT", TODAY), {}) == ()


days = st.dates(date(2000, 1, 1), date(2100, 1, 1))


@given(days, days, st.sampled_from(["DL-A1", "DL-A2", "DL-A3"]))
def test_a_dog_licence_never_outlasts_the_vaccination(received: date, rabies: date, code: str) -> None:
    fee = SHIPPED.fee(code, received)
    details = {"altered": True, "rabies_expires": rabies.isoformat()}
    if rabies < received:
        with pytest.raises(Refused):
            issue(fee, details, received=received, holder="C1")
        return
    expires = issue(fee, details, received=received, holder="C1").expires
    assert expires is not None
    assert received <= expires <= rabies
    assert expires == rabies or expires.month == add_months(received, 12).month


@given(days, st.integers(-2400, 2400))
def test_months_there_and_back(day: date, months: int) -> None:
    there = add_months(day, months)
    assert (there.year - day.year) * 12 + there.month - day.month == months
    assert there.day == day.day or (there.day < day.day and there.day >= 28)
