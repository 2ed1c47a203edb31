"""Text that wraps between words where it can and inside a word where it must, so that no name is ever cut."""

import math
from functools import lru_cache

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QTextLayout, QTextOption

Across = Qt.AlignmentFlag
_MOST_KEPT = 512
"""Measures kept: at a key nearly all words stand as they stood, and Qt asks for each several times."""
_LINE_SEPARATOR = "\N{LINE SEPARATOR}"


@lru_cache(_MOST_KEPT)
def height_of(words: str, font: QFont, width: int) -> int:
    """The pixels that the words need at this width."""
    return math.ceil(_lay_out(words, font, width).boundingRect().height())


@lru_cache(_MOST_KEPT)
def natural_size(words: str, font: QFont) -> QSize:
    """Width and height of the words when only their own line ends break them."""
    metrics = QFontMetricsF(font)
    lines = words.split("\n")
    return QSize(math.ceil(max(_wide(metrics, line) for line in lines)) + 1, math.ceil(metrics.height() * len(lines)))


@lru_cache(_MOST_KEPT)
def longest_word(words: str, font: QFont) -> int:
    """The width that keeps every word whole."""
    metrics = QFontMetricsF(font)
    return math.ceil(max((_wide(metrics, word) for word in words.split()), default=0.0)) + 1


def _wide(metrics: QFontMetricsF, words: str) -> float:
    """With what the last sign reaches out beyond its own width, as an í does: a line needs room for that too."""
    return max(metrics.horizontalAdvance(words), metrics.boundingRect(words).right())


def draw(
    painter: QPainter, words: str, font: QFont, area: QRect, centred: bool = False, across: Across = Across.AlignLeft
) -> None:
    """Draw the words from the top of `area`, or in its vertical middle, in the painter's pen."""
    layout = _lay_out(words, font, area.width(), across)
    down = (area.height() - layout.boundingRect().height()) / 2 if centred else 0.0
    layout.draw(painter, QPointF(area.left(), area.top() + down))


def _lay_out(words: str, font: QFont, width: int, across: Across = Across.AlignLeft) -> QTextLayout:
    layout = QTextLayout(words.replace("\n", _LINE_SEPARATOR), font)
    option = QTextOption(across)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    y = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(1, width))
        line.setPosition(QPointF(0.0, y))
        y += line.height()
    layout.endLayout()
    return layout
