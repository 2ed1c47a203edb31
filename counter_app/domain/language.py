"""The languages of the window and of the customer's paper, read from Qt Linguist files (`resources/languages/*.ts`).

English is what the program is written in and has no file.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Literal
from xml.etree import ElementTree as ET

from counter_app.domain.said import Said, say

Code = Literal["en", "es"]


@dataclass(frozen=True)
class Language:
    """`sentences` are translated templates by their English; what is missing stays English."""

    code: str
    sentences: Mapping[str, str] = field(default_factory=dict)

    def of(self, text: str) -> str:
        """The text in this language; names, numbers and other plain text stay as they are."""
        if not isinstance(text, Said):
            return text
        template = self.template(text.template)
        if not text.values:
            return template
        return template.format_map({name: self._value(value) for name, value in text.values.items()})

    def template(self, english: str) -> str:
        """A template in this language."""
        return self.sentences.get(english, english)

    def _value(self, value: Any) -> Any:
        return self.of(value) if isinstance(value, Said) else value


ENGLISH = Language("en")


@cache
def language(code: str) -> Language:
    """A language by its code, English for one that is not spoken here."""
    path = files("resources") / "languages" / f"{code}.ts"
    if code == ENGLISH.code or not path.is_file():
        return ENGLISH
    return Language(code, finished(path.read_text(encoding="utf-8")))


def both(english: str, spanish: str | None) -> str:
    """A city's own word in both languages; English alone where it has no Spanish.

    The Spanish of `{english}` is `{spanish}`: which of the two is shown is a translation like any other.
    """
    return say("{english}", english=english, spanish=spanish) if spanish else english


def finished(linguist: str) -> dict[str, str]:
    """The finished translations of a Qt Linguist file, by their source."""
    return {
        message.findtext("source", ""): translation.text or ""
        for message in ET.fromstring(linguist).iter("message")  # noqa: S314 (a file of ours)
        if (translation := message.find("translation")) is not None and not translation.get("type")
    }
