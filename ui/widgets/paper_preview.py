"""Paper before or instead of paper: the pages of a slip, a licence or a receipt as pictures, as wide as their place."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from ui.reading import named
from ui.theme import Space


class PaperPreview(QScrollArea):
    """Shows PNG pages; arrows and Page keys scroll. `words` is the same paper as text, for a screen reader."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._pages: tuple[QPixmap, ...] = ()
        self._labels: list[QLabel] = []
        holder = QWidget()
        self._column = QVBoxLayout(holder)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.SNUG)
        self._column.addStretch(1)
        self.setWidget(holder)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        named(self, name)

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
        named(self, self._name, tells=words)
        self._fit()

    def as_text(self) -> str:
        """What stands on the paper."""
        return f"paper {self.accessibleName()}, {len(self._pages)} page(s): {self.accessibleDescription() or '…'}"

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


def _picture(png: bytes) -> QPixmap:
    picture = QPixmap()
    picture.loadFromData(png)
    return picture
