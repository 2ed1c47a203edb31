"""Makes any text safe and printable: what somebody typed must neither steer a printer nor come out as `?`.

A receipt printer obeys control bytes wherever they stand: a payer called "J. SMITH\\x1bp\\x00…" would open the drawer.
"""

import unicodedata
from collections.abc import Callable

ROLL_CODEC = "cp858"
"""West European letters and the euro; code page 19 on Epson printers and nearly all that copy them."""
NO_GLYPH = "■"
"""Stands for a letter that no table knows: plainly something missing, never mistaken for a question mark."""

Has = Callable[[str], bool]
"""Is there a glyph for this letter?"""

_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_IN_OTHER_LETTERS = {
    "‘": "'", "’": "'", "‚": ",", "‛": "'", "“": '"', "”": '"', "„": '"', "′": "'", "″": '"',
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-", "…": "...", "•": "*", "·": ".", "×": "x",
    "€": "EUR", "™": "(TM)", "©": "(C)", "®": "(R)", "№": "No.", "⁄": "/", "½": "1/2", "¼": "1/4", "¾": "3/4",
    "Æ": "AE", "æ": "ae", "Œ": "OE", "œ": "oe", "ß": "ss", "ẞ": "SS", "Ø": "O", "ø": "o", "Đ": "D", "đ": "d", "Ð": "D",
    "ð": "d", "Þ": "Th", "þ": "th", "Ł": "L", "ł": "l", "Ħ": "H", "ħ": "h", "ı": "i", "Ŋ": "N", "ŋ": "n", "ĸ": "k",
    "Ŧ": "T", "ŧ": "t", "ŉ": "'n", "Ə": "E", "ə": "e", "ʻ": "'", "ʼ": "'", "¡": "!", "¿": "/", "¢": "c", "£": "GBP",
    "ª": "a", "º": "o", "°": "o", "¥": "JPY", "§": "S.", "¶": "P.", "«": '"', "»": '"', "‹": "'", "›": "'",
}  # fmt: skip
_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "i", "й": "y", "к": "k",
    "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh",
    "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya",
    "ё": "yo", "і": "i", "ї": "yi", "є": "ye", "ґ": "g",
}  # fmt: skip
_GREEK = {
    "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i", "κ": "k", "λ": "l",
    "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s", "ς": "s", "τ": "t", "υ": "y", "φ": "f",
    "χ": "ch", "ψ": "ps", "ω": "o",
}  # fmt: skip


def visible(text: str) -> str:
    """One line without control, format or unassigned characters; accents composed; runs of blanks made one."""
    spaced = "".join(" " if c.isspace() else c for c in text)
    composed = unicodedata.normalize("NFC", spaced)
    return " ".join("".join(c for c in composed if unicodedata.category(c) not in _INVISIBLE).split())


def fit(text: str, codec: str = ROLL_CODEC) -> str:
    """The same text in letters that `codec` has; encoding the result never fails and holds no control byte."""
    letters = bytes(range(0x20, 0x100)).decode(codec, "ignore")
    return fit_to(text, letters.__contains__)


def fit_to(text: str, has: Has) -> str:
    """The same text in letters that `has` says are there: written otherwise, bare of accents, or NO_GLYPH."""
    return " ".join("".join(c if has(c) else _written_otherwise(c, has) for c in visible(text)).split())


def _written_otherwise(letter: str, has: Has) -> str:
    if known := _known(letter, has):
        return known
    bare = [c for c in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(c)]
    told = [c if has(c) else _known(c, has) for c in bare]
    if any(told):
        return "".join(told)
    return NO_GLYPH if has(NO_GLYPH) else "*"


def _known(letter: str, has: Has) -> str:
    """The letter by the tables, or nothing."""
    lower = letter.lower()
    written = _IN_OTHER_LETTERS.get(letter, "")
    if not written and (roman := _CYRILLIC.get(lower, _GREEK.get(lower))):
        written = roman if letter == lower else roman.capitalize()
    return written if all(has(c) for c in written) else ""
