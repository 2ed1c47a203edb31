"""Who guesses: every wrong try is journalled, the wait grows, and the tenth closes the door until an administrator
opens it."""

import pytest
from argon2 import extract_parameters
from sqlcipher3.dbapi2 import IntegrityError

from counter_app.domain.events import NoSale
from counter_app.domain.refused import Refused
from counter_app.domain.waiting import LONGEST_S, MOST_TRIES
from counter_app.services.sign_in import confirm, sign_in
from db import keys
from tests.fakes.counter import Counter


def guess(counter: Counter, person: str, times: int) -> str:
    """So many wrong PINs, each after its wait; the last sentence."""
    said = ""
    for _ in range(times):
        counter.wait(LONGEST_S)
        with pytest.raises(Refused) as no:
            sign_in(counter.station, person, "0000")
        said = str(no.value)
    return said


def test_the_tenth_wrong_try_closes_the_door_and_an_administrator_opens_it(counter: Counter) -> None:
    before = counter.station.books.head().seq
    assert "belong together" in guess(counter, "lee", MOST_TRIES)
    kinds = [body.kind for body in counter.bodies(after=before) if body.kind != "ClockStepped"]
    assert kinds == ["SignInFailed"] * MOST_TRIES + ["PersonChanged"]
    counter.wait(LONGEST_S)
    for name in ("lee", "Lee Park"):
        with pytest.raises(Refused, match=r"10 wrong tries for lee: an administrator gives a new PIN"):
            sign_in(counter.station, name, "9054")
        with pytest.raises(Refused, match="10 wrong tries"):
            confirm(counter.station, name, "9054", actor="maria")
    assert sign_in(counter.station, "maria", "4171").person == "maria", "nobody else is held up"
    given = counter.do("reset_secrets", "adam", person="lee")
    counter.wait(1)
    assert sign_in(counter.station, "lee", given["pin"]).person == "lee"


def test_a_restart_forgives_no_wrong_try(counter: Counter) -> None:
    guess(counter, "lee", 6)
    counter.reopen()
    guess(counter, "lee", 4)
    counter.reopen()
    with pytest.raises(Refused, match="10 wrong tries"):
        sign_in(counter.station, "lee", "9054")


def test_the_right_one_ends_the_row(counter: Counter) -> None:
    guess(counter, "lee", 9)
    counter.wait(LONGEST_S)
    sign_in(counter.station, "lee", "9054")
    guess(counter, "lee", 9)
    counter.wait(LONGEST_S)
    assert sign_in(counter.station, "lee", "9054").person == "lee"


def test_nobody_can_lock_out_the_administrator_and_names_of_nobody_are_not_counted(counter: Counter) -> None:
    guess(counter, "adam", MOST_TRIES + 2)
    guess(counter, "nobody here", MOST_TRIES + 2)
    counter.wait(LONGEST_S)
    assert sign_in(counter.station, "adam", "1592").person == "adam"


def test_a_card_read_at_the_sign_in_leaves_no_number_behind(counter: Counter) -> None:
    with pytest.raises(Refused):
        sign_in(counter.station, "4111 1111 1111 1111", "123")
    kept = [value for (value,) in counter.rows("SELECT value FROM private")]
    assert "card data" in kept
    assert not any("1111" in value for value in kept)


@pytest.mark.parametrize("approver", ["maria", "lee"])
def test_the_database_itself_refuses_an_approver_who_is_the_actor(counter: Counter, approver: str) -> None:
    event = NoSale(session="A1-S000001", drawer="D1", reason="0" * 64)
    before = counter.station.books.head()
    if approver == "maria":
        with (
            pytest.raises(IntegrityError, match="nobody approves an act of their own"),
            counter.station.books.write("maria", approver) as unit,
        ):
            unit.record(event)
        assert counter.station.books.head() == before
    else:
        with counter.station.books.write("maria", approver) as unit:
            unit.record(event)
        assert counter.bodies()[-1].approver == approver


def test_a_file_of_an_earlier_version_gets_the_guard_at_its_next_opening(counter: Counter) -> None:
    with counter.station.books.storage.writer.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER entry_two_people")
    counter.reopen()
    assert counter.rows("SELECT 1 FROM sqlite_master WHERE name = 'entry_two_people'") == [(1,)]


def test_secrets_of_a_real_station_are_hashed_as_owasp_asks() -> None:
    """Argon2id with at least 46 MiB once, 19 MiB twice or 12 MiB three times (OWASP Password Storage Cheat Sheet)."""
    parameters = extract_parameters(keys.hash_password("4171"))
    assert parameters.type.name == "ID"
    assert (parameters.memory_cost >= 46 * 1024) or (parameters.memory_cost >= 19 * 1024 and parameters.time_cost >= 2)
    assert parameters.salt_len >= 16
