"""Keeps card numbers out: nothing that a person types or a machine sends is taken with one inside.

Card data has no place in journal, paper or log (PCI DSS 3.2: no full track, no security code; no number here at all).
What counters really type must pass: account and receipt numbers, telephones, routing numbers, long scan lines.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from counter_app.domain.refused import Refused
from counter_app.domain.said import say

REFUSAL = say(
    "That looks like a card number. Card data is never kept here: use the card terminal, and type only the last 4."
)

_SHORTEST = len("cvv 123")
"""Most of what an act carries is shorter than anything that is looked for, or has no digit in any script."""
_DIGIT = re.compile(r"\d")
_GAP = r"[\s._,/\-\u2010-\u2015\u2212\u00b7]{1,3}"
_RUN = re.compile(rf"[0-9]+(?:{_GAP}[0-9]+)*")
_WIDE_GAP = r"[\W_]{1,4}"
_WIDE_RUN = re.compile(rf"[0-9]+(?:{_WIDE_GAP}[0-9]+)+")
_MAY_BE_NUMBER = re.compile(r"(?:\d[\W_]{0,4}){12}\d")
_TRACK = re.compile(r"%?B[0-9 ]{12,23}\^|;?[0-9]{12,19}=[0-9]{4}")
_SECURITY_CODE = re.compile(r"\b(?:cvv2?|cvc2?|cav2?|card security code|card code)\b\W{0,3}[0-9]{3,4}\b", re.IGNORECASE)
_CARD_FIELD = re.compile(
    r"(?:card_?)?(?:cvv2?|cvc2?|cav2?|security_?code)|card_?(?:number|code)|pan|track_?(?:[12]|data|[12]_?data)",
    re.IGNORECASE,
)
_PRINTED_GROUPS = ((4, 4, 4, 4), (4, 6, 5), (4, 6, 4), (4, 4, 4, 1), (4, 4, 4, 4, 3), (6, 13))
"""How cards are embossed, by number of digits in each group."""


def refuse_card_numbers(value: object) -> None:
    """Raises Refused when a text, number, key or field anywhere inside `value` holds a card's number, track or code.

    `value` is what a JSON object or a msgspec Struct is made of. The words of the refusal never repeat what was typed.
    """
    for part in _texts(value):
        if _has_card_data(part):
            raise Refused(REFUSAL)


def _texts(value: object) -> Iterator[str]:
    """Every text and number inside; a field that is named like card data stands for its own refusal."""
    if isinstance(value, str):
        yield value
    elif value is None:
        return
    elif isinstance(value, int):
        yield str(value)
    elif isinstance(value, msgspec.Struct):
        yield from _texts(msgspec.structs.asdict(value))
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            if _CARD_FIELD.fullmatch(str(key)) and inner not in (None, "", False):
                raise Refused(REFUSAL)
            yield str(key)
            yield from _texts(inner)
    elif isinstance(value, Sequence | frozenset) and not isinstance(value, bytes):
        for inner in value:
            yield from _texts(inner)


def _has_card_data(text: str) -> bool:
    """Whether one text holds a track, a security code or a card number."""
    if len(text) < _SHORTEST or not _DIGIT.search(text):
        return False
    plain = text if text.isascii() else _plain_digits(text)
    if _TRACK.search(plain) or _SECURITY_CODE.search(plain):
        return True
    if not _MAY_BE_NUMBER.search(plain):
        return False
    if any(_has_number(_groups(run)) for run in _RUN.findall(plain)):
        return True
    return any(_is_written_like_a_card(_groups(run)) for run in _WIDE_RUN.findall(plain))


def may_hold_card_number(text: str) -> bool:
    """Whether 13 digits stand so close that the guard must look: for the million cells of an import, most without."""
    return len(text) > 12 and _MAY_BE_NUMBER.search(text if text.isascii() else _plain_digits(text)) is not None


def _groups(run: str) -> list[str]:
    return re.findall(r"[0-9]+", run)


def _plain_digits(text: str) -> str:
    """The text with every script's digits as 0–9 and without characters that show nothing."""
    visible = (c for c in text if unicodedata.category(c) != "Cf")
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in visible)


def _has_number(groups: Sequence[str]) -> bool:
    """Groups of digits with gaps between: one of them is a number, all together are, or some stand as on a card."""
    if any(_is_any_card(group) for group in groups):
        return True
    if _is_known_card("".join(groups)):
        return True
    return _has_printed_groups(groups)


def _is_written_like_a_card(groups: Sequence[str]) -> bool:
    """Groups with any signs between: as on a card, or all of one length but the last, or in two or three parts.

    Days with times and telephones side by side have gaps like these, and other groups.
    """
    if _has_printed_groups(groups):
        return True
    lengths = [len(group) for group in groups]
    is_even = len({*lengths[:-1]}) == 1 and lengths[-1] <= lengths[0]
    return (is_even or len(groups) <= 3) and _is_known_card("".join(groups))


def _has_printed_groups(groups: Sequence[str]) -> bool:
    """Whether some of the groups stand side by side as on a card."""
    for first in range(len(groups)):
        for printed in _PRINTED_GROUPS:
            part = groups[first : first + len(printed)]
            if tuple(map(len, part)) == printed and _is_known_card("".join(part)):
                return True
    return False


def _is_any_card(digits: str) -> bool:
    """13 to 19 digits without a gap that begin like a payment card (ISO/IEC 7812) and pass the Luhn check."""
    return 13 <= len(digits) <= 19 and (digits[0] in "3456" or _is_new_mastercard(digits)) and passes_luhn(digits)


def _is_known_card(digits: str) -> bool:
    """A length and beginning that a card brand uses, and the Luhn check: digits with gaps are often something else."""
    length = len(digits)
    if not 13 <= length <= 19 or not passes_luhn(digits):
        return False
    return (
        (digits[0] == "4" and length in (13, 16, 19))
        or (length == 16 and ("51" <= digits[:2] <= "55" or _is_new_mastercard(digits)))
        or (length == 15 and digits[:2] in ("34", "37"))
        or (length >= 16 and (digits[:2] in ("62", "65") or digits[:4] == "6011" or "644" <= digits[:3] <= "649"))
        or (length >= 16 and "3528" <= digits[:4] <= "3589")
        or (length >= 14 and (digits[:2] in ("36", "38", "39") or "300" <= digits[:3] <= "305"))
    )


def _is_new_mastercard(digits: str) -> bool:
    """The range that Mastercard added in 2016."""
    return "2221" <= digits[:4] <= "2720"


def passes_luhn(digits: str) -> bool:
    """The check digit of ISO/IEC 7812: every second digit from the right doubled, the sum ending in 0."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (2 if place % 2 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0
