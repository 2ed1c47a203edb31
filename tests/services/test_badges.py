"""Badges open what a PIN opens; they are given by the administrator, hashed, and open nothing once taken back."""

from datetime import timedelta

import pytest

from counter_app.domain.badge import begins_badge, new_badge, read_badge
from counter_app.domain.clock import SetClock
from counter_app.domain.refused import Refused
from counter_app.services.sign_in import confirm, sign_in
from tests.fakes.counter import WATER, Counter, cash


def given(counter: Counter, person: str) -> str:
    """The line on a new badge."""
    line: str = counter.do("give_badge", "adam", person=person)["line"]
    return line


def refused(counter: Counter, person: str, secret: str = "") -> bool:
    """Whether that opens nothing; what was tried is journalled without a secret."""
    clock = counter.station.clock
    assert isinstance(clock, SetClock)
    clock.set(clock.now() + timedelta(minutes=10))  # who is wrong again and again waits
    with pytest.raises(Refused, match="do not belong together"):
        confirm(counter.station, person, secret, actor="system")
    return True


def test_a_badge_names_its_person_and_is_told_from_everything_else() -> None:
    badge = new_badge("maria")
    assert read_badge(f" {badge.line}\r") == badge
    assert badge.secret not in repr([new_badge("maria") for _ in range(3)])
    assert [read_badge(text) for text in ("90000001", "maria", "%maria%", "%maria%short", "")] == [None] * 5
    assert begins_badge("%mar")
    assert not begins_badge("maria")


def test_a_badge_signs_in_and_is_kept_as_a_hash_alone(counter: Counter) -> None:
    line = given(counter, "maria")
    assert sign_in(counter.station, line, "").name == "Maria Santos"
    assert sign_in(counter.station, "maria", line).person == "maria", "also scanned where a PIN is typed"
    kept = counter.rows("SELECT text FROM ref_text WHERE kind = 'badges'")
    assert line.rpartition("%")[2] not in str(kept)


def test_a_wrong_badge_opens_nothing_and_its_secret_is_not_journalled(counter: Counter) -> None:
    given(counter, "maria")
    wrong = new_badge("maria").line
    assert refused(counter, wrong)
    assert refused(counter, new_badge("nobody").line)
    assert refused(counter, "%maria%half-a-scan")
    private = str(counter.rows("SELECT value FROM private"))
    assert wrong.rpartition("%")[2] not in private
    assert "half-a-scan" not in private


def test_a_new_badge_replaces_the_old_one_and_one_taken_back_opens_nothing(counter: Counter) -> None:
    old, new = given(counter, "lee"), given(counter, "lee")
    assert sign_in(counter.station, new, "").person == "lee"
    assert refused(counter, old)
    counter.do("take_badge", "adam", person="lee")
    assert refused(counter, new)
    assert counter.refuse("take_badge", "adam", person="lee") == "lee has no badge."


def test_who_leaves_or_gets_new_secrets_loses_the_badge(counter: Counter) -> None:
    bens, rest = given(counter, "ben"), given(counter, "ruth")
    counter.do("reset_secrets", "adam", person="ben")
    counter.do("end_person", "adam", person="ruth")
    assert refused(counter, bens)
    assert refused(counter, rest)
    assert "gets no badge" in counter.refuse("give_badge", "adam", person="ruth")


def test_only_people_management_gives_badges(counter: Counter) -> None:
    for person in ("maria", "lee", "ana", "fay", "ruth"):
        assert "administrator" in counter.refuse("give_badge", person, person="maria")
        assert "administrator" in counter.refuse("take_badge", person, person="maria")


def test_a_badge_that_another_saw_approves_nothing_until_its_owner_signed_in(counter: Counter) -> None:
    line = given(counter, "lee")
    counter.do("open_drawer", "maria", drawer="D1", count={"2000": 10})
    counter.do("take_payment", "maria", lines=[{"fee": "UB-PMT", "account": WATER}], tenders=[cash(12_000)])
    void = {"number": "A1-000001", "reason": "Wrong account"}
    counter.refuse("void_receipt", "maria", approver="lee", **void)
    sign_in(counter.station, line, "")
    counter.do("void_receipt", "maria", approver="lee", **void)
