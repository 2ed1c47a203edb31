"""What holds for the whole city comes down from city hall: signed with the key on paper, in force by an entry."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest

import resources
from counter_app.cli.publish_commands import CITY_KEY_VARIABLE
from tests.cli.conftest import Command, Play


@pytest.fixture
def hall(demo: Path, command: Command, database_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The central store that the demo's station joined; the city's key is at hand."""
    made = command("central", "init", database_url, "--json")
    monkeypatch.setenv(CITY_KEY_VARIABLE, json.loads(made.stdout)["city_key"])
    assert command("central", "join", database_url, "--dir", demo).returncode == 0
    return database_url


@pytest.fixture
def fees(tmp_path: Path) -> Path:
    """A fee schedule that the council changed."""
    path = tmp_path / "fees.toml"
    path.write_text("# adopted in July\n" + resources.read_text("fees.toml"))
    return path


def synced(command: Command, demo: Path) -> dict[str, object]:
    done = command("sync", "--once", "--json", "--dir", demo)
    answer: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return answer


def in_force(command: Command, demo: Path) -> dict[str, dict[str, object]]:
    found = json.loads(command("versions", "--json", "--dir", demo).stdout)["versions"]
    return {one["kind"]: one for one in found}


def test_the_city_key_is_printed_once(command: Command, database_url: str) -> None:
    first = command("central", "init", database_url)
    assert "printed once" in first.stdout
    assert "printed once" not in command("central", "init", database_url).stdout


def test_fees_come_down_signed_and_are_in_force_with_their_instant(
    hall: str, demo: Path, command: Command, fees: Path
) -> None:
    before = in_force(command, demo)["fees"]
    assert before["version"] is None
    published = json.loads(command("central", "publish", hall, "fees", fees, "--json").stdout)
    assert synced(command, demo) == {"ok": True, "centre": "city hall", "waiting": 0}
    after = in_force(command, demo)["fees"]
    assert (after["version"], after["as_of"]) == (1, published["as_of"])
    assert synced(command, demo)["ok"], "again changes nothing"
    assert command("verify", "--full", "--dir", demo).returncode == 0
    assert command("rebuild", "--check", "--dir", demo).returncode == 0
    assert "version 1 of city hall" in command("versions", "--dir", demo).stdout


def test_people_come_down_with_hashes_and_sign_in(hall: str, demo: Path, command: Command, tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("person,name,role,password,pin\nzoe,Zoe Ames,supervisor,correct horse,4711\n")
    assert command("central", "publish", hall, "staff", people).returncode == 0
    with psycopg.connect(hall) as connection:
        kept = connection.execute("SELECT string_agg(data::text, '') FROM counter.reference_data").fetchone()
    assert kept is not None
    assert "correct horse" not in kept[0]
    assert synced(command, demo)["ok"]
    assert in_force(command, demo)["staff"]["rows"] == 1
    done = command("import", "fees", tmp_path / "none.toml", "--by", "ana", "--dir", demo)
    assert done.returncode == 1


def test_accounts_come_down_with_what_they_owe(
    hall: str, demo: Path, command: Command, play: Play, tmp_path: Path
) -> None:
    header = command("import", "accounts", "--header").stdout.strip()
    values = dict.fromkeys(header.split(","), "")
    values |= {
        "account": "90000001", "customer": "C90000001", "name": "Rosa Bell", "class": "residential", "status": "open",
        "balance_cents": "4500", "past_due_cents": "0",
    }  # fmt: skip
    file = tmp_path / "accounts.csv"
    file.write_text(f"{header}\n" + ",".join(values.values()) + "\n")
    assert command("central", "publish", hall, "accounts", file).returncode == 0
    state = synced(command, demo)
    assert state["ok"], state
    assert in_force(command, demo)["accounts"]["version"] == 1
    shown = play({"act": "show", "by": "lee", "what": "account", "of": "90000001"})
    assert shown[0]["balance_cents"] == 4_500


def test_a_version_that_the_station_cannot_use_is_told_and_the_old_one_stays(
    hall: str, demo: Path, command: Command, tmp_path: Path
) -> None:
    before = in_force(command, demo)["fees"]
    bad = tmp_path / "fees.csv"
    bad.write_text("this,is,no,fee,list\n1,2,3,4,5\n")
    assert command("central", "publish", hall, "fees", bad).returncode == 0
    state = synced(command, demo)
    assert not state["ok"]
    assert "is not in force here" in str(state["error"])
    assert in_force(command, demo)["fees"] == before


def test_a_version_of_a_clock_that_goes_ahead_waits(hall: str, demo: Path, command: Command, tmp_path: Path) -> None:
    header = command("import", "accounts", "--header").stdout.strip()
    file = tmp_path / "accounts.csv"
    file.write_text(f"{header}\n")
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    assert command("central", "publish", hall, "accounts", file, "--as-of", tomorrow).returncode == 0
    assert "still to come" in str(synced(command, demo)["error"])
