"""Where the money is: each place as the sum of its movements, and nothing stored."""

from sqlalchemy import Connection

from counter_app.domain.ledger import OUTSIDE


def balances(connection: Connection) -> dict[str, int]:
    """Cents in each place that ever held money, without the outside ends."""
    rows = connection.exec_driver_sql(
        "SELECT place, SUM(cents) FROM (SELECT target AS place, cents FROM movement"
        " UNION ALL SELECT source, -cents FROM movement) GROUP BY place ORDER BY place"
    )
    return {place: int(cents) for place, cents in rows if place not in OUTSIDE}


def balance(connection: Connection, place: str, kind: str = "cash") -> int:
    """Cents of one kind in one place."""
    return int(
        connection.exec_driver_sql(
            "SELECT COALESCE((SELECT SUM(cents) FROM movement WHERE target = ? AND kind = ?), 0)"
            " - COALESCE((SELECT SUM(cents) FROM movement WHERE source = ? AND kind = ?), 0)",
            (place, kind, place, kind),
        ).scalar_one()
    )


def undeposited(connection: Connection) -> tuple[int, int, str | None]:
    """(cash, checks, oldest received) of what is in drawers less floats, in the safe and in bags not yet sent."""
    sums = {"cash": 0, "check": 0}
    rows = connection.exec_driver_sql(
        "SELECT place, kind, SUM(cents) FROM (SELECT target AS place, kind, cents FROM movement"
        " UNION ALL SELECT source, kind, -cents FROM movement) GROUP BY place, kind"
    )
    for place, kind, cents in rows:
        if place.startswith(("drawer ", "bag ")) or place == "safe: undeposited":
            sums[kind] = sums.get(kind, 0) + int(cents)
    floats = connection.exec_driver_sql(
        "SELECT COALESCE(SUM(s.float_cents), 0) FROM session s WHERE NOT EXISTS"
        " (SELECT 1 FROM session_step t WHERE t.session = s.session AND t.step = 'verified')"
    ).scalar_one()
    brought = connection.exec_driver_sql(
        "SELECT COALESCE(SUM(m.cents), 0) FROM cash_move m WHERE m.kind = 'bring' AND NOT EXISTS"
        " (SELECT 1 FROM session_step t WHERE t.session = m.session AND t.step = 'verified')"
    ).scalar_one()
    oldest = connection.exec_driver_sql(
        "SELECT MIN(r.received) FROM receipt r JOIN receipts v ON v.number = r.number"
        " JOIN tenders t ON t.number = r.number WHERE v.state = 'taken' AND t.kind <> 'card' AND NOT EXISTS"
        " (SELECT 1 FROM deposit_session d JOIN deposit_step s ON s.deposit = d.deposit AND s.step = 'sent'"
        " WHERE d.session = r.session AND NOT EXISTS (SELECT 1 FROM held_check h WHERE h.number = t.number"
        " AND h.tender = t.tender AND h.deposit = d.deposit AND NOT EXISTS (SELECT 1 FROM deposit_check c"
        " JOIN deposit_step e ON e.deposit = c.deposit AND e.step = 'sent'"
        " WHERE c.number = h.number AND c.tender = h.tender)))"
    ).scalar_one()
    return sums["cash"] - int(floats) - int(brought), sums["check"], oldest
