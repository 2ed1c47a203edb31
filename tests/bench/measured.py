"""A row of the speed table: what was measured, beside what was measured in the same run to judge it by."""

import time
from collections.abc import Callable, Iterable, Sequence
from math import inf
from statistics import median
from typing import TypeVar

import msgspec

Answer = TypeVar("Answer")

HEADINGS = ("row", "measured", "p99", "reference", "ratio", "must", "holds")


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One row as it is printed; `ratio` is how many times the reference's time it took."""

    what: str
    measured: str
    p99: str = ""
    reference: str = ""
    ratio: str = ""
    must: str
    holds: bool

    def cells(self) -> tuple[str, ...]:
        """Under HEADINGS."""
        holds = "yes" if self.holds else "NO"
        return (self.what, self.measured, self.p99, self.reference, self.ratio, self.must, holds)


class Walked(msgspec.Struct, frozen=True):
    """All walks through one flow: the most keys and clicks that one took, and seconds of each key."""

    keys: int
    clicks: int
    seconds: list[float]


def timed(call: Callable[[], Answer]) -> tuple[float, Answer]:
    """Seconds that a call took, and what it gave."""
    begun = time.perf_counter()
    answer = call()
    return time.perf_counter() - begun, answer


def p99(seconds: Sequence[float]) -> float:
    """The value that 99 of a hundred do not exceed."""
    return sorted(seconds)[min(len(seconds) - 1, int(len(seconds) * 0.99))]


def p95(seconds: Sequence[float]) -> float:
    """The value that 95 of a hundred do not exceed."""
    return sorted(seconds)[min(len(seconds) - 1, int(len(seconds) * 0.95))]


def lasting(
    what: str,
    seconds: Sequence[float],
    reference: Sequence[float] = (),
    *,
    at_most_ms: float,
    times: float | None = None,
    judge: Callable[[Sequence[float]], float] = median,
) -> Row:
    """A row of durations: `judge` (median, p95 or p99) within `at_most_ms` and within `times` the reference's."""
    found = judge(seconds)
    ratio = found / judge(reference) if reference else None
    limits = [f"≤ {at_most_ms:,.0f} ms"] if at_most_ms < inf else []
    limits += [f"≤ {times:g} ×"] if times is not None else []
    return Row(
        what=what,
        measured=_ms(median(seconds)) if judge in (median, p99) else f"p95 {_ms(found)}",
        p99=_ms(p99(seconds)) if len(seconds) >= 50 else "",
        reference=_ms(judge(reference)) if reference else "",
        ratio=_times(ratio),
        must=("" if judge is median else f"{judge.__name__} ") + ", ".join(limits),
        holds=found * 1000 <= at_most_ms and (times is None or ratio is None or ratio <= times),
    )


def running(
    what: str, rates: Sequence[float], reference: Sequence[float] = (), *, at_least: float, times: float | None = None
) -> Row:
    """A row of entries a second: their median at least so many, and no slower than `times` the reference."""
    found = median(rates)
    ratio = median(reference) / found if reference else None
    return Row(
        what=what,
        measured=_rate(found),
        reference=_rate(median(reference)) if reference else "",
        ratio=_times(ratio),
        must=f"≥ {at_least:,.0f}/s" + (f", ≤ {times:g} ×" if times else ""),
        holds=found >= at_least and (times is None or ratio is None or ratio <= times),
    )


def comparing(what: str, measured: float, reference: float, *, times: float) -> Row:
    """A row that is about growth alone: seconds for each of many against seconds for each of few."""
    ratio = measured / reference
    return Row(
        what=what,
        measured=f"{measured * 1e6:,.0f} µs",
        reference=f"{reference * 1e6:,.0f} µs",
        ratio=_times(ratio),
        must=f"≤ {times:g} ×",
        holds=ratio <= times,
    )


def table(rows: Iterable[Row]) -> str:
    """All rows under their headings, columns aligned."""
    lines = [HEADINGS, *(row.cells() for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADINGS))]
    return "\n".join(
        "  ".join([line[0].ljust(widths[0]), *(cell.rjust(w) for cell, w in zip(line[1:], widths[1:], strict=True))])
        for line in lines
    )


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:,.2f} ms" if seconds < 0.1 else f"{seconds * 1000:,.0f} ms"


def _rate(rate: float) -> str:
    return f"{rate:,.0f}/s"


def _times(ratio: float | None) -> str:
    return "" if ratio is None else f"{ratio:.2f} ×"
