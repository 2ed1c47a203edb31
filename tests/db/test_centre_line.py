"""City hall over a line that breaks: a call ends in time, says what is not known, and the truth is read again."""

from collections.abc import Iterator
from time import monotonic

import psycopg
import pytest
from psycopg import conninfo

from db.central_setup import add, init
from db.centre import CentreUnreachable
from db.centre_postgres import PostgresCentre
from tests.fakes.chain import Chain
from tests.fakes.line import SpoiledLine


@pytest.fixture
def chain() -> Chain:
    chain = Chain()
    chain.pay(3)
    return chain


@pytest.fixture
def url(database_url: str, chain: Chain) -> str:
    """A1's own address of city hall."""
    init(database_url)
    return add(database_url, "A1", "Elm Street", chain.signer.public.hex())


@pytest.fixture
def line(url: str) -> Iterator[SpoiledLine]:
    """The line to city hall."""
    given = conninfo.conninfo_to_dict(url)
    with SpoiledLine(str(given["host"]), int(str(given["port"]))) as line:
        yield line


@pytest.fixture
def centre(url: str, line: SpoiledLine) -> Iterator[PostgresCentre]:
    """City hall at the other end of the line; an answer is waited for 0.5 s."""
    port = str(conninfo.conninfo_to_dict(url)["port"])
    centre = PostgresCentre(url.replace(f":{port}/", f":{line.port}/"), answer_timeout_s=0.5)
    yield centre
    centre.close()


def test_an_answer_that_never_comes_ends_in_time_and_the_commit_is_found(
    centre: PostgresCentre, line: SpoiledLine, chain: Chain, url: str
) -> None:
    centre.head("A1")
    line.holds.set()
    began = monotonic()
    with pytest.raises(CentreUnreachable):
        centre.append("A1", chain.entries, chain.private)
    assert 0.4 < monotonic() - began < 5
    line.holds.clear()
    assert centre.head("A1") == chain.head
    straight = PostgresCentre(url)
    assert straight.since("A1", 0, 10) == (chain.entries, chain.private)
    straight.close()


def test_a_line_cut_while_idle_is_made_anew_for_a_question(centre: PostgresCentre, line: SpoiledLine) -> None:
    centre.head("A1")
    line.cut()
    assert centre.head("A1").seq == 0


def test_a_line_cut_before_sending_is_told_and_not_tried_again(
    centre: PostgresCentre, line: SpoiledLine, chain: Chain
) -> None:
    centre.head("A1")
    line.cut()
    with pytest.raises(CentreUnreachable):
        centre.append("A1", chain.entries, chain.private)
    assert centre.head("A1").seq == 0


def test_a_server_that_stops_is_unreachable_in_a_sentence(
    centre: PostgresCentre, database_url: str, chain: Chain
) -> None:
    centre.head("A1")
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'counter-app'"
        )
    with pytest.raises(CentreUnreachable, match="stopping"):
        centre.append("A1", chain.entries, chain.private)
    assert centre.append("A1", chain.entries, chain.private) == chain.head


def test_a_server_that_can_only_be_read_takes_nothing(url: str, database_url: str, chain: Chain) -> None:
    database = database_url.rsplit("/", 1)[1]
    centre = PostgresCentre(url)
    centre.head("A1")
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(f"ALTER DATABASE {database} SET default_transaction_read_only = on".encode())
    centre.close()
    with pytest.raises(CentreUnreachable):
        centre.append("A1", chain.entries, chain.private)
    centre.close()


def test_a_head_that_somebody_holds_is_waited_for_only_so_long(
    centre: PostgresCentre, database_url: str, chain: Chain
) -> None:
    with psycopg.connect(database_url) as holder:
        holder.execute("SELECT 1 FROM counter.station FOR UPDATE")
        with pytest.raises(CentreUnreachable):
            centre.append("A1", chain.entries, chain.private)
    assert centre.append("A1", chain.entries, chain.private) == chain.head
