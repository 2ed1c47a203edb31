"""What the printer answered is kept, also when the database does not take it at once."""

import threading
import time

import pytest

from counter_app.bootstrap import DATABASE
from counter_app.devices.printer import ScreenPrinter
from counter_app.domain.refused import StationFault
from counter_app.services.printing import Printing
from db.keys import find_key
from db.storage import open_storage
from tests.fakes.counter import Counter, cash, copies, pay


def pump_for_a_while(printing: Printing) -> None:
    """The drawer may answer before the paper does."""
    for _ in range(500):
        printing.pump()
        time.sleep(0.01)


def test_a_paper_whose_answer_cannot_be_kept_now_is_settled_later_and_printed_once(drawer: Counter) -> None:
    answered, printer = threading.Event(), ScreenPrinter()
    printing = Printing(drawer.station, printer, answered.set)
    other = open_storage(drawer.folder / DATABASE, find_key(drawer.folder))
    pay(drawer, [copies(5)], [cash(200)])
    printing.pump()
    assert answered.wait(5)
    with other.writer.begin(), pytest.raises(StationFault):
        pump_for_a_while(printing)
    other.close()
    assert printing.state().waiting == 1, "the books do not know yet that it came out"
    printing.flush()
    assert printing.state().waiting == 0
    assert printing.state().doubt is None
    printing.stop()
    assert sum(b"A1-000001" in job for job in printer.sent) == 1
