"""What must hold after anything that moves money, by its number in one list: every fault ends here.

I1 what was confirmed is in the journal · I2 nothing twice · I3 chain, signatures and numbers · I4 sums of each entry ·
I5 every place by replay · I6 projections = replay · I7 the centre holds a prefix, byte-equal, and after a sync all ·
I8 acknowledged ≤ centre · I9 no paper without an entry, no two originals · I10 approver ≠ actor ·
I11 no card data and no secret in any file. (I12, a payment within ten seconds, is taken by who brings the fault about.)
"""

import re
from collections import Counter as Count
from collections.abc import Iterable

from counter_app.bootstrap import centre_of
from counter_app.domain.card_guard import refuse_card_numbers
from db import keys, reference
from db.centre import Centre
from db.sync import cursor_of, sync_once
from tests.fakes.counter import Counter

_NOT_READ = ("secret", "search_key", "search_word")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_NUMBER = re.compile(rb"A1-[VR]?\d{6}")
_COPY = re.compile(rb"COPY (\d+)")


def prove_all(counter: Counter, confirmed: Iterable[int] = (), paper: Iterable[bytes] = (), sent: bool = True) -> None:
    """I1 to I11. `confirmed` are the entries that somebody was told of, `paper` the jobs that lie in a printer; with
    `sent` the centre is reached, and must have all in the end."""
    there = {body.seq for body in counter.bodies()}
    assert set(confirmed) <= there, "I1: confirmed and not in the journal"
    numbers = Count(number for (number,) in counter.rows("SELECT number FROM receipt"))
    assert all(times == 1 for times in numbers.values()), "I2: a receipt twice"
    counter.prove()  # I3 to I6
    if sent:
        _prove_centre(counter)
    _prove_paper(counter, paper)
    _prove_two_people(counter)
    prove_nothing_forbidden(counter)


def _prove_centre(counter: Counter) -> None:
    """I7 and I8: a prefix before, and everything after one round."""
    books = counter.station.books
    centre = centre_of(counter.station)
    try:
        with books.read() as connection:
            acknowledged = cursor_of(connection, centre.name, books.station).seq
        before = _held(centre, books.station)
        assert acknowledged <= len(before), "I8: more was acknowledged than the centre holds"
        assert before == _own(counter)[: len(before)], "I7: the centre holds something else"
        state = sync_once(books, centre)
        assert (state.fault, state.waiting) == (None, 0), state
        assert _held(centre, books.station) == _own(counter), "I7: the centre lacks something"
    finally:
        centre.close()


def _held(centre: Centre, station: str) -> list[tuple[bytes, bytes, bytes]]:
    if not centre.head(station).seq:
        return []
    entries, seq = [], 0
    while found := centre.since(station, seq, 500)[0]:
        entries += [(entry.body, entry.hash, entry.sig) for entry in found]
        seq = found[-1].seq
    return entries


def _own(counter: Counter) -> list[tuple[bytes, bytes, bytes]]:
    rows = counter.rows("SELECT body, hash, sig FROM entry WHERE station = ? ORDER BY seq", counter.station.name)
    return [(bytes(body), bytes(hash_), bytes(sig)) for body, hash_, sig in rows]


def _prove_paper(counter: Counter, paper: Iterable[bytes]) -> None:
    """I9: in the spool, and on the paper that lies there."""
    asked = Count(counter.rows("SELECT document, number, copy FROM spool"))
    assert all(times == 1 for times in asked.values()), "I9: a paper was asked for twice"
    orphans = counter.rows("SELECT number FROM spool WHERE (station, seq) NOT IN (SELECT station, seq FROM act)")
    assert not orphans, "I9: paper without an entry"
    lying: Count[tuple[str, int]] = Count()
    for job in paper:
        if number := _NUMBER.search(job):
            copy = _COPY.search(job)
            lying[number[0].decode(), int(copy[1]) if copy else 0] += 1
    assert all(times == 1 for (_, copy), times in lying.items() if copy == 0), "I9: two originals"
    known = {number for (number,) in counter.rows("SELECT number FROM spool")}
    assert {number for number, _ in lying} <= known, "I9: paper of something that is not in the books"


def _prove_two_people(counter: Counter) -> None:
    """I10."""
    for body in counter.bodies():
        assert body.approver != body.actor, f"I10: entry {body.seq} was approved by its actor"
        assert body.approver or body.kind not in ("CashDropped", "SettingChanged"), f"I10: entry {body.seq} by one"
    own = "SELECT s.session FROM act v JOIN act s ON s.session = v.session AND s.kind = 'DrawerOpened'"
    assert not counter.rows(f"{own} WHERE v.kind = 'DrawerVerified' AND v.actor = s.actor"), "I10: an own drawer"


def prove_nothing_forbidden(counter: Counter, words: Iterable[str] = ()) -> None:
    """I11: what is written in the encrypted file is no card, and the files themselves show no key and no words."""
    for text in written_texts(counter):
        refuse_card_numbers(text)
        for word in words:
            assert word not in text, f"I11: {word} was written"
    station = counter.station
    with station.books.read() as connection:
        signing = reference.secret(connection, keys.SIGNING_KEY)
    assert signing is not None
    hidden = [signing, signing.hex().encode(), b"Rosa Bell", b"PaymentTaken", *(word.encode() for word in words)]
    for path in sorted(counter.folder.rglob("*")):
        if path.is_file():
            data = path.read_bytes()
            assert not [secret for secret in hidden if secret in data], f"I11: {path.name} shows what is secret"


def written_texts(counter: Counter) -> Iterable[str]:
    """Every text and blob in every table of the encrypted file, but for the secrets and the city's own reference."""
    tables = counter.rows("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search%'")
    for (table,) in tables:
        if table not in _NOT_READ:
            for row in counter.rows(f'SELECT * FROM "{table}"'):
                yield from (_text(value) for value in row if isinstance(value, bytes | str))


def _text(value: bytes | str) -> str:
    """The words of a value; a hash or a signature has none, and no digest in hexadecimal is a number."""
    if isinstance(value, bytes):
        value = "" if len(value) in (32, 64) else value.decode("utf-8", "replace")
    return _DIGEST.sub("", value)
