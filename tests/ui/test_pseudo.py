"""Nothing that a person reads or hears was forgotten: when every letter is accented, only data stay plain.

Data are names, numbers and what a key is called; a plain English word anywhere else is a sentence nobody `say`s.
"""

from collections.abc import Iterator

from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QComboBox, QLabel, QLineEdit, QWidget

from counter_app.domain.language import ENGLISH
from tests.fakes.counter import Counter
from tests.fakes.pseudo import PSEUDO, unsaid
from tests.fakes.walk import walk_desks
from tests.fakes.window import Till, till
from ui.look import Look
from ui.widgets.paper_preview import PaperPreview

_KEYS = "ctrl shift esc enter tab space delete period pin"
_DATES = "am pm jan feb mar apr may jun jul aug sep oct nov dec"
_TYPED = "five too much rex nosuchname"
"""What the walk itself types in."""


def test_every_word_of_every_desk_was_said(counter: Counter, look: Look, qapp: QApplication) -> None:
    data = _data(counter)
    forgotten: dict[str, str] = {}
    with till(counter.station, look, qapp) as window:

        def read(state: str) -> None:
            """Each state comes up in English and is said again, so that a change of language misses nothing."""
            window.running.worn.speak(PSEUDO)
            for text in _read(window.running.window):
                if unsaid(text, data):
                    forgotten.setdefault(text, state)
            window.running.worn.speak(ENGLISH)

        walk_desks(window, counter, read)
    assert "\n".join(f"{state}: {text}" for text, state in forgotten.items()) == ""


def test_a_sentence_that_nobody_said_is_noticed(at_till: Till) -> None:
    at_till.running.worn.speak(PSEUDO)
    page = at_till.running.window.page_in_front()
    assert page is not None
    page.setToolTip("Nobody said this")
    assert "Nobody said this" in [text for text in _read(at_till.running.window) if unsaid(text, frozenset())]


def _data(counter: Counter) -> frozenset[str]:
    """Names and addresses of the city, its staff and its station, word by word."""
    rows = counter.rows("SELECT name, service_address, mailing_address, email FROM ref_account")
    rows += counter.rows("SELECT person, name FROM ref_person")
    station = counter.station
    with station.books.read() as connection:
        reference = station.reference(connection)
    city = reference.city
    rows += [(fee.code,) for fee in reference.fees.rows]
    rows += [
        (
            station.city_name,
            station.site,
            city.receipt_footer,
            city.receipt_footer_es,
            *(bank.code for bank in city.banks),
        )
    ]
    texts = [str(cell) for row in rows for cell in row]
    letters = "".join(sign if sign.isalpha() else " " for sign in " ".join([*texts, _KEYS, _DATES, _TYPED]))
    return frozenset(letters.casefold().split())


def _read(root: QWidget) -> Iterator[str]:
    """Every text of a window that is seen or read aloud now."""
    for widget in root.findChildren(QWidget):
        if widget.isVisible():
            yield from _texts(widget)


def _texts(widget: QWidget) -> Iterator[str]:
    yield from (widget.accessibleName(), widget.toolTip())
    if not _is_paper(widget):
        yield widget.accessibleDescription()
    if isinstance(widget, (QLabel, QAbstractButton)):
        yield widget.text()
    if isinstance(widget, QLineEdit):
        yield widget.placeholderText()
    if isinstance(widget, QComboBox):
        yield from (widget.itemText(place) for place in range(widget.count()))
    if isinstance(widget, QAbstractItemView) and widget.model() is not None:
        yield from _cells(widget.model())


def _is_paper(widget: QWidget) -> bool:
    """A receipt tells what stands on it, and that is in the customer's language."""
    parent: QWidget | None = widget
    while parent is not None and not isinstance(parent, PaperPreview):
        parent = parent.parentWidget()
    return parent is not None


def _cells(model: QAbstractItemModel) -> Iterator[str]:
    columns = range(model.columnCount(QModelIndex()) if hasattr(model, "columns") else 1)
    for column in columns:
        yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")
        for row in range(min(model.rowCount(QModelIndex()), 50)):
            yield str(model.index(row, column).data(Qt.ItemDataRole.AccessibleTextRole) or "")
