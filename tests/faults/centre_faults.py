"""The faults of city hall and the way to it: each lasts while an act and the next customer are served, then it is gone.

The counter ships in the background as the window does; what it says of city hall is a sentence, and nobody waits.
"""

import queue
import time
from collections.abc import Callable

import psycopg
from psycopg import conninfo, sql

from counter_app.bootstrap import CENTRAL_URL, SITE
from db import reference
from db.central_setup import add, init
from db.centre import Centre
from db.centre_postgres import PostgresCentre
from db.shipper import Shipper
from db.sync import Delivery, SyncState, settle
from tests.fakes.counter import Counter
from tests.fakes.line import SpoiledLine
from tests.faults.scene import Scene
from tests.faults.station_process import TwiceSent

ANSWER_S = 0.6
LONGEST_S = 8.0
Strike = Callable[[Scene, str], None]


def _well(_line: SpoiledLine) -> None:
    """Nothing is wrong with the line."""


def server_down(scene: Scene, url: str) -> None:
    """Nothing listens there."""
    at_city_hall(scene, url, _well, change=lambda own: own.replace(_port(own), ":1/"))


def server_slow(scene: Scene, url: str) -> None:
    """Every answer takes a third of a second."""

    def slow(line: SpoiledLine) -> None:
        def late() -> bool:
            time.sleep(0.3)
            return False

        line.loses = late

    at_city_hall(scene, url, slow, says=False)


def half_open(scene: Scene, url: str) -> None:
    """The line stands, and nothing comes back."""
    at_city_hall(scene, url, lambda line: line.holds.set())


def reply_lost(scene: Scene, url: str) -> None:
    """Every third answer is lost, also one that says that all was taken."""

    def lossy(line: SpoiledLine) -> None:
        answers = iter(range(1_000_000))
        line.loses = lambda: next(answers) % 3 == 2

    at_city_hall(scene, url, lossy, says=False)


def sent_twice(scene: Scene, url: str) -> None:
    """Everything arrives twice."""
    at_city_hall(scene, url, _well, says=False, twice=True)


def certificate_wrong(scene: Scene, url: str) -> None:
    """City hall cannot prove that it is city hall."""
    at_city_hall(scene, url, _well, change=lambda own: f"{own}?sslmode=verify-full&sslrootcert=system")


def password_rotated(scene: Scene, url: str) -> None:
    """Somebody gave the station's login another password and told nobody."""
    changed: list[str] = []

    def rotate(own: str) -> str:
        changed.append(own)
        _set_password(url, own, "another")
        return own

    at_city_hall(scene, url, _well, change=rotate)
    _set_password(url, changed[0], str(conninfo.conninfo_to_dict(changed[0])["password"]))


CENTRE_FAULTS: dict[str, Strike] = {
    "server down": server_down,
    "server slow": server_slow,
    "half-open": half_open,
    "reply lost after commit": reply_lost,
    "duplicate send": sent_twice,
    "certificate wrong": certificate_wrong,
    "password rotated": password_rotated,
}


def at_city_hall(
    scene: Scene,
    url: str,
    spoil: Callable[[SpoiledLine], None],
    *,
    change: Callable[[str], str] = lambda own: own,
    says: bool = True,
    twice: bool = False,
) -> None:
    """Join, spoil the way, serve while the shipper tries, and keep the straight way for the end."""
    init(url)
    counter = scene.open()
    straight = add(url, counter.station.name, SITE, counter.station.books.signer.public.hex())
    given = conninfo.conninfo_to_dict(straight)
    with SpoiledLine(str(given["host"]), int(str(given["port"]))) as line:
        spoil(line)
        spoiled = change(straight.replace(_port(straight), f":{line.port}/"))
        centre: Centre = PostgresCentre(spoiled, answer_timeout_s=ANSWER_S)
        _serve_beside(scene, counter, TwiceSent(centre) if twice else centre, says=says)
    with counter.station.books.change_state() as connection:
        reference.put_secret(connection, CENTRAL_URL, straight.encode())
    counter.close()


def _serve_beside(scene: Scene, counter: Counter, centre: Centre, *, says: bool) -> None:
    """Until the shipper said what is wrong, or had a few rounds where nothing must be said."""
    inbox: queue.Queue[Delivery] = queue.Queue()
    shipper = Shipper(counter.station.books, centre, inbox.put, pace_s=0.05, look_s=0.05)
    shipper.start()
    scene.serve(counter)
    heard, until = "", time.monotonic() + (LONGEST_S if says else 1.5)
    while time.monotonic() < until and not heard:
        shipper.wake()
        try:
            delivery = inbox.get(timeout=0.1)
        except queue.Empty:
            continue
        settle(counter.station.books, delivery)
        if isinstance(delivery, SyncState) and delivery.fault is not None and says:
            heard = delivery.fault
    shipper.stop(10)
    while not inbox.empty():
        settle(counter.station.books, inbox.get())
    assert bool(heard) == says, "nothing is said of city hall"
    if heard:
        scene.hear(heard)


def _port(url: str) -> str:
    return f":{conninfo.conninfo_to_dict(url)['port']}/"


def _set_password(url: str, own: str, password: str) -> None:
    role = sql.Identifier(str(conninfo.conninfo_to_dict(own)["user"]))
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(role, sql.Literal(password)))
