"""The right half of the counter: results, then an item, the tender, the change; one at a time, in one place."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from ui.look import Look
from ui.reading import named
from ui.theme import Size, Space, Tone
from ui.widgets.approval_strip import Approval, ApprovalStrip
from ui.widgets.change_due import Change, ChangeDue
from ui.widgets.message_line import MessageLine
from ui.widgets.rows import Row, RowList
from ui.widgets.scrolled import scrolled
from ui.widgets.tender_panel import TenderPanel, TenderView
from ui.widgets.words import Words

_BESIDE_UP_TO = 125


@dataclass(frozen=True, slots=True)
class ResultsView:
    """What a search found. `title` says how many or of whom; `empty` is said when there are no rows."""

    title: str
    rows: tuple[Row, ...] = ()
    empty: str = "Nothing found. Try fewer letters."
    hint: str = "Enter takes the marked one; arrows walk."


@dataclass(frozen=True, slots=True)
class ItemView:
    """One found thing in full: facts as pairs, warnings in plain words, rows that can be taken (open bills, fees)."""

    title: str
    facts: tuple[tuple[str, str], ...] = ()
    warnings: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    hint: str = ""


class ContextPanel(QFrame):
    """`result_chosen(n)` and `item_chosen(n)` for rows; the tender panel and the change display are its parts."""

    result_chosen = Signal(int)
    item_chosen = Signal(int)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setProperty("card", "true")
        named(self, "Context")
        self._quiet = Words(tone="quiet")
        self.results, self.item = _Results(look), _Item(look)
        self.tender, self.change = TenderPanel(look), ChangeDue(look)
        self.approval = ApprovalStrip(look)
        self.results.list.chosen.connect(self.result_chosen)
        self.item.list.chosen.connect(self.item_chosen)
        self._stack = QStackedLayout()
        self._places: dict[QWidget, QScrollArea] = {}
        self._nothing = self._quiet
        self._front: QWidget = self._nothing
        for part in (self._nothing, self.results, self.item, self.tender, self.change, self.approval):
            self.hold(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.ROOM, Space.ROOM, Space.ROOM, Space.ROOM)
        column.addLayout(self._stack)

    def show_quiet(self, words: str = "") -> None:
        """Nothing is asked for: a quiet sentence at most."""
        self._quiet.setText(words)
        self.show_own(self._nothing)

    def show_results(self, view: ResultsView) -> None:
        """What a search found, the first row marked."""
        self.results.show_view(view)
        self.show_own(self.results)

    def show_item(self, view: ItemView) -> None:
        """One thing in full."""
        self.item.show_view(view)
        self.show_own(self.item)

    def show_tender(self, view: TenderView) -> None:
        """The payment in the making."""
        self.tender.show_tender(view)
        self.show_own(self.tender)

    def show_change(self, change: Change) -> None:
        """What came of it; stays until something else is shown."""
        self.change.show_change(change)
        self.show_own(self.change)

    def show_approval(self, approval: Approval) -> None:
        """An override, asked for in place; `approval.approved` and `approval.left` tell how it ended."""
        self.show_own(self.approval)
        self.approval.ask(approval)

    def hold(self, widget: QWidget) -> None:
        """Keep a widget of the page's own (a form for a fee's details); before the page is shown, for the tab order."""
        self._places[widget] = scrolled(_top(widget))
        self._stack.addWidget(self._places[widget])

    def show_own(self, widget: QWidget) -> None:
        """Show a widget that is held."""
        self._front = widget
        self._stack.setCurrentWidget(self._places[widget])

    @property
    def list_in_front(self) -> RowList | None:
        """The list that arrows of the box steer now."""
        return self._front.list if isinstance(self._front, (_Results, _Item)) else None


class _Results(QWidget):
    def __init__(self, look: Look) -> None:
        super().__init__()
        self._title, self._hint = Words(size=Size.LEAD, strong=True), Words(size=Size.SMALL, tone="quiet")
        self._empty = Words(tone="quiet")
        self.list = RowList(look, "Results", "Enter takes the marked one.")
        column = _column(self)
        for part in (self._title, self._empty):
            column.addWidget(part)
        column.addWidget(self.list, 1)
        column.addStretch(0)
        column.addWidget(self._hint)

    def show_view(self, view: ResultsView) -> None:
        self._title.setText(view.title)
        self._empty.setText("" if view.rows else view.empty)
        self._empty.setVisible(not view.rows)
        self.list.setVisible(bool(view.rows))
        self.list.show_rows(view.rows)
        self._hint.setText(view.hint if view.rows else "")


class _Item(QWidget):
    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._title, self._hint = Words(size=Size.LEAD, strong=True), Words(size=Size.SMALL, tone="quiet")
        self._facts = FactGrid(look)
        self._warnings = QVBoxLayout()
        self._warnings.setSpacing(Space.HAIR)
        self.list = RowList(look, "What can be taken", "Enter adds the marked one to the ticket.")
        column = _column(self)
        column.addWidget(self._title)
        column.addLayout(self._warnings)
        column.addWidget(self._facts)
        column.addWidget(self.list, 1)
        column.addStretch(0)
        column.addWidget(self._hint)

    def show_view(self, view: ItemView) -> None:
        self._title.setText(view.title)
        self._facts.show_facts(view.facts)
        while (old := self._warnings.takeAt(0)) is not None:
            gone = old.widget()
            if gone is not None:
                gone.setParent(None)
                gone.deleteLater()
        for words in view.warnings:
            line = MessageLine(self._look)
            self._warnings.addWidget(line)
            line.say(words, Tone.WARN)
        self.list.show_rows(view.rows)
        self.list.setVisible(bool(view.rows))
        self._hint.setText(view.hint)


class FactGrid(QWidget):
    """Pairs of a quiet name and a value: beside each other, or beneath at a large zoom."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._facts: tuple[tuple[str, str], ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(Space.ROOM)
        self._grid.setVerticalSpacing(Space.HAIR)
        self._grid.setColumnStretch(1, 1)
        look.changed.connect(self._again)

    def _again(self) -> None:
        self.show_facts(self._facts)

    def show_facts(self, facts: tuple[tuple[str, str], ...]) -> None:
        """Show other pairs."""
        while (old := self._grid.takeAt(0)) is not None:
            gone = old.widget()
            if gone is not None:
                gone.setParent(None)
                gone.deleteLater()
        self._facts = facts
        beside = self._look.theme.zoom <= _BESIDE_UP_TO
        for row, (name, value) in enumerate(facts):
            label = Words(name, Size.BODY if beside else Size.SMALL, "quiet", wrap=False)
            self._grid.addWidget(label, row if beside else 2 * row, 0, 1, 1 if beside else 2)
            self._grid.addWidget(Words(value), row if beside else 2 * row + 1, int(beside), 1, 1 if beside else 2)
            self._grid.setAlignment(label, Qt.AlignmentFlag.AlignTop)
        self.setVisible(bool(facts))


def _column(widget: QWidget) -> QVBoxLayout:
    """A column that takes all the height there is."""
    widget.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(Space.SNUG)
    return column


def _top(widget: QWidget) -> QWidget:
    """The widget at the top of its place, unless it wants all of it."""
    holder = QWidget()
    column = _column(holder)
    wants_all = widget.sizePolicy().verticalPolicy() is QSizePolicy.Policy.Expanding
    column.addWidget(widget, 1 if wants_all else 0)
    column.addStretch(0)
    return holder
