"""The counter: the box above, the ticket at the left, one panel at the right; every key goes to the screen behind."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from counter_app.domain.said import say
from counter_app.screens.counter import Counter, CounterView
from counter_app.screens.keys import Intent
from counter_app.screens.views import FormView, Question, Sound, Tone
from counter_app.services.roll_picture import RollPicture
from ui.look import Look
from ui.reading import hinted, named
from ui.theme import Space
from ui.widgets.box import Box
from ui.widgets.context_panel import ContextPanel
from ui.widgets.message_line import MessageLine
from ui.widgets.paper_preview import PaperPreview
from ui.widgets.question_strip import QuestionStrip
from ui.widgets.ticket import Ticket

HINT = say("Scan or type a name, address, account, receipt, license or fee")
FINISH_FIRST = say("The scan was not taken: finish this first, or leave it with Esc, then scan again.")
_NUMLOCK = say("NumLock is off: press it, then type the amount again.")


class CounterPage(QWidget):
    """`drawn()` after every key: the status line may have changed. `paper_answered(came out)` to the paper question."""

    drawn = Signal()
    paper_answered = Signal(bool)
    sounded = Signal(str)

    def __init__(self, look: Look, counter: Counter) -> None:
        super().__init__()
        named(self, say("Counter"))
        self._counter = counter
        self._paper: RollPicture | None = None
        self._unasked = False
        self.box, self._message = Box(look, HINT), MessageLine(look)
        self._strip = QuestionStrip(look, say("Paper question"), say("Yes"), say("No, print a copy"))
        self._ticket, self._preview, self.context = Ticket(look), PaperPreview(say("Receipt paper")), ContextPanel(look)
        self._left = QStackedWidget()
        self._left.addWidget(self._ticket)
        self._left.addWidget(self._preview)
        self._lay_out()
        self._connect()
        self.draw()

    def _lay_out(self) -> None:
        halves = QHBoxLayout()
        halves.setSpacing(Space.ROOM)
        halves.addWidget(self._left, 1)
        halves.addWidget(self.context, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.ROOM, Space.ROOM, Space.ROOM, Space.TIGHT)
        column.setSpacing(Space.SNUG)
        column.addWidget(self._strip)
        column.addWidget(self.box)
        column.addWidget(self._message)
        column.addLayout(halves, 1)

    def _connect(self) -> None:
        counter, context = self._counter, self.context
        self.box.letter = self._letter
        self.box.chooses = lambda: counter.chooses
        self.box.intent.connect(self.press)
        self.box.textEdited.connect(self._typed)
        self.box.moved.connect(self._step)
        self.box.numlock_off.connect(lambda: self._message.say(_NUMLOCK))
        self._strip.answered.connect(self.paper_answered)
        self._ticket.line_marked.connect(self._mark_line)
        context.row_chosen.connect(self._choose)
        context.tender.intent.connect(self._press_button)
        context.tender.quick.connect(self._quick)
        context.approval.approved.connect(lambda *given: self._do(lambda: counter.approve(*given)))
        context.approval.asked_alone.connect(lambda reason: self._do(lambda: counter.ask_alone(reason)))
        context.approval.left.connect(self._leave)
        context.count.counted.connect(lambda count, bag: self._do(lambda: counter.counted(count, bag)))
        context.count.left.connect(self._leave)

    def press(self, intent: str, typed: str = "") -> None:
        """A key of the counter, from the box, a button or the list of commands."""
        if intent == Intent.LEAVE:
            self._paper = None
        self._counter.press(intent, typed)
        self.draw()

    def scan(self, line: str) -> None:
        """A scanner's line; where a question or a count goes on it does nothing, and says so."""
        if self.context.takes_typing:
            self._message.say(FINISH_FIRST, Tone.WARN)
            self.sounded.emit(Sound.ATTENTION)
        else:
            self._counter.scan(line, self.box.text())
            self.draw()

    def show_paper(self, paper: RollPicture) -> None:
        """Paper came out of the printer on the screen: it lies where the ticket was, until the next line."""
        if self._counter.sale.ticket.lines:
            return
        self._paper = paper
        self._preview.show_pages((paper.png,), paper.words)
        self._show_left()

    def say(self, words: str, tone: Tone = Tone.BAD) -> None:
        """Say something that no key of the page brought about."""
        self._message.say(words, tone)

    def ask_paper(self, question: Question | None) -> None:
        """Ask about a paper; it takes the focus only where nothing else is going on."""
        had = self._strip.isAncestorOf(self.focusWidget() or self)
        new = self._strip.ask(question)
        self._unasked = question is not None and (new or self._unasked)
        if question is None and had:
            self.box.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.isVisible():
            self._put_question()

    def _put_question(self) -> bool:
        """Give a question that nobody has seen the focus, once, where nothing else is going on; whether it has it."""
        idle = not self.box.text() and not self._counter.view.ticket.lines and not self.context.takes_typing
        unasked, self._unasked = self._unasked, False
        if unasked and idle:
            self._strip.setFocus(Qt.FocusReason.OtherFocusReason)
        return unasked and idle

    def draw(self) -> None:
        """Show the screen as it stands, and give the focus to what takes typing."""
        view = self._show()
        self.box.hold(view.box, view.message.tone)
        if not self.context.takes_typing:
            self.box.setFocus(Qt.FocusReason.OtherFocusReason)
        if view.sound in (Sound.UNKNOWN, Sound.ATTENTION):
            self._message.flash()
        if view.sound is not Sound.NONE:
            self.sounded.emit(view.sound)
        self.drawn.emit()

    def _show(self) -> CounterView:
        """All but the box, which is being typed into."""
        view = self._counter.view
        self._ticket.show_ticket(view.ticket)
        if not (view.hidden and self.context.takes_typing):  # a count, or an approval, goes on where it was
            self.context.show_view(view.context)
        self._message.say(view.message.words, view.message.tone)
        hinted(self.box, _asked(view))
        if view.ticket.lines or view.hidden:
            self._paper = None
        self._show_left()
        return view

    def _show_left(self) -> None:
        self._left.setCurrentWidget(self._preview if self._paper else self._ticket)

    def _do(self, act: Callable[[], object]) -> None:
        act()
        self.draw()

    def _typed(self, text: str) -> None:
        self._counter.typing(text)
        self._show()

    def _letter(self, sign: str) -> bool:
        taken = self._counter.letter(sign)
        if taken:
            self.draw()
        return taken

    def _step(self, by: int) -> None:
        self._do(lambda: self._counter.step(by))

    def _mark_line(self, place: int) -> None:
        sale = self._counter.sale
        sale.mark(place - sale.ticket.marked)
        self.drawn.emit()

    def _choose(self, place: int) -> None:
        self._do(lambda: self._counter.choose(place))

    def _press_button(self, intent: str) -> None:
        """A button stands for a key; next time the key itself is quicker."""
        self._counter.coach.clicked(Intent(intent))
        self.press(intent, self.box.text().strip())

    def _quick(self, cents: int) -> None:
        self._do(lambda: self._counter.quick(cents))

    def _leave(self) -> None:
        self.press(Intent.LEAVE)

    def setFocus(self, _reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """The page itself takes no keys: the box does, or the field where an approval or a count goes on."""
        if self._put_question():
            return
        inner = self.context.focusWidget() if self.context.takes_typing else None
        (inner or self.box).setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A key that no control of the page wanted is typed into the box, or is the window's."""
        if not self.box.take(event) and (self.context.takes_typing or not self.box.type_on(event)):
            super().keyPressEvent(event)


def _asked(view: CounterView) -> str:
    """What the empty box is for: the field of a form by its name, a question, or anything."""
    if isinstance(view.context, FormView) and view.context.fields:
        return say("Type: {field}", field=view.context.fields[view.context.at].label)
    return view.asks or HINT
