"""The projector at the centre killed at random instants: every entry is laid out once, wherever it was.

6 kills a push, 100 with `--nightly`.
"""

import subprocess
import sys
import time
from random import Random

import psycopg
from psycopg import sql

from counter_app.domain.entry import Private, read_body
from db.central_project import project
from db.central_setup import add, init, status
from db.centre import BATCH
from db.centre_postgres import PostgresCentre
from db.projections import Rows, rows_of
from tests.fakes.chain import Chain

PUSH, NIGHT = 6, 100
ENTRIES = 6_000


def shipped(database: str) -> Chain:
    """A journal that takes the projector some seconds."""
    chain = Chain()
    chain.pay(ENTRIES)
    centre = PostgresCentre(add(database, "A1", "Elm Street", chain.signer.public.hex()))
    for start in range(0, len(chain.entries), BATCH):
        some = chain.entries[start : start + BATCH]
        centre.append("A1", some, chain.values_of(some))
    centre.close()
    return chain


def expected(chain: Chain) -> Rows:
    """The rows that the entries make."""
    values: dict[int, list[Private]] = {}
    for seq, value in chain.private:
        values.setdefault(seq, []).append(value)
    rows: Rows = {}
    for entry in chain.entries:
        for table, added in rows_of(read_body(entry.body), values.get(entry.seq, [])).items():
            rows.setdefault(table, []).extend(added)
    return rows


def test_a_projector_killed_at_any_instant_lays_every_entry_out_once(database_url: str, nightly: bool) -> None:
    dice = Random(20261125)
    init(database_url)
    chain = shipped(database_url)
    reached: list[int] = []
    command = [sys.executable, "-m", "counter_app", "central", "project", database_url]
    for _ in range(NIGHT if nightly else PUSH):
        projector = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until = time.monotonic() + 30
        before = reached[-1] if reached else 0
        while projector.poll() is None and time.monotonic() < until:
            if status(database_url)[0].projected > before or dice.random() < 0.02:
                break
        time.sleep(dice.random() * 0.1)
        projector.kill()
        projector.wait()
        reached.append(status(database_url)[0].projected)
        if reached[-1] == len(chain.entries):
            with psycopg.connect(database_url) as connection:  # all over again, as for another version
                connection.execute("UPDATE counter.projection_state SET made_by = 'another'")
            reached[-1] = 0
    assert any(0 < seq < len(chain.entries) for seq in reached), "some kill came in the middle"
    project(database_url)
    assert status(database_url)[0].projected == len(chain.entries)
    with psycopg.connect(database_url) as connection:
        for table, rows in expected(chain).items():
            found = connection.execute(sql.SQL("SELECT * FROM counter.{}").format(sql.Identifier(table))).fetchall()
            assert sorted(found, key=repr) == sorted(rows, key=repr), table
