"""A fee schedule written in the form of resources/fees.toml: what an imported list is kept as."""

from collections.abc import Iterable, Mapping
from datetime import date

import msgspec

from counter_app.domain.fees import Fee
from counter_app.domain.said import plain


def schedule_text(rows: Iterable[Fee], spanish: Mapping[str, str]) -> str:
    """TOML that `load_schedule` reads back to the same schedule."""
    words = ["[spanish]", *(f"{_value(english)} = {_value(other)}" for english, other in spanish.items())]
    return "\n".join((*(_row_text(row) for row in rows), "\n".join(words) + "\n"))


def _row_text(row: Fee) -> str:
    """One `[[fee]]` table, a line for each field; a list of tables has one table a line."""
    fields = msgspec.to_builtins(row, builtin_types=(date,), enc_hook=plain)
    lines = [f"{key} = {_value(value)}" for key, value in fields.items() if value is not None]
    return "\n".join(["[[fee]]", *lines]) + "\n"


def _value(value: object) -> str:
    """One value; JSON's strings are TOML's, but for DEL, which TOML wants escaped."""
    match value:
        case bool():
            return str(value).lower()
        case date():
            return value.isoformat()
        case dict():
            return (
                "{ " + ", ".join(f"{key} = {_value(inner)}" for key, inner in value.items() if inner is not None) + " }"
            )
        case [dict(), *_]:
            return "[\n" + "".join(f"    {_value(inner)},\n" for inner in value) + "]"
        case list() | tuple():
            return "[" + ", ".join(_value(inner) for inner in value) + "]"
        case _:
            return msgspec.json.encode(value).decode().replace("\x7f", "\\u007f")
