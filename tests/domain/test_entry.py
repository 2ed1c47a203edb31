"""A link of the journal: one canonical form, a chain, and private values beside it."""

from hashlib import sha256

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.entry import (
    EMPTY,
    FIRST_PREV,
    Body,
    Private,
    Sealing,
    canonical,
    chain_hash,
    checkpoint_bytes,
    read_body,
)

BODY = Body(
    station="A1", seq=2, kind="NoSale", version=1, at="2026-11-23T17:15:00.000Z", zone="America/Los_Angeles",
    business_date="2026-11-23", actor="maria", approver=None, session="A1-S000001", numbers={"void": "A1-V000001"},
    event=msgspec.Raw(b'{"reason":"x"}'),
)  # fmt: skip


def test_the_canonical_form_never_changes() -> None:
    """These bytes are signed: a change of them breaks every journal."""
    assert canonical(BODY) == (
        b'{"actor":"maria","approver":null,"at":"2026-11-23T17:15:00.000Z","business_date":"2026-11-23",'
        b'"event":{"reason":"x"},"kind":"NoSale","numbers":{"void":"A1-V000001"},"seq":2,"session":"A1-S000001",'
        b'"station":"A1","version":1,"zone":"America/Los_Angeles"}'
    )
    assert chain_hash(FIRST_PREV, b"{}").hex() == sha256(b"CHJ1" + bytes(32) + b"{}").hexdigest()
    assert checkpoint_bytes("A1", 7, b"\x01" * 32) == b"CHC1A17" + b"\x01" * 32
    assert EMPTY.hash == bytes(32)


def test_what_is_written_is_read() -> None:
    again = read_body(canonical(BODY))
    assert bytes(again.event) == bytes(BODY.event)
    assert canonical(again) == canonical(BODY)


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b"\xff", canonical(BODY)[:-1] + b',"more":1}'])
def test_no_body(body: bytes) -> None:
    with pytest.raises(msgspec.DecodeError):
        read_body(body)


@given(st.dictionaries(st.text(), st.one_of(st.integers(-(2**53), 2**53), st.text(), st.booleans(), st.none())))
def test_one_value_has_one_form(value: dict[str, object]) -> None:
    told = canonical(value)
    assert told == canonical(dict(reversed(value.items())))
    assert msgspec.json.decode(told) == value


@given(st.binary(), st.binary())
def test_another_body_is_another_link(one: bytes, other: bytes) -> None:
    assert (chain_hash(FIRST_PREV, one) == chain_hash(FIRST_PREV, other)) == (one == other)
    assert chain_hash(chain_hash(FIRST_PREV, one), other) != chain_hash(FIRST_PREV, other)


def test_private_values_are_salted_and_named_by_their_path() -> None:
    seal = Sealing()
    one, other = seal("payer", "Rosa Bell"), seal("lines.0.details", "Rosa Bell")
    assert one is not None
    assert one != other, "the same words do not show that they are the same"
    assert [private.field for private in seal.values] == ["payer", "lines.0.details"]
    assert seal.values[0].digest == one == sha256(seal.values[0].salt + b"Rosa Bell").hexdigest()
    assert Private("payer", b"", "x").digest == sha256(b"x").hexdigest()
    assert (seal("email", None), seal("email", "  "), len(seal.values)) == (None, None, 2)
    assert len(seal.need("reason", "x")) == 64
