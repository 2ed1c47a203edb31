"""What to hand over as change: the coach's advice for each receipt, from the drawer's float and all cash since.

Nothing is kept but in memory: a window that starts again works the same advice out of the books.
"""

from dataclasses import dataclass, field, replace

from counter_app.domain import change_coach
from counter_app.domain.change_coach import Advice, Guess
from counter_app.services.station import Station
from db.queries import cash_flow
from db.queries.cash_flow import CashStep


@dataclass(frozen=True, slots=True)
class _Known:
    """How far a session was looked through, what its drawer probably holds, and the last advice."""

    session: str = ""
    seq: int = 0
    guess: Guess = field(default_factory=Guess)
    advice: Advice = field(default_factory=lambda: Advice({}))


class ChangeAdvice:
    """Of the session that is asked about; another one is worked out from its float."""

    def __init__(self, station: Station) -> None:
        self._station = station
        self._known = _Known()

    def last(self, session: str) -> Advice:
        """The pieces for the cash that left the drawer last, and what is few now."""
        known = self._known
        with self._station.books.read() as connection:
            if known.session != session:
                counted = change_coach.counted_in(Guess(), cash_flow.float_of(connection, session))
                known = _Known(session, 0, counted)
            for step in cash_flow.since(connection, session, known.seq):
                known = _after(known, step)
        self._known = known
        return known.advice


def _after(known: _Known, step: CashStep) -> _Known:
    guess, advice = known.guess, Advice({})
    if step.kind == "bring" and step.count:
        guess = change_coach.counted_in(guess, step.count)
    elif step.kind == "drop" and step.count:
        guess = change_coach.counted_out(guess, step.count)
    else:
        guess = change_coach.handed_over(guess, step.in_cents)
        guess, advice = change_coach.given_back(guess, step.out_cents)
    return replace(known, seq=step.seq, guess=guess, advice=advice)
