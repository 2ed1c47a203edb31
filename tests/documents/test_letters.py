"""Any text becomes printable: no control bytes, no question marks, nothing lost that could be kept."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.documents.letters import ROLL_CODEC, fit, visible


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("J. SMITH\x1bp\x00\x32\x32", "J. SMITHp22"),
        ("José", "José"),
        ("Jose\N{COMBINING ACUTE ACCENT}", "José"),
        ("Nguyễn Thị Ánh", "Nguyen Thi Ánh"),
        ("Łukasz Øre", "Lukasz Øre"),
        ("Œuvre", "OEuvre"),
        ("“It’s” – done…", '"It\'s" - done...'),
        ("Жанна Цой", "Zhanna Tsoy"),
        ("Αθήνα", "Athina"),
        ("5 €", "5 €"),
        ("王小明", "■■■"),
        ("what?", "what?"),
        ("two\nlines\tand  blanks ", "two lines and blanks"),
        ("right\u202eto left", "rightto left"),
        ("", ""),
    ],
)
def test_letters(typed: str, printed: str) -> None:
    assert fit(typed) == printed


def test_a_printer_with_fewer_letters_gets_them_bare() -> None:
    assert fit("ÁÍÓÚ Ñandú", "cp437") == "AIOU Ñandú"
    assert fit("José Ñandú 王", "ascii") == "Jose Nandu *"


@given(st.text(), st.sampled_from(["cp858", "cp437", "cp1252", "ascii"]))
def test_whatever_is_typed_can_be_sent(typed: str, codec: str) -> None:
    printed = fit(typed, codec)
    sent = printed.encode(codec)
    assert all(byte >= 0x20 and byte != 0x7F for byte in sent)
    assert printed.count("?") <= unicodedata.normalize("NFKD", typed).count("?")
    assert fit(printed, codec) == printed


@given(st.text(alphabet=st.characters(codec=ROLL_CODEC, exclude_categories=["Cc", "Cf", "Zs"])))
def test_what_the_printer_has_is_kept(typed: str) -> None:
    assert fit(typed) == visible(typed)
