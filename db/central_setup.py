"""Sets up the central store and looks after it: roles and functions, a login for each station, and how far each is."""

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from typing import Any
from urllib.parse import quote

import msgspec
import psycopg
from psycopg import conninfo, sql

from counter_app.domain.refused import Refused, StationFault
from db.central_publish import make_city_key
from db.centre_postgres import connect, told

ROLES = ("counter_owner", "counter_projector", "finance", "counter_station")
_SETUP_TIMEOUT_S = 60


class StationStatus(msgspec.Struct, frozen=True):
    """How far a station's journal has come at the centre.

    `age_s` is the time since its last entry came in, None before the first; `gaps` counts missing entries; deposits and
    cents are those that `central project` has laid out, up to entry `projected`; `fault` is why that stopped, or None.
    """

    station: str
    site: str
    seq: int
    head: str
    age_s: int | None
    gaps: int
    deposits: int
    total_cents: int
    projected: int
    fault: str | None


def init(url: str) -> str | None:
    """Make roles, tables and functions with an administrator's URL; again is harmless. Raises StationFault.

    Gives the city's private key in hex where there was none yet, for paper and for nowhere else.
    """
    script = (resources.files("db") / "sql" / "centre.sql").read_text(encoding="utf-8")
    with _administrator(url) as connection:
        database = sql.Identifier(connection.info.dbname)
        with connection.transaction():
            for role in ROLES:
                _make_role(connection, role)
            connection.execute(sql.SQL("REVOKE TEMPORARY ON DATABASE {} FROM PUBLIC").format(database))
            connection.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
            connection.execute("CREATE SCHEMA IF NOT EXISTS counter AUTHORIZATION counter_owner")
            connection.execute("SET LOCAL ROLE counter_owner")
            connection.execute(script.encode())
            return make_city_key(connection)


def add(url: str, station: str, site: str, key_hex: str) -> str:
    """Let a station in: a login, a head row, its public key. Gives the station's own URL, which is shown once.

    The same station with the same site and key gets a new password; with another key it is refused.
    """
    key = _checked_key(key_hex)
    if not re.fullmatch(r"[A-Z0-9]{1,8}", station) or not site.strip():
        raise StationFault("A station's id is up to eight capital letters and digits, like A1; a site has a name.")
    with _administrator(url) as connection, connection.transaction():
        login = _login_of(connection.info.dbname, station)
        _enter(connection, station, site, key, login)
        password = secrets.token_urlsafe(24)
        _give_password(connection, login, password)
        return _station_url(url, login, password)


def opening(url: str, station: str) -> tuple[str, bytes]:
    """The site of a station and the body of its first entry, with an administrator's URL. Raises StationFault."""
    with _administrator(url) as connection:
        row = connection.execute(
            "SELECT s.site, e.body FROM counter.station s JOIN counter.entry e ON e.station = s.station AND e.seq = 1"
            " WHERE s.station = %s",
            (station,),
        ).fetchone()
    if row is None:
        raise StationFault(f"City hall has no entry of a station {station[:20]}.")
    return row[0], row[1]


def status(url: str) -> list[StationStatus]:
    """Every station, in order of its id. Raises StationFault."""
    with _administrator(url) as connection:
        projected = connection.execute("SELECT to_regclass('counter.projection_cursor')").fetchone() != (None,)
        money = (
            "(SELECT count(*) FROM counter.deposit d WHERE d.station = s.station), "
            "(SELECT coalesce(sum(total_cents), 0)::bigint FROM counter.deposit d WHERE d.station = s.station), "
            "coalesce((SELECT p.seq FROM counter.projection_cursor p WHERE p.station = s.station), 0), "
            "(SELECT p.fault FROM counter.projection_cursor p WHERE p.station = s.station)"
        )
        rows = connection.execute(
            sql.SQL(
                "SELECT s.station, s.site, s.seq, encode(s.hash, 'hex'), "
                "extract(epoch FROM clock_timestamp() - s.received)::bigint, "
                "s.seq - (SELECT count(*) FROM counter.entry e WHERE e.station = s.station), {} "
                "FROM counter.station s ORDER BY s.station"
            ).format(sql.SQL(money if projected else "0, 0, 0, NULL"))
        ).fetchall()
    return [StationStatus(*row) for row in rows]


@contextmanager
def _administrator(url: str) -> Iterator[psycopg.Connection[Any]]:
    with told(), connect(url, application="counter-app central", statement_timeout_s=_SETUP_TIMEOUT_S) as connection:
        yield connection


def _make_role(connection: psycopg.Connection[Any], role: str) -> None:
    """A role that nobody signs in as; the administrator becomes a member, to act as it."""
    name = sql.Identifier(role)
    if connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (role,)).fetchone() is None:
        connection.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(name))
    member = connection.execute("SELECT pg_has_role(current_user, %s, 'MEMBER')", (role,)).fetchone()
    if member != (True,):
        connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(name))


def _enter(connection: psycopg.Connection[Any], station: str, site: str, key: bytes, login: str) -> None:
    """The head row and the login of a station that is new, or the same as before."""
    known = connection.execute("SELECT site, key FROM counter.station WHERE station = %s", (station,)).fetchone()
    if known is not None and known != (site, key):
        raise Refused(f"City hall knows station {station} of {known[0]} with another key; nothing was changed.")
    if known is not None:
        return
    if connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (login,)).fetchone() is not None:
        raise Refused(f"The database server has a login {login} already; nothing was changed.")
    connection.execute(
        "INSERT INTO counter.station (station, site, key, login) VALUES (%s, %s, %s, %s)", (station, site, key, login)
    )
    connection.execute(sql.SQL("CREATE ROLE {} LOGIN IN ROLE counter_station").format(sql.Identifier(login)))


def _give_password(connection: psycopg.Connection[Any], login: str, password: str) -> None:
    """Sends only the SCRAM verifier, so that no server log ever holds the password."""
    verifier = connection.pgconn.encrypt_password(password.encode(), login.encode(), b"scram-sha-256").decode()
    change = sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(login), sql.Literal(verifier))
    connection.execute(change)


def _login_of(database: str, station: str) -> str:
    """Logins belong to the whole server: the database's name keeps two central stores on one server apart."""
    return f"{database[:50]}_{station}".lower()


def _station_url(url: str, login: str, password: str) -> str:
    """The administrator's URL with the station's name and password in place of its own."""
    where = re.sub(r"^(postgres(?:ql)?://)(?:[^@/]*@)?", rf"\g<1>{quote(login, safe='')}:{password}@", url)
    if conninfo.conninfo_to_dict(where)["user"] != login:
        raise StationFault("Please write user and password before the @ of the address, not after a question mark.")
    return where


def _checked_key(key_hex: str) -> bytes:
    try:
        key = bytes.fromhex(key_hex)
    except ValueError:
        key = b""
    if len(key) != 32:
        raise StationFault("A station's public key is 64 hex digits.")
    return key
