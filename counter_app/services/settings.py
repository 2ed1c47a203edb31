"""The decisions of the city that may change any day: a limit, a period, a text; asked by one, approved by another."""

from typing import Literal

import msgspec

from counter_app.domain.city import City, read_city, with_setting
from counter_app.domain.events import SettingChanged
from counter_app.domain.money import MOST_CENTS
from counter_app.domain.refused import Refused
from counter_app.domain.rights import Right, Role
from counter_app.domain.said import say
from counter_app.services.acting import Act, Done, acting
from counter_app.services.reference_versions import record_text
from counter_app.services.station import Station
from db import reference

Kind = Literal["cents", "days", "seconds", "text"]
SETTINGS: dict[str, Kind] = {
    "overpay_limit_cents": "cents",
    "cash_refund_limit_cents": "cents",
    "drawer_cash_limit_cents": "cents",
    "check_refund_wait_days": "days",
    "idle_after_seconds": "seconds",
    "idle_lock_after_seconds": "seconds",
    "receipt_footer": "text",
    "receipt_footer_es": "text",
}
"""What may be changed at the window; the rest of a city's settings is decided with its books."""
MOST_TEXT = 120
_BOUNDS = {"cents": (0, MOST_CENTS), "days": (0, 90), "seconds": (15, 7_200)}


class ChangeSetting(Act, frozen=True, kw_only=True):
    """One setting at another value: whole cents, days, or a text."""

    setting: str
    value: int | str
    reason: str


def change_setting(station: Station, act: ChangeSetting) -> Done:
    """Make it a new version of the settings; what was taken before keeps the rules of its day."""
    with acting(station, act) as desk:
        desk.demand(Right.LOAD)
        second = desk.second_person(Right.LOAD, owner=None, what=say("A change of the settings"))
        if Role.FINANCE not in (desk.actor.role, second.role):
            raise Refused(say("A change of the settings needs somebody in finance."))
        _refuse_value(act)
        load = reference.text_load(desk.connection, "settings")
        text = reference.text_of(desk.connection, "settings", load)
        before = getattr(desk.city, act.setting)
        if act.value == before:
            raise Refused(say("Nothing is different."))
        changed = with_setting(text, act.setting, act.value)
        assert read_city(changed) == msgspec.structs.replace(desk.city, **{act.setting: act.value})
        record_text(desk.unit, "settings", changed, rows=1)
        entry = desk.unit.record(
            SettingChanged(
                setting=act.setting, before=str(before), after=str(act.value), reason=desk.reason(act.reason)
            ),
            business_date=desk.today.isoformat(),
            sealing=desk.seal,
        )
    return Done(seq=entry.seq)


def value_now(city: City, setting: str) -> int | str:
    """A setting as it is in force."""
    value: int | str = getattr(city, setting)
    return value


def _refuse_value(act: ChangeSetting) -> None:
    kind = SETTINGS.get(act.setting)
    if kind is None:
        raise Refused(say("There is no setting “{setting}” to change here.", setting=act.setting[:40]))
    if kind == "text":
        if not isinstance(act.value, str) or not act.value.isprintable() or len(act.value) > MOST_TEXT:
            raise Refused(say("That is text of up to {n} letters.", n=MOST_TEXT))
        return
    least, most = _BOUNDS[kind]
    if isinstance(act.value, int) and least <= act.value <= most:
        return
    match kind:
        case "cents":
            raise Refused(say("That is an amount of money."))
        case "days":
            raise Refused(say("That is {least} to {most} days.", least=least, most=most))
        case _:
            raise Refused(say("That is {least} to {most} seconds.", least=least, most=most))
