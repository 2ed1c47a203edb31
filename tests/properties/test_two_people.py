"""Whoever is named in whatever act: no entry ever has one person as its actor and its approver."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.refused import Refused
from counter_app.domain.rights import Person, Right, Role, demand_second, refuse_approver
from tests.fakes.counter import Counter, cash, copies, copy_city, heap, open_d1, pay, water

PEOPLE = st.sampled_from(("maria", "ben", "lee", "ana", "fay", "adam", "ruth"))
ACTS = (
    ("void_receipt", {"number": "A1-000001", "reason": "wrong"}),
    ("refund_receipt", {"number": "A1-000001", "reason": "not needed", "how": "request"}),
    ("drop_cash", {"drawer": "D1", "count": heap(2_000)}),
    ("bring_cash", {"drawer": "D1", "count": heap(2_000)}),
    ("force_close", {"drawer": "D1", "count": heap(20_000), "checks": [], "reason": "ill"}),
    ("move_payment", {"number": "A1-000002", "line": 1, "to_account": "90000002", "reason": "misread"}),
    ("no_sale", {"drawer": "D1", "reason": "change"}),
    ("open_drawer", {"drawer": "D2", "count": heap(20_000)}),
    ("change_setting", {"setting": "overpay_limit_cents", "value": 4_000, "reason": "council"}),
    ("correct_tender", {"number": "A1-000001", "from": {"tender": 1, "amount_cents": 40},
                        "to": [cash(40)], "reason": "wrong"}),
)  # fmt: skip


@pytest.fixture(scope="module")
def at_work(city: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counter]:
    """A counter at which things are done as they come."""
    made = copy_city(city, tmp_path_factory.mktemp("two people") / "counter")
    open_d1(made)
    pay(made, [copies(1)], [cash(40)])
    pay(made, [water("90000001", 1_000)], [cash(1_000)])
    yield made
    made.close()


@given(st.sampled_from(ACTS), PEOPLE, st.none() | PEOPLE)
def test_no_entry_has_one_person_twice(
    at_work: Counter, act: tuple[str, dict[str, object]], by: str, second: str
) -> None:
    name, fields = act
    answer = at_work.answer(name, by, **fields, **({"approver": second} if second else {}))
    if by == second:
        assert answer["ok"] is False
    assert at_work.rows("SELECT seq FROM act WHERE actor = approver") == []
    assert all(body.actor != body.approver for body in at_work.bodies(after=at_work.station.books.head().seq - 2))


@given(st.sampled_from(Role), st.sampled_from(Role), st.sampled_from(Right), st.booleans())
def test_the_rule_itself_takes_nobody_twice(one: Role, other: Role, right: Right, same: bool) -> None:
    actor = Person("zoe", "Zoe", one)
    second = Person("zoe" if same else "max", "Max", other)
    try:
        refuse_approver(actor, second)
        taken = demand_second(actor, second, right, owner=None, what="This")
    except Refused:
        return
    assert not same
    assert taken.may(right)
