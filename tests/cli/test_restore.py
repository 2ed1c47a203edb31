"""A counter brought back: from a backup, from an old file, from the centre; to the cent, and no number given twice."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Command, Play

DAY = "2026-11-23T{}:00-08:00"
OPEN = {"act": "open_drawer", "by": "maria", "at": DAY.format("08:00"), "drawer": "D1", "count": {"2000": 10}}
CERTIFICATE_CENTS = 2_500
NULL_STORE = {"PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"}


def paid(count: int, at: str = "09:00") -> list[dict[str, Any]]:
    """That many certificates at 25.00, in cash."""
    one = {
        "act": "take_payment",
        "by": "maria",
        "at": DAY.format(at),
        "lines": [{"fee": "CK-CERT"}],
        "tenders": [{"kind": "cash", "amount_cents": CERTIFICATE_CENTS}],
    }
    return [one] * count


@pytest.fixture
def answered(command: Command) -> Any:
    """Run a command with --json and give what it printed; it must end with `code`."""

    def run(*words: object, code: int = 0, **environment: str) -> dict[str, Any]:
        done = command(*words, "--json", **environment)
        assert done.returncode == code, done.stdout + done.stderr
        assert "Traceback" not in done.stderr, done.stderr
        value: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return value

    return run


def proven(answered: Any, folder: Path) -> None:
    assert answered("verify", "--full", "--dir", folder)["problems"] == []
    assert answered("rebuild", "--check", "--dir", folder)["differences"] == []


def next_number(command: Command, folder: Path) -> str:
    """What the next receipt of the restored station is called."""
    done = command("play", "-", "--dir", folder, given=json.dumps(paid(1)[0]))
    number: str = json.loads(done.stdout)["number"]
    return number


def test_a_backup_put_back_elsewhere_is_the_station_to_the_cent(
    demo: Path, play: Play, command: Command, answered: Any, tmp_path: Path
) -> None:
    play(OPEN, *paid(3))
    taken = answered("backup", tmp_path / "night.db", "--dir", demo)
    assert (taken["receipts"], taken["total_cents"]) == (3, 3 * CERTIFICATE_CENTS)
    assert not (tmp_path / "night.db").read_bytes().startswith(b"SQLite format"), "a backup is encrypted"
    elsewhere = tmp_path / "elsewhere"
    put = answered("restore", tmp_path / "night.db", "--dir", elsewhere)
    assert {name: put[name] for name in taken if name != "file"} == {n: v for n, v in taken.items() if n != "file"}
    proven(answered, elsewhere)
    assert next_number(command, elsewhere) == "A1-000004"


def test_a_damaged_file_is_replaced_and_the_copy_gives_what_the_backup_lacks(
    demo: Path, play: Play, command: Command, answered: Any, tmp_path: Path
) -> None:
    play(OPEN, *paid(2))
    answered("backup", tmp_path / "night.db", "--dir", demo)
    play(*paid(2))
    answered("sync", "--once", "--dir", demo)
    (demo / "counter.db").write_bytes(b"\0" * 8_192)
    put = answered("restore", tmp_path / "night.db", "--dir", demo)
    assert put["brought_back"] == 2
    assert (put["receipts"], put["total_cents"]) == (4, 4 * CERTIFICATE_CENTS)
    assert (demo / "counter.db.replaced").exists()
    proven(answered, demo)
    assert next_number(command, demo) == "A1-000005"


def test_what_neither_backup_nor_copy_has_keeps_the_station_shut(
    demo: Path, play: Play, command: Command, answered: Any, tmp_path: Path
) -> None:
    play(OPEN, *paid(2))
    answered("sync", "--once", "--dir", demo)
    answered("backup", tmp_path / "night.db", "--dir", demo)
    play(*paid(1))
    (demo / "counter.db").unlink()
    said = answered("restore", tmp_path / "night.db", "--dir", demo, code=1)["error"]
    assert "entry" in said
    assert "was written here already" in said
    shut = command("play", "-", "--dir", demo, given=json.dumps(paid(1)[0]))
    assert shut.returncode == 1
    assert len(shut.stderr.splitlines()) == 1
    assert "old file" in shut.stderr


def test_a_newer_file_is_never_replaced_by_a_backup(demo: Path, play: Play, answered: Any, tmp_path: Path) -> None:
    play(OPEN, *paid(1))
    answered("backup", tmp_path / "night.db", "--dir", demo)
    before = (demo / "counter.db").read_bytes()
    said = answered("restore", tmp_path / "night.db", "--dir", demo, code=1)["error"]
    assert "nothing was replaced" in said
    assert (demo / "counter.db").read_bytes() == before


def test_a_backup_that_was_changed_is_none(demo: Path, play: Play, answered: Any, tmp_path: Path) -> None:
    play(OPEN, *paid(1))
    backup = tmp_path / "night.db"
    answered("backup", backup, "--dir", demo)
    data = bytearray(backup.read_bytes())
    data[len(data) // 2] ^= 1
    backup.write_bytes(data)
    answered("restore", backup, "--dir", tmp_path / "elsewhere", code=1)
    assert not (tmp_path / "elsewhere" / "counter.db").exists()


def test_an_old_file_put_back_is_noticed_and_brought_forward_from_the_centre(
    demo: Path, play: Play, command: Command, answered: Any, tmp_path: Path, database_url: str
) -> None:
    assert command("central", "init", database_url).returncode == 0
    assert command("central", "join", database_url, "--dir", demo).returncode == 0
    play(OPEN, *paid(1))
    old = tmp_path / "old.db"
    shutil.copyfile(demo / "counter.db", old)
    play(*paid(3))
    answered("sync", "--once", "--dir", demo)
    shutil.copyfile(old, demo / "counter.db")
    refused = command("play", "-", "--dir", demo, given=json.dumps(paid(1)[0]))
    assert refused.returncode == 1
    assert "old file of A1" in refused.stderr
    assert "counter-app restore" in refused.stderr
    assert "old file of A1" in answered("verify", "--dir", demo, code=1)["problems"][0]["sentence"]
    put = answered("restore", "--dir", demo)
    assert (put["brought_back"], put["total_cents"]) == (3, 4 * CERTIFICATE_CENTS)
    proven(answered, demo)
    assert next_number(command, demo) == "A1-000005"
    answered("sync", "--once", "--dir", demo)


def test_a_clone_is_found_out_by_the_centre(
    demo: Path, play: Play, command: Command, answered: Any, tmp_path: Path, database_url: str
) -> None:
    assert command("central", "init", database_url).returncode == 0
    assert command("central", "join", database_url, "--dir", demo).returncode == 0
    play(OPEN)
    clone = shutil.copytree(demo, tmp_path / "clone")
    play(*paid(1))
    answered("sync", "--once", "--dir", demo)
    command("play", "-", "--dir", clone, given="\n".join(json.dumps(act) for act in paid(2, at="10:00")))
    said = answered("sync", "--once", "--dir", clone, code=1)["error"]
    assert "two computers" in said
    refused = answered("restore", "--dir", clone, code=1)["error"]
    assert "two computers" in refused
    assert answered("sync", "--once", "--dir", demo)["waiting"] == 0


def acts(command: Command, folder: Path, *given: dict[str, Any]) -> list[dict[str, Any]]:
    """Acts played at a station; each must be done."""
    done = command("play", "-", "--dir", folder, given="\n".join(json.dumps(act) for act in given))
    results = [json.loads(line) for line in done.stdout.splitlines()]
    assert all(result["ok"] for result in results), results
    return results


ADOPT_DRAWER = {
    "act": "adopt_drawer", "by": "lee", "approver": "ana", "at": DAY.format("13:00"), "session": "A1-S000001",
    "count": {"2000": 10, "500": 10}, "checks": [], "reason": "its computer is dead",
}  # fmt: skip
VERIFY = {
    "act": "verify_drawer", "by": "lee", "at": DAY.format("13:30"), "session": "A1-S000001",
    "count": {"2000": 10, "500": 10}, "checks": [], "accept": True,
}  # fmt: skip
DEPOSIT = {
    "act": "make_deposit", "by": "ana", "at": DAY.format("14:00"), "sessions": ["A1-S000001"], "bag": "B-7",
    "bank": "OPERATING",
}  # fmt: skip


@pytest.fixture(params=["city hall", "copy"])
def shipped(request: pytest.FixtureRequest, demo: Path, play: Play, command: Command) -> tuple[Path, str]:
    """Station A1 with two receipts at its centre; and where that is."""
    where = str(demo / "copy.db")
    if request.param == "city hall":
        where = request.getfixturevalue("database_url")
        assert command("central", "init", where).returncode == 0
        assert command("central", "join", where, "--dir", demo).returncode == 0
    play(OPEN, *paid(2))
    assert command("sync", "--once", "--dir", demo).returncode == 0
    return demo, where


def test_a_dead_stations_drawer_is_counted_by_two_people_and_deposited_elsewhere(
    shipped: tuple[Path, str], command: Command, answered: Any, tmp_path: Path
) -> None:
    _, centre = shipped
    new = tmp_path / "new"
    taken = answered("adopt", "--central", centre, "--from", "A1", "--station", "A7", "--dir", new)
    assert (taken["receipts"], taken["total_cents"]) == (2, 2 * CERTIFICATE_CENTS)
    assert taken["drawers"] == ["A1-S000001"]
    again = answered("adopt", "--central", centre, "--from", "A1", "--station", "A7", "--dir", new)
    assert again["total_cents"] == taken["total_cents"], "again is harmless"
    alone = command("play", "-", "--dir", new, given=json.dumps({**ADOPT_DRAWER, "approver": "lee"}))
    assert json.loads(alone.stdout)["ok"] is False
    _, counted, deposit = acts(command, new, ADOPT_DRAWER, VERIFY, DEPOSIT)
    assert counted["expected_cents"]["cash"] == 20_000 + 2 * CERTIFICATE_CENTS
    assert counted["over_short_cents"] == 0
    assert deposit["total_cents"] == 2 * CERTIFICATE_CENTS, "the float stays in the drawer"
    assert deposit["deposit"] == "A7-D000001"
    proven(answered, new)
    opened, receipt = acts(command, new, {**OPEN, "at": DAY.format("14:30")}, paid(1, at="14:40")[0])
    assert (opened["session"], receipt["number"]) == ("A7-S000001", "A7-000001"), "no number of A1 is given again"


def test_what_the_dead_station_had_not_shipped_comes_late_and_is_said(
    command: Command, answered: Any, demo: Path, play: Play, tmp_path: Path, database_url: str
) -> None:
    assert command("central", "init", database_url).returncode == 0
    assert command("central", "join", database_url, "--dir", demo).returncode == 0
    play(OPEN, *paid(2))
    answered("sync", "--once", "--dir", demo)
    play(*paid(3, at="10:00"))
    new = tmp_path / "new"
    answered("adopt", "--central", database_url, "--from", "A1", "--station", "A7", "--dir", new)
    answered("sync", "--once", "--dir", new)
    answered("sync", "--once", "--dir", demo)  # the dead computer is started once more
    shut = command("play", "-", "--dir", demo, given=json.dumps(paid(1, at="11:00")[0]))
    assert "taken over by station A7" in shut.stderr
    late = answered("sync", "--once", "--dir", new)["late"]
    assert [(one["station"], one["cents"]) for one in late] == [("A1", 3 * CERTIFICATE_CENTS)]
    proven(answered, new)


def test_the_drill_brings_both_copies_back_and_reports_minutes_and_cents(
    shipped: tuple[Path, str], play: Play, answered: Any
) -> None:
    folder, _ = shipped
    drilled = answered("drill", "--dir", folder)
    assert [(way["way"], way["receipts"], way["total_cents"], way["differs_cents"]) for way in drilled["ways"]] == [
        ("backup", 2, 2 * CERTIFICATE_CENTS, 0),
        ("centre", 2, 2 * CERTIFICATE_CENTS, 0),
    ]
    play(*paid(1, at="11:00"))
    assert [way["lacking"] for way in answered("drill", "--dir", folder)["ways"]] == [0, 1]


def test_paper_that_the_backup_does_not_know_keeps_the_station_shut(
    demo: Path, play: Play, command: Command, answered: Any, tmp_path: Path
) -> None:
    play(OPEN, *paid(2))
    answered("backup", tmp_path / "night.db", "--dir", demo)
    words = ("restore", tmp_path / "night.db", "--last-receipt")
    shut = tmp_path / "shut"
    said = answered(*words, "A1-000003", "--dir", shut, code=1)["error"]
    assert "last receipt in these books is A1-000002 and the one on paper A1-000003" in said
    assert command("play", "-", "--dir", shut, given=json.dumps(paid(1)[0])).returncode == 1
    assert answered(*words, "A1-000002", "--dir", tmp_path / "whole")["receipts"] == 2
    assert next_number(command, tmp_path / "whole") == "A1-000003"


def test_a_real_station_is_put_back_by_its_code_and_its_last_paper(
    command: Command, answered: Any, tmp_path: Path
) -> None:
    no_store = {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
    words = ("init", "--city", "Elmwood", "--site", "Hall", "--station", "B2", "--dir", tmp_path / "hall")
    code = {**no_store, "COUNTER_APP_RECOVERY_CODE": answered(*words, **no_store)["recovery_code"]}
    backup = tmp_path / "night.db"
    answered("backup", backup, "--dir", tmp_path / "hall", **code)
    assert list(tmp_path.glob("night.db*")) == [backup], "no key lies beside a backup of real money"
    put = ("restore", backup, "--dir", tmp_path / "new")
    assert "holds no key" in answered(*put, code=1, **{**no_store, **NULL_STORE})["error"]
    assert "--last-receipt" in answered(*put, code=2, **code)["error"]
    assert answered(*put, "--last-receipt", "none", **code)["station"] == "B2"
    assert answered("verify", "--full", "--dir", tmp_path / "new", **code)["problems"] == []
    assert not list((tmp_path / "new").glob("*.key"))
