"""Labels of the type scale: a wrapped text of a size, weight and tone, styled by the sheet through properties."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui.theme import Size, Tone


class Words(QLabel):
    """A label; long words wrap instead of being cut."""

    def __init__(
        self, text: str = "", size: Size = Size.BODY, tone: str = "", strong: bool = False, wrap: bool = True
    ) -> None:
        super().__init__(text)
        self.setProperty("scale", size.value)
        self.setProperty("weight", "strong" if strong else "")
        self.setProperty("tone", tone)
        self.setWordWrap(wrap)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def tint(self, tone: Tone | str) -> None:
        """Another tone."""
        if self.property("tone") != str(tone):
            self.setProperty("tone", str(tone))
            restyle(self)


def restyle(widget: QWidget) -> None:
    """Have the sheet look at a widget's properties again."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
