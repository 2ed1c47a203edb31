"""A sentence for a person: it reads as English, and remembers how it was made, so that another language can say it.

Rules and screens write English once, as `say("{name} owes {amount}.", name=…, amount=…)`. What comes back is a str,
fit for tests, scripts and the journal; the window and the customer's paper pass it through a Language
(counter_app.domain.language) on its way to the eye.
"""

import re
from collections.abc import Iterable
from string import Formatter
from typing import Any, Self


class Said(str):
    """English text that knows its template and values; a value may itself be Said."""

    __slots__ = ("template", "values")
    template: str
    values: dict[str, Any]

    def __new__(cls, template: str, values: dict[str, Any]) -> Self:
        """The English of it."""
        text = super().__new__(cls, template.format_map(values) if values else template)
        text.template, text.values = template, values
        return text

    def __str__(self) -> str:
        """Itself, so that an exception's words stay translatable."""
        return self

    @property
    def english(self) -> str:
        """A plain str, for the journal and for scripts."""
        return str.__str__(self)


def say(template: str, /, **values: Any) -> Said:
    """A sentence from a literal template; without values its braces are literal."""
    return Said(template, values)


def counted(number: int, one: str, many: str, /, **values: Any) -> Said:
    """`one` for 1, `many` for any other number; both may show it as {n}."""
    return Said(one if number == 1 else many, {"n": number, **values})


def hear(text: str, *templates: str) -> str:
    """The sentence that one of these templates made, from its English alone: what a journal kept can be said again.

    The first template that fits is taken; a text that fits none stays as it is.
    """
    for template in templates:
        pieces = Formatter().parse(template)
        pattern = "".join(re.escape(words) + (f"(?P<{name}>.+?)" if name else "") for words, name, _, _ in pieces)
        found = re.fullmatch(pattern, text)
        if found:
            return Said(template, found.groupdict())
    return text


def plain(value: Any) -> str:
    """What msgspec, which knows no Said, is to write for one: journals and answers are in English."""
    if isinstance(value, Said):
        return value.english
    raise NotImplementedError(f"no JSON for {type(value).__name__}")


def english(text: object) -> str:
    """A text, or what an exception says, as a plain str."""
    return str.__str__(str(text))


def together(parts: Iterable[str], by: str = " ") -> Said:
    """Several sentences or words one after another, empty ones left out."""
    values = {f"part{place}": part for place, part in enumerate(part for part in parts if part)}
    return Said(by.join(f"{{{name}}}" for name in values), values)
