"""A staff badge: one scanned line that names a person and carries a secret, which is hashed like a PIN.

The line starts with a sign that no bill, name or amount starts with, so that it is known wherever it is scanned and is
never searched, shown or kept.
"""

import re
import secrets
from dataclasses import dataclass

from counter_app.domain.refused import Refused
from counter_app.domain.said import say

_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
SECRET_SIGNS = 16
"""80 bits: nobody tries them out, and a line of Code 128 or a small QR code holds them."""
_LINE = re.compile(rf"%(?P<person>[^%\s]{{1,60}})%(?P<secret>[{_ALPHABET}]{{{SECRET_SIGNS}}})")


@dataclass(frozen=True, slots=True)
class Badge:
    """Whose it is, and what proves it."""

    person: str
    secret: str

    @property
    def line(self) -> str:
        """What its code says."""
        return f"%{self.person}%{self.secret}"


def new_badge(person: str) -> Badge:
    """A badge nobody has had."""
    return Badge(person, "".join(secrets.choice(_ALPHABET) for _ in range(SECRET_SIGNS)))


def read_badge(line: str) -> Badge | None:
    """The badge that was scanned; None for anything else."""
    found = _LINE.fullmatch(line.strip())
    return Badge(found["person"], found["secret"]) if found else None


def begins_badge(text: str) -> bool:
    """Whether a line that is still being scanned can become a badge: it must not be shown, searched or kept."""
    return text.lstrip().startswith("%")


def refuse_badge(text: str) -> None:
    """A badge is no search: raises Refused."""
    if begins_badge(text):
        raise Refused(say("A badge signs in after F12, and approves; here it does nothing."))
