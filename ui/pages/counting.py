"""A blind count step by step, the same for the cashier's close and the lead's: cash, checks, card slips, the lock."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from counter_app.domain.said import say, together
from counter_app.screens.views import CountingView
from ui.look import Look
from ui.reading import announce, named
from ui.theme import Size, Space
from ui.widgets.act_button import ActButton
from ui.widgets.card import Card, Labelled
from ui.widgets.count_grid import CountGrid
from ui.widgets.figure import Figure
from ui.widgets.message_line import MessageLine
from ui.widgets.rows import RowList
from ui.widgets.scrolled import scrolled
from ui.widgets.words import Words

_NOT_YET = "\N{EM DASH}"
_SUMS = (say("Cash"), say("Checks"), say("Card slips"))
_STEPS = ("cash", "checks", "cards", "ready")


class CountingPart(QWidget):
    """`so_far(count)` at every key of the grid; then `cash(count)`, `check(text)`, `check_removed(n)`, `cards(text)`,
    `locked()`, `back()`: one for each step."""

    so_far = Signal(object)
    cash = Signal(object)
    check = Signal(str)
    check_removed = Signal(int)
    cards = Signal(str)
    locked = Signal()
    back = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        named(self, say("Count"))
        self._step = ""
        self.grid, self._check, self._cards = CountGrid(look), _CheckEdit(), QLineEdit()
        self._rows = RowList(look, say("Checks counted"), say("Delete takes the marked one out."), calm=True)
        self._lock = ActButton(look, say("Lock the count"), "Enter", icon="lock", primary=True)
        self._title, self._hint, self._message = Words(size=Size.TITLE), Words(tone="quiet"), MessageLine(look)
        self._sums = {name: Figure(look, name, Size.LEAD) for name in _SUMS}
        self._lay_out(look)
        self.grid.finished.connect(self._counted)
        self.grid.changed.connect(self._counting)
        self._check.returnPressed.connect(self._one_check)
        self._cards.returnPressed.connect(lambda: self.cards.emit(self._cards.text()))
        self._lock.clicked.connect(self.locked)

    def _lay_out(self, look: Look) -> None:
        cards = Labelled(
            look, say("Sum of the card slips"), self._cards, say("An amount, then Enter; Enter alone for none.")
        )
        self._parts = (self.grid, self._check_step(look), cards, self._lock)
        left, right = Card(), Card(say("So far"))
        for part in (self._title, self._hint, self._message, *self._parts):
            left.column.addWidget(part)
        left.column.addStretch(1)
        for name, figure in self._sums.items():
            right.column.addWidget(Words(name, Size.SMALL, "quiet"))
            right.column.addWidget(figure)
        right.column.addStretch(1)
        halves = QHBoxLayout(self)
        halves.setContentsMargins(0, 0, 0, 0)
        halves.setSpacing(Space.ROOM)
        halves.addWidget(scrolled(left), 3)
        halves.addWidget(right, 1)

    def _check_step(self, look: Look) -> QWidget:
        step = QWidget()
        column = QVBoxLayout(step)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.SNUG)
        column.addWidget(
            Labelled(
                look, say("Check or money order"), self._check, say("Its amount, then Enter; Enter alone goes on.")
            )
        )
        column.addWidget(self._rows, 1)
        return step

    def show_count(self, view: CountingView) -> None:
        """Show the step and the sums; a new step takes the focus."""
        self._title.setText(view.title)
        self._hint.setText(view.hint)
        self._message.say(view.message.words, view.message.tone)
        checks_known = bool(view.checks) or view.step in ("cards", "ready")
        shown = (
            _NOT_YET if view.step == "cash" else view.cash,
            view.checks_total if checks_known else _NOT_YET,
            view.cards or _NOT_YET,
        )
        for name, amount in zip(_SUMS, shown, strict=True):
            self._sums[name].show_amount(amount, say=amount != _NOT_YET)
        self._rows.show_rows(view.checks, len(view.checks) - 1)
        if not view.message.words:
            self._check.clear()
        if view.step != self._step:
            self._step = view.step
            announce(self, together((view.title, view.hint), ". "))
            for step, part in zip(_STEPS, self._parts, strict=True):
                part.setVisible(step == view.step)
            if view.step == "cash":
                self.grid.set_count(view.count)
            self._focus_step()

    def _focus_step(self) -> None:
        field: QWidget = (self.grid, self._check, self._cards, self._lock)[_STEPS.index(self._step or "cash")]
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _counting(self) -> None:
        count = self.grid.count()
        if count is not None:
            self.so_far.emit(count)

    def _counted(self) -> None:
        count = self.grid.count()
        if count is None:
            self.grid.complain()
        else:
            self.cash.emit(count)

    def _one_check(self) -> None:
        self.check.emit(self._check.text())

    def setFocus(self, _reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """The step's own field takes what is typed."""
        self._focus_step()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes a step back; Delete takes the marked check out."""
        if event.key() == Qt.Key.Key_Escape:
            self.back.emit()
        elif event.key() == Qt.Key.Key_Delete and self._step == "checks" and self._rows.marked is not None:
            self.check_removed.emit(self._rows.marked)
        else:
            super().keyPressEvent(event)


class _CheckEdit(QLineEdit):
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete on the empty field is the page's: it takes the marked check out."""
        if event.key() == Qt.Key.Key_Delete and not self.text():
            event.ignore()
        else:
            super().keyPressEvent(event)
