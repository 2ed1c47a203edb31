"""The published archives: a bare Python with `cryptography` and nothing of this project answers to each as is written
beside them."""

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.archives.__main__ import CHECK, HERE, archives

EXPECTED = [line.split(" -> ") for line in (HERE / "expected.txt").read_text(encoding="utf-8").splitlines()]
NEEDED = ("cryptography", "cffi", "_cffi_backend")
_BARE = """
import contextlib, importlib.util, io, json, runpy, sys
site, check, *tries = sys.argv[1:]
sys.path.append(site)
assert importlib.util.find_spec("counter_app") is None and importlib.util.find_spec("msgspec") is None
main = runpy.run_path(check)["main"]
answers = []
for words in tries:
    with contextlib.redirect_stdout(io.StringIO()) as said:
        code = main(words.split())
    answers.append(f"{code} {said.getvalue().splitlines()[-1]}")
print(json.dumps(answers))
"""


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What a Python that never heard of this project says to each line."""
    folder = tmp_path_factory.mktemp("auditor")
    alone, site = folder / "check.py", folder / "site"
    alone.write_bytes(CHECK.read_bytes())
    site.mkdir()
    for name in NEEDED:
        found = find_spec(name)
        if found is None or found.origin is None:
            continue
        origin = Path(found.origin)
        origin = origin.parent if origin.stem == "__init__" else origin
        (site / origin.name).symlink_to(origin)
    tries = [words for words, _ in EXPECTED]
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", _BARE, str(site), str(alone), *tries],
        cwd=HERE, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    said: list[str] = json.loads(done.stdout)
    return said


@pytest.mark.parametrize("place", range(len(EXPECTED)), ids=[words[:60] for words, _ in EXPECTED])
def test_a_bare_python_says_what_is_published(answers: list[str], place: int) -> None:
    assert answers[place] == EXPECTED[place][1]


def test_every_archive_has_its_answer() -> None:
    files = {path.name for path in HERE.glob("*.jsonl")}
    assert files == {words.split()[0] for words, _ in EXPECTED}
    assert len(files) >= 12


def test_they_are_what_the_program_exports_today() -> None:
    """Another morning of the same clock and keys is the same archive: no byte of the form has changed."""
    made, tries = archives()
    assert [f"{name}.jsonl {options}".strip() for name, options in tries] == [words for words, _ in EXPECTED]
    published = [json.loads(line) for line in (HERE / "with-private-values.jsonl").read_bytes().splitlines()]
    assert published == made["with-private-values"]
