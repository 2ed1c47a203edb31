"""Makes the four sounds of the counter: `python -m tests.sounds` writes resources/sounds.

Sine tones with soft edges, computed here and nowhere copied: they are under the licence of the program. Good is one
high tone, unknown falls, done rises, attention knocks twice: told apart without being loud, and by people who hear no
pitch by their number and length.
"""

import math
import struct
import wave
from collections.abc import Iterator, Sequence
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "resources" / "sounds"
RATE, LOUD, EDGE_S = 16_000, 0.35, 0.008
SOUNDS: dict[str, Sequence[tuple[float, float]]] = {
    "scan-good.wav": ((1320, 0.07),),
    "scan-unknown.wav": ((523, 0.12), (392, 0.2)),
    "money-done.wav": ((660, 0.07), (880, 0.07), (1175, 0.14)),
    "attention.wav": ((294, 0.11), (0, 0.06), (294, 0.16)),
}
"""Tones in turn: hertz (0 is silence) and seconds."""


def samples(tones: Sequence[tuple[float, float]]) -> Iterator[int]:
    """16 bits each, RATE of them a second."""
    for hertz, seconds in tones:
        count = round(seconds * RATE)
        edge = EDGE_S * RATE
        for place in range(count):
            soft = min(1.0, place / edge, (count - place) / edge)
            yield round(32_767 * LOUD * soft * math.sin(2 * math.pi * hertz * place / RATE))


def write(path: Path, tones: Sequence[tuple[float, float]]) -> None:
    """One sound as a WAV file."""
    values = list(samples(tones))
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(struct.pack(f"<{len(values)}h", *values))


def main() -> None:
    """All four."""
    FOLDER.mkdir(exist_ok=True)
    for name, tones in SOUNDS.items():
        write(FOLDER / name, tones)


if __name__ == "__main__":
    main()
