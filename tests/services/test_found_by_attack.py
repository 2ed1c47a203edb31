"""What a hostile cashier, a careless lead and a strict auditor found, each once."""

from counter_app.services.acts import answer
from tests.fakes.counter import ARREARS, WATER, Counter

BUSINESS = {"business_name": "Rosa's Bakery"}


def closed(counter: Counter, cash: dict[str, int]) -> None:
    counter.do("close_drawer", "maria", drawer="D1", count=cash, checks=[])


def test_a_tender_is_corrected_for_no_more_than_it_still_pays(drawer: Counter) -> None:
    number = drawer.do(
        "take_payment",
        "maria",
        lines=[{"fee": "CK-CERT"}, {"fee": "CK-CERT"}, {"fee": "UB-PMT", "account": WATER, "amount_cents": 3000}],
        tenders=[{"kind": "cash", "amount_cents": 8000}],
    )["number"]
    closed(drawer, {"2000": 14})
    drawer.do("open_drawer", "ben", drawer="D2", count={"2000": 10})
    drawer.do("refund_receipt", "ben", number=number, reason="twice", how="cash", lines=[1], approver="lee")
    wrong = {"number": number, "from": {"tender": 1, "amount_cents": 8000}, "reason": "was a check", "approver": "lee"}
    words = drawer.refuse("correct_tender", "maria", to=[{"kind": "check", "amount_cents": 8000}], **wrong)
    assert "$55.00" in words
    wrong["from"] = {"tender": 1, "amount_cents": 5500}
    drawer.do("correct_tender", "maria", to=[{"kind": "check", "amount_cents": 5500}], **wrong)
    drawer.prove()


def test_a_script_goes_on_after_bytes_that_are_no_act_at_all(drawer: Counter) -> None:
    deep = b'{"act":"take_payment","by":"maria","tenders":[],"lines":[{"fee":"CK-CERT","details":' + b'{"a":' * 5000
    for line in (b'{"act":"\xff"}', b"[" * 100_000, deep, deep + b"1" + b"}" * 5000 + b"}]}", b"\x00"):
        assert answer(drawer.station, line).keys() == {"ok", "wrong"}
    drawer.do("no_sale", "maria", reason="change")


def test_a_licence_whose_first_receipt_was_voided_is_void_whatever_renewed_it(drawer: Counter) -> None:
    first = drawer.do(
        "take_payment",
        "maria",
        lines=[{"fee": "BL-NEW", "customer": "C90000001", "details": BUSINESS}],
        tenders=[{"kind": "cash", "amount_cents": 4900}],
    )
    licence = first["licences"][0]
    renewal = {"fee": "BL-REN-RET", "customer": "C90000001", "details": {"licence": licence, "gross_receipts_cents": 0}}
    drawer.do("take_payment", "maria", lines=[renewal], tenders=[{"kind": "cash", "amount_cents": 4900}])
    assert drawer.show("licence", licence)["state"] == "active"
    drawer.do("void_receipt", "maria", number=first["number"], reason="wrong business", approver="lee")
    assert drawer.show("licence", licence)["state"] == "voided"


def test_a_licence_is_renewed_once_on_a_ticket(drawer: Counter) -> None:
    licence = drawer.do(
        "take_payment",
        "maria",
        lines=[{"fee": "BL-NEW", "customer": "C90000001", "details": BUSINESS}],
        tenders=[{"kind": "cash", "amount_cents": 4900}],
    )["licences"][0]
    lines = [
        {"fee": fee, "customer": "C90000001", "details": {"licence": licence, "gross_receipts_cents": 0}}
        for fee in ("BL-REN-RET", "BL-REN-SVC")
    ]
    assert licence in drawer.refuse(
        "take_payment", "maria", lines=lines, tenders=[{"kind": "cash", "amount_cents": 9800}]
    )


def test_yard_sales_are_counted_by_address_on_one_ticket_too(drawer: Counter) -> None:
    def sale(address: str) -> dict[str, object]:
        details = {"address": address, "from": "2026-12-05", "to": "2026-12-06"}
        return {"fee": "YS-PERMIT", "customer": "C90000001", "details": details}

    fifteen = [{"kind": "cash", "amount_cents": 1500}]
    same = [sale("7 A St"), sale("7 A Street"), sale("7 a st.")]
    assert "2 yard sales" in drawer.refuse("take_payment", "maria", lines=same, tenders=fifteen)
    drawer.do("take_payment", "maria", lines=[sale("7 A St"), sale("8 B St"), sale("9 C St")], tenders=fifteen)


def test_an_overpayment_goes_with_its_payment_to_the_right_account_and_back_to_its_payer(drawer: Counter) -> None:
    number = drawer.do(
        "take_payment",
        "maria",
        lines=[{"fee": "UB-PMT", "account": WATER, "amount_cents": 1000}],
        tenders=[{"kind": "check", "amount_cents": 1500, "check": {"number": "77"}}],
    )["number"]
    before = drawer.show("account", ARREARS)["balance_cents"]
    drawer.do("move_payment", "lee", number=number, line=1, to_account=ARREARS, reason="wrong house", approver="ana")
    assert drawer.show("account", WATER)["balance_cents"] == 12_000
    assert drawer.show("account", ARREARS)["balance_cents"] == before - 1500
    drawer.prove()
    drawer.do("close_drawer", "maria", drawer="D1", count={"2000": 10}, checks=[1500])
    later = {"at": "2026-12-15T10:00:00-08:00", "approver": "ana"}
    refund = drawer.do("refund_receipt", "lee", number=number, reason="paid twice", how="request", **later)
    assert refund["amount_cents"] == 1500
    assert drawer.show("account", ARREARS)["balance_cents"] == before
    drawer.prove()


def test_a_drawer_with_nothing_to_deposit_leaves_the_board_when_it_is_verified(drawer: Counter) -> None:
    closed(drawer, {"2000": 10})
    assert [row["session"] for row in drawer.show("till_board")["drawers"]] == ["A1-S000001"]
    drawer.do("verify_drawer", "lee", session="A1-S000001", count={"2000": 10}, checks=[], accept=True)
    assert drawer.show("till_board")["drawers"] == []


def test_signs_that_nobody_sees_are_no_reason_and_a_bag_is_the_same_in_small_letters(drawer: Counter) -> None:
    for nothing in ("", " ", "\u200b", "\u0000", "\u2028"):
        drawer.refuse("no_sale", "maria", reason=nothing)
    drawer.do("take_payment", "maria", lines=[{"fee": "CK-CERT"}], tenders=[{"kind": "cash", "amount_cents": 2500}])
    drawer.do("drop_cash", "maria", drawer="D1", count={"2000": 1}, bag="B-7", approver="lee")
    drawer.refuse("drop_cash", "maria", drawer="D1", count={"2000": 1}, bag="b-7", approver="lee")


def test_a_bank_that_credits_less_than_a_deposit_of_checks_leaves_no_place_below_nothing(drawer: Counter) -> None:
    check = [{"kind": "check", "amount_cents": 2500, "check": {"number": "9"}}]
    drawer.do("take_payment", "maria", lines=[{"fee": "CK-CERT"}], tenders=check)
    drawer.do("close_drawer", "maria", drawer="D1", count={"2000": 10}, checks=[2500])
    drawer.do("verify_drawer", "lee", session="A1-S000001", count={"2000": 10}, checks=[2500], accept=True)
    drawer.do("make_deposit", "ana", sessions=["A1-S000001"], bag="B-1", bank="OPERATING")
    drawer.do("send_deposit", "ana", deposit="A1-D000001", courier="Valley Armored")
    part = {"part": "checks", "cents": 2000, "bank_date": "2026-11-24", "reference": "1"}
    assert drawer.do("confirm_deposit", "fay", deposit="A1-D000001", parts=[part])["difference_cents"] == -500
    drawer.prove()
