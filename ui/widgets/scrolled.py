"""What may be taller than its place at a large zoom scrolls there, instead of making the window grow."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget


def scrolled(widget: QWidget) -> QScrollArea:
    """The widget in a place that scrolls up and down when it must; its ground shows through."""
    area = QScrollArea()
    area.setWidget(widget)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.viewport().setAutoFillBackground(False)
    widget.setAutoFillBackground(False)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return area


def bring_into_view(widget: QWidget) -> None:
    """Scroll the places around a widget until it is seen, as Tab would."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(widget)
        parent = parent.parentWidget()


def expand(widget: QWidget) -> None:
    """Have a widget take all the height there is."""
    widget.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)


def filling(widget: QWidget) -> QWidget:
    """The widget at the top of its place, or in all of it when it expands."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(widget, 1 if widget.sizePolicy().verticalPolicy() is QSizePolicy.Policy.Expanding else 0)
    column.addStretch(0)
    return holder
