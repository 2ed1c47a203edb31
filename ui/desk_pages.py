"""The pages of a person's desks, built when first shown and thrown away when somebody else comes."""

import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from counter_app.domain.refused import Refused, StationFault
from counter_app.domain.rights import Person
from counter_app.domain.said import say
from counter_app.screens import desks
from counter_app.screens.accounts import Accounts
from counter_app.screens.close_drawer import CloseDrawer
from counter_app.screens.counter import Counter
from counter_app.screens.counter_speed import CounterSpeed
from counter_app.screens.keys import Intent
from counter_app.screens.list_desk import ListDesk
from counter_app.screens.make_deposit import MakeDeposit
from counter_app.screens.open_drawer import OpenDrawer
from counter_app.screens.people import People
from counter_app.screens.register import Register
from counter_app.screens.settings import Settings
from counter_app.screens.verify_drawers import VerifyDrawers
from counter_app.services.print_document import office_pdf
from counter_app.services.roll_picture import page_pictures
from counter_app.services.station import Station
from ui.keeping import Keeping
from ui.look import Look
from ui.pages.close_drawer import CloseDrawerPage
from ui.pages.counter import CounterPage
from ui.pages.counter_speed import CounterSpeedPage
from ui.pages.deposits import DepositsPage
from ui.pages.list_desk import ListDeskPage
from ui.pages.open_drawer import OpenDrawerPage
from ui.pages.paged_desk import PagedDeskPage
from ui.pages.verify_drawers import VerifyDrawersPage
from ui.window import Window

DRAWN_WITHIN_S = 3.0


class DeskPages(QObject):
    """`drawn()` after a step on any page; `opened(words)` when a drawer was opened; `paper_answered(came out)`;
    `led(desk)` when one desk leads on to another.

    `slip_drawn(number, pages, words)` comes from the thread that draws a slip.
    """

    drawn = Signal()
    paper_answered = Signal(bool)
    sounded = Signal(str)
    opened = Signal(object)
    led = Signal(str)
    slip_drawn = Signal(str, object, object)

    def __init__(self, station: Station, look: Look, window: Window, committed: Callable[[], object]) -> None:
        super().__init__(window)
        self._station, self._look, self._window, self._committed = station, look, window, committed
        self._person: Person | None = None
        self._built: dict[str, QWidget] = {}
        self._drawing: threading.Thread | None = None
        self._keeping: Keeping | None = None
        self.counter: Counter | None = None
        self.counter_page: CounterPage | None = None

    def belong_to(self, person: Person) -> None:
        """From now on they are this person's; a ticket of somebody else stays at the counter, to be parked."""
        if self._person is not None and self._person != person:
            for name in list(self._built):
                self._drop(name)
        self._person = person
        if self.counter is not None and person.may(desks.DESKS[0][1]):
            self.counter.come_back(person)

    @property
    def is_busy(self) -> bool:
        """Whether money lies on the ticket in front, or a count is under way there."""
        front = self._window.page_in_front()
        if front is self.counter_page:
            return self.counter is not None and self.counter.busy
        return bool(getattr(front, "is_counting", False))

    def hide(self) -> None:
        """Names and amounts of the counter vanish."""
        if self.counter is not None:
            self.counter.hide()
        if self.counter_page is not None:
            self.counter_page.draw()

    def bring(self, name: str, *, from_another: bool = False) -> None:
        """Show a desk as it stands now; who comes back to the counter is told where they were."""
        page = self._built.get(name)
        if name == desks.COUNTER.name:
            counter_page = self._counter_page()
            if from_another and self.counter is not None:
                self.counter.look_again()
            counter_page.draw()
        elif name == desks.DRAWER.name:
            self._renew_drawer(page)
        elif page is None:
            self._keep(name, self._made(name))
        elif isinstance(page, PagedDeskPage):
            page.look_again()
        elif isinstance(page, VerifyDrawersPage | DepositsPage | ListDeskPage | CounterSpeedPage):
            page.draw()
        self._window.show_page(name)

    def _counter_page(self) -> CounterPage:
        if self.counter_page is None:
            self.counter = Counter(self._station, self._someone(), self._committed)
            self.counter_page = CounterPage(self._look, self.counter)
            self.counter_page.drawn.connect(self.drawn)
            self._keep_places(self.counter, self.counter_page)
            self.counter_page.paper_answered.connect(self.paper_answered)
            self.counter_page.sounded.connect(self.sounded)
            self._window.add_page(desks.COUNTER.name, self.counter_page)
        return self.counter_page

    def _keep_places(self, counter: Counter, page: CounterPage) -> None:
        self._keeping = Keeping(counter.keep_place, page)
        page.drawn.connect(self._keeping.touched)
        page.box.textEdited.connect(self._keeping.touched)

    def _renew_drawer(self, page: QWidget | None) -> None:
        """Closing where a drawer is open, else opening; a count under way is kept."""
        if isinstance(page, CloseDrawerPage) and page.is_counting:
            return
        name = desks.DRAWER.name
        self._drop(name)
        closing = CloseDrawer(self._station, self._someone())
        if closing.view.counting is not None:
            close = CloseDrawerPage(self._look, closing)
            close.closed.connect(self.drawn)
            self._keep(name, close)
        else:
            open_page = OpenDrawerPage(self._look, OpenDrawer(self._station, self._someone()))
            open_page.opened.connect(self.opened)
            self._keep(name, open_page)

    def _made(self, name: str) -> QWidget:
        """The page of a desk that is built once for a person."""
        makers: dict[str, Callable[[], QWidget]] = {
            desks.DRAWERS.name: self._verify,
            desks.DEPOSITS.name: self._deposits,
            desks.REGISTER.name: self._register,
            desks.ACCOUNTS.name: self._accounts,
            desks.SETTINGS.name: lambda: self._list(Settings),
            desks.PEOPLE.name: lambda: self._list(People),
            desks.SPEED.name: lambda: CounterSpeedPage(self._look, CounterSpeed(self._station)),
        }
        return makers[name]()

    def _list(self, kind: type[ListDesk]) -> QWidget:
        page = ListDeskPage(self._look, kind(self._station, self._someone(), self._committed))
        page.drawn.connect(self.drawn)
        return page

    def _register(self) -> PagedDeskPage:
        page = PagedDeskPage(self._look, Register(self._station, self._someone(), self._committed))
        page.drawn.connect(self.drawn)
        return page

    def _accounts(self) -> PagedDeskPage:
        screen = Accounts(self._station, self._someone(), self._committed, self._pay_at_counter, self._show_history)
        page = PagedDeskPage(self._look, screen)
        page.drawn.connect(self.drawn)
        return page

    def _pay_at_counter(self, accounts: tuple[str, ...]) -> None:
        """Balances that another desk found go on the ticket, as if their bills were scanned."""
        self.led.emit(desks.COUNTER.name)
        assert self.counter is not None
        assert self.counter_page is not None
        self.counter.press(Intent.LEAVE)
        for account in accounts:
            self.counter.scan(account)
        self.counter_page.draw()

    def _show_history(self, name: str, customers: tuple[str, ...], accounts: tuple[str, ...]) -> None:
        """What somebody paid, in the register."""
        self.led.emit(desks.REGISTER.name)
        page = self._built[desks.REGISTER.name]
        assert isinstance(page, PagedDeskPage)
        assert isinstance(page.desk, Register)
        page.desk.ask_of(name, customers, accounts)
        page.draw()

    def _verify(self) -> QWidget:
        page = VerifyDrawersPage(self._look, VerifyDrawers(self._station, self._someone()))
        page.drawn.connect(self.drawn)
        return page

    def _deposits(self) -> QWidget:
        screen = MakeDeposit(self._station, self._someone(), self._slip)
        page = DepositsPage(self._look, screen, self._draw_slip)
        page.drawn.connect(self.drawn)
        self.slip_drawn.connect(page.show_slip)
        return page

    def _slip(self, number: str) -> bytes:
        return office_pdf(self._station, "slip", number)

    def _draw_slip(self, number: str) -> None:
        self._drawing = threading.Thread(target=self._draw, args=(number,), name="slip", daemon=True)
        self._drawing.start()

    def _draw(self, number: str) -> None:
        """On the slip's thread."""
        try:
            words = say("Slip of deposit {number}", number=number)
            self.slip_drawn.emit(number, page_pictures(self._slip(number)), words)
        except (Refused, StationFault) as no:
            self.slip_drawn.emit(number, (), str(no))

    def stop(self) -> None:
        """Keep where everybody is, and wait for a slip that is being drawn."""
        if self._keeping is not None:
            self._keeping.now()
        for page in self._built.values():
            _keep_now(page)
        if self._drawing is not None:
            self._drawing.join(DRAWN_WITHIN_S)

    def _someone(self) -> Person:
        assert self._person is not None, "a desk is shown to somebody"
        return self._person

    def _keep(self, name: str, page: QWidget) -> None:
        self._built[name] = page
        self._window.add_page(name, page)

    def _drop(self, name: str) -> None:
        page = self._built.pop(name, None)
        if page is not None:
            _keep_now(page)
            page.setParent(None)
            page.deleteLater()


def _keep_now(page: QWidget) -> None:
    """What is under way on a page that goes away is written down before."""
    if isinstance(page, CloseDrawerPage | VerifyDrawersPage):
        page.keeping.now()
