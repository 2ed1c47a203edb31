"""A station of 125,000 entries brought back from city hall: the same to the cent, in minutes."""

import sys
import time
from pathlib import Path

import pytest

from counter_app.recovery.adopt import adopt
from db import rebuild
from db.backup import totals_of
from db.central_setup import add, init
from db.centre import BATCH
from db.centre_postgres import PostgresCentre
from db.rekey import opening_key
from db.storage import open_storage
from db.verify import verify
from tests.fakes.chain import Chain

CENTS = 4_517


def restored(url: str, folder: Path, entries: int) -> float:
    """Ship so many entries, bring them back under a new name, prove them; gives the seconds that the return took."""
    init(url)
    chain = Chain()
    centre = PostgresCentre(add(url, "A1", chain.site, chain.signer.public.hex()))
    while len(chain.entries) < entries:
        before = len(chain.entries)
        chain.pay(min(BATCH - 1, entries - before), CENTS)
        some = chain.entries[0 if before == 1 else before :]
        centre.append("A1", some, chain.values_of(some))
        chain.private.clear()
    centre.close()
    began = time.monotonic()
    taken = adopt(folder, url, "A1", "A7")
    seconds = time.monotonic() - began
    payments = entries - 1
    assert taken.head == chain.head
    assert taken.totals.entries == entries
    assert taken.totals.received == (payments, payments * CENTS)
    assert taken.totals.sums["tenders"] == (payments, payments * CENTS)
    assert taken.totals.sums["allocations"] == (payments, payments * CENTS)
    assert taken.totals.ledger == {"510-0000-12100": -payments * CENTS, "999-0000-10110": payments * CENTS}
    database = folder / "counter.db"
    storage = open_storage(database, opening_key(folder, database))
    with storage.readers.connect() as connection:
        problems = verify(connection, "A7", full=False, signatures=True).problems
        assert [p for p in problems if "balance in fund" not in p.sentence] == [], "the made-up payments balance as one"
        assert rebuild.check(connection) == ()
        assert totals_of(connection, "A1") == taken.totals
    storage.close()
    return seconds


def test_a_station_of_some_batches_comes_back_to_the_cent(database_url: str, tmp_path: Path) -> None:
    restored(database_url, tmp_path / "new", 1_100)


@pytest.mark.nightly
@pytest.mark.timeout(3_600)
def test_a_station_of_125_000_entries_comes_back_to_the_cent_in_a_quarter_of_an_hour(
    database_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seconds = restored(database_url, tmp_path / "new", 125_000)
    with capsys.disabled():
        sys.stdout.write(
            f"\n125,000 entries came back from city hall in {seconds / 60:.1f} minutes ({125_000 / seconds:,.0f}/s)\n"
        )
    assert seconds < 15 * 60
