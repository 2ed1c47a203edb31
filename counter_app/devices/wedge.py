"""How this station's scanner frames a line: a keyboard that may send a sign before and after each code."""

import re

import msgspec

from counter_app.domain.refused import WrongAct

_SIGN = r"[0-9A-Fa-f]{2}|[^0-9A-Fa-f:\s]"
_FORM = re.compile(rf"keyboard(?::(?P<prefix>{_SIGN})?(?::(?P<suffix>{_SIGN}))?)?")


class Wedge(msgspec.Struct, frozen=True):
    """What it sends around a line: one sign each, or nothing; Enter or Tab end a line in any case."""

    prefix: str = ""
    suffix: str = ""


def read_wedge(text: str) -> Wedge:
    """`keyboard`, or `keyboard:PREFIX:SUFFIX` with a sign or its two hexadecimal digits for each (`keyboard:02:03`).

    Raises WrongAct for anything else.
    """
    found = _FORM.fullmatch(text)
    if found is None:
        raise WrongAct(
            f"“{text}” is no scanner; it is keyboard, or keyboard:PREFIX:SUFFIX like keyboard:~ or keyboard:02:03."
        )
    return Wedge(_sign(found["prefix"]), _sign(found["suffix"]))


def _sign(text: str | None) -> str:
    return "" if not text else chr(int(text, 16)) if len(text) == 2 else text
