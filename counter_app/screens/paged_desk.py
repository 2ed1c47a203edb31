"""A desk whose list is longer than anybody reads: the first rows at once, more as its end comes near.

The box asks another question of the list; the right half and its keys are those of every desk of one list.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from counter_app.domain.rights import Person
from counter_app.domain.said import say
from counter_app.screens.list_desk import ListDesk
from counter_app.screens.views import Context, Message, Row, Tone
from counter_app.services.station import Station

AHEAD = 10
"""So many rows before its end the next page is asked for."""


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column's head, whether it holds figures, whether it takes the width that is left, and whether it is left out
    where letters are large: what it says stands at the right too."""

    title: str
    figures: bool = False
    wide: bool = False
    spare: bool = False


@dataclass(frozen=True, slots=True)
class TableRow:
    """A text for each column; `key` says what it is, and where the next page starts."""

    cells: tuple[str, ...]
    key: str = ""
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class PagedDeskView:
    """`question` grows with every other question, so that the page begins its table anew; `title` says which it is.

    `foot` are sums below the table, empty for who may not see them.
    """

    title: str
    question: int
    marked: int
    context: Context
    message: Message = field(default_factory=Message)
    asks: str = ""
    box: str = ""
    foot: tuple[tuple[str, str], ...] = ()


class PagedDesk(ListDesk):
    """`page_after` is a desk's own: the rows after one (None: the first), and none at the end."""

    columns: tuple[TableColumn, ...] = ()
    nothing = say("Nothing is here yet.")
    searches = True

    def __init__(self, station: Station, person: Person, committed: Callable[[], object] = lambda: None) -> None:
        self._lines: tuple[TableRow, ...] = ()
        self._ended, self._question = False, 0
        super().__init__(station, person, committed)

    def page_after(self, row: TableRow | None) -> tuple[TableRow, ...]:
        """The next rows by the question that stands."""
        raise NotImplementedError

    def rows_after(self, key: str | None) -> tuple[TableRow, ...]:
        """What the table shows after a row: what is here already, else another page."""
        at = 0 if key is None else next((n + 1 for n, row in enumerate(self._lines) if row.key == key), 0)
        if at == len(self._lines):
            self._more()
        return self._lines[at:]

    def rows(self) -> tuple[Row, ...]:
        """The rows read so far, by their keys; one without a key where there are none."""
        if not self._lines and not self._ended:
            self._more()
        return tuple(Row("", key=line.key) for line in self._lines) or (Row(""),)

    def mark(self, place: int) -> bool:
        """Show another row, and read on before the end is reached."""
        while not self._ended and place + AHEAD >= len(self._lines):
            self._more()
        return super().mark(place)

    def ask_anew(self, key: str = "") -> None:
        """The first rows of what is asked now; the row of a key marked again, where it is still among them."""
        self._lines, self._ended, self._marked = (), False, 0
        self._question += 1
        self._more()
        if key:
            self.stand_at(key)

    def look_again(self) -> None:
        """The page comes to the front again: the same question and row, as the books are now."""
        if not self._is_asking:
            self.ask_anew(self.rows()[self._marked].key)
            self.quiet()

    def _more(self) -> None:
        page = () if self._ended else self.page_after(self._lines[-1] if self._lines else None)
        self._ended = not page
        self._lines += page

    @property
    def paged(self) -> PagedDeskView:
        """The desk now."""
        view = self.view
        return PagedDeskView(
            self.heading, self._question, view.marked, view.context, view.message, view.asks, view.box, self.foot()
        )

    @property
    def heading(self) -> str:
        """What the list shows."""
        return self.title

    def foot(self) -> tuple[tuple[str, str], ...]:
        """Sums below the table."""
        return ()
