"""The central store in PostgreSQL as a station sees it: three functions over a connection that may break at any time.

Nothing is retried blindly: after a call that did not answer, the head is read again before anything is sent.
"""

import socket
import ssl
import threading
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from ipaddress import ip_address
from typing import Any, LiteralString, TypeVar

import psycopg
from psycopg import conninfo
from psycopg.types.json import Jsonb

from counter_app.domain.entry import Entry, Head, Private
from counter_app.domain.refused import StationFault
from counter_app.domain.said import say
from db.centre import (
    BATCH,
    CITY_HALL,
    CentreRefused,
    CentreUnreachable,
    Fork,
    Gap,
    Known,
    NotYours,
    Values,
    WrongHash,
)
from db.centre_certificate import certificate_fault

CONNECT_TIMEOUT_S = 3
ANSWER_TIMEOUT_S = 15
"""A call that has not answered by then counts as unreachable, also over a line that swallows everything."""

Answer = TypeVar("Answer")

_SENTENCES = {
    "25": say("The central store can only be read just now."),
    "53": say("The central store is out of space or connections."),
    "57": say("The central store is stopping, or did not answer in time."),
}
"""By the class of the SQLSTATE."""
_AT_THE_DOOR = {
    "password authentication failed": say("The central store does not accept this name or password."),
    "authentication method requirement": say(
        "The central store asks for the password in an unsafe way; it was not sent. Tell your administrator."
    ),
    "pg_hba.conf": say("The central store does not let this computer in; tell your administrator."),
    "does not match host name": say(
        "The central store shows the certificate of another machine; check its address and tell your administrator."
    ),
    "root certificate file": say("The city's certificate cannot be read on this computer; tell your administrator."),
    "server does not support SSL": say(
        "The central store does not encrypt; nothing was sent. Tell your administrator."
    ),
    "server is in hot standby mode": _SENTENCES["25"],
    "session is read-only": _SENTENCES["25"],
}
"""By words, since a connection that fails carries no SQLSTATE; the first that fits."""
REFUSALS = ("CJ001", "CJ002", "CJ003", "CJ004")
_NOT_SET_UP = ("22023", "3F000", "42883", "42P01", "42501")


class PostgresCentre:
    """City hall's PostgreSQL over the station's own login; connects when it is first needed."""

    def __init__(self, url: str, answer_timeout_s: float = ANSWER_TIMEOUT_S) -> None:
        self._url, self._timeout_s = url, answer_timeout_s
        self._connection: psycopg.Connection[Any] | None = None
        self._unconfirmed = False

    @property
    def name(self) -> str:
        """What may be said of an entry that it holds."""
        return CITY_HALL

    def append(self, station: str, entries: Sequence[Entry], private: Sequence[tuple[int, Private]]) -> Head:
        """Take the entries, all or none; see db.centre.Centre."""
        assert len(entries) <= BATCH, "append in batches"
        assert all(entry.station == station for entry in entries), "a batch is of one station"
        packed = Jsonb([[e.seq, _text(e.body), _text(e.prev), _text(e.hash), _text(e.sig)] for e in entries])
        values = Jsonb([[seq, p.field, _text(p.salt), _text(p.value.encode())] for seq, p in private])
        self._unconfirmed = False
        [(seq, hash_)] = self._ask("SELECT * FROM counter.append(%s, %s, %s)", (station, packed, values), station)
        if self._unconfirmed:
            raise CentreUnreachable(say("The second server of the central store has not confirmed what was sent."))
        return Head(seq, hash_)

    def since(self, station: str, seq: int, limit: int) -> tuple[list[Entry], Values]:
        """Entries after `seq`; see db.centre.Centre."""
        rows = self._read("SELECT * FROM counter.since(%s, %s, %s)", (station, seq, limit), station)
        entries = [Entry(station, number, body, prev, hash_, sig) for number, body, prev, hash_, sig, _ in rows]
        private = [
            (row[0], Private(field, b64decode(salt), b64decode(value).decode()))
            for row in rows
            for field, salt, value in row[5] or ()
        ]
        return entries, private

    def head(self, station: str) -> Head:
        """The newest entry committed there."""
        for known in self.stations():
            if known.station == station:
                return known.head
        raise refusal("CJ004", station)

    def stations(self) -> list[Known]:
        """The stations of the own site."""
        rows = self.reference("stations", 0)
        return [
            Known(row["station"], row["site"], bytes.fromhex(row["key"]), Head(row["seq"], bytes.fromhex(row["hash"])))
            for row in rows
        ]

    def reference(self, kind: str, version: int) -> Any:
        """A JSON value that city hall hands out; see db.centre.Centre."""
        [(value,)] = self._read("SELECT counter.reference(%s, %s)", (kind, version), "")
        return value

    def close(self) -> None:
        """Give the connection back."""
        if self._connection is not None:
            with suppress(psycopg.Error):
                self._connection.close()
            self._connection = None

    def _read(self, query: LiteralString, values: tuple[Any, ...], station: str) -> list[tuple[Any, ...]]:
        """Ask; once more over a new connection when the old one turns out to be dead: reading twice changes nothing."""
        had_connection = self._connection is not None
        try:
            return self._ask(query, values, station)
        except CentreUnreachable:
            if not had_connection or self._connection is not None:
                raise
        return self._ask(query, values, station)

    def _ask(self, query: LiteralString, values: tuple[Any, ...], station: str) -> list[tuple[Any, ...]]:
        with told(station):
            if self._connection is None:
                self._connection = connect(self._url)
                self._connection.add_notice_handler(self._noticed)
            connection = self._connection
            try:
                return answered_within(
                    connection, self._timeout_s, lambda: connection.execute(query, values, binary=True).fetchall()
                )
            finally:
                if connection.broken or connection.closed:
                    self._connection = None

    def _noticed(self, notice: psycopg.errors.Diagnostic) -> None:
        """A wait for the second server that somebody ended is a warning beside a commit that the first alone holds."""
        self._unconfirmed = self._unconfirmed or notice.severity_nonlocalized == "WARNING"


def connect(url: str, *, application: str = "counter-app", statement_timeout_s: int = 10) -> psycopg.Connection[Any]:
    """A connection in autocommit, with time-outs; TLS with a verified name unless the server is on this machine."""
    where = checked_url(url)
    try:
        return _connected(where, application, statement_timeout_s)
    except psycopg.OperationalError as error:
        if "certificate verify failed" in str(error):
            why = certificate_fault(conninfo.conninfo_to_dict(where), CONNECT_TIMEOUT_S)
            raise CentreUnreachable(why) from error
        raise


def _connected(where: str, application: str, statement_timeout_s: int) -> psycopg.Connection[Any]:
    return psycopg.connect(
        where,
        autocommit=True,
        connect_timeout=CONNECT_TIMEOUT_S,
        application_name=application,
        options=f"-c statement_timeout={statement_timeout_s}s -c lock_timeout={statement_timeout_s}s",
        target_session_attrs="read-write",
        tcp_user_timeout=ANSWER_TIMEOUT_S * 1000,
        keepalives_idle=5,
        keepalives_interval=2,
        keepalives_count=3,
    )


def checked_url(url: str) -> str:
    """The connection string of a URL; raises StationFault when it is none or would send money's data in the clear."""
    try:
        given = conninfo.conninfo_to_dict(url)
    except psycopg.Error as error:
        raise StationFault(
            say("This is no address of a central store: postgresql://user:password@host:port/db.")
        ) from error
    if not url.startswith(("postgresql://", "postgres://")):
        raise StationFault(say("The address of a central store begins with postgresql://."))
    hosts = str(given.get("hostaddr") or given.get("host") or "").split(",")
    if all(_is_here(host) for host in hosts) and given.get("sslmode") != "verify-full":
        return conninfo.make_conninfo("", **{"require_auth": "!password,!md5", **given, "gssencmode": "disable"})
    if given.get("sslmode", "verify-full") != "verify-full":
        raise StationFault(say("A central store on another machine is reached with sslmode=verify-full only."))
    given.setdefault("sslrootcert", ssl.get_default_verify_paths().cafile or "system")
    return conninfo.make_conninfo("", **{**given, "sslmode": "verify-full", "require_auth": "scram-sha-256"})


def _is_here(host: str) -> bool:
    """A Unix socket or the loopback, whose bytes never leave the machine."""
    if not host or host.startswith(("/", "@")) or host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def answered_within(connection: psycopg.Connection[Any], timeout_s: float, ask: Callable[[], Answer]) -> Answer:
    """`ask()`, with the line cut under it after `timeout_s`: a server's own time-out cannot cross a dead line."""
    line = socket.fromfd(connection.fileno(), socket.AF_INET, socket.SOCK_STREAM)

    def cut() -> None:
        with suppress(OSError):
            line.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(timeout_s, cut)
    timer.daemon = True
    timer.start()
    try:
        return ask()
    finally:
        timer.cancel()
        line.close()


@contextmanager
def told(station: str = "") -> Iterator[None]:
    """Turns what PostgreSQL throws into CentreRefused or CentreUnreachable, in a sentence."""
    try:
        yield
    except psycopg.Error as error:
        state = error.sqlstate or ""
        if state in REFUSALS:
            raise refusal(state, station) from error
        if state in _NOT_SET_UP:
            raise CentreRefused(
                say("The central store is not set up for this; run “counter-app central init”.")
            ) from error
        if state and not isinstance(error, psycopg.OperationalError | psycopg.InternalError):
            raise CentreRefused(say("The central store refused: {error}.", error=_reason(error))) from error
        raise CentreUnreachable(_SENTENCES.get(state[:2]) or _at_the_door(str(error))) from error


def refusal(state: str, station: str) -> CentreRefused:
    """The centre's no, by the SQLSTATE of its functions."""
    match state:
        case "CJ001":
            return Gap(
                say(
                    "City hall is missing entries of {station} before the ones sent; nothing was taken.",
                    station=station,
                )
            )
        case "CJ002":
            return Fork(
                say(
                    "City hall holds other entries of {station} under the same numbers;"
                    " two computers call themselves {station}.",
                    station=station,
                )
            )
        case "CJ003":
            return WrongHash(
                say(
                    "City hall refused an entry of {station} that is not what its hash says; run “verify”.",
                    station=station,
                )
            )
        case _:
            return NotYours(say("City hall does not let this login use station {station}.", station=station))


def _at_the_door(words: str) -> str:
    """The sentence for a connection that failed."""
    known = (sentence for part, sentence in _AT_THE_DOOR.items() if part in words)
    last = words.strip().rpartition("failed: ")[2].splitlines() or ["no answer"]
    return next(known, say("The central store does not answer ({error}).", error=last[0].strip().rstrip(".")))


def _reason(error: psycopg.Error) -> str:
    """The first line of what was said, without a password or a trailing stop."""
    words = error.diag.message_primary or next(iter(str(error).splitlines()), "") or type(error).__name__
    return words.strip().rstrip(".")


def _text(value: bytes) -> str:
    return b64encode(value).decode()
