"""The cashier's language at the edge of the window: what our widgets do to a text just before Qt shows it.

The language worn now is Qt's own business: a translator installed in the application, as its manual has it.
"""

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QObject, QTranslator

from counter_app.domain.language import ENGLISH, Language
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


class Voice(QObject):
    """The language of the application; `wear` changes it, and whoever shows words has them said again."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.code = ENGLISH.code
        self._translators: list[QTranslator] = []

    def wear(self, language: Language) -> None:
        """From now on the application speaks it: our sentences, and Qt's own words where Qt knows the language."""
        for gone in self._translators:
            QCoreApplication.removeTranslator(gone)
        self._translators = [] if language.code == ENGLISH.code else [*_qts_own(language), Translator(language)]
        for new in self._translators:
            QCoreApplication.installTranslator(new)
        self.code = language.code


def _qts_own(language: Language) -> list[QTranslator]:
    """The words of Qt's menus; a frozen program may come without them."""
    own = QTranslator()
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    return [own] if own.load(f"qtbase_{language.code}", folder) else []


def spoken(text: str) -> str:
    """The text in the language of the application; plain text (names, numbers) as it is."""
    if not isinstance(text, Said):
        return text
    template = QCoreApplication.translate(CONTEXT, text.template)
    if not text.values:
        return template
    return template.format_map({name: spoken(v) if isinstance(v, Said) else v for name, v in text.values.items()})
