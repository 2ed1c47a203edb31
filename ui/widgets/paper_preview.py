"""Paper before or instead of paper: the pages of a slip, a licence or a receipt as pictures, as wide as their place."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout

from ui.reading import named
from ui.theme import Space
from ui.widgets.words import restyle


class PaperPreview(QScrollArea):
    """Shows PNG pages; arrows and Page keys scroll. `words` is the same paper as text, for a screen reader."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._pages: tuple[QPixmap, ...] = ()
        self._labels: list[QLabel] = []
        self._sheets = _Sheets()
        self._column = QVBoxLayout(self._sheets)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.SNUG)
        self._column.addStretch(1)
        self.setWidget(self._sheets)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFocusProxy(self._sheets)
        self._sheets.entered.connect(self._show_ring)
        named(self._sheets, name)

    def show_pages(self, pages: Sequence[bytes], words: str = "") -> None:
        """Show these PNG pictures, one beneath the other."""
        self._pages = tuple(_picture(page) for page in pages)
        for label in self._labels:
            self._column.removeWidget(label)
            label.setParent(None)
            label.deleteLater()
        self._labels = [QLabel() for _ in self._pages]
        for place, label in enumerate(self._labels):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            self._column.insertWidget(place, label)
        named(self._sheets, self._name, tells=words)
        self._fit()

    def as_text(self) -> str:
        """What stands on the paper."""
        name, words = self._sheets.accessibleName(), self._sheets.accessibleDescription()
        return f"paper {name}, {len(self._pages)} page(s): {words or '…'}"

    def _show_ring(self, entered: bool) -> None:
        self.setProperty("entered", entered)
        restyle(self)

    def _fit(self) -> None:
        width = self.viewport().width()
        for page, label in zip(self._pages, self._labels, strict=True):
            shown = (
                page if page.width() <= width else page.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
            )
            label.setPixmap(shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The paper keeps to the width."""
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        """Asks for little and takes what there is."""
        return QSize(320, 320)


class _Sheets(QLabel):
    """What the pages lie on. It has the focus, not the area around: a label is read aloud, an area is passed over."""

    entered = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The ring is the area's."""
        super().focusInEvent(event)
        self.entered.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Away with the ring."""
        super().focusOutEvent(event)
        self.entered.emit(False)


def _picture(png: bytes) -> QPixmap:
    picture = QPixmap()
    picture.loadFromData(png)
    return picture
