"""The command line `counter-app`: the window without a command, everything else by name.

Exit 0 done, 1 the answer is no, 2 the command was wrong. Errors are one sentence, never a traceback.
"""

import sys
from collections.abc import Sequence

import msgspec

from counter_app.cli.arguments import parse
from counter_app.domain.refused import Refused, StationFault, WrongAct


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    args = parse(words)
    try:
        code: int = args.run(args)
    except (Refused, StationFault) as no:
        return _say_no(str(no), as_json=args.json, code=1)
    except WrongAct as wrong:
        return _say_no(str(wrong), as_json=args.json, code=2)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        return 1
    return code


def _say_no(sentence: str, *, as_json: bool, code: int) -> int:
    print(sentence, file=sys.stderr)
    if as_json:
        print(msgspec.json.encode({"ok": False, "error": sentence}).decode())
    return code
