"""Python's garbage is collected on Qt's thread alone.

A collection starts on whatever thread allocates; where it finds a dead QObject on another than Qt's, that thread holds
a lock of Qt and waits for Python's while Qt's thread does it the other way round, and the window stands still for good.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QTimer

EVERY_MS, ROUNDS_TO_ALL = 1_000, 60
"""The young are looked at every second, all of them every minute; what was there at the start is left out."""


@contextmanager
def collected_here() -> Iterator[None]:
    """On this thread, by a timer, until the end; then as it was before."""
    was_on, rounds = gc.isenabled(), 0
    gc.disable()
    gc.freeze()

    def collect() -> None:
        nonlocal rounds
        rounds += 1
        gc.collect(2 if rounds % ROUNDS_TO_ALL == 0 else 1)

    timer = QTimer()
    timer.setInterval(EVERY_MS)
    timer.timeout.connect(collect)
    timer.start()
    try:
        yield
    finally:
        timer.stop()
        gc.unfreeze()
        if was_on:
            gc.enable()
