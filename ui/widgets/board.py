"""The board: drawers as tiles, each with its state as a pill, whose it is, since when, and what is next."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from counter_app.screens.views import Row, Tone
from ui.look import Look
from ui.theme import Size, Space
from ui.widgets.paragraph import draw, height_of, natural_size
from ui.widgets.rows import ROW, Index, RowList, draw_ring

_TILE, _MOST_ACROSS, _GAP, _ENDLESS = 300, 4, Space.SNUG, 100_000


class Board(RowList):
    """A list of rows in another dress: arrows walk over the tiles, Enter takes the marked one."""

    def __init__(self, look: Look, name: str, tells: str = "", empty: str = "") -> None:
        super().__init__(look, name, tells, empty=empty)
        self.setItemDelegate(TileDelegate(look, self))
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)

    def tile_width(self) -> int:
        """As many tiles across as have room for their words, all of one width."""
        room = self.viewport().width() - 1
        across = max(1, min(_MOST_ACROSS, room // self._look.theme.pixels(_TILE)))
        return room // across

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other widths, other heights."""
        super().resizeEvent(event)
        self.doItemsLayout()


class TileDelegate(QStyledItemDelegate):
    """Paints one tile. All tiles of a board are as tall as the tallest."""

    def __init__(self, look: Look, board: Board) -> None:
        super().__init__(board)
        self._look, self._board = look, board

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Room for the words of the longest."""
        width, model = self._board.tile_width(), self._board.model()
        rows: list[Row] = [model.index(place, 0).data(ROW) for place in range(model.rowCount())]
        inner = width - _GAP - 2 * Space.ROOM
        return QSize(width, max(self._draw(None, row, QRect(0, 0, inner, _ENDLESS)) for row in rows) + _GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The card, the marked one on a soft ground, and the words on it."""
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        colours, card = self._look.palette, area.adjusted(1, 1, -_GAP, -_GAP)
        marked = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colours.accent if marked else colours.edge), 2 if marked else colours.line))
        painter.setBrush(QColor(colours.surface))
        painter.drawRoundedRect(card, 12, 12)
        if marked and self._board.hasFocus():
            draw_ring(painter, self._look, card.adjusted(-1, -1, 1, 1), 12)
        self._draw(painter, index.data(ROW), card.adjusted(Space.ROOM, 0, -Space.ROOM, 0))
        painter.restore()

    def _draw(self, painter: QPainter | None, row: Row, area: QRect) -> int:
        """Draw, or with no painter only measure: the height with a margin above and below."""
        look, colours = self._look, self._look.palette
        strong, body, small = look.font(Size.LEAD, QFont.Weight.DemiBold), look.font(Size.BODY), look.font(Size.SMALL)
        side = look.theme.pixels(28)
        if painter is not None and row.icon:
            painter.drawPixmap(area.left(), area.top() + Space.ROOM, look.picture(row.icon, colours.quiet, 28))
        head = area.adjusted(side + Space.TIGHT if row.icon else 0, 0, 0, 0)
        y = _text(painter, strong, colours.ink, head, area.top() + Space.ROOM, row.title)
        y = _pill(painter, look, row, area, y + Space.TIGHT)
        y = _text(painter, body, colours.ink, area, y + Space.TIGHT, row.detail)
        y = _text(painter, small, colours.quiet, area, y + Space.HAIR, row.next_step)
        return y + Space.ROOM - area.top()


def _text(painter: QPainter | None, font: QFont, colour: str, area: QRect, top: int, words: str) -> int:
    """The y beneath the words."""
    if not words:
        return top
    place = QRect(area.left(), top, area.width(), height_of(words, font, area.width()))
    if painter is not None:
        painter.setPen(QColor(colour))
        draw(painter, words, font, place)
    return place.bottom() + 1


def _pill(painter: QPainter | None, look: Look, row: Row, area: QRect, top: int) -> int:
    """The state on the soft ground of its tone; the y beneath it."""
    if not row.note:
        return top
    font, (ink, soft) = look.font(Size.SMALL, QFont.Weight.Medium), look.palette.tone(row.tone)
    inner = min(natural_size(row.note, font).width(), area.width() - 2 * Space.SNUG)
    words = QRect(area.left() + Space.SNUG, top + 3, inner, height_of(row.note, font, inner))
    if painter is not None:
        round_ = words.adjusted(-Space.SNUG, -3, Space.SNUG, 3)
        painter.setPen(QPen(QColor(ink), 1) if look.palette.line > 1 else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(soft if row.tone is not Tone.PLAIN else look.palette.raised))
        painter.drawRoundedRect(round_, min(round_.height() / 2, 16), min(round_.height() / 2, 16))
        painter.setPen(QColor(ink))
        draw(painter, row.note, font, words)
    return words.bottom() + 4
