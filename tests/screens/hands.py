"""Hands at the counter: keys and scans go to the screen as the box of the window sends them."""

from counter_app.screens.counter import Counter, CounterView
from counter_app.screens.keys import KEYS, Intent, meant
from counter_app.screens.views import Approval, Change, ItemView, ResultsView, TenderView

_BY_LABEL = {key.label: key.intent for key in KEYS}


class Hands:
    """`hands("50 F8 F9")` types 5, 0 and presses F8 and F9."""

    def __init__(self, screen: Counter) -> None:
        self.screen = screen
        self._typed = ""
        self._last: Intent | None = None

    def __call__(self, strokes: str) -> CounterView:
        """Words of key labels are keys, every other word is typed sign by sign."""
        for word in strokes.split():
            if word == "Enter":
                self._press(Intent.SEARCH if self._typed else Intent.PROCEED)
            elif word in _BY_LABEL and len(word) > 1 and word != "++":
                self._press(_BY_LABEL[word])
            else:
                for sign in word:
                    self.sign(sign)
        return self.view

    def sign(self, sign: str) -> None:
        """One sign on the keyboard; a space is one too."""
        if not self._typed and self.screen.letter(sign):
            self._done()
            return
        intent = meant(sign, self._typed, self._last)
        if intent is not None:
            self._press(intent)
        else:
            self._typed += sign
            self.screen.typing(self._typed)

    def say(self, text: str) -> CounterView:
        """A text with its spaces, and Enter."""
        for sign in text:
            self.sign(sign)
        return self("Enter")

    def scan(self, text: str) -> CounterView:
        """No key at all."""
        self.screen.scan(text)
        self._typed = self.view.box
        return self.view

    def approve(self, reason: str, person: str, pin: str) -> CounterView:
        """The strip: a reason by one key, a name and Enter, a PIN and Enter."""
        self.screen.approve(reason, person, pin)
        return self.view

    @property
    def view(self) -> CounterView:
        """What the window shows now."""
        return self.screen.view

    @property
    def message(self) -> str:
        """The sentence beside the box."""
        return self.view.message.words

    @property
    def lines(self) -> list[tuple[str, str]]:
        """Names and amounts on the ticket."""
        return [(row.title, row.amount) for row in self.view.ticket.lines]

    @property
    def change(self) -> Change:
        """What came of the payment."""
        assert isinstance(self.view.context, Change), self.view
        return self.view.context

    @property
    def tender(self) -> TenderView:
        """The payment in the making."""
        assert isinstance(self.view.context, TenderView), self.view
        return self.view.context

    @property
    def strip(self) -> Approval:
        """The override that is asked."""
        assert isinstance(self.view.context, Approval), self.view
        return self.view.context

    @property
    def rows(self) -> list[str]:
        """Titles of the rows to choose from."""
        context = self.view.context
        assert isinstance(context, ItemView | ResultsView), self.view
        return [row.title for row in context.rows]

    def _press(self, intent: Intent) -> None:
        self.screen.press(intent, self._typed)
        self._last = intent
        self._done()

    def _done(self) -> None:
        self._typed = self.view.box
