"""Setting the central store up, letting stations in, and its address."""

import psycopg
import pytest
from psycopg import conninfo

from counter_app.domain.refused import Refused, StationFault
from db.central_project import project
from db.central_setup import add, init, status
from db.centre import CentreRefused, CentreUnreachable
from db.centre_postgres import PostgresCentre, checked_url
from tests.fakes.chain import Chain, deposited


def test_again_is_harmless(database_url: str) -> None:
    init(database_url)
    chain = Chain()
    chain.pay(2)
    centre = PostgresCentre(add(database_url, "A1", "Elm Street", chain.signer.public.hex()))
    centre.append("A1", chain.entries, chain.private)
    project(database_url)
    init(database_url)
    assert centre.since("A1", 0, 10) == (chain.entries, chain.private)
    assert [found.projected for found in status(database_url)] == [3]
    centre.close()


def test_the_status_of_every_station(database_url: str) -> None:
    init(database_url)
    assert status(database_url) == []
    chain = Chain()
    chain.pay(3)
    chain.record(deposited("A1-D000001", 13_500), numbers={"deposit": "A1-D000001"})
    centre = PostgresCentre(add(database_url, "A1", "Elm Street", chain.signer.public.hex()))
    add(database_url, "B1", "Harbor", Chain("B1").signer.public.hex())
    centre.append("A1", chain.entries, chain.private)
    [before, _] = status(database_url)
    assert (before.deposits, before.total_cents, before.projected) == (0, 0, 0)
    project(database_url)
    [a1, b1] = status(database_url)
    assert (a1.station, a1.site, a1.seq, a1.head) == ("A1", "Elm Street", 5, chain.head.hash.hex())
    assert (a1.gaps, a1.deposits, a1.total_cents, a1.projected, a1.fault) == (0, 1, 13_500, 5, None)
    assert a1.age_s is not None
    assert 0 <= a1.age_s < 60
    assert (b1.station, b1.seq, b1.age_s, b1.deposits) == ("B1", 0, None, 0)
    centre.close()


def test_a_gap_at_the_centre_is_counted(database_url: str) -> None:
    init(database_url)
    chain = Chain()
    chain.pay(3)
    centre = PostgresCentre(add(database_url, "A1", "Elm Street", chain.signer.public.hex()))
    centre.append("A1", chain.entries, chain.private)
    with psycopg.connect(database_url) as connection:
        connection.execute("ALTER TABLE counter.entry DISABLE TRIGGER ALL")
        connection.execute("DELETE FROM counter.entry WHERE seq = 2")
    assert [found.gaps for found in status(database_url)] == [1]
    centre.close()


def test_a_station_added_again_gets_a_new_password_and_keeps_its_journal(database_url: str) -> None:
    init(database_url)
    chain = Chain()
    key = chain.signer.public.hex()
    old = add(database_url, "A1", "Elm Street", key)
    centre = PostgresCentre(old)
    centre.append("A1", chain.entries, [])
    centre.close()
    new = PostgresCentre(add(database_url, "A1", "Elm Street", key))
    assert new.head("A1") == chain.head
    new.close()
    with pytest.raises(CentreUnreachable, match="does not accept this name or password"):
        PostgresCentre(old).head("A1")


@pytest.mark.parametrize(("site", "other_key"), [("Elm Street", True), ("Harbor", False)])
def test_a_station_with_another_key_or_site_is_refused(database_url: str, site: str, other_key: bool) -> None:
    init(database_url)
    key = Chain().signer.public.hex()
    centre = PostgresCentre(add(database_url, "A1", "Elm Street", key))
    with pytest.raises(Refused, match="City hall knows station A1"):
        add(database_url, "A1", site, Chain().signer.public.hex() if other_key else key)
    assert centre.head("A1").seq == 0
    centre.close()


def test_a_login_of_somebody_else_is_not_taken_over(database_url: str) -> None:
    init(database_url)
    database = database_url.rsplit("/", 1)[1]
    with psycopg.connect(database_url) as connection:
        connection.execute(f"CREATE ROLE {database}_a1 LOGIN SUPERUSER".encode())
    with pytest.raises(Refused, match="has a login"):
        add(database_url, "A1", "Elm Street", Chain().signer.public.hex())


@pytest.mark.parametrize(
    ("station", "site", "key"),
    [("a1", "Elm", "00" * 32), ("A1; DROP", "Elm", "00" * 32), ("", "Elm", "00" * 32), ("A1", " ", "00" * 32),
     ("A1", "Elm", "00" * 31), ("A1", "Elm", "no key"), ("A23456789", "Elm", "00" * 32)],
)  # fmt: skip
def test_what_is_no_station_is_refused(database_url: str, station: str, site: str, key: str) -> None:
    with pytest.raises(StationFault):
        add(database_url, station, site, key)


def test_the_password_is_in_no_log(database_url: str) -> None:
    init(database_url)
    with psycopg.connect(database_url, autocommit=True) as connection:
        database = database_url.rsplit("/", 1)[1]
        add(database_url, "A1", "Elm Street", Chain().signer.public.hex())
        kept = connection.execute(
            "SELECT rolpassword FROM pg_authid WHERE rolname = %s", (f"{database}_a1",)
        ).fetchone()
    assert kept is not None
    assert kept[0].startswith("SCRAM-SHA-256$")


def test_a_database_that_is_no_central_store_says_so(database_url: str) -> None:
    with pytest.raises(CentreRefused, match="central init"):
        status(database_url)
    centre = PostgresCentre(database_url)
    with pytest.raises(CentreRefused, match="central init"):
        centre.head("A1")
    centre.close()


def test_a_server_that_is_not_there_is_unreachable() -> None:
    for ask in (init, status, project, lambda url: PostgresCentre(url).head("A1")):
        with pytest.raises(CentreUnreachable, match="The central store does not answer"):
            ask("postgresql://a1:x@127.0.0.1:1/counter")


@pytest.mark.parametrize(
    "url",
    ["", "counter", "http://localhost/db", "host=localhost dbname=counter",
     "postgresql://a1:x@db.city.gov/counter?sslmode=require", "postgresql://a1:x@db.city.gov/counter?sslmode=disable",
     "postgresql://a1:x@localhost,db.city.gov/counter?sslmode=prefer",
     "postgresql://a1:x@localhost/counter?hostaddr=10.0.0.1&sslmode=prefer"],
)  # fmt: skip
def test_addresses_that_are_none_or_would_send_in_the_clear(url: str) -> None:
    with pytest.raises(StationFault):
        checked_url(url)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]", "localhost:5433", "%2Frun%2Fpostgresql", ""])
def test_this_machine_may_go_without_a_certificate(host: str) -> None:
    assert "sslmode" not in conninfo.conninfo_to_dict(checked_url(f"postgresql://a1:x@{host}/counter"))


def test_another_machine_is_checked_by_its_certificate() -> None:
    given = conninfo.conninfo_to_dict(checked_url("postgresql://a1:x@one.city.gov:5432,two.city.gov/counter"))
    assert (given["sslmode"], given["require_auth"]) == ("verify-full", "scram-sha-256")
    assert given["sslrootcert"]
    assert given["host"] == "one.city.gov,two.city.gov"
    own = checked_url("postgresql://a1:x@db.city.gov/counter?sslmode=verify-full&sslrootcert=/etc/city.crt")
    assert conninfo.conninfo_to_dict(own)["sslrootcert"] == "/etc/city.crt"


def test_an_administrator_need_not_be_a_superuser(database_url: str) -> None:
    server, database = database_url.rsplit("/", 1)
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("CREATE ROLE boss LOGIN CREATEROLE PASSWORD 'boss'")
        connection.execute(f"ALTER DATABASE {database} OWNER TO boss".encode())
    url = f"postgresql://boss:boss@{server.rsplit('@', 1)[1]}/{database}"
    init(url)
    init(url)
    chain = Chain()
    centre = PostgresCentre(add(url, "A1", "Elm Street", chain.signer.public.hex()))
    assert centre.append("A1", chain.entries, []) == chain.head
    centre.close()
    assert project(url).entries == 1
    assert [found.projected for found in status(url)] == [1]


def test_an_address_with_its_user_after_the_question_mark_is_sent_back(database_url: str) -> None:
    init(database_url)
    with pytest.raises(StationFault, match="before the @"):
        add(f"{database_url}?user=postgres", "A1", "Elm Street", Chain().signer.public.hex())
    assert status(database_url) == []


def test_any_other_refusal_of_the_database_is_told(database_url: str) -> None:
    init(database_url)
    chain = Chain()
    centre = PostgresCentre(add(database_url, "A1", "Elm Street", chain.signer.public.hex()))
    with psycopg.connect(database_url) as connection:
        connection.execute("ALTER TABLE counter.entry ADD CHECK (octet_length(body) < 10)")
    with pytest.raises(CentreRefused, match="The central store refused: new row for relation"):
        centre.append("A1", chain.entries, [])
    centre.close()
