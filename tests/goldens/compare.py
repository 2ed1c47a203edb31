"""Golden pictures: how one is kept small, and how another is held against it, pixel by pixel.

A golden picture has sixteen levels of each color, which halves its file. What is drawn is held against it as it is: a
pixel differs when one of its colors is further away than that rounding and the shades by which Qt draws the rim of a
letter now so and now so; the eye does not see less.
"""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QBitmap, QColor, QImage, QPainter, QRegion

FOLDER = Path(__file__).parent / "pictures"
RENEW = "python -m tests.goldens --renew"
SHADE = 40
"""Of 255: 8 by the rounding to a level, and up to 30 were seen between two drawings of the same large letters."""
_ROUNDED = bytes(round(level / 17) * 17 for level in range(256))
_SEEN = bytes(255 if level > SHADE else 0 for level in range(256))
_DEEP, _PLAIN, _FLAT = QImage.Format.Format_RGB32, QImage.Format.Format_RGB888, QImage.Format.Format_Indexed8
_COLORS = 256


def reduced(picture: QImage) -> QImage:
    """The picture in sixteen levels of each color, with a table of its colors where that has room for them."""
    rounded = _mapped(picture, _ROUNDED).convertToFormat(_DEEP)
    colors = sorted(set(memoryview(rounded.constBits()).cast("I")))
    return rounded.convertToFormat(_FLAT, colors) if len(colors) <= _COLORS else rounded


def _mapped(picture: QImage, levels: bytes) -> QImage:
    """Every level of every color put through a table of 256."""
    plain = picture.convertToFormat(_PLAIN)
    data = bytes(plain.constBits()).translate(levels)
    return QImage(data, plain.width(), plain.height(), plain.bytesPerLine(), _PLAIN).copy()


def keep(name: str, picture: QImage, folder: Path = FOLDER) -> None:
    """Put a picture among the golden ones."""
    folder.mkdir(parents=True, exist_ok=True)
    reduced(picture).save(str(folder / f"{name}.png"), quality=0)


def difference(name: str, picture: QImage, folder: Path, golden: Path = FOLDER) -> str:
    """Nothing when it is equal to its golden picture; else a sentence, with both and what differs drawn side by side
    in `folder`."""
    path = golden / f"{name}.png"
    if not path.is_file():
        return f"{name}: there is no golden picture yet; `{RENEW}` makes it"
    kept, drawn = QImage(str(path)).convertToFormat(_DEEP), picture.convertToFormat(_DEEP)
    changed = _changed(kept, drawn)
    if changed.isEmpty() and kept.size() == drawn.size():
        return ""
    folder.mkdir(parents=True, exist_ok=True)
    shown, place = _side_by_side(kept, drawn, changed), changed.boundingRect()
    seen = folder / f"{name}.png"
    shown.save(str(seen))
    sizes = f"{kept.width()} × {kept.height()}, now {drawn.width()} × {drawn.height()}"
    at = f"within {place.width()} × {place.height()} pixels at ({place.x()}, {place.y()})"
    what = at if kept.size() == drawn.size() else sizes
    return f"{name}: differs {what}; look at {seen}, and if it is meant: {RENEW} {name}"


def _side_by_side(kept: QImage, drawn: QImage, changed: QRegion) -> QImage:
    """Golden, now, and red where they differ."""
    wide, high = max(kept.width(), drawn.width()), max(kept.height(), drawn.height())
    sheet = QImage(3 * wide, high, _DEEP)
    sheet.fill(QColor("#808080"))
    painter = QPainter(sheet)
    painter.drawImage(0, 0, kept)
    painter.drawImage(wide, 0, drawn)
    painter.setOpacity(0.25)
    painter.drawImage(2 * wide, 0, drawn)
    painter.setOpacity(1.0)
    painter.setClipRegion(changed.translated(2 * wide, 0))
    painter.fillRect(sheet.rect(), QColor("#ff0000"))
    painter.end()
    return sheet


def _changed(kept: QImage, drawn: QImage) -> QRegion:
    """Where a pixel differs by more than a shade."""
    apart = QImage(kept)
    painter = QPainter(apart)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Difference)
    painter.drawImage(0, 0, drawn)
    painter.end()
    seen = _mapped(apart, _SEEN).convertToFormat(_DEEP)
    if 255 not in bytes(seen.convertToFormat(_PLAIN).constBits()):
        return QRegion()
    black = QColor("#000000").rgb()
    return QRegion(QBitmap.fromImage(seen.createMaskFromColor(black, Qt.MaskMode.MaskInColor)))
