"""Card numbers, tracks and security codes in every text of every act, in the box, and in imports: none is taken,
and none is found afterwards in the bytes of database, log, paper or PDF. 500 a push, 10,000 with --nightly."""

import copy
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pypdfium2
import pytest

from counter_app.documents.receipt import receipt_escpos
from counter_app.domain.accounts_csv import ACCOUNT_COLUMNS
from counter_app.domain.card_guard import passes_luhn
from counter_app.screens.counter import Counter as CounterScreen
from counter_app.services.load_accounts import load
from counter_app.services.print_document import office_pdf
from counter_app.services.receipt_paper import receipt_paper
from tests.fakes.counter import WATER, Counter, cash, check, copies, dog, heap, water
from tests.faults.invariants import prove_nothing_forbidden, written_texts
from tests.faults.workday import MONDAY, PAYMENT, make_workday

TRIES, TRIES_OF_A_NIGHT = 500, 10_000
BRANDS = (
    ("4", 16),
    ("4", 13),
    ("51", 16),
    ("2221", 16),
    ("34", 15),
    ("37", 15),
    ("6011", 16),
    ("36", 14),
    ("3528", 16),
)
PLAIN = "x"
"""Where an act below has this text, it may say anything."""
WHO: dict[str, Any] = {"name": PLAIN, "address": PLAIN, "phone": PLAIN, "email": PLAIN}
FORMS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("take_payment", "maria", {**PAYMENT, "payer": {"name": PLAIN}, "email": PLAIN}),
    ("take_payment", "maria", {"lines": [copies(1)], "tenders": [check(40, PLAIN, date=PLAIN, routing=PLAIN)]}),
    ("take_payment", "maria", {"lines": [water(WATER, 100)], "tenders": [cash(100, note=PLAIN)]}),
    ("take_payment", "maria", {"lines": [dog(name=PLAIN, note=PLAIN)], "tenders": [cash(2_000)]}),
    ("take_unapplied", "maria", {"tenders": [cash(100)], "known": PLAIN}),
    ("abandon_sale", "maria", {"lines": [copies(1)], "reason": PLAIN}),
    ("void_receipt", "maria", {"number": PLAIN, "reason": PLAIN, "approver": "lee"}),
    ("void_receipt", "maria", {"number": "A1-000003", "reason": PLAIN, "approver": "lee"}),
    ("refund_receipt", "lee", {"number": "A1-000001", "reason": PLAIN, "how": "request", "approver": "ana"}),
    ("move_payment", "lee", {"number": "A1-000004", "line": 1, "to_account": PLAIN, "reason": PLAIN}),
    ("no_sale", "maria", {"reason": PLAIN}),
    ("drop_cash", "maria", {"drawer": PLAIN, "count": heap(2_000), "bag": PLAIN, "approver": "lee"}),
    ("force_close", "lee", {"drawer": "D1", "count": heap(2_000), "checks": [], "reason": PLAIN, "approver": "ana"}),
    ("verify_drawer", "lee", {"session": "A1-S000002", "count": {}, "checks": [], "accept": True, "explanation": "x"}),
    ("make_deposit", "ana", {"sessions": ["A1-S000001"], "bag": PLAIN, "bank": PLAIN}),
    ("send_deposit", "ana", {"deposit": PLAIN, "courier": PLAIN}),
    ("register_customer", "maria", WHO),
    ("add_person", "adam", {"person": PLAIN, "name": PLAIN, "role": "cashier", "password": PLAIN, "pin": PLAIN}),
    ("change_setting", "adam", {"setting": "receipt_footer", "value": PLAIN, "reason": PLAIN, "approver": "ana"}),
    ("show", "maria", {"what": "receipt", "of": PLAIN}),
)  # fmt: skip


@pytest.fixture
def counter(city: Path, tmp_path: Path) -> Iterator[Counter]:
    make_workday(city, tmp_path / "day")
    made = Counter(Path(shutil.copytree(tmp_path / "day", tmp_path / "city")), MONDAY)
    yield made
    made.close()


def a_number(dice: Random) -> str:
    """A number that a brand gives out, with its check digit."""
    prefix, length = dice.choice(BRANDS)
    body = prefix + "".join(dice.choice("0123456789") for _ in range(length - 1 - len(prefix)))
    return next(body + digit for digit in "0123456789" if passes_luhn(body + digit))


def card_data(dice: Random, number: str) -> str:
    """The number as people and readers write it, a track with it, or with its security code."""
    gap = dice.choice(("", " ", "-", ".", "  ", "\N{NO-BREAK SPACE}", "/"))
    groups = gap.join(number[at : at + 4] for at in range(0, len(number), 4))
    forms = (
        groups,
        f"card {groups} exp 12/27",
        f"%B{number}^DOE/JOHN^2712101000000000?",
        f";{number}=27121010000000000000?",
        f"{number} cvv {dice.randrange(100, 999)}",
        f"Rosa Bell {groups}",
    )
    return dice.choice(forms)


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Where a text may stand: its container, and key or index in it."""
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
        if inner == PLAIN:
            yield value, key
        elif isinstance(inner, dict | list):
            yield from places(inner)


def test_nothing_of_a_card_is_kept(counter: Counter, nightly: bool) -> None:
    dice = Random(4111)
    numbers: list[str] = []
    with counter.station.books.read() as connection:
        screen = CounterScreen(counter.station, counter.station.person(connection, "maria"))
    before = counter.traces()
    for number_of_try in range(TRIES_OF_A_NIGHT if nightly else TRIES):
        numbers.append(a_number(dice))
        text = card_data(dice, numbers[-1])
        if number_of_try % 5 == 0:
            dice.choice((screen.scan, screen.typing))(text)
            assert numbers[-1] not in screen.view.message.words
        elif number_of_try % 25 == 1:
            _import(counter, dice, text)
        else:
            act, by, form = dice.choice(FORMS)
            fields = copy.deepcopy(form)
            container, key = dice.choice(list(places(fields)))
            container[key] = text
            answer = counter.answer(act, by, **fields)
            assert not answer["ok"], (act, key)
            assert numbers[-1] not in str(answer), "the refusal repeats it"
    assert counter.traces() == before, "something was written"
    counter.do("take_payment", "maria", **PAYMENT)
    _prove_gone(counter, numbers)


def _import(counter: Counter, dice: Random, text: str) -> None:
    """A line of the city's accounts with a card in one of its texts: the file is not loaded."""
    line = "90000101,C90000101,Rosa Bell,1 Elm Street,,,,en,residential,open,100,0,2026-12-01"
    cells = line.split(",")
    cells[dice.choice((0, 1, 2, 3, 4, 5, 6))] = f'"{text}"'
    data = "\n".join((",".join(ACCOUNT_COLUMNS), ",".join(cells), "")).encode()
    loaded = load(counter.station, "ana", "accounts", data)
    assert loaded.errors, text
    assert loaded.load == 0, "the file was loaded"


def _prove_gone(counter: Counter, numbers: list[str]) -> None:
    """No number of them is in any table, in any file of the station, or in what is composed for paper and PDF."""
    prove_nothing_forbidden(counter, numbers)
    with counter.station.books.read() as connection:
        taken = [number for (number,) in connection.exec_driver_sql("SELECT number FROM receipt").all()]
        rolls = [receipt_escpos(receipt_paper(counter.station, connection, number)) for number in taken]
    pdfs = [office_pdf(counter.station, "daily", MONDAY.date().isoformat())]
    texts = [*written_texts(counter), *(roll.decode("latin-1") for roll in rolls), *map(_pdf_text, pdfs)]
    everything = re.sub(r"[^0-9]+", "", " ".join(texts))
    assert not [number for number in numbers if number in everything]


def _pdf_text(pdf: bytes) -> str:
    """What somebody reads in it."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return " ".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()
