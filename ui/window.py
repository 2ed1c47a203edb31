"""The window: a rail of desks at the left, the page in front, the status line at the foot; and nothing of what they do.

Only the desks of the person signed in are on the rail. A key that no control and no page understood ends here.
"""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMainWindow,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from counter_app.domain.said import say
from counter_app.screens.keys import Intent
from counter_app.screens.views import Desk, Tone
from ui.keys import WINDOW_INTENTS, intent_of
from ui.look import Look
from ui.reading import announce, named
from ui.spoken import spoken
from ui.theme import ZOOMS, Size, Space, Theme
from ui.widgets.message_line import MessageLine
from ui.widgets.scrolled import scrolled
from ui.widgets.status import StatusLine
from ui.widgets.words import restyle

BASE = QSize(1280, 800)
_ICONS_UP_TO = 100
"""Percent of zoom beyond which the rail keeps its words alone, so that all desks stay in view."""


class Rail(QWidget):
    """The desks, one button each, Ctrl+1 to Ctrl+9; `chosen(name)`."""

    chosen = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        named(self, say("Desks"))
        self._look = look
        self._buttons: dict[str, QToolButton] = {}
        self._desks: tuple[Desk, ...] = ()
        self._front = ""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(Space.TIGHT, Space.ROOM, Space.TIGHT, Space.ROOM)
        self._column.setSpacing(Space.HAIR)
        self._column.addStretch(1)
        look.changed.connect(self._tint)

    def show_desks(self, desks: Sequence[Desk]) -> None:
        """Show these desks and no other."""
        for button in self._buttons.values():
            self._column.removeWidget(button)
            button.setParent(None)
            button.deleteLater()
        self._desks = tuple(desks)
        self._buttons = {desk.name: self._button(place, desk) for place, desk in enumerate(self._desks)}
        self._tint()

    @property
    def buttons(self) -> tuple[QToolButton, ...]:
        """From top to bottom."""
        return tuple(self._buttons.values())

    def mark(self, name: str) -> None:
        """Show which desk is in front."""
        if name in self._buttons:
            self._front = name
            self._tint()

    def widest(self) -> int:
        """The pixels that it needs whichever desk is in front: that one's word is bold."""
        front, widths = self._front, []
        for desk in self._desks:
            self.mark(desk.name)
            widths.append(self.sizeHint().width())
        self._front = front
        self._tint()
        return max(widths, default=0)

    def desk_of_key(self, digit: int) -> str | None:
        """The desk of Ctrl+digit."""
        return self._desks[digit - 1].name if 0 < digit <= len(self._desks) else None

    def say_again(self) -> None:
        """The same in another language."""
        self._tint()

    def _button(self, place: int, desk: Desk) -> QToolButton:
        button = QToolButton()
        button.setProperty("scale", Size.SMALL.value)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self.chosen.emit(desk.name))
        self._column.insertWidget(place, button)
        return button

    def _tint(self) -> None:
        colours = self._look.palette
        for place, desk in enumerate(self._desks, 1):
            button, in_front = self._buttons[desk.name], desk.name == self._front
            # Not a checked button: that would be read as a box to be checked.
            here = say("This desk is in front.") if in_front else ""
            named(button, say("{desk} desk", desk=desk.title), f"Ctrl+{place}", here)
            if button.property("front") != in_front:
                button.setProperty("front", in_front)
                restyle(button)
            side = self._look.theme.pixels(28)
            large = self._look.theme.zoom > _ICONS_UP_TO
            title = spoken(desk.title)
            button.setText(title if large else f"{title}\nCtrl+{place}")
            style = Qt.ToolButtonStyle.ToolButtonTextOnly if large else Qt.ToolButtonStyle.ToolButtonTextUnderIcon
            button.setToolButtonStyle(style)
            button.setIconSize(QSize(side, side))
            button.setIcon(self._look.icon(desk.icon, colours.accent if in_front else colours.quiet, 28))


class Window(QMainWindow):
    """`desk_chosen(name)`, and `intent(Intent)` for the window's own keys (lock, commands, explain, call the lead)."""

    desk_chosen = Signal(str)
    intent = Signal(str)

    def __init__(self, look: Look, title: str) -> None:
        super().__init__()
        self._look = look
        self.setWindowTitle(title)
        self.rail, self.status, self._notice = Rail(look), StatusLine(look), MessageLine(look)
        self._pages = QStackedWidget()
        self._pages.setMinimumSize(1, 1)  # a page that may be too tall scrolls itself; the window never grows
        self._rail_area = scrolled(self.rail)
        self._rail_area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._front: dict[str, QWidget] = {}
        self._lay_out()
        self.rail.chosen.connect(self.desk_chosen)
        self.status.renewed.connect(self._order_tabs)
        look.changed.connect(self._fit_rail)
        self.resize(BASE)

    def _lay_out(self) -> None:
        centre = QWidget()
        upper = QHBoxLayout()
        upper.setContentsMargins(0, 0, 0, 0)
        upper.setSpacing(0)
        upper.addWidget(self._rail_area)
        upper.addWidget(self._pages, 1)
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(upper, 1)
        column.addWidget(self._notice)
        column.addWidget(self.status)
        self.setCentralWidget(centre)

    def add_page(self, name: str, page: QWidget) -> None:
        """Keep a page under the name of its desk."""
        self._front[name] = page
        self._pages.addWidget(page)
        self._order_tabs()

    def _order_tabs(self) -> None:
        """Whichever page is in front, Tab leads from it to the status line, and on to the rail before it."""
        last = self.previousInFocusChain()
        for widget in (*self.status.pills, *self.rail.buttons):
            if last is not None and last is not widget:
                QWidget.setTabOrder(last, widget)
            last = widget

    def tell(self, words: str, tone: Tone = Tone.PLAIN) -> None:
        """A sentence of the window itself, whatever page is in front; an empty one takes it away."""
        if words or self._notice.text():
            self._notice.say(words, tone)

    def has_page(self, name: str) -> bool:
        """Whether a page of that name was added: pages are built when first shown."""
        return name in self._front

    def show_page(self, name: str) -> None:
        """Bring a page to the front and give it the focus; rail and status line belong to desks, not to signing in."""
        page = self._front[name]
        announce(self, page.accessibleName())
        self._pages.setCurrentWidget(page)
        self.rail.mark(name)
        page.setFocus(Qt.FocusReason.OtherFocusReason)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab; but the focus of what is being hidden goes where its page says, not to a neighbour that is then read."""
        focus = self.focusWidget()
        if focus is None or focus.isVisible():
            return super().focusNextPrevChild(forward)
        QTimer.singleShot(0, self._mind_focus)
        return True

    def _mind_focus(self) -> None:
        focus, page = self.focusWidget(), self.page_in_front()
        if page is not None and (focus is None or not focus.isVisible()):
            page.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_desks(self, desks: Sequence[Desk]) -> None:
        """The desks of the person signed in; none hides the rail."""
        self.rail.show_desks(desks)
        self._order_tabs()
        self._rail_area.setVisible(bool(desks))
        self._fit_rail()

    def _fit_rail(self) -> None:
        self._rail_area.setFixedWidth(self.rail.widest())

    def say_again(self) -> None:
        """The same in another language; the rail is as wide as its words."""
        self.rail.say_again()
        self._fit_rail()

    def page_in_front(self) -> QWidget | None:
        """The page shown now, None before the first."""
        return self._pages.currentWidget()

    def zoom(self, intent: Intent) -> None:
        """Larger, smaller or the first letters, at once."""
        theme = self._look.theme
        place = 0
        if intent is not Intent.FIRST_SIZE:
            steps = 1 if intent is Intent.LARGER else -1
            place = max(0, min(ZOOMS.index(theme.zoom) + steps, len(ZOOMS) - 1))
        if ZOOMS[place] != theme.zoom:
            self._look.wear(Theme(theme.palette, ZOOMS[place]))
            announce(self, say("Letters {zoom} percent", zoom=ZOOMS[place]))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+digit goes to a desk; zoom and the window's own acts are answered here."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if held == Qt.KeyboardModifier.ControlModifier and Qt.Key.Key_1 <= event.key() <= Qt.Key.Key_9:
            desk = self.rail.desk_of_key(event.key() - Qt.Key.Key_0.value)
            if desk is not None:
                self.desk_chosen.emit(desk)
            return
        intent = intent_of(event)
        if intent in (Intent.LARGER, Intent.SMALLER, Intent.FIRST_SIZE) and intent is not None:
            self.zoom(intent)
        elif intent in WINDOW_INTENTS and intent is not None:
            self.intent.emit(intent.value)
        else:
            super().keyPressEvent(event)
