"""A US Letter page and the few things office papers are made of: heading, facts, tables, signatures, page numbers."""

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import Literal

from msgspec import Struct
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import letter
from reportlab.pdfgen.canvas import Canvas

from counter_app.documents.fonts import STRONG, TEXT, in_font, load_fonts, text_width
from counter_app.documents.qr import draw_qr
from counter_app.domain.language import language
from counter_app.domain.money import Cents, plain
from counter_app.domain.paper import Language, Practice
from counter_app.domain.said import say, together

WIDTH: float = letter[0]
HEIGHT: float = letter[1]
MARGIN = 48.0
FOOT, OF_PAGES = MARGIN - 4, 20.0
CODE = 66.0
"""The side of a checkpoint's code with its quiet border, in points."""
INK, MUTED, ACCENT = HexColor("#1b2430"), HexColor("#5a6572"), HexColor("#1f3a5f")
HAIRLINE, BAND = HexColor("#cbd2d9"), HexColor("#f1f4f7")
Align = Literal["left", "right", "center"]


def amount(cents: Cents) -> str:
    """1,234.50, or −5.00 with a real minus sign."""
    return plain(cents).replace("-", "−")


class Style(Struct, frozen=True):
    """A typeface, its size in points, its colour."""

    font: str = TEXT
    size: float = 9
    colour: Color = INK

    @property
    def leading(self) -> float:
        """From one baseline to the next, in points."""
        return self.size * 1.36


BODY, SMALL, STRONG_BODY = Style(), Style(size=7.5, colour=MUTED), Style(STRONG)
LABEL, HEADING, TITLE = Style(size=7, colour=MUTED), Style(STRONG, 10.5, ACCENT), Style(STRONG, 19, ACCENT)


class Column(Struct, frozen=True):
    """A table's column; `width` is in points, and the one of width 0 takes what is left and wraps."""

    title: str
    width: float
    align: Align = "left"


class SheetAbout(Struct, frozen=True, kw_only=True):
    """What stands on every page of a paper."""

    city: str
    site: str
    title: str
    number: str
    practice: Practice
    seq: int
    mark: str
    """The first digits of the journal entry's hash; seq and mark make the paper a witness of the journal."""
    checkpoint: str = ""
    """That entry signed, as a code in the first page's heading."""
    state: str = ""
    """Written across every page, as `voided`."""
    language: Language = "en"


PRACTICE_WORDS: Mapping[Practice, str] = {"real": "", "demo": say("demo"), "training": say("training")}
"""Written across paper that is no record of money."""


class Sheet:
    """A paper under way: `y` is where the next thing goes, counted from the bottom in points, and falls."""

    left, right = MARGIN, WIDTH - MARGIN
    bottom = MARGIN + 16

    def __init__(self, about: SheetAbout) -> None:
        load_fonts(TEXT, STRONG)
        self._file, self._about, self._pages = BytesIO(), about, 0
        self._spoken = language(about.language)
        self.canvas = Canvas(self._file, pagesize=letter, invariant=1, pageCompression=1)
        self.canvas.setTitle(in_font(f"{self.told(about.title)} {about.number}", TEXT))
        self.canvas.setAuthor(in_font(about.city, TEXT))
        self.y = 0.0
        self.new_page()

    @property
    def width(self) -> float:
        """Between the margins, in points."""
        return self.right - self.left

    def finish(self) -> bytes:
        """The PDF; the same values give the same bytes."""
        self._end_page()
        self.canvas.beginForm("pages", 0, 0, WIDTH, HEIGHT)
        self.write(self.right - OF_PAGES, FOOT, say("of {pages}", pages=self._pages), SMALL)
        self.canvas.endForm()
        self.canvas.save()
        return self._file.getvalue()

    def told(self, text: str) -> str:
        """The text in the paper's language."""
        return self._spoken.of(text)

    def new_page(self) -> None:
        """Go on overleaf, under a short heading."""
        if self._pages:
            self._end_page()
        self._pages += 1
        if self._pages == 1:
            self.first_heading()
        else:
            self.next_heading()
        self.foot()

    def room(self, height: float) -> None:
        """Go overleaf unless `height` points are left."""
        if self.y - height < self.bottom:
            self.new_page()

    def write(self, x: float, y: float, text: str, style: Style = BODY, align: Align = "left") -> None:
        """Text with its baseline at (x, y); the page does not move on."""
        self.canvas.setFont(style.font, style.size)
        self.canvas.setFillColor(style.colour)
        shown = in_font(self.told(text), style.font)
        draw = {"left": self.canvas.drawString, "right": self.canvas.drawRightString}
        draw.get(align, self.canvas.drawCentredString)(x, y, shown)

    def line(self, y: float, colour: Color = HAIRLINE, thickness: float = 0.5, x1: float = 0, x2: float = 0) -> None:
        """A horizontal line, from margin to margin unless told."""
        self.canvas.setStrokeColor(colour)
        self.canvas.setLineWidth(thickness)
        self.canvas.line(x1 or self.left, y, x2 or self.right, y)

    def band(self, x: float, y: float, width: float, height: float, colour: Color = BAND) -> None:
        """A filled box whose lower left corner is at (x, y)."""
        self.canvas.setFillColor(colour)
        self.canvas.roundRect(x, y, width, height, 3, stroke=0, fill=1)

    def heading(self, text: str, keep: float = 40) -> None:
        """A section's name; goes overleaf with the first `keep` points of what follows."""
        self.room(24 + keep)
        self.y -= 22
        self.write(self.left, self.y, text, HEADING)
        self.y -= 6

    def facts(self, facts: Sequence[tuple[str, str]], columns: int = 4) -> None:
        """Label over value, in a grid."""
        step = self.width / columns
        for at in range(0, len(facts), columns):
            row = facts[at : at + columns]
            texts = [wrapped(self.told(value), STRONG_BODY, step - 10) for _, value in row]
            height = 11 + max(len(lines) for lines in texts) * STRONG_BODY.leading
            self.room(height)
            for place, (label, _) in enumerate(row):
                x = self.left + place * step
                self.write(x, self.y - 9, label, LABEL)
                for n, text in enumerate(texts[place]):
                    self.write(x, self.y - 20 - n * STRONG_BODY.leading, text, STRONG_BODY)
            self.y -= height + 7

    def paragraph(self, text: str, style: Style = BODY) -> None:
        """Running text, broken to the width."""
        for line in wrapped(self.told(text), style, self.width):
            self.room(style.leading)
            self.y -= style.leading
            self.write(self.left, self.y, line, style)

    def table(
        self, columns: Sequence[Column], rows: Iterable[Sequence[str]], total: Sequence[str] | None = None
    ) -> None:
        """Rows under a heading that is repeated overleaf; the total stays with the last row."""
        spread = _spread(columns, self.width)
        self._table_heading(spread)
        for row in rows:
            cells = [wrapped(text, BODY, c.width - 8) for c, text in zip(spread, row, strict=True)]
            height = max(len(lines) for lines in cells) * BODY.leading + 3
            if self.y - height - (18 if total else 0) < self.bottom:
                self.new_page()
                self._table_heading(spread)
            self._row(spread, cells, BODY)
            self.y -= height
            self.line(self.y)
        if total:
            self._row(spread, [[text] for text in total], STRONG_BODY)
            self.y -= BODY.leading + 4

    def signatures(self, people: Sequence[tuple[str, str]]) -> None:
        """Lines to sign on, side by side: role and name."""
        self.room(52)
        self.y -= 40
        step = self.width / len(people)
        for n, (role, name) in enumerate(people):
            self.signature(self.left + n * step, self.y, step - 18, role, name)
        self.y -= 14

    def signature(self, x: float, y: float, width: float, role: str, name: str) -> None:
        """One line to sign on; the page does not move on."""
        self.line(y, MUTED, 0.6, x, x + width)
        self.write(x, y - 10, together((role, name), ", "), SMALL)

    def _table_heading(self, columns: Sequence[Column]) -> None:
        self.y -= 15
        self.band(self.left, self.y - 1, self.width, 15)
        for x, column in _places(columns, self.left):
            self.write(x, self.y + 3.5, column.title, LABEL, column.align)
        self.y -= 1

    def _row(self, columns: Sequence[Column], cells: Sequence[Sequence[str]], style: Style) -> None:
        for (x, column), lines in zip(_places(columns, self.left), cells, strict=True):
            for n, text in enumerate(lines):
                self.write(x, self.y - 10.5 - n * style.leading, text, style, column.align)

    def first_heading(self) -> None:
        """City and site at the left, title and number at the right; leaves `y` under them."""
        about, y = self._about, HEIGHT - MARGIN
        self.write(self.left, y - 12, about.city, Style(STRONG, 13))
        self.write(self.left, y - 26, about.site, Style(size=9, colour=MUTED))
        self.write(self.right, y - 15, about.title, TITLE, "right")
        self.write(self.right, y - 30, about.number, Style(STRONG, 11), "right")
        if about.checkpoint:
            title = text_width(in_font(self.told(about.title), TITLE.font), TITLE.font, TITLE.size)
            draw_qr(self.canvas, about.checkpoint, self.right - title - CODE - 10, y - 38, CODE)
        self.line(y - 40, ACCENT, 1.4)
        self.y = y - 50

    def next_heading(self) -> None:
        """The same in one small line, for the pages after the first."""
        about, y = self._about, HEIGHT - MARGIN
        self.write(self.left, y - 8, about.city, Style(STRONG, 9))
        self.write(self.right, y - 8, f"{self.told(about.title)} {about.number}", Style(STRONG, 9, ACCENT), "right")
        self.line(y - 15, ACCENT, 0.8)
        self.y = y - 22

    def foot(self) -> None:
        """The journal's mark at the left, the page's number at the right."""
        self.line(MARGIN + 8)
        self.write(self.left, FOOT, self._witness(), SMALL)
        self.write(self.right - OF_PAGES - 2, FOOT, say("Page {page}", page=self._pages), SMALL, "right")
        self.canvas.doForm("pages")  # made at the end, when their number is known
        if self._about.practice != "real":
            demo, training = say("DEMO — not a record of money"), say("TRAINING — not a record of money")
            self.write(WIDTH / 2, FOOT, demo if self._about.practice == "demo" else training, SMALL, "center")

    def _witness(self) -> str:
        about = self._about
        if about.checkpoint:
            return say("Checkpoint at entry {seq}, {mark}", seq=about.seq, mark=about.mark)
        return say("Entry {seq}, {mark}", seq=about.seq, mark=about.mark) if about.mark else ""

    def _end_page(self) -> None:
        if word := self.told(together((PRACTICE_WORDS[self._about.practice], self._about.state))):
            across(self.canvas, word.upper(), WIDTH, HEIGHT)
        self.canvas.showPage()


def across(canvas: Canvas, word: str, width: float, height: float) -> None:
    """A pale word from corner to corner, over what is written and through boxes."""
    canvas.saveState()
    canvas.translate(width / 2, height / 2)
    canvas.rotate(52)
    size = min(width * 1.1 / text_width(word, STRONG, 1), width / 4)
    canvas.setFont(STRONG, size)
    canvas.setFillColor(INK)
    canvas.setFillAlpha(0.07)
    canvas.drawCentredString(0, -size / 3, word)
    canvas.restoreState()


def wrapped(text: str, style: Style, width: float) -> list[str]:
    """The text broken into lines of `width` points; a word too long for one is cut."""
    lines, line = [], ""
    for word in in_font(text, style.font).split(" "):
        longer = f"{line} {word}" if line else word
        if text_width(longer, style.font, style.size) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        line = word
        while text_width(line, style.font, style.size) > width and len(line) > 1:
            cut = _longest_start(line, style, width)
            lines.append(line[:cut])
            line = line[cut:]
    return [*lines, line]


def _longest_start(word: str, style: Style, width: float) -> int:
    """How many letters of the word fit; at least one."""
    cut = len(word)
    while cut > 1 and text_width(word[:cut], style.font, style.size) > width:
        cut -= 1
    return cut


def _spread(columns: Sequence[Column], width: float) -> list[Column]:
    """The columns with the one of width 0 given what is left."""
    left = width - sum(column.width for column in columns)
    return [column if column.width else Column(column.title, left, column.align) for column in columns]


def _places(columns: Sequence[Column], left: float) -> list[tuple[float, Column]]:
    """Each column's x to write at, by its alignment."""
    places, x = [], left
    for column in columns:
        inner = {"left": x + 4, "right": x + column.width - 4, "center": x + column.width / 2}
        places.append((inner[column.align], column))
        x += column.width
    return places
