"""Whole cents: reading, writing, splitting. A float never holds money here."""

import re
from collections.abc import Sequence

from counter_app.domain.refused import Refused
from counter_app.domain.said import say

Cents = int
MOST_CENTS = 99_999_999_99
"""No single amount at a counter reaches a hundred million dollars; more is a slip of the finger."""

_DOLLARS = re.compile(r"\$?(?P<dollars>\d{1,3}(?:,\d{3})+|\d*)(?:\.(?P<cents>\d{1,2}))?", re.ASCII)


def usd(cents: Cents) -> str:
    """$1,234.50, or −$5.00 below zero: how screens and paper show money."""
    return ("\N{MINUS SIGN}" if cents < 0 else "") + "$" + plain(abs(cents))


def plain(cents: Cents) -> str:
    """1,234.50 without the sign of the currency, as on a receipt."""
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100:,}.{abs(cents) % 100:02d}"


def parse_dollars(text: str) -> Cents:
    """`100` is 10000 cents, `83.17` is 8317, `1,234.5` is 123450; raises Refused with a sentence for anything else."""
    found = _DOLLARS.fullmatch(text.strip())
    if not found or not (found["dollars"] or found["cents"]):
        raise Refused(say("“{text}” is not an amount. Type dollars, like 100 or 83.17.", text=text.strip()[:40]))
    cents = int((found["dollars"] or "0").replace(",", "")) * 100 + int((found["cents"] or "0").ljust(2, "0"))
    if cents > MOST_CENTS:
        raise Refused(say("That amount is too large for this counter."))
    return cents


def half_up(numerator: int, denominator: int) -> int:
    """numerator / denominator rounded half up, exactly; both non-negative."""
    return (2 * numerator + denominator) // (2 * denominator)


def split(total: Cents, weights: Sequence[int]) -> list[Cents]:
    """Shares of `total` in the proportion of `weights`, adding up to it; odd cents go to the largest remainders,
    first first."""
    whole = sum(weights)
    shares = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: -(total * weights[i] % whole))
    for i in by_remainder[: total - sum(shares)]:
        shares[i] += 1
    return shares
