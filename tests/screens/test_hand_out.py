"""The pieces of the change on the screen: what to hand over, what is few, nothing of what the drawer should hold."""

from counter_app.screens.counter import Counter as CounterScreen
from tests.fakes.counter import PAID_UP, WATER, Counter, open_d1
from tests.screens.conftest import person
from tests.screens.hands import Hands
from tests.screens.told import lines_of

FLOAT = {"2000": 5, "1000": 5, "500": 6, "100": 20, "25": 20, "10": 10, "5": 10, "1": 20}


def with_float(counter: Counter) -> Hands:
    """Maria at a drawer whose float is made for change."""
    counter.do("open_drawer", "maria", drawer="D1", count=FLOAT)
    return Hands(CounterScreen(counter.station, person(counter, "maria")))


def fifteen(hands: Hands) -> tuple[str, str]:
    """A payment of $15 with a twenty: the pieces and the note beside them."""
    hands(f"{PAID_UP} Enter")
    hands("15 Enter")
    hands("20 F8 F9")
    [row] = hands.change.pieces
    return str(row.title), str(row.note)


def test_notes_first_and_coins_below(counter: Counter) -> None:
    hands = with_float(counter)
    hands.scan(WATER)
    hands("150.85 F8 F9")
    [row] = hands.change.pieces
    assert (hands.change.amount, row.title, row.detail, row.note) == ("$30.85", "$20, $10", "3 × 25¢, 10¢", "")


def test_coins_alone_stand_first(counter: Counter) -> None:
    hands = with_float(counter)
    hands.scan(WATER)
    hands("120.30 F8 F9")
    [row] = hands.change.pieces
    assert (row.title, row.detail) == ("25¢, 5¢", "")


def test_no_change_shows_no_pieces(counter: Counter) -> None:
    hands = with_float(counter)
    hands.scan(WATER)
    hands(". F9")
    assert hands.change.pieces == ()


def test_few_fives_are_said_quietly_and_spared(counter: Counter) -> None:
    hands = with_float(counter)
    said = [fifteen(hands) for _ in range(3)]
    assert said[0] == ("$5", "")
    assert said[1] == ("$5", "Few $5 left; ask for change when it is quiet.")
    assert said[2] == ("5 × $1", "Few $5 left; ask for change when it is quiet.")


def test_a_void_says_which_pieces_go_back(counter: Counter) -> None:
    hands = with_float(counter)
    hands.scan(WATER)
    hands("120 F8 F9 F11 V")
    hands.approve("1", "1", "9054")
    assert [row.title for row in hands.change.pieces] == ["$100, $20"]


def test_two_drawers_that_hold_plenty_look_alike(counter: Counter) -> None:
    """Blind: the float is $200 here and $900 there, and the screen says the same."""
    shown = []
    for who, drawer, tens in (("maria", "D1", 50), ("ben", "D2", 120)):
        count = {"1000": tens, "500": 50, "100": 100, "25": 100, "10": 100, "5": 100, "1": 100}
        counter.do("open_drawer", who, drawer=drawer, count=count)
        hands = Hands(CounterScreen(counter.station, person(counter, who)))
        hands("CK-COPY Enter 2 * 20 F8 F9")
        shown.append(lines_of(hands.change).replace("A1-000002", "A1-000001"))
    assert shown[0] == shown[1]


def test_the_pieces_of_a_float_without_change_are_the_plain_ones(counter: Counter) -> None:
    open_d1(counter)
    hands = Hands(CounterScreen(counter.station, person(counter, "maria")))
    hands("CK-COPY Enter 2 * 20 F8 F9")
    [row] = hands.change.pieces
    assert (row.title, row.detail, row.note) == ("$10, $5, 4 × $1", "2 × 10¢", "")
