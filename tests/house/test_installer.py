"""What the installer puts on a machine is exactly what pyproject.toml asks for, pinned and with hashes."""

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

HOUSE = Path(__file__).resolve().parents[2]
INSTALLER = HOUSE / "installer"
PROJECT = tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def pinned(name: str) -> dict[str, Requirement]:
    """The requirements of a list by canonical name; fails on one that has no hash."""
    text = (INSTALLER / name).read_text(encoding="utf-8").replace("\\\n", " ")
    found: dict[str, Requirement] = {}
    for line in (line for line in text.splitlines() if line and not line.startswith("#")):
        words, *hashes = re.split(r"\s+--hash=sha256:", line.strip())
        assert hashes, f"{words} has no hash"
        requirement = Requirement(words)
        found[canonicalize_name(requirement.name)] = requirement
    return found


def version(requirement: Requirement) -> str:
    (only,) = requirement.specifier
    assert only.operator == "=="
    return only.version


@pytest.mark.parametrize(
    ("name", "extras"), [("requirements.txt", ["build"]), ("requirements-test.txt", ["build", "test"])]
)
def test_every_dependency_is_pinned_within_its_range(name: str, extras: list[str]) -> None:
    wanted = PROJECT["dependencies"] + [line for extra in extras for line in PROJECT["optional-dependencies"][extra]]
    pins = pinned(name)
    for requirement in map(Requirement, wanted):
        pin = pins[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(version(pin)), f"{pin} is outside {requirement}"


def test_the_tests_run_with_the_versions_that_ship() -> None:
    shipped, tested = pinned("requirements.txt"), pinned("requirements-test.txt")
    assert {name: str(pin) for name, pin in shipped.items()}.items() <= {n: str(p) for n, p in tested.items()}.items()


@pytest.mark.parametrize("script", ["run", "test", "check", "prepare.sh"])
def test_the_scripts_are_plain_shell(script: str) -> None:
    subprocess.run(["sh", "-n", INSTALLER / script], check=True)


@pytest.mark.skipif(not shutil.which("apt-get"), reason="only Debian's packages are installed for the person")
def test_what_is_missing_is_named_for_a_person_without_rights(tmp_path: Path) -> None:
    (tmp_path / "packages.txt").write_text("# of a test\nbase-files\nno-such-package\n")
    script = f'. "{INSTALLER}/prepare.sh"; id() {{ echo 1000; }}; install_packages "{tmp_path}/packages.txt"'
    done = subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "This needs some system packages first: sudo apt-get install -y --no-install-recommends no-such-package"
    ]
