"""Which pieces to hand over as change, from what a drawer probably holds: the small ones are spared while they are few.

The float, drops and cash brought are counted piece by piece. A payment is known as an amount alone, so that its pieces
are guessed: what people hand over for it, and what this coach then said to give back. It only advises. What it says
depends on no more than a handful of each piece (`PLENTY`), so that nobody learns from it what the drawer should hold.
"""

from dataclasses import dataclass, field

from counter_app.domain.count import PIECES, Count, piece_cents, with_piece
from counter_app.domain.money import Cents

FEW = {"500": 4, "100": 8, "25": 8, "10": 6, "5": 5, "1": 10, "1000": 3}
"""So many or fewer of a piece are few, for the pieces that change is made of."""
PLENTY = 40
"""More of one piece than any change needs; the coach never looks further."""
MOST_ADVISED_CENTS: Cents = 1_000_00
"""Change beyond this is no change any more, and gets the plain answer."""
_COMMON = ("10000", "5000", "2000", "1000", "500", "100", "25", "10", "5", "1")
_HANDED = ("10000", "2000", "1000", "500", "100", "25", "10", "5", "1")
_EACH, _DEAR = 20, 110
"""So weighed, five ones go out before one of the last fives, and a five and five ones before two fives or ten ones."""
_RARE = frozenset({"200", "50", "100c"})
"""Handed out where nothing else makes the change."""


@dataclass(frozen=True, slots=True)
class Guess:
    """What a drawer probably holds, piece by piece; `had` is the most of each that was ever counted into it."""

    pieces: Count = field(default_factory=dict)
    had: Count = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Advice:
    """Pieces worth exactly the change, and those of which few are left once it is handed over, largest first."""

    pieces: Count
    few: tuple[str, ...] = ()


def counted_in(guess: Guess, count: Count) -> Guess:
    """A float, or cash brought from the safe."""
    held = _sum(guess.pieces, count)
    return Guess(held, {piece: max(guess.had.get(piece, 0), held.get(piece, 0)) for piece in PIECES})


def counted_out(guess: Guess, count: Count) -> Guess:
    """A drop to the safe: it was counted, so that pieces the guess does not have were there all the same."""
    return Guess(_rest(guess.pieces, count), guess.had)


def handed_over(guess: Guess, cents: Cents) -> Guess:
    """A customer's cash, by the pieces that people use for such an amount."""
    return Guess(_sum(guess.pieces, likely(cents)), guess.had)


def given_back(guess: Guess, cents: Cents) -> tuple[Guess, Advice]:
    """The change of an amount as this coach would have it, and the drawer after it."""
    pieces = change_of(guess.pieces, cents)
    after = Guess(_rest(guess.pieces, pieces), guess.had)
    return after, Advice(pieces, few_of(after))


def few_of(guess: Guess) -> tuple[str, ...]:
    """The pieces for change that were there and are few now, largest first; a drawer that never had any says
    nothing of them."""
    return tuple(
        piece
        for piece in reversed(PIECES)
        if piece in FEW and guess.had.get(piece, 0) > FEW[piece] >= guess.pieces.get(piece, 0)
    )


def likely(cents: Cents) -> dict[str, int]:
    """The pieces of a customer who pays so much: a $50 note for exactly $50, else hundreds and what a machine gives."""
    if cents == 50_00:
        return {"5000": 1}
    return _fewest(cents, _HANDED)


def change_of(held: Count, cents: Cents) -> dict[str, int]:
    """Pieces for a change: the fewest of those held, sparing what is few; the plain answer where they do not make it.

    `held` is looked at up to PLENTY of each piece.
    """
    if not 0 < cents <= MOST_ADVISED_CENTS:
        return _fewest(cents, _COMMON)
    seen = {piece: min(held.get(piece, 0), PLENTY) for piece in PIECES}
    usual = _exactly(seen, cents)
    if usual is None:
        return _fewest(cents, _COMMON)
    scarce = [piece for piece, few in FEW.items() if 0 < seen[piece] <= few]
    used = [piece for piece in scarce if piece in usual]
    spared = [dict.fromkeys(used, 0), *({piece: most} for piece in used for most in (0, 1))] if used else []
    ways = (_exactly({p: min(n, most.get(p, n)) for p, n in seen.items()}, cents) for most in spared)
    return min((usual, *(way for way in ways if way is not None)), key=lambda way: _cost(way, scarce))


def _cost(way: Count, scarce: list[str]) -> int:
    """What a way costs: each piece something, a heap of them more, and each scarce one more than the one before."""
    pieces = sum(way.values())
    dear = sum(way.get(piece, 0) ** 2 for piece in (*scarce, *_RARE))
    return _EACH * pieces + pieces**2 + _DEAR * dear


def _exactly(held: Count, cents: Cents) -> dict[str, int] | None:
    """Pieces of `held` worth exactly `cents`, as many of the large ones as the rest allows; None when none are.

    Sums that the smaller pieces reach are the bits of one integer each.
    """
    usual = [piece for piece in PIECES if held.get(piece, 0) and piece not in _RARE]
    order = [piece for piece in PIECES if held.get(piece, 0) and piece in _RARE] + usual
    reach = [1]
    for piece in order:
        reach.append(with_piece(reach[-1], piece_cents(piece), held[piece], cents))
    if not reach[-1] >> cents & 1:
        return None
    chosen, rest = {}, cents
    for place in range(len(order) - 1, -1, -1):
        worth = piece_cents(order[place])
        number = min(held[order[place]], rest // worth)
        while not reach[place] >> rest - number * worth & 1:
            number -= 1
        rest -= number * worth
        if number:
            chosen[order[place]] = number
    return chosen


def _fewest(cents: Cents, usual: tuple[str, ...]) -> dict[str, int]:
    """The fewest of the usual pieces, whatever is held."""
    chosen: dict[str, int] = {}
    rest = max(0, cents)
    for piece in usual:
        number, rest = divmod(rest, piece_cents(piece))
        if number:
            chosen[piece] = number
    return chosen


def _sum(one: Count, other: Count) -> dict[str, int]:
    return {piece: one.get(piece, 0) + other.get(piece, 0) for piece in PIECES}


def _rest(held: Count, part: Count) -> dict[str, int]:
    return {piece: max(0, held.get(piece, 0) - part.get(piece, 0)) for piece in PIECES}
