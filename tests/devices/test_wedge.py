"""The scanner as it is written down for a station."""

import pytest

from counter_app.devices.wedge import Wedge, read_wedge
from counter_app.domain.refused import WrongAct


@pytest.mark.parametrize(
    ("text", "wedge"),
    [
        ("keyboard", Wedge()),
        ("keyboard:~", Wedge("~")),
        ("keyboard:~:#", Wedge("~", "#")),
        ("keyboard:02:03", Wedge("\x02", "\x03")),
        ("keyboard::!", Wedge("", "!")),
    ],
)
def test_a_sign_before_and_after(text: str, wedge: Wedge) -> None:
    assert read_wedge(text) == wedge


@pytest.mark.parametrize("text", ["", "usb", "keyboard:5", "keyboard:~~", "keyboard:~:#:!"])
def test_what_is_no_scanner_is_told(text: str) -> None:
    with pytest.raises(WrongAct, match="is no scanner"):
        read_wedge(text)
