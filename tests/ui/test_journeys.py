"""Keys and clicks of every flow as they are promised, counted in the real window; nobody may need more."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from counter_app.domain.badge import new_badge
from tests.fakes.counter import WATER, Counter, open_d1
from tests.fakes.window import Till
from tests.journeys import BADGE, FLOWS, SCAN, Clicks, Flow, Recorder, as_before, badges_for


@pytest.fixture
def recorder(at_till: Till, counter: Counter, qapp: QApplication) -> Recorder:
    """Maria at her open drawer; she and the lead have badges."""
    badges = badges_for(counter.station, "maria", "lee")
    open_d1(counter)
    at_till.sign_in("maria")
    return Recorder(qapp, badges)


@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.name)
def test_no_flow_needs_more_keys_than_promised_or_any_click(flow: Flow, recorder: Recorder, at_till: Till) -> None:
    journey = recorder.walk(flow)
    assert flow.ends in at_till.says() + at_till.status()
    assert journey.keys <= flow.most, f"{journey.keys} keys"
    assert journey.clicks == 0
    assert len(journey.seconds) == journey.keys


def test_flows_can_be_walked_again_and_again(recorder: Recorder, at_till: Till, counter: Counter) -> None:
    for flow in FLOWS[:2] * 2:
        recorder.walk(flow)
        assert flow.ends in at_till.says()
        as_before(counter.station)


def test_a_key_too_many_and_a_click_are_noticed(recorder: Recorder, at_till: Till, qapp: QApplication) -> None:
    assert recorder.walk(Flow("", 0, (SCAN + WATER, "Ctrl+Z", "Esc", "ab"), "")).keys == 4
    clicks = Clicks(qapp)
    QTest.mouseClick(at_till.running.window.windowHandle(), Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert clicks.count == 1
    clicks.stop()


def test_a_badge_before_the_reason_chooses_nothing_and_asks_for_the_reason(recorder: Recorder, at_till: Till) -> None:
    recorder.walk(Flow("", 0, (BADGE + "lee",), "", before=(SCAN + WATER, ".", "F9", "F11", "V")))
    assert "First the reason, then the badge." in at_till.says()
    assert "Why? One key." in at_till.says()
    recorder.walk(Flow("", 0, ("1", BADGE + "lee"), ""))
    assert "is void" in at_till.says()


def test_nobody_reads_a_badge_on_the_screen(at_till: Till, counter: Counter) -> None:
    line = badges_for(counter.station, "maria")["maria"]
    at_till.keys(*line)
    assert line not in at_till.says()
    assert "•" * len(line) in at_till.says()
    at_till.keys("Enter")
    at_till.wait_for("Counter box")


def test_a_wrong_badge_leaves_nothing_of_it_behind(at_till: Till, counter: Counter) -> None:
    badges_for(counter.station, "maria")
    wrong = new_badge("maria").line
    at_till.keys(*wrong, "Enter")
    assert "do not belong together" in at_till.says()
    assert wrong not in at_till.says()
    assert "field Your name: …" in at_till.says()


def test_a_badge_in_the_counter_box_is_no_search(recorder: Recorder, at_till: Till) -> None:
    recorder.walk(Flow("", 0, (BADGE + "lee",), ""))
    assert "here it does nothing" in at_till.says()
    assert "%lee" not in at_till.says()
