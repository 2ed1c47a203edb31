"""Acts as words: what is no act, what is refused, which fields there are."""

import json
from datetime import datetime
from typing import Any

import pytest

from counter_app.domain.refused import WrongAct
from counter_app.services.acts import answer, read_act, vocabulary
from tests.fakes.counter import WATER, Counter, cash, water

FROM_THE_START = {
    "open_drawer", "take_payment", "abandon_sale", "void_receipt", "decide_void", "refund_receipt", "correct_tender",
    "move_payment", "take_unapplied", "clear_unapplied", "no_sale", "copy_receipt", "drop_cash", "bring_cash",
    "close_drawer", "verify_drawer", "make_deposit", "send_deposit", "confirm_deposit", "correct_deposit",
    "register_customer", "endorse_check", "settle_paper", "show",
}  # fmt: skip

UNDATED = {"kind": "check", "amount_cents": 2_500, "check": {"number": "1", "date": "11/23"}}
PAYMENT = '{"act": "take_payment", "by": "maria", %s}'


def test_the_vocabulary_is_complete() -> None:
    told = vocabulary()
    assert {act["act"] for act in told} >= FROM_THE_START
    assert all(act["does"].endswith(".") for act in told)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("", "no act"),
        ("pay 12", "no act"),
        ("[]", "no act"),
        ("{}", "act"),
        ('{"act": 7}', "no act"),
        ('{"act": "pay", "by": "maria"}', "There is no act “pay”"),
        ('{"act": "no_sale", "reason": "x"}', "missing required field `by`"),
        ('{"act": "no_sale", "by": "maria"}', "missing required field `reason`"),
        ('{"act": "no_sale", "by": "maria", "reason": 7}', "Expected `str`"),
        ('{"act": "no_sale", "by": "maria", "reason": "x", "colour": "red"}', "unknown field `colour`"),
        ('{"act": "no_sale", "by": null, "reason": "x"}', "Expected `str`"),
        ('{"act": "decide_void", "by": "lee", "number": "A1-000001", "accept": 1}', "Expected `bool`"),
        ('{"act": "show", "by": "lee", "what": "weather"}', "Invalid enum value"),
        (PAYMENT % '"lines": [], "tenders": [{"kind": "shells", "amount_cents": 1}]', "enum"),
        (PAYMENT % '"lines": [], "tenders": [{"kind": "cash", "amount_cents": 1.5}]', "`int`"),
        (PAYMENT % '"lines": [], "tenders": [{"kind": "cash", "amount_cents": true}]', "`int`"),
        (PAYMENT % '"lines": [{"fee": "CK-COPY", "quantity": "2"}], "tenders": []', "`int`"),
        (PAYMENT % '"lines": [{"code": "CK-COPY"}], "tenders": []', "field"),
        ('{"act": "open_drawer", "by": "maria", "drawer": "D1", "count": {"2000": "ten"}}', "`int`"),
    ],
)  # fmt: skip
def test_no_act(line: str, words: str) -> None:
    with pytest.raises(WrongAct, match=words):
        read_act(line)


@pytest.mark.parametrize(
    ("act", "fields"),
    [
        ("open_drawer", {"drawer": "D2", "count": {"300": 1}}),
        ("open_drawer", {"drawer": "D2", "count": {"2000": -1}}),
        ("open_drawer", {"drawer": "D2", "count": {"2000": 10**12}}),
        ("take_payment", {"lines": [water(WATER) | {"details": {"dog": "Rex"}}], "tenders": [cash(12_000)]}),
        ("show", {"what": "receipt"}),
        ("no_sale", {"reason": "x", "at": "tomorrow"}),
        ("no_sale", {"reason": "x", "at": "2026-11-23T09:15:00"}),
        ("no_sale", {"reason": "x", "at": "0001-01-01T00:00:00+00:00"}),
        ("take_payment", {"lines": [{"fee": "PD-RPT"}], "tenders": [UNDATED]}),
    ],
)  # fmt: skip
def test_wrong_with_nothing_changed(unmoved: Counter, act: str, fields: dict[str, Any]) -> None:
    unmoved.wrong(act, "maria", **fields)


@pytest.mark.parametrize(
    ("act", "fields", "words"),
    [
        ("no_sale", {"reason": "\n\t "}, "reason"),
        ("no_sale", {"reason": "x" * 501}, "500"),
        ("no_sale", {"reason": "x" * 300_000}, "more than one act can hold"),
        ("open_drawer", {"drawer": "D9", "count": {"2000": 10}}, "no drawer D9"),
        ("open_drawer", {"drawer": "D2", "count": {"2000": 10}}, "open already"),
        ("open_drawer", {"drawer": "D2", "count": {"10000": 10_001}}, "more cash than a drawer"),
        ("close_drawer", {"drawer": "D1", "count": {}, "checks": [-1]}, "more than nothing"),
        ("close_drawer", {"drawer": "D1", "count": {}, "checks": [10**30]}, "more than nothing"),
        ("close_drawer", {"drawer": "D1", "count": {}, "checks": {"count": -1, "total_cents": 0}}, "no pile"),
        ("close_drawer", {"drawer": "D1", "count": {}, "checks": {"count": 1, "total_cents": 10**30}}, "no pile"),
        ("close_drawer", {"drawer": "D1", "count": {}, "checks": [], "cards_cents": -1}, "Card slips"),
        ("close_drawer", {"drawer": "D1", "count": {}, "checks": [], "cards_cents": 10**30}, "Card slips"),
        ("copy_receipt", {"number": "A1-000009"}, "no receipt A1-000009"),
        ("void_receipt", {"number": "A1-000009", "reason": "x"}, "no receipt"),
        ("settle_paper", {"number": "A1-000009", "came_out": True}, "in doubt"),
        ("register_customer", {"name": "  "}, "name"),
        ("show", {"what": "receipt", "of": "A1-000009"}, "no receipt"),
        ("show", {"what": "account", "of": "1"}, "no account"),
        ("show", {"what": "customer", "of": "1"}, "no customer"),
        ("show", {"what": "licence", "of": "1"}, "no license"),
        ("show", {"what": "deposit", "of": "1"}, "no deposit"),
        ("show", {"what": "drawer", "of": "D2"}, "never opened"),
    ],
)
def test_refused_with_nothing_changed(unmoved: Counter, act: str, fields: dict[str, Any], words: str) -> None:
    assert words in unmoved.refuse(act, "maria", **fields)


def test_nobody_of_that_name(unmoved: Counter) -> None:
    assert "nobody called" in unmoved.refuse("no_sale", "zoe", reason="change")
    assert "nobody called" in unmoved.refuse("no_sale", "maria", approver="zoe", reason="change")


def test_the_clock_stands_where_the_last_act_put_it(drawer: Counter) -> None:
    drawer.do("no_sale", "maria", reason="change", at="2026-11-23T10:00:00-08:00")
    drawer.do("no_sale", "maria", reason="change")
    assert [body.at for body in drawer.bodies()[-2:]] == ["2026-11-23T18:00:00.000Z"] * 2


def test_a_clock_that_jumps_is_journalled(drawer: Counter) -> None:
    back = drawer.do("no_sale", "maria", reason="change", at="2026-11-23T08:00:00-08:00")
    step, sale = drawer.bodies()[-2:]
    assert (step.kind, sale.kind, sale.seq) == ("ClockStepped", "NoSale", back["seq"])
    assert json.loads(bytes(step.event)) == {"milliseconds": -3_600_000}
    drawer.refuse("no_sale", "maria", reason=" ", at="2026-12-24T08:00:00-08:00")
    drawer.do("no_sale", "maria", reason="change", at="2026-11-23T09:30:00-08:00")
    assert drawer.bodies()[-2].kind == "NoSale", "a refused act leaves no jump"
    drawer.prove()


def test_an_answer_is_json(drawer: Counter) -> None:
    result = answer(drawer.station, b'{"act": "no_sale", "by": "maria", "reason": "change"}')
    assert json.loads(json.dumps(result)) == {"ok": True, "seq": drawer.station.books.head().seq}


def test_a_real_station_takes_no_clock(drawer: Counter) -> None:
    drawer.station.purpose = "real"
    assert "demo and training" in drawer.wrong("no_sale", "maria", reason="x", at="2026-11-23T10:00:00-08:00")


def test_received_is_the_instant_of_the_act(drawer: Counter) -> None:
    number = drawer.do(
        "take_payment", "maria", lines=[{"fee": "PD-RPT"}], tenders=[cash(2_500)], at="2026-11-23T11:11:11.123-08:00"
    )["number"]
    received = drawer.show("receipt", number)["received"]
    assert datetime.fromisoformat(received) == datetime.fromisoformat("2026-11-23T11:11:11.123-08:00")
