"""What a search found, or whatever else is to be chosen one of."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from counter_app.domain.said import say
from counter_app.screens.views import ResultsView
from ui.look import Look
from ui.theme import Size, Space
from ui.widgets.rows import RowList
from ui.widgets.scrolled import expand
from ui.widgets.words import Words


class ResultsPanel(QWidget):
    """Title, rows and a hint, or a sentence when there is nothing."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._title, self._hint = Words(size=Size.LEAD, strong=True), Words(size=Size.SMALL, tone="quiet")
        self._empty = Words(tone="quiet")
        self.list = RowList(look, say("Results"), say("Enter takes the marked one."))
        expand(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.SNUG)
        column.addWidget(self._title)
        column.addWidget(self._empty)
        column.addWidget(self.list, 1)
        column.addStretch(0)
        column.addWidget(self._hint)

    def show_view(self, view: ResultsView) -> None:
        """Show what was found, with its marked row."""
        self._title.setText(view.title)
        self._empty.setText("" if view.rows else view.empty)
        self._empty.setVisible(not view.rows)
        self.list.setVisible(bool(view.rows))
        self.list.show_rows(view.rows, view.marked)
        self._hint.setText(view.hint if view.rows else "")
