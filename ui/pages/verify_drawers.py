"""The lead's desk: the board of drawers, the second blind count, and then what it came to beside the books."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from counter_app.domain.said import say, together
from counter_app.screens.keys import Intent
from counter_app.screens.verify_drawers import VerifyDrawers
from counter_app.screens.views import Figures, Tone, VerifyingView
from ui.keeping import Keeping
from ui.keys import intent_of
from ui.look import Look
from ui.pages.counting import CountingPart
from ui.reading import announce, hinted, named, switch
from ui.theme import Size, Space
from ui.widgets.act_button import ActButton
from ui.widgets.board import Board
from ui.widgets.card import Card, Labelled
from ui.widgets.figure import Figure
from ui.widgets.message_line import MessageLine
from ui.widgets.question_strip import QuestionStrip
from ui.widgets.scrolled import scrolled
from ui.widgets.words import Words

_HEADS = ("", say("Counted"), say("Expected"), say("Difference"))
_EVEN = say("It is even; nothing needs explaining.")


class VerifyDrawersPage(QWidget):
    """`drawn()` after every step: the status line may have changed."""

    drawn = Signal()

    def __init__(self, look: Look, screen: VerifyDrawers) -> None:
        super().__init__()
        named(self, say("Drawers"))
        self._screen = screen
        self._board, self._hint = (
            Board(look, say("Drawers"), say("Enter counts the marked one.")),
            Words(tone="quiet"),
        )
        self._message, self._count, self._figures = MessageLine(look), CountingPart(look), FiguresPart(look)
        self._void = QuestionStrip(look, say("Asked-for void"), say("Accept the void"), say("Reject it"))
        self._faces = QStackedWidget()
        self._lay_out()
        self._void.answered.connect(lambda yes: self._after(lambda: screen.decide(accept=yes)))
        self._board.moved.connect(self._mark)
        self._board.chosen.connect(lambda place: self._after(lambda: screen.choose(place)))
        self.keeping = Keeping(screen.keep_place, self)
        self._connect_count()
        self._figures.accepted.connect(lambda why: self._after(lambda: screen.accept(why)))
        self._figures.sent_back.connect(lambda why: self._after(lambda: screen.recount(why)))
        self._figures.endorsed.connect(lambda: self._after(screen.endorse))
        self._figures.left.connect(lambda: self._after(screen.back))
        self.draw()

    @property
    def is_counting(self) -> bool:
        """Whether a count is under way."""
        return bool(self._screen.view.counting)

    def _lay_out(self) -> None:
        board = Card(say("Drawers"))
        for part in (self._hint, self._board):
            board.column.addWidget(part)
        board.column.setStretchFactor(self._board, 1)
        for face in (board, self._count, scrolled(self._figures)):
            self._faces.addWidget(face)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.ROOM, Space.ROOM, Space.ROOM, Space.TIGHT)
        column.setSpacing(Space.SNUG)
        column.addWidget(self._message)
        column.addWidget(self._void)
        column.addWidget(self._faces, 1)

    def _connect_count(self) -> None:
        count, screen = self._count, self._screen
        count.so_far.connect(lambda given: self._keep(lambda: screen.so_far(given)))
        count.cash.connect(lambda given: self._after(lambda: screen.cash(given)))
        count.check.connect(lambda typed: self._after(lambda: screen.check(typed)))
        count.check_removed.connect(lambda place: self._after(lambda: screen.remove_check(place)))
        count.cards.connect(lambda typed: self._after(lambda: screen.cards(typed)))
        count.locked.connect(lambda: self._after(screen.lock))
        count.back.connect(lambda: self._after(screen.back))

    def draw(self) -> None:
        """Board, count or figures, as the screen stands."""
        view = self._screen.view
        place = 1 if view.counting else 2 if view.figures else 0
        changed = place != self._faces.currentIndex()
        self._show_inner(view)  # first, so that what it is is read before its first field
        self._faces.setCurrentIndex(place)
        self._hint.setText(view.hint if view.board else say("No drawer is open or waits for its count."))
        self._board.show_rows(view.board, view.marked)
        self._message.say("" if view.counting else view.message.words, view.message.tone)
        asks = self._void.ask(view.asked)
        if asks or changed or (view.asked is None and self._void.hasFocus()):
            self._focus_face()
        self.drawn.emit()

    def _show_inner(self, view: VerifyingView) -> None:
        if view.counting:
            self._count.show_count(view.counting)
        if view.figures:
            self._figures.show_figures(view.title, view.figures)

    def _mark(self, place: int) -> None:
        self._screen.step(place - self._screen.view.marked)

    def _after(self, step: Callable[[], object]) -> None:
        self._keep(step)
        self.draw()

    def _keep(self, step: Callable[[], object]) -> None:
        step()
        self.keeping.touched()

    def _focus_face(self) -> None:
        face: QWidget = (self._board, self._count, self._figures)[self._faces.currentIndex()]
        if not self._void.isHidden():
            face = self._void
        face.setFocus(Qt.FocusReason.OtherFocusReason)

    def setFocus(self, _reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """The face in front takes what is typed."""
        self._focus_face()


class FiguresPart(QWidget):
    """`accepted(why)` F9, `sent_back(why)` F5, `endorsed()` F6, `left()` Esc."""

    accepted = Signal(str)
    sent_back = Signal(str)
    endorsed = Signal()
    left = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        named(self, say("What the count came to"))
        self._title, self._name = Words(size=Size.TITLE), Words(size=Size.LEAD, tone="quiet")
        self._warning = MessageLine(look)
        self._over, self._keep = Figure(look, say("Over or short"), Size.TOTAL), Words(tone="quiet")
        self._why = QLineEdit()
        self._cells = [[Words(wrap=column == 0, strong=column == 0) for column in range(len(_HEADS))] for _ in range(4)]
        self._accept = ActButton(look, say("Verified"), "F9", icon="good", primary=True)
        self._again = ActButton(look, say("Back for a recount"), "F5", icon="undo")
        self._endorse = ActButton(look, say("Endorse the checks"), "F6", icon="check")
        self._asked = Labelled(look, say("What explains it"), self._why, say("A sentence for the auditor."))
        self._lay_out()
        self._accept.clicked.connect(self._on_accept)
        self._again.clicked.connect(self._on_again)
        self._endorse.clicked.connect(self.endorsed)

    def _lay_out(self) -> None:
        card = Card()
        table = QGridLayout()
        table.setHorizontalSpacing(Space.WIDE)
        table.setVerticalSpacing(Space.SNUG)
        for column, head in enumerate(_HEADS):
            table.addWidget(_right(Words(head, Size.SMALL, "quiet"), column), 0, column)
            for row, cells in enumerate(self._cells, 1):
                table.addWidget(_right(cells[column], column), row, column)
        table.setColumnStretch(0, 1)
        buttons = QHBoxLayout()
        for button in (self._accept, self._again, self._endorse):
            buttons.addWidget(button)
        card.column.addWidget(self._title)
        card.column.addLayout(table)
        over = QHBoxLayout()
        over.addWidget(self._name)
        over.addWidget(self._over, 1)
        card.column.addLayout(over)
        for part in (self._warning, self._keep, self._asked):
            card.column.addWidget(part)
        card.column.addStretch(1)
        card.column.addLayout(buttons)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(card)

    def show_figures(self, title: str, figures: Figures) -> None:
        """Counted beside expected, and what the lead must say about it."""
        self._title.setText(title)
        for cells, texts, tone in zip(self._cells, figures.rows, figures.row_tones, strict=True):
            for cell, text in zip(cells, texts, strict=True):
                cell.setText(text)
                cell.tint("" if tone is Tone.PLAIN else tone)
        self._name.setText(figures.over_short_name)
        self._over.rename(figures.over_short_name)
        self._over.show_amount(figures.over_short, figures.tone, say=True)
        self._warning.say(figures.warning, Tone.WARN)
        self._keep.setText(figures.keep)
        self._asked.setEnabled(figures.needs_explanation or figures.can_recount)
        hinted(self._why, "" if figures.needs_explanation else _EVEN)
        switch(self._again, "" if figures.can_recount else say("It was counted again once already."))

    def _on_accept(self) -> None:
        self.accepted.emit(self._why.text())

    def _on_again(self) -> None:
        self.sent_back.emit(self._why.text())

    def setFocus(self, _reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """What explains it is typed first."""
        announce(self, together((self._title.said, self._over.said), ". "))
        self._why.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Each button by its key; Enter does nothing here, because it could be a scan's."""
        intent = intent_of(event)
        acts = {
            Intent.FINISH: self._accept, Intent.RECALL: self._again, Intent.CHECK: self._endorse,
        }  # fmt: skip
        if intent is Intent.LEAVE:
            self.left.emit()
        elif intent in acts:
            acts[intent].click()
        else:
            super().keyPressEvent(event)


def _right(words: Words, column: int) -> Words:
    """Figures flush right beneath their heads."""
    if column:
        words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return words
