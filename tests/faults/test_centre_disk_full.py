"""City hall's disk is really full: payments go on, nothing half is kept, and room is all that it takes."""

import secrets
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from db.central_setup import init
from db.centre_postgres import PostgresCentre
from db.sync import sync_once
from tests.fakes.postgres import Cluster, cluster_folder
from tests.fakes.shipping_station import ShippingStation


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    """A server on a disk of 120 MB."""
    with cluster_folder() as folder:
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=120m", "tmpfs", str(folder)], capture_output=True, check=False
        )
        if mounted.returncode:
            pytest.skip("this machine lets nobody mount a small disk")
        try:
            folder.chmod(0o700)
            cluster = Cluster(folder, secrets.token_hex(8), ("-c", "fsync=off", "-c", "max_wal_size=32MB"))
            cluster.make()
            cluster.start()
            yield cluster
            cluster.stop()
        finally:
            subprocess.run(["umount", "-l", str(folder)], check=False)


def fill(path: Path) -> None:
    """Take all the room that is left."""
    with suppress(OSError), path.open("wb", buffering=0) as file:
        while file.write(b"\0" * 65_536):
            pass


def test_a_full_disk_at_city_hall_delays_nobody_and_loses_nothing(cluster: Cluster, tmp_path: Path) -> None:
    init(cluster.url)
    station = ShippingStation(tmp_path, "A1", "Elm Street")
    centre = PostgresCentre(station.join(cluster.url), 5)
    station.pay(5)
    assert sync_once(station.books, centre).fault is None
    filler = cluster.folder / "filler"
    fill(filler)
    for _ in range(20):
        station.pay(400)
        state = sync_once(station.books, centre)
        if state.fault is not None:
            break
    assert state.fault is not None
    assert state.fault.startswith("The central store ")
    assert state.waiting > 0
    station.pay(5)
    filler.unlink()
    cluster.stop()
    cluster.start()
    station.until(lambda: sync_once(station.books, centre).fault is None)
    entries, private = station.journal("A1")
    kept: list[object] = []
    values: list[object] = []
    while len(kept) < len(entries):
        more, of_them = centre.since("A1", len(kept), 500)
        kept += more
        values += of_them
    assert (kept, values) == (entries, private)
    centre.close()
    station.close()
