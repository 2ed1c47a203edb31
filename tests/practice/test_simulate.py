"""Simulated days: proven by the journal's own checks, every exception in a week, one seed one summary."""

import msgspec
import pytest

from counter_app.domain.refused import Refused
from counter_app.practice.simulate import Summary, simulate
from tests.fakes.counter import Counter, open_d1

EXPECTED_KINDS = {
    "CashBrought": 1,
    "CashDropped": 1,
    "DepositMade": 5,
    "DepositSent": 5,
    "DrawerClosed": 11,
    "DrawerOpened": 10,
    "DrawerVerified": 10,
    "NoSale": 1,
    "PaymentMoved": 1,
    "PaymentTaken": 100,
    "ReceiptCopied": 1,
    "ReceiptRefunded": 2,
    "ReceiptVoided": 2,
    "RecountAsked": 1,
    "SaleAbandoned": 1,
    "TenderCorrected": 1,
    "UnappliedCleared": 1,
    "VoidAsked": 2,
    "VoidRejected": 1,
}


def prove_sums(counter: Counter, summary: Summary) -> None:
    """The summary is reckoned beside the books; here they are compared."""
    assert sum(d.cash_cents for d in summary.deposits) == summary.cash_cents + summary.over_short_cents
    assert sum(d.checks_cents for d in summary.deposits) == summary.checks_cents
    slips = counter.rows("SELECT deposit, cash_cents, checks_cents, total_cents FROM deposits ORDER BY deposit")
    assert slips == [(d.deposit, d.cash_cents, d.checks_cents, d.total_cents) for d in summary.deposits]
    (receipts,) = counter.rows(
        "SELECT SUM(total_cents) - (SELECT COALESCE(SUM(cents), 0) FROM receipt_step"
        " WHERE step IN ('voided', 'refunded')) FROM receipt"
    )
    assert receipts == (summary.total_cents,)
    (cards,) = counter.rows("SELECT SUM(amount_cents) FROM tender t WHERE kind = 'card' AND number NOT IN"
                            " (SELECT number FROM receipt_step WHERE step = 'voided')")  # fmt: skip
    assert cards == (summary.cards_cents,)
    (over_short,) = counter.rows("SELECT SUM(over_short_cents) FROM session_step WHERE step = 'verified'")
    assert over_short == (summary.over_short_cents,)


def test_a_week_has_every_exception_and_its_books_are_proven(counter: Counter) -> None:
    summary = simulate(counter.station, days=5, payments=20, seed=7)
    kinds = dict(counter.rows("SELECT kind, count(*) FROM act GROUP BY kind"))
    assert {kind: kinds.get(kind) for kind in EXPECTED_KINDS} == EXPECTED_KINDS
    assert (summary.payments, summary.voids, len(summary.deposits)) == (100, 2, 5)
    assert summary.over_short_cents < 0
    assert counter.rows("SELECT count(*) FROM held_check") == [(1,)]
    assert counter.rows("SELECT count(*) FROM receipt WHERE credit_cents > 0") == [(1,)]
    prove_sums(counter, summary)
    counter.prove()


def test_every_drawer_is_deposited_and_every_bag_sent(counter: Counter) -> None:
    simulate(counter.station, days=2, payments=12, seed=3)
    last = "SELECT step FROM session_step s WHERE session = o.session ORDER BY seq DESC, n DESC LIMIT 1"
    assert counter.rows(f"SELECT DISTINCT ({last}) FROM session o") == [("deposited",)]
    assert counter.rows("SELECT DISTINCT state FROM deposits") == [("sent",)]
    assert counter.rows("SELECT DISTINCT state FROM spool") == [("printed",)]
    assert counter.show("undeposited") | {"oldest": None} == {"cash_cents": 0, "checks_cents": 0, "oldest": None}


def test_one_seed_gives_one_summary_and_another_another(counter: Counter, city_again: Counter) -> None:
    one = simulate(counter.station, days=2, payments=12, seed=3)
    two = simulate(city_again.station, days=2, payments=12, seed=3)
    assert msgspec.structs.replace(one, seconds=0.0) == msgspec.structs.replace(two, seconds=0.0)
    three = simulate(counter.station, days=1, payments=12, seed=4)
    assert three.total_cents != one.total_cents


def test_later_days_follow_the_newest_and_leave_out_closed_ones(counter: Counter) -> None:
    simulate(counter.station, days=3, payments=2, seed=1)
    simulate(counter.station, days=3, payments=2, seed=1)
    dates = [day for (day,) in counter.rows("SELECT DISTINCT business_date FROM session ORDER BY 1")]
    assert dates == ["2026-11-30", "2026-12-01", "2026-12-02", "2026-12-03", "2026-12-04", "2026-12-07"]


@pytest.mark.parametrize("seed", range(4))
def test_few_payments_are_no_trouble(counter: Counter, seed: int) -> None:
    summary = simulate(counter.station, days=1 + seed % 3, payments=1 + seed, seed=seed)
    assert summary.payments == (1 + seed % 3) * (1 + seed)
    counter.prove()


def test_a_drawer_that_is_open_already_is_said(counter: Counter) -> None:
    open_d1(counter)
    with pytest.raises(Refused, match="D1"):
        simulate(counter.station, days=1, payments=1, seed=1)


@pytest.mark.nightly
@pytest.mark.parametrize("seed", range(20))
def test_many_seeds(counter: Counter, seed: int) -> None:
    prove_sums(counter, simulate(counter.station, days=5, payments=60, seed=seed))
    counter.prove()
