"""A table over tuples of frozen rows that shows the first page at once and asks for more as its end comes near."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from counter_app.domain.said import say
from counter_app.screens.paged_desk import TableColumn, TableRow
from counter_app.screens.views import Tone
from ui.look import Look
from ui.reading import named
from ui.spoken import spoken
from ui.theme import Size
from ui.widgets.rows import Index

_LEAST_LETTERS, _FEWEST_LETTERS = 14, 6
"""Room that a wide column keeps by leaving spare ones out, and room that it keeps at any cost."""
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


More = Callable[[TableRow | None], Sequence[TableRow]]
"""Answers the rows after a line (None: the first ones); an empty answer is the end."""


class Lines(QAbstractTableModel):
    """The model: keeps the pages fetched so far, in order; sorting and searching are the database's."""

    def __init__(self, look: Look, columns: Sequence[TableColumn], parent: QWidget) -> None:
        super().__init__(parent)
        self._look, self.columns = look, tuple(columns)
        self.lines: tuple[TableRow, ...] = ()
        self._more: More | None = None

    def start(self, more: More) -> None:
        """Show the first page of another question."""
        self.beginResetModel()
        self.lines, self._more = tuple(more(None)), more
        self.endResetModel()

    def canFetchMore(self, _parent: Index) -> bool:
        """Whether the end has not been seen yet."""
        return self._more is not None and bool(self.lines)

    def fetchMore(self, _parent: Index) -> None:
        """Append the next page."""
        page = tuple(self._more(self.lines[-1])) if self._more is not None and self.lines else ()
        if not page:
            self._more = None
            return
        self.beginInsertRows(QModelIndex(), len(self.lines), len(self.lines) + len(page) - 1)
        self.lines += page
        self.endInsertRows()

    def rowCount(self, parent: Index | None = None) -> int:
        """Rows fetched so far."""
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def columnCount(self, _parent: Index | None = None) -> int:
        """Columns."""
        return len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The text of a cell, its side and its colour."""
        if not index.isValid():
            return None
        line, column = self.lines[index.row()], self.columns[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return spoken(line.cells[index.column()])
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{spoken(column.title)} {spoken(line.cells[index.column()])}"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column.figures else _LEFT
        if role == Qt.ItemDataRole.ForegroundRole and line.tone is not Tone.PLAIN:
            return self._look.colour(line.tone)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The head of a column, on the side of its cells."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return spoken(self.columns[section].title)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if self.columns[section].figures else _LEFT
        return None


class PagedTable(QTableView):
    """`chosen(TableRow)` on Enter or a double click, `marked(TableRow)` when another row is marked."""

    chosen = Signal(object)
    marked = Signal(object)

    def __init__(self, look: Look, name: str, columns: Sequence[TableColumn]) -> None:
        super().__init__()
        self._look, self._lines = look, Lines(look, columns, self)
        self._told = False
        """Whether the page itself marks a row; it is told of a person's own walking alone."""
        self.setModel(self._lines)
        named(self, name, tells=say("Arrows walk, Enter takes the marked row."))
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        for place, column in enumerate(columns):
            mode = QHeaderView.ResizeMode.Fixed if column.wide else QHeaderView.ResizeMode.ResizeToContents
            head.setSectionResizeMode(place, mode)
        self.activated.connect(lambda index: self.chosen.emit(self._lines.lines[index.row()]))
        self.selectionModel().currentRowChanged.connect(self._mark)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.timeout.connect(self._fit)
        self._lines.rowsInserted.connect(lambda *_: self._settle.start(0))
        look.changed.connect(self._tint)
        self._tint()

    def start(self, more: More) -> None:
        """Show the answer to another question, its first row marked."""
        self._told = True
        self._lines.start(more)
        if self._lines.lines:
            self.selectRow(0)
        self._told = False
        self._settle.start(0)

    def say_again(self) -> None:
        """The same in another language; the model asks for its words anew."""
        self._lines.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._lines.columns) - 1)
        self.viewport().update()
        self._settle.start(0)

    def stand_on(self, place: int) -> None:
        """Mark a row, reading on as far as it; tells nobody."""
        while place >= len(self._lines.lines) and self._lines.canFetchMore(QModelIndex()):
            self._lines.fetchMore(QModelIndex())
        if place != self.place:
            self._told = True
            self.setCurrentIndex(self._lines.index(place, 0))
            self._told = False

    @property
    def place(self) -> int:
        """Which row is marked, -1 for none."""
        return self.currentIndex().row()

    @property
    def lines(self) -> tuple[TableRow, ...]:
        """The rows fetched so far."""
        return self._lines.lines

    @property
    def line(self) -> TableRow | None:
        """The marked row."""
        index = self.currentIndex()
        return self._lines.lines[index.row()] if index.isValid() else None

    def _mark(self, index: QModelIndex) -> None:
        if index.isValid() and not self._told:
            self.marked.emit(self._lines.lines[index.row()])

    def _tint(self) -> None:
        self.setFont(self._look.font(Size.SMALL))
        self._settle.start(0)

    def _fit(self) -> None:
        """Give the wide columns what the others leave, but never less than words need; then the rows their height."""
        head, columns = self.horizontalHeader(), self._lines.columns
        self.verticalHeader().setMinimumSectionSize(self._look.theme.pixels(44))
        wide = [place for place, column in enumerate(columns) if column.wide]
        letter = self.fontMetrics().averageCharWidth()
        least, fewest = letter * _LEAST_LETTERS, letter * _FEWEST_LETTERS
        for place, column in enumerate(columns):
            if column.spare:
                self.showColumn(place)
        for place, column in enumerate(columns):
            if column.spare and self._left(columns) < least * len(wide):
                self.hideColumn(place)
        for place in wide:
            head.resizeSection(place, max(fewest, self._left(columns) // len(wide)))
        self.resizeRowsToContents()
        self.scrollTo(self.currentIndex())

    def _left(self, columns: Sequence[TableColumn]) -> int:
        """The width that the narrow columns in view leave."""
        head = self.horizontalHeader()
        taken = (head.sectionSize(place) for place, column in enumerate(columns) if not column.wide)
        return self.viewport().width() - sum(taken)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The wide columns follow the width."""
        super().resizeEvent(event)
        self._settle.start(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the row; letters and function keys rise to the page."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.line is not None:
                self.chosen.emit(self.line)
        elif event.key() == Qt.Key.Key_Escape or event.text().strip() or event.key() >= Qt.Key.Key_F1:
            event.ignore()
        else:
            super().keyPressEvent(event)
