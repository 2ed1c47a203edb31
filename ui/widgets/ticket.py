"""The ticket: who pays, the lines, and the total in the largest figures of the window."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout

from counter_app.domain.said import say
from counter_app.screens.views import Row, TicketView, Tone
from ui.look import Look
from ui.reading import announce, named
from ui.theme import Size, Space
from ui.widgets.blank import Blank
from ui.widgets.figure import Figure
from ui.widgets.rows import RowList, in_one_breath
from ui.widgets.words import Words

_LEAD_UP_TO = 125


class Ticket(QFrame):
    """`line_marked(n)` when another line is marked; the page steers with `lines.step`."""

    line_marked = Signal(int)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setProperty("card", "true")
        named(self, say("Ticket"))
        self._look, self._line = look, Row("")
        self._payer = Words(size=Size.LEAD, strong=True)
        self._empty, self._note = Blank(look, "receipt"), Words(size=Size.SMALL, tone="quiet")
        self.lines = RowList(
            look, say("Lines of the ticket"), say("Arrows mark a line; minus on the empty box removes it."), calm=True
        )
        self._subtotals = [(Words(tone="quiet"), Figure(look, "", Size.LEAD)) for _ in range(3)]
        self._total_name = Words(say("Total"), Size.LEAD, "quiet")
        self._total = Figure(look, say("Total"))
        self.lines.moved.connect(self.line_marked)
        look.changed.connect(self._fit)
        self._fit()
        self._lay_out()
        self.show_ticket(TicketView())

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.TIGHT, Space.ROOM, Space.TIGHT, Space.ROOM)
        column.setSpacing(Space.TIGHT)
        head = QVBoxLayout()
        head.setContentsMargins(Space.ROOM + 3, 0, Space.ROOM, 0)
        head.addWidget(self._payer)
        column.addLayout(head)
        column.addWidget(self.lines, 1)
        column.addWidget(self._empty, 1)
        sums = QGridLayout()
        sums.setContentsMargins(Space.ROOM + 3, Space.TIGHT, Space.ROOM, 0)
        sums.setVerticalSpacing(0)
        sums.setColumnStretch(1, 1)
        for row, (name, figure) in enumerate(self._subtotals):
            sums.addWidget(name, row, 0)
            sums.addWidget(figure, row, 1)
        sums.addWidget(self._total_name, len(self._subtotals), 0)
        sums.addWidget(self._total, len(self._subtotals), 1)
        column.addStretch(0)
        column.addLayout(sums)
        column.addWidget(self._note)

    def _fit(self) -> None:
        """At a large zoom a long name leaves room for the lines."""
        large = self._look.theme.zoom > _LEAD_UP_TO
        self._payer.rescale(Size.SMALL if large else Size.LEAD)

    def show_ticket(self, view: TicketView) -> None:
        """Show a ticket; its marked line and its total are announced when they changed."""
        self._payer.setText(view.payer)
        self._payer.setVisible(bool(view.payer))
        self._empty.say("" if view.lines else view.empty)
        self._empty.setVisible(not view.lines)
        self.lines.setVisible(bool(view.lines))
        self.lines.show_rows(view.lines, view.marked)
        self._say_line(view)
        shown = (*view.subtotals, *((("", ""),) * len(self._subtotals)))
        for (name, figure), (word, amount) in zip(self._subtotals, shown, strict=False):
            name.setText(word)
            figure.rename(word)
            figure.show_amount(amount)
            name.setVisible(bool(word))
            figure.setVisible(bool(word))
        self._total_name.setText(view.total_name)
        self._total.rename(view.total_name)
        self._total.show_amount(view.total, Tone.PLAIN, say=bool(view.lines))
        self._note.setText(view.note)
        self._note.setVisible(bool(view.note))

    def _say_line(self, view: TicketView) -> None:
        """The box keeps the focus, so that a line is not read by itself."""
        line = view.lines[view.marked] if view.lines and view.marked is not None else Row("")
        if line not in (self._line, Row("")):
            announce(self.lines, in_one_breath(line))
        self._line = line
