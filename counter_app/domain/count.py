"""A count of cash by pieces, and the pieces to leave behind in a drawer.

Written `{"2000": 4, "25": 10, "100c": 1}`: cents of one piece to pieces; `100` is the $1 note, `100c` the dollar coin.
"""

from collections.abc import Mapping

from counter_app.domain.money import Cents, usd
from counter_app.domain.refused import Refused, WrongAct
from counter_app.domain.said import Said, say, together

NOTES = ("100", "200", "500", "1000", "2000", "5000", "10000")
COINS = ("1", "5", "10", "25", "50", "100c")
PIECES = ("1", "5", "10", "25", "50", "100c", "100", "200", "500", "1000", "2000", "5000", "10000")
"""Every piece of United States money that a drawer holds, smallest first, coin before the note of the same value."""
MOST_PIECES = 1_000_000
MOST_CASH_CENTS = 1_000_000_00
"""A drawer with more cash is a slip of the finger."""

Count = Mapping[str, int]


def piece_cents(piece: str) -> Cents:
    """The worth of one piece."""
    return int(piece.removesuffix("c"))


def piece_name(piece: str) -> str:
    """`$20`, `25¢` or `$1 coin`: how grid, slip and report call a piece."""
    if piece in NOTES:
        return f"${int(piece) // 100}"
    return say("$1 coin") if piece == "100c" else f"{piece}¢"


def check_count(count: Count) -> dict[str, int]:
    """The count without zeros, smallest piece first; WrongAct for a piece that is none, Refused for absurd cash."""
    for piece, pieces in count.items():
        if piece not in PIECES:
            raise WrongAct(
                say("“{piece}” is no piece of money; a count has {names}.", piece=piece, names=", ".join(PIECES))
            )
        if not 0 <= pieces <= MOST_PIECES:
            raise WrongAct(say("{pieces} pieces of {piece} cannot be counted.", pieces=pieces, piece=piece))
    if total(count) > MOST_CASH_CENTS:
        raise Refused(say("That is more cash than a drawer can hold; count it again."))
    return {piece: count[piece] for piece in PIECES if count.get(piece)}


def total(count: Count) -> Cents:
    """What the pieces are worth together."""
    return sum(piece_cents(piece) * pieces for piece, pieces in count.items())


def add(one: Count, other: Count) -> dict[str, int]:
    """Both heaps together."""
    return {p: one.get(p, 0) + other.get(p, 0) for p in PIECES if one.get(p, 0) + other.get(p, 0)}


def take(heap: Count, part: Count) -> dict[str, int] | None:
    """The heap without the part, or None when the part is not all in it."""
    rest = {p: heap.get(p, 0) - part.get(p, 0) for p in PIECES}
    return None if min(rest.values()) < 0 else {p: n for p, n in rest.items() if n}


def smallest_pieces(heap: Count, target: Cents) -> dict[str, int] | None:
    """Pieces of the heap worth exactly `target`, the useful small ones first; None when no choice of pieces makes it.

    Reachable sums are kept as the bits of one integer per piece, so that even a full drawer is answered at once.
    """
    reach = [1]
    for piece in PIECES:
        reach.append(with_piece(reach[-1], piece_cents(piece), heap.get(piece, 0), target))
    if target < 0 or not reach[-1] >> target & 1:
        return None
    chosen: dict[str, int] = {}
    rest = target
    for index in range(len(PIECES) - 1, -1, -1):
        pieces = 0
        while not reach[index] >> rest & 1:
            rest -= piece_cents(PIECES[index])
            pieces += 1
        if pieces:
            chosen[PIECES[index]] = pieces
    return {piece: chosen[piece] for piece in PIECES if piece in chosen}


def with_piece(sums: int, cents: Cents, pieces: int, limit: Cents) -> int:
    """All sums up to `limit` that up to `pieces` more of one piece reach (doubling: 1, 2, 4, … pieces at once)."""
    mask, step = (1 << limit + 1) - 1 if limit >= 0 else 0, 1
    pieces = min(pieces, limit // cents + 1 if limit >= 0 else 0)
    while pieces > 0:
        taken = min(step, pieces)
        sums |= sums << cents * taken & mask
        pieces -= taken
        step *= 2
    return sums & mask


def in_words(count: Count) -> Said:
    """`4 × $20, 10 × 25¢, $82.50` for sentences and registers."""
    pieces = [say("{n} × {piece}", n=count[p], piece=piece_name(p)) for p in reversed(PIECES) if count.get(p)]
    return together((*(pieces or [say("nothing")]), usd(total(count))), ", ")
