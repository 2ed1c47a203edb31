"""A list of frozen rows painted by one delegate: lines of a ticket, results of a search, tenders, choices.

A row wraps its words instead of cutting them, so that a long name or a large zoom hides nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from counter_app.domain.said import together
from counter_app.screens.views import Row, Tone
from ui.look import Look
from ui.reading import named
from ui.spoken import spoken
from ui.theme import RING, Size, Space
from ui.widgets.paragraph import draw, height_of, natural_size

Index = QModelIndex | QPersistentModelIndex
_ENDLESS = 100_000
ROW = Qt.ItemDataRole.UserRole
"""The role under which the model gives a delegate the row itself, in the language worn."""
_PASSED_ON = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End)


def in_one_breath(row: Row) -> str:
    """A row for a screen reader, its one key first."""
    words = together((row.title, row.amount, row.detail, row.note, row.next_step), ", ")
    return together((row.key if len(row.key) == 1 else "", words), ": ")


def _in_our_language(row: Row) -> Row:
    title, amount, detail, note = map(spoken, (row.title, row.amount, row.detail, row.note))
    title = title[:1].upper() + title[1:]
    return replace(row, title=title, amount=amount, detail=detail, note=note, next_step=spoken(row.next_step))


class Rows(QAbstractListModel):
    """A model over a tuple of rows, replaced as a whole; it answers in the language worn when they came."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: tuple[Row, ...] = ()
        self._shown: tuple[Row, ...] = ()

    def replace(self, rows: Sequence[Row]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self._shown = tuple(map(_in_our_language, self.rows))
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """How many rows there are."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The row itself for the delegate, its words for everybody else."""
        if not index.isValid():
            return None
        row = self._shown[index.row()]
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return spoken(in_one_breath(row))
        return None


class RowList(QListView):
    """`chosen(n)` on Enter or a click, `moved(n)` when a person marks another row; showing rows tells nobody.

    The box steers it with `step`. A `calm` list is marked without the accent, and a click only marks. `empty` is said
    in its place while there are no rows.
    """

    chosen = Signal(int)
    moved = Signal(int)

    def __init__(self, look: Look, name: str, tells: str = "", calm: bool = False, empty: str = "") -> None:
        super().__init__()
        self._look, self._rows, self._calm, self._empty = look, Rows(self), calm, empty
        self.setModel(self._rows)
        self._delegate = RowDelegate(look, self, calm)
        self.setItemDelegate(self._delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._name, self._tells = name, tells
        named(self, name, tells=empty or tells)
        self.clicked.connect(self._clicked)
        look.changed.connect(self.scheduleDelayedItemsLayout)

    @property
    def rows(self) -> tuple[Row, ...]:
        """What is shown."""
        return self._rows.rows

    def show_rows(self, rows: Sequence[Row], at: int | None = 0) -> None:
        """Show other rows and mark row `at` (None marks nothing)."""
        if tuple(rows) != self._rows.rows:
            if bool(rows) != bool(self.rows):
                self.updateGeometry()
                named(self, self._name, tells=self._tells if rows else self._empty or self._tells)
            self._delegate.has_signs = any(row.icon or len(row.key) == 1 for row in rows)
            self._rows.replace(rows)
        self.mark(at)

    def say_again(self) -> None:
        """The same rows in another language."""
        at = self.marked
        self._rows.replace(self._rows.rows)
        self.mark(at)

    def mark(self, at: int | None) -> None:
        """Mark a row and bring it into view; beyond the ends it is the last or the first."""
        if at is None or not self.rows:
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
            return
        index = self._rows.index(max(0, min(at, len(self.rows) - 1)))
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def step(self, by: int) -> None:
        """Mark the row `by` places further down (or up, below 0)."""
        self.mark(self.marked + by if self.marked is not None else 0)
        self._tell()

    def _tell(self) -> None:
        if self.marked is not None:
            self.moved.emit(self.marked)

    def _clicked(self, index: QModelIndex) -> None:
        if self._calm:
            self.moved.emit(index.row())
        else:
            self.chosen.emit(index.row())

    @property
    def marked(self) -> int | None:
        """The number of the marked row, or None."""
        index = self.currentIndex()
        return index.row() if index.isValid() else None

    def choose(self) -> None:
        """Take the marked row, as Enter does."""
        if self.marked is not None:
            self.chosen.emit(self.marked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk and Enter takes; every other key rises to the page, so that typing always reaches the box."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.choose()
        elif event.key() in _PASSED_ON:
            super().keyPressEvent(event)
            self._tell()
        else:
            event.ignore()

    def sizeHint(self) -> QSize:
        """Asks for little and takes what there is."""
        return QSize(200, self._look.theme.pixels(120))

    def minimumSizeHint(self) -> QSize:
        """Never less than one row, where there is one."""
        return QSize(120, self._look.theme.pixels(64) if self.rows else 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The marked row carries the ring of the focus; without one the list itself does. Without rows it says so."""
        super().paintEvent(event)
        if self.marked is not None:
            return
        painter = QPainter(self.viewport())
        if self._empty and not self.rows:
            area = self.viewport().rect().adjusted(Space.ROOM, Space.TIGHT, -Space.ROOM, 0)
            _write(painter, self._look.font(Size.BODY), QColor(self._look.palette.quiet), area, spoken(self._empty))
        if self.hasFocus():
            draw_ring(painter, self._look, self.viewport().rect())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrapped rows change their height with the width."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()


class RowDelegate(QStyledItemDelegate):
    """Paints a row: icon, title and amount on the first line, detail and note beneath, wrapped to the view's width."""

    def __init__(self, look: Look, view: QListView, calm: bool) -> None:
        super().__init__(view)
        self._look, self._view, self._calm = look, view, calm
        self.has_signs = False
        """Whether any row has an icon or a key: then the titles of all begin to the right of them."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """As tall as its words need at this width."""
        width = self._view.viewport().width()
        parts = self._lay_out(index.data(ROW), QRect(0, 0, width, _ENDLESS))
        return QSize(width, max(parts.bottom + Space.SNUG, self._look.theme.pixels(44)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the row; the marked one has an accent bar and a soft ground, so that it shows without colour too."""
        row: Row = index.data(ROW)
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        colours = self._look.palette
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.raised if self._calm else colours.accent_soft))
            painter.drawRoundedRect(area.adjusted(0, 1, 0, -1), 8, 8)
            painter.setBrush(QColor(colours.quiet if self._calm else colours.accent))
            painter.drawRoundedRect(QRect(area.left() + 3, area.top() + 9, 5, area.height() - 18), 2, 2)
            if self._view.hasFocus():
                draw_ring(painter, self._look, area)
        parts = self._lay_out(row, area)
        if len(row.key) == 1:
            self._draw_key(painter, parts.icon, row.key)
        elif row.icon:
            painter.drawPixmap(parts.icon.topLeft(), self._look.picture(row.icon, colours.quiet, 28))
        ink, quiet = QColor(colours.ink), QColor(colours.quiet)
        strong, small = self._fonts()
        _write(painter, strong, ink, parts.title, row.title)
        _write(painter, strong, ink, parts.amount, row.amount)
        _write(painter, small, quiet, parts.detail, row.detail)
        _write(painter, small, quiet if row.tone is Tone.PLAIN else self._look.colour(row.tone), parts.note, row.note)
        painter.restore()

    def _draw_key(self, painter: QPainter, area: QRect, key: str) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._look.palette.raised))
        painter.drawRoundedRect(area, 6, 6)
        painter.setPen(QColor(self._look.palette.ink))
        painter.setFont(self._look.font(Size.SMALL))
        painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), key)

    def _fonts(self) -> tuple[QFont, QFont]:
        return self._look.font(Size.BODY, QFont.Weight.Medium), self._look.font(Size.SMALL)

    def _lay_out(self, row: Row, area: QRect) -> "_Parts":
        strong_font, small = self._fonts()
        strong = QFontMetrics(strong_font)
        inner = area.adjusted(Space.ROOM, Space.SNUG, -Space.ROOM, 0)
        side = self._look.theme.pixels(28) if self.has_signs else 0
        left = inner.left() + (side + Space.SNUG if side else 0)
        amount_width = natural_size(row.amount, strong_font).width()
        beside = inner.right() - left - (amount_width + Space.WIDE if row.amount else 0)
        # Where the space beside an amount is too narrow for words, the amount goes beneath them.
        stacked = bool(row.amount) and beside < strong.averageCharWidth() * 12
        title_width = inner.right() - left if stacked else beside
        title = _box(strong_font, left, inner.top(), title_width, row.title)
        amount_top = title.bottom() + 1 + Space.HAIR if stacked else inner.top()
        amount_width = min(amount_width, title_width) if stacked else amount_width
        amount = _box(strong_font, inner.right() - amount_width, amount_top, amount_width, row.amount)
        top = max(title.bottom(), amount.bottom()) + 1
        detail = _box(small, left, top + Space.HAIR, inner.right() - left, row.detail)
        top = detail.bottom() + 1 if row.detail else top
        note = _box(small, left, top + Space.HAIR, inner.right() - left, row.note)
        icon = QRect(inner.left(), inner.top(), side, side)
        return _Parts(icon, title, amount, detail, note, (note.bottom() + 1 if row.note else top) - area.top())


@dataclass(frozen=True, slots=True)
class _Parts:
    icon: QRect
    title: QRect
    amount: QRect
    detail: QRect
    note: QRect
    bottom: int


def draw_ring(painter: QPainter, look: Look, area: QRect, corner: int = 8) -> None:
    """The ring of the focus, inside an area."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(look.palette.focus), RING))
    painter.drawRoundedRect(area.adjusted(2, 2, -2, -2), corner, corner)


def _box(font: QFont, left: int, top: int, width: int, words: str) -> QRect:
    return QRect(left, top, width, height_of(words, font, width) if words else 0)


def _write(painter: QPainter, font: QFont, colour: QColor, area: QRect, words: str) -> None:
    if words:
        painter.setPen(colour)
        draw(painter, words, font, area)
