"""The facts a line carries beside its fee: a dog's rabies date, a sale's days, a business's gross receipts.

A fee row says which it asks; what a sale brings is checked here by name and type, and kept in the values it came in.
"""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from msgspec import Struct

from counter_app.domain.days import parse_day
from counter_app.domain.refused import Refused, WrongAct
from counter_app.domain.said import say

Details = Mapping[str, str | int | bool]
"""Text, whole numbers, cents, yes or no; a day stays the `YYYY-MM-DD` it was."""

Kind = Literal["text", "day", "cents", "whole", "yes_no"]
Need = Literal["must", "should", "may"]
"""must: refused without · should: a reminder without · may: neither."""
MOST_TEXT = 200
MOST_WHOLE = 10_000_000_000_00

_KIND_WORDS: Mapping[Kind, str] = {
    "text": say("text"),
    "day": say("a day like 2027-05-31"),
    "cents": say("whole cents, not below zero"),
    "whole": say("a whole number, not below zero"),
    "yes_no": say("true or false"),
}


class Field(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One fact a row asks, under its name in the details and its label on the screen."""

    key: str
    kind: Kind
    label: str
    need: Need = "may"


class Requirement(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What the cashier must have seen, in words; settled without a reminder when the details carry `key`."""

    text: str
    key: str = ""


def check_details(what: str, asks: tuple[Field, ...], details: Mapping[str, object]) -> Details:
    """The details as they are kept, or WrongAct for an unknown key or a wrong type, or Refused for a missing must.

    `what` names the row in the sentence. Blank text counts as absent.
    """
    fields = {field.key: field for field in asks}
    kept: dict[str, str | int | bool] = {}
    for key, value in details.items():
        if key not in fields:
            takes = ", ".join(fields) or "none"
            raise WrongAct(say("{what} takes no detail “{key}” (it takes: {takes}).", what=what, key=key, takes=takes))
        checked = _checked(value, fields[key].kind)
        if checked is None:
            raise WrongAct(
                say(
                    "The detail “{key}” of {what} must be {kind}.",
                    key=key,
                    what=what,
                    kind=_KIND_WORDS[fields[key].kind],
                )
            )
        if checked != "":
            kept[key] = checked
    for field in asks:
        if field.need == "must" and field.key not in kept:
            raise Refused(say("{what} needs: {label}.", what=what, label=field.label))
    return kept


def _checked(value: object, kind: Kind) -> str | int | bool | None:
    """The value as it is kept, or None when it is not of the kind."""
    match kind, value:
        case "yes_no", bool():
            return value
        case (("cents" | "whole"), int()) if not isinstance(value, bool) and 0 <= value <= MOST_WHOLE:
            return value
        case "day", str() if parse_day(value):
            return value
        case "text", str() if len(value) <= MOST_TEXT:
            return " ".join(value.split())
        case _:
            return None


def day(details: Details, key: str) -> date | None:
    """The day under a key, if it is there."""
    return parse_day(str(details[key])) if key in details else None


def whole(details: Details, key: str) -> int:
    """The number under a key whose row says it must be there."""
    return int(details[key])


def text(details: Details, key: str) -> str:
    """The text under a key, or nothing."""
    return str(details.get(key, ""))


def missing(asks: tuple[Field, ...], requires: tuple[Requirement, ...], details: Details) -> tuple[str, ...]:
    """What the row requires and the details do not carry, in words: reminders, which refuse nothing."""
    unseen = [r.text for r in requires if not r.key or r.key not in details]
    unsaid = [f.label for f in asks if f.need == "should" and f.key not in details]
    return tuple(dict.fromkeys(unseen + unsaid))
