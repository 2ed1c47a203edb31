"""A sentence keeps its template, and can be said in Spanish, also after a journal kept its English alone."""

import msgspec
import pytest

from counter_app.domain.account import CREDIT, OpenItem, Paid, hear_words, in_words
from counter_app.domain.entry import canonical
from counter_app.domain.fees import hear_formula
from counter_app.domain.language import both, language
from counter_app.domain.said import Said, counted, hear, say, together

SPANISH = language("es")


def test_a_word_of_the_city_in_both_languages() -> None:
    word = both("Late fee", "Recargo por mora")
    assert word == "Late fee"
    assert SPANISH.of(word) == "Recargo por mora"
    assert SPANISH.of(say("{name}: an amount must be more than nothing.", name=word)).startswith("Recargo por mora:")


def test_a_word_without_spanish_stays() -> None:
    assert SPANISH.of(both("Late fee", None)) == "Late fee"


def test_the_journal_keeps_plain_english() -> None:
    assert canonical({"text": both("Late fee", "Recargo por mora")}) == b'{"text":"Late fee"}'


def test_only_sentences_are_written_for_json() -> None:
    with pytest.raises(NotImplementedError, match="complex"):
        canonical({"text": 1j})


def test_an_exception_keeps_the_template() -> None:
    no = ValueError(say("{amount} is still to be paid.", amount="$5.00"))
    assert SPANISH.of(str(no)) == "Faltan $5.00 por pagar."


def test_what_a_payment_pays_is_heard_again() -> None:
    items = (OpenItem("1", "W-1", "water", "2026-10-01", 3000), OpenItem("2", "W-2", "water", "2026-11-01", 5000))
    said = in_words(items, (Paid("1", 3000), Paid("2", 1240), Paid(CREDIT, 100)))
    assert said == "W-1 in full, $12.40 of W-2, $1.00 as credit"
    heard = hear_words(said.english)
    assert heard == said
    assert SPANISH.of(heard) == SPANISH.of(said) == "W-1 completa, $12.40 de W-2, $1.00 a favor"


@pytest.mark.parametrize(
    ("formula", "spanish"),
    [
        ("12 × $0.25 = $3.00", "12 × $0.25 = $3.00"),
        ("$1,200 × 0.32 per $1,000 = $0.38; at least $25.00", "$1,200 × 0.32 por cada $1,000 = $0.38; mínimo $25.00"),
        (
            "$25,000.01: 2 × $1.00 per $25,000 or fraction = $2.00; at least $1.00; at most $9.00",
            "$25,000.01: 2 × $1.00 por cada $25,000 o fracción = $2.00; mínimo $1.00; máximo $9.00",
        ),
        ("$40.00", "$40.00"),
        ("as an old journal said it", "as an old journal said it"),
    ],
)
def test_how_an_amount_came_about_is_heard_again(formula: str, spanish: str) -> None:
    heard = hear_formula(formula)
    assert heard == formula
    assert SPANISH.of(heard) == spanish


def test_what_fits_no_template_stays_plain() -> None:
    assert not isinstance(hear("gibberish", "{bill} in full"), Said)


def test_several_parts_are_each_translated() -> None:
    parts = together((say("voided"), counted(2, "{n} day", "{n} days")), ", ")
    assert SPANISH.of(parts) == "anulado, 2 días"


def test_plain_values_go_as_they_are() -> None:
    assert msgspec.json.decode(canonical({"name": "Rosa"})) == {"name": "Rosa"}
