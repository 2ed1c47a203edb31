"""The sheet of widgets: each of ours in its states (at rest, with the focus, off with its reason, wrong), one picture.

A widget is shown alone, brought into its state as a person brings it there, and photographed; only one can have the
focus at a time. Sentences are the program's own, so that the sheet reads in both languages.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QBuffer, QIODevice, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from counter_app.domain.said import say
from counter_app.screens.keys import Intent
from counter_app.screens.paged_desk import TableColumn, TableRow
from counter_app.screens.views import (
    Approval,
    Change,
    Context,
    CountView,
    FieldView,
    FormView,
    ItemView,
    Question,
    QuickCash,
    ResultsView,
    Row,
    Status,
    TenderView,
    TicketView,
    Tone,
)
from ui.look import Look
from ui.reading import switch
from ui.theme import Size
from ui.widgets.act_button import ActButton
from ui.widgets.approval_strip import ApprovalStrip
from ui.widgets.board import Board
from ui.widgets.box import Box
from ui.widgets.card import Card, Labelled
from ui.widgets.context_panel import ContextPanel
from ui.widgets.count_grid import CountGrid
from ui.widgets.message_line import MessageLine
from ui.widgets.money_field import MoneyField
from ui.widgets.paged_table import PagedTable
from ui.widgets.paper_preview import PaperPreview
from ui.widgets.question_strip import QuestionStrip
from ui.widgets.rows import RowList
from ui.widgets.status import StatusLine
from ui.widgets.ticket import Ticket

WIDE, COLUMN, GAP = 1280, 616, 16
LONG_NAME = "Maximiliana Bartholomew-Featherstonehaugh de la Vega y Ortega"
"""Sixty characters and one, as a name may be."""
_OWED = Row(say("Total"), "$84.12", "W-2611", say("Past due since {day}.", day="Nov 20, 2026"), Tone.WARN, "water")
_LONG = Row(LONG_NAME, "$1,204.00", "90000002 · 1 Elm Street", icon="account")
_LINES = (_OWED, _LONG, Row(say("Still due"), "$18.00", icon="dog"))
_KEYED = (Row(say("Print a copy"), key="C"), Row(say("Wrong tender"), key="T"), Row(say("Void"), key="V"))
_VOID = Approval(
    say("Void receipt {number}", number="A1-000123"),
    "$154.12",
    (say("Wrong amount"), say("Wrong account"), say("Customer changed their mind")),
    people=("Lee Park", "Ana Delgado"),
    alone=say("Nobody is here: ask for the void"),
)
_QUICK = (
    QuickCash(say("Exact"), 5_729, "."), QuickCash("$58", 5_800), QuickCash("", 0), QuickCash("$60", 6_000),
    QuickCash("", 0), QuickCash("", 0), QuickCash("$100", 10_000),
)  # fmt: skip
_STATUSES = (
    Status("Window", "A1 City Hall", "window", Tone.ACCENT),
    Status("Drawer", say("No open drawer"), "drawer", Tone.WARN),
    Status("Cashier", "Maria Santos", "person"),
    Status("Printer", say("Paper done"), "printer", Tone.GOOD),
    Status("Central store", "3 waiting, oldest 40 s", "central", Tone.BAD),
)
_TILES = (
    Row("D1", detail="Maria Santos\n9:00 AM", note=say("open"), icon="drawer", next_step=say("Esc goes back.")),
    Row("D2", detail=LONG_NAME, note=say("closed, to be counted"), tone=Tone.ACCENT, icon="drawer"),
    Row("D3", detail="Ben Carter", note=say("being counted again"), tone=Tone.WARN, icon="drawer"),
    Row("D4", detail="Ana Delgado", note=say("verified, to be deposited"), tone=Tone.GOOD, icon="drawer"),
)

_COUNT = CountView(say("Drop from drawer {drawer}", drawer="D1"), say("Count what goes to the safe."), asks_bag=True)
_LOCKED = say("The count is locked.")
_TENDERED = (Row("1042", "$50.00", icon="check"),)
_DUE = TenderView("$57.29", tenders=_TENDERED, quick=_QUICK, cannot_finish=_LOCKED, off=((Intent.CARD, _LOCKED),))
_ENOUGH = TenderView("$42.71", say("Change due"), Tone.GOOD, _TENDERED, _QUICK)
_PIECES = (Row("2 × $20, 2 × $1", detail="2 × 25¢, 2 × 10¢, 1¢", icon="cash"),)
_RECEIPT = say("Receipt {number}", number="A1-000123")
_CHANGE = Change("$42.71", receipt=_RECEIPT, oops=say("Oops (F11)"), pieces=_PIECES)
_FACTS = ((say("Total"), "$84.12"), (say("Cash"), "$84.12"))
_ITEM = ItemView(_RECEIPT, _FACTS, (say("Past due since {day}.", day="Nov 20, 2026"),), _KEYED)
_FORM = FormView(
    say("With a license"),
    (
        FieldView(say("Cash"), "Rex", "must"),
        FieldView(say("Checks"), "13/45", "must", wrong=say("“{typed}” is not an amount.", typed="13/45")),
        FieldView(say("Total")),
    ),
    at=1,
)


Staged = tuple[QWidget, Callable[[], object]]
"""A widget, and what brings it into its state once it is shown."""


@dataclass(frozen=True, slots=True)
class Specimen:
    """A widget in a state. `high` in pixels at 100 %, 0 for the height that it asks for."""

    name: str
    stage: Callable[[Look], Staged]
    high: int = 0


def draw_sheet(look: Look) -> QImage:
    """All of them in two columns, each beneath its name."""
    return _mounted(look, _photographs(look, specimens()))


def _photographs(look: Look, of: Iterator[Specimen]) -> list[tuple[str, QImage]]:
    stage = QWidget()
    stage.resize(COLUMN, 1600)
    stage.show()
    stage.activateWindow()
    QTest.qWaitForWindowActive(stage)
    pictures = [(specimen.name, _photograph(stage, look, specimen)) for specimen in of]
    stage.close()
    stage.deleteLater()
    return pictures


def _photograph(stage: QWidget, look: Look, specimen: Specimen) -> QImage:
    widget, bring = specimen.stage(look)
    widget.setParent(stage)
    widget.setGeometry(0, 0, COLUMN, look.theme.pixels(specimen.high) or 400)
    widget.show()
    stage.setFocus()
    bring()
    _settle()
    if not specimen.high:
        widget.resize(COLUMN, _asked_height(widget))
    _settle()
    picture = stage.grab(QRect(QPoint(0, 0), widget.size())).toImage()
    widget.hide()
    widget.setParent(None)
    widget.deleteLater()
    return picture


def _asked_height(widget: QWidget) -> int:
    layout = widget.layout()
    if layout is not None and layout.hasHeightForWidth():
        return layout.totalHeightForWidth(COLUMN)
    return widget.heightForWidth(COLUMN) if widget.hasHeightForWidth() else widget.sizeHint().height()


def _settle() -> None:
    for _ in range(3):
        QApplication.processEvents()


def _mounted(look: Look, pictures: list[tuple[str, QImage]]) -> QImage:
    title = look.theme.pixels(32)
    tops, places = [GAP, GAP], []
    for _, picture in pictures:
        column = tops.index(min(tops))
        places.append(QPoint(GAP + column * (COLUMN + GAP), tops[column]))
        tops[column] += title + picture.height() + GAP
    sheet = QImage(WIDE, max(tops), QImage.Format.Format_RGB32)
    sheet.fill(QColor(look.palette.ground))
    painter = QPainter(sheet)
    painter.setFont(look.font(Size.SMALL))
    painter.setPen(QColor(look.palette.quiet))
    for (name, picture), place in zip(pictures, places, strict=True):
        painter.drawText(QRect(place, place + QPoint(COLUMN, title)), Qt.AlignmentFlag.AlignVCenter, name)
        painter.drawImage(place + QPoint(0, title), picture)
    painter.end()
    return sheet


def specimens() -> Iterator[Specimen]:
    """Every widget of ours, in the order of the sheet."""
    yield from _fields()
    yield from _counting()
    yield from _tickets()
    yield from _panels()
    yield from _lists()
    yield from _words()


def _fields() -> Iterator[Specimen]:
    yield Specimen("box", partial(_box, ""))
    yield Specimen("box, focus", partial(_box, "medina"))
    yield Specimen("money field", partial(_money, "83.17"))
    yield Specimen("money field, focus", partial(_money, "83.17", focus=True))
    yield Specimen("money field, wrong", partial(_money, ".", focus=True, enter=True))
    yield Specimen("money field, off", partial(_money, "83.17", off=say("The count is locked.")))
    yield Specimen("labelled field, wrong", _labelled)


def _counting() -> Iterator[Specimen]:
    yield Specimen("count grid", partial(_grid, {"2000": 12, "500": 7, "25": 40}))
    yield Specimen("count grid, wrong", partial(_grid, {"2000": 12}, typed="12x"))
    yield Specimen("count in half a window", partial(_context, _COUNT), high=600)


def _tickets() -> Iterator[Specimen]:
    yield Specimen("ticket, empty", partial(_ticket, TicketView()), high=420)
    sums = ((say("Handed over"), "$50.00"), (say("Still due"), "$1,256.12"))
    full = TicketView("Rosa Medina", _LINES, "$1,306.12", subtotals=sums, marked=1)
    yield Specimen("ticket", partial(_ticket, full), high=640)
    long = TicketView(LONG_NAME, _LINES[:1], "$99,999,999.99", marked=0)
    yield Specimen("ticket, long", partial(_ticket, long), high=420)


def _panels() -> Iterator[Specimen]:
    yield Specimen("tender panel", partial(_context, _DUE), high=640)
    yield Specimen("tender panel, enough", partial(_context, _ENOUGH), high=640)
    yield Specimen("approval strip, reason", partial(_approval, ""))
    yield Specimen("approval strip, second person", partial(_approval, "2"))
    yield Specimen("approval strip, wrong", partial(_approval, "21", wrong=say("That PIN is not right.")))
    yield Specimen("change due", partial(_context, _CHANGE), high=460)
    yield Specimen("results", partial(_context, ResultsView("Medina", _LINES)), high=440)
    yield Specimen("item", partial(_context, _ITEM), high=440)
    yield Specimen("form", partial(_context, _FORM), high=400)


def _lists() -> Iterator[Specimen]:
    yield Specimen("board of drawers, focus", partial(_rows, Board, _TILES, focus=True), high=460)
    yield Specimen("board, empty", partial(_rows, Board, ()), high=80)
    yield Specimen("paged table, focus", _table, high=300)
    yield Specimen("rows", partial(_rows, RowList, _LINES), high=330)
    yield Specimen("rows, focus", partial(_rows, RowList, _KEYED, focus=True), high=190)
    yield Specimen("rows, empty, focus", partial(_rows, RowList, (), focus=True), high=80)


def _words() -> Iterator[Specimen]:
    yield Specimen("acts", _acts)
    yield Specimen("act, focus", partial(_act, primary=False))
    yield Specimen("first act, focus", partial(_act, primary=True))
    yield Specimen("status pills, focus on one", _statuses)
    yield Specimen("messages", _messages)
    yield Specimen("question strip", _question)
    yield Specimen("paper preview", _paper, high=240)


def _nothing() -> None:
    """At rest."""


def _box(typed: str, look: Look) -> Staged:
    box = Box(look, say("Scan or type a name, address, account, receipt, license or fee"))
    return box, partial(_type, box, typed) if typed else _nothing


def _money(typed: str, look: Look, *, focus: bool = False, enter: bool = False, off: str = "") -> Staged:
    field = MoneyField(look, say("Cash"))

    def bring() -> None:
        field.edit.setText(typed)
        switch(field, off)
        if focus:
            field.edit.setFocus()
        if enter:
            QTest.keyClick(field.edit, Qt.Key.Key_Return)

    return field, bring


def _labelled(look: Look) -> Staged:
    field = Labelled(look, say("Bag number"), QLineEdit("B-77"))
    return field, lambda: field.complain(say("Scan or type the serial of the bag."))


def _grid(count: dict[str, int], look: Look, *, typed: str = "") -> Staged:
    grid = CountGrid(look)

    def bring() -> None:
        grid.set_count(count)
        if typed:
            first = grid.focusProxy()
            assert first is not None
            _type(first, typed)
            QTest.keyClick(first, Qt.Key.Key_Return)

    return grid, bring


def _ticket(view: TicketView, look: Look) -> Staged:
    ticket = Ticket(look)
    return ticket, lambda: ticket.show_ticket(view)


def _context(view: Context, look: Look) -> Staged:
    panel = ContextPanel(look)
    return panel, lambda: panel.show_view(view)


def _approval(keys: str, look: Look, *, wrong: str = "") -> Staged:
    strip = ApprovalStrip(look)

    def bring() -> None:
        strip.ask(_VOID)
        for key in keys:
            QTest.keyClicks(QApplication.focusWidget() or strip, key)
        if wrong:
            strip.complain(wrong)

    return strip, bring


def _rows(kind: type[RowList], rows: tuple[Row, ...], look: Look, *, focus: bool = False) -> Staged:
    shown = kind(look, say("Drawers"), empty=say("No drawer is open or waits for its count."))
    shown.show_rows(rows)
    return shown, shown.setFocus if focus else _nothing


def _table(look: Look) -> Staged:
    columns = (
        TableColumn(say("Receipt")),
        TableColumn(say("Who is paying"), wide=True),
        TableColumn(say("Total"), figures=True),
    )
    lines = (
        TableRow(("A1-000123", "Rosa Medina", "$84.12")),
        TableRow(("A1-000124", LONG_NAME, "$1,204.00"), tone=Tone.WARN),
        TableRow(("A1-000125", "Ben Carter", "$9.00"), tone=Tone.BAD),
    )
    table = PagedTable(look, say("Receipts"), columns)

    def bring() -> None:
        table.start(lambda after: () if after else lines)
        table.setFocus()

    return table, bring


def _acts(look: Look) -> Staged:
    acts = QWidget()
    column = QVBoxLayout(acts)
    for act, why_off in (
        (ActButton(look, say("Finish"), "F9", "receipt", primary=True), ""),
        (ActButton(look, say("Check"), "F6", "check"), ""),
        (ActButton(look, say("Nobody is here: ask for the void"), "0"), ""),
        (ActButton(look, say("Finish"), "F9", "receipt", primary=True), say("The count is locked.")),
        (ActButton(look, say("Card"), "F7", "card"), say("The count is locked.")),
    ):
        switch(act, why_off)
        column.addWidget(act)
    return acts, _nothing


def _act(look: Look, *, primary: bool) -> Staged:
    act = ActButton(look, say("Finish"), "F9", "receipt", primary=primary)
    return act, act.setFocus


def _statuses(look: Look) -> Staged:
    line = StatusLine(look)
    line.show_statuses(_STATUSES)
    return line, line.pills[-1].setFocus


def _messages(look: Look) -> Staged:
    card = Card()
    lines = {tone: MessageLine(look) for tone in Tone}
    for line in lines.values():
        card.column.addWidget(line)

    def bring() -> None:
        for tone, line in lines.items():
            line.say(say("Scan or type the serial of the bag."), tone)

    return card, bring


def _question(look: Look) -> Staged:
    strip = QuestionStrip(look, say("Paper question"), say("Yes"), say("No, print a copy"))
    return strip, lambda: strip.ask(Question(say("Void receipt {number}", number="A1-000123"), ""))


def _paper(_look: Look) -> Staged:
    """A page of ruled lines: what stands on paper is tested where it is made."""
    page = QImage(420, 300, QImage.Format.Format_RGB32)
    page.fill(QColor("#ffffff"))
    painter = QPainter(page)
    for row in range(1, 12):
        painter.fillRect(40, row * 24, 340 - row % 4 * 60, 3, QColor("#404040"))
    painter.end()
    png = QBuffer()
    png.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(png, b"PNG").write(page)
    preview = PaperPreview(say("Receipt paper"))
    return preview, lambda: preview.show_pages((bytes(png.data().data()),))


def _type(field: QWidget, text: str) -> None:
    field.setFocus()
    QTest.keyClicks(field, text)
