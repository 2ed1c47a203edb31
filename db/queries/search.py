"""What the one box finds: accounts, customers, receipts and licences, by beginnings of words in any order.

The index (db.queries.search_index) knows words and numbers only; `search_key` says whose they are. Receipts and
licences have their own indexes as well, and are found by number or by its last digits.
"""

import re
from collections.abc import Iterator

import msgspec
from sqlalchemy import Connection

from counter_app.domain.days import parse_day, us_date
from counter_app.domain.money import usd
from counter_app.domain.receipt import state_in_words
from counter_app.domain.said import say, together
from counter_app.domain.search_hit import Hit, HitKind
from counter_app.domain.search_words import LEAST_LETTERS, folded, one_error_away, split, squeezed, without_apostrophes
from db.queries import search_index
from db.queries.accounts import customer
from db.queries.rows import rows
from db.schema import OWN_LOADS

_MATCH = (
    "SELECT k.kind, k.key FROM search JOIN search_key k ON k.id = search.rowid"
    " WHERE search MATCH ? ORDER BY search.rowid LIMIT ?"
)
_KNOWN = (
    "SELECT value FROM json_each(?1) WHERE EXISTS"
    " (SELECT 1 FROM search_word WHERE word >= value AND word < value || char(1114111))"
)
_NUMBER = re.compile(r"(?:(?P<station>[A-Z][A-Z0-9]*)-)?(?P<letter>L?)(?P<value>[0-9]{1,9})", re.IGNORECASE)
_CUSTOMER = re.compile(r"(?:[A-Z][A-Z0-9]*-)?C[0-9]+", re.IGNORECASE)
_LAST_DIGITS = re.compile(r"#?([0-9]{3,6})")
_LAST_NUMBER = "SELECT max(value) FROM given WHERE station = ? AND kind = ?"
_GIVEN = "SELECT number FROM given WHERE station = ? AND kind = ? AND value = ?"
_MOST_WORDS = 8
_KNOWN_BY = ("business_name", "name", "plate")
"""Facts that tell a licence from the others."""
_MOST_FORGIVEN = 3
"""Words in which an error is looked for."""
_MOST_MEANT = 20
"""What each of them may have meant."""
_MOST_ENDINGS = 3
"""Receipts, and licences, shown for their last digits."""


def find(connection: Connection, text: str, limit: int = 20) -> tuple[Hit, ...]:
    """At most `limit` hits: who or what has exactly that number first, then whatever has words that begin so (or that
    were meant, when nothing does), then the newest receipts and licences whose numbers end so."""
    text = text.strip()
    hits = _exact(connection, text)
    if not any(hit.kind in ("receipt", "licence") for hit in hits):
        endings = _ending(connection, text)
        matched = _matched(connection, text, limit - len(endings)) if search_index.is_there(connection) else []
        named = [hit for kind, key in matched if (hit := _hit_of(connection, kind, key)) and hit not in hits]
        hits = (hits + named)[: limit - len(endings)]
        hits += [hit for hit in endings if hit not in hits]
    return tuple(hits[:limit])


def _matched(connection: Connection, text: str, limit: int) -> list[tuple[HitKind, str]]:
    """Kind and key of what has the words; failing that, of what has them as one, and at last of what was meant."""
    for query in _queries(connection, text):
        found: list[tuple[HitKind, str]] = rows(connection, _MATCH, query, limit)
        if found:
            return found
    return []


def _queries(connection: Connection, text: str) -> Iterator[str]:
    chunks = [chunk for chunk in text.split() if split(chunk)][:_MOST_WORDS]
    words = [word for chunk in chunks for word in split(chunk)][:_MOST_WORDS]
    if not words:
        return
    yield " AND ".join(_as_typed(chunk) for chunk in chunks)
    whole = squeezed(text)
    if whole not in words:
        yield _begins(whole)
    yield from _forgiven(connection, words)


def _as_typed(chunk: str) -> str:
    """All words of it, or it without its apostrophes as one word."""
    words = split(chunk)[:_MOST_WORDS]
    all_of_them = " AND ".join(_begins(word) for word in words)
    joined = split(without_apostrophes(chunk))
    other = "" if joined == words else " OR (" + " AND ".join(_begins(word) for word in joined[:_MOST_WORDS]) + ")"
    return f"(({all_of_them}){other})"


def _begins(word: str) -> str:
    return f'"{word}"*'


def _forgiven(connection: Connection, words: list[str]) -> Iterator[str]:
    """The words with one error forgiven in each that nothing begins with, or else in any of them."""
    letters = {word: folded(word) for word in words if len(word) >= LEAST_LETTERS and word.isalpha()}
    known = _known(connection, list(letters.values()))
    doubtful = [word for word, bare in letters.items() if bare not in known] or list(letters)
    meant = {word: _meant(connection, letters[word]) for word in doubtful[:_MOST_FORGIVEN]}
    if any(meant.values()):
        yield " AND ".join(f"({' OR '.join(map(_begins, (word, *meant.get(word, ()))))})" for word in words)


def _meant(connection: Connection, word: str) -> list[str]:
    """Known beginnings that differ from a word by one error."""
    return _known(connection, one_error_away(word))[:_MOST_MEANT]


def _known(connection: Connection, beginnings: list[str]) -> list[str]:
    return [row[0] for row in rows(connection, _KNOWN, msgspec.json.encode(beginnings).decode())]


def _exact(connection: Connection, text: str) -> list[Hit]:
    """What has exactly this number."""
    found = [_account(connection, text), _customer(connection, text.upper()) if _CUSTOMER.fullmatch(text) else None]
    number = _NUMBER.fullmatch(text)
    if number and (number["station"] or number["letter"]):
        value = f"-{number['letter']}{int(number['value']):06d}".upper()
        named = [number["station"].upper()] if number["station"] else search_index.stations(connection)
        look = _licence if number["letter"] else _receipt
        found += [look(connection, station + value) for station in named]
    return [hit for hit in found if hit is not None]


def _ending(connection: Connection, text: str) -> list[Hit]:
    """The newest receipts and licences of each station whose numbers end in these digits, at most a few."""
    digits = _LAST_DIGITS.fullmatch(text)
    if not digits:
        return []
    found: list[Hit | None] = []
    for station in search_index.stations(connection):
        found += [_receipt(connection, n) for n in numbers_ending(connection, station, "receipt", digits[1])]
        found += [_licence(connection, n) for n in numbers_ending(connection, station, "licence", digits[1])]
    return [hit for hit in found if hit is not None][: 2 * _MOST_ENDINGS]


def numbers_ending(connection: Connection, station: str, kind: HitKind, digits: str) -> list[str]:
    """Newest first; from one to the next is a step of a power of ten, so that no number between is looked at."""
    last, step = rows(connection, _LAST_NUMBER, station, kind)[0][0] or 0, 10 ** len(digits)
    newest = last - (last - int(digits)) % step
    values = range(newest, 0, -step)[:_MOST_ENDINGS]
    return [row[0] for value in values for row in rows(connection, _GIVEN, station, kind, value)]


def _hit_of(connection: Connection, kind: HitKind, key: str) -> Hit | None:
    look = {"account": _account, "customer": _customer, "licence": _licence, "receipt": _receipt}
    return look[kind](connection, key)


def _account(connection: Connection, account: str) -> Hit | None:
    found = rows(
        connection,
        "SELECT name, service_address, status FROM ref_account WHERE account = ?"
        f" AND load <= (SELECT max(load) FROM {OWN_LOADS}) ORDER BY load DESC LIMIT 1",
        account,
    )
    if not found:
        return None
    name, address, status = found[0]
    return _hit("account", account, name, address, say("closed") if status == "closed" else "")


def _customer(connection: Connection, number: str) -> Hit | None:
    found = customer(connection, number)
    return None if found is None else _hit("customer", number, found.name, found.address, found.phone)


def _receipt(connection: Connection, number: str) -> Hit | None:
    found = rows(connection, "SELECT business_date, total_cents, state FROM receipts WHERE number = ?", number)
    if not found:
        return None
    business_date, total_cents, state = found[0]
    return _hit(
        "receipt",
        number,
        say("Receipt {number}", number=number),
        _day(business_date),
        usd(total_cents),
        state_in_words(state),
    )


def _licence(connection: Connection, number: str) -> Hit | None:
    found = rows(
        connection,
        "SELECT type, holder, expires, details FROM licence WHERE licence = ? ORDER BY seq DESC, n DESC LIMIT 1",
        number,
    )
    if not found:
        return None
    kind, holder, expires, details = found[0]
    facts = msgspec.json.decode(details) if details else {}
    known_by = [str(facts[key]) for key in _KNOWN_BY if facts.get(key)]
    until = say("expires {day}", day=_day(expires)) if expires else ""
    hit = _hit("licence", number, f"{kind} {number}", *known_by, holder or "", until)
    return msgspec.structs.replace(hit, type=kind)


def _hit(kind: HitKind, key: str, title: str, *details: str) -> Hit:
    return Hit(kind, key, title, together(details, " · "))


def _day(text: str) -> str:
    day = parse_day(text)
    return us_date(day) if day else text
