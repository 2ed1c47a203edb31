"""The shortcut coach: one quiet line for a long way, private, three times at most, and never once the key is known."""

from counter_app.screens.counter import Counter as CounterScreen
from counter_app.screens.keys import Intent
from counter_app.screens.palette import TIPS, Palette
from tests.fakes.counter import WATER, Counter
from tests.screens.conftest import person
from tests.screens.hands import Hands

EXACT = "Next time: . is exact cash."


def again(counter: Counter, who: str = "maria") -> Hands:
    """The window of a later day: what the coach knows was kept."""
    return Hands(CounterScreen(counter.station, person(counter, who)))


def typed_exact(hands: Hands) -> str:
    """Exact cash of two copies, typed; what is said beside the box, and the ticket is gone again."""
    hands("CK-COPY Enter 2 * 0.80 F8")
    said = hands.message
    hands("Ctrl+Z Ctrl+Z Ctrl+Z")
    hands.screen.keep_place()
    return said


def by_button(hands: Hands, intent: Intent) -> str:
    """A button of the tender panel."""
    hands.screen.coach.clicked(intent)
    hands.screen.press(intent)
    return hands.message


def test_exact_cash_that_was_typed(hands: Hands) -> None:
    assert typed_exact(hands) == EXACT
    assert typed_exact(hands) == "", "once a sign-in"


def test_a_tip_is_shown_on_three_days_at_most(hands: Hands, counter: Counter) -> None:
    assert [typed_exact(again(counter)) for _ in range(5)] == [EXACT] * 3 + [""] * 2


def test_no_tip_any_more_once_the_key_was_used(hands: Hands, counter: Counter) -> None:
    assert typed_exact(hands) == EXACT
    hands.scan(WATER)
    hands(". F9")
    hands.screen.keep_place()
    assert typed_exact(again(counter)) == ""


def test_quick_cash_and_finish_by_buttons(hands: Hands, counter: Counter) -> None:
    hands.scan(WATER)
    hands.screen.quick(15_000)
    assert hands.message == "Next time: type what was handed over, then F8."
    assert by_button(hands, Intent.FINISH) == "Next time: F9 (Finish)."
    assert hands.change.amount == "$30.00"
    hands("CK-COPY Enter 2 *")
    hands.screen.quick(80)
    assert hands.message == EXACT


def test_a_button_does_not_count_as_its_key(hands: Hands, counter: Counter) -> None:
    for _ in range(2):
        hands = again(counter)
        hands("CK-COPY Enter .")
        assert by_button(hands, Intent.FINISH) == "Next time: F9 (Finish)."
        hands.screen.keep_place()


def test_the_same_act_by_the_list_of_commands_three_times(hands: Hands) -> None:
    said = []
    for _ in range(3):
        hands("CK-COPY Enter")
        hands.screen.coach.by_commands(Intent.UNDO)
        hands.screen.press(Intent.UNDO)
        said.append(hands.message)
    undone = "Undone: Photocopy, $0.40, is off the ticket."
    assert said == [undone, undone, f"{undone} Next time: Ctrl+Z (Undo)."]


def test_a_long_walk_to_a_result_that_a_longer_word_had_reached(hands: Hands) -> None:
    hands("copy")
    rows = len(hands.rows)
    hands("Esc dog")
    assert len(hands.rows) > 4 or rows > 4
    for _ in range(4):
        hands.screen.step(1)
    hands("Enter")
    assert hands.message == "Next time: a longer word, or the number, finds it at once."


def test_a_refusal_is_more_important_than_a_tip(hands: Hands) -> None:
    hands.scan(WATER)
    assert "still due" in by_button(hands, Intent.FINISH)


def test_each_person_has_a_coach_of_their_own(hands: Hands, counter: Counter) -> None:
    assert typed_exact(hands) == EXACT
    counter.do("open_drawer", "ben", drawer="D2", count={"2000": 10})
    assert typed_exact(again(counter, "ben")) == EXACT
    hands.screen.come_back(person(counter, "ben"))
    assert typed_exact(hands) == EXACT


def test_it_can_be_turned_off_in_the_list_of_commands(hands: Hands, counter: Counter) -> None:
    palette = Palette(person(counter, "maria"), hands.screen)
    palette.filter("tips off")
    assert palette.choose() == TIPS
    hands.screen.coach.switch()
    assert typed_exact(hands) == ""
    assert typed_exact(again(counter)) == ""
    palette.filter("tips on")
    assert palette.choose() == TIPS


def test_nothing_of_it_is_in_the_journal(hands: Hands, counter: Counter) -> None:
    before = counter.station.books.head()
    typed_exact(hands)
    assert counter.station.books.head() == before
    assert counter.rows("SELECT name FROM setting WHERE name LIKE 'habits%'") == [("habits:maria",)]
