"""A Monday on which every act of the counter has something to do, so that a fault can meet each of them.

Friday's drawer of Maria is verified and waits for its deposit, Ben's of this morning is closed and waits for the lead,
and Maria's is open with three receipts in it.
"""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from counter_app.bootstrap import centre_of
from counter_app.devices.attach import printer_at
from counter_app.screens.status import STEP_SHOWN
from counter_app.services.printing import Printing
from db.sync import sync_once
from tests.fakes.counter import ARREARS, WATER, cash, check, copies, copy_city, dog, heap, pay, water

FRIDAY = datetime.fromisoformat("2026-11-20T10:00:00-08:00")
MONDAY = datetime.fromisoformat("2026-11-23T10:00:00-08:00")
PAYMENT = {"lines": [copies(5)], "tenders": [cash(500)], "payer": {"name": "Rosa Bell"}}
COPIES_CENTS = 200

Act = tuple[str, str, dict[str, Any]]
"""Its name, who does it, its fields."""

ACTS: dict[str, Act] = {
    "pay": ("take_payment", "maria", PAYMENT),
    "pay a bill by check": (
        "take_payment",
        "maria",
        {"lines": [water(ARREARS, 2_000)], "tenders": [check(2_000, "7")]},
    ),
    "issue a license": ("take_payment", "maria", {"lines": [dog()], "tenders": [cash(2_000)]}),
    "void": ("void_receipt", "maria", {"number": "A1-000003", "reason": "wrong account", "approver": "lee"}),
    "refund": (
        "refund_receipt",
        "lee",
        {"number": "A1-000001", "reason": "not needed", "how": "request", "approver": "ana"},
    ),
    "open without a sale": ("no_sale", "maria", {"reason": "change for a customer"}),
    "drop": ("drop_cash", "maria", {"drawer": "D1", "count": {"2000": 2}, "bag": "B-9", "approver": "lee"}),
    "close": ("close_drawer", "maria", {"drawer": "D1", "count": heap(23_000), "checks": []}),
    "verify": (
        "verify_drawer",
        "lee",
        {"session": "A1-S000002", "count": heap(20_000), "checks": [1_000], "accept": True},
    ),
    "deposit": ("make_deposit", "ana", {"sessions": ["A1-S000001"], "bag": "B-1", "bank": "OPERATING"}),
}
"""What is done at a counter in a day, each possible on this one."""


def make_workday(city: Path, folder: Path, friday: datetime = FRIDAY, monday: datetime = MONDAY) -> None:
    """The folder of such a Monday, its drawers worked at and everything printed and sent to the centre."""
    counter = copy_city(city, folder)

    def at(instant: datetime, act: str, by: str, **fields: Any) -> None:
        counter.do(act, by, at=instant.isoformat(), **fields)

    for _ in range(STEP_SHOWN):  # long after the leap to this Friday
        at(friday, "register_customer", "maria", name="Ida Roe")
    at(friday, "open_drawer", "maria", drawer="D1", count=heap(20_000))
    pay(counter, [copies(50)], [cash(2_000)])
    at(friday, "close_drawer", "maria", drawer="D1", count=heap(22_000), checks=[])
    at(friday, "verify_drawer", "lee", session="A1-S000001", count=heap(22_000), checks=[], accept=True)
    for hours in range(20, int((monday - friday).total_seconds() / 3_600), 20):  # no day without an entry: no leap
        at(friday + timedelta(hours=hours), "register_customer", "maria", name="Ida Roe")
    at(monday, "open_drawer", "ben", drawer="D2", count=heap(20_000))
    pay(counter, [water(WATER, 1_000)], [check(1_000)], by="ben")
    counter.do("close_drawer", "ben", drawer="D2", count=heap(20_000), checks=[1_000])
    counter.do("open_drawer", "maria", drawer="D1", count=heap(20_000))
    pay(counter, [copies(25)], [cash(1_000)])
    pay(counter, [water(ARREARS, 1_000)], [cash(1_000)])
    pay(counter, [{"fee": "CK-CERT"}], [cash(3_000)])
    printing = Printing(counter.station, printer_at("screen"))
    printing.flush()
    printing.stop()
    centre = centre_of(counter.station)
    assert sync_once(counter.station.books, centre).waiting == 0
    centre.close()
    counter.close()
