"""The Spanish of the program: complete, in step with every sentence it says, and fit to be filled in."""

from string import Formatter

import pytest

from counter_app.domain.language import finished
from tests.languages import FILE, sentences, written

SAID = sentences()
SPANISH = finished(FILE.read_text(encoding="utf-8"))
_ENDS = ".?!:"
_SAME_IN_SPANISH = frozenset(
    {"Total", "TOTAL", "PIN", "No", "Supervisor", "Auditor", "demo", "{n} h", "{n} min", "{n} s", "{seconds} s"}
)
"""What Spanish writes as English does."""


def test_the_file_holds_what_the_program_says_and_nothing_else() -> None:
    """`python -m tests.languages` puts it right."""
    assert FILE.read_text(encoding="utf-8") == written(SAID, SPANISH)


def test_every_sentence_has_its_spanish() -> None:
    assert [english for english in SAID if not SPANISH.get(english)] == []


@pytest.fixture(scope="module", name="pairs")
def _pairs() -> list[tuple[str, str]]:
    return [(english, spanish) for english, spanish in SPANISH.items() if english in SAID]


def test_a_translation_is_filled_in_with_the_same_values(pairs: list[tuple[str, str]]) -> None:
    """`{english}` is a city's own word: its translation is the city's own Spanish."""
    assert [english for english, spanish in pairs if _values(english) != _values(spanish)] in ([], ["{english}"])


def test_a_translation_ends_and_is_spaced_as_its_sentence(pairs: list[tuple[str, str]]) -> None:
    wrong = [
        (english, spanish)
        for english, spanish in pairs
        if "  " in spanish
        or (spanish != spanish.strip(" ") and english == english.strip(" "))
        or english.count("\n") != spanish.count("\n")
        or (english[-1:] in _ENDS and spanish[-1:] != english[-1:])
    ]
    assert wrong == []


def test_questions_and_exclamations_open_as_spanish_opens_them(pairs: list[tuple[str, str]]) -> None:
    assert [s for _, s in pairs if s.count("?") != s.count("¿") or s.count("!") != s.count("¡")] == []


def test_nothing_is_left_in_english(pairs: list[tuple[str, str]]) -> None:
    same = [english for english, spanish in pairs if english == spanish and any(map(str.isalpha, _literal(english)))]
    assert sorted(set(same) - _SAME_IN_SPANISH) == []


def _values(template: str) -> set[tuple[str, str | None]]:
    return {(name, spec) for _, name, spec, _ in Formatter().parse(template) if name is not None}


def _literal(template: str) -> str:
    return "".join(words for words, *_ in Formatter().parse(template))
