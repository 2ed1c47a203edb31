"""A place is written a moment after the hand, once for many keys."""

from PySide6.QtCore import QObject
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ui.keeping import AFTER_MS, Keeping


def test_many_keys_are_one_writing_that_later_keys_do_not_put_off(qapp: QApplication) -> None:
    written: list[int] = []
    keys = 0
    keeping = Keeping(lambda: written.append(keys), QObject(qapp))
    while not written:
        keys += 1
        keeping.touched()
        assert not written, "never inside the key"
        QTest.qWait(AFTER_MS // 10)
        assert keys < 100
    assert len(written) == 1
    assert written[0] > 1
    QTest.qWait(2 * AFTER_MS)
    assert len(written) == 1, "nothing changed since"


def test_at_the_end_it_is_written_at_once(qapp: QApplication) -> None:
    written: list[str] = []
    keeping = Keeping(lambda: written.append("here"), QObject(qapp))
    keeping.touched()
    keeping.now()
    assert written == ["here"]
    QTest.qWait(2 * AFTER_MS)
    assert written == ["here"]
