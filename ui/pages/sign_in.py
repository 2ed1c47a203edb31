"""Signing in: who, and the password or PIN; the first thing seen in the morning and after a lock."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from counter_app.domain.said import say
from counter_app.screens.keys import Intent, key_of
from counter_app.screens.views import SignInView, Tone
from ui.look import Look
from ui.reading import named
from ui.theme import Size, Space
from ui.widgets.act_button import ActButton
from ui.widgets.badge import badge_in, hides_badges
from ui.widgets.card import Card, Labelled
from ui.widgets.message_line import MessageLine
from ui.widgets.scrolled import scrolled
from ui.widgets.words import Words

_CARD_WIDTH, _ICON_UP_TO = 520, 125


class SignInPage(QWidget):
    """`signed(person, secret)` on Enter; answer with `complain`, or show another page."""

    signed = Signal(str, str)
    language_asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        named(self, say("Sign in"))
        self._look = look
        self._icon = QLabel()
        self._city, self._site = Words(size=Size.TITLE), Words(tone="quiet")
        self._lead = Words(size=Size.BODY, tone="accent", strong=True)
        self._person, self._secret = hides_badges(QLineEdit()), QLineEdit()
        self._secret.setEchoMode(QLineEdit.EchoMode.Password)
        self._go = ActButton(look, say("Sign in"), "Enter", primary=True)
        self._other_language = ActButton(look, say("Español"), key_of(Intent.LANGUAGE).label)
        self._message, self._hint = MessageLine(look), Words(size=Size.SMALL, tone="quiet")
        self._lay_out()
        self._first = self._person
        self._person.returnPressed.connect(self._next)
        self._secret.returnPressed.connect(self._sign)
        self._go.clicked.connect(self._sign)
        self._other_language.clicked.connect(self.language_asked)
        look.changed.connect(self._tint)
        self._tint()

    def _lay_out(self) -> None:
        self._card = Card()
        inner = self._card.column
        inner.setContentsMargins(Space.BROAD, Space.WIDE, Space.BROAD, Space.WIDE)
        for part in (self._icon, self._city, self._site):
            inner.addWidget(part)
        inner.addSpacing(Space.ROOM)
        inner.addWidget(self._lead)
        inner.addWidget(Labelled(self._look, say("Your name"), self._person, say("User name or badge, then Enter.")))
        inner.addWidget(Labelled(self._look, say("Password or PIN"), self._secret, say("Then Enter.")))
        inner.addWidget(self._message)
        inner.addSpacing(Space.TIGHT)
        inner.addWidget(self._go)
        inner.addWidget(self._other_language)
        inner.addWidget(self._hint)
        holder = QWidget()
        across = QHBoxLayout(holder)
        across.setContentsMargins(0, 0, 0, 0)
        across.addStretch(1)
        across.addWidget(self._card, 0, Qt.AlignmentFlag.AlignVCenter)
        across.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scrolled(holder))

    def show_sign_in(self, view: SignInView) -> None:
        """Show it empty, or with the name of the person who locked the window."""
        self._city.setText(view.city)
        self._site.setText(view.site)
        self._lead.setText(view.locked)
        self._lead.setVisible(bool(view.locked))
        self._hint.setText(view.hint)
        self._hint.setVisible(bool(view.hint))
        self._person.setText(view.person)
        self._secret.clear()
        self._message.clear()
        self._first = self._secret if view.person else self._person

    def complain(self, words: str) -> None:
        """Say why not, and ask for the secret again."""
        self._secret.clear()
        self._message.say(words, Tone.BAD)
        self._secret.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask_somebody_else(self) -> None:
        """F12 on the locked page: the name is asked too."""
        for field in (self._person, self._secret):
            field.clear()
        self._message.clear()
        self._person.setFocus(Qt.FocusReason.OtherFocusReason)

    def _next(self) -> None:
        if badge := badge_in(self._person):
            self.signed.emit(badge, "")
        elif self._person.text().strip():
            self._secret.setFocus(Qt.FocusReason.TabFocusReason)

    def _sign(self) -> None:
        if badge := badge_in(self._secret):
            self.signed.emit(badge, "")
        elif not self._person.text().strip():
            self._message.say("Type your name first.", Tone.BAD)
            self._person.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.signed.emit(self._person.text().strip(), self._secret.text())

    def _tint(self) -> None:
        self._icon.setPixmap(self._look.picture("city", self._look.palette.accent, 48))
        self._icon.setVisible(self._look.theme.zoom <= _ICON_UP_TO)
        self._card.setFixedWidth(self._look.theme.pixels(_CARD_WIDTH))

    def showEvent(self, event: QShowEvent) -> None:
        """The focus is where typing starts."""
        super().showEvent(event)
        self.setFocus()

    def setFocus(self, _reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """The field where typing starts. Not by a proxy: a page that goes would be read aloud for its field."""
        self._first.setFocus(Qt.FocusReason.OtherFocusReason)
