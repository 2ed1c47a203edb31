"""A desk whose list is longer than anybody reads: a table at the left that asks for more, its sums below it."""

from counter_app.domain.said import together
from counter_app.screens.list_desk import ListDeskView
from counter_app.screens.paged_desk import PagedDesk
from ui.look import Look
from ui.pages.list_desk import ListDeskPage
from ui.theme import Size
from ui.widgets.paged_table import PagedTable
from ui.widgets.words import Words


class PagedDeskPage(ListDeskPage):
    """Draws a `PagedDesk`; its table is read a page at a time."""

    _share, _share_of_context = 5, 4

    def __init__(self, look: Look, screen: PagedDesk) -> None:
        self.desk = screen
        self._question = -1
        super().__init__(look, screen)

    def look_again(self) -> None:
        """The page comes to the front again."""
        self.desk.look_again()
        self.draw()

    def _make_list(self, look: Look) -> None:
        self._table = PagedTable(look, self.desk.title, self.desk.columns)
        self._table.marked.connect(lambda _: self._mark(self._table.place))
        self._heading = Words(size=Size.LEAD, strong=True)
        self._foot = Words(size=Size.SMALL, tone="quiet")
        self._left.rename("")
        self._left.column.addWidget(self._heading)
        self._left.column.addWidget(self._table, 1)
        self._left.column.addWidget(self._foot)

    def _show_list(self) -> ListDeskView:
        """The rows that are new, the marked one, and the sums."""
        paged = self.desk.paged
        self._heading.setText(paged.title)
        if paged.question != self._question:
            self._question = paged.question
            self._table.start(lambda row: self.desk.rows_after(row.key if row else None))
        self._table.stand_on(paged.marked)
        self._foot.setText(together((together(pair, " ") for pair in paged.foot), "   ·   "))
        self._foot.setVisible(bool(paged.foot))
        return self.desk.view
