"""Cash to be counted beside the ticket: a drop, a float brought; the grid, and the bag where there is one."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from counter_app.domain.said import say
from counter_app.screens.views import CountView
from ui.look import Look
from ui.theme import Size, Space
from ui.widgets.act_button import ActButton
from ui.widgets.card import Labelled
from ui.widgets.count_grid import CountGrid
from ui.widgets.scrolled import bring_into_view
from ui.widgets.words import Words


class CountPanel(QWidget):
    """`counted(count, bag)` on Enter at the end or its button, `left()` on Esc."""

    counted = Signal(object, str)
    left = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._title, self._hint = Words(size=Size.LEAD, strong=True), Words(size=Size.SMALL, tone="quiet")
        self.grid, self._bag = CountGrid(look, narrow=True), QLineEdit()
        self.bag = Labelled(look, say("Bag number"), self._bag, say("The serial on the bag, then Enter."))
        self._done = ActButton(look, say("Done"), "Enter", primary=True)
        self.setFocusProxy(self.grid)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.SNUG)
        for part in (self._title, self._hint, self.grid, self.bag, self._done):
            column.addWidget(part)
        self.grid.finished.connect(self._counted_all)
        self._bag.returnPressed.connect(self._emit)
        self._done.clicked.connect(self._emit)

    def show_view(self, view: CountView, fresh: bool) -> None:
        """Show what is to be counted; a fresh one starts empty, or with its count, at the first field."""
        self._title.setText(view.title)
        self._hint.setText(view.hint)
        self._hint.setVisible(bool(view.hint))
        self.bag.setVisible(view.asks_bag)
        if fresh:
            self.grid.set_count(view.count or {})
            self._bag.clear()
            self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _counted_all(self) -> None:
        if self.bag.isVisible():
            self._bag.setFocus(Qt.FocusReason.TabFocusReason)
            bring_into_view(self.bag)
        else:
            self._emit()

    def _emit(self) -> None:
        count = self.grid.count()
        if count is None:
            self.grid.complain()
        else:
            self.counted.emit(count, self._bag.text().strip())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves."""
        if event.key() == Qt.Key.Key_Escape and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
        else:
            super().keyPressEvent(event)
