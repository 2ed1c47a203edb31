"""The desk of the city's decisions: limits, periods and texts in force, and this window; changed by two people."""

from collections.abc import Mapping
from dataclasses import dataclass

from counter_app.domain.money import parse_dollars, usd
from counter_app.domain.refused import Refused
from counter_app.domain.rights import Right, who_may
from counter_app.domain.said import counted, say
from counter_app.screens.answers import Answers
from counter_app.screens.approval import Asking, Second
from counter_app.screens.list_desk import ListDesk
from counter_app.screens.panel import Choice, Panel
from counter_app.screens.views import Row
from counter_app.services.settings import SETTINGS, ChangeSetting, value_now


@dataclass(frozen=True, slots=True)
class _Told:
    """How a setting is called, and what it decides."""

    name: str
    decides: str


_TOLD: Mapping[str, _Told] = {
    "overpay_limit_cents": _Told(
        say("Overpaid check, kept as credit"),
        say("So much more than what is paid is kept as credit without a second person."),
    ),
    "cash_refund_limit_cents": _Told(
        say("Refund in cash"),
        say("More goes back as a check from finance, not out of the drawer."),
    ),
    "drawer_cash_limit_cents": _Told(
        say("Cash in a drawer"),
        say("Above it the window asks for a drop to the safe."),
    ),
    "check_refund_wait_days": _Told(
        say("Wait before a check is refunded"),
        say("Bank days until a check is surely paid."),
    ),
    "idle_after_seconds": _Told(
        say("Left alone: dim and hide"),
        say(
            "After so long without a key, a ticket or a count under way hides its names; without one the window locks."
        ),
    ),
    "idle_lock_after_seconds": _Told(
        say("Left alone: lock"),
        say("After so long without a key the window locks whatever is under way."),
    ),
    "receipt_footer": _Told(
        say("Closing words of a receipt"),
        say("Printed at its foot."),
    ),
    "receipt_footer_es": _Told(
        say("Closing words in Spanish"),
        say("For customers who read Spanish; without them the English ones are printed."),
    ),
}


class Settings(ListDesk):
    """Rows are the settings of `services.settings`, with the values in force."""

    title = say("Settings")
    hint = say("Arrows walk.")

    def rows(self) -> tuple[Row, ...]:
        """The settings, amounts at the right, texts below."""
        return tuple(self._row(setting) for setting in SETTINGS)

    def panel_of(self, row: Row) -> Panel:
        """What it decides, and how it is changed."""
        told, may = _TOLD[row.key], self.person.may(Right.LOAD)
        facts = (
            (say("In force"), self._words(row.key)),
            (say("Decides"), told.decides),
            (say("May change it"), who_may(Right.LOAD)),
        )
        change = Row(say("Change it"), detail=say("A second person approves."), icon="settings", key="C")
        rows = (change,) if may else ()
        hint = say("One key, or Enter.") if may else ""
        return Choice(told.name, rows, lambda _: self._ask(row.key), facts, hint=hint)

    def _row(self, setting: str) -> Row:
        told, value = _TOLD[setting], self._words(setting)
        if SETTINGS[setting] == "text":
            return Row(told.name, detail=value, icon="settings", key=setting)
        return Row(told.name, value, detail=told.decides, icon="settings", key=setting)

    def _words(self, setting: str) -> str:
        value = value_now(self.look.city(), setting)
        if isinstance(value, str):
            return value or "–"
        match SETTINGS[setting]:
            case "cents":
                return usd(value)
            case "days":
                return counted(value, "{n} day", "{n} days")
            case _:
                return counted(value, "{n} second", "{n} seconds")

    def _ask(self, setting: str) -> None:
        hints = {
            "cents": say("Dollars, like 83.17."),
            "days": say("A whole number of days."),
            "seconds": say("A whole number of seconds."),
            "text": say("As it shall be printed."),
        }
        fields = (
            (say("New value"), hints[SETTINGS[setting]]),
            (say("Why"), say("The decision behind it, like a resolution's number.")),
        )
        self.show(Answers(_TOLD[setting].name, fields, lambda answers: self._approve(setting, *answers)))

    def _approve(self, setting: str, typed: str, reason: str) -> None:
        value = _read(setting, typed)

        def done(_reason: str, second: str | None) -> None:
            self.perform(
                ChangeSetting(by=self.person.person, approver=second, setting=setting, value=value, reason=reason)
            )
            self.quiet(say("In force from now on; what was taken before keeps the rules of its day."))

        shown = usd(value) if SETTINGS[setting] == "cents" and isinstance(value, int) else str(value)
        self.show(Asking(self, _TOLD[setting].name, shown, (), done, Second(Right.LOAD)))


def _read(setting: str, typed: str) -> int | str:
    kind = SETTINGS[setting]
    if kind == "cents":
        return parse_dollars(typed)
    if kind in ("days", "seconds"):
        if not (typed.isascii() and typed.isdecimal()):
            raise Refused(say("Type a whole number, like 10."))
        return int(typed)
    return typed
