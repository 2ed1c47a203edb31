"""Keeps the Qt Linguist files in step with the program: `python -m tests.languages` after a sentence was written.

Every `say("…")` and `counted(n, "…", "…")` of the program is a message; a new one comes in unfinished, one that
nobody says any more goes. `--take FILE` fills in translations from a JSON object of English to Spanish.
"""

import argparse
import ast
import fcntl
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

from counter_app.domain.language import finished

ROOT = Path(__file__).parents[1]
FILE = ROOT / "resources" / "languages" / "es.ts"
PACKAGES = ("counter_app", "db", "ui")
COMMAND_LINE = "counter_app/cli"
"""Speaks English, and says by a `say` of its own."""
_TEMPLATES = {"say": (0,), "counted": (1, 2)}
_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'


class NotLiteral(Exception):
    """A sentence that no translator can be shown, because the program puts its template together."""


def sentences(root: Path = ROOT) -> dict[str, str]:
    """Every template of the program, and the module that says it first."""
    found: dict[str, str] = {}
    for package in PACKAGES:
        for path in sorted(set((root / package).rglob("*.py")) - set((root / COMMAND_LINE).rglob("*.py"))):
            for template in templates(path.read_text(encoding="utf-8"), str(path.relative_to(root))):
                found.setdefault(template, path.relative_to(root).as_posix().removesuffix(".py").replace("/", "."))
    return found


def templates(source: str, where: str) -> Iterator[str]:
    """The templates of one module; NotLiteral for one that is put together."""
    if "from counter_app.domain.said import" not in source:
        return
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            for place in _TEMPLATES.get(node.func.id, ()):
                text = node.args[place] if place < len(node.args) else None
                if not (isinstance(text, ast.Constant) and isinstance(text.value, str)):
                    raise NotLiteral(f"{where}:{node.lineno}: {node.func.id}() takes a literal")
                yield text.value


def written(said: dict[str, str], translations: dict[str, str]) -> str:
    """The Qt Linguist file: a context a module, unfinished where a translation is missing."""
    top = ET.Element("TS", version="2.1", language="es_US", sourcelanguage="en_US")
    for module in sorted(set(said.values())):
        context = ET.SubElement(top, "context")
        ET.SubElement(context, "name").text = module
        for template in sorted(text for text, where in said.items() if where == module):
            message = ET.SubElement(context, "message")
            ET.SubElement(message, "source").text = template
            translation = ET.SubElement(message, "translation")
            if translations.get(template):
                translation.text = translations[template]
            else:
                translation.set("type", "unfinished")
    ET.indent(top, " ")
    return _HEAD + ET.tostring(top, encoding="unicode") + "\n"


def main() -> int:
    """Renew the file; says how many are unfinished."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--take", type=Path, help="a JSON object of English sentences to Spanish ones")
    asked.add_argument("--unfinished", action="store_true", help="print what has no translation yet, as JSON")
    options = asked.parse_args()
    FILE.touch()
    with FILE.open("r+", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        before = file.read()
        known = finished(before) if before else {}
        if options.take:
            known |= json.loads(options.take.read_text(encoding="utf-8"))
        said = sentences()
        file.seek(0)
        file.write(written(said, known))
        file.truncate()
    missing = [text for text in said if not known.get(text)]
    if options.unfinished:
        sys.stdout.write(json.dumps(dict.fromkeys(missing, ""), ensure_ascii=False, indent=1) + "\n")
    sys.stderr.write(f"{len(said)} sentences, {len(missing)} unfinished\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
