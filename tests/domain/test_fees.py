"""Prices, posting and dates of the schedule that ships, row by row as a finance officer would check them."""

from datetime import date
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from counter_app.domain.details import Requirement
from counter_app.domain.fees import (
    MOST_LINE_CENTS,
    POSTING_ORDER,
    Fee,
    FeeSchedule,
    Flat,
    LicenceRule,
    Priced,
    RateGross,
    Share,
    distribute,
    load_schedule,
    price,
    schedule_problems,
)
from counter_app.domain.language import language
from counter_app.domain.refused import Refused, WrongAct
from counter_app.domain.said import plain

TODAY = date(2026, 11, 23)
SHIPPED = load_schedule(resources.read_text("fees.toml"))
DOG = {"name": "Rex", "altered": True, "rabies_expires": "2029-01-01"}
BARE_ROW = "[[fee]]\ncode='X'\nname='X'\ncategory='x'\nunit=''\nposting='other'\nshares=[]\n"
SALE = {"address": "12 Oak St", "from": "2026-12-05", "to": "2026-12-06"}


@pytest.fixture(scope="module")
def schedule() -> FeeSchedule:
    return SHIPPED


def sell(
    schedule: FeeSchedule,
    code: str,
    details: dict[str, Any] | None = None,
    *,
    quantity: int = 1,
    amount: int | None = None,
) -> Priced:
    fee = schedule.fee(code, TODAY)
    return price(fee, quantity=quantity, details=details or {}, amount_cents=amount, on=TODAY)


def a_fee(**changes: Any) -> Fee:
    fee = Fee(
        code="XX-1",
        name="A fee",
        category="clerk",
        price=Flat(amount_cents=100),
        unit="each",
        shares=(Share(account="101-0000-00001", fund="101"),),
        posting="other",
    )
    return msgspec.structs.replace(fee, **changes)


@pytest.mark.parametrize(
    ("code", "details", "quantity", "cents"),
    [
        ("DL-A1", DOG, 1, 900),
        ("BL-NEW", {}, 1, 4500),
        ("UB-POST", {}, 1, 6227),
        ("UB-SETUP", {}, 2, 7600),
        ("UB-RECON-LI", {}, 1, 5000),
        ("UB-RPF2", {}, 1, 3500),
        ("CK-COPY", {}, 7, 280),
        ("UB-HYD", {}, 13, 6773),
        ("YS-PERMIT", SALE, 1, 500),
        ("BL-REN-RET", {"gross_receipts_cents": 1_200_000_00}, 1, 19200),
        ("BL-REN-RET", {"gross_receipts_cents": 10_000_00}, 1, 4500),
        ("BL-REN-RET", {"gross_receipts_cents": 0}, 1, 4500),
        ("BL-REN-SVC", {"gross_receipts_cents": 345_678_90}, 1, 11062),  # 110.617… half up
        ("BL-REN-PRO", {"gross_receipts_cents": 345_678_90}, 1, 16593),  # 165.925… half up
        ("BP-SMIP-R", {"valuation_cents": 250_000_00}, 1, 3250),
        ("BP-SMIP-R", {"valuation_cents": 1_000_00}, 1, 50),
        ("BP-SMIP-C", {"valuation_cents": 250_001_00}, 1, 7000),
        ("BP-BSC", {"valuation_cents": 0}, 1, 100),
        ("BP-BSC", {"valuation_cents": 25_000_00}, 1, 100),
        ("BP-BSC", {"valuation_cents": 25_000_01}, 1, 200),
        ("BP-BSC", {"valuation_cents": 1_000_000_00}, 1, 4000),
    ],
)
def test_price(schedule: FeeSchedule, code: str, details: dict[str, Any], quantity: int, cents: int) -> None:
    assert sell(schedule, code, details, quantity=quantity).amount_cents == cents
    assert sell(schedule, code, details, quantity=quantity, amount=cents).amount_cents == cents
    with pytest.raises(Refused, match="a price is never changed here"):
        sell(schedule, code, details, quantity=quantity, amount=cents + 1)


@pytest.mark.parametrize(
    ("code", "details", "quantity", "words"),
    [
        ("BL-NEW", {}, 1, "$45.00"),
        ("CK-COPY", {}, 7, "7 × $0.40 = $2.80"),
        ("UB-RECON-LI", {}, 1, "$50.00; at most $50.00"),
        (
            "BL-REN-RET",
            {"gross_receipts_cents": 1_200_000_00},
            1,
            "$1,200,000 × 0.16 per $1,000 = $192.00; at least $45.00",
        ),
        (
            "BP-SMIP-R",
            {"valuation_cents": 250_000_00},
            1,
            "$250,000 × 13.00 per $100,000 = $32.50; at least $0.50",
        ),
        (
            "BP-BSC",
            {"valuation_cents": 25_000_01},
            1,
            "$25,000.01: 2 × $1.00 per $25,000 or fraction = $2.00; at least $1.00",
        ),
    ],
)
def test_the_arithmetic_is_shown(
    schedule: FeeSchedule, code: str, details: dict[str, Any], quantity: int, words: str
) -> None:
    assert sell(schedule, code, details, quantity=quantity).formula == words


def test_open_fees_want_their_amount(schedule: FeeSchedule) -> None:
    assert sell(schedule, "UB-PMT", amount=8317) == Priced(amount_cents=8317, formula="$83.17")
    assert sell(schedule, "UB-PMT", amount=MOST_LINE_CENTS).amount_cents == MOST_LINE_CENTS
    with pytest.raises(Refused, match="Type the amount of UB-PMT"):
        sell(schedule, "UB-PMT")
    for nothing in (0, -1):
        with pytest.raises(Refused, match="more than zero"):
            sell(schedule, "UB-PMT", amount=nothing)
    with pytest.raises(Refused, match="more than one line can be"):
        sell(schedule, "UB-PMT", amount=MOST_LINE_CENTS + 1)


@pytest.mark.parametrize(
    ("code", "details", "quantity", "words"),
    [
        ("CK-COPY", {}, 0, "1 or more"),
        ("CK-COPY", {}, -3, "1 or more"),
        ("CK-COPY", {}, 10_000_000, "more than one line can be"),
        ("DL-A1", DOG, 2, "one a line \\(Dog license\\)"),
        ("BL-FILM", {}, 2, "one a line \\(Film permit\\)"),
        ("UB-RECON-LI", {}, 3, "no quantity"),
        ("BP-BSC", {"valuation_cents": 100}, 2, "no quantity"),
        ("BL-REN-RET", {}, 1, "BL-REN-RET needs: gross receipts"),
        ("BP-SMIP-R", {}, 1, "BP-SMIP-R needs: valuation"),
        ("BL-REN-RET", {"gross_receipts_cents": 9_000_000_000_00}, 1, "more than one line can be"),
        ("UB-LATE", {}, 1, "priced by greater_of"),
        ("BL-EMP", {}, 1, "priced by base_plus_employees"),
        ("BL-PRORATE", {}, 1, "priced by prorated_flat"),
        ("BL-PEN", {}, 1, "priced by percent_month"),
        ("PD-LIVE", {}, 1, "priced by flat_plus_pass"),
        ("SY-OVERSHORT", {}, 1, "posted by the program"),
        ("SY-UNAPPL", {}, 1, "posted by the program"),
        ("BL-CASP", {}, 1, "added by the program"),
        ("PD-BIKE", {}, 1, "not offered in this city"),
    ],
)
def test_refused_in_words(schedule: FeeSchedule, code: str, details: dict[str, Any], quantity: int, words: str) -> None:
    with pytest.raises(Refused, match=words):
        sell(schedule, code, details, quantity=quantity)


def test_an_open_fee_has_no_quantity(schedule: FeeSchedule) -> None:
    with pytest.raises(Refused, match="no quantity"):
        sell(schedule, "UB-PMT", quantity=2, amount=100)


def test_unknown_fee(schedule: FeeSchedule) -> None:
    with pytest.raises(Refused, match="There is no fee “XX-1”"):
        schedule.fee("XX-1", TODAY)


def test_the_fee_of_the_received_date(schedule: FeeSchedule) -> None:
    before, after = date(2024, 9, 30), date(2024, 10, 1)
    old, new = schedule.fee("UB-RECON", before), schedule.fee("UB-RECON", after)
    assert price(old, quantity=1, details={}, amount_cents=None, on=before).amount_cents == 5000
    assert price(new, quantity=1, details={}, amount_cents=None, on=after).amount_cents == 5700
    with pytest.raises(Refused, match="not in force on Oct 1, 2024"):
        price(old, quantity=1, details={}, amount_cents=None, on=after)
    ended = FeeSchedule(rows=(old,))
    with pytest.raises(Refused, match="UB-RECON is not in force on Oct 1, 2024"):
        ended.fee("UB-RECON", after)


def test_every_business_licence_adds_the_state_fee_once(schedule: FeeSchedule) -> None:
    adding = {row.code for row in schedule.rows if row.adds}
    assert adding == {"BL-NEW", "BL-REN-RET", "BL-REN-SVC", "BL-REN-PRO", "BL-EMP", "BL-PRORATE"}
    ((fee, priced),) = schedule.added(schedule.fee("BL-NEW", TODAY), TODAY)
    assert (fee.code, priced.amount_cents, fee.posting) == ("BL-CASP", 400, "state")
    assert distribute(fee, 400) == (("101-0000-21510", "101", 40), ("101-0000-21511", "101", 360))
    assert schedule.added(schedule.fee("DL-A1", TODAY), TODAY) == ()


def test_an_added_fee_must_have_a_price(schedule: FeeSchedule) -> None:
    late = a_fee(code="XX-2", price=schedule.fee("UB-LATE", TODAY).price)
    carrier = a_fee(adds=("XX-2",))
    with pytest.raises(Refused, match=r"XX-2 \(A fee\) is priced by greater_of"):
        FeeSchedule(rows=(carrier, late)).added(carrier, TODAY)


@given(st.integers(1, 10**9), st.lists(st.integers(1, 100), min_size=1, max_size=5))
def test_distribution_adds_up(cents: int, parts: list[int]) -> None:
    shares = tuple(Share(account=f"101-0000-{n:05}", fund="101", parts=p) for n, p in enumerate(parts))
    fee = a_fee(shares=shares)
    posted = distribute(fee, cents)
    assert sum(amount for _, _, amount in posted) == cents
    assert all(amount > 0 for _, _, amount in posted)


@given(st.integers(0, 10**10), st.integers(1, 500), st.sampled_from([100_000, 10_000_000]))
def test_a_rate_is_exact_and_rounded_once(base: int, rate: int, per: int) -> None:
    fee = a_fee(price=RateGross(rate_cents=rate, per_cents=per), min_cents=1)
    fee = msgspec.structs.replace(fee, asks=SHIPPED.fee("BL-REN-RET", TODAY).asks)
    cents = price(fee, quantity=1, details={"gross_receipts_cents": base}, amount_cents=None, on=TODAY).amount_cents
    assert cents == 1 or -per <= 2 * (base * rate - cents * per) < per


def test_what_is_offered(schedule: FeeSchedule) -> None:
    codes = [row.code for row in schedule.offered(TODAY)]
    assert "UB-PMT" in codes
    assert codes.count("UB-RECON") == 1
    assert not {"PD-BIKE", "BL-CASP", "SY-ROUND"} & set(codes)


@pytest.mark.parametrize(
    ("code", "posting"),
    [
        ("DL-A1", "handed_over"),
        ("BL-NEW", "handed_over"),
        ("CK-COPY", "handed_over"),
        ("CK-CERT", "handed_over"),
        ("PD-RPT", "handed_over"),
        ("BP-SMIP-R", "state"),
        ("BP-BSC", "state"),
        ("UB-DEP-R", "deposit_held"),
        ("RC-DEP", "deposit_held"),
        ("CK-APPEAL", "deposit_held"),
        ("UB-APP", "other"),
        ("UB-PMT", "account"),
    ],
)
def test_the_order_in_which_tenders_pay(schedule: FeeSchedule, code: str, posting: str) -> None:
    assert schedule.fee(code, TODAY).posting == posting


def test_the_schedule_that_ships(schedule: FeeSchedule) -> None:
    assert len({row.code for row in schedule.rows}) == 82
    assert {row.posting for row in schedule.rows} == set(POSTING_ORDER)
    assert schedule_problems(schedule) == ()
    assert schedule.fee("UB-PMT", TODAY).needs_account
    assert schedule.fee("UB-DEP-R", TODAY).refundable
    assert schedule.fee("BL-PRORATE", TODAY).basis == "prorated_flat"
    assert not any("icence" in word for row in schedule.rows for word in (row.name, row.unit))


@pytest.mark.parametrize("basis", sorted({type(row.price) for row in SHIPPED.rows}, key=repr))
def test_parameters_are_whole_numbers(basis: type) -> None:
    assert all(field.type is int for field in msgspec.structs.fields(basis))


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ((a_fee(shares=()),), "no account"),
        ((a_fee(shares=(Share(account="1", fund="1", parts=0),)),), "no account"),
        ((a_fee(min_cents=200, max_cents=100),), "minimum above its maximum"),
        ((a_fee(price=RateGross(rate_cents=1, per_cents=0)),), "rate per nothing"),
        ((a_fee(first_day=TODAY, last_day=date(2026, 1, 1)),), "ends before it begins"),
        ((a_fee(), a_fee(first_day=TODAY)), "two rows for the same day"),
        ((a_fee(adds=("ZZ",)),), "adds ZZ, which is no fee"),
        (
            (a_fee(code="DL-A1", price=Flat(amount_cents=901)), a_fee(code="DL-U1", price=Flat(amount_cents=1800))),
            "more than half",
        ),
    ],
)
def test_a_wrong_schedule_is_not_loaded(rows: tuple[Fee, ...], problem: str) -> None:
    assert problem in schedule_problems(FeeSchedule(rows=rows))[0]


def test_dated_rows_may_follow_each_other() -> None:
    rows = (a_fee(last_day=date(2026, 12, 31)), a_fee(first_day=date(2027, 1, 1)))
    assert schedule_problems(FeeSchedule(rows=rows)) == ()


def test_an_altered_price_of_another_kind_is_not_compared() -> None:
    dear = a_fee(code="DL-A1", price=RateGross(rate_cents=1, per_cents=1))
    plain = a_fee(code="DL-A2")
    assert schedule_problems(FeeSchedule(rows=(dear, plain, a_fee(code="DL-U1")))) == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[fee", "cannot be read"),
        ("[[fee]]\ncode = 'X'", "cannot be read"),
        (
            BARE_ROW + "price={basis='flat', amount_cents=1}",
            "is wrong: X has no account",
        ),
        (
            BARE_ROW + "price={basis='flat', amount_cents=1.5}",
            "cannot be read",
        ),
    ],
)
def test_an_unreadable_schedule(text: str, words: str) -> None:
    with pytest.raises(WrongAct, match=words):
        load_schedule(text)


def test_rows_travel_as_json(schedule: FeeSchedule) -> None:
    row = schedule.fee("DL-A3", TODAY)
    again = msgspec.json.decode(msgspec.json.encode(row, enc_hook=plain), type=Fee)
    assert again == row
    assert again.licence == LicenceRule(
        kind="dog",
        type="Dog license",
        term_months=36,
        renewable=True,
        numbered_tag=True,
        capped_by_rabies=True,
        altered=True,
        youngest_months=12,
    )
    assert Requirement(text="rabies certificate", key="rabies_expires") in again.requires


def test_every_word_of_the_shipped_schedule_has_its_spanish() -> None:
    words = {row.name for row in SHIPPED.rows} | {row.unit for row in SHIPPED.rows}
    words |= {row.licence.type for row in SHIPPED.rows if row.licence}
    words |= {field.label for row in SHIPPED.rows for field in row.asks}
    words |= {requirement.text for row in SHIPPED.rows for requirement in row.requires}
    assert {str.__str__(word) for word in words} == set(SHIPPED.spanish)


def test_a_fee_is_named_in_either_language() -> None:
    name = SHIPPED.fee("CK-COPY", TODAY).name
    assert (name, language("es").of(name)) == ("Photocopy", "Fotocopia")
