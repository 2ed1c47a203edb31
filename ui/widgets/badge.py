"""A badge scanned into a field: never readable on the screen, and taken out of the field at its end."""

from PySide6.QtWidgets import QLineEdit

from counter_app.domain.badge import begins_badge


def hides_badges(field: QLineEdit) -> QLineEdit:
    """From its first sign on a badge is dots; returns the field."""
    plain = field.echoMode()
    dots = QLineEdit.EchoMode.Password
    field.textChanged.connect(lambda text: field.setEchoMode(dots if begins_badge(text) else plain))
    return field


def badge_in(field: QLineEdit) -> str:
    """The line of a badge that was scanned into the field, which is empty then; an empty one for anything else."""
    line = field.text().strip()
    if not begins_badge(line):
        return ""
    field.clear()
    return line
