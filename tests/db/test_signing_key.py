"""A new signing key counts only when the old one signed its announcement: for verify, quick and full, and a pull."""

from pathlib import Path

import pytest

from counter_app.domain.entry import EMPTY, Entry
from counter_app.domain.events import SigningKeyChanged
from db.keys import Signer, new_file_key, new_signing_key, public_key
from db.storage import INSERTS, create
from db.sync import Unproven, prove
from db.verify import NEWEST, Verification, verify
from tests.fakes.chain import Chain

AT = 3
"""The entry that announces the new key."""


def changed(*, forged: bool) -> tuple[Chain, Signer]:
    """A journal whose key changes in entry 3, with more after it than the quick proof checks; and its first key."""
    chain = Chain()
    first, second = chain.signer, Signer(new_signing_key())
    chain.pay()
    if forged:
        chain.signer = second
    chain.record(SigningKeyChanged(public_key=second.public.hex()))
    chain.signer = second
    chain.pay(NEWEST + 20)
    return chain, first


def proof(entries: list[Entry], folder: Path, *, full: bool) -> Verification:
    storage = create(folder / "counter.db", new_file_key())
    with storage.writer.begin() as connection:
        connection.exec_driver_sql(
            INSERTS["entry"], [(e.station, e.seq, e.body, e.prev, e.hash, e.sig) for e in entries]
        )
    with storage.readers.connect() as connection:
        found = verify(connection, "A1", full=full)
    storage.close()
    return found


def unsigned(found: Verification) -> list[int]:
    return [problem.seq for problem in found.problems if "not signed" in problem.sentence]


@pytest.mark.parametrize("full", [False, True])
def test_entries_are_proven_with_the_key_in_force(full: bool, tmp_path: Path) -> None:
    chain, first = changed(forged=False)
    assert unsigned(proof(chain.entries, tmp_path, full=full)) == []
    prove(chain.entries, chain.private, EMPTY, public_key(first.public))


@pytest.mark.parametrize("full", [False, True])
def test_whoever_has_not_the_old_key_announces_nothing(full: bool, tmp_path: Path) -> None:
    chain, first = changed(forged=True)
    assert unsigned(proof(chain.entries, tmp_path, full=full))[0] == AT
    with pytest.raises(Unproven, match=f"Entry {AT} .* is not signed by that station"):
        prove(chain.entries, chain.private, EMPTY, public_key(first.public))


def test_an_announcement_of_no_key_is_refused(tmp_path: Path) -> None:
    chain = Chain()
    chain.record(SigningKeyChanged(public_key="no key"))
    problems = [p.sentence for p in proof(chain.entries, tmp_path, full=False).problems]
    assert any("names no key that could sign" in sentence for sentence in problems)
    with pytest.raises(Unproven, match="cannot be read"):
        prove(chain.entries, chain.private, EMPTY, public_key(chain.signer.public))
