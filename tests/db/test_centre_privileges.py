"""Who may do what at the centre: every role, every object, every verb, one's own station and another's."""

from collections.abc import Iterator

import psycopg
import pytest
from psycopg import conninfo

from db.central_project import project
from db.central_setup import add, init
from db.centre import NotYours
from db.centre_postgres import PostgresCentre
from db.schema import VIEWS
from tests.fakes.chain import Chain, deposited

VERBS = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")
FUNCTIONS = {"append", "since", "reference", "keep_private", "refuse_change"}
JOURNAL = {"entry", "private", "station", "city", "reference_data"}
Stations = dict[str, str]
"""Station to its URL."""


@pytest.fixture
def stations(database_url: str) -> Stations:
    """A1 and A2 of Elm Street and B1 of Harbor, each with a journal, all laid out."""
    init(database_url)
    urls: Stations = {}
    for station, site in (("A1", "Elm Street"), ("A2", "Elm Street"), ("B1", "Harbor")):
        chain = Chain(station, site)
        chain.pay(2)
        chain.record(deposited(f"{station}-D000001", 9_000))
        urls[station] = add(database_url, station, site, chain.signer.public.hex())
        centre = PostgresCentre(urls[station])
        centre.append(station, chain.entries, chain.private)
        centre.close()
    project(database_url)
    return urls


@pytest.fixture
def admin(database_url: str) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """The administrator, to ask what others may do."""
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("CREATE ROLE anybody LOGIN")
        yield connection


def relations(admin: psycopg.Connection[tuple[object, ...]]) -> list[str]:
    """Every table and view of the centre."""
    rows = admin.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = 'counter'::regnamespace AND relkind IN ('r', 'v')"
    )
    return [str(row[0]) for row in rows.fetchall()]


def allowed_tables(admin: psycopg.Connection[tuple[object, ...]], role: str) -> set[tuple[str, str]]:
    """(table or view, verb) that a role may."""
    return {
        (relation, verb)
        for relation in relations(admin)
        for verb in VERBS
        if admin.execute("SELECT has_table_privilege(%s, %s, %s)", (role, f'counter."{relation}"', verb)).fetchone()
        == (True,)
    }


def allowed_functions(admin: psycopg.Connection[tuple[object, ...]], role: str) -> set[str]:
    """Functions of the centre that a role may execute."""
    rows = admin.execute(
        "SELECT proname FROM pg_proc WHERE pronamespace = 'counter'::regnamespace "
        "AND has_function_privilege(%s, oid, 'EXECUTE')",
        (role,),
    )
    return {str(row[0]) for row in rows.fetchall()}


def login_of(url: str) -> str:
    return str(conninfo.conninfo_to_dict(url)["user"])


def test_a_station_may_execute_three_functions_and_nothing_else(
    admin: psycopg.Connection[tuple[object, ...]], stations: Stations, database_url: str
) -> None:
    database = database_url.rsplit("/", 1)[1]
    for url in stations.values():
        login = login_of(url)
        assert allowed_tables(admin, login) == set()
        assert allowed_functions(admin, login) == {"append", "since", "reference"}
        for question in (
            "has_schema_privilege(%(role)s, 'counter', 'CREATE')",
            "has_schema_privilege(%(role)s, 'public', 'CREATE')",
            "has_database_privilege(%(role)s, %(database)s, 'CREATE')",
            "has_database_privilege(%(role)s, %(database)s, 'TEMP')",
            "(SELECT rolsuper OR rolcreatedb OR rolcreaterole OR rolbypassrls FROM pg_roles WHERE rolname = %(role)s)",
        ):
            answer = admin.execute(f"SELECT {question}".encode(), {"role": login, "database": database}).fetchone()
            assert answer == (False,), question


def test_finance_reads_the_views_and_the_journal_and_writes_nothing(
    admin: psycopg.Connection[tuple[object, ...]], stations: Stations
) -> None:
    assert stations
    assert allowed_tables(admin, "finance") == {(name, "SELECT") for name in (*VIEWS, "entry")}
    assert allowed_functions(admin, "finance") == set()


def test_the_projector_reads_the_journal_and_writes_its_own_tables(
    admin: psycopg.Connection[tuple[object, ...]], stations: Stations
) -> None:
    assert stations
    allowed = allowed_tables(admin, "counter_projector")
    assert {(name, verb) for name, verb in allowed if name in JOURNAL} == {
        ("entry", "SELECT"), ("private", "SELECT"), ("station", "SELECT"),
    }  # fmt: skip
    assert allowed_functions(admin, "counter_projector") == set()


def test_anybody_else_may_nothing(admin: psycopg.Connection[tuple[object, ...]], stations: Stations) -> None:
    assert stations
    assert allowed_tables(admin, "anybody") == set()
    assert allowed_functions(admin, "anybody") == set()
    assert admin.execute("SELECT has_schema_privilege('anybody', 'counter', 'USAGE')").fetchone() == (False,)


def test_the_matrix_covers_every_object(admin: psycopg.Connection[tuple[object, ...]], stations: Stations) -> None:
    assert stations
    assert allowed_functions(admin, "postgres") == FUNCTIONS
    assert set(relations(admin)) >= JOURNAL | set(VIEWS)


def test_a_station_that_tries_is_told_no(stations: Stations) -> None:
    verbs = ("SELECT * FROM {}", "INSERT INTO {} DEFAULT VALUES", "DELETE FROM {}", "TRUNCATE {}", "COPY {} FROM STDIN")
    with psycopg.connect(stations["A1"], autocommit=True) as connection:
        for table in (*JOURNAL, "deposit", "projection_cursor", "projection_state"):
            for verb in verbs:
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    connection.execute(verb.format(f"counter.{table}").encode())
        for view in VIEWS:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(f"SELECT * FROM counter.{view}".encode())


def test_a_station_that_tries_to_be_more_is_told_no(stations: Stations) -> None:
    with psycopg.connect(stations["A1"], autocommit=True) as connection:
        for statement in (
            "SET ROLE counter_owner", "SET ROLE counter_projector", "SET ROLE finance", "CREATE ROLE mine",
            "SET SESSION AUTHORIZATION postgres", "SELECT counter.keep_private('A1', '[]', '[]')",
            "CREATE TABLE counter.mine (n int)", "CREATE TABLE public.mine (n int)", "CREATE TEMP TABLE mine (n int)",
            "ALTER FUNCTION counter.since OWNER TO postgres",
        ):  # fmt: skip
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement.encode())


def test_a_station_reads_its_site_and_writes_itself(stations: Stations) -> None:
    for who in stations:
        centre = PostgresCentre(stations[who])
        for station in stations:
            if (who == "B1") == (station == "B1"):
                assert len(centre.since(station, 0, 10)[0]) == 4
            else:
                with pytest.raises(NotYours):
                    centre.since(station, 0, 10)
            if who == station:
                assert centre.append(station, [], []).seq == 4
                continue
            for entries in ([], Chain(station).entries):
                with pytest.raises(NotYours):
                    centre.append(station, entries, [])
        centre.close()


def test_the_directory_shows_the_own_site_alone(stations: Stations) -> None:
    for who, site in (("A1", ["A1", "A2"]), ("B1", ["B1"])):
        centre = PostgresCentre(stations[who])
        assert [known.station for known in centre.stations()] == site
        centre.close()


def test_a_login_that_is_no_station_gets_nothing_from_the_functions(
    admin: psycopg.Connection[tuple[object, ...]], stations: Stations
) -> None:
    assert stations
    for call in ("counter.append('A1', '[]', '[]')", "counter.since('A1', 0, 10)", "counter.reference('stations', 0)"):
        with pytest.raises(psycopg.DatabaseError) as refused:
            admin.execute(f"SELECT {call}".encode())
        assert refused.value.sqlstate == "CJ004"


def test_a_search_path_of_the_caller_changes_nothing(stations: Stations) -> None:
    with psycopg.connect(stations["A1"], autocommit=True) as connection:
        connection.execute("SET search_path = pg_temp, public")
        assert connection.execute("SELECT count(*) FROM counter.since('A1', 0, 10)").fetchone() == (4,)


def test_nobody_changes_an_entry_by_accident(admin: psycopg.Connection[tuple[object, ...]], stations: Stations) -> None:
    assert stations
    for statement in ("UPDATE counter.entry SET seq = 10", "DELETE FROM counter.entry", "TRUNCATE counter.entry"):
        with pytest.raises(psycopg.errors.RaiseException, match="append-only"):
            admin.execute(statement.encode())


def test_a_payload_that_is_none_is_refused_whole(stations: Stations) -> None:
    nonsense = ("[[1]]", "{}", '[["x", "", "", "", ""]]', "[null]", "[[null, null, null, null, null]]", "7")
    with psycopg.connect(stations["A1"], autocommit=True) as connection:
        for payload in nonsense:
            with pytest.raises(psycopg.DatabaseError):
                connection.execute("SELECT counter.append('A1', %s, '[]')", (payload,))
        assert connection.execute("SELECT count(*) FROM counter.since('A1', 0, 10)").fetchone() == (4,)
