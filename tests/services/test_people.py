"""The people of the counter: added, renamed, given another role, let in again, gone; and whose PIN approves nothing."""

import pytest

from counter_app.domain.refused import Refused
from counter_app.domain.rights import Role
from counter_app.services.sign_in import sign_in
from tests.fakes.counter import Counter, cash, close_d1, open_d1, pay


def paid(counter: Counter) -> str:
    """The number of a receipt in Maria's drawer."""
    open_d1(counter)
    return str(pay(counter, [{"fee": "PD-RPT"}], [cash(2_500)])["number"])


def test_somebody_new_signs_in_by_what_was_shown_once(counter: Counter) -> None:
    shown = counter.do("add_person", by="adam", person="Nora", name="Nora  Lindqvist", role="cashier")
    assert sign_in(counter.station, "nora", shown["password"]).name == "Nora Lindqvist"
    assert sign_in(counter.station, "Nora Lindqvist", shown["pin"]).role is Role.CASHIER
    counter.do("open_drawer", by="nora", drawer="D2", count={"2000": 10})


@pytest.mark.parametrize(
    ("person", "name", "words"),
    [
        ("maria", "Maria Zwei", "signs in as maria already"),
        ("nora", "Maria Santos", "called Maria Santos already"),
        ("nora", "ben", "called ben already"),
        ("Nora Lind", "Nora", "small letters"),
        ("nora", "   ", "A name is text"),
        ("nora", "N" * 61, "A name is text"),
    ],
)
def test_a_person_needs_an_id_and_a_name_of_its_own(counter: Counter, person: str, name: str, words: str) -> None:
    assert words in counter.refuse("add_person", by="adam", person=person, name=name, role="cashier")


@pytest.mark.parametrize("by", ["maria", "lee", "ana", "fay", "ruth"])
def test_people_are_the_administrators(counter: Counter, by: str) -> None:
    assert "manage people" in counter.refuse("add_person", by=by, person="nora", name="Nora", role="cashier")
    assert "manage people" in counter.refuse("reset_secrets", by=by, person="lee")
    assert "manage people" in counter.refuse("end_person", by=by, person="lee")


def test_a_new_pin_approves_nothing_until_its_owner_signed_in(counter: Counter) -> None:
    number = paid(counter)
    shown = counter.do("reset_secrets", by="adam", person="lee")
    void = {"by": "maria", "number": number, "reason": "keyed twice", "approver": "lee"}
    assert "must sign in once" in counter.refuse("void_receipt", **void)
    sign_in(counter.station, "lee", shown["pin"])
    counter.do("void_receipt", **void)


def test_the_old_pin_lets_nobody_in_after_a_reset(counter: Counter) -> None:
    counter.do("reset_secrets", by="adam", person="lee")
    with pytest.raises(Refused):
        sign_in(counter.station, "lee", "9054")


def test_who_left_lets_nobody_in_and_keeps_the_name_on_the_receipt(counter: Counter) -> None:
    number = paid(counter)
    assert "drawer D1, which is not counted yet" in counter.refuse("end_person", by="adam", person="maria")
    close_d1(counter, 22_500)
    counter.do("end_person", by="adam", person="maria")
    with pytest.raises(Refused):
        sign_in(counter.station, "maria", "")
    assert "left" in counter.refuse("reset_secrets", by="adam", person="maria")
    assert "may not" in counter.refuse("open_drawer", by="maria", drawer="D1", count={})
    assert counter.do("show", by="lee", what="receipt", of=number)["cashier"] == "maria"
    with counter.station.books.read() as connection:
        assert counter.station.person(connection, "maria").name == "Maria Santos"


def test_another_role_for_somebody_else_and_never_for_oneself(counter: Counter) -> None:
    counter.do("change_person", by="adam", person="ben", role="lead", name="Ben Okafor-Ruiz")
    assert "another administrator" in counter.refuse("change_person", by="adam", person="adam", role="lead")
    assert "another administrator" in counter.refuse("end_person", by="adam", person="adam")
    with counter.station.books.read() as connection:
        ben = counter.station.person(connection, "ben")
    assert (ben.role, ben.name) == (Role.LEAD, "Ben Okafor-Ruiz")
    assert "Nothing is different" in counter.refuse("change_person", by="adam", person="ben", role="lead")


def test_a_pin_of_ones_own(counter: Counter) -> None:
    shown = counter.do("reset_secrets", by="adam", person="ben")
    for weak in ("1111", "1234", "9876", "12", "abcd"):
        counter.refuse("change_pin", by="ben", secret=shown["pin"], pin=weak)
    wrong = counter.answer("change_pin", by="ben", secret="0000", pin="2580")
    assert "PIN of now" in wrong["refused"]
    assert counter.bodies()[-1].kind == "SignInFailed", "a wrong PIN is journalled here too"
    counter.wait(2)
    counter.do("change_pin", by="ben", secret=shown["pin"], pin="2580")
    assert sign_in(counter.station, "ben", "2580").person == "ben"
    assert "have already" in counter.refuse("change_pin", by="ben", secret="2580", pin="2580")
