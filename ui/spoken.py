"""The cashier's language at the edge of the window: what our widgets do to a text just before Qt shows it.

The language worn now is Qt's own business: a translator installed in the application, as its manual has it.
"""

from PySide6.QtCore import QCoreApplication, QTranslator

from counter_app.domain.language import Language
from counter_app.domain.said import Said

CONTEXT = "Counter"


class Translator(QTranslator):
    """Answers Qt's questions from a Language of ours."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language

    def isEmpty(self) -> bool:
        """Qt asks an empty translator nothing."""
        return False

    def translate(self, context: str, source: str, *_distinction: object) -> str | None:
        """Ours in its context; None leaves Qt's own words to another translator."""
        return self._language.template(source) if context == CONTEXT else None


def spoken(text: str) -> str:
    """The text in the language of the application; plain text (names, numbers) as it is."""
    if not isinstance(text, Said):
        return text
    template = QCoreApplication.translate(CONTEXT, text.template)
    if not text.values:
        return template
    return template.format_map({name: spoken(v) if isinstance(v, Said) else v for name, v in text.values.items()})
