"""What `show` gives: the fields that others rely on, word for word, and nothing that the viewer may not see."""

from tests.fakes.counter import (
    ARREARS,
    WATER,
    Counter,
    cash,
    check,
    close_d1,
    copies,
    dog,
    heap,
    pay,
    verified,
    water,
)


def test_account(counter: Counter) -> None:
    shown = counter.show("account", ARREARS, by="maria")
    assert shown.keys() >= {"account", "name", "balance_cents", "items"}
    assert (shown["account"], shown["name"], shown["balance_cents"]) == (ARREARS, "Omar Haddad", 18_240)
    first = {"item": "W-2610/sewer", "component": "sewer", "due": "2026-10-20", "open_cents": 3_000}
    assert first.items() <= shown["items"][0].items()


def test_receipt(drawer: Counter) -> None:
    number = pay(drawer, [water(WATER), dog()], [cash(5_000), check(8_300)], payer={"name": "Rosa Bell"})["number"]
    shown = drawer.show("receipt", number, by="ben")
    assert shown.keys() >= {
        "number", "state", "total_cents", "copies", "sent", "lines", "tenders", "allocations", "distribution",
        "refunded_cents",
    }  # fmt: skip
    assert (shown["number"], shown["state"], shown["copies"], shown["sent"]) == (number, "taken", 0, "taken")
    assert shown["refunded_cents"] == 0
    assert {"tender": 1, "line": 2, "item": "", "cents": 1_300}.items() <= shown["allocations"][0].items()
    assert [share.keys() for share in shown["distribution"]] == [{"account", "fund", "amount_cents"}] * 2
    assert [(t["kind"], t["amount_cents"]) for t in shown["tenders"]] == [("cash", 5_000), ("check", 8_300)]
    drawer.do("copy_receipt", "maria", number=number)
    assert drawer.do("copy_receipt", "lee", number=number)["copy"] == 2
    assert drawer.show("receipt", number)["copies"] == 2


def test_drawer(drawer: Counter) -> None:
    assert drawer.show("drawer", "D1", by="maria") == {
        "drawer": "D1", "session": "A1-S000001", "state": "open", "cashier": "maria", "business_date": "2026-11-23",
        "forgotten": False,
    }  # fmt: skip
    expected = drawer.show("drawer", "D1", by="lee")["expected_cents"]
    assert expected == {"cash": 20_000, "check": 0, "card": 0, "money_order": 0}


def test_licence(drawer: Counter) -> None:
    number = pay(drawer, [dog()], [cash(1_300)])["licences"][0]
    shown = drawer.show("licence", number, by="maria")
    assert {
        "licence": number,
        "holder": "C90000001",
        "state": "active",
        "expires": "2028-11-23",
    }.items() <= shown.items()
    assert "dog" in shown["type"].lower()


def test_customer(counter: Counter) -> None:
    made = counter.do(
        "register_customer", "maria", name="Dana Ortiz", address="7 Elm Street", phone="555-0100",
        email="d@example.org", language="es",
    )  # fmt: skip
    shown = counter.show("customer", made["customer"], by="maria")
    assert shown == {
        "customer": made["customer"], "name": "Dana Ortiz", "address": "7 Elm Street", "phone": "555-0100",
        "email": "d@example.org", "language": "es", "accounts": [],
    }  # fmt: skip
    assert counter.show("customer", "C90000001", by="maria")["accounts"] == [WATER]


def test_deposit_and_undeposited(drawer: Counter) -> None:
    pay(drawer, [copies(5)], [cash(200)], at="2026-11-23T10:00:00-08:00")
    pay(drawer, [water(WATER)], [check(12_000)], at="2026-11-23T11:00:00-08:00")
    undeposited = {"cash_cents": 200, "checks_cents": 12_000, "oldest": "2026-11-23T18:00:00.000Z"}
    assert drawer.show("undeposited") == undeposited
    close_d1(drawer, 20_200, [12_000])
    verified(drawer, "A1-S000001", 20_200, [12_000])
    assert drawer.show("undeposited") == undeposited
    drawer.do("make_deposit", "ana", sessions=["A1-S000001"], bag="B-1", bank="OPERATING")
    assert drawer.show("undeposited") == undeposited, "a bag that is not sent is here"
    shown = drawer.show("deposit", "A1-D000001", by="ana")
    wanted = {
        "deposit": "A1-D000001", "state": "made", "sent": "taken", "cash_cents": 200, "checks_cents": 12_000,
        "total_cents": 12_200, "bag": "B-1", "bank": "OPERATING",
    }  # fmt: skip
    assert wanted.items() <= shown.items()
    assert [(step["step"], step["by"]) for step in shown["custody"]] == [("made", "ana")]
    drawer.do("send_deposit", "ana", deposit="A1-D000001", courier="Valley")
    assert drawer.show("undeposited") == {"cash_cents": 0, "checks_cents": 0, "oldest": None}


def test_a_card_waits_for_no_deposit(drawer: Counter) -> None:
    pay(drawer, [copies(5)], [{"kind": "card", "amount_cents": 200}])
    assert drawer.show("undeposited") == {"cash_cents": 0, "checks_cents": 0, "oldest": None}


def test_till_board(drawer: Counter) -> None:
    drawer.do("open_drawer", "ben", drawer="D2", count=heap(10_000))
    board = drawer.show("till_board")["drawers"]
    assert [row.keys() for row in board] == [
        {"drawer", "session", "cashier", "state", "business_date", "forgotten"}
    ] * 2
    assert [(row["drawer"], row["cashier"]) for row in board] == [("D1", "maria"), ("D2", "ben")]


def test_paper(drawer: Counter) -> None:
    number = pay(drawer, [copies(5)], [cash(200)])["number"]
    drawer.do("copy_receipt", "maria", number=number)
    assert drawer.show("paper") == {
        "jobs": [
            {"number": number, "document": "receipt", "copy": 0, "state": "queued"},
            {"number": number, "document": "receipt", "copy": 1, "state": "queued"},
        ]
    }


def test_paper_in_doubt_is_settled_by_a_person(drawer: Counter) -> None:
    number = pay(drawer, [copies(5)], [cash(200)])["number"]
    with drawer.station.books.change_state() as connection:
        connection.exec_driver_sql("UPDATE spool SET state = 'doubt'")
    drawer.do("settle_paper", "maria", number=number, came_out=False)
    assert drawer.show("paper")["jobs"] == [{"number": number, "document": "receipt", "copy": 1, "state": "queued"}]
    assert drawer.show("receipt", number)["copies"] == 1
    assert "doubt" in drawer.refuse("settle_paper", "maria", number=number, came_out=True)
    drawer.prove()


def test_places(drawer: Counter) -> None:
    assert drawer.show("places") == {"drawer A1-S000001": 20_000, "float A1 D1": 0}


def test_the_cash_drawer_opens_when_cash_comes_or_goes_and_never_else(drawer: Counter) -> None:
    opened: list[str] = []
    drawer.station.open_cash_drawer = lambda: opened.append("kick")

    def kicks(act: str, by: str = "maria", **fields: object) -> int:
        before = len(opened)
        drawer.do(act, by, **fields)
        return len(opened) - before

    lines = [{"fee": "PD-RPT"}]
    assert kicks("take_payment", lines=lines, tenders=[cash(2_500)]) == 1
    assert kicks("take_payment", lines=lines, tenders=[check(2_500)]) == 0
    assert kicks("take_payment", lines=lines, tenders=[{"kind": "card", "amount_cents": 2_500}]) == 0
    assert kicks("copy_receipt", number="A1-000001") == 0
    assert kicks("show", what="paper") == 0
    assert kicks("no_sale", reason="change") == 1
    assert kicks("void_receipt", approver="lee", number="A1-000002", reason="wrong") == 0
    assert kicks("void_receipt", approver="lee", number="A1-000001", reason="wrong") == 1
    assert kicks("bring_cash", approver="lee", drawer="D1", count=heap(2_000)) == 1
    assert kicks("drop_cash", approver="lee", drawer="D1", count=heap(2_000)) == 1
    before = len(opened)
    drawer.refuse("no_sale", "maria", reason=" ")
    drawer.refuse("drop_cash", "maria", drawer="D1", count=heap(2_000))
    assert len(opened) == before
    assert kicks("close_drawer", drawer="D1", count=heap(20_000), checks=[]) == 1
