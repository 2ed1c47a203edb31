"""The pieces to hand over as change, as one row to read: notes, coins below them, and a quiet word on what is few."""

from counter_app.domain.change_coach import Advice
from counter_app.domain.count import NOTES, PIECES, Count, piece_name
from counter_app.domain.said import say, together
from counter_app.screens.panel import Acting
from counter_app.screens.views import Row


def pieces_rows(front: Acting, session: str) -> tuple[Row, ...]:
    """What to hand over of the cash that left the session's drawer last; nothing for no cash."""
    return _rows(front.advice.last(session))


def _rows(advice: Advice) -> tuple[Row, ...]:
    notes, coins = _named(advice.pieces, coin=False), _named(advice.pieces, coin=True)
    if not notes and not coins:
        return ()
    few = together((piece_name(piece) for piece in advice.few), ", ")
    note = say("Few {pieces} left; ask for change when it is quiet.", pieces=few) if few else ""
    return (Row(notes or coins, "", coins if notes else "", note, icon="cash"),)


def _named(pieces: Count, *, coin: bool) -> str:
    """`$20, $5, 3 × $1`: the largest first, a single one without its number."""
    each = (piece for piece in reversed(PIECES) if pieces.get(piece) and (piece not in NOTES) is coin)
    return together((_so_many(pieces[piece], piece_name(piece)) for piece in each), ", ")


def _so_many(number: int, name: str) -> str:
    return name if number == 1 else say("{number} × {name}", number=number, name=name)
