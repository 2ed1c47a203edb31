"""Whatever comes in, an answer comes out: done, refused or wrong, and nothing else ever."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.domain.refused import WrongAct
from counter_app.services.acts import answer, read_act
from tests.fakes.counter import (
    ARREARS,
    WATER,
    Counter,
    cash,
    check,
    close_d1,
    copies,
    copy_city,
    dog,
    fit,
    heap,
    open_d1,
    pay,
    verified,
    water,
)

EXAMPLES = 300
NUMBERS = st.sampled_from(
    (
        "A1-000001",
        "A1-000002",
        "A1-000003",
        "A1-S000001",
        "A1-S000002",
        "A1-D000001",
        "A1-R000001",
        "",
        "0",
        "D1",
        "x" * 300,
    )
)
WORDS = st.one_of(
    NUMBERS,
    st.sampled_from(("cash", "check", "UB-PMT", "PD-RPT", "BL-NEW", WATER, "C90000001", "2026-11-23", "receipt")),
    st.text(max_size=12),
)
WHOLE = st.one_of(
    st.integers(-3, 3), st.integers(-(10**25), 10**25), st.sampled_from((2_500, 12_000, 2**31, 2**63, 2**64))
)
COUNTS = st.dictionaries(
    st.sampled_from(("1", "100c", "2000", "10000", "7")), st.one_of(st.integers(0, 9), WHOLE), max_size=3
)
TENDERS = st.lists(
    st.fixed_dictionaries(
        {"kind": st.sampled_from(("cash", "check", "card", "money_order")), "amount_cents": WHOLE},
        optional={
            "for_line": WHOLE,
            "check": st.fixed_dictionaries({"number": WORDS}, optional={"date": WORDS, "routing": WORDS}),
        },
    ),
    max_size=3,
)
LINES = st.lists(
    st.fixed_dictionaries(
        {"fee": st.sampled_from(("UB-PMT", "PD-RPT", "CK-COPY", "DL-A1", "YS-PERMIT", "BL-REN-RET", "BP-BSC", "?"))},
        optional={
            "account": WORDS,
            "customer": WORDS,
            "amount_cents": WHOLE,
            "quantity": WHOLE,
            "designate": WORDS,
            "details": st.dictionaries(
                st.sampled_from(
                    (
                        "name",
                        "altered",
                        "rabies_expires",
                        "born",
                        "address",
                        "from",
                        "to",
                        "licence",
                        "gross_receipts_cents",
                        "valuation_cents",
                    )
                ),
                st.one_of(WORDS, WHOLE, st.booleans(), st.sampled_from(("9999-12-31", "0001-01-01", "2026-02-29"))),
                max_size=4,
            ),
        },
    ),
    max_size=3,
)
CHECKS = st.one_of(st.lists(WHOLE, max_size=3), st.fixed_dictionaries({"count": WHOLE, "total_cents": WHOLE}))
PARTS = st.lists(
    st.fixed_dictionaries(
        {"part": st.sampled_from(("cash", "checks")), "cents": WHOLE, "bank_date": WORDS, "reference": WORDS}
    ),
    max_size=2,
)


def act(name: str, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """An act by anybody, with or without anybody beside them."""
    who = st.sampled_from(("maria", "ben", "lee", "ana", "fay", "adam", "ruth", "zoe"))
    return st.fixed_dictionaries({"act": st.just(name), "by": who, **fields}, optional={"approver": who})


REASON = st.one_of(st.just("because"), st.text(max_size=8))
YES = st.booleans()
FROM = st.fixed_dictionaries({"tender": WHOLE, "amount_cents": WHOLE})
ACTS = st.one_of(
    act("open_drawer", drawer=st.sampled_from(("D1", "D2", "D3")), count=COUNTS),
    act("take_payment", lines=LINES, tenders=TENDERS),
    act("take_unapplied", tenders=TENDERS, known=REASON),
    act("abandon_sale", lines=LINES, reason=REASON),
    act("void_receipt", number=NUMBERS, reason=REASON, asked=YES),
    act("decide_void", number=NUMBERS, accept=YES),
    act(
        "refund_receipt",
        number=NUMBERS,
        reason=REASON,
        how=st.sampled_from(("cash", "card", "request", "credit")),
        lines=st.lists(WHOLE, max_size=2),
    ),
    act("correct_tender", number=NUMBERS, to=TENDERS, reason=REASON, **{"from": FROM}),
    act("move_payment", number=NUMBERS, line=WHOLE, to_account=WORDS, reason=REASON),
    act("clear_unapplied", number=NUMBERS, lines=LINES, reason=REASON),
    act("drop_cash", drawer=st.just("D1"), count=COUNTS, bag=WORDS),
    act("bring_cash", drawer=st.just("D1"), count=COUNTS),
    act("close_drawer", drawer=st.just("D1"), count=COUNTS, checks=CHECKS, keep=COUNTS, cards_cents=WHOLE),
    act("force_close", drawer=st.just("D1"), count=COUNTS, checks=CHECKS, reason=REASON),
    act(
        "verify_drawer", session=NUMBERS, count=COUNTS, checks=CHECKS, accept=YES, explanation=REASON, cards_cents=WHOLE
    ),
    act(
        "make_deposit",
        sessions=st.lists(NUMBERS, max_size=2),
        bag=WORDS,
        bank=st.just("OPERATING"),
        items=st.lists(NUMBERS, max_size=2),
    ),
    act("send_deposit", deposit=NUMBERS, courier=REASON),
    act("confirm_deposit", deposit=NUMBERS, parts=PARTS),
    act("correct_deposit", deposit=NUMBERS, reason=REASON, cents=WHOLE),
    act("endorse_check", number=NUMBERS, tender=WHOLE),
    act("settle_paper", number=NUMBERS, came_out=YES),
    act(
        "show",
        what=st.sampled_from(("drawer", "receipt", "account", "customer", "licence", "deposit", "places")),
        of=WORDS,
    ),
)


@pytest.fixture(scope="module")
def busy(city: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counter]:
    """Maria's drawer is in a bag already; Ben has D1 open and took a payment of each sort."""
    made = copy_city(city, tmp_path_factory.mktemp("busy") / "counter")
    open_d1(made)
    pay(made, [water(WATER), dog()], [cash(5_000), check(8_300)])
    close_d1(made, 25_000, [8_300])
    verified(made, "A1-S000001", 25_000, [8_300])
    made.do("make_deposit", "ana", sessions=["A1-S000001"], bag="B", bank="OPERATING")
    made.do("open_drawer", "ben", drawer="D1", count=heap(20_000))
    pay(made, [water(ARREARS, 1_000), copies(5)], [check(1_000), cash(500)], by="ben")
    made.do("take_unapplied", "ben", tenders=[cash(2_500)], known="in an envelope")
    yield made
    made.prove()
    made.close()


@settings(max_examples=EXAMPLES)
@given(line=ACTS)
def test_an_answer_comes_out(busy: Counter, line: dict[str, Any]) -> None:
    before = busy.traces()
    result = answer(busy.station, json.dumps(line))
    json.dumps(result)
    if result["ok"]:
        return
    assert busy.traces() == before
    assert result.keys() in ({"ok", "refused"}, {"ok", "wrong"})


@settings(max_examples=300)
@given(line=st.one_of(st.binary(max_size=80), st.text(max_size=80)))
def test_garbage_is_no_act(line: bytes | str) -> None:
    with pytest.raises(WrongAct, match=r"\.$"):
        read_act(line)


def test_words_for_cashiers() -> None:
    """The measure that every refusal of these tests is held to."""
    assert fit("There is no receipt A1-000009.")
    for words in ("", "no full stop", "by must be a `str`.", "money_order is odd.", "None.", "camelCase here."):
        assert not fit(words)
