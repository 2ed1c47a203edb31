"""Words as the search sees them: what a text is found by, what a person may have meant by what was typed."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from string import ascii_lowercase

_APOSTROPHES = re.compile("['\u2019\u02bc`\u00b4]")
_PLAIN = re.compile("[A-Za-z0-9]+")
_PHONE_ALONE = re.compile(r"[0-9 ()+./\u2010-\u2015-]+")
PHONE_DIGITS = 10
LEAST_LETTERS = 3
"""Shorter words are too near to too many others for an error in them to be forgiven."""


def split(text: str) -> list[str]:
    """Letters and digits as the index splits them."""
    if text.isascii():
        return _PLAIN.findall(text)
    known = (
        c if unicodedata.category(c)[0] in "LN" or unicodedata.category(c) == "Co" else " "
        for c in unicodedata.normalize("NFC", text)
    )
    return "".join(known).split()


def without_apostrophes(text: str) -> str:
    """O'Hara as Ohara."""
    return _APOSTROPHES.sub("", text)


def squeezed(text: str) -> str:
    """Letters and digits alone, without anything between them; a US phone also without its leading 1."""
    joined = "".join(split(text))
    if _PHONE_ALONE.fullmatch(text) and len(joined) == PHONE_DIGITS + 1 and joined[0] == "1":
        return joined[1:]
    return joined


def findable(text: str) -> Iterator[str]:
    """What a name or an address is found by: itself, and each word with an apostrophe also written as one."""
    if text:
        yield text
        yield from (without_apostrophes(word) for word in text.split() if _APOSTROPHES.search(word))


def findable_phone(phone: str) -> Iterator[str]:
    """What a phone is found by: its groups, all its digits, and those without the area code; others as written."""
    digits = squeezed(phone)
    if len(digits) == PHONE_DIGITS:
        yield from (f"{digits[:3]} {digits[3:6]} {digits[6:]}", digits, digits[3:])
    elif digits:
        yield from (phone, digits)


def folded(word: str) -> str:
    """Small letters without accents, as the index keeps a word."""
    if word.isascii():
        return word.lower()
    bare = (c for c in unicodedata.normalize("NFD", word.casefold()) if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", "".join(bare))


def vocabulary(texts: Iterable[str]) -> set[str]:
    """The folded words of letters in which an error can be forgiven."""
    words = {word for text in texts for given in findable(text) for word in split(given)}
    return {folded(word) for word in words if len(word) >= LEAST_LETTERS and word.isalpha()}


def one_error_away(word: str) -> list[str]:
    """A folded word as it may have been meant: a letter missed, typed twice, mistaken or in the wrong order.

    Some 50 for each letter, so that looking all of them up takes a bounded time however many words are known.
    """
    halves = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    swapped = [a + b[1] + b[0] + b[2:] for a, b in halves if len(b) > 1]
    left_out = [a + b[1:] for a, b in halves if b]
    mistaken = [a + c + b[1:] for a, b in halves if b for c in ascii_lowercase]
    missed = [a + c + b for a, b in halves if b for c in ascii_lowercase]
    meant = dict.fromkeys((*swapped, *missed, *mistaken, *left_out))
    return [other for other in meant if other != word and len(other) >= LEAST_LETTERS]
