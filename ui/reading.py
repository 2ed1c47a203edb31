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

W = TypeVar("W", bound=QWidget)
_KEY, _WHY_OFF = "key", "why_off"
_MOST_ROWS = 200


@dataclass(frozen=True, slots=True)
class Control:
    """One control as a screen reader meets it; `key` is empty where Tab is the only way."""

    name: str
    role: str
    key: str
    description: str


def named(widget: W, name: str, key: str = "", tells: str = "") -> W:
    """Give a control its spoken name, and a description that ends with its key; returns the control."""
    widget.setAccessibleName(name)
    widget.setAccessibleDescription(" ".join(part for part in (tells, f"Key: {key}." if key else "") if part))
    widget.setProperty(_KEY, key)
    return widget


def switch(widget: QWidget, why_off: str) -> None:
    """Turn a control off and say why, or on again with an empty reason."""
    widget.setEnabled(not why_off)
    widget.setProperty(_WHY_OFF, why_off)
    widget.setToolTip(why_off)


def announce(widget: QWidget, words: str, urgent: bool = False) -> None:
    """Have a screen reader say `words` now (urgent) or when it is free."""
    event = QAccessibleAnnouncementEvent(widget, words)
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
    spoken = QAccessible.queryAccessibleInterface(widget)
    return Control(
        widget.accessibleName(), spoken.role().name, str(widget.property(_KEY) or ""), widget.accessibleDescription()
    )


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
    off = "" if widget.isEnabled() else f" (off: {widget.property(_WHY_OFF) or 'no reason given'})"
    key = f" [{widget.property(_KEY)}]" if widget.property(_KEY) else ""
    spoken = getattr(widget, "spoken", None)
    if callable(spoken):
        return [str(spoken())]
    if isinstance(widget, QAbstractButton):
        mark = " (chosen)" if widget.isCheckable() and widget.isChecked() else ""
        return [f"button {widget.accessibleName() or widget.text()}{key}{mark}{off}"]
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
