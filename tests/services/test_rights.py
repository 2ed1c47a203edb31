"""Who may: every act with every role, and what makes nobody a second person."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from counter_app.domain import events as ev
from counter_app.services.acting import act_name
from counter_app.services.acts import ACTS
from tests.fakes.chain import Chain
from tests.fakes.counter import (
    ARREARS,
    WATER,
    Counter,
    cash,
    check,
    close_d1,
    heap,
    open_d1,
    pay,
    verified,
    water,
)

EVERYBODY = ("maria", "ben", "lee", "ana", "fay", "adam", "ruth")
REPORT = {"fee": "PD-RPT"}

Act = tuple[str, dict[str, Any]]
Scene = Callable[[Counter], Act]


def a_closed_drawer(counter: Counter) -> None:
    """Maria's D1 with a receipt of each sort, counted."""
    open_d1(counter)
    pay(counter, [REPORT], [cash(2_500)])
    pay(counter, [water(WATER)], [check(12_000)])
    close_d1(counter, 22_500, [12_000])


def a_deposit(counter: Counter) -> None:
    """The same, verified and in a bag."""
    a_closed_drawer(counter)
    verified(counter, "A1-S000001", 22_500, [12_000])
    counter.do("make_deposit", "ana", sessions=["A1-S000001"], bag="B-1", bank="OPERATING")


def _open(counter: Counter) -> Act:
    return "open_drawer", {"drawer": "D2", "count": heap(20_000)}


def _abandon(counter: Counter) -> Act:
    return "abandon_sale", {"lines": [REPORT], "reason": "left"}


def _void(counter: Counter) -> Act:
    open_d1(counter)
    return "void_receipt", {"number": pay(counter, [REPORT], [cash(2_500)])["number"], "reason": "wrong", "asked": True}


def _decide(counter: Counter) -> Act:
    act, fields = _void(counter)
    counter.do(act, "maria", **fields)
    return "decide_void", {"number": fields["number"], "accept": False}


def _refund(counter: Counter) -> Act:
    a_closed_drawer(counter)
    return "refund_receipt", {"number": "A1-000001", "reason": "not needed", "how": "request"}


def _correct(counter: Counter) -> Act:
    a_closed_drawer(counter)
    wrong = {"tender": 1, "amount_cents": 2_500}
    return "correct_tender", {"number": "A1-000001", "from": wrong, "to": [check(2_500)], "reason": "it was a check"}


def _move(counter: Counter) -> Act:
    a_closed_drawer(counter)
    return "move_payment", {"number": "A1-000002", "line": 1, "to_account": ARREARS, "reason": "misread"}


def _clear(counter: Counter) -> Act:
    open_d1(counter)
    counter.do("take_unapplied", "maria", tenders=[cash(12_000)], known="in an envelope")
    return "clear_unapplied", {"number": "A1-000001", "lines": [water(WATER)], "reason": "she called"}


def _copy(counter: Counter) -> Act:
    open_d1(counter)
    return "copy_receipt", {"number": pay(counter, [REPORT], [cash(2_500)])["number"]}


def _force(counter: Counter) -> Act:
    open_d1(counter)
    return "force_close", {"drawer": "D1", "count": heap(20_000), "checks": [], "reason": "maria is ill"}


def _adopt(counter: Counter) -> Act:
    """Maria's drawer at A0, whose computer is dead; no money is left in it."""
    dead, books = Chain("A0"), counter.station.books
    session = "A0-S000001"
    opened = ev.DrawerOpened(
        session=session, drawer="D1", cashier="maria", count={}, float_cents=0, issued_cents=0, movements=(),
        postings=(),
    )  # fmt: skip
    dead.record(opened, numbers={"session": session})
    books.take_back(dead.entries, [])
    with books.write("system") as unit:
        through, hash_ = dead.head.seq, dead.head.hash.hex()
        unit.record(ev.StationAdopted(adopted="A0", through=through, hash=hash_, sessions=(session,)))
    return "adopt_drawer", {"session": session, "count": {}, "checks": [], "reason": "its computer is dead"}


def _verify(counter: Counter) -> Act:
    a_closed_drawer(counter)
    return "verify_drawer", {"session": "A1-S000001", "count": heap(22_500), "checks": [12_000], "accept": True}


def _make(counter: Counter) -> Act:
    a_closed_drawer(counter)
    verified(counter, "A1-S000001", 22_500, [12_000])
    return "make_deposit", {"sessions": ["A1-S000001"], "bag": "B-1", "bank": "OPERATING"}


def _send(counter: Counter) -> Act:
    a_deposit(counter)
    return "send_deposit", {"deposit": "A1-D000001", "courier": "Valley"}


def _confirm(counter: Counter) -> Act:
    act, fields = _send(counter)
    counter.do(act, "ana", **fields)
    part = {"part": "cash", "cents": 14_400, "bank_date": "2026-11-24", "reference": "1"}
    return "confirm_deposit", {"deposit": "A1-D000001", "parts": [part]}


def _correct_deposit(counter: Counter) -> Act:
    act, fields = _confirm(counter)
    counter.do(act, "fay", **fields)
    return "correct_deposit", {"deposit": "A1-D000001", "reason": "a counterfeit dollar"}


def _register(counter: Counter) -> Act:
    return "register_customer", {"name": "Dana Ortiz"}


def _endorse(counter: Counter) -> Act:
    open_d1(counter)
    number = pay(counter, [REPORT], [check(2_500)], endorsed=False)["number"]
    return "endorse_check", {"number": number, "tender": 1}


def _take_badge(counter: Counter) -> Act:
    counter.do("give_badge", "adam", person="ben")
    return "take_badge", {"person": "ben"}


def _settle(counter: Counter) -> Act:
    open_d1(counter)
    number = pay(counter, [REPORT], [cash(2_500)])["number"]
    with counter.station.books.change_state() as connection:
        connection.exec_driver_sql("UPDATE spool SET state = 'doubt'")
    return "settle_paper", {"number": number, "came_out": True}


def _show(what: str) -> Scene:
    return lambda _counter: ("show", {"what": what})


CASHIERS, COVER = {"maria", "ben"}, {"maria", "ben", "lee"}
TABLE: list[tuple[Scene, set[str]]] = [
    (_open, COVER),
    (_abandon, COVER),
    (_void, {"maria", "lee", "ana"}),
    (_decide, {"lee", "ana"}),
    (_refund, {"maria", "ben", "lee", "ana"}),
    (_correct, {"maria", "lee", "ana"}),
    (_move, {"lee", "ana", "fay"}),
    (_clear, {"maria", "ben", "lee", "ana", "fay"}),
    (_copy, {"maria", "lee", "ana"}),
    (_force, {"lee", "ana"}),
    (_adopt, {"lee", "ana"}),
    (_verify, {"lee", "ana"}),
    (_make, {"ana"}),
    (_send, {"ana"}),
    (_confirm, {"fay"}),
    (_correct_deposit, {"fay"}),
    (_register, {"maria", "ben", "lee", "ana", "fay"}),
    (_endorse, {"maria", "lee", "ana"}),
    (_settle, {"maria", "ben", "lee", "ana"}),
    (_show("undeposited"), {"lee", "ana", "fay", "ruth"}),
    (_show("places"), {"lee", "ana", "fay", "ruth"}),
    (_show("till_board"), set(EVERYBODY)),
    (_show("paper"), set(EVERYBODY)),
    (lambda _: ("add_person", {"person": "nora", "name": "Nora Lind", "role": "cashier"}), {"adam"}),
    (lambda _: ("change_person", {"person": "ben", "role": "lead"}), {"adam"}),
    (lambda _: ("reset_secrets", {"person": "ben"}), {"adam"}),
    (lambda _: ("end_person", {"person": "ben"}), {"adam"}),
    (lambda _: ("give_badge", {"person": "ben"}), {"adam"}),
    (_take_badge, {"adam"}),
    (lambda _: ("change_setting", {"setting": "check_refund_wait_days", "value": 12, "reason": "n"}), {"ana", "fay"}),
    (lambda _: ("change_pin", {"secret": "4171", "pin": "2580"}), {"maria"}),
]
"""Each act and who may begin it; acts that ask for a second person get one who may."""

WITHIN_AN_OWN_DRAWER: dict[str, dict[str, Any]] = {
    "take_payment": {"lines": [REPORT], "tenders": [cash(2_500)]},
    "take_unapplied": {"tenders": [cash(2_500)], "known": "in an envelope"},
    "no_sale": {"reason": "change"},
    "drop_cash": {"drawer": "D1", "count": heap(2_000)},
    "bring_cash": {"drawer": "D1", "count": heap(2_000)},
    "close_drawer": {"drawer": "D1", "count": heap(20_000), "checks": []},
}


@pytest.mark.parametrize(("scene", "may"), TABLE, ids=[scene.__name__.strip("_") for scene, _ in TABLE])
def test_role_and_act(counter: Counter, tmp_path: Path, scene: Scene, may: set[str]) -> None:
    """Who may not is refused at the same counter; who may does it at a copy of it."""
    act, fields = scene(counter)
    for by in EVERYBODY:
        if act == "change_pin" and by not in may:  # somebody else's PIN: refused, and journalled as a wrong one
            assert "refused" in counter.answer(act, by, **fields)
        elif by not in may:
            counter.refuse(act, by, **fields, **_second(act, by))
    counter.close()
    for by in may:
        shutil.copytree(counter.folder, tmp_path / by)
        own = Counter(tmp_path / by)
        own.do(act, by, **fields, **_second(act, by))
        own.close()


def _second(act: str, by: str) -> dict[str, str]:
    """Somebody who may approve, where an act asks for it."""
    if act in ("show", "decide_void", "verify_drawer", "change_pin") or act.endswith(("_person", "_secrets", "_badge")):
        return {}
    if act in ("move_payment", "change_setting"):
        return {"approver": "fay" if by != "fay" else "ana"}
    return {"approver": "ana" if by != "ana" else "lee"}


@pytest.mark.parametrize("act", WITHIN_AN_OWN_DRAWER)
def test_within_an_own_drawer(counter: Counter, act: str) -> None:
    fields = WITHIN_AN_OWN_DRAWER[act]
    for by in EVERYBODY:
        counter.refuse(act, by, **fields, **_second(act, by))
    for number, by in enumerate(("maria", "ben", "lee")):
        day = {"at": f"2026-11-2{3 + number}T09:00:00-08:00"}
        counter.do("open_drawer", by, drawer="D1", count=heap(20_000), **day)
        for other in EVERYBODY:
            if other not in (by, "ana"):
                counter.refuse(act, other, **fields, **_second(act, other))
        counter.do(act, by, **fields, **_second(act, by))
        if act != "close_drawer":
            counter.do("close_drawer", by, drawer="D1", count=heap(20_000), checks=[])


def test_every_act_is_in_a_table() -> None:
    told = {scene(_Nobody())[0] for scene, _ in TABLE if scene.__name__ == "<lambda>"}
    named = {
        "_open": "open_drawer", "_abandon": "abandon_sale", "_void": "void_receipt", "_decide": "decide_void",
        "_refund": "refund_receipt", "_correct": "correct_tender", "_move": "move_payment", "_clear": "clear_unapplied",
        "_copy": "copy_receipt", "_force": "force_close", "_adopt": "adopt_drawer",
        "_verify": "verify_drawer", "_make": "make_deposit",
        "_send": "send_deposit", "_confirm": "confirm_deposit", "_correct_deposit": "correct_deposit",
        "_register": "register_customer", "_endorse": "endorse_check", "_settle": "settle_paper",
        "_take_badge": "take_badge",
    }  # fmt: skip
    told |= {named[scene.__name__] for scene, _ in TABLE if scene.__name__ in named} | WITHIN_AN_OWN_DRAWER.keys()
    assert told == {act_name(kind.__name__) for kind in ACTS}


class _Nobody(Counter):
    """A counter that is never asked."""

    def __init__(self) -> None:
        pass


NEEDS_A_SECOND = [_refund, _correct, _move, _clear, _force, _adopt]


@pytest.mark.parametrize("scene", NEEDS_A_SECOND, ids=[scene.__name__.strip("_") for scene in NEEDS_A_SECOND])
def test_the_second_person(counter: Counter, scene: Scene) -> None:
    act, fields = scene(counter)
    assert "second person" in counter.refuse(act, "lee", **fields)
    assert "own" in counter.refuse(act, "lee", approver="lee", **fields)
    for nobody in ("ben", "adam", "ruth"):
        assert "may not" in counter.refuse(act, "lee", approver=nobody, **fields)
    done = counter.do(act, "lee", approver="ana", **fields)
    body = counter.bodies(after=done["seq"] - 1)[0]
    assert (body.actor, body.approver) == ("lee", "ana")


@pytest.mark.parametrize("act", ["void_receipt", "drop_cash", "bring_cash"])
def test_the_second_person_within_a_drawer(drawer: Counter, act: str) -> None:
    number = pay(drawer, [REPORT], [cash(2_500)])["number"]
    fields = {"number": number, "reason": "wrong"} if act == "void_receipt" else WITHIN_AN_OWN_DRAWER[act]
    assert "second person" in drawer.refuse(act, "maria", **fields)
    assert "own" in drawer.refuse(act, "maria", approver="maria", **fields)
    for nobody in ("ben", "fay", "adam", "ruth"):
        assert "may not" in drawer.refuse(act, "maria", approver=nobody, **fields)
    drawer.do(act, "maria", approver="lee", **fields)


def test_a_cashier_who_owns_the_drawer_approves_nothing_of_it(counter: Counter) -> None:
    """Lee covers at D1; Ana voids at it with nobody but Lee beside her."""
    counter.do("open_drawer", "lee", drawer="D1", count=heap(20_000))
    number = pay(counter, [REPORT], [cash(2_500)], by="lee")["number"]
    assert "owns this drawer" in counter.refuse("void_receipt", "ana", approver="lee", number=number, reason="wrong")
    counter.do("void_receipt", "lee", number=number, reason="wrong", asked=True)
    assert "one's own" in counter.refuse("decide_void", "lee", number=number, accept=True)
    counter.do("decide_void", "ana", number=number, accept=True)


def test_who_took_a_payment_verifies_and_approves_nothing_until_verified(counter: Counter) -> None:
    a_closed_drawer(counter)
    counter.do("open_drawer", "lee", drawer="D2", count=heap(10_000))
    counter.do("drop_cash", "lee", approver="ana", drawer="D2", count=heap(2_000))
    count: dict[str, Any] = {"session": "A1-S000001", "count": heap(22_500), "checks": [12_000], "accept": True}
    pay(counter, [REPORT], [cash(2_500)], by="lee")
    refund = {"number": "A1-000001", "reason": "no", "how": "request"}
    assert "not verified yet" in counter.refuse("verify_drawer", "lee", **count)
    assert "not verified yet" in counter.refuse("refund_receipt", "ben", approver="lee", **refund)
    counter.do("close_drawer", "lee", drawer="D2", count=heap(10_500), checks=[])
    assert "not verified yet" in counter.refuse("verify_drawer", "lee", **count)
    next_day = {"at": "2026-11-24T09:00:00-08:00"}
    assert "not verified yet" in counter.refuse("refund_receipt", "ben", approver="lee", **refund, **next_day)
    assert "own drawer" in counter.refuse(
        "verify_drawer", "lee", session="A1-S000002", count=heap(10_500), checks=[], accept=True
    )
    counter.do("verify_drawer", "ana", session="A1-S000002", count=heap(10_500), checks=[], accept=True)
    counter.do("verify_drawer", "lee", **count)
    counter.do("refund_receipt", "ben", approver="lee", **refund)


def test_who_paid_in_a_drawer_does_not_verify_it(counter: Counter) -> None:
    open_d1(counter)
    pay(counter, [REPORT], [cash(2_500)], payer={"name": "LEE PARK"})
    close_d1(counter, 22_500)
    count: dict[str, Any] = {"session": "A1-S000001", "count": heap(22_500), "checks": [], "accept": True}
    assert "paid in this drawer" in counter.refuse("verify_drawer", "lee", **count)
    counter.do("verify_drawer", "ana", **count)


def test_who_forced_a_close_may_be_lead_and_the_count_is_marked(counter: Counter) -> None:
    act, fields = _force(counter)
    counter.do(act, "lee", approver="ana", **fields)
    assert counter.show("drawer", "D1")["forced"] is True


def test_nobody_approves_where_nobody_is_needed(drawer: Counter) -> None:
    """A second person is checked also where none is asked for, because the journal names them."""
    for nobody in ("ben", "adam", "ruth"):
        drawer.refuse("take_payment", "maria", approver=nobody, lines=[REPORT], tenders=[cash(2_500)])


def test_a_blind_count_is_blind(counter: Counter) -> None:
    """Neither the cashier nor a lead with an own drawer sees what should be in it, before a verifier counted."""
    counter.do("open_drawer", "lee", drawer="D1", count=heap(20_000))
    pay(counter, [REPORT], [cash(2_500)], by="lee")
    assert "expected_cents" not in counter.show("drawer", "D1", by="lee")
    assert counter.show("drawer", "D1", by="ana")["expected_cents"]["cash"] == 22_500
    for blind in ("maria", "ben", "adam"):
        assert "expected_cents" not in counter.show("drawer", "D1", by=blind)
    counter.do("close_drawer", "lee", drawer="D1", count=heap(22_000), checks=[])
    assert "expected_cents" not in counter.show("drawer", "D1", by="lee")
    verified(counter, "A1-S000001", 22_000, by="ana", explanation="counted twice")
    shown = counter.show("drawer", "D1", by="lee")
    assert (shown["expected_cents"]["cash"], shown["over_short_cents"]) == (22_500, -500)


def test_acts_are_structs_that_refuse_unknown_fields() -> None:
    for kind in ACTS:
        assert kind.__struct_config__.forbid_unknown_fields, kind
        assert "by" in msgspec.json.schema(kind)["$defs"][kind.__name__]["required"]
