"""Named points at which a demo or training station can be made to die or to fail, so that tests hurt it."""

import os
import signal
from collections.abc import Mapping

POINTS = (
    "in_projection", "before_commit", "after_commit", "during_print", "after_print", "after_ship", "before_swap",
    "after_swap",
)  # fmt: skip
VARIABLE = "COUNTER_APP_FAULT"


class PlannedFailure(Exception):
    """What a point raises whose plan is a failure: it stands for a mistake of our own that nobody foresaw."""


class Faults:
    """Counts the passes of one point; the N-th is SIGKILL, or a PlannedFailure. Without a plan it does nothing."""

    def __init__(self, point: str | None = None, passes: int = 1, *, fails: bool = False) -> None:
        self._point, self._left, self._fails = point, passes, fails

    def point(self, name: str) -> None:
        """Pass the point `name`; the program may end here as if the plug was pulled."""
        if name == self._point:
            self._left -= 1
            if self._left == 0 and self._fails:
                raise PlannedFailure(name)
            if self._left == 0:
                os.kill(os.getpid(), signal.SIGKILL)


def planned(environment: Mapping[str, str]) -> Faults:
    """The plan in COUNTER_APP_FAULT=POINT[:N[:fails]]; a word that is no point plans nothing."""
    name, passes, how = (environment.get(VARIABLE, "") + "::").split(":")[:3]
    if name not in POINTS:
        return Faults()
    return Faults(name, int(passes) if passes.isdigit() and int(passes) > 0 else 1, fails=how == "fails")
