"""A day at the counter arrives at city hall: real PostgreSQL, the command line, and finance reading in plain SQL."""

import json
from pathlib import Path

import psycopg

import resources
from tests.cli.conftest import Command, Play

DAY = "2026-11-23T{}:00-08:00"


def test_a_deposit_shows_at_city_hall_only_after_the_centre_has_it(
    demo: Path, command: Command, play: Play, database_url: str
) -> None:
    assert command("central", "init", database_url).returncode == 0
    assert command("central", "init", database_url).returncode == 0, "again is harmless"
    assert command("central", "join", database_url, "--dir", demo).returncode == 0
    done = play(
        {"act": "open_drawer", "by": "maria", "at": DAY.format("08:00"), "drawer": "D1", "count": {"2000": 10}},
        {
            "act": "take_payment",
            "by": "maria",
            "lines": [{"fee": "BL-NEW", "customer": "A1-C000001", "details": {"business_name": "Rosa's Bakery"}}],
            "tenders": [{"kind": "cash", "amount_cents": 2000}, {"kind": "check", "amount_cents": 2900}],
        },
        {"act": "close_drawer", "by": "maria", "drawer": "D1", "count": {"2000": 11}, "checks": [2900]},
        {
            "act": "verify_drawer",
            "by": "lee",
            "session": "A1-S000001",
            "count": {"2000": 11},
            "checks": [2900],
            "accept": True,
        },
        {"act": "make_deposit", "by": "ana", "sessions": ["A1-S000001"], "bag": "B-1", "bank": "OPERATING"},
        {"act": "send_deposit", "by": "ana", "deposit": "A1-D000001", "courier": "Valley Armored"},
        {"act": "show", "by": "ana", "what": "deposit", "of": "A1-D000001"},
    )
    assert all(result["ok"] for result in done), done
    assert done[-1]["sent"] == "taken"
    assert command("sync", "--once", "--dir", demo).returncode == 0
    shown = play({"act": "show", "by": "ana", "what": "deposit", "of": "A1-D000001"})[0]
    assert (shown["sent"], shown["state"], shown["total_cents"]) == ("at city hall", "sent", 4900)
    assert command("central", "project", database_url).returncode == 0
    with psycopg.connect(database_url) as finance:
        finance.execute("SET ROLE finance")
        finance.execute("SET search_path = counter")
        assert finance.execute(
            "SELECT deposit, state, cash_cents, checks_cents, check_count, total_cents, bag, bank FROM deposits"
        ).fetchall() == [("A1-D000001", "sent", 2000, 2900, 1, 4900, "B-1", "OPERATING")]
        assert finance.execute("SELECT number, state, cashier, total_cents FROM receipts").fetchall() == [
            ("A1-000001", "taken", "maria", 4900)
        ]
        assert finance.execute("SELECT fee, amount_cents FROM lines ORDER BY line").fetchall() == [
            ("BL-NEW", 4500),
            ("BL-CASP", 400),
        ]
        assert finance.execute("SELECT sum(cents) FROM allocations").fetchone() == (4900,)
        assert finance.execute("SELECT sum(amount_cents) FROM ledger").fetchone() == (0,)
        assert finance.execute(
            "SELECT account, sum(amount_cents) FROM ledger WHERE account LIKE '101-0000-2151_' GROUP BY account ORDER"
            " BY account"
        ).fetchall() == [("101-0000-21510", -40), ("101-0000-21511", -360)]
    status = json.loads(command("central", "status", database_url, "--json").stdout)["stations"]
    assert [(s["station"], s["gaps"], s["deposits"], s["total_cents"]) for s in status] == [("A1", 0, 1, 4900)]


def test_a_centre_that_is_not_there_is_one_sentence_and_nothing_is_lost(
    demo: Path, command: Command, play: Play
) -> None:
    wrong = command("central", "join", "postgresql://nobody:x@127.0.0.1:1/none", "--dir", demo)
    assert wrong.returncode == 1
    assert len(wrong.stderr.strip().splitlines()) == 1
    assert command("sync", "--once", "--dir", demo).returncode == 0, "the second file is the centre until there is one"
    assert command("verify", "--full", "--dir", demo).returncode == 0


def test_two_windows_of_a_site_keep_their_own_fees_and_see_each_others_receipts(
    demo: Path, command: Command, play: Play, database_url: str, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    assert command("demo", "--no-window", "--accounts", 5, "--station", "B2", "--dir", other).returncode == 0
    assert command("central", "init", database_url).returncode == 0
    for folder in (demo, other):
        assert command("central", "join", database_url, "--dir", folder).returncode == 0
    fees = tmp_path / "fees.toml"
    for council in ("July", "August", "September"):
        fees.write_text(f"# adopted in {council}\n" + resources.read_text("fees.toml"))
        assert command("import", "fees", fees, "--dir", other).returncode == 0
    day = {"at": DAY.format("09:00"), "drawer": "D1", "count": {"2000": 10}}
    sale = {
        "act": "take_payment",
        "by": "maria",
        "lines": [{"fee": "CK-CERT"}],
        "tenders": [{"kind": "cash", "amount_cents": 2500}],
    }
    acts = [{"act": "open_drawer", "by": "maria", **day}, sale]
    script = "\n".join(json.dumps(act) for act in acts)
    assert command("play", "-", "--dir", other, given=script).returncode == 0
    for folder in (other, demo):
        done = command("sync", "--once", "--dir", folder)
        assert done.returncode == 0, done.stdout + done.stderr
    results = play(*acts, {"act": "show", "by": "lee", "what": "receipt", "of": "B2-000001"})
    assert [r["ok"] for r in results] == [True, True, True], results
    assert results[1]["number"] == "A1-000001"
    assert (results[2]["total_cents"], results[2]["sent"]) == (2500, "at city hall")
    assert command("verify", "--full", "--dir", demo).returncode == 0
    assert command("rebuild", "--check", "--dir", demo).returncode == 0


def test_the_deposits_of_simulated_days_are_the_same_in_the_summary_and_at_city_hall(
    command: Command, database_url: str, tmp_path: Path
) -> None:
    days = tmp_path / "days"
    done = command("simulate", "--dir", days, "--days", 5, "--payments", 30, "--seed", 7)
    summary = json.loads(done.stdout.splitlines()[-1])
    for words in (("central", "init", database_url), ("central", "join", database_url, "--dir", days)):
        assert command(*words).returncode == 0
    assert command("sync", "--once", "--dir", days).returncode == 0
    assert command("central", "project", database_url).returncode == 0
    with psycopg.connect(database_url) as finance:
        rows = finance.execute(
            "SELECT deposit, cash_cents, checks_cents, total_cents FROM counter.deposits ORDER BY deposit"
        ).fetchall()
    assert rows == [tuple(made.values()) for made in summary["deposits"]]
    assert sum(row[1] for row in rows) == summary["cash_cents"] + summary["over_short_cents"]
    assert command("verify", "--full", "--dir", days).returncode == 0
    assert command("rebuild", "--check", "--dir", days).returncode == 0
