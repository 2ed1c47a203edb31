"""Named points at which a demo or training station can be made to die, so that tests kill the real program."""

import os
import signal
from collections.abc import Mapping

POINTS = ("before_commit", "after_commit", "during_print", "after_print", "after_ship")
VARIABLE = "COUNTER_APP_FAULT"


class Faults:
    """Counts the passes of one point; the N-th is SIGKILL. Without a plan it does nothing."""

    def __init__(self, point: str | None = None, passes: int = 1) -> None:
        self._point, self._left = point, passes

    def point(self, name: str) -> None:
        """Pass the point `name`; the program may end here as if the plug was pulled."""
        if name == self._point:
            self._left -= 1
            if self._left == 0:
                os.kill(os.getpid(), signal.SIGKILL)


def planned(environment: Mapping[str, str]) -> Faults:
    """The plan in COUNTER_APP_FAULT=POINT[:N]; a word that is no point plans nothing."""
    name, _, passes = environment.get(VARIABLE, "").partition(":")
    if name not in POINTS:
        return Faults()
    return Faults(name, int(passes) if passes.isdigit() and int(passes) > 0 else 1)
