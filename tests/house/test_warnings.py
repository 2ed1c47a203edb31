"""A line logged at WARNING fails the test it appears in, unless the test announced it."""

from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

ANNOUNCED = """
import logging

def test_announced(caplog):
    with caplog.at_level(logging.WARNING):
        logging.getLogger("printer").warning("no paper")

def test_quiet():
    logging.getLogger("printer").info("paper is there")

def test_unannounced():
    logging.getLogger("printer").warning("no paper")

def test_worse_than_announced(caplog):
    with caplog.at_level(logging.WARNING):
        logging.getLogger("printer").error("on fire")
"""


def test_an_unannounced_warning_fails(pytester: pytest.Pytester) -> None:
    pytester.makeconftest((Path(__file__).parents[1] / "conftest.py").read_text(encoding="utf-8"))
    pytester.makepyfile(ANNOUNCED)
    done = pytester.runpytest_subprocess("-p", "no:cacheprovider")
    done.assert_outcomes(passed=4, errors=2)
    done.stdout.fnmatch_lines(["*WARNING printer: no paper*", "*ERROR printer: on fire*"])
