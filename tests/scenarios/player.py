"""Plays a scenario: prose for people, acts and what must come of them for the counter.

Prose begins at the margin. An indented `{…}` is an act as `counter-app play` takes it; the `=>` below it says what must
come: `{…}` fields of the result (any others may be there too), or `refused` with words that the refusal must hold.
An act without `=>` must be done.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from counter_app.services.acts import answer
from tests.fakes.counter import Counter, fit


class Step(msgspec.Struct):
    """An act, the line it stands in, and what must come of it; None: it is done."""

    line: int
    act: str
    comes: str | None = None


def steps(text: str) -> list[Step]:
    """The acts of a scenario in their order."""
    found: list[Step] = []
    for number, line in enumerate(text.splitlines(), 1):
        told = line.strip()
        if not line.startswith(" ") or not told:
            continue
        if told.startswith("{"):
            found.append(Step(number, told))
        else:
            assert told.startswith("=>"), f"line {number}: {told}"
            assert found[-1].comes is None, f"line {number}: a second outcome"
            found[-1].comes = told.removeprefix("=>").strip()
    return found


def play(counter: Counter, script: Path) -> None:
    """Every act with its outcome, then what must hold after any day."""
    for step in steps(script.read_text()):
        where = f"{script.name}:{step.line}"
        before = counter.traces()
        result = json.loads(json.dumps(answer(counter.station, step.act)))
        if step.comes is not None and step.comes.startswith("refused"):
            assert result.get("ok") is False, f"{where}: was done: {result}"
            words = result.get("refused", "")
            assert step.comes.removeprefix("refused").strip(" :") in words, f"{where}: {result}"
            assert fit(words), f"{where}: no words for a cashier: {words}"
            assert counter.traces() == before, f"{where}: refused, and yet something was written"
        else:
            assert result["ok"] is True, f"{where}: {result}"
            wanted = json.loads(step.comes) if step.comes else {}
            differences = list(_missing(wanted, result, "result"))
            assert not differences, f"{where}: {'; '.join(differences)}"
    counter.prove()


def _missing(wanted: Any, found: Any, path: str) -> Iterator[str]:
    """What of `wanted` is not in `found`; of an object only the fields named are compared."""
    if isinstance(wanted, dict) and isinstance(found, dict):
        for key, value in wanted.items():
            if key in found:
                yield from _missing(value, found[key], f"{path}.{key}")
            else:
                yield f"{path} has no {key} (it has {', '.join(found)})"
    elif isinstance(wanted, list) and isinstance(found, list) and len(wanted) == len(found):
        for index, value in enumerate(wanted):
            yield from _missing(value, found[index], f"{path}[{index}]")
    elif wanted != found:
        yield f"{path} is {found}, not {wanted}"
