"""What went into a session's drawer and out of it in cash, entry by entry, as far as the books tell."""

from collections.abc import Sequence
from typing import Literal

import msgspec
from sqlalchemy import Connection

from counter_app.domain.ledger import drawer_place
from counter_app.domain.money import Cents
from db.queries.rows import rows

_FLOW = """
    SELECT t.seq, 'paid', SUM(t.amount_cents), SUM(t.change_cents), NULL
        FROM tender t JOIN receipt r ON r.station = t.station AND r.seq = t.seq
        WHERE t.session = ?1 AND t.kind = 'cash' AND t.seq > ?3 GROUP BY t.seq
    UNION ALL SELECT seq, kind, cents, 0, count FROM cash_move WHERE session = ?1 AND seq > ?3
    UNION ALL SELECT m.seq, 'moved', CASE WHEN m.target = ?2 THEN m.cents ELSE 0 END,
        CASE WHEN m.source = ?2 THEN m.cents ELSE 0 END, NULL
        FROM movement m WHERE m.kind = 'cash' AND (m.source = ?2 OR m.target = ?2) AND m.seq > ?3
        AND m.seq NOT IN (SELECT seq FROM receipt WHERE session = ?1 UNION SELECT seq FROM cash_move WHERE session = ?1
            UNION SELECT seq FROM session WHERE session = ?1)
    ORDER BY 1"""
_FLOAT = "SELECT e.body FROM session s JOIN entry e ON e.station = s.station AND e.seq = s.seq WHERE s.session = ?"


class CashStep(msgspec.Struct, frozen=True):
    """Cash of one entry: what came in, what went out; `count` where it was counted by pieces (a drop, cash brought)."""

    seq: int
    kind: Literal["paid", "drop", "bring", "moved"]
    in_cents: Cents
    out_cents: Cents
    count: dict[str, int] | None


def since(connection: Connection, session: str, seq: int) -> Sequence[CashStep]:
    """Every step of a session's drawer after an entry, oldest first; its opening is none."""
    found = rows(connection, _FLOW, session, drawer_place(session), seq)
    return [
        CashStep(r[0], r[1], r[2], r[3], msgspec.json.decode(r[4], type=dict[str, int]) if r[4] else None)
        for r in found
    ]


class _Opening(msgspec.Struct):
    count: dict[str, int]


class _OpeningBody(msgspec.Struct):
    event: _Opening


def float_of(connection: Connection, session: str) -> dict[str, int]:
    """The float as it was counted, piece by piece, at the opening."""
    [(body,)] = rows(connection, _FLOAT, session)
    return msgspec.json.decode(body, type=_OpeningBody).event.count
