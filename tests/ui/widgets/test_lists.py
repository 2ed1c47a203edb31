"""Row lists and the paged table: walking, taking, and asking for more."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from counter_app.screens.paged_desk import TableColumn, TableRow
from counter_app.screens.views import Row, Tone
from ui.look import Look
from ui.reading import snapshot
from ui.theme import Theme
from ui.widgets.paged_table import PagedTable
from ui.widgets.rows import RowList

_ROWS = (
    Row("Water bill", "$84.12", "Due Nov 23", "Past due", Tone.WARN),
    Row("Sewer", "$41.00"),
    Row("Trash", "$18.00"),
)
_COLUMNS = (TableColumn("Receipt"), TableColumn("Payer", wide=True), TableColumn("Total", figures=True))


def test_the_box_steers_a_list(look: Look, shown: Callable[[QWidget], QWidget], qtbot: QtBot) -> None:
    rows = RowList(look, "Results")
    shown(rows)
    rows.show_rows(_ROWS)
    rows.step(1)
    rows.step(5)
    assert rows.marked == 2
    rows.step(-1)
    with qtbot.waitSignal(rows.chosen, timeout=500) as heard:
        rows.choose()
    assert heard.args == [1]


def test_showing_rows_tells_nobody_and_walking_does(look: Look, shown: Callable[[QWidget], QWidget]) -> None:
    rows = RowList(look, "Lines", calm=True)
    shown(rows)
    told: list[int] = []
    rows.moved.connect(told.append)
    rows.show_rows(_ROWS, 2)
    rows.show_rows(_ROWS, 0)
    assert (told, rows.marked) == ([], 0)
    rows.step(1)
    QTest.keyClick(rows, Qt.Key.Key_Down)
    assert told == [1, 2]


def test_a_click_takes_a_result_and_only_marks_a_line(look: Look, shown: Callable[[QWidget], QWidget]) -> None:
    for calm, heard in ((False, [("chosen", 1)]), (True, [("moved", 1)])):
        rows = RowList(look, "Rows", calm=calm)
        shown(rows)
        rows.show_rows(_ROWS)
        told: list[tuple[str, int]] = []
        rows.chosen.connect(lambda at, told=told: told.append(("chosen", at)))
        rows.moved.connect(lambda at, told=told: told.append(("moved", at)))
        place = rows.visualRect(rows.model().index(1, 0)).center()
        QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert told == heard


def test_letters_rise_from_a_list_to_the_page(look: Look, shown: Callable[[QWidget], QWidget]) -> None:
    risen: list[str] = []

    class Page(QWidget):
        def keyPressEvent(self, event: object) -> None:
            risen.append(event.text())  # type: ignore[attr-defined]

    page = Page()
    rows = RowList(look, "Results")
    rows.setParent(page)
    shown(page)
    rows.show_rows(_ROWS)
    rows.setFocus()
    QTest.keyClicks(rows, "riv")
    QTest.keyClick(rows, Qt.Key.Key_Down)
    assert risen == ["r", "i", "v"]
    assert rows.marked == 1


def test_a_row_is_read_in_one_breath_and_grows_with_its_words(look: Look, shown: Callable[[QWidget], QWidget]) -> None:
    rows = RowList(look, "Results")
    shown(rows)
    rows.resize(420, 600)
    long = "Maximiliana Bartholomew-Featherstonehaugh de la Vega y Ortega"
    rows.show_rows((Row("Ana", "$1.00"), Row(long, "$1,204.00", long)))
    model = rows.model()
    assert model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole) == f"{long}, $1,204.00, {long}"
    assert rows.sizeHintForRow(1) > 3 * rows.sizeHintForRow(0)
    before = rows.sizeHintForRow(0)
    look.wear(Theme(look.palette, 175))
    assert rows.sizeHintForRow(0) > before


def test_nothing_shown_is_nothing_marked(look: Look, qtbot: QtBot) -> None:
    rows = RowList(look, "Results")
    qtbot.addWidget(rows)
    rows.show_rows(())
    rows.step(1)
    rows.choose()
    assert rows.marked is None


class _Ledger:
    """A thousand receipts behind a key, and a note of what was asked."""

    def __init__(self, rows: int) -> None:
        self.lines = [TableRow((f"A1-{n:06d}", "Ana Rivera", f"${n}.00"), key=str(n)) for n in range(1, rows + 1)]
        self.asked: list[str] = []

    def more(self, after: TableRow | None) -> Sequence[TableRow]:
        self.asked.append(after.key if after else "")
        start = int(after.key) if after else 0
        return self.lines[start : start + 50]


def test_a_table_shows_the_first_page_and_asks_for_more_by_key(
    look: Look, shown: Callable[[QWidget], QWidget], qtbot: QtBot
) -> None:
    ledger = _Ledger(120)
    table = PagedTable(look, "Receipts", _COLUMNS)
    shown(table)
    table.start(ledger.more)
    assert (len(table.lines), ledger.asked) == (50, [""])
    table.scrollToBottom()
    qtbot.waitUntil(lambda: len(table.lines) == 100, timeout=2000)
    table.scrollToBottom()
    qtbot.waitUntil(lambda: len(table.lines) == 120, timeout=2000)
    model = table.model()
    while model.canFetchMore(QModelIndex()):
        model.fetchMore(QModelIndex())
    assert len(table.lines) == 120
    assert ledger.asked[:3] == ["", "50", "100"]


def test_the_table_obeys_the_rules_of_a_model(look: Look, qtbot: QtBot) -> None:
    table = PagedTable(look, "Receipts", _COLUMNS)
    qtbot.addWidget(table)
    table.start(_Ledger(60).more)
    QAbstractItemModelTester(table.model(), QAbstractItemModelTester.FailureReportingMode.Warning, table)
    table.model().fetchMore(QModelIndex())
    table.start(lambda _after: ())
    assert table.line is None


def test_enter_takes_the_marked_line(look: Look, shown: Callable[[QWidget], QWidget], qtbot: QtBot) -> None:
    table = PagedTable(look, "Receipts", _COLUMNS)
    shown(table)
    table.start(_Ledger(5).more)
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Down)
    with qtbot.waitSignal(table.chosen, timeout=500) as heard:
        QTest.keyClick(table, Qt.Key.Key_Return)
    assert heard.args is not None
    assert heard.args[0].key == "2"
    assert "> Receipt A1-000002 | Payer Ana Rivera | Total $2.00" in snapshot(table)
