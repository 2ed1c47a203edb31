"""What python-escpos does behind our back when it is imported, and that it cannot here."""

import subprocess
import sys
from pathlib import Path

PROGRAM = """
import logging, os, tempfile
from counter_app.documents.receipt import receipt_escpos
from tests.documents.papers import RECEIPT
receipt_escpos(RECEIPT)
receipt_escpos(RECEIPT)
assert not logging.getLogger().handlers, logging.getLogger().handlers
assert "ESCPOS_CAPABILITIES_PICKLE_DIR" not in os.environ
assert tempfile.gettempdir() == os.environ["TMPDIR"]
"""


def test_the_first_receipt_leaves_no_folder_no_pickle_no_log_handler_and_says_nothing(tmp_path: Path) -> None:
    home = Path(__file__).parents[2]
    result = subprocess.run(
        [sys.executable, "-W", "error::DeprecationWarning:counter_app", "-c", PROGRAM],
        cwd=home,
        env={"TMPDIR": str(tmp_path), "PATH": "", "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
    assert list(tmp_path.iterdir()) == []
