"""When the place of the person at the counter is written down: a moment after their hand, never in front of a key."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

AFTER_MS = 250
"""What a power cut may take: many keys in this time are one writing, and a payment takes its own ticket out itself."""


class Keeping(QObject):
    """`touched` after every change; `keep` is called once, so much later, on Qt's own thread: there is one writer."""

    def __init__(self, keep: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._keep = keep
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(AFTER_MS)
        self._timer.timeout.connect(self._write)

    def touched(self) -> None:
        """Something may have changed; not put off by the next key, or fast hands would never be kept."""
        if not self._timer.isActive():
            self._timer.start()

    def now(self) -> None:
        """Before the window ends."""
        self._timer.stop()
        self._write()

    def _write(self) -> None:
        self._keep()
