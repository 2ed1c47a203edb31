"""Two layouts that use the width there is: items in rows while they fit, and even cells in as many columns as fit."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from ui.theme import Space


class _Fitted(QLayout):
    """A layout whose height follows from its width; a subclass says where each item goes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

    def places(self, inner: QRect) -> Iterator[tuple[QLayoutItem, QRect]]:
        """Every item and its place within `inner`, whose height is of no account."""
        raise NotImplementedError

    def addItem(self, item: QLayoutItem) -> None:
        """Take one more."""
        self._items.append(item)

    def count(self) -> int:
        """How many there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """One of them; None beyond the end, which is how Qt asks."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Give one back."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        """Narrower is taller."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height that all rows need at this width."""
        margins = self.contentsMargins()
        inner = QRect(0, 0, width, 0).marginsRemoved(margins)
        foot = max((place.bottom() + 1 for _, place in self.places(inner)), default=inner.top())
        return foot + margins.bottom()

    def setGeometry(self, area: QRect) -> None:
        """Put them in their places."""
        super().setGeometry(area)
        for item, place in self.places(area.marginsRemoved(self.contentsMargins())):
            item.setGeometry(place)

    def sizeHint(self) -> QSize:
        """The least that shows one of them; the height is asked for by width."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """The largest least size of them, with the margins."""
        size = QSize()
        for item in self._shown():
            size = size.expandedTo(item.minimumSize())
        margins = self.contentsMargins()
        return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]


class FlowLayout(_Fitted):
    """Left to right, each as wide as it likes, and on to the next row when the width is used up."""

    def places(self, inner: QRect) -> Iterator[tuple[QLayoutItem, QRect]]:
        """Row by row."""
        x, y, tall = inner.left(), inner.top(), 0
        for item in self._shown():
            size = item.sizeHint()
            if x + size.width() > inner.right() + 1 and tall:
                x, y, tall = inner.left(), y + tall, 0
            yield item, QRect(QPoint(x, y), size)
            x, tall = x + size.width() + Space.HAIR, max(tall, size.height())


class EvenGrid(_Fitted):
    """Equal cells in fixed order; of the `columns` allowed, the most in which every item has room for its words.

    `spans` gives the cells an item takes, 1 where it says nothing.
    """

    def __init__(self, columns: Sequence[int], spans: Sequence[int] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns, self._spans = sorted(columns, reverse=True), tuple(spans)

    def places(self, inner: QRect) -> Iterator[tuple[QLayoutItem, QRect]]:
        """Row by row, in cells."""
        shown = [(item, self._span(number)) for number, item in enumerate(self._items) if not item.isEmpty()]
        columns = next((n for n in self._columns if self._fits(shown, n, inner.width())), self._columns[-1])
        cell = (inner.width() - (columns - 1) * Space.TIGHT) / columns
        place, y, tall = 0, inner.top(), 0
        for at, (item, span) in enumerate(shown):
            wide = min(span, columns)
            if place + wide > columns:
                place, y, tall = 0, y + tall + Space.TIGHT, 0
            if at + 1 < len(shown) and place + wide + min(shown[at + 1][1], columns) > columns:
                wide = columns - place  # nothing more has room in this row: no gap is left
            left = inner.left() + round(place * (cell + Space.TIGHT))
            width = round(wide * cell + (wide - 1) * Space.TIGHT)
            height = item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
            yield item, QRect(left, y, width, height)
            place, tall = place + wide, max(tall, height)

    def _span(self, number: int) -> int:
        return self._spans[number] if number < len(self._spans) else 1

    def _fits(self, shown: Sequence[tuple[QLayoutItem, int]], columns: int, width: int) -> bool:
        cell = (width - (columns - 1) * Space.TIGHT) / columns
        return all(
            item.sizeHint().width() <= min(span, columns) * (cell + Space.TIGHT) - Space.TIGHT for item, span in shown
        )
