"""Files of the billing system: all or nothing, each once; what is shown is theirs less what was paid here."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

import resources
from counter_app.domain.accounts_csv import ACCOUNT_COLUMNS, BILL_COLUMNS
from counter_app.domain.refused import Refused, WrongAct
from counter_app.services.load_accounts import Loaded, header, load
from db import accounts_load
from tests.fakes.counter import CLOSED, WATER, Counter, cash, check, pay, water

NOON = datetime.fromisoformat("2026-11-23T12:00:00-08:00")
NEW = "90000100"


def line(account: str, balance_cents: int, past_due_cents: int = 0, name: str = "Rosa Bell") -> str:
    return (
        f"{account},C{account},{name},1 Elm Street,,,,en,residential,open,{balance_cents},{past_due_cents},2026-12-01"
    )


def accounts(*lines: str) -> bytes:
    return "\n".join((",".join(ACCOUNT_COLUMNS), *lines, "")).encode()


def bill(account: str, name: str, component: str, due: str, open_cents: int) -> str:
    return f"{account},{name},{component},bill,,{due},{open_cents},{open_cents},no,no"


def bills(*lines: str) -> bytes:
    return "\n".join((",".join(BILL_COLUMNS), *lines, "")).encode()


def bring(counter: Counter, kind: str, data: bytes, **more: Any) -> Loaded:
    return load(counter.station, "ana", kind, data, **more)


def balance(counter: Counter, account: str) -> int:
    cents: int = counter.show("account", account)["balance_cents"]
    return cents


def at(counter: Counter, instant: datetime) -> None:
    counter.do("abandon_sale", "maria", lines=[water(WATER, 1)], reason="only the time", at=instant.isoformat())


def test_accounts_come_with_balance_past_due_and_credit(counter: Counter) -> None:
    loaded = bring(counter, "accounts", accounts(line(NEW, 8_000, 3_000), line("90000101", -500)))
    assert (loaded.rows, loaded.total_cents, loaded.errors) == (2, 7_500, ())
    shown = counter.show("account", NEW)
    assert (shown["name"], shown["balance_cents"]) == ("Rosa Bell", 8_000)
    assert [(i["component"], i["due"], i["open_cents"]) for i in shown["items"]] == [
        ("water", "2026-11-01", 3_000),
        ("water", "2026-12-01", 5_000),
    ]
    assert balance(counter, "90000101") == -500


def test_an_account_that_exists_is_replaced_and_the_others_stay(counter: Counter) -> None:
    bring(counter, "accounts", accounts(line(WATER, 100, name="Rosa Neu")))
    assert (counter.show("account", WATER)["name"], balance(counter, WATER)) == ("Rosa Neu", 100)
    assert balance(counter, CLOSED) == 3_310
    assert counter.rows("SELECT count(*) FROM ref_account WHERE account = ?", WATER) == [(1,)]


def test_one_bad_line_keeps_everything_out_unless_bad_ones_are_skipped(counter: Counter) -> None:
    data = accounts(line(NEW, 8_000), line("90000101", 1).replace("residential", "palace"))
    loaded = bring(counter, "accounts", data)
    assert (loaded.load, [error.line for error in loaded.errors]) == (0, [3])
    assert "There is no account" in counter.refuse("show", "lee", what="account", of=NEW)
    loaded = bring(counter, "accounts", data, skip_bad=True)
    assert (loaded.rows, len(loaded.errors)) == (1, 1)
    assert balance(counter, NEW) == 8_000


def test_bills_become_the_open_items_of_their_account(counter: Counter) -> None:
    bring(counter, "accounts", accounts(line(NEW, 8_000)))
    data = bills(bill(NEW, "W-9", "water", "2026-12-01", 5_000), bill(NEW, "W-9", "sewer", "2026-12-01", 3_000))
    loaded = bring(counter, "bills", data)
    assert (loaded.rows, loaded.total_cents, loaded.errors) == (2, 8_000, ())
    shown = counter.show("account", NEW)
    assert {(i["item"], i["open_cents"]) for i in shown["items"]} == {("W-9/water", 5_000), ("W-9/sewer", 3_000)}
    assert shown["balance_cents"] == 8_000


def test_bills_that_are_not_the_balance_are_errors_of_their_account_alone(counter: Counter) -> None:
    bring(counter, "accounts", accounts(line(NEW, 8_000), line("90000101", -500)))
    data = bills(
        bill(NEW, "W-9", "water", "2026-12-01", 8_000),
        bill("90000101", "W-9", "water", "2026-12-01", 100),
        bill("99999999", "W-9", "water", "2026-12-01", 100),
    )
    loaded = bring(counter, "bills", data)
    sums = "The bills of account 90000101 add up to 100 cents"
    assert loaded.load == 0
    assert [(error.line, error.sentence) for error in loaded.errors] == [
        (3, f"{sums}; less its credit of 500 that is -400, but its balance is -500."),
        (4, "There is no account 99999999."),
    ]
    assert bring(counter, "bills", data, skip_bad=True).rows == 1
    assert [i["bill"] for i in counter.show("account", NEW)["items"]] == ["W-9"]


def test_what_was_paid_here_after_the_file_is_taken_off_what_it_says(drawer: Counter) -> None:
    pay(drawer, [water(WATER, 2_000)], [cash(2_000)])
    at(drawer, NOON)
    bring(drawer, "accounts", accounts(line(WATER, 10_000)))
    assert balance(drawer, WATER) == 10_000
    paid = pay(drawer, [water(WATER, 4_000)], [cash(4_000)])
    assert balance(drawer, WATER) == 6_000
    drawer.do("void_receipt", "maria", approver="lee", number=paid["number"], reason="wrong account")
    assert balance(drawer, WATER) == 10_000


def test_a_file_of_this_morning_does_not_know_the_payments_since(drawer: Counter) -> None:
    pay(drawer, [water(WATER, 2_000)], [cash(2_000)])
    at(drawer, NOON)
    bring(drawer, "accounts", accounts(line(WATER, 12_000)), as_of=datetime.fromisoformat("2026-11-23T06:00:00-08:00"))
    assert balance(drawer, WATER) == 10_000


def test_a_payment_after_the_load_counts_even_when_the_clock_went_back(drawer: Counter) -> None:
    at(drawer, NOON)
    bring(drawer, "accounts", accounts(line(WATER, 10_000)))
    pay(drawer, [water(WATER, 4_000)], [cash(4_000)], at="2026-11-23T09:30:00-08:00")
    assert balance(drawer, WATER) == 6_000


def test_a_void_of_what_the_file_knew_as_paid_opens_the_item_again(drawer: Counter) -> None:
    paid = pay(drawer, [water(WATER)], [cash(12_000)])
    at(drawer, NOON)
    bring(drawer, "accounts", accounts(line(WATER, 0)))
    drawer.do("void_receipt", "maria", approver="lee", number=paid["number"], reason="wrong account")
    shown = drawer.show("account", WATER)
    assert shown["balance_cents"] == 12_000
    assert [(i["item"], i["due"], i["open_cents"]) for i in shown["items"]] == [("W-2611/water", "2026-11-23", 12_000)]


def test_paid_beyond_the_bill_is_a_credit(drawer: Counter) -> None:
    pay(drawer, [water(WATER, 13_000)], [check(13_000)])
    assert balance(drawer, WATER) == -1_000
    pay(drawer, [water(WATER, 500)], [check(700)])
    assert balance(drawer, WATER) == -1_700


def test_the_same_file_and_an_older_one_are_refused(counter: Counter) -> None:
    data = accounts(line(NEW, 8_000))
    bring(counter, "accounts", data)
    with pytest.raises(Refused, match="very file was loaded before"):
        bring(counter, "accounts", data)
    with pytest.raises(Refused, match="older than what is loaded"):
        bring(counter, "accounts", accounts(line(NEW, 1)), as_of=datetime.fromisoformat("2026-11-01T00:00:00-07:00"))
    with pytest.raises(Refused, match="still to come"):
        bring(counter, "accounts", accounts(line(NEW, 1)), as_of=datetime.fromisoformat("2027-01-01T00:00:00-08:00"))
    assert balance(counter, NEW) == 8_000


def test_a_cashier_loads_nothing_and_bytes_that_are_no_text_are_wrong(counter: Counter) -> None:
    with pytest.raises(Refused, match="may not load accounts and fees"):
        load(counter.station, "maria", "accounts", accounts(line(NEW, 1)))
    with pytest.raises(WrongAct, match="no UTF-8 text"):
        bring(counter, "accounts", b"\xff\xfe\x00")


def test_rows_of_a_load_that_died_are_never_read_and_go_with_the_next(counter: Counter) -> None:
    with counter.station.books.change_state() as connection:
        dead = accounts_load.begin(connection)
        row = (WATER, "C1", "Nobody", "", "", "", "", "en", "residential", "open", 0)
        accounts_load.put_accounts(connection, dead, [row])
    assert balance(counter, WATER) == 12_000
    bring(counter, "accounts", accounts(line(NEW, 8_000)))
    assert counter.show("account", WATER)["name"] == "Rosa Bell"


def test_a_fee_list_as_the_city_ships_it_is_in_force_at_once(counter: Counter) -> None:
    text = resources.read_text("fees.toml")
    loaded = bring(counter, "fees", text.replace("Photocopy", "Photo copy").encode())
    assert loaded.rows > 50
    with pytest.raises(WrongAct, match="fee schedule"):
        bring(counter, "fees", b"[[fee]]\ncode = 1\n")


def test_a_fee_list_keeps_the_spanish_that_is_known_and_adds_its_own(counter: Counter) -> None:
    old = (Path(__file__).parents[1] / "domain" / "fee_schedule.csv").read_text(encoding="utf-8")
    header_line, *lines = old.splitlines()
    listed = [header_line + ",name_es", *(f"{line}," if "Photocopy" not in line else f"{line},Copia" for line in lines)]
    assert bring(counter, "fees", "\n".join(listed).encode()).errors == ()
    with counter.station.books.read() as connection:
        spanish = counter.station.reference(connection).fees.spanish
    assert (spanish["Photocopy"], spanish["Late fee"]) == ("Copia", "Recargo por mora")


def test_rates_are_kept_as_text(counter: Counter) -> None:
    loaded = bring(counter, "rates", resources.read_text("water_rates.csv").encode())
    assert counter.rows("SELECT count(*) FROM ref_text WHERE kind = 'rates' AND load = ?", loaded.load) == [(1,)]


@pytest.mark.parametrize("kind", ["accounts", "bills", "fees", "rates"])
def test_every_kind_has_a_header(kind: str) -> None:
    assert len(header(kind).split(",")) >= 10


@pytest.mark.parametrize("name", ["4111 1111 1111 1111", "Ann 4111111111111111", "4111:1111:1111:1111"])
def test_a_card_number_in_a_file_is_an_error_by_its_line(counter: Counter, name: str) -> None:
    loaded = bring(counter, "accounts", accounts(line(NEW, 100), line("90000101", 100, name=name)))
    assert [error.line for error in loaded.errors] == [3]
    assert "card number" in loaded.errors[0].sentence
    assert "1111" not in loaded.errors[0].sentence
    assert bring(counter, "accounts", accounts(line(NEW, 100), line("1", 9, name=name)), skip_bad=True).rows == 1


def test_fees_and_rates_bring_no_card_numbers(counter: Counter) -> None:
    fees = f"{header('fees')}\nZZ,4111 1111 1111 1111,x\n".encode()
    rates = (
        f"{header('rates')}\nElmwood,2026-07-01,residential,fixed,,,,1,month,monthly,,4111-1111-1111-1111\n".encode()
    )
    for kind, data in (("fees", fees), ("rates", rates)):
        loaded = bring(counter, kind, data, skip_bad=True)
        assert loaded.load == 0
        assert any("card number" in error.sentence and error.line == 2 for error in loaded.errors)
    with pytest.raises(Refused, match="card number"):
        bring(counter, "fees", b"# paid with 4111 1111 1111 1111\n" + resources.read_text("fees.toml").encode())
