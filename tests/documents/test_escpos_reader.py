"""Reading printer bytes back: jobs, drawer commands, and what is wrong with them."""

from hypothesis import given
from hypothesis import strategies as st

from counter_app.documents.escpos_reader import read_escpos
from counter_app.documents.receipt import receipt_escpos
from counter_app.documents.roll import RollLine
from tests.documents.papers import RECEIPT

KICK = b"\x1bp\x00\x32\x32"


def test_jobs_and_kicks_are_told_apart() -> None:
    reading = read_escpos(KICK + receipt_escpos(RECEIPT) + KICK + receipt_escpos(RECEIPT))
    assert len(reading.jobs) == 2
    assert reading.kicks == (KICK, KICK)
    assert reading.problems == ()


def test_a_kick_inside_a_job_is_a_problem() -> None:
    reading = read_escpos(b"\x1b@hello\n" + KICK + b"\x1dV\x01")
    assert reading.kicks == (KICK,)
    assert reading.problems == ("the drawer is opened inside a job",)


def test_a_torn_job_keeps_its_lines_and_is_not_cut() -> None:
    whole = receipt_escpos(RECEIPT)
    torn = read_escpos(whole[: len(whole) // 2] + whole)
    assert [job.cut for job in torn.jobs] == [False, True]
    assert torn.jobs[0].text.startswith("           CITY OF CYPRESS BAY\n")


def test_styles() -> None:
    reading = read_escpos(
        b"\x1b@\x1bt\x13\x1ba\x01\x1dB\x01\x1bE\x01 COPY \n\x1ba\x00\x1dB\x00\x1bE\x00\xa4\n\x1dVB\x00"
    )
    assert reading.jobs[0].lines == (RollLine("COPY", "", 1, True, True, True), RollLine("ñ"))
    assert reading.problems == ()


def test_pictures_are_stepped_over() -> None:
    picture = b"\x1dv0\x00\x02\x00\x03\x00" + b"\x1bp\x10\x04\x1d\x1b"
    reading = read_escpos(b"\x1b@a\n" + picture + b"b\n\x1dV\x00")
    assert reading.jobs[0].text == "a\nb\n"
    assert (reading.kicks, reading.problems) == ((), ())


def test_unknown_commands_and_stray_text_are_named() -> None:
    assert read_escpos(b"stray").problems == ("outside a job: 73 74 72 61 79",)
    assert read_escpos(b"\x1b@\x01\x1dV\x00").problems == ("unknown: 01",)


PIECES = [b"\x1b@", b"\x1dV", b"\x1bp", b"\x1d(k", b"\x1dv0", b"\n", b"a", b"\x00", b"\xff"]


@given(st.binary() | st.lists(st.sampled_from(PIECES)).map(b"".join))
def test_no_bytes_are_too_strange(data: bytes) -> None:
    reading = read_escpos(data)
    assert len(reading.jobs) <= data.count(b"\x1b@")
    assert all(len(kick) == 5 for kick in reading.kicks)
