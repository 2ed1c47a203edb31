"""Keys and clicks of every flow as they are promised, counted in the real window; nobody may need more."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.fakes.counter import WATER, Counter, open_d1
from tests.fakes.window import Till
from tests.journeys import FLOWS, SCAN, Clicks, Flow, Recorder, as_before, badges_for


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
