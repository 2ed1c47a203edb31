"""A day that was really played leaves as an archive that is proven and as books that both programs accept."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from counter_app.archive_check import main as check_archive
from counter_app.domain.entry import Head
from counter_app.domain.refused import StationFault
from counter_app.services.export_books import export_books
from counter_app.services.export_journal import export_journal
from counter_app.services.office_papers import daily_paper, slip_paper
from tests.fakes.counter import PAID_UP, WATER, Counter, card, cash, check, close_d1, dog, pay, verified, water


def play_a_day(counter: Counter) -> None:
    """A licence, a void, a correction, a moved payment, unknown money, a drop; $5.00 short; deposited."""
    counter.do("register_customer", "maria", name="Dana Ortiz", address="7 Elm Street")
    pay(counter, [water(WATER), dog()], [cash(5_000), check(8_300)])
    voided = pay(counter, [water(PAID_UP, 2_000)], [cash(2_000)])
    counter.do("void_receipt", "maria", approver="lee", number=voided["number"], reason="wrong account")
    wrong = pay(counter, [water(WATER, 4_000)], [cash(4_000)])
    counter.do(
        "correct_tender", "lee", number=wrong["number"], reason="it was a card",
        **{"from": {"tender": 1, "amount_cents": 1_000}, "to": [card(1_000)]},
    )  # fmt: skip
    counter.do(
        "move_payment", "lee", approver="ana", number=wrong["number"], line=1, to_account=PAID_UP, reason="neighbor"
    )
    pay(counter, [water(WATER, 10_000)], [check(10_000)])
    unknown = counter.do("take_unapplied", "maria", tenders=[cash(3_000)], known="an envelope without a name")
    counter.do(
        "clear_unapplied", "lee", approver="ana", number=unknown["number"], lines=[water(WATER, 3_000)], reason="called"
    )
    counter.do("drop_cash", "maria", approver="lee", drawer="D1", count={"2000": 2}, bag="DROP-1")
    session = close_d1(counter, 26_500, [8_300, 10_000], cards_cents=1_000)
    verified(counter, session, 26_500, [8_300, 10_000], cards_cents=1_000, explanation="not found")
    deposit = counter.do("make_deposit", "ana", sessions=[session], bag="BAG-7", bank="OPERATING")["deposit"]
    counter.do("send_deposit", "ana", deposit=deposit, courier="Brink's")
    parts = [{"part": "cash", "cents": 10_400, "bank_date": "2026-11-24", "reference": "1"},
             {"part": "checks", "cents": 18_300, "bank_date": "2026-11-24", "reference": "2"}]  # fmt: skip
    counter.do("confirm_deposit", "fay", deposit=deposit, parts=parts)


@pytest.fixture
def played(drawer: Counter) -> Counter:
    """The counter after that day."""
    play_a_day(drawer)
    return drawer


def archive(counter: Counter, path: Path, *, with_private: bool = False) -> dict[str, Head]:
    with counter.station.books.read() as connection:
        return export_journal(counter.station, connection, path, with_private=with_private)


def test_a_played_day_is_proved_and_is_what_a_replay_gives(played: Counter) -> None:
    played.prove()


@pytest.mark.parametrize("with_private", [False, True])
def test_its_archive_is_proven(
    played: Counter, tmp_path: Path, capsys: pytest.CaptureFixture[str], with_private: bool
) -> None:
    path = tmp_path / "journal.jsonl"
    heads = archive(played, path, with_private=with_private)
    assert heads == {"A1": played.station.books.head()}
    assert check_archive([str(path), "--key", f"A1={played.station.books.signer.public.hex()}"]) == 0
    assert capsys.readouterr().out.endswith("PROVEN\n")
    assert (b"Dana Ortiz" in path.read_bytes()) == with_private


def test_its_books_are_accepted(played: Counter, tmp_path: Path) -> None:
    programs = {
        "hledger": ["hledger", "check", "-s", "-f"],
        "beancount": [str(Path(sys.executable).with_name("bean-check"))],
    }
    for form, program in programs.items():
        path = tmp_path / f"books.{form}"
        with played.station.books.read() as connection:
            path.write_bytes(export_books(connection, form))
        done = subprocess.run([*program, str(path)], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, ""), form


def test_an_export_writes_no_entry(played: Counter, tmp_path: Path) -> None:
    before = played.traces()
    archive(played, tmp_path / "journal.jsonl")
    assert played.traces() == before


def test_an_archive_that_cannot_be_written_leaves_what_was_there(drawer: Counter, tmp_path: Path) -> None:
    folder = tmp_path / "journal.jsonl"
    folder.mkdir()
    with pytest.raises(StationFault, match="cannot be written"):
        archive(drawer, folder)
    with pytest.raises(StationFault, match="cannot be written"):
        archive(drawer, tmp_path / "nowhere" / "journal.jsonl")
    assert list(tmp_path.glob("*.part")) == []


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("UPDATE entry SET body = X'FF' WHERE seq = 3", "A1 entry 3 is damaged and cannot be exported"),
        ("UPDATE entry SET body = X'FF' WHERE seq = 1", "A1 entry 1 names no key"),
        ("UPDATE entry SET body = '{}' WHERE seq = 3", "A1 entry 3 is damaged and cannot be exported"),
        ("DELETE FROM entry WHERE seq = 1", "The journal of A1 has no first entry"),
    ],
)
def test_a_damaged_journal_is_not_exported(counter: Counter, tmp_path: Path, statement: str, says: str) -> None:
    with counter.station.books.change_state() as connection:
        connection.exec_driver_sql("DROP TRIGGER entry_no_update")
        connection.exec_driver_sql("DROP TRIGGER entry_no_delete")
        connection.exec_driver_sql(statement)
    path = tmp_path / "journal.jsonl"
    with pytest.raises(StationFault, match=says):
        archive(counter, path)
    assert not path.exists()


def test_the_slip_in_the_file_cabinet_shows_a_journal_that_ends_before_it(
    played: Counter, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with played.station.books.read() as connection:
        slip = slip_paper(played.station, connection, "A1-D000001")
        report = daily_paper(played.station, connection, date(2026, 11, 23))
    archive(played, tmp_path / "journal")
    words = [str(tmp_path / "journal"), "--checkpoint", slip.checkpoint, "--checkpoint", report.checkpoint]
    assert check_archive(words) == 0
    assert report.checkpoint.startswith(f"CHC1/A1/{played.station.books.head().seq}/")
    later = slip.checkpoint.replace(f"/{slip.seq}/", "/9999/")
    assert check_archive([str(tmp_path / "journal"), "--checkpoint", later]) == 1
    assert "A1 entry 9999: it is missing; a checkpoint on paper names it." in capsys.readouterr().out
