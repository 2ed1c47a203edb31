"""The house is kept: no empty room, no cupboard for everything, no long function, one clock, all furniture packaged."""

import ast
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[2]
PACKAGES = ("counter_app", "ui", "db", "resources")
MADE = {"build", "dist"}
"""Folders that tools make; hidden ones and `__pycache__` besides."""
CLOCK = HOUSE / "counter_app" / "domain" / "clock.py"


def walk(folder: Path = HOUSE) -> Iterator[Path]:
    """Every file and folder of the checkout that a person made."""
    for path in sorted(folder.iterdir()):
        if path.name == "__pycache__" or path.name.startswith(".") or (folder == HOUSE and path.name in MADE):
            continue
        yield path
        if path.is_dir():
            yield from walk(path)


def code(*packages: str) -> list[Path]:
    return [path for package in packages for path in walk(HOUSE / package) if path.suffix == ".py"]


def where(path: Path, line: int = 0) -> str:
    return f"{path.relative_to(HOUSE)}:{line}"


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def imported(path: Path) -> Iterator[tuple[str, int]]:
    """Modules that a file imports, with the line; relative ones as they are written."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((name.name, node.lineno) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or ""), node.lineno


def test_the_rooms_of_the_house_are_these() -> None:
    rooms = {path.name for path in HOUSE.iterdir() if path.is_dir() and path in set(walk())}
    assert rooms == {"counter_app", "ui", "db", "resources", "installer", "tests"}


def test_no_room_is_empty() -> None:
    held = {folder for path in walk() if path.is_file() and path.name != "__init__.py" for folder in path.parents}
    assert [str(path) for path in walk() if path.is_dir() and path not in held] == []


def test_no_name_is_a_cupboard_for_everything() -> None:
    cupboards = {"util", "utils", "helper", "helpers", "manager", "managers", "base", "common", "misc"}
    named = [path.relative_to(HOUSE) for path in walk() if cupboards & set(re.split(r"[_.]", path.name.lower()))]
    classes = [
        where(path, node.lineno)
        for path in code(*PACKAGES, "tests")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef) and re.search(r"(?:Utils?|Helpers?|Manager|Misc)(?![a-z])", node.name)
    ]
    assert (named, classes) == ([], [])


def test_files_and_functions_are_short() -> None:
    long_files = [where(path) for path in code(*PACKAGES) if len(path.read_text(encoding="utf-8").splitlines()) > 600]
    long_functions = [
        f"{where(path, node.lineno)} {node.name}"
        for path in code(*PACKAGES)
        for node in functions(path)
        if (node.end_lineno or 0) - node.lineno + 1 > 60
    ]
    assert (long_files, long_functions) == ([], [])


def test_the_domain_imports_the_standard_library_and_msgspec_alone() -> None:
    allowed = sys.stdlib_module_names | {"msgspec"}
    strangers = [
        f"{where(path, line)} {module}"
        for path in code("counter_app/domain")
        for module, line in imported(path)
        if module.split(".")[0] not in allowed and not module.startswith("counter_app.domain")
    ]
    assert strangers == []


def test_the_archive_check_stands_alone() -> None:
    """An auditor copies this one file; the standard library and cryptography are all it may ask for."""
    path = HOUSE / "counter_app" / "archive_check.py"
    if not path.exists():
        pytest.skip("no journal is exported yet")
    allowed = sys.stdlib_module_names | {"cryptography"}
    assert [module for module, _ in imported(path) if module.split(".")[0] not in allowed] == []


def test_only_the_clock_asks_for_the_time() -> None:
    """`datetime.now()`, `date.today()` and `time.time()` stand in one file; everything else is handed a Clock."""
    asked = {"now", "utcnow", "today", "time", "time_ns"}
    owners = {"datetime", "date", "time", "dt"}
    asking = [
        f"{where(path, node.lineno)} {ast.unparse(node)}"
        for path in code(*PACKAGES)
        if path != CLOCK
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and node.attr in asked
        and ast.unparse(node.value).split(".")[-1] in owners
        and ast.unparse(node) not in {"datetime.time", "datetime.date"}
    ]
    assert asking == []


def test_no_program_file_names_a_place_on_this_machine_or_a_package_index() -> None:
    places = re.compile(rb"/home/\w|/work/|--(?:extra-)?index-url|--find-links|\bfile:///\w|pythonhosted")
    texts = [path for path in walk() if path.is_file() and path != Path(__file__)]
    assert [where(path) for path in texts if places.search(path.read_bytes())] == []


def test_everything_but_the_readme_s_pictures_is_packaged(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=HOUSE, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    packaged = set(zipfile.ZipFile(wheel).namelist())
    kept = [path for package in PACKAGES for path in walk(HOUSE / package) if path.is_file()]
    wanted = {path.relative_to(HOUSE).as_posix() for path in kept if path.parent != HOUSE / "resources" / "pictures"}
    assert wanted - packaged == set()
    assert files("resources").joinpath("fees.toml").is_file()
