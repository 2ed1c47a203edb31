"""What a screen shows, as frozen values: a page draws them and decides nothing. Amounts are text here, ready to read.

A screen has one view at a time; its methods change it and a page asks for it again. Sentences are Said
(counter_app.domain.said), so that a page can say them in the cashier's language; names and numbers are plain.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from counter_app.domain.said import say
from counter_app.screens.keys import Intent


class Tone(StrEnum):
    """What a colour says; always beside a word and a shape, never alone."""

    PLAIN = "plain"
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"
    ACCENT = "accent"


class Sound(StrEnum):
    """A sound of the last key or scan; each has a visual twin in the same view."""

    NONE = ""
    GOOD = "scan good"
    UNKNOWN = "scan unknown"
    DONE = "money done"
    ATTENTION = "attention"


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence beside the box or field."""

    words: str = ""
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Row:
    """One line: what it is, its amount, below it quieter details and a note in a tone. `key` is the screen's own.

    `next_step` is what is to be done about it; a board shows it on the tile.
    """

    title: str
    amount: str = ""
    detail: str = ""
    note: str = ""
    tone: Tone = Tone.PLAIN
    icon: str = ""
    key: str = ""
    next_step: str = ""


@dataclass(frozen=True, slots=True)
class TicketView:
    """The left half. `subtotals` are quiet rows above the total (tendered, still due)."""

    payer: str = ""
    lines: tuple[Row, ...] = ()
    total: str = "$0.00"
    total_name: str = say("Total")
    subtotals: tuple[tuple[str, str], ...] = ()
    empty: str = say("Nothing on the ticket yet.\nScan a bill, or type a name, an address or an account.")
    note: str = ""
    marked: int | None = None


@dataclass(frozen=True, slots=True)
class QuietView:
    """The right half when nothing is asked for."""

    words: str = ""


@dataclass(frozen=True, slots=True)
class ResultsView:
    """Rows to choose one of. `title` says how many or of whom; `empty` is said when there are no rows."""

    title: str
    rows: tuple[Row, ...] = ()
    empty: str = say("Nothing found. Try fewer letters.")
    hint: str = say("Enter takes the marked one; arrows walk.")
    marked: int = 0


@dataclass(frozen=True, slots=True)
class ItemView:
    """One thing in full: facts as pairs, warnings in plain words, rows that can be taken (by Enter or their one
    key). `dense` sets many facts small, so that the rows stay in sight."""

    title: str
    facts: tuple[tuple[str, str], ...] = ()
    warnings: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    hint: str = ""
    marked: int = 0
    dense: bool = False


@dataclass(frozen=True, slots=True)
class FieldView:
    """One fact of a form: `value` as it reads, `need` is must, should or may; `wrong` says what is wrong with it."""

    label: str
    value: str = ""
    need: str = "may"
    hint: str = ""
    wrong: str = ""


@dataclass(frozen=True, slots=True)
class FormView:
    """Facts that a fee asks; the box fills the field at `at`, Enter goes on, arrows walk."""

    title: str
    fields: tuple[FieldView, ...] = ()
    at: int = 0
    hint: str = ""


@dataclass(frozen=True, slots=True)
class QuickCash:
    """A quick-cash choice as shown ("Exact", "$100"), with its key; `cents` comes back when it is chosen.

    Without words its place stays empty.
    """

    words: str
    cents: int
    key: str = ""


@dataclass(frozen=True, slots=True)
class TenderView:
    """A payment in the making. `due_name` turns from "Still due" to "Change" when enough was handed over."""

    due: str
    due_name: str = say("Still due")
    tone: Tone = Tone.PLAIN
    tenders: tuple[Row, ...] = ()
    quick: tuple[QuickCash, ...] = ()
    cannot_finish: str = ""
    off: tuple[tuple[Intent, str], ...] = ()
    hint: str = say("Type what was handed over, then its key.")


@dataclass(frozen=True, slots=True)
class Change:
    """What came of a payment: `amount` to hand over, the receipt, its quiet way back, and what to hand out with it."""

    amount: str
    title: str = say("Change due")
    receipt: str = ""
    oops: str = ""
    pieces: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Approval:
    """An override in place: `reasons` are chosen by 1–9; without `second_person` the reason alone completes it.

    `people` are those who may, chosen by their place from 1 instead of typing a name. `alone`, where it is not empty,
    is the way without them ("Ask for it"): the page calls `ask_alone(reason)`.
    """

    what: str
    amount: str = ""
    reasons: tuple[str, ...] = ()
    second_person: bool = True
    who_may: str = say("Lead or supervisor")
    people: tuple[str, ...] = ()
    alone: str = ""
    complaint: str = ""


@dataclass(frozen=True, slots=True)
class CountView:
    """Pieces are to be counted in the denomination grid; nothing here tells what is expected."""

    title: str
    hint: str = ""
    count: Mapping[str, int] | None = None
    asks_bag: bool = False


Context = QuietView | ResultsView | ItemView | FormView | TenderView | Change | Approval | CountView


@dataclass(frozen=True, slots=True)
class SignInView:
    """City, window, a hint (the demo's people and passwords), who locked it and how somebody else signs in, and why
    the last try failed."""

    city: str
    site: str = ""
    hint: str = ""
    person: str = ""
    locked: str = ""
    complaint: str = ""


@dataclass(frozen=True, slots=True)
class OpeningView:
    """Opening a drawer: which, then its float in the grid. `off` says why this person cannot open one now."""

    title: str
    drawers: tuple[Row, ...] = ()
    marked: int = 0
    off: str = ""
    message: Message = Message()
    opened: str = ""


@dataclass(frozen=True, slots=True)
class CountingView:
    """A count, step by step: `cash` (the grid), `checks`, `cards`, `ready`. It has no place for what is expected.

    `said` is the count so far in words; `checks` are rows in the order they were typed.
    """

    title: str
    step: str
    count: Mapping[str, int]
    cash: str = "$0.00"
    checks: tuple[Row, ...] = ()
    checks_total: str = "$0.00"
    cards: str = ""
    hint: str = ""
    message: Message = Message()


@dataclass(frozen=True, slots=True)
class ClosingView:
    """Closing the own drawer: the count, or a sentence when it is off or done."""

    title: str
    counting: CountingView | None = None
    off: str = ""
    done: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """What a locked count came to, row by row: tender, counted, expected, difference; and over/short of cash alone.

    `row_tones` is one for each row; `warning` says which tenders beside cash differ, and is empty when none does.
    """

    rows: tuple[tuple[str, str, str, str], ...]
    row_tones: tuple[Tone, ...]
    warning: str
    over_short: str
    over_short_name: str
    tone: Tone
    keep: str
    needs_explanation: bool
    can_recount: bool


@dataclass(frozen=True, slots=True)
class VerifyingView:
    """The board of drawers; one of them being counted; or, once its count is locked, its figures.

    `asked` is a void that must be decided before the marked drawer is counted: Y accepts it, N rejects it.
    """

    title: str
    board: tuple[Row, ...] = ()
    marked: int = 0
    counting: CountingView | None = None
    figures: Figures | None = None
    message: Message = Message()
    hint: str = ""
    asked: "Question | None" = None


@dataclass(frozen=True, slots=True)
class DepositView:
    """A bag in the making: verified drawers ("in the bag" where picked), their checks, the figures; bags made."""

    title: str
    drawers: tuple[Row, ...] = ()
    checks: tuple[Row, ...] = ()
    pieces: tuple[Row, ...] = ()
    cash: str = "$0.00"
    checks_total: str = "$0.00"
    total: str = "$0.00"
    bag: str = ""
    banks: tuple[str, ...] = ()
    bank: str = ""
    made: tuple[Row, ...] = ()
    cannot_make: str = ""
    message: Message = Message()


@dataclass(frozen=True, slots=True)
class Question:
    """A question that Y or N answers (did the paper come out, is the void accepted), and the number it is about."""

    words: str
    number: str


@dataclass(frozen=True, slots=True)
class PaletteView:
    """Every act with its key; `note` of a row says why it is off and who may."""

    rows: tuple[Row, ...] = ()
    marked: int = 0
    message: Message = Message()


@dataclass(frozen=True, slots=True)
class Status:
    """One thing of the status line: `name` what it is about, `words` how it is, `explains` what to do about it."""

    name: str
    words: str
    icon: str
    tone: Tone = Tone.PLAIN
    explains: str = ""


@dataclass(frozen=True, slots=True)
class Desk:
    """A desk on the rail: its name in code, its word on screen and its icon."""

    name: str
    title: str
    icon: str
