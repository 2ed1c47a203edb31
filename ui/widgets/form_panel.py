"""What a fee still asks: the fields of a form as rows, filled one after the other from the box above."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from counter_app.domain.said import say, together
from counter_app.screens.views import FieldView, FormView, Row, Tone
from ui.look import Look
from ui.theme import Size, Space
from ui.widgets.rows import RowList
from ui.widgets.scrolled import expand
from ui.widgets.words import Words

NEEDS = {"must": say("needed"), "should": say("asked for"), "may": say("if known")}


class FormPanel(QWidget):
    """The marked row is the one that the box fills."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._title, self._hint = Words(size=Size.LEAD, strong=True), Words(size=Size.SMALL, tone="quiet")
        self.list = RowList(look, say("Fields"), say("The box fills the marked field; Enter goes on, arrows walk."))
        expand(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.SNUG)
        column.addWidget(self._title)
        column.addWidget(self.list, 1)
        column.addWidget(self._hint)

    def show_view(self, view: FormView) -> None:
        """Show the fields as they stand."""
        self._title.setText(view.title)
        self.list.show_rows(tuple(map(_row, view.fields)), view.at)
        self._hint.setText(view.hint)


def _row(field: FieldView) -> Row:
    """What is asked at the left, the answer at the right, how to type it beneath, and what is wrong with it."""
    need = NEEDS.get(field.need, field.need)
    detail = together(("" if field.value else need, field.hint), " · ")
    return Row(field.label, field.value, detail, field.wrong, Tone.BAD if field.wrong else Tone.PLAIN)
