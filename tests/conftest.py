"""What every test runs under: no screen, seeded examples, no unannounced warning, a PostgreSQL that is thrown away."""

import logging
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from hypothesis import HealthCheck, settings
from psycopg import sql

from tests.fakes.counter import Counter, copy_city, make_city
from tests.fakes.postgres import throw_away_cluster

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# A push plays the same examples each time, so that it fails for its own change only; the night looks for new ones
# (`--hypothesis-profile=nightly`). No deadline: two workers share the machine with a database.
_EITHER = settings(deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("push", _EITHER, derandomize=True, max_examples=100)
settings.register_profile("nightly", _EITHER, max_examples=2_000)
settings.load_profile("push")
NIGHTLY_TIMEOUT_S = 7_200


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--nightly`: every search at its large size, and the tests that a push does not wait for."""
    parser.addoption("--nightly", action="store_true", help="the large sizes, and the tests marked nightly")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Let the long tests in, give them the time, and let hypothesis look for new examples."""
    if config.getoption("nightly"):
        config.option.markexpr = ""
        config.option.timeout = config.option.timeout or NIGHTLY_TIMEOUT_S
        settings.load_profile("nightly")


@pytest.fixture(scope="session")
def nightly(request: pytest.FixtureRequest) -> bool:
    """Whether the searches run at their large size."""
    return bool(request.config.getoption("nightly"))


class _Unannounced(logging.Handler):
    """Keeps the records at WARNING and above that no test announced with `caplog.at_level(<exactly that level>)`."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno not in (logging.getLogger().level, logging.getLogger(record.name).level):
            self.records.append(f"{record.levelname} {record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def no_unannounced_warning() -> Iterator[None]:
    """A line logged at WARNING or above fails the test, unless it runs inside `caplog.at_level(logging.WARNING)`."""
    root, handler = logging.getLogger(), _Unannounced()
    level = root.level
    if level == logging.WARNING:  # the default, which announces nothing
        root.setLevel(logging.INFO)
    root.addHandler(handler)
    yield
    root.removeHandler(handler)
    root.setLevel(level)
    assert not handler.records, "unannounced log lines:\n" + "\n".join(handler.records)


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The superuser's URL of a PostgreSQL cluster that lives as long as this worker."""
    with throw_away_cluster() as url:
        yield url


@pytest.fixture
def database_url(postgres_url: str) -> Iterator[str]:
    """The superuser's URL of an empty database; it and every role made meanwhile are gone after the test."""
    name = f"test_{secrets.token_hex(6)}"
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    yield postgres_url.removesuffix("postgres") + name
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
        made = connection.execute("SELECT rolname FROM pg_roles WHERE rolname <> 'postgres' AND rolname !~ '^pg_'")
        for (role,) in made.fetchall():
            connection.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(role)))


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that counters are copied from."""
    folder = tmp_path_factory.mktemp("city") / "city"
    make_city(folder)
    return folder


@pytest.fixture
def counter(city: Path, tmp_path: Path) -> Iterator[Counter]:
    """Monday morning: no session, no receipt; proven at the end."""
    made = copy_city(city, tmp_path / "counter")
    yield made
    made.prove()
    made.close()
