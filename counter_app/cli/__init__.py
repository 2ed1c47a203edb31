"""The command line `counter-app`: the window without a command, everything else by name.

Exit 0 done, 1 the answer is no, 2 the command was wrong. Errors are one sentence, never a traceback.
"""

import getpass
import os
import sys
from argparse import Namespace
from collections.abc import Sequence

import msgspec

from counter_app.cli.arguments import command_of, parse
from counter_app.domain.refused import Refused, StationFault, WrongAct
from db.keys import RECOVERY_VARIABLE, KeyMissing


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    as_json = "--json" in words
    try:
        return _run(parse(words))
    except (Refused, StationFault) as no:
        return _say_no(str(no), as_json=as_json, code=1)
    except WrongAct as wrong:
        return _say_no(str(wrong), as_json=as_json, code=2)
    except MemoryError:
        sentence = "The computer has no memory left; look at the last receipt before you repeat anything."
        return _say_no(sentence, as_json=as_json, code=1)
    except (KeyboardInterrupt, EOFError):
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or the interpreter complains at its end
        return 1
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        return _say_no(f"That cannot be done here: {where}{error.strerror or error}.", as_json=as_json, code=1)


def _run(args: Namespace) -> int:
    """The command; on a terminal the recovery code is asked for where no key is found."""
    run = command_of(args)
    try:
        code = run(args)
    except KeyMissing as missing:
        if not sys.stdin.isatty():
            raise
        print(missing, file=sys.stderr)
        os.environ[RECOVERY_VARIABLE] = getpass.getpass("Recovery code: ")
        code = run(args)
    return code


def _say_no(sentence: str, *, as_json: bool, code: int) -> int:
    sentence = sentence.encode(errors="replace").decode()  # a name of a file need not be text
    print(sentence, file=sys.stderr)
    if as_json:
        print(msgspec.json.encode({"ok": False, "error": sentence}).decode())
    return code
