"""The whole vocabulary of the counter: every act by its name, and the one way to have any of them done.

Scripts, scenarios, the command line and the window go through here and through the same services.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

import msgspec

from counter_app.domain.clock import SetClock
from counter_app.domain.refused import Refused, StationFault, WrongAct
from counter_app.domain.said import english, plain
from counter_app.services.acting import Act, act_name
from counter_app.services.badges import GiveBadge, TakeBadge, give_badge, take_badge
from counter_app.services.close_drawer import (
    AdoptDrawer,
    CloseDrawer,
    ForceClose,
    VerifyDrawer,
    adopt_drawer,
    close_drawer,
    force_close,
    verify_drawer,
)
from counter_app.services.correct_receipt import (
    ClearUnapplied,
    CorrectTender,
    DecideVoid,
    MovePayment,
    RefundReceipt,
    VoidReceipt,
    clear_unapplied,
    correct_tender,
    decide_void,
    move_payment,
    refund_receipt,
    void_receipt,
)
from counter_app.services.make_deposit import (
    ConfirmDeposit,
    CorrectDeposit,
    MakeDeposit,
    SendDeposit,
    confirm_deposit,
    correct_deposit,
    make_deposit,
    send_deposit,
)
from counter_app.services.move_cash import BringCash, DropCash, NoSale, bring_cash, drop_cash, no_sale
from counter_app.services.open_drawer import OpenDrawer, open_drawer
from counter_app.services.people import (
    AddPerson,
    ChangePerson,
    ChangePin,
    EndPerson,
    ResetSecrets,
    add_person,
    change_person,
    change_pin,
    end_person,
    reset_secrets,
)
from counter_app.services.settings import ChangeSetting, change_setting
from counter_app.services.show import Show, show
from counter_app.services.small_acts import (
    AbandonSale,
    CopyReceipt,
    EndorseCheck,
    RegisterCustomer,
    SettlePaper,
    abandon_sale,
    copy_receipt,
    endorse_check,
    register_customer,
    settle_paper,
)
from counter_app.services.station import Station
from counter_app.services.take_payment import TakePayment, TakeUnapplied, take_payment, take_unapplied

ACTS: dict[type[Act], Callable[..., Any]] = {
    OpenDrawer: open_drawer,
    TakePayment: take_payment,
    AbandonSale: abandon_sale,
    VoidReceipt: void_receipt,
    DecideVoid: decide_void,
    RefundReceipt: refund_receipt,
    CorrectTender: correct_tender,
    MovePayment: move_payment,
    TakeUnapplied: take_unapplied,
    ClearUnapplied: clear_unapplied,
    NoSale: no_sale,
    CopyReceipt: copy_receipt,
    DropCash: drop_cash,
    BringCash: bring_cash,
    CloseDrawer: close_drawer,
    ForceClose: force_close,
    AdoptDrawer: adopt_drawer,
    VerifyDrawer: verify_drawer,
    MakeDeposit: make_deposit,
    SendDeposit: send_deposit,
    ConfirmDeposit: confirm_deposit,
    CorrectDeposit: correct_deposit,
    RegisterCustomer: register_customer,
    EndorseCheck: endorse_check,
    SettlePaper: settle_paper,
    AddPerson: add_person,
    ChangePerson: change_person,
    ResetSecrets: reset_secrets,
    EndPerson: end_person,
    ChangePin: change_pin,
    ChangeSetting: change_setting,
    GiveBadge: give_badge,
    TakeBadge: take_badge,
    Show: show,
}
_BY_NAME = {act_name(kind.__name__): kind for kind in ACTS}


_Kind = TypeVar("_Kind", bound=msgspec.Struct)


class _Named(msgspec.Struct):
    act: str


def read_act(line: bytes | str) -> Act:
    """The act of one JSON object; WrongAct says what is wrong with it."""
    name = _decode(line, _Named, "This is no act").act
    kind = _BY_NAME.get(name)
    if kind is None:
        raise WrongAct(f"There is no act “{name[:40]}”; the acts are {', '.join(_BY_NAME)}.")
    return _decode(line, kind, name)


def _decode(line: bytes | str, kind: type[_Kind], what: str) -> _Kind:
    """The value of one JSON object; what cannot be read at all, however odd, is WrongAct."""
    try:
        return msgspec.json.decode(line, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise WrongAct(f"{what}: {_plain(error)}.") from error
    except RecursionError:
        raise WrongAct(f"{what}: it is nested too deeply.") from None


def perform(station: Station, act: Act) -> Any:
    """Do it; returns the act's result, raises Refused or WrongAct (nothing was written) or StationFault."""
    if act.at is not None:
        _stand_clock(station, act.at)
    return ACTS[type(act)](station, act)


def answer(station: Station, line: bytes | str) -> dict[str, Any]:
    """The result of one line of a script: `ok` true with the act's fields, or false with `refused` or `wrong`.

    A fault of the world (the disk is full) is said as a refusal: nothing was written, and the next line has its turn.
    """
    try:
        result = msgspec.to_builtins(perform(station, read_act(line)), enc_hook=plain)
    except (Refused, StationFault) as no:
        return {"ok": False, "refused": english(no)}
    except WrongAct as no:
        return {"ok": False, "wrong": english(no)}
    return {"ok": True, **result}


def vocabulary() -> list[dict[str, Any]]:
    """Every act with its fields, as the code has them: JSON Schema by act."""
    return [
        {"act": name, "does": (ACTS[kind].__doc__ or "").strip(), "takes": msgspec.json.schema(kind)}
        for name, kind in _BY_NAME.items()
    ]


def _stand_clock(station: Station, at: str) -> None:
    if not station.is_practice:
        raise WrongAct("“at” stands the clock of demo and training stations only.")
    try:
        instant = datetime.fromisoformat(at)
    except ValueError:
        raise WrongAct("“at” is an instant like 2026-11-23T09:15:00-08:00.") from None
    if instant.tzinfo is None:
        raise WrongAct("“at” needs its offset, like 2026-11-23T09:15:00-08:00.")
    if not 1990 <= instant.year <= 2200:
        raise WrongAct("“at” lies outside of any counter's time.")
    station.set_clock(SetClock(instant))


def _plain(error: Exception) -> str:
    """msgspec's words without its path syntax: “Object missing required field `lines`”."""
    return str(error).rstrip(".").replace(" - at `$.", " at `").replace(" - at `$", " at `")
