"""What the window says: names and keys for screen readers, announcements, and a whole page as text for reviews."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)  # fmt: skip

from counter_app.domain.said import say, together
from ui.spoken import spoken

W = TypeVar("W", bound=QWidget)
_TOLD = "told"
_MOST_ROWS = 200
_READ = {".": say("period")}
"""Keys that a screen reader would not pronounce."""


@dataclass(frozen=True, slots=True)
class Control:
    """One control as a screen reader meets it; `key` is empty where Tab is the only way."""

    name: str
    role: str
    key: str
    description: str


@dataclass(slots=True)
class _Told:
    """What a control was told to say of itself, kept so that another language can say it too."""

    name: str = ""
    key: str = ""
    tells: str = ""
    why_off: str = ""
    hint: str = ""

    def put(self, widget: QWidget) -> None:
        """Give it to Qt in the language worn now."""
        key = say("Key: {key}.", key=_READ.get(self.key, self.key)) if self.key else ""
        widget.setAccessibleName(spoken(self.name))
        widget.setAccessibleDescription(spoken(together((self.tells, key))))
        if self.why_off:
            widget.setToolTip(spoken(self.why_off))
        if isinstance(widget, QLineEdit) and self.hint:
            self.put_hint(widget)

    def put_hint(self, field: QLineEdit) -> None:
        """A hint begins with a capital, whatever it is made of."""
        words = spoken(self.hint)
        field.setPlaceholderText(words[:1].upper() + words[1:])


def _told(widget: QWidget) -> _Told:
    """Lies with the control itself, and goes with it."""
    told = widget.property(_TOLD)
    if not isinstance(told, _Told):
        told = _Told()
        widget.setProperty(_TOLD, told)
    return told


def named(widget: W, name: str, key: str = "", tells: str = "") -> W:
    """Give a control its spoken name, and a description that ends with its key; returns the control."""
    told = _told(widget)
    if (name, key, tells) != (told.name, told.key, told.tells) or not widget.accessibleName():
        told.name, told.key, told.tells = name, key, tells
        told.put(widget)
    return widget


def hinted(field: QLineEdit, hint: str) -> None:
    """Say in the empty field what belongs there."""
    told = _told(field)
    if hint != told.hint:
        told.hint = hint
        told.put_hint(field)


def switch(widget: QWidget, why_off: str) -> None:
    """Turn a control off and say why, or on again with an empty reason."""
    widget.setEnabled(not why_off)
    _told(widget).why_off = why_off
    widget.setToolTip(spoken(why_off))


def say_again(root: QWidget) -> None:
    """Everything that `root` and what is in it was told to say, once more, in the language worn now."""
    for widget in (root, *root.findChildren(QWidget)):
        told = widget.property(_TOLD)
        if isinstance(told, _Told):
            told.put(widget)
        again = getattr(widget, "say_again", None)
        if callable(again):
            again()


def announce(widget: QWidget, words: str, urgent: bool = False) -> None:
    """Have a screen reader say `words` now (urgent) or when it is free."""
    event = QAccessibleAnnouncementEvent(widget, spoken(words))
    manners = QAccessible.AnnouncementPoliteness
    event.setPoliteness(manners.Assertive if urgent else manners.Polite)
    QAccessible.updateAccessibility(event)


def focusable(root: QWidget, hidden: bool = False) -> Iterator[QWidget]:
    """Every visible control that Tab reaches, in tab order, starting at the first one inside `root`.

    With `hidden`, those too that another state of the page shows.
    """
    widget = root.nextInFocusChain()
    while widget is not None and widget is not root:
        tab = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if tab == Qt.FocusPolicy.TabFocus and root.isAncestorOf(widget) and (hidden or widget.isVisibleTo(root)):
            yield widget
        widget = widget.nextInFocusChain()


def controls(root: QWidget, hidden: bool = False) -> list[Control]:
    """The controls of a page: name, role, key, description."""
    return [_control(widget) for widget in focusable(root, hidden)]


def _control(widget: QWidget) -> Control:
    heard = QAccessible.queryAccessibleInterface(widget)
    return Control(widget.accessibleName(), heard.role().name, _told(widget).key, widget.accessibleDescription())


def snapshot(root: QWidget) -> str:
    """Every visible label, field, row and button, top to bottom, left to right, indented; what is off says why."""
    return "\n".join(_lines(root, 0)) + "\n"


def _lines(widget: QWidget, depth: int) -> Iterator[str]:
    said = _said(widget)
    inner = depth
    for number, line in enumerate(said):
        yield "  " * (depth + (number > 0)) + line
    if said:
        inner += 1
    if isinstance(widget, (QAbstractItemView, QComboBox)):
        return
    for child in sorted(_children(widget), key=lambda w: _place(w, widget)):
        yield from _lines(child, inner)


def _children(widget: QWidget) -> list[QWidget]:
    found = widget.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return [child for child in found if child.isVisibleTo(widget) and not child.isWindow()]


def _place(widget: QWidget, parent: QWidget) -> tuple[int, int]:
    corner = widget.mapTo(parent, QPoint(0, 0))
    return corner.y() // 8, corner.x()


def _said(widget: QWidget) -> list[str]:
    """The lines of one widget alone; empty for what only holds others."""
    told = _told(widget)
    off = "" if widget.isEnabled() else f" (off: {spoken(told.why_off) or 'no reason given'})"
    key = f" [{told.key}]" if told.key else ""
    as_text = getattr(widget, "as_text", None)
    if callable(as_text):
        return [str(as_text())]
    if isinstance(widget, QAbstractButton):
        return [f"button {widget.accessibleName() or widget.text()}{key}{off}"]
    if isinstance(widget, QLineEdit):
        shown = "•" * len(widget.text()) if widget.echoMode() is QLineEdit.EchoMode.Password else widget.text()
        return [f"field {widget.accessibleName()}{key}: {shown or '…'}{off}"]
    if isinstance(widget, QPlainTextEdit):
        return [f"field {widget.accessibleName()}{key}: {widget.toPlainText() or '…'}{off}"]
    if isinstance(widget, QComboBox):
        return [f"choice {widget.accessibleName()}{key}: {widget.currentText()}{off}"]
    if isinstance(widget, QLabel):
        return [f"“{widget.text()}”"] if widget.text() else []
    if isinstance(widget, QAbstractItemView):
        return [f"list {widget.accessibleName()}{key}{off}", *_rows(widget)]
    return [f"{widget.accessibleName()}{off}"] if widget.accessibleName() else []


def _rows(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    if model is None:
        return
    columns = model.columnCount(QModelIndex()) if isinstance(model, QAbstractTableModel) else 1
    for row in range(min(model.rowCount(QModelIndex()), _MOST_ROWS)):
        cells = [model.index(row, column) for column in range(columns)]
        words = [str(cell.data(Qt.ItemDataRole.AccessibleTextRole) or cell.data() or "") for cell in cells]
        mark = "> " if view.currentIndex().row() == row and view.currentIndex().isValid() else "- "
        yield mark + " | ".join(words)
