"""No card number passes, and nothing that a counter really types is taken for one."""

from datetime import datetime
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec import Struct

from counter_app.domain.card_guard import passes_luhn, refuse_card_numbers
from counter_app.domain.refused import Refused

VISA = "4111111111111111"


class Payer(Struct):
    name: str


def refused(value: Any) -> bool:
    try:
        refuse_card_numbers(value)
    except Refused:
        return True
    return False


def test_the_refusal_does_not_repeat_it() -> None:
    with pytest.raises(Refused) as refusal:
        refuse_card_numbers({"name": VISA})
    assert "4111" not in str(refusal.value)


@pytest.mark.parametrize(
    "text",
    [
        VISA,
        "4111 1111 1111 1111",
        "4111-1111-1111-1111",
        "4111.1111.1111.1111",
        "4111–1111–1111–1111",
        "4111\N{NO-BREAK SPACE}1111\N{NO-BREAK SPACE}1111\N{NO-BREAK SPACE}1111",
        "4111 - 1111 - 1111 - 1111",
        "4111/1111/1111/1111",
        "4111:1111:1111:1111",
        "4111(1111)1111(1111)",
        "4111*1111*1111*1111",
        "4111|1111|1111|1111",
        "4111    1111    1111    1111",
        "4111)-(1111)-(1111)-(1111",
        "4111_1111_1111_1111",
        "4111 : 1111 : 1111 : 1111 exp 12/27",
        "no. 12: 4111;1111;1111;1111",
        "3782:822463:10005",
        "41:11:11:11:11:11:11:11",
        "411111*1111111111",
        "41 11 11 11 11 11 11 11",
        "4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1",
        "41111111\N{ZERO WIDTH SPACE}11111111",
        "４１１１１１１１１１１１１１１１",
        "٤١١١١١١١١١١١١١١١",
        "card 4111111111111111 exp 12/27",
        "4111 1111 1111 1111 12/27",
        "4111 1111 1111 1111 123",
        "90001234 4111 1111 1111 1111",
        "4222222222222",
        "3782 822463 10005",
        "378282246310005",
        "3056 930902 5904",
        "30569309025904",
        "5555555555554444",
        "5105 1051 0510 5100",
        "2223003122003222",
        "2223 0031 2200 3222",
        "6011111111111117",
        "6011 1111 1111 1117",
        "3530 1113 3330 0000",
        "6200 0000 0000 0005",
        "%B4111111111111111^DOE/JOHN^2712101000000000?",
        ";4111111111111111=27121010000000000000?",
        ";4111111111111112=2712",
        "CVV 123",
        "cvc2: 1234",
        "card security code 123",
    ],
)
def test_card_data_is_refused(text: str) -> None:
    assert refused(text)
    assert refused({"payer": {"name": text}})
    assert refused({"lines": [{"details": {text: "x"}}]})
    assert refused(Payer(name=text))
    assert refused((frozenset({text}),))


@pytest.mark.parametrize(
    "value",
    [
        {"cvv": "12"},
        {"card": {"card_number": "x"}},
        {"PAN": 1},
        {"track2": "x"},
        {"security_code": "987"},
        int(VISA),
        {"amount_cents": int(VISA)},
    ],
)
def test_fields_and_numbers_are_looked_at(value: Any) -> None:
    assert refused(value)


@pytest.mark.parametrize(
    "value",
    [
        "90001234",
        "A1-000123",
        "A1-V000123",
        "A1-L000001 A1-L000002",
        "(530) 555-0100",
        "530-555-0100",
        "+1 530 555 0100",
        "530-555-0100, 530-555-0101",
        "122239115",
        "122239115 0123456789",
        "2026-11-23T09:15:00-08:00",
        "2026-11-23 09:15:00",
        "4/16/2026 09:15:01",
        "4/16/2026 09:15:02",
        "4/16/2026 09:15:03",
        "4/16/2026 09:15:04",
        "4/16/2026 09:15:05",
        "4/16/2026 09:15:06",
        "4/16/2026 09:15:07",
        "4/16/2026 09:15:08",
        "4/16/2026 09:15:09",
        "4/16/2026 09:15:10",
        "501-0000-11210",
        "000000001234511022600010000123450000123458",
        "4111111111111112",
        "411111111111",
        "1234 5678 9012 3456",
        "1001 1002 1003 1004",
        "Gate security code 4521",
        "",
        "Rex & Sons, 12 Oak St",
        {"cvv": None, "cvc": ""},
        {"last4": "1111", "brand": "Visa", "auth": "123456", "reference": "000123456789"},
        {"count": {"100c": 3, "2000": 14}},
        {"amount_cents": 120_000_000, "approver": None, "asked": True, "rate": 1.5},
        {"lines": [{"fee": "CK-COPY"}, {"fee": "DL-A1"}]},
        b"4111111111111111",
    ],
)
def test_what_counters_type_passes(value: Any) -> None:
    assert not refused(value)


def card(prefix: str, length: int, seed: int) -> str:
    body = prefix + f"{seed:018}"[: length - 1 - len(prefix)]
    return next(body + digit for digit in "0123456789" if passes_luhn(body + digit))


@given(
    st.sampled_from([("4", 13), ("4", 16), ("4", 19), ("51", 16), ("55", 16), ("2221", 16), ("34", 15), ("37", 15)])
    | st.sampled_from([("6011", 16), ("65", 16), ("645", 16), ("36", 14), ("300", 14), ("3528", 16), ("62", 19)]),
    st.integers(0, 10**18 - 1),
    st.sampled_from(["", " ", "-", ".", " - ", ":", "*", "|", "    ", ")(", "~_=:"]),
    st.text(alphabet="abc XYZ:#", max_size=8),
)
def test_every_card_is_refused(kind: tuple[str, int], seed: int, gap: str, around: str) -> None:
    digits = card(*kind, seed)
    typed = gap.join(digits[place : place + 4] for place in range(0, len(digits), 4))
    assert refused(f"{around}{typed}{around}")


@given(st.sampled_from("3456"), st.integers(13, 19), st.integers(0, 10**18 - 1))
def test_any_length_without_gaps_is_refused(first: str, length: int, seed: int) -> None:
    assert refused(card(first, length, seed))


@given(st.integers(0, 10**12 - 1))
def test_short_numbers_pass(number: int) -> None:
    assert not refused(str(number))
    assert not refused(number)


@given(st.integers(0, 10**42 - 1))
def test_scan_lines_pass(number: int) -> None:
    assert not refused(f"{number:042}")


@given(st.integers(200, 999), st.integers(200, 999), st.integers(0, 9999), st.sampled_from("- ."))
def test_telephones_pass(area: int, exchange: int, line: int, gap: str) -> None:
    assert not refused(f"{area}{gap}{exchange}{gap}{line:04}")
    assert not refused(f"+1 ({area}) {exchange}-{line:04}")


@given(st.integers(200, 999), st.integers(200, 999), st.integers(0, 9999), st.integers(0, 9999))
def test_two_telephones_pass(area: int, exchange: int, line: int, other: int) -> None:
    assert not refused(f"({area}) {exchange}-{line:04} / ({area}) {exchange}-{other:04}")


@given(
    st.datetimes(), st.sampled_from(["%m/%d/%Y %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d (%H:%M:%S)", "%d.%m.%y - %H:%M"])
)
def test_days_with_times_pass(at: datetime, form: str) -> None:
    assert not refused(at.strftime(form))


@given(st.integers(0, 10**18 - 1), st.integers(1, 9))
def test_luhn_notices_one_wrong_digit(seed: int, off: int) -> None:
    good = card("4", 16, seed)
    assume(off)
    assert not passes_luhn(good[:7] + str((int(good[7]) + off) % 10) + good[8:])
