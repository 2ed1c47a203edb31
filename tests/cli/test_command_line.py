"""The command line as scripts and auditors use it: exit codes, one sentence for what is wrong, JSON for programs."""

import json
from pathlib import Path
from typing import Any

from counter_app.bootstrap import DATABASE, open_station
from db.keys import find_key
from db.storage import open_storage
from tests.cli.conftest import Command, Play

OPEN = {"act": "open_drawer", "by": "maria", "at": "2026-11-23T09:00:00-08:00", "drawer": "D1", "count": {"2000": 10}}
COPIES = {
    "act": "take_payment",
    "by": "maria",
    "lines": [{"fee": "CK-COPY", "quantity": 10}],
    "tenders": [{"kind": "cash", "amount_cents": 500}],
}


def test_a_demo_is_made_with_its_people_and_left_alone_when_it_is_there(tmp_path: Path, command: Command) -> None:
    made = command("demo", "--no-window", "--accounts", 5, "--dir", tmp_path / "city", "--json")
    people = json.loads(made.stdout)["people"]
    assert made.returncode == 0
    assert [p["name"] for p in people] == ["maria", "ben", "lee", "ana", "fay", "adam", "ruth"]
    key = (tmp_path / "city" / "demo.key").read_text().strip()
    again = command("demo", "--no-window", "--dir", tmp_path / "city")
    assert again.returncode == 0
    assert len(key) == 64
    assert (tmp_path / "city" / "demo.key").read_text().strip() == key


def test_play_answers_every_line_in_order_and_goes_on(demo: Path, command: Command) -> None:
    lines = [
        OPEN,
        COPIES,
        {"act": "no_such"},
        {**COPIES, "by": "ben"},
        {"act": "show", "by": "maria", "what": "till_board"},
    ]
    done = command("play", "-", "--dir", demo, given="\n".join(json.dumps(line) for line in lines))
    results = [json.loads(line) for line in done.stdout.splitlines()]
    assert [r["ok"] for r in results] == [True, True, False, False, True]
    assert "wrong" in results[2]
    assert "no open drawer" in results[3]["refused"]
    assert results[1]["number"] == "A1-000001"
    assert results[1]["change_cents"] == 100
    assert done.returncode == 2


def test_play_says_with_1_that_something_was_refused_and_with_0_that_all_was_done(demo: Path, command: Command) -> None:
    assert command("play", "-", "--dir", demo, given=json.dumps(OPEN)).returncode == 0
    assert command("play", "-", "--dir", demo, given=json.dumps(OPEN)).returncode == 1


def test_the_vocabulary_comes_from_the_code(command: Command) -> None:
    acts = json.loads(command("play", "--acts").stdout)
    assert {"take_payment", "close_drawer", "verify_drawer", "make_deposit", "show"} <= {act["act"] for act in acts}


def test_a_second_writer_is_told_who_holds_the_folder(demo: Path, command: Command) -> None:
    holder = open_station(demo, "the counter's window")
    try:
        second = command("play", "-", "--dir", demo, given="")
        reading = command("verify", "--dir", demo)
    finally:
        holder.close()
    assert second.returncode == 1
    assert "the counter's window" in second.stderr
    assert reading.returncode == 0, "verify runs beside an open window"


def test_errors_are_one_sentence_and_under_json_a_value(tmp_path: Path, command: Command) -> None:
    done = command("verify", "--dir", tmp_path / "nothing", "--json")
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr
    assert json.loads(done.stdout)["ok"] is False
    assert command("no-such-command").returncode == 2


def test_commands_that_only_look_write_no_entry(demo: Path, command: Command, play: Play, tmp_path: Path) -> None:
    play(OPEN, COPIES)
    before = json.loads(command("verify", "--dir", demo, "--json").stdout)["entries"]
    assert command("export", "books", "--dir", demo, "-o", tmp_path / "books.journal").returncode == 0
    assert command("sync", "--once", "--dir", demo).returncode == 0
    assert command("play", "-", "--dir", demo, given="").returncode == 0
    assert command("rebuild", "--check", "--dir", demo).returncode == 0
    assert json.loads(command("verify", "--full", "--dir", demo, "--json").stdout)["entries"] == before


def test_a_document_again_is_a_copy_and_is_journalled(demo: Path, command: Command, play: Play, tmp_path: Path) -> None:
    play(OPEN, COPIES)
    texts = []
    for suffix, copy in ((".txt", 1), (".pdf", 2), (".png", 3), (".escpos", 4)):
        done = command("document", "receipt", "A1-000001", "-o", tmp_path / f"r{suffix}", "--dir", demo, "--json")
        assert json.loads(done.stdout)["copy"] == copy, done.stderr
        texts.append((tmp_path / f"r{suffix}").read_bytes())
    assert b"COPY 1" in texts[0]
    assert b"A1-000001" in texts[0]
    assert texts[1].startswith(b"%PDF")
    assert texts[2].startswith(b"\x89PNG")
    assert texts[3].startswith(b"\x1b@")
    shown = play({"act": "show", "by": "lee", "what": "receipt", "of": "A1-000001"})
    assert shown[0]["copies"] == 4


def test_a_document_that_is_not_there_is_one_sentence(demo: Path, command: Command, tmp_path: Path) -> None:
    done = command("document", "slip", "A1-D000009", "-o", tmp_path / "s.pdf", "--dir", demo)
    assert done.returncode == 1
    assert "no deposit" in done.stderr


def test_the_printer_is_attached_and_kept(demo: Path, command: Command, tmp_path: Path) -> None:
    paper = tmp_path / "paper.bin"
    assert command("devices", "--set", f"printer=file:{paper}", "--dir", demo).returncode == 0
    assert command("devices", "--set", "printer=fax:1", "--dir", demo).returncode == 2
    lines: list[dict[str, Any]] = [OPEN, COPIES]
    command("play", "-", "--dir", demo, given="\n".join(json.dumps(line) for line in lines))
    assert b"A1-000001" in paper.read_bytes()


def test_a_header_is_printed_and_a_wrong_file_loads_nothing(demo: Path, command: Command, tmp_path: Path) -> None:
    header = command("import", "accounts", "--header").stdout.strip()
    assert header.startswith("account,customer,name,service_address")
    file = tmp_path / "accounts.csv"
    good = "90000001,C90001,Ann Lee,1 Elm St,1 Elm St,,,en,residential,open,5000,0,2026-12-15"
    file.write_text(f"{header}\n{good}\nx,y\n")
    wrong = command("import", "accounts", file, "--dir", demo)
    assert wrong.returncode == 1
    assert "line 3" in wrong.stderr
    file.write_text(f"{header}\n{good}\n")
    assert command("import", "accounts", file, "--dir", demo).returncode == 0
    repeated = command("import", "accounts", file, "--dir", demo)
    assert repeated.returncode == 1


def test_one_changed_byte_in_a_body_is_named_by_verify(demo: Path, command: Command, play: Play) -> None:
    play(OPEN, COPIES)
    store = open_storage(demo / DATABASE, find_key(demo))
    with store.writer.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER entry_no_update")
        seq, body = connection.exec_driver_sql("SELECT seq, body FROM entry ORDER BY seq DESC LIMIT 1").one()
        changed = body.replace(b'"total_cents":400', b'"total_cents":300')
        assert changed != body
        connection.exec_driver_sql("UPDATE entry SET body = ? WHERE seq = ?", (changed, seq))
    store.close()
    done = command("verify", "--dir", demo)
    assert done.returncode == 1
    assert f"A1 entry {seq}" in done.stdout


def test_a_missing_last_entry_is_noticed_after_a_sync(demo: Path, command: Command, play: Play) -> None:
    play(OPEN, COPIES)
    assert command("sync", "--once", "--dir", demo).returncode == 0
    store = open_storage(demo / DATABASE, find_key(demo))
    with store.writer.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER entry_no_delete")
        connection.exec_driver_sql("DELETE FROM entry WHERE seq = (SELECT max(seq) FROM entry)")
    store.close()
    done = command("verify", "--dir", demo)
    assert done.returncode == 1
    assert "missing" in done.stdout
