"""The pieces to hand over, worked out of the books: float, payments, drops and cash brought."""

from counter_app.services.change_advice import ChangeAdvice
from tests.fakes.counter import PAID_UP, WATER, Counter, cash

FLOAT = {"2000": 5, "1000": 5, "500": 6, "100": 20, "25": 20, "10": 10, "5": 10, "1": 20}


def a_copy(counter: Counter, handed_cents: int) -> None:
    """A copy at $0.50, paid by a note."""
    lines = [{"fee": "CK-COPY", "quantity": 1}]
    counter.do("take_payment", "maria", lines=lines, tenders=[cash(handed_cents)])


def opened(counter: Counter) -> str:
    """Maria's drawer with a float for change."""
    session: str = counter.do("open_drawer", "maria", drawer="D1", count=FLOAT)["session"]
    return session


def test_the_pieces_of_the_last_change(counter: Counter) -> None:
    session, advice = opened(counter), ChangeAdvice(counter.station)
    assert advice.last(session).pieces == {}
    counter.do("take_payment", "maria", lines=[{"fee": "UB-PMT", "account": WATER}], tenders=[cash(15_000)])
    assert advice.last(session).pieces == {"2000": 1, "1000": 1}


def test_the_last_fives_are_spared_and_said_to_be_few(counter: Counter) -> None:
    session, advice = opened(counter), ChangeAdvice(counter.station)
    pieces = []
    for _ in range(4):
        fifteen = {"fee": "UB-PMT", "account": PAID_UP, "amount_cents": 1_500}
        counter.do("take_payment", "maria", lines=[fifteen], tenders=[cash(2_000)])
        pieces.append((advice.last(session).pieces, advice.last(session).few))
    assert pieces[0] == ({"500": 1}, ())
    assert pieces[1] == ({"500": 1}, ("500",))
    assert pieces[2] == ({"100": 5}, ("500",))
    counter.do("bring_cash", "maria", approver="lee", drawer="D1", count={"500": 20})
    a_copy(counter, 2_000)
    assert "500" not in advice.last(session).few


def test_a_window_that_starts_again_works_out_the_same(counter: Counter) -> None:
    session, advice = opened(counter), ChangeAdvice(counter.station)
    for handed in (2_000, 500, 10_000, 100):
        a_copy(counter, handed)
        advice.last(session)
    counter.do("drop_cash", "maria", approver="lee", drawer="D1", count={"2000": 2})
    a_copy(counter, 2_000)
    again = ChangeAdvice(counter.station)
    assert again.last(session) == advice.last(session)
    assert again.last(session).pieces


def test_a_void_says_what_to_give_back(counter: Counter) -> None:
    session, advice = opened(counter), ChangeAdvice(counter.station)
    counter.do("take_payment", "maria", lines=[{"fee": "UB-PMT", "account": WATER}], tenders=[cash(12_000)])
    counter.do("void_receipt", "maria", approver="lee", number="A1-000001", reason="Wrong account")
    assert advice.last(session).pieces == {"10000": 1, "2000": 1}
