"""The table of who may do what at the centre, tried out: every role over its own login × every object × every verb.

What stands in ALLOWED is done; everything else is refused by the server itself, whatever the program would ask.
"""

from collections.abc import Iterator

import psycopg
import pytest
from psycopg import sql

from db.central_project import project
from db.central_setup import add, init
from db.centre_postgres import PostgresCentre
from db.schema import VIEWS
from tests.fakes.chain import Chain, deposited

JOURNAL = ("entry", "private", "station", "city", "reference_data")
LAID_OUT = ("deposit", "receipt", "projection_cursor", "projection_state")
VERBS = {
    "SELECT": "SELECT count(*) FROM counter.{0}",
    "INSERT": "INSERT INTO counter.{0} DEFAULT VALUES",
    "UPDATE": "UPDATE counter.{0} SET {1} = {1}",
    "DELETE": "DELETE FROM counter.{0}",
    "TRUNCATE": "TRUNCATE counter.{0}",
    "ALTER": "ALTER TABLE counter.{0} ADD COLUMN mine int",
}
COLUMN = {"city": "one", "projection_state": "one", "reference_data": "kind"}
CALLS = {
    "append to A1": "SELECT * FROM counter.append('A1', '[]', '[]')",
    "append to A2": "SELECT * FROM counter.append('A2', '[]', '[]')",
    "append to B1": "SELECT * FROM counter.append('B1', '[]', '[]')",
    "read A1": "SELECT * FROM counter.since('A1', 0, 10)",
    "read A2": "SELECT * FROM counter.since('A2', 0, 10)",
    "read B1": "SELECT * FROM counter.since('B1', 0, 10)",
    "the directory": "SELECT counter.reference('stations', 0)",
    "the city's key": "SELECT counter.reference('city', 0)",
    "what is published": "SELECT counter.reference('published', 0)",
    "keep private": "SELECT counter.keep_private('A1', '[]', '[]')",
    "make a table": "CREATE TABLE counter.mine (n int)",
    "make a table in public": "CREATE TABLE public.mine (n int)",
    "make a temporary table": "CREATE TEMPORARY TABLE mine (n int)",
    "make a role": "CREATE ROLE mine",
    "become the owner": "SET ROLE counter_owner",
    "become the projector": "SET ROLE counter_projector",
    "read passwords": "SELECT rolpassword FROM pg_authid",
}
_ASKED = {"the directory", "the city's key", "what is published"}
_READ = {f"SELECT {view}" for view in VIEWS}
_OWN = {f"{verb} {table}" for table in LAID_OUT for verb in VERBS}
ALLOWED = {
    "station A1": {"append to A1", "read A1", "read A2"} | _ASKED,
    "station A2": {"append to A2", "read A1", "read A2"} | _ASKED,
    "station B1": {"append to B1", "read B1"} | _ASKED,
    "finance": {"SELECT entry"} | _READ,
    "projector": {"SELECT entry", "SELECT private", "SELECT station", "make a table", "become the projector"}
    | _OWN,
    "anybody": set(),
}  # fmt: skip
_NO = ("42501", "CJ004", "55000", "42809")
"""Not allowed, another's station, and what no view can be asked."""


@pytest.fixture(scope="module")
def logins(postgres_url: str) -> Iterator[dict[str, str]]:
    """A URL for each role: A1 and A2 of Elm Street and B1 of Harbor with a journal each, all laid out."""
    name = "test_rights"
    with psycopg.connect(postgres_url, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}".encode())
    url = postgres_url.removesuffix("postgres") + name
    init(url)
    made: dict[str, str] = {}
    for station, site in (("A1", "Elm Street"), ("A2", "Elm Street"), ("B1", "Harbor")):
        chain = Chain(station, site)
        chain.pay(2)
        chain.record(deposited(f"{station}-D000001", 9_000))
        made[f"station {station}"] = add(url, station, site, chain.signer.public.hex())
        centre = PostgresCentre(made[f"station {station}"])
        centre.append(station, chain.entries, chain.private)
        centre.close()
    project(url)
    people = {"finance": "IN ROLE finance", "projector": "IN ROLE counter_projector", "anybody": ""}
    with psycopg.connect(url, autocommit=True) as admin:
        for person, member in people.items():
            admin.execute(f"CREATE ROLE rights_{person} LOGIN PASSWORD 'secret' {member}".encode())
            made[person] = f"postgresql://rights_{person}:secret@{url.rpartition('@')[2]}"
    yield made
    with psycopg.connect(postgres_url, autocommit=True) as admin:
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
        roles = "SELECT rolname FROM pg_roles WHERE rolname <> 'postgres' AND rolname !~ '^pg_'"
        for (role,) in admin.execute(roles).fetchall():
            admin.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(role)))


def attempts() -> dict[str, str]:
    """Everything that is tried, by name."""
    tables = (*JOURNAL, *LAID_OUT, *VIEWS)
    tried = {f"{verb} {t}": words.format(t, COLUMN.get(t, "station")) for t in tables for verb, words in VERBS.items()}
    return tried | CALLS


def is_allowed(url: str, statement: str) -> bool:
    """Whether the server does it for this login; it is taken back at once."""
    with psycopg.connect(url) as connection:
        try:
            connection.execute(statement.encode())
        except psycopg.IntegrityError:
            return True  # it was about to; an empty row is none
        except psycopg.DatabaseError as error:
            if error.sqlstate in _NO:
                return False
            raise
        finally:
            connection.rollback()
    return True


@pytest.mark.parametrize("role", ALLOWED)
def test_each_role_does_what_the_table_says_and_nothing_else(role: str, logins: dict[str, str]) -> None:
    done = {name for name, statement in attempts().items() if is_allowed(logins[role], statement)}
    if role == "projector":  # the views are its own, like the tables beneath them
        done -= {f"{verb} {view}" for view in VIEWS for verb in VERBS}
    assert done == ALLOWED[role]


def test_the_table_knows_every_object(logins: dict[str, str], postgres_url: str) -> None:
    assert logins
    with psycopg.connect(postgres_url.removesuffix("postgres") + "test_rights") as connection:
        found = connection.execute(
            "SELECT relname, pg_get_userbyid(relowner) FROM pg_class"
            " WHERE relnamespace = 'counter'::regnamespace AND relkind IN ('r', 'v', 'S', 'm', 'p')"
        ).fetchall()
    assert {name for name, owner in found if owner == "counter_owner"} == set(JOURNAL)
    assert {name for name, _ in found} >= set(LAID_OUT) | set(VIEWS)


def test_every_login_is_by_scram_and_no_other_way(logins: dict[str, str], postgres_url: str) -> None:
    for url in logins.values():
        with psycopg.connect(url) as connection:
            assert connection.pgconn.used_password
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(url.replace(url.split(":")[2].split("@")[0], "wrong"))
    with psycopg.connect(postgres_url) as admin:
        kept = admin.execute(
            "SELECT DISTINCT split_part(rolpassword, '$', 1) FROM pg_authid WHERE rolcanlogin AND rolpassword <> ''"
        ).fetchall()
        assert kept == [("SCRAM-SHA-256",)]
        asked = admin.execute("SELECT DISTINCT auth_method FROM pg_hba_file_rules").fetchall()
        assert asked == [("scram-sha-256",)]
