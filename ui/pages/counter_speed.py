"""Counter speed: a bar for each kind of payment, a week at a time; arrows walk the weeks."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from counter_app.domain.said import say
from counter_app.screens.counter_speed import CounterSpeed
from ui.look import Look
from ui.reading import named
from ui.theme import Space
from ui.widgets.act_button import ActButton
from ui.widgets.bar import Bar
from ui.widgets.card import Card
from ui.widgets.message_line import MessageLine
from ui.widgets.scrolled import scrolled
from ui.widgets.words import Words

_OLDER, _NEWER = 1, -1
_STEPS = {
    Qt.Key.Key_Left: _OLDER, Qt.Key.Key_Down: _OLDER, Qt.Key.Key_Right: _NEWER, Qt.Key.Key_Up: _NEWER,
}  # fmt: skip


class CounterSpeedPage(QWidget):
    """Shows one week of the screen behind."""

    def __init__(self, look: Look, screen: CounterSpeed) -> None:
        super().__init__()
        named(self, say("Counter speed"))
        self._look, self._screen = look, screen
        self._card, self._bars = Card(screen.view.title), QVBoxLayout()
        self._shown: list[Bar] = []
        self._empty, self._promise = Words(), Words(tone="quiet")
        self._message = MessageLine(look)
        self._older = ActButton(look, say("Older week"), "←")
        self._newer = ActButton(look, say("Newer week"), "→")
        self._lay_out()
        self._older.clicked.connect(lambda: self._step(_OLDER))
        self._newer.clicked.connect(lambda: self._step(_NEWER))
        for key, step in _STEPS.items():  # a button and the scrolled part would each keep arrows for themselves
            arrow = QShortcut(key, self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            arrow.activated.connect(partial(self._step, step))
        self.setFocusProxy(self._older)
        self._show()

    def _lay_out(self) -> None:
        self._bars.setSpacing(Space.ROOM)
        weeks = QHBoxLayout()
        weeks.setSpacing(Space.SNUG)
        weeks.addWidget(self._older)
        weeks.addWidget(self._newer)
        weeks.addStretch(1)
        inner = self._card.column
        inner.addWidget(self._empty)
        inner.addLayout(self._bars)
        inner.addWidget(self._promise)
        inner.addWidget(self._message)
        inner.addLayout(weeks)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(Space.BROAD, Space.ROOM, Space.BROAD, Space.ROOM)
        column.addWidget(self._card)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(holder))

    def draw(self) -> None:
        """What was timed meanwhile."""
        self._screen.look_again()
        self._show()

    def _show(self) -> None:
        view = self._screen.view
        self._card.rename(view.title)
        self._empty.setText(view.empty)
        self._empty.setVisible(bool(view.empty))
        self._promise.setText(view.promise)
        self._message.say(view.message.words, view.message.tone)
        for gone in self._shown:
            self._bars.removeWidget(gone)
            gone.setParent(None)
            gone.deleteLater()
        self._shown = [Bar(self._look, bar.name, bar.figure, bar.note, bar.share) for bar in view.bars]
        for made in self._shown:
            self._bars.addWidget(made)

    def _step(self, by: int) -> None:
        self._screen.step(by)
        self._show()
