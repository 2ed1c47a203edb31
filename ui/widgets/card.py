"""A card on the ground of a page, with a title; and a field with its name above and what is wrong beneath."""

from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from ui.look import Look
from ui.reading import named
from ui.theme import Size, Space
from ui.widgets.message_line import MessageLine
from ui.widgets.words import Words, restyle


class Card(QFrame):
    """Put widgets into `column`."""

    def __init__(self, title: str = "") -> None:
        super().__init__()
        self.setProperty("card", "true")
        self.heading = Words(title, Size.TITLE)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(Space.WIDE, Space.WIDE, Space.WIDE, Space.WIDE)
        self.column.setSpacing(Space.SNUG)
        self.column.addWidget(self.heading)
        self.heading.setVisible(bool(title))  # once it has a parent: before, it would be a window of its own

    def rename(self, title: str) -> None:
        """Another title."""
        self.heading.setText(title)
        self.heading.setVisible(bool(title))


class Labelled(QWidget):
    """A field, its name above it, one sentence beneath when something is wrong; `field` is the control itself."""

    def __init__(self, look: Look, name: str, field: QWidget, tells: str = "", key: str = "") -> None:
        super().__init__()
        self.field = field
        self.name, self.message = Words(name, Size.SMALL, "quiet"), MessageLine(look, Size.SMALL)
        named(field, name, key, tells)
        self.setFocusProxy(field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.HAIR)
        for part in (self.name, field, self.message):
            column.addWidget(part)
        if isinstance(field, QLineEdit):
            field.textEdited.connect(self._edited)

    def _edited(self) -> None:
        self.complain("")

    def complain(self, words: str) -> None:
        """Mark the field wrong with a sentence; an empty one takes the mark away."""
        if bool(words) != (self.field.property("wrong") == "true"):
            self.field.setProperty("wrong", "true" if words else "false")
            restyle(self.field)
        self.message.say(words)
