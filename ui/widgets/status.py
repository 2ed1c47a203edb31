"""The status line: each thing a word, an icon and a colour, and each explains itself on F1 or a click."""

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QToolTip, QWidget

from counter_app.domain.said import say, together
from counter_app.screens.keys import Intent
from counter_app.screens.views import Status, Tone
from ui.keys import intent_of
from ui.look import Look
from ui.reading import announce, named
from ui.spoken import spoken
from ui.theme import Size, Space
from ui.widgets.flow import FlowLayout


class StatusPill(QAbstractButton):
    """Shows one status; `asked(Status)` on F1, Enter, Space or a click, with the explanation shown beside it."""

    asked = Signal(object)

    def __init__(self, look: Look, status: Status) -> None:
        super().__init__()
        self._look, self.status = look, status
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_status(status)
        self.clicked.connect(self.explain)
        look.changed.connect(self.updateGeometry)

    def show_status(self, status: Status) -> None:
        """Another state; one that became bad is announced."""
        worse = status.tone is Tone.BAD and self.status.tone is not Tone.BAD
        self.status = status
        told = together((status.name, status.words), ": ")
        named(self, told, "F1", status.explains)
        self.say_again()
        if worse:
            announce(self, told)

    def say_again(self) -> None:
        """The same in another language."""
        self._words = spoken(self.status.words)
        self.setToolTip(spoken(self.status.explains))
        self.updateGeometry()
        self.update()

    def as_text(self) -> str:
        """The status as a line of text."""
        tone = "" if self.status.tone is Tone.PLAIN else f" ({self.status.tone.value})"
        return f"status {spoken(self.status.name)}: {self._words}{tone}"

    def explain(self) -> None:
        """Say what it means, beside it."""
        QToolTip.showText(self.mapToGlobal(QPoint(0, -self.height())), self.toolTip(), self)
        announce(self, self.status.explains)
        self.asked.emit(self.status)

    def sizeHint(self) -> QSize:
        """Icon and words on one line."""
        metrics = QFontMetrics(self._look.font(Size.SMALL))
        side = self._look.theme.pixels(22)
        wide = side + Space.HAIR + 2 + metrics.horizontalAdvance(self._words) + 2 * Space.TIGHT
        return QSize(wide, max(metrics.height(), side) + 2 * Space.HAIR + 4)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A soft ground only for what needs attention; the ring of the focus."""
        ink, soft = (QColor(colour) for colour in self._look.palette.tone(self.status.tone))
        painter, tone = QPainter(self), self.status.tone
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = self.rect().adjusted(2, 2, -2, -2)
        if tone in (Tone.WARN, Tone.BAD):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(soft)
            painter.drawRoundedRect(frame, frame.height() / 2, frame.height() / 2)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(self._look.palette.focus), 3))
            painter.drawRoundedRect(frame, frame.height() / 2, frame.height() / 2)
        side = self._look.theme.pixels(22)
        quiet = QColor(self._look.palette.quiet)
        colour = quiet.name() if tone is Tone.PLAIN else ink.name()
        painter.drawPixmap(Space.TIGHT, (self.height() - side) // 2, self._look.picture(self.status.icon, colour, 22))
        painter.setFont(self._look.font(Size.SMALL))
        painter.setPen(ink if tone in (Tone.WARN, Tone.BAD) else quiet)
        words = self.rect().adjusted(Space.TIGHT + side + Space.HAIR + 2, 0, 0, 0)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), self._words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F1 and Enter explain, as a click and Space do."""
        if intent_of(event) is Intent.EXPLAIN or event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.explain()
        else:
            super().keyPressEvent(event)


class StatusLine(QWidget):
    """The line at the foot of the window; what does not fit beside the others goes to a second row, never away.

    `renewed()` when there are more pills than before.
    """

    asked = Signal(object)
    renewed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        named(self, say("Status line"))
        self._look = look
        self._pills: list[StatusPill] = []
        self._flow = FlowLayout(self)
        self._flow.setContentsMargins(Space.SNUG, Space.HAIR, Space.SNUG, Space.HAIR)

    @property
    def pills(self) -> tuple[StatusPill, ...]:
        """From left to right."""
        return tuple(self._pills)

    def show_statuses(self, statuses: tuple[Status, ...]) -> None:
        """Show these, in this order; pills are kept, so that the focus stays where it was."""
        for old, status in zip(self._pills, statuses, strict=False):
            old.show_status(status)
        more = statuses[len(self._pills) :]
        for status in more:
            pill = StatusPill(self._look, status)
            pill.asked.connect(self.asked)
            self._pills.append(pill)
            self._flow.addWidget(pill)
        if more:
            self.renewed.emit()
        while len(self._pills) > len(statuses):
            gone = self._pills.pop()
            self._flow.removeWidget(gone)
            gone.setParent(None)
            gone.deleteLater()
