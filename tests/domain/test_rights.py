"""Rights by role: the whole table, row by row."""

import pytest

from counter_app.domain.refused import Refused
from counter_app.domain.rights import Person, Right, Role, demand, demand_second, refuse_approver, who_may

TABLE: dict[Right, set[Role]] = {
    Right.TAKE_MONEY: {Role.CASHIER, Role.LEAD},
    Right.VERIFY: {Role.LEAD, Role.SUPERVISOR},
    Right.APPROVE: {Role.LEAD, Role.SUPERVISOR},
    Right.DEPOSIT: {Role.SUPERVISOR},
    Right.BANK: {Role.FINANCE},
    Right.ASK_MOVE: {Role.LEAD, Role.SUPERVISOR, Role.FINANCE},
    Right.APPROVE_MOVE: {Role.SUPERVISOR, Role.FINANCE},
    Right.LOAD: {Role.SUPERVISOR, Role.FINANCE},
    Right.PEOPLE: {Role.ADMINISTRATOR},
    Right.SEE_MONEY: {Role.LEAD, Role.SUPERVISOR, Role.FINANCE, Role.AUDITOR},
    Right.LOOK_UP: {Role.CASHIER, Role.LEAD, Role.SUPERVISOR, Role.FINANCE, Role.AUDITOR},
}


def somebody(role: Role, person: str = "zoe") -> Person:
    return Person(person, person.title(), role)


@pytest.mark.parametrize("right", Right)
@pytest.mark.parametrize("role", Role)
def test_table(role: Role, right: Right) -> None:
    person = somebody(role)
    assert person.may(right) == (role in TABLE[right])
    if role not in TABLE[right]:
        with pytest.raises(Refused, match=f"may not {right}"):
            demand(person, right)
    else:
        demand(person, right)


def test_who_may_in_words() -> None:
    assert who_may(Right.APPROVE) == "a lead or a supervisor"
    assert who_may(Right.PEOPLE) == "an administrator"
    with pytest.raises(Refused) as no:
        demand(somebody(Role.AUDITOR), Right.TAKE_MONEY)
    assert str(no.value) == "Zoe is an auditor and may not take money; a cashier or a lead may."


def test_a_second_person_is_another_with_the_right_and_no_owner() -> None:
    maria, lee = somebody(Role.CASHIER, "maria"), somebody(Role.LEAD, "lee")
    assert demand_second(maria, lee, Right.APPROVE, owner="maria", what="A void") is lee
    for second, words in (
        (None, "A void needs a second person: a lead or a supervisor"),
        (maria, "cannot approve an act of one's own"),
        (somebody(Role.CASHIER, "ben"), "may not"),
    ):
        with pytest.raises(Refused, match=words):
            demand_second(maria, second, Right.APPROVE, owner="maria", what="A void")
    with pytest.raises(Refused, match=r"A void needs a second person; .* owns this drawer and cannot approve it"):
        demand_second(somebody(Role.SUPERVISOR, "ana"), lee, Right.APPROVE, owner="lee", what="A void")


def test_nobody_is_named_as_a_second_person_who_approves_nothing() -> None:
    maria = somebody(Role.CASHIER, "maria")
    for role in (Role.LEAD, Role.SUPERVISOR, Role.FINANCE):
        refuse_approver(maria, somebody(role))
    for second in (maria, *(somebody(role) for role in (Role.CASHIER, Role.ADMINISTRATOR, Role.AUDITOR))):
        with pytest.raises(Refused):
            refuse_approver(maria, second)
