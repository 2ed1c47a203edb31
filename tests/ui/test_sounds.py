"""Four sounds that tell what the screen shows as well, and hold up nothing."""

import threading
import wave
from pathlib import Path
from time import monotonic

import pytest

from counter_app.bootstrap import sounds_are_on
from counter_app.screens.views import Sound
from tests import sounds as made
from tests.fakes.counter import WATER, Counter
from tests.fakes.window import Till
from ui.sounds import FILES, FOLDER, LONGEST_S, Sounds, player_here
from ui.widgets.message_line import MessageLine


class Ear:
    """Hears files by name, and can be made to hang or to fail."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.told = threading.Event()
        self.goes_on = threading.Event()
        self.goes_on.set()
        self.fails = False

    def __call__(self, file: Path) -> None:
        self.heard.append(file.name)
        self.told.set()
        self.goes_on.wait(5)
        if self.fails:
            raise OSError("no loudspeaker")

    def wait(self) -> list[str]:
        assert self.told.wait(5)
        self.told.clear()
        return self.heard


def test_the_files_are_those_that_our_own_script_makes(tmp_path: Path) -> None:
    assert {path.name for path in FOLDER.glob("*.wav")} == set(made.SOUNDS) == set(FILES.values())
    for name, tones in made.SOUNDS.items():
        made.write(tmp_path / name, tones)
        assert (FOLDER / name).read_bytes() == (tmp_path / name).read_bytes()


def test_each_is_short_and_unlike_the_others() -> None:
    lengths = set()
    for name in FILES.values():
        with wave.open(str(FOLDER / name)) as file:
            lengths.add(file.getnframes())
            assert file.getnframes() / file.getframerate() < 0.5
    assert len(lengths) == len(FILES)


def test_a_sound_that_hangs_holds_up_nobody_and_others_are_dropped() -> None:
    ear = Ear()
    ear.goes_on.clear()
    sounds = Sounds(ear)
    begun = monotonic()
    sounds.play(Sound.GOOD)
    ear.wait()
    for _ in range(50):
        sounds.play(Sound.UNKNOWN)
    sounds.stop()
    assert monotonic() - begun < LONGEST_S
    ear.goes_on.set()


def test_a_sound_that_fails_is_a_sound_that_is_missing() -> None:
    ear = Ear()
    ear.fails = True
    sounds = Sounds(ear)
    sounds.play(Sound.GOOD)
    ear.wait()
    sounds.play(Sound.DONE)
    assert ear.wait()[-1] == "money-done.wav"
    sounds.stop()


def test_where_nobody_sits_nothing_plays() -> None:
    assert player_here("offscreen") is None
    Sounds(None).play(Sound.GOOD)


@pytest.fixture
def ear(at_till: Till) -> Ear:
    """Beside Maria's window."""
    heard = Ear()
    at_till.open_d1()
    at_till.running.attending.sounds._player = heard  # the loudspeaker of this window
    return heard


@pytest.mark.parametrize(
    ("keys", "name", "seen"),
    [
        ((WATER, "Enter"), "scan-good.wav", "> Utility bill payment, $120.00"),
        (("zzz999", "Enter"), "scan-unknown.wav", "Nothing found for “zzz999”."),
        (("F9",), "attention.wav", "There is nothing on the ticket."),
    ],
)
def test_each_sound_has_a_twin_on_the_screen(
    at_till: Till, ear: Ear, keys: tuple[str, ...], name: str, seen: str
) -> None:
    at_till.keys(*keys)
    assert ear.wait()[-1] == name
    assert seen in at_till.says()


def test_money_done_is_heard_and_seen(at_till: Till, ear: Ear) -> None:
    at_till.keys(WATER, "Enter")
    ear.wait()
    at_till.keys("Enter", ".", "F9")
    assert ear.wait()[-1] == "money-done.wav"
    assert "Receipt A1-000001" in at_till.says()


def test_the_same_refusal_twice_is_seen_twice(at_till: Till, ear: Ear) -> None:
    at_till.keys("F9")
    [line] = [line for line in at_till.running.window.findChildren(MessageLine) if line.isVisible()]
    at_till.wait_until(lambda: not line.is_flashing)
    at_till.keys("F9")
    assert line.is_flashing


def test_sounds_are_turned_off_by_a_key_and_stay_off(at_till: Till, ear: Ear, counter: Counter) -> None:
    at_till.keys("Ctrl+U")
    assert "Sounds are off; everything is seen as well." in at_till.status_and_notice()
    at_till.keys(WATER, "Enter")
    assert ear.heard == []
    assert not sounds_are_on(counter.station)
    at_till.keys("Ctrl+K", "sounds", "Enter")
    assert "Sounds are on." in at_till.status_and_notice()
    at_till.keys("zzz999", "Enter")
    assert ear.wait() == ["scan-unknown.wav"]
