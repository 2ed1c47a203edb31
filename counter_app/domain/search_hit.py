"""What the one box of the counter finds."""

from typing import Literal

import msgspec

HitKind = Literal["account", "customer", "receipt", "licence"]


class Hit(msgspec.Struct, frozen=True):
    """One line under the box: what it is, the key that opens it, its title and what tells it from the others."""

    kind: HitKind
    key: str
    title: str
    detail: str
    type: str = ""
    """Of a license: what it is, in the words of its day."""
