"""What the city publishes: signed with the key on paper alone, and proven by the station before it is kept."""

from collections.abc import Iterator

import psycopg
import pytest

from counter_app.domain.refused import Refused, StationFault, WrongAct
from db import central_publish
from db.central_publish import publish
from db.central_setup import add, init
from db.centre_postgres import PostgresCentre
from db.keys import new_signing_key
from db.reference_published import KINDS, Kept, Published, fetch
from tests.fakes.chain import Chain

AS_OF = "2026-11-23T17:00:00.000Z"


class Hall:
    """A central store, the city's key from the paper, and a station's way in."""

    def __init__(self, database: str) -> None:
        self.url = database
        self.key = init(database) or ""
        self.centre = PostgresCentre(add(database, "A1", "Elm Street", Chain().signer.public.hex()))
        self.city_key = central_publish.city_key(database)

    def publish(self, kind: str, data: bytes) -> int:
        return publish(self.url, self.key, kind, data, AS_OF).version

    def fetched(self, **known: int) -> list[Published]:
        """What a station takes that knows these versions."""
        return list(fetch(self.centre, Kept(self.city_key, dict.fromkeys(KINDS, 0) | known)))


@pytest.fixture
def hall(database_url: str) -> Iterator[Hall]:
    hall = Hall(database_url)
    yield hall
    hall.centre.close()


def test_a_station_gets_the_newest_version_of_each_kind_once(hall: Hall) -> None:
    assert hall.fetched() == []
    assert [hall.publish("fees", b"one"), hall.publish("fees", "zw\u00f6lf".encode()), hall.publish("rates", b"r")] == [
        1,
        2,
        1,
    ]
    found = {got.version.kind: (got.version.version, got.text) for got in hall.fetched()}
    assert found == {"fees": (2, "zw\u00f6lf"), "rates": (1, "r")}
    assert [got.version.kind for got in hall.fetched(fees=2)] == ["rates"]
    assert hall.fetched(fees=2, rates=1) == []


def test_a_large_file_comes_in_parts(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(central_publish, "PART", 1_000)
    hall.publish("accounts", b"0123456789" * 1_234)
    [got] = hall.fetched()
    assert (got.version.parts, got.text) == (13, "0123456789" * 1_234)


def test_the_private_key_is_nowhere_at_the_centre(hall: Hall) -> None:
    assert init(hall.url) is None, "it was printed once"
    with psycopg.connect(hall.url) as connection:
        [(kept,)] = connection.execute("SELECT encode(key, 'hex') FROM counter.city").fetchall()
    assert kept == hall.city_key
    assert kept != hall.key


def test_another_key_than_the_citys_publishes_nothing(hall: Hall) -> None:
    with pytest.raises(Refused, match="not the city's key"):
        publish(hall.url, new_signing_key().hex(), "fees", b"one", AS_OF)
    assert hall.fetched() == []


def test_what_is_nothing_to_publish_is_told(hall: Hall) -> None:
    with pytest.raises(WrongAct, match="nothing to publish"):
        hall.publish("stations", b"one")
    with pytest.raises(StationFault, match="no UTF-8"):
        hall.publish("fees", b"\xff\xfe")


CHANGES = {
    "another key": (
        "UPDATE counter.city SET key = decode(repeat('01', 32), 'hex')",
        "City hall shows another city key than before; call support.",
    ),
    "a file": (
        "UPDATE counter.reference_data SET data = to_jsonb('aGVsbG8='::text) WHERE kind = 'fees/0'",
        "is not signed by the city; it was not taken in.",
    ),
    "an instant": (
        """UPDATE counter.reference_data SET data = jsonb_set(data, '{version,as_of}', '"2020-01-01T00:00:00.000Z"')
        WHERE kind = 'fees'""",
        "is not signed by the city; it was not taken in.",
    ),
    "nonsense": (
        "UPDATE counter.reference_data SET data = '{}' WHERE kind = 'fees'",
        "What city hall published cannot be read; it was not taken in.",
    ),
}


@pytest.mark.parametrize("what", CHANGES)
def test_what_was_changed_at_the_centre_is_not_taken_in(what: str, hall: Hall) -> None:
    change, sentence = CHANGES[what]
    hall.publish("fees", b"one")
    with psycopg.connect(hall.url) as connection:
        connection.execute(change.encode())
    with pytest.raises(StationFault, match=sentence.replace(".", "\\.")):
        hall.fetched()
