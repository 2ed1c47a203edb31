"""The window as a whole: nothing is cut at any zoom, every control has a name, keys find their way."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from counter_app.screens.keys import Intent
from counter_app.screens.paged_desk import TableColumn, TableRow
from counter_app.screens.views import (
    Approval,
    Change,
    CountView,
    Desk,
    FieldView,
    FormView,
    ItemView,
    QuickCash,
    QuietView,
    ResultsView,
    Row,
    SignInView,
    Status,
    TenderView,
    TicketView,
    Tone,
)
from ui.look import Look
from ui.pages.sign_in import SignInPage
from ui.reading import controls, named, snapshot
from ui.theme import PALETTES, ZOOMS, Palette, Space, Theme
from ui.widgets.box import Box
from ui.widgets.context_panel import ContextPanel
from ui.widgets.count_grid import CountGrid
from ui.widgets.paged_table import PagedTable
from ui.widgets.scrolled import scrolled
from ui.widgets.ticket import Ticket
from ui.window import Window

LONG = "Maximiliana Bartholomew-Featherstonehaugh de la Vega Ortegaz"
DESKS = tuple(
    Desk(title.lower(), title, icon)
    for title, icon in (
        ("Counter", "counter"), ("Drawers", "drawer"), ("Deposits", "deposit"), ("Licenses", "license"),
        ("Accounts", "account"), ("Reviews", "review"), ("Reports", "report"), ("Settings", "settings"),
    )
)  # fmt: skip
STATUSES = (
    Status("Window", "A1 City Hall", "window", explains="This window is A1."),
    Status("Drawer", "D1 open", "drawer", Tone.GOOD, "Your drawer is open."),
    Status("Cashier", "Maria", "person", explains="Maria is signed in."),
    Status("Printer", "Paper low", "printer", Tone.WARN, "About 12 receipts are left on the roll."),
    Status("Central store", "3 waiting, oldest 40 s", "central", Tone.BAD, "Three entries have not reached city hall."),
    Status("Business date", "Nov 23, 2026", "calendar", explains="The date of this drawer."),
)
ROWS = (
    Row("Water account payment", "$84.12", "Account 10002931 · 1420 Alder Street", "Past due", Tone.WARN, "water"),
    Row(LONG, "$12,345,678.90", LONG, LONG, Tone.BAD, "business"),
)
TENDER = TenderView(
    "$54.12", tenders=(Row("Check 1042", "$100.00", icon="check"),), cannot_finish="$54.12 is still due.",
    quick=tuple(QuickCash(w, 1, str(n)) for n, w in enumerate(("Exact", "$55", "$60", "$70", "$80", "$100", "$200"))),
    off=((Intent.CARD, "The card terminal does not answer."),),
)  # fmt: skip


FORM = FormView(
    "Dog license, altered, one year",
    (
        FieldView("Name of the dog", "Biscuit", "must"),
        FieldView("Rabies vaccination ends", "13/45", "must", "Type it like 112326.", "That is no date."),
        FieldView("Breed", need="may"),
    ),
    at=1,
    hint="Enter goes on.",
)


class Sheet(QWidget):
    """A page of the counter's widgets, with nothing behind them."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        named(self, "Counter")
        self.box, self.ticket, self.context = Box(look, "Scan or type anything"), Ticket(look), ContextPanel(look)
        column, halves = QVBoxLayout(self), QHBoxLayout()
        column.setSpacing(Space.ROOM)
        column.addWidget(self.box)
        halves.addWidget(self.ticket, 1)
        halves.addWidget(self.context, 1)
        column.addLayout(halves, 1)
        self.setFocusProxy(self.box)
        self.ticket.show_ticket(
            TicketView(LONG, ROWS, "$12,345,763.02", subtotals=(("Check 1042", "$100.00"),), marked=0)
        )


def _sheet_states(sheet: Sheet) -> dict[str, Callable[[], None]]:
    context = sheet.context
    item = ItemView(LONG, (("Account", "10002931"), ("Address", LONG)), ("Shut-off on Dec 4.",), ROWS, "Enter adds it.")
    return {
        "quiet": lambda: context.show_view(QuietView("Ready for a scan.")),
        "results": lambda: context.show_view(ResultsView("2 found for “riv”", ROWS)),
        "nothing": lambda: context.show_view(ResultsView("Nothing found for “xyz”")),
        "item": lambda: context.show_view(item),
        "tender": lambda: context.show_view(TENDER),
        "change": lambda: context.show_view(
            Change("$45.88", receipt="Receipt A1-000123", oops="Oops? F11.", pieces=ROWS)
        ),
        "form": lambda: context.show_view(FORM),
        "choice": lambda: context.show_view(ItemView("Receipt A1-000123", rows=(Row("Print a copy", key="C"),))),
        "count": lambda: context.show_view(
            CountView("Drop to the safe", "Count what goes into the bag.", asks_bag=True)
        ),
        "approval, second person": lambda: context.show_view(Approval("Void", "$1.00")),
        "approval": lambda: context.show_view(Approval(LONG, "$154.12", ("Wrong account", LONG, "Taken twice"))),
    }


@pytest.fixture
def window(look: Look) -> Window:
    made = Window(look, "City of Alder, A1")
    made.show_desks(DESKS)
    made.status.show_statuses(STATUSES)
    return made


@pytest.fixture
def sheet(window: Window, look: Look) -> Sheet:
    made = Sheet(look)
    window.add_page("counter", made)
    window.show_page("counter")
    return made


def _counting(look: Look) -> QWidget:
    card = QFrame()
    column = QVBoxLayout(card)
    grid = CountGrid(look)
    grid.set_count({"10000": 123, "2000": 4, "25": 40})
    column.addWidget(grid)
    named(card, "Count")
    return scrolled(card)


def _table(look: Look) -> QWidget:
    columns = (TableColumn("Receipt"), TableColumn("Payer", wide=True), TableColumn("Total", figures=True))
    table = PagedTable(look, "Receipts", columns)
    table.start(lambda after: () if after else (TableRow(("A1-000001", LONG, "$84.12")),) * 3)
    return table


def _signing_in(look: Look) -> QWidget:
    page = SignInPage(look)
    page.show_sign_in(SignInView("City of Alder", LONG, LONG, locked="Locked by Maria"))
    page.complain(LONG)
    return page


@pytest.mark.parametrize("zoom", ZOOMS)
def test_nothing_of_the_counter_is_cut(
    window: Window, sheet: Sheet, look: Look, shown: Callable[[QWidget], QWidget],
    clipped: Callable[[QWidget], list[str]], zoom: int,
) -> None:  # fmt: skip
    look.wear(Theme(look.palette, zoom))
    shown(window)
    faults = []
    for state, show in _sheet_states(sheet).items():
        show()
        for _ in range(3):
            QApplication.processEvents()
        faults += [f"{state}: {fault}" for fault in clipped(window)]
    assert not faults
    assert (window.width(), window.height()) == (1280, 800)


@pytest.mark.parametrize("zoom", [100, 175])
@pytest.mark.parametrize("page", [_counting, _table, _signing_in])
def test_nothing_of_other_pages_is_cut(
    window: Window, look: Look, shown: Callable[[QWidget], QWidget], clipped: Callable[[QWidget], list[str]],
    page: Callable[[Look], QWidget], zoom: int,
) -> None:  # fmt: skip
    look.wear(Theme(look.palette, zoom))
    window.add_page("page", page(look))
    window.show_page("page")
    shown(window)
    assert not clipped(window)


@pytest.mark.parametrize("palette", PALETTES, ids=lambda palette: palette.name)
def test_zoom_and_palette_change_while_the_window_is_open(
    window: Window, sheet: Sheet, look: Look, shown: Callable[[QWidget], QWidget],
    clipped: Callable[[QWidget], list[str]], palette: Palette,
) -> None:  # fmt: skip
    shown(window)
    sheet.context.show_view(TENDER)
    look.wear(Theme(palette, 150))
    for _ in range(3):
        QApplication.processEvents()
    assert not clipped(window)
    corner = window.grab().toImage().pixelColor(1279, 700).name()
    assert corner == palette.ground


def test_every_control_has_a_name_a_role_and_a_place_in_the_order(
    window: Window, sheet: Sheet, shown: Callable[[QWidget], QWidget]
) -> None:
    shown(window)
    for show in _sheet_states(sheet).values():
        show()
        found = controls(window)
        assert len(found) > len(DESKS) + len(STATUSES)
        assert not [control for control in found if not control.name or control.role in ("", "NoRole")]


def test_acts_tell_their_key(window: Window, sheet: Sheet, shown: Callable[[QWidget], QWidget]) -> None:
    shown(window)
    sheet.context.show_view(TENDER)
    keys = {control.name: control.key for control in controls(window)}
    assert keys["Cash"] == "F8"
    assert keys["Money order"] == "Shift+F6"
    assert keys["Counter box"] == "F2"
    assert keys["Drawers desk"] == "Ctrl+2"
    described = {control.name: control.description for control in controls(window)}
    assert described["Check"].endswith("Key: F6.")


def test_tab_goes_as_the_eye_goes(window: Window, sheet: Sheet, shown: Callable[[QWidget], QWidget]) -> None:
    shown(window)
    sheet.context.show_view(TENDER)
    desks = [f"{desk.title} desk" for desk in DESKS]
    choices = [choice.words for choice in TENDER.quick]
    tenders = ["Cash", "Check", "Card", "Money order", "Finish"]
    statuses = [f"{status.name}: {status.words}" for status in STATUSES]
    lists = ["Counter box", "Lines of the ticket", "Handed over so far"]
    assert [control.name for control in controls(window)] == desks + lists + choices + tenders + statuses


def test_a_form_reads_with_the_field_that_the_box_fills(
    window: Window, sheet: Sheet, shown: Callable[[QWidget], QWidget]
) -> None:
    shown(window)
    sheet.context.show_view(FORM)
    assert (
        snapshot(sheet.context)
        == """\
Context
  “Dog license, altered, one year”
  list Fields
    - Name of the dog, Biscuit
    > Rabies vaccination ends, 13/45, Type it like 112326., That is no date.
    - Breed, if known
  “Enter goes on.”
"""
    )


def test_cash_is_counted_beside_the_ticket(
    window: Window, sheet: Sheet, shown: Callable[[QWidget], QWidget], qtbot: QtBot
) -> None:
    shown(window)
    view = CountView("Drop to the safe", asks_bag=True)
    sheet.context.show_view(view)
    assert sheet.context.takes_typing
    _type("3")
    sheet.context.show_view(view)
    for _ in range(13):
        _type("", Qt.Key.Key_Return)
    with qtbot.waitSignal(sheet.context.count.counted, timeout=500) as heard:
        _type("B-77", Qt.Key.Key_Return)
    assert heard.args == [{"10000": 3}, "B-77"]


def _type(text: str, key: Qt.Key | None = None) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, text)
    if key is not None:
        QTest.keyClick(focus, key)


def test_what_is_taken_from_a_list_is_told_by_its_place(
    window: Window, sheet: Sheet, shown: Callable[[QWidget], QWidget], qtbot: QtBot
) -> None:
    shown(window)
    sheet.context.show_view(ResultsView("2 found", ROWS, marked=1))
    rows = sheet.context.list_in_front
    assert rows is not None
    with qtbot.waitSignal(sheet.context.row_chosen, timeout=500) as heard:
        rows.choose()
    assert heard.args == [1]
    sheet.context.show_view(QuietView("Ready for a scan."))
    assert sheet.context.list_in_front is None


def test_the_counter_reads_as_text(window: Window, sheet: Sheet, shown: Callable[[QWidget], QWidget]) -> None:
    shown(window)
    sheet.ticket.show_ticket(TicketView("Ana Rivera", ROWS[:1], "$84.12"))
    sheet.context.show_view(TENDER)
    assert snapshot(sheet) == SNAPSHOT


SNAPSHOT = """\
Counter
  field Counter box [F2]: …
  Ticket
    “Ana Rivera”
    list Lines of the ticket
      - Water account payment, $84.12, Account 10002931 · 1420 Alder Street, Past due
    “Total”
    Total: $84.12
  Context
    Tender
      “Still due”
      Still due: $54.12
      list Handed over so far
        - Check 1042, $100.00
      “Type what was handed over, then its key.”
      button Exact [0]
      button $55 [1]
      button $60 [2]
      button $70 [3]
      button $80 [4]
      button $100 [5]
      button $200 [6]
      button Cash [F8]
      button Check [F6]
      button Card [F7] (off: The card terminal does not answer.)
      button Money order [Shift+F6]
      button Finish [F9] (off: $54.12 is still due.)
"""


def test_a_person_sees_only_their_desks(window: Window, sheet: Sheet, shown: Callable[[QWidget], QWidget]) -> None:
    window.show_desks(DESKS[:2])
    shown(window)
    names = [control.name for control in controls(window)]
    assert "Drawers desk" in names
    assert "Settings desk" not in names
    window.show_desks(())
    assert not [control.name for control in controls(window) if control.name.endswith("desk")]


def test_ctrl_digit_goes_to_a_desk_from_anywhere(
    window: Window, sheet: Sheet, shown: Callable[[QWidget], QWidget], qtbot: QtBot
) -> None:
    shown(window)
    with qtbot.waitSignal(window.desk_chosen, timeout=500) as heard:
        QTest.keyClick(sheet.box, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert heard.args == ["deposits"]
    QTest.keyClick(sheet.box, Qt.Key.Key_9, Qt.KeyboardModifier.ControlModifier)
    assert sheet.box.text() == ""


def test_lock_rises_from_the_box_to_the_window(
    window: Window, sheet: Sheet, shown: Callable[[QWidget], QWidget], qtbot: QtBot
) -> None:
    shown(window)
    with qtbot.waitSignal(window.intent, timeout=500) as heard:
        QTest.keyClick(sheet.box, Qt.Key.Key_F12)
    assert heard.args == [Intent.LOCK.value]


def test_letters_grow_by_key_and_stop_at_the_ends(
    window: Window, sheet: Sheet, look: Look, shown: Callable[[QWidget], QWidget]
) -> None:
    shown(window)
    for _ in range(5):
        QTest.keyClick(sheet.box, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert look.theme.zoom == 175
    for _ in range(5):
        QTest.keyClick(sheet.box, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert look.theme.zoom == 100


def test_a_status_explains_itself(
    window: Window, sheet: Sheet, shown: Callable[[QWidget], QWidget], qtbot: QtBot
) -> None:
    shown(window)
    focus = QApplication.focusWidget()
    for _ in range(40):
        focus = QApplication.focusWidget()
        assert focus is not None
        if focus.accessibleName().startswith("Printer"):
            break
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    assert focus is not None
    with qtbot.waitSignal(window.status.asked, timeout=500) as heard:
        QTest.keyClick(focus, Qt.Key.Key_F1)
    assert heard.args is not None
    assert heard.args[0].explains == "About 12 receipts are left on the roll."


def test_statuses_come_and_go(window: Window, shown: Callable[[QWidget], QWidget]) -> None:
    shown(window)
    window.status.show_statuses(STATUSES[:2])
    assert snapshot(window.status) == "Status line\n  status Window: A1 City Hall\n  status Drawer: D1 open (good)\n"


def test_quick_cash_and_tender_buttons_say_what_was_meant(
    sheet: Sheet, window: Window, shown: Callable[[QWidget], QWidget]
) -> None:
    shown(window)
    sheet.context.show_view(TenderView("$5.00", quick=(QuickCash("Exact", 500, "."), QuickCash("$20", 2000, "4"))))
    heard: list[object] = []
    sheet.context.tender.quick.connect(heard.append)
    sheet.context.tender.intent.connect(heard.append)
    for control in sheet.context.tender.findChildren(QWidget):
        if control.accessibleName() in ("$20", "Cash", "Finish") and control.isVisible():
            QTest.mouseClick(control, Qt.MouseButton.LeftButton)
    assert sorted(map(str, heard)) == ["2000", "cash", "finish"]
