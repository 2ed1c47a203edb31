"""What every central store promises, played against the embedded file and a real PostgreSQL alike."""

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from counter_app.domain.entry import EMPTY, Private, chain_hash
from db.central_setup import add, init
from db.centre import CITY_HALL, COPIED, Centre, Fork, Gap, NotYours, WrongHash
from db.centre_embedded import EmbeddedCentre
from db.centre_postgres import PostgresCentre
from db.keys import new_file_key
from tests.fakes.chain import Chain

Reach = Callable[[], Centre]
"""Another connection to the same centre, as the same station."""


@pytest.fixture
def chain() -> Chain:
    """A station's opening entry and four receipts."""
    chain = Chain()
    chain.pay(4)
    return chain


@pytest.fixture(params=["embedded", "postgres"])
def reach(request: pytest.FixtureRequest, chain: Chain, tmp_path: Path) -> Iterator[Reach]:
    """Both centres, in which A1 of Elm Street may write."""
    made: list[Centre] = []
    key = new_file_key()
    url = ""
    if request.param == "postgres":
        database: str = request.getfixturevalue("database_url")
        init(database)
        url = add(database, "A1", "Elm Street", chain.signer.public.hex())

    def connect() -> Centre:
        centre: Centre = (
            PostgresCentre(url) if url else EmbeddedCentre(tmp_path / "copy" / "copy.db", key, "A1", "Elm Street")
        )
        made.append(centre)
        return centre

    yield connect
    for centre in made:
        centre.close()


@pytest.fixture
def centre(reach: Reach) -> Centre:
    """A centre that knows A1 and holds nothing yet."""
    return reach()


def everything(centre: Centre) -> object:
    """All that the centre holds of A1."""
    return centre.since("A1", 0, 1_000), centre.head("A1")


def test_it_says_what_may_be_said_of_an_entry_it_holds(centre: Centre) -> None:
    assert centre.name == (CITY_HALL if isinstance(centre, PostgresCentre) else COPIED)


def test_it_is_empty_before_the_first_entry(centre: Centre) -> None:
    assert centre.head("A1") == EMPTY
    assert centre.since("A1", 0, 10) == ([], [])
    assert [(known.station, known.site, known.head) for known in centre.stations()] == [("A1", "Elm Street", EMPTY)]


def test_entries_come_back_as_they_went_with_their_private_values(centre: Centre, chain: Chain, reach: Reach) -> None:
    assert centre.append("A1", chain.entries, chain.private) == chain.head
    assert reach().since("A1", 0, 1_000) == (chain.entries, chain.private)
    assert reach().head("A1") == chain.head


def test_entries_are_read_from_where_one_stopped_and_no_more_than_asked(centre: Centre, chain: Chain) -> None:
    centre.append("A1", chain.entries, chain.private)
    some = chain.entries[2:4]
    assert centre.since("A1", 2, 2) == (some, chain.values_of(some))


def test_the_next_batch_continues_the_first(centre: Centre, chain: Chain) -> None:
    first, second = chain.entries[:2], chain.entries[2:]
    centre.append("A1", first, chain.values_of(first))
    assert centre.append("A1", second, chain.values_of(second)) == chain.head
    assert centre.since("A1", 0, 1_000) == (chain.entries, chain.private)


def test_a_batch_sent_twice_is_there_once(centre: Centre, chain: Chain) -> None:
    centre.append("A1", chain.entries, chain.private)
    before = everything(centre)
    assert centre.append("A1", chain.entries, chain.private) == chain.head
    assert everything(centre) == before


def test_a_batch_that_overlaps_what_is_there_adds_its_tail(centre: Centre, chain: Chain) -> None:
    first = chain.entries[:3]
    centre.append("A1", first, chain.values_of(first))
    assert centre.append("A1", chain.entries[1:], chain.values_of(chain.entries[1:])) == chain.head
    assert centre.since("A1", 0, 1_000) == (chain.entries, chain.private)


def test_an_empty_batch_gives_the_head(centre: Centre, chain: Chain) -> None:
    centre.append("A1", chain.entries, chain.private)
    assert centre.append("A1", [], []) == chain.head


def test_a_gap_is_refused(centre: Centre, chain: Chain) -> None:
    centre.append("A1", chain.entries[:1], [])
    with pytest.raises(Gap):
        centre.append("A1", chain.entries[2:], chain.values_of(chain.entries[2:]))
    assert centre.head("A1").seq == 1


def test_a_gap_inside_a_batch_refuses_the_whole_of_it(centre: Centre, chain: Chain) -> None:
    holed = [*chain.entries[:2], *chain.entries[3:]]
    with pytest.raises(Gap):
        centre.append("A1", holed, chain.values_of(holed))
    assert centre.head("A1") == EMPTY
    assert centre.since("A1", 0, 1_000) == ([], [])


def test_another_entry_under_the_same_number_is_a_fork(centre: Centre, chain: Chain) -> None:
    centre.append("A1", chain.entries, chain.private)
    before = everything(centre)
    other = Chain()
    with pytest.raises(Fork):
        centre.append("A1", other.entries, [])
    assert everything(centre) == before


def test_an_entry_that_continues_another_history_is_a_fork(centre: Centre, chain: Chain) -> None:
    centre.append("A1", chain.entries, chain.private)
    other = Chain()
    other.pay(5)
    with pytest.raises(Fork):
        centre.append("A1", other.entries[5:], other.values_of(other.entries[5:]))
    assert centre.head("A1") == chain.head


def test_a_replay_with_another_signature_is_a_fork(centre: Centre, chain: Chain) -> None:
    centre.append("A1", chain.entries, chain.private)
    changed = msgspec.structs.replace(chain.entries[2], sig=bytes(64))
    with pytest.raises(Fork):
        centre.append("A1", [changed], [])


@pytest.mark.parametrize("which", [0, 4])
def test_a_changed_body_is_refused_and_the_batch_with_it(centre: Centre, chain: Chain, which: int) -> None:
    body = chain.entries[which].body.replace(b"maria", b"marco")
    chain.entries[which] = msgspec.structs.replace(chain.entries[which], body=body)
    with pytest.raises(WrongHash):
        centre.append("A1", chain.entries, chain.private)
    assert centre.since("A1", 0, 1_000) == ([], [])


def test_a_hash_that_was_recomputed_over_a_changed_body_breaks_the_chain(centre: Centre, chain: Chain) -> None:
    old = chain.entries[2]
    body = old.body.replace(b"maria", b"marco")
    chain.entries[2] = msgspec.structs.replace(old, body=body, hash=chain_hash(old.prev, body))
    with pytest.raises(Fork):
        centre.append("A1", chain.entries, chain.private)
    assert centre.head("A1") == EMPTY


def test_a_private_value_does_not_change(centre: Centre, chain: Chain) -> None:
    centre.append("A1", chain.entries, chain.private)
    seq, value = chain.private[0]
    with pytest.raises(WrongHash):
        centre.append("A1", chain.entries, [(seq, msgspec.structs.replace(value, value="Somebody else"))])
    assert centre.since("A1", 0, 1_000) == (chain.entries, chain.private)


def test_a_private_value_of_no_entry_sent_is_refused(centre: Centre, chain: Chain) -> None:
    with pytest.raises(WrongHash):
        centre.append("A1", chain.entries[:2], [(4, Private("payer", b"salt", "Jo"))])
    assert centre.head("A1") == EMPTY


def test_a_private_value_that_was_purged_before_shipping_is_simply_not_there(centre: Centre, chain: Chain) -> None:
    assert centre.append("A1", chain.entries, []) == chain.head
    assert centre.since("A1", 0, 1_000) == (chain.entries, [])


def test_the_station_of_another_is_not_written_to(centre: Centre) -> None:
    other = Chain("A2")
    with pytest.raises(NotYours):
        centre.append("A2", other.entries, [])


def test_the_station_of_another_site_is_not_read(centre: Centre) -> None:
    with pytest.raises(NotYours):
        centre.since("Z9", 0, 10)
    with pytest.raises(NotYours):
        centre.head("Z9")


def test_a_refusal_does_not_end_the_conversation(centre: Centre, chain: Chain) -> None:
    with pytest.raises(Gap):
        centre.append("A1", chain.entries[1:], [])
    assert centre.append("A1", chain.entries, chain.private) == chain.head


def test_any_bytes_of_a_body_come_back_as_they_were(centre: Centre, chain: Chain) -> None:
    body = bytes(range(256)) * 20
    head = chain.head
    entry = msgspec.structs.replace(
        chain.entries[-1], seq=head.seq + 1, body=body, prev=head.hash, hash=chain_hash(head.hash, body)
    )
    centre.append("A1", [*chain.entries, entry], chain.private)
    assert centre.since("A1", head.seq, 1) == ([entry], [])


def test_five_hundred_entries_go_in_one_call(centre: Centre) -> None:
    chain = Chain()
    chain.pay(499)
    assert centre.append("A1", chain.entries, chain.private) == chain.head


def test_any_text_of_a_private_value_comes_back_as_it_was(centre: Centre, chain: Chain) -> None:
    seq = chain.entries[-1].seq
    words = "Zoë \0 \n \\u0000 “quoted” \N{PILE OF POO}"
    private = [(seq, Private("payer", b"\0salt", words)), (seq, Private("reason", b"", ""))]
    centre.append("A1", chain.entries, private)
    assert centre.since("A1", seq - 1, 1)[1] == private


@pytest.mark.parametrize("sig", [b"", bytes(63), bytes(65)])
def test_what_is_no_signature_is_refused(centre: Centre, chain: Chain, sig: bytes) -> None:
    chain.entries[2] = msgspec.structs.replace(chain.entries[2], sig=sig)
    with pytest.raises(WrongHash):
        centre.append("A1", chain.entries, chain.private)
    assert centre.head("A1") == EMPTY


def test_a_copy_whose_making_was_interrupted_is_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "copy.db"
    path.touch()
    centre = EmbeddedCentre(path, new_file_key(), "A1", "Elm Street")
    try:
        assert centre.head("A1").seq == 0
    finally:
        centre.close()
