"""Every table of a station and of the central store, in one place.

Three kinds. Journal: `entry` with its `private` values. Projections: written by counter_app events alone through
db.projections, keyed (station, seq, n), rebuilt and compared row by row. Station state: never compared.
States and balances are views over projections; the plural names are what finance reads.
"""

from typing import Any

from sqlalchemy import CheckConstraint, Column, Index, Integer, LargeBinary, MetaData, PrimaryKeyConstraint, Table, Text
from sqlalchemy.types import BigInteger, TypeEngine

SCHEMA_VERSION = 1

journal = MetaData()
projections = MetaData()
station_state = MetaData()

_Cents = BigInteger().with_variant(Integer, "sqlite")

entry = Table(
    "entry",
    journal,
    Column("station", Text, nullable=False),
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("prev", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("sig", LargeBinary, nullable=False),
    PrimaryKeyConstraint("station", "seq"),
)
private = Table(
    "private",
    journal,
    Column("station", Text, nullable=False),
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), nullable=False),
    Column("field", Text, nullable=False),
    Column("salt", LargeBinary, nullable=False),
    Column("value", Text, nullable=False),
    PrimaryKeyConstraint("station", "seq", "field"),
)


def _columns(spec: str) -> list[Column[object]]:
    """Columns of a projection: `name` is text, `name:i` whole number, `name:c` cents; `?` after either may be empty."""
    columns: list[Column[object]] = []
    for word in spec.split():
        name, _, kind = word.rstrip("?").partition(":")
        types: dict[str, TypeEngine[Any]] = {"": Text(), "i": Integer(), "c": _Cents}
        columns.append(Column(name, types[kind], nullable=word.endswith("?")))
    return columns


def _projection(name: str, spec: str, *indexes: str) -> Table:
    """A table of rows keyed by the entry that wrote them; each of `indexes` names columns, separated by commas."""
    columns = _columns(spec)
    whole = [column.name for column in columns if isinstance(column.type, Integer | BigInteger)]
    checks = [CheckConstraint(f"typeof({c}) in ('integer', 'null')").ddl_if(dialect="sqlite") for c in whole]
    table = Table(
        name,
        projections,
        Column("station", Text, nullable=False),
        Column("seq", BigInteger().with_variant(Integer, "sqlite"), nullable=False),
        Column("n", Integer, nullable=False),
        *columns,
        PrimaryKeyConstraint("station", "seq", "n"),
        *checks,
        sqlite_with_rowid=False,
    )
    for index in indexes:
        keys = index.split(",")
        Index(f"{name}_{'_'.join(keys)}", *(table.c[key] for key in keys))
    return table


_projection("act", "kind at business_date? actor approver? session? subject?", "business_date", "kind,business_date")
_projection("given", "kind value:i number", "station,kind,value")
_projection("person_step", "person step at", "person")
_projection("customer", "customer name? address? phone? email? language", "customer")
_projection(
    "session", "session drawer cashier business_date opened float_cents:c", "session", "drawer", "business_date"
)
_projection(
    "session_step",
    "session step at actor count? keep? pieces? checks? counted_cents:c? check_count:i? checks_cents:c? cards_cents:c? "
    "over_short_cents:c? mix_differs:i? forced:i explanation? deposit?",
    "session",
)
_projection(
    "receipt",
    "number session drawer business_date received cashier customer? payer? email? total_cents:c change_cents:c "
    "credit_cents:c rounding_cents:c entry_at",
    "number",
    "session",
    "business_date",
    "customer",
    "total_cents,business_date",
)
_projection("receipt_step", "number step at actor approver? ref? cents:c reason? detail?", "number", "step")
_projection("refund_line", "refund number line:i", "number")
_projection(
    "line",
    "number line:i session fee text category account? customer? quantity:i amount_cents:c added:i pays formula"
    " details? "
    "licence?",
    "number",
)
_projection("distribution", "number line:i account fund amount_cents:c", "number")
_projection(
    "tender",
    "number tender:i session kind amount_cents:c change_cents:c credit_cents:c reference check_date? authorization"
    " endorsed:i",
    "number",
    "session",
)
_projection("endorsement", "number tender:i", "number")
_projection("allocation", "number tender:i line:i account? item cents:c at", "number", "account")
_projection("credit", "number tender:i account cents:c at", "number", "account")
_projection("copy", "number copy:i", "number")
_projection("cash_move", "session drawer drop_id kind count cents:c bag? receiver?", "session")
_projection("movement", "source target kind cents:c", "source,kind,cents", "target,kind,cents")
_projection("posting", "account fund amount_cents:c business_date", "business_date")
_projection(
    "licence",
    "licence number line:i fee type customer? account? holder? details? address? issued expires? renewed:i",
    "licence",
    "number",
    "customer",
)
_projection("licence_step", "licence step at ref", "licence")
_projection(
    "deposit",
    "deposit business_date bank bag pieces cash_cents:c checks_cents:c check_count:i total_cents:c prepared_by made",
    "deposit",
    "bag",
)
_projection("deposit_session", "deposit session", "deposit", "session")
_projection("deposit_check", "deposit number tender:i kind reference cents:c", "deposit", "number")
_projection("held_check", "deposit number tender:i cents:c reason?", "number")
_projection("deposit_step", "deposit step at actor detail? cents:c? reference?", "deposit")
_projection("paper_doubt", "number document copy:i came_out:i?", "number")
_projection("reference_load", "kind load:i sha256 rows:i total_cents:c as_of last_batch:i?", "load")
_projection("exported_batch", "kind batch:i through rows:i sha256", "kind,batch")

Table(
    "ref_account",
    station_state,
    *_columns(
        "load:i account customer name service_address mailing_address phone email language class status credit_cents:c"
    ),
    PrimaryKeyConstraint("account", "load"),
)
Index("ref_account_customer", station_state.tables["ref_account"].c.customer)
Table(
    "ref_item",
    station_state,
    *_columns("load:i account item bill component kind issued due original_cents:c open_cents:c liened:i disputed:i"),
    PrimaryKeyConstraint("account", "load", "item"),
    sqlite_with_rowid=False,
)
Table("ref_text", station_state, *_columns("load:i kind text"), PrimaryKeyConstraint("kind", "load"))
Table(
    "ref_person",
    station_state,
    *_columns("load:i person name role password_hash pin_hash"),
    PrimaryKeyConstraint("person", "load"),
)
Table(
    "spool",
    station_state,
    *_columns("job:i station seq:i document number copy:i state"),
    Column("bytes", LargeBinary),
    PrimaryKeyConstraint("job"),
)
Index("spool_state", station_state.tables["spool"].c.state)
Index("spool_number", station_state.tables["spool"].c.number)
Table(
    "cursor",
    station_state,
    *_columns("centre station seq:i"),
    Column("hash", LargeBinary, nullable=False),
    PrimaryKeyConstraint("centre", "station"),
)
Table(
    "secret",
    station_state,
    *_columns("name"),
    Column("value", LargeBinary, nullable=False),
    PrimaryKeyConstraint("name"),
)
Table("setting", station_state, *_columns("name value"), PrimaryKeyConstraint("name"))
draft = Table(
    "draft",
    station_state,
    *_columns("draft kind person at"),
    Column("state", LargeBinary, nullable=False),
    PrimaryKeyConstraint("draft"),
)
Table("search_key", station_state, *_columns("id:i kind key"), PrimaryKeyConstraint("id"))
Index(
    "search_key_kind_key",
    station_state.tables["search_key"].c.kind,
    station_state.tables["search_key"].c.key,
    unique=True,
)
Table("search_word", station_state, *_columns("word"), PrimaryKeyConstraint("word"), sqlite_with_rowid=False)
Table("search_mark", station_state, *_columns("source through"), PrimaryKeyConstraint("source"))

VIEWS = {
    "receipts": """
        SELECT r.station, r.number, r.business_date, r.received, r.cashier,
            COALESCE((SELECT s.step FROM receipt_step s WHERE s.station = r.station AND s.number = r.number
                AND s.step IN ('voided', 'refunded', 'returned') ORDER BY s.seq DESC LIMIT 1), 'taken') AS state,
            r.total_cents, r.session, r.change_cents, r.credit_cents, r.seq
        FROM receipt r""",
    "lines": """
        SELECT station, number, line, MAX(fee) AS fee, MAX(account) AS account,
            CAST(SUM(amount_cents) AS BIGINT) AS amount_cents, MAX(text) AS text, MAX(licence) AS licence
        FROM line GROUP BY station, number, line HAVING SUM(amount_cents) <> 0""",
    "tenders": """
        SELECT station, number, tender, kind,
            CAST(SUM(amount_cents) AS BIGINT) AS amount_cents, CAST(SUM(change_cents) AS BIGINT) AS change_cents
        FROM tender GROUP BY station, number, tender, kind HAVING SUM(amount_cents) <> 0""",
    "allocations": """
        SELECT station, number, tender, line, item, CAST(SUM(cents) AS BIGINT) AS cents
        FROM allocation GROUP BY station, number, tender, line, item HAVING SUM(cents) <> 0""",
    "ledger": "SELECT station, seq, n, account, fund, amount_cents, business_date FROM posting",
    "deposits": """
        SELECT d.station, d.deposit, d.business_date,
            COALESCE((SELECT s.step FROM deposit_step s WHERE s.station = d.station AND s.deposit = d.deposit
                ORDER BY s.seq DESC LIMIT 1), 'made') AS state,
            d.cash_cents, d.checks_cents, d.check_count, d.total_cents, d.bag, d.bank
        FROM deposit d""",
}
"""What finance reads in plain SQL, and what queries here read too."""

OWN_LOADS = "(SELECT * FROM reference_load WHERE station = (SELECT value FROM setting WHERE name = 'station'))"
"""The versions of reference data made current at this station: another station's entries tell of theirs."""

APPEND_ONLY = ("entry",)

SEARCH_DDL = """CREATE VIRTUAL TABLE IF NOT EXISTS search USING fts5
    (words, content='', contentless_delete=1, detail=none, prefix='1 2 3 4 5 6 7 8',
     tokenize="unicode61 remove_diacritics 2")"""
SEARCH_TABLES = ("search", "search_key", "search_word", "search_mark")
"""What the search index is made of: words, whose they are, the distinct ones, and how far the books are taken in."""
