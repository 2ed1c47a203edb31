"""A deposit is intact: every check goes, or is held with a reason, or stops the slip by its receipt's number."""

from collections import Counter as Tally

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.deposit import (
    Deposit,
    VerifiedSession,
    bagged,
    confirmed,
    gather_checks,
    gather_pieces,
    sent,
)
from counter_app.domain.drawer import CountAndTotal, RecordedCheck, read_checks
from counter_app.domain.events import DepositPart
from counter_app.domain.ledger import BANK_DIFFERENCE, UNDEPOSITED
from counter_app.domain.refused import Refused

CENTS = st.sampled_from((300, 500, 700))


def session(recorded: list[int], counted: "tuple[int, ...] | CountAndTotal", name: str = "S") -> VerifiedSession:
    checks = tuple(
        RecordedCheck(number=f"R{n}", tender=1, kind="check", reference="", cents=cents, endorsed=True)
        for n, cents in enumerate(recorded)
    )
    return VerifiedSession(session=name, pieces={"2000": 1}, recorded=checks, counted=read_checks(counted))


@given(st.lists(CENTS, max_size=6), st.lists(CENTS, max_size=6), st.sets(st.integers(0, 5)))
def test_a_slip_lists_what_was_counted_or_stops(recorded: list[int], counted: list[int], held: set[int]) -> None:
    hold = {f"R{n}": "later" for n in held if n < len(recorded)}
    goes = [cents for n, cents in enumerate(recorded) if f"R{n}" not in hold]
    stays = Tally(cents for n, cents in enumerate(recorded) if f"R{n}" in hold)
    extra = Tally(counted) - Tally(goes)
    intact = Tally(goes) <= Tally(counted) and extra <= stays
    made = session(recorded, tuple(counted))
    if intact:
        assert [check.cents for check in gather_checks([made], hold)] == goes
    else:
        with pytest.raises(Refused):
            gather_checks([made], hold)


def test_the_words_name_the_receipt() -> None:
    with pytest.raises(Refused, match=r"check of receipt R1 \(\$5.00\) was not counted"):
        gather_checks([session([300, 500], (300,))], {})
    with pytest.raises(Refused, match=r"a check of \$7.00 was counted that no receipt has"):
        gather_checks([session([300], (300, 700))], {})
    with pytest.raises(Refused, match=r"R0 \$3.00, R1 \$5.00"):
        gather_checks([session([300, 500], CountAndTotal(1, 300))], {})
    with pytest.raises(Refused, match="R9 has no check"):
        gather_checks([session([300], (300,))], {"R9": "later"})


def test_a_pile_by_number_and_sum_may_hold_the_held_or_not() -> None:
    hold = {"R1": "torn"}
    for pile in (CountAndTotal(1, 300), CountAndTotal(2, 800)):
        assert [check.number for check in gather_checks([session([300, 500], pile)], hold)] == ["R0"]


def test_pieces_of_all_sessions() -> None:
    assert gather_pieces([session([], ()), session([], (), "T")]) == {"2000": 2}


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 2 * 10**6))
def test_money_goes_from_the_safe_to_the_bank_and_nothing_is_lost(cash: int, checks: int, credited: int) -> None:
    made = Deposit(
        seq=1, deposit="D", business_date="2026-11-23", state="made", bank="OPERATING", bag="B", prepared_by="ana",
        pieces={}, cash_cents=cash, checks_cents=checks, total_cents=cash + checks, checks=(), sessions=(), custody=(),
    )  # fmt: skip
    places: dict[str, int] = {UNDEPOSITED: cash + checks}
    parts = (DepositPart("cash", credited, "2026-11-24", "1"),)
    for move in (*bagged("D", cash, checks), *sent(made), *confirmed(made, parts)):
        assert move.cents > 0
        places[move.source] = places.get(move.source, 0) - move.cents
        places[move.target] = places.get(move.target, 0) + move.cents
    left = {place: cents for place, cents in places.items() if cents}
    difference = cash + checks - credited
    wanted = {"bank OPERATING": credited, BANK_DIFFERENCE: difference}
    assert left == {place: cents for place, cents in wanted.items() if cents}
