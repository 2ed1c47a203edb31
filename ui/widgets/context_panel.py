"""The right half of the counter: results, an item, a form, the tender, the change; one at a time, in one place."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from counter_app.domain.said import say, together
from counter_app.screens.views import (
    Approval,
    Change,
    Context,
    CountView,
    FormView,
    ItemView,
    QuietView,
    ResultsView,
    TenderView,
)  # fmt: skip
from ui.look import Look
from ui.reading import announce, named
from ui.theme import Space
from ui.widgets.aloud import parts_aloud
from ui.widgets.approval_strip import ApprovalStrip
from ui.widgets.blank import Blank
from ui.widgets.change_due import ChangeDue
from ui.widgets.count_panel import CountPanel
from ui.widgets.form_panel import FormPanel
from ui.widgets.item_panel import ItemPanel
from ui.widgets.results_panel import ResultsPanel
from ui.widgets.rows import RowList
from ui.widgets.scrolled import filling, scrolled
from ui.widgets.tender_panel import TenderPanel


class ContextPanel(QFrame):
    """`row_chosen(n)` for a row of results, item or form; the other signals are those of its parts.

    A page gives it each view of its screen by `show_view`; a view that takes typing of its own (approval, count) gets
    the focus when it comes to the front.
    """

    row_chosen = Signal(int)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setProperty("card", "true")
        named(self, say("Context"))
        self._quiet = Blank(look, "scan")
        self.results, self.item, self.form = ResultsPanel(look), ItemPanel(look), FormPanel(look)
        self.tender, self.change = TenderPanel(look), ChangeDue(look)
        self.approval, self.count = ApprovalStrip(look), CountPanel(look)
        self._stack = QStackedLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.ROOM, Space.ROOM, Space.ROOM, Space.ROOM)
        column.addLayout(self._stack)  # before its parts: what it shows without a parent is a window of its own
        self._places: dict[QWidget, QScrollArea] = {}
        self._front: QWidget = self._quiet
        self._aloud: tuple[str, ...] = ()
        for part in (
            self._quiet, self.results, self.item, self.form, self.tender, self.change, self.approval, self.count,
        ):  # fmt: skip
            self._places[part] = scrolled(filling(part))
            self._stack.addWidget(self._places[part])
        for rows in (self.results.list, self.item.list, self.form.list):
            rows.chosen.connect(self.row_chosen)

    def show_view(self, view: Context) -> None:
        """Show what the screen says now, and announce what is new in it."""
        said, self._aloud = self._aloud, parts_aloud(view)
        new = [part for part in self._aloud if part and part not in said]
        if new:
            announce(self, together(new, ". "))
        match view:
            case QuietView():
                self._quiet.say(view.words)
                self._bring(self._quiet)
            case ResultsView():
                self.results.show_view(view)
                self._bring(self.results)
            case ItemView():
                self.item.show_view(view)
                self._bring(self.item)
            case FormView():
                self.form.show_view(view)
                self._bring(self.form)
            case TenderView():
                self.tender.show_tender(view)
                self._bring(self.tender)
            case Change():
                self.change.show_change(view)
                self._bring(self.change)
            case Approval():
                self._bring(self.approval)
                self.approval.ask(view)
            case CountView():
                fresh = self._front is not self.count
                self._bring(self.count)
                self.count.show_view(view, fresh)

    def _bring(self, part: QWidget) -> None:
        if part is not self._front:
            self._front = part
            if part is not self.approval:
                self.approval.hide()
            self._stack.setCurrentWidget(self._places[part])

    @property
    def takes_typing(self) -> bool:
        """Whether what is in front has fields of its own, so that the focus belongs there and not in the box."""
        return self._front in (self.approval, self.count)

    @property
    def list_in_front(self) -> RowList | None:
        """The list that is walked and taken from now."""
        front = self._front
        return front.list if isinstance(front, (ResultsPanel, ItemPanel, FormPanel)) else None
