"""A view as lines of text, so that a whole screen can be read in review."""

from typing import Any


def lines_of(view: Any) -> str:
    """Every field that says something, in its order."""
    return "\n".join(_spoken(view, ""))


def _spoken(value: Any, indent: str) -> list[str]:
    found = [f"{indent}{type(value).__name__}"]
    for name in type(value).__dataclass_fields__:
        inner = getattr(value, name)
        rows = inner if isinstance(inner, tuple) else (inner,)
        if any(hasattr(row, "__dataclass_fields__") for row in rows):
            for row in rows:
                found += _spoken(row, indent + "  ") if hasattr(row, "__dataclass_fields__") else []
        elif inner not in ("", (), None, False):
            found.append(f"{indent}  {name}: {inner}")
    return found
