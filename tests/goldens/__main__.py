"""`python -m tests.goldens --renew [NAME …]` draws the golden pictures anew; without a name all of them, and no other.

Without `--renew` it only says which differ.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from tests.fakes.counter import copy_city, make_city
from tests.goldens.compare import FOLDER, difference, keep
from tests.goldens.drawing import SHEETS, screens, sheet, sheet_name
from ui.look import Look
from ui.theme import Theme


def main(arguments: list[str]) -> int:
    """The number of pictures that differ."""
    renew, wanted = "--renew" in arguments, {word for word in arguments if not word.startswith("--")}
    differ, drawn = 0, set()
    for name, picture in _all():
        drawn.add(name)
        if wanted and name not in wanted:
            continue
        words = difference(name, picture, Path(gettempdir()) / "goldens")
        if words and renew:
            keep(name, picture)
        differ += bool(words)
        if words:
            print(f"{name}: drawn anew" if renew else words)
    gone = [path for path in sorted(FOLDER.glob("*.png")) if path.stem not in drawn and not wanted]
    for path in gone:
        print(f"{path.stem}: no screen has this name" + (", removed" if renew else ""))
        if renew:
            path.unlink()
    print(f"{len(drawn)} pictures, {differ} differed, {sum(p.stat().st_size for p in FOLDER.glob('*.png')):,} bytes")
    return 0 if renew else differ + len(gone)


def _all() -> Iterator[tuple[str, QImage]]:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    app = QApplication(["goldens"])
    look = Look(app, Theme())
    with TemporaryDirectory() as folder:
        make_city(Path(folder) / "city")
        counter = copy_city(Path(folder) / "city", Path(folder) / "counter")
        try:
            yield from screens(app, look, counter)
        finally:
            counter.close()
    for dress in SHEETS:
        yield sheet_name(*dress), sheet(app, look, *dress)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
