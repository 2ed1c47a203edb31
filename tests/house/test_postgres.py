"""The throw-away PostgreSQL: each test finds an empty database, and no role of the test before."""

import psycopg
import pytest


@pytest.mark.parametrize("turn", ["first", "second"])
def test_a_database_and_its_roles_are_gone_after_the_test(database_url: str, turn: str) -> None:
    with psycopg.connect(database_url) as connection:
        connection.execute("CREATE ROLE finance LOGIN PASSWORD 'finance'")
        connection.execute("CREATE TABLE deposits (cents bigint)")
        connection.execute("GRANT SELECT ON deposits TO finance")
        assert connection.execute("SELECT count(*) FROM deposits").fetchone() == (0,)


def test_a_wrong_password_is_refused(database_url: str) -> None:
    wrong = database_url.replace("postgres:", "postgres:x", 1)
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(wrong)
