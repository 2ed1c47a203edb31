"""Journeys: every promised flow walked again and again in one real window, its keys, clicks and milliseconds.

The milliseconds are from a key to the last paint that it brought about, and so from a person's hand to the eye.
"""

from pathlib import Path
from statistics import median

import msgspec

from tests.bench.measured import Row, Walked, p95
from tests.bench.window import alone
from tests.fakes.counter import make_city
from tests.journeys import FLOWS

ROUNDS = 12


def journey_rows(folder: Path, accounts: int) -> list[Row]:
    """A row for each flow of the table of keys; its reference is what was promised."""
    city = folder / "journeys"
    make_city(city, accounts)
    walked = msgspec.json.decode(alone("journeys", city, ROUNDS), type=list[Walked])
    return [_row(flow.name, flow.most, found) for flow, found in zip(FLOWS, walked, strict=True)]


def _row(name: str, most: int, found: Walked) -> Row:
    middle, slow = (f"{judge(found.seconds) * 1000:.1f}" if found.seconds else "–" for judge in (median, p95))
    return Row(
        what=name,
        measured=f"{found.keys} keys, {found.clicks} clicks, p50 {middle} ms, p95 {slow} ms",
        reference=f"{most} keys",
        must=f"≤ {most} keys, 0 clicks",
        holds=found.keys <= most and not found.clicks,
    )
