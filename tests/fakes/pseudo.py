"""Languages that nobody speaks: every letter of a sentence accented, so that what was never said shows; and longer."""

from collections.abc import Iterator, Mapping
from string import Formatter, ascii_letters

from counter_app.domain.language import Language

_ACCENTED = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "áƀćďéƒğĥíĵķĺɱñóƿɋřšŧúṽŵẋýžÁƁĆĎÉƑĞĤÍĴĶĹṀÑÓƤɊŘŠŦÚṼŴẊÝŽ",
)
_CITYS_OWN = "{english}"
"""What `both` says of a city's own word (counter_app.domain.language)."""
_LONGER = 0.4
"""How much longer than English a language may be (Microsoft and IBM plan with 30 to 40 percent for a sentence)."""


class _Sentences(Mapping[str, str]):
    def __init__(self, longer: float, citys_own: str) -> None:
        self._longer, self._citys_own = longer, citys_own
        self._made: dict[str, str] = {}

    def __getitem__(self, template: str) -> str:
        """Never missing: the template with all its letters changed and its values as they were."""
        if template not in self._made:
            self._made[template] = self._citys_own if template == _CITYS_OWN else self._make(template)
        return self._made[template]

    def _make(self, template: str) -> str:
        said = "".join(_accented(*piece) for piece in Formatter().parse(template))
        words = [word for word in said.split(" ") if not word.startswith("{") and not word.isdecimal()]
        extra = round(sum(map(len, words)) * self._longer)
        return said + (" " + " ".join(_filler(extra)) if extra and any(c.isalpha() for c in said) else "")

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def _accented(words: str, name: str | None, spec: str | None, _conversion: str | None) -> str:
    value = "" if name is None else f"{{{name}:{spec}}}" if spec else f"{{{name}}}"
    return words.translate(_ACCENTED).replace("{", "{{").replace("}", "}}") + value


def _filler(letters: int) -> Iterator[str]:
    """Words of at most seven letters."""
    while letters > 0:
        yield "ñ" * min(letters, 7)
        letters -= 8


def unsaid(text: str, data: frozenset[str]) -> list[str]:
    """The words of a text that are plain English letters and no data: somebody forgot to say them.

    What has a digit in it is data: numbers, marks, amounts.
    """
    wordy = " ".join(word for word in text.split() if not any(map(str.isdigit, word)))
    found = "".join(sign if sign in ascii_letters else " " for sign in wordy).split()
    return [word for word in found if len(word) > 1 and word.casefold() not in data]


PSEUDO = Language("qps", _Sentences(0.0, "ćíŧý'š óŵñ ŵóřďš"))
LONGER = Language("qps-longer", _Sentences(_LONGER, "{spanish}"))
